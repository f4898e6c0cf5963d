"""A short run of ``tests.bench.fuzz`` with fixed seeds; what the long runs found stands in FOUND."""

from __future__ import annotations

import os

import pytest

from generator.catalogue import Catalogue
from tests.bench.fuzz.mutate import mutated
from tests.bench.fuzz.run import run, sources
from tests.bench.fuzz.tables import mutated_table, table_sources, try_import

FOUND = (11227,)  # 11227: a word of 3,000 letters took a minute to break into lines
"""Seeds of files that once broke something."""

pytestmark = pytest.mark.skipif(os.name == "nt", reason="the watch needs signals of POSIX")


@pytest.mark.parametrize("start", range(0, 240, 60))
def test_mutated_files_give_problems_and_nothing_worse(start: int) -> None:
    result = run(range(start, start + 60), deep_every=1000)
    assert not result.failures, result.failures[:3]
    assert sum(result.outcomes.values()) - result.outcomes["sampai halaman"] == 60


def test_files_that_once_broke_something() -> None:
    assert not run(FOUND).failures


def test_a_seed_gives_the_same_file_each_time() -> None:
    files, _ = sources()
    assert [mutated(n, files) for n in range(20)] == [mutated(n, files) for n in range(20)]
    assert len({mutated(n, files) for n in range(20)}) > 15


def test_the_watch_sees_a_crash_and_a_hang(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*args: object) -> None:
        raise KeyError("x")

    def hangs(*args: object) -> None:
        while True:
            pass

    monkeypatch.setattr("tests.bench.fuzz.run.HANG", 0.05)
    for broken, outcome in ((fails, "jejak galat"), (hangs, "macet")):
        monkeypatch.setattr("tests.bench.fuzz.run._sop", broken)
        result = run([1])
        assert result.outcomes[outcome] == 1
        assert len(result.failures) == 1


@pytest.fixture(scope="module")
def tables() -> tuple[Catalogue, dict[str, bytes]]:
    return table_sources()


@pytest.mark.parametrize("start", [0, 100])
def test_mutated_tables_become_drafts_or_problems(
    start: int, tables: tuple[Catalogue, dict[str, bytes]]
) -> None:
    catalogue, files = tables
    seen = {try_import(*mutated_table(seed, files), catalogue) for seed in range(start, start + 100)}
    assert seen == {"tabel ditolak", "tabel menjadi draf", "tanpa tabel"}
