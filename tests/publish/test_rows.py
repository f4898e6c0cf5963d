"""The memory of a new tree holds the rows of the jobs that were taken over or done, and no other."""

from __future__ import annotations

import sqlite3
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.build.known.rows import Rows
from generator.build.memory import File, Memory

NAMES = "SELECT name, key, text FROM main.notes ORDER BY name"
KEYS = st.integers(0, 5)


def first(path: Path, count: int, text: str = "lama") -> Memory:
    """What a build of so many jobs leaves; each has two notes."""
    rows = Rows(path, Memory(None))
    for key in range(count):
        for part in "ab":
            rows.insert("notes", f"k{key}", f"n{key}{part}", text)
    rows.finish()
    rows.close()
    return Memory(path)


@settings(deadline=None, max_examples=150)
@given(steps=st.lists(st.tuples(st.sampled_from(["take", "make", "other", "ask"]), KEYS), max_size=14))
def test_rows_are_those_of_the_jobs_of_this_build(steps: list[tuple[str, int]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        memory = first(Path(folder, "lama"), 4)
        rows = Rows(Path(folder, "baru"), memory)
        wanted: dict[str, tuple[str, str]] = {}
        for step, number in steps:
            key = f"k{number}"
            if any(name in wanted for name in (f"n{number}a", f"n{number}b")):
                continue  # a job is done once
            if step == "take" and number < 4:
                rows.take(key)
                wanted |= {f"n{number}{part}": (key, "lama") for part in "ab"}
            elif step == "make":
                rows.insert("notes", key, f"n{number}a", "baru")
                wanted[f"n{number}a"] = key, "baru"
            elif step == "other":
                rows.insert("notes", f"lain{number}", f"n{number}b", "baru")
                wanted[f"n{number}b"] = f"lain{number}", "baru"
            elif step == "ask":
                found = {name: (key, text) for name, key, text in rows.ask(NAMES)}
                assert found == wanted
        rows.finish()
        assert {name: (key, text) for name, key, text in rows.ask(NAMES)} == wanted
        rows.close()
        memory.close()
        kept = Memory(Path(folder, "baru"))
        assert all(kept.note(name) == text for name, (_, text) in wanted.items())
        kept.close()


def test_a_memory_that_has_shrunk_takes_less_room(tmp_path: Path) -> None:
    memory = first(tmp_path / "lama", 60, "x" * 20_000)
    rows = Rows(tmp_path / "baru", memory)
    rows.take("k7")
    rows.finish()
    rows.close()
    assert (tmp_path / "baru").stat().st_size * 4 < (tmp_path / "lama").stat().st_size
    assert Memory(tmp_path / "baru").note("n7b") == "x" * 20_000


@pytest.mark.parametrize(
    "told", ["CREATE TRIGGER t AFTER INSERT ON notes BEGIN DELETE FROM notes; END", "DROP TABLE pages"]
)
def test_a_memory_of_another_form_is_not_begun_with(tmp_path: Path, told: str) -> None:
    first(tmp_path / "lama", 2).close()
    with sqlite3.connect(tmp_path / "lama") as base:
        base.execute(told)
    base.close()
    memory = Memory(tmp_path / "lama")
    assert not memory.copy(tmp_path / "baru")
    rows = Rows(tmp_path / "baru", memory)
    rows.insert("notes", "k", "n", "baru")
    assert list(rows.ask(NAMES)) == [("n", "k", "baru")]
    rows.close()


def file(name: str) -> File:
    return File(name, "0" * 64, 1, 2)


@pytest.mark.parametrize("begun", [True, False])
def test_files_of_a_job_stand_together_however_often_it_puts_some(tmp_path: Path, begun: bool) -> None:
    rows = Rows(tmp_path / "lama", Memory(None))
    for key in ("diambil", "lagi", "hilang"):
        rows.put(key, [file(f"{key}/a"), file(f"{key}/b")])
    rows.finish()
    rows.close()
    memory = Memory(tmp_path / "lama")
    rows = Rows(tmp_path / "baru", memory)
    if not begun:
        assert list(rows.files()) == []
    rows.take("diambil")
    rows.put("diambil", [file("diambil/c")])
    rows.put("lagi", [file("lagi/a")])
    rows.insert("notes", "catatan", "n", "teks")
    rows.put("lagi", [file("lagi/c")])
    wanted = ["diambil/a", "diambil/b", "diambil/c", "lagi/a", "lagi/c"]
    assert sorted(rows.files()) == [file(name) for name in wanted]
    rows.finish()
    rows.close()
    memory.close()
    kept = Memory(tmp_path / "baru")
    assert kept.files() == [file(name) for name in wanted]
    assert (kept.file("lagi", "lagi/c"), kept.file("lagi", "lagi/b")) == (file("lagi/c"), None)
    kept.close()
