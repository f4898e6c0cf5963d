"""What is remembered of data files changes nothing but the time."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path
from random import Random
from typing import Any

import pytest

from generator.data import checked
from generator.data.files.inputs import take
from generator.data.load import MappingNode
from generator.data.sources import read_catalogue
from generator.data.validate import Register, validate_sop
from tests.bench.scale.data import slug, write_folder, write_sop
from tests.publish.sites import write_data


def same(data: Path, memory: Path) -> None:
    """The catalogue and the problems are those of a reading from nothing."""
    assert repr(read_catalogue(data, memory)) == repr(read_catalogue(data))


@pytest.mark.parametrize("seed", range(6))
def test_any_edits_are_read_as_from_nothing(tmp_path: Path, seed: int) -> None:
    data, memory, rng = write_folder(tmp_path / "data", 8), tmp_path / "ingatan", Random(seed)
    same(data, memory)
    for number in range(6):
        edit(data, rng, number)
        same(data, memory)


def edit(data: Path, rng: Random, number: int) -> None:
    """A revision, a renaming, a deletion, a mistake, another register."""
    files = sorted((data / "sop").glob("*.yml"))
    path = rng.choice(files)
    text = path.read_text(encoding="utf-8")
    match rng.randrange(6):
        case 0:
            write_sop(data, rng.randrange(8), 8, seed=number + 2, note=" Lain.")
        case 1:
            path.rename(path.with_name(f"baru-{number}.yml"))
        case 2:
            path.unlink()
        case 3:
            path.write_text(text.replace("pelaksana: p", "pelaksana: tidak-ada-", 1), encoding="utf-8")
        case 4:
            path.write_text(text + "\n", encoding="utf-8")
        case _:
            units = data / "unit.yml"
            units.write_text(units.read_text(encoding="utf-8").replace("Bidang", "Bagian"), encoding="utf-8")


def test_hostile_text_is_remembered_as_it_is(tmp_path: Path) -> None:
    data = write_data(tmp_path / "data")
    for _ in range(2):
        same(data, tmp_path / "ingatan")


def test_a_file_is_not_read_twice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data, memory = write_folder(tmp_path / "data", 8), tmp_path / "ingatan"
    read_catalogue(data, memory)
    write_sop(data, 3, 8, note=" Lain.")
    read: list[str] = []

    def reading(tree: MappingNode, name: str, register: Register) -> Any:
        read.append(name)
        return validate_sop(tree, name, register)

    monkeypatch.setattr(checked, "validate_sop", reading)
    read_catalogue(data, memory)
    assert read == [slug(3)]


def test_a_file_of_a_known_digest_is_opened_only_where_it_is_not_remembered(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data, memory = write_folder(tmp_path / "data", 8), tmp_path / "ingatan"
    read_catalogue(data, memory)
    write_sop(data, 3, 8, note=" Lain.")
    digests = take([data]).digests
    opened: list[str] = []
    real = checked._content

    def opening(name: str) -> bytes | None:
        opened.append(name)
        return real(name)

    monkeypatch.setattr(checked, "_content", opening)
    known = repr(read_catalogue(data, memory, digests=digests))
    assert opened == [(data / "sop" / f"{slug(3)}.yml").as_posix()]
    assert known == repr(read_catalogue(data))


def test_many_files_are_read_by_other_processes_and_come_to_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data, rng = write_folder(tmp_path / "data", 50), Random(5)
    for number in range(12):
        edit(data, rng, number)
    (data / "sop" / "bukan-yaml.yml").write_text("a: [1", encoding="utf-8")
    (data / "sop" / "rusak.yml").write_bytes(b"\xff\xfe")
    one = repr(read_catalogue(data))
    monkeypatch.setattr(checked, "FEW", 5)
    assert repr(read_catalogue(data)) == one
    for _ in range(2):
        assert repr(read_catalogue(data, tmp_path / "ingatan")) == one


@pytest.mark.parametrize("damage", ["bukan basis data", "potong", "isi", "tabel lain"])
def test_a_damaged_memory_is_none(tmp_path: Path, damage: str) -> None:
    data, memory = write_folder(tmp_path / "data", 8), tmp_path / "ingatan"
    read_catalogue(data, memory)
    match damage:
        case "bukan basis data":
            memory.write_bytes(b"x" * 5000)
        case "potong":
            memory.write_bytes(memory.read_bytes()[:3000])
        case "isi":
            with sqlite3.connect(memory) as rows:
                rows.execute("UPDATE kept SET data = '[1, 2]'")
            rows.close()
        case _:
            memory.unlink()
            with sqlite3.connect(memory) as rows:
                rows.execute("CREATE TABLE kept (lain TEXT)")
            rows.close()
    same(data, memory)
    same(shutil.copytree(data, tmp_path / "lain"), memory)
