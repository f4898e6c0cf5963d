"""A register may stand in a file, in a folder of files, or in both; it comes to the same."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner
from msgspec.structs import replace

from generator.cli import main
from generator.cli.files import known_ids
from generator.data.catalogue import Catalogue
from generator.data.lexicon import read_lexicon
from generator.data.load import MAX_BYTES
from generator.data.registers import REGISTERS, files_of, place_of
from generator.data.sources import read_catalogue
from generator.model.problems import Problem
from tests.catalogue.test_checked import same
from tests.publish.sites import ROOT

LAW = "{kutipan: UU No. %d Tahun 2020, jenis: Undang-Undang, nomor: '%d', tahun: '2020', judul: Uji}"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return Path(shutil.copytree(ROOT / "sop_data", tmp_path / "sop_data"))


def split(data: Path, name: str, beside: bool) -> None:
    """Put the entries of a register into files of a folder; with ``beside`` the first stays in its file."""
    single, folder = data / f"{name}.yml", data / name
    text = single.read_text(encoding="utf-8")
    entries = [entry for entry in re.split(r"(?m)^(?=[a-z])", text) if entry[0].isalpha()]
    single.unlink()
    if beside:
        single.write_text(entries.pop(0), encoding="utf-8")
    folder.mkdir()
    half = (len(entries) + 1) // 2
    for number, part in enumerate((entries[:half], entries[half:]), 1):
        if part:
            (folder / f"{number}.yml").write_text("".join(part), encoding="utf-8")


def plain(catalogue: Catalogue | None) -> Catalogue:
    assert catalogue is not None
    return replace(catalogue, problems=(), places={})


def said(data: Path) -> list[Problem]:
    return read_catalogue(data)[1]


@pytest.mark.parametrize("beside", [True, False])
def test_a_register_in_a_folder_comes_to_the_same_catalogue(data: Path, beside: bool) -> None:
    whole, problems = read_catalogue(data)
    for name in REGISTERS:
        split(data, name, beside)
        assert place_of(data, name) == f"{name}/"
    found, again = read_catalogue(data)
    assert plain(found) == plain(whole)
    assert list(plain(found).hukum) == list(plain(whole).hukum)
    assert [(p.message, p.rule) for p in again if p.rule != "hukum_tidak_cocok"] == [
        (p.message, p.rule) for p in problems if p.rule != "hukum_tidak_cocok"
    ]
    assert {Path(p.position.file).parent.name for p in again if p.rule.startswith("hukum_")} >= {"hukum"}
    same(data, data.parent / "ingatan")
    same(data, data.parent / "ingatan")


def test_a_register_may_be_larger_than_a_file(data: Path) -> None:
    (data / "hukum").mkdir()
    for part in range(3):
        laws = [f"uu-uji-{n}: {LAW % (n, n)}\n" for n in range(part * 4000, part * 4000 + 4000)]
        (data / "hukum" / f"{part}.yml").write_text("".join(laws), encoding="utf-8")
    assert sum(path.stat().st_size for path in files_of(data, "hukum")) > MAX_BYTES
    catalogue, problems = read_catalogue(data)
    assert catalogue is not None, problems[:3]
    assert f"uu-uji-{11_999}" in catalogue.hukum


def test_an_id_that_stands_twice_is_told_with_both_places(data: Path) -> None:
    (data / "hukum").mkdir()
    id = next(iter(plain(read_catalogue(data)[0]).hukum))
    for name in ("a", "b"):
        (data / "hukum" / f"{name}.yml").write_text(f"lain-{name}: {LAW % (1, 1)}\n", encoding="utf-8")
    (data / "hukum" / "b.yml").write_text(f"# catatan\n{id}: {LAW % (1, 1)}\n", encoding="utf-8")
    catalogue, problems = read_catalogue(data)
    assert catalogue is None
    [wrong] = [problem for problem in problems if problem.rule == "daftar"]
    assert f"{wrong.position.file}:{wrong.position.line}" == f"{data.as_posix()}/hukum/b.yml:2"
    assert wrong.message == f"id '{id}' ditulis dua kali"
    assert f"yang pertama di {data.as_posix()}/hukum.yml:" in wrong.hint


def test_nothing_is_held_against_a_register_of_which_a_part_cannot_be_read(data: Path) -> None:
    split(data, "hukum", beside=False)
    (data / "hukum" / "2.yml").write_text("a: [", encoding="utf-8")
    assert not [problem for problem in said(data) if problem.rule == "hukum_dikenal"]


def test_what_is_missing_is_to_be_added_where_the_register_stands(data: Path) -> None:
    sop = next(iter(sorted((data / "sop").glob("*.yml"))))
    text = sop.read_text(encoding="utf-8")
    sop.write_text(text.replace("dasar_hukum: [", "dasar_hukum: [uu-baru, "), encoding="utf-8")
    assert any(problem.message.endswith("tidak ada di hukum.yml") for problem in said(data))
    split(data, "hukum", beside=True)
    assert any(problem.message.endswith("tidak ada di hukum/") for problem in said(data))


def test_other_files_in_the_folder_are_named(data: Path) -> None:
    split(data, "unit", beside=False)
    (data / "unit" / "3.yaml").write_text("a: {nama: A}\n", encoding="utf-8")
    (data / "unit" / "arsip").mkdir()
    (data / "unit" / "arsip" / "4.yml").write_text("b: {nama: B}\n", encoding="utf-8")
    named = {problem.position.file for problem in said(data) if problem.message == "berkas ini tidak dibaca"}
    assert named == {(data / "unit" / name).as_posix() for name in ("3.yaml", "arsip")}


def test_a_lexicon_in_several_files_is_one(data: Path) -> None:
    single = data / "leksikon.yml"
    whole = read_lexicon(single)[0]
    (data / "leksikon").mkdir()
    (data / "leksikon" / "kota.yml").write_text(
        "padanan:\n  - [kantor uji, KU]\nabaikan: [anu]\n", encoding="utf-8"
    )
    found, problems = read_lexicon(files_of(data, "leksikon"))
    assert not problems
    assert found.groups == (*whole.groups, (("kantor", "uji"), ("ku",)))
    assert "ku" in found.short
    assert "anu" in found.ignored
    (data / "leksikon" / "lagi.yml").write_text("padanan:\n  - [kantor uji, kuj]\n", encoding="utf-8")
    [wrong] = read_lexicon(files_of(data, "leksikon"))[1]
    assert wrong.message.endswith(f"baris 2 {data.as_posix()}/leksikon/kota.yml")
    assert [p for p in said(data) if p.rule == "leksikon"] == [wrong]


def test_commands_know_the_parts(data: Path) -> None:
    before = known_ids(data)
    for name in REGISTERS:
        split(data, name, beside=False)
    assert known_ids(data) == before
    law = data / "hukum" / "1.yml"
    law.write_text(law.read_text(encoding="utf-8") + "\n\n\n", encoding="utf-8")
    run = CliRunner().invoke
    assert f"belum rapi: {law.as_posix()}" in run(main, ["fmt", "--check", "--data", str(data)]).output
    run(main, ["fmt", "--data", str(data)])
    assert run(main, ["fmt", "--check", "--data", str(data)]).exit_code == 0
    words = ["new", "--data", str(data), "--nama", "Uji", "--unit", "tidak-ada", "--pelaksana", "kasi"]
    assert "tidak ada di unit/" in run(main, words).output
