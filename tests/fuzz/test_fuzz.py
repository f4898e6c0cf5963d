"""A short run of ``tests.bench.fuzz`` with fixed seeds; what the long runs found stands in FOUND."""

from __future__ import annotations

import os

import pytest

from generator.data.catalogue import Catalogue
from tests.bench.fuzz.mutate import mutated
from tests.bench.fuzz.run import run, sources
from tests.bench.fuzz.tables import mutated_table, table_sources, try_import

SOUND = b"nama: A\nunit: seksi\npelaksana: [staf]\nkegiatan:\n  - {uraian: Mengetik, pelaksana: staf}\n"
FOUND = {
    "a word of 3,000 letters took a minute to break into lines": SOUND.replace(b"Mengetik", b"x" * 3000),
    "room for a name of three lines was sought without end": SOUND.replace(b"A", b"'a\n\n  b\n\n\n  c'"),
    "the typesetter refused a name in which nothing is seen": SOUND.replace(b"A", b'"\\u202E"'),
    "keys behind a question mark were moved only when tidied again": b"unit: s\n? ''\n: [x]\n" + SOUND[:8],
}
"""What once broke something; seeds would give other files as soon as the sources change."""

pytestmark = pytest.mark.skipif(os.name == "nt", reason="the watch needs signals of POSIX")


@pytest.mark.parametrize("start", range(0, 240, 60))
def test_mutated_files_give_problems_and_nothing_worse(start: int) -> None:
    result = run(range(start, start + 60), deep_every=1000)
    assert not result.failures, result.failures[:3]
    assert sum(result.outcomes.values()) - result.outcomes["sampai halaman"] == 60


@pytest.mark.parametrize("why", FOUND)
def test_files_that_once_broke_something(why: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tests.bench.fuzz.run.mutated", lambda seed, sources: FOUND[why])
    result = run([5], deep_every=1)  # a seed whose file is tidied, too
    assert not result.failures
    sound = b"kegiatan:" in FOUND[why] and b"u202E" not in FOUND[why]
    assert result.outcomes["sampai halaman"] == sound


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


@pytest.mark.parametrize("start", [0, 50])
def test_mutated_tables_become_drafts_or_problems(
    start: int, tables: tuple[Catalogue, dict[str, bytes]]
) -> None:
    catalogue, files = tables
    seen = {try_import(*mutated_table(seed, files), catalogue) for seed in range(start, start + 50)}
    assert seen == {"tabel ditolak", "tabel menjadi draf", "tanpa tabel"}
