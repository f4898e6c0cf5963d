"""A name that no register has: what is meant, or the very lines that add it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner
from msgspec.structs import replace

from generator.cli import main
from generator.data.load import MappingNode, load_text
from generator.data.sources import read_catalogue
from generator.data.validate.cures import lost_entry
from generator.data.validate.read import nearest
from generator.data.validate.schema import read_actors, read_laws, read_units
from generator.model.problems import Severity
from generator.model.registers import Pelaksana
from tests.catalogue.cases import REGISTER

ROOT = Path(__file__).parents[2]
KADIS = Pelaksana(id="kadis", nama="Kadis", lengkap="Kepala Dinas")
KNOWN = replace(REGISTER, pelaksana={**REGISTER.pelaksana, "kadis": KADIS})


@pytest.mark.parametrize(
    ("word", "meant"),
    [("kepala-dinas", "kadis"), ("Kadis", "kadis"), ("kepala seksi", "kasi"), ("kepala-dina", "kadis")],
)
def test_who_writes_the_name_is_told_the_id(word: str, meant: str) -> None:
    assert lost_entry(word, "pelaksana", KNOWN).startswith(f"maksud Anda '{meant}'")


def test_another_number_is_another_law() -> None:
    assert "maksud Anda" not in lost_entry("uu-30-2014", "hukum", REGISTER)
    assert nearest("uu-30-2014", ["uu-4-2008", "uu-25-2014"]) is None
    assert nearest("uu-14-208", ["uu-4-2008", "uu-14-2008"]) == "uu-14-2008"


@pytest.mark.parametrize("word", ["arsiparis", "Kepala Dinas: 'A' #1", "uu-30-2014", "2 orang", "ya", "—"])
@pytest.mark.parametrize("name", ["unit", "pelaksana", "hukum"])
def test_the_lines_to_be_pasted_are_an_entry_of_the_register(name: str, word: str) -> None:
    """Of a law, what nobody can know from its id is left open, and the check asks for it."""
    _, _, lines = lost_entry(word, name, REGISTER).partition(f"tambahkan ke {name}.yml:\n")
    tree, problems = load_text(lines + "\n", f"{name}.yml")
    assert isinstance(tree, MappingNode)
    assert len(tree.entries) == 1
    {"unit": read_units, "pelaksana": read_actors, "hukum": read_laws}[name](tree, problems)
    open_keys = {problem.message.split("'")[1] for problem in problems}
    assert open_keys <= ({"kutipan", "jenis", "nomor", "tahun", "judul"} if name == "hukum" else set())


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return Path(shutil.copytree(ROOT / "sop_data", tmp_path / "data"))


def test_the_lines_are_printed_as_they_are_pasted(data: Path) -> None:
    file = data / "sop" / "surat-dan-jadwal.yml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("kadis]", "kadis, arsiparis]", 1), encoding="utf-8")
    said = CliRunner().invoke(main, ["check", "--data", str(data)]).output
    assert "tambahkan ke pelaksana.yml:\n    arsiparis:\n      nama: Arsiparis\n" in said


def test_an_sop_in_a_folder_within_is_told_with_its_place(data: Path) -> None:
    deep = data / "sop" / "seksi" / "dua" / "surat-masuk.yml"
    deep.parent.mkdir(parents=True)
    shutil.copy(data / "sop" / "surat-dan-jadwal.yml", deep)
    (problem,) = [one for one in read_catalogue(data)[1] if one.rule == "berkas"]
    assert problem.position.file == deep.as_posix()
    assert problem.severity is Severity.WARNING
    assert f"pindahkan ke {(data / 'sop' / 'surat-masuk.yml').as_posix()}" in problem.hint
