"""Who may see what is one table: whom it does not name sees nothing, and nobody else asks who somebody is."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from generator.build.manifest import data_hashes
from generator.cli.publish.build import build
from generator.data.audience import AUDIENCES, SIGHTS, Audience, Sight, folder_of, narrowest, sight_of
from generator.data.catalogue import Catalogue
from generator.data.sources import read_catalogue
from generator.model.klasifikasi import Klasifikasi
from generator.site.pages import INTERNAL_LISTS
from tests.open_files import open_files
from tests.publish.canaries import words_in
from tests.publish.sites import CANARY, ROOT, write_data
from tests.publish.staging import all_pages, stage, written_pages

GENERATOR = ROOT / "generator"


@pytest.fixture
def newcomer(monkeypatch: pytest.MonkeyPatch) -> Audience:
    """An audience of which the table says nothing."""
    found = str.__new__(Audience, "mitra")
    found._name_, found._value_ = "MITRA", "mitra"
    monkeypatch.setitem(Audience._value2member_map_, "mitra", found)
    monkeypatch.setitem(Audience._member_map_, "MITRA", found)
    monkeypatch.setattr(Audience, "_member_names_", [*Audience._member_names_, "MITRA"])
    assert found in list(Audience)
    return found


@pytest.fixture
def whole(tmp_path: Path) -> Catalogue:
    catalogue, problems = read_catalogue(write_data(tmp_path / "data"))
    assert catalogue is not None, problems
    return catalogue


def test_a_new_audience_finds_an_empty_site(newcomer: Audience, whole: Catalogue, tmp_path: Path) -> None:
    part = whole.for_audience("mitra")
    assert part.audience is newcomer
    assert not any((part.sop, part.versi, part.unit, part.pelaksana, part.hukum, part.problems))
    assert list(written_pages(ROOT / "docs", newcomer)) == []
    assert not {page.path.split("/")[0] for page in all_pages(part, None)} & INTERNAL_LISTS.keys()
    assert not [path for path, _ in open_files(part) if path.startswith("sop/")]
    docs, config, data = ROOT / "docs", ROOT / "mkdocs.yml", tmp_path / "data"
    stage(part, tmp_path / "hasil", docs=docs, config=config, data=data)
    said = "\n".join(
        path.read_text(encoding="utf-8")
        for path in (tmp_path / "hasil").rglob("*")
        if path.suffix in (".md", ".yml", ".json", ".csv", ".xml") and "skema" not in path.parts
    )
    names = [sop.nama for sop in whole.sop.values()] + [law.kutipan for law in whole.hukum.values()]
    names += [unit.nama for unit in whole.unit.values() if unit.nama != whole.instansi.nama]
    assert [name for name in names if name in said] == []
    assert not words_in(said.encode())
    assert CANARY not in said
    hashed = data_hashes(part, "", docs=docs, config=config, data=data)
    assert [name for name in hashed if name.startswith(("sop/", "halaman/"))] == []


def test_what_is_not_said_is_not_seen() -> None:
    nothing = Sight()
    assert not any(nothing._asdict().values())
    assert [audience for audience in Audience if sight_of(audience) == nothing] == []
    assert not [s for s in SIGHTS.values() if Klasifikasi.DIKECUALIKAN in s.levels]
    public = SIGHTS[Audience.PUBLIK]
    assert public.levels == {Klasifikasi.PUBLIK}
    internal = {name for name, seen in SIGHTS[Audience.INTERNAL]._asdict().items() if seen}
    assert {name for name, seen in public._asdict().items() if seen} - internal == {
        *("known_address", "folder")  # of the public site alone
    }


def test_the_narrowest_reader_of_each_level() -> None:
    assert narrowest(Klasifikasi.PUBLIK) is SIGHTS[Audience.PUBLIK]
    assert narrowest(Klasifikasi.INTERNAL) is narrowest(None) is SIGHTS[Audience.INTERNAL]
    assert narrowest(Klasifikasi.DIKECUALIKAN) is None


def test_the_command_line_names_every_site() -> None:
    assert list(AUDIENCES) == [folder_of(audience) for audience in Audience]


def test_nobody_but_the_table_asks_who_somebody_is() -> None:
    files = [path for path in GENERATOR.rglob("*.py") if path.name != "audience.py"]
    asked = [f"{path.relative_to(ROOT)}: {said}" for path in files for said in comparisons(path)]
    assert asked == []


def comparisons(path: Path) -> Iterator[str]:
    """Where a module compares an audience with one that it names; the command line has a word for all, and
    two audiences may be compared (whose site a folder is)."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Match):
            if "audience" in ast.unparse(node.subject):
                yield ast.unparse(node.subject)
        elif isinstance(node, ast.Compare):
            words = ast.unparse(node)
            named = re.search(r"\bAudience\.|['\"]", words)
            if named and re.search(r"\b[aA]udience\b", words) and words != "audience == 'all'":
                yield words


@pytest.mark.parametrize(
    "words", ["a.audience is Audience.PUBLIK", "audience == 'publik'", "audience in ('x',)"]
)
def test_a_comparison_is_seen(words: str, tmp_path: Path) -> None:
    path = tmp_path / "a.py"
    path.write_text(f"if {words}: pass\n")
    assert list(comparisons(path)) == [words]


def test_a_build_knows_the_audiences_of_the_table() -> None:
    """A new one needs no second list: its site is made and named on the command line."""
    names = {param.name: param for param in build.params}
    assert names["audience"].type.choices == (*AUDIENCES, "all")  # type: ignore[attr-defined]
    assert set(AUDIENCES.values()) == set(SIGHTS)
