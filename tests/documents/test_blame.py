"""A text that the typesetter cannot set costs its own SOP its documents, and is told with its place."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from generator.cli import main
from generator.data.sources import read_catalogue
from generator.documents.many import make_documents
from generator.figure.paper import typesetter
from generator.model.problems import Severity
from tests.documents.test_many import SLUG, change, data

__all__ = ["data"]


@pytest.fixture
def panicking(monkeypatch: pytest.MonkeyPatch) -> None:
    """The typesetter as it is where letters that run leftward are not kerned: it panics."""
    monkeypatch.setattr(typesetter, "_LEFTWARD", re.compile("(?!)"))


@pytest.mark.usefixtures("panicking")
def test_the_rest_is_made_and_the_text_at_fault_is_named(data: Path) -> None:
    change(data, "30 menit", "30 שלום")
    found, _ = read_catalogue(data)
    assert found is not None
    made = {one.slug: one for one in make_documents(found, list(found.sop), ["pdf", "docx"], data, jobs=1)}
    assert [slug for slug, one in made.items() if not one.files] == [SLUG]
    [problem] = [p for one in made.values() for p in one.problems if p.severity is Severity.ERROR]
    lines = (data / "sop" / f"{SLUG}.yml").read_text(encoding="utf-8").splitlines()
    assert "30 שלום" in lines[problem.position.line - 1]
    assert SLUG in problem.message
    assert "30 שלום" in problem.message
    assert problem.hint


@pytest.mark.usefixtures("panicking")
def test_the_name_of_an_actor_is_named_in_its_register(data: Path) -> None:
    actors = data / "pelaksana.yml"
    actors.write_text(
        re.sub(r"(?m)^kasi:\n  nama: .*$", "kasi:\n  nama: שלום", actors.read_text("utf-8")), "utf-8"
    )
    found, problems = read_catalogue(data)
    assert found is not None, problems
    [one] = make_documents(found, [SLUG], ["pdf"], data, jobs=1)
    [problem] = one.problems
    assert problem.position.file.endswith("pelaksana.yml")
    assert problem.position.line > 1


@pytest.mark.usefixtures("panicking")
def test_a_book_with_such_a_text_is_a_problem_and_no_file(data: Path, tmp_path: Path) -> None:
    change(data, "30 menit", "30 שלום")
    out = tmp_path / "buku.pdf"
    result = CliRunner().invoke(main, ["book", "--data", str(data), "--out", str(out)])
    assert result.exit_code == 1
    assert f"{SLUG}.yml:" in result.output
    assert not out.exists()


def test_leftward_text_is_set_in_every_document(data: Path) -> None:
    change(data, "30 menit", "30 שלום")
    found, _ = read_catalogue(data)
    assert found is not None
    [one] = make_documents(found, [SLUG], ["pdf", "docx"], data, jobs=1)
    assert set(one.files) == {"pdf", "docx"}
    assert not one.problems


def _build(data: Path, tmp_path: Path, *words: str) -> tuple[int, str]:
    root = Path(__file__).parent.parent.parent
    told = ["build", "--data", str(data), "--out", str(tmp_path / "site"), "--date", "2026-01-15"]
    told += ["--docs", str(root / "docs"), "--config", str(root / "mkdocs.yml"), *words]
    result = CliRunner().invoke(main, told)
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return result.exit_code, result.output


@pytest.mark.usefixtures("panicking")
def test_a_site_does_without_the_document_and_says_so_each_time(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    change(data, "30 menit", "30 שלום")
    for _ in range(2):  # the second time nothing has changed
        status, said = _build(data, tmp_path, "--audience", "internal")
        assert status == 3
        assert f"{SLUG}.yml:" in said
        assert "30 שלום" in said
    site = tmp_path / "site" / "internal"
    assert not list((site / "sop" / SLUG).glob("*.pdf"))
    assert "belum dapat dibuat" in (site / "sop" / SLUG / "index.html").read_text(encoding="utf-8")
    others = [page for page in (site / "sop").glob("*/index.html") if page.parent.name != SLUG]
    assert others
    for page in others:
        assert "belum dapat dibuat" not in page.read_text(encoding="utf-8")
        assert (page.parent / f"{page.parent.name}.pdf").is_file()
    assert "ditolak penata huruf" in (site / "masalah" / "index.html").read_text(encoding="utf-8")
    change(data, "30 שלום", "30 menit")
    status, said = _build(data, tmp_path, "--audience", "internal")
    assert status == 0, said
    assert (site / "sop" / SLUG / f"{SLUG}.pdf").is_file()
    assert "belum dapat dibuat" not in (site / "sop" / SLUG / "index.html").read_text(encoding="utf-8")
