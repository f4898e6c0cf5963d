"""A folder that holds data alone builds; its own pages and settings come over those of the program."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner

from generator.cli import main
from generator.data.audience import Audience
from generator.program import DEFAULT
from generator.site.handwritten.allowed import own_settings
from generator.site.stage import own_pages
from tests.publish.sites import ROOT


def page(folder: Path, name: str, meta: str, body: str = "Isi.") -> None:
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(f"---\ntitle: Judul\n{meta}\n---\n{body}\n", encoding="utf-8")


def paths(docs: Path, audience: Audience | None) -> set[str]:
    return {page.path for page in own_pages(docs, audience)}


@pytest.mark.parametrize("beside", ["nothing", "empty", "comments"])
def test_a_folder_with_data_alone_builds(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, beside: str
) -> None:
    shutil.copytree(ROOT / "sop_data", tmp_path / "sop_data")
    if beside != "nothing":
        (tmp_path / "docs").mkdir()
        (tmp_path / "mkdocs.yml").write_text("# kosong\n" if beside == "comments" else "")
    monkeypatch.chdir(tmp_path)
    done = CliRunner().invoke(main, ["build", "--no-documents"])
    assert done.exit_code == 0, done.output
    for site in ("public", "internal"):
        assert "Standar operasional prosedur" in (tmp_path / "site" / site / "index.html").read_text("utf-8")
    assert (tmp_path / "site" / "internal" / "panduan-pemelihara" / "index.html").is_file()
    assert not (tmp_path / "site" / "public" / "panduan-pemelihara").exists()
    assert CliRunner().invoke(main, ["verify", "--data", "sop_data"]).exit_code == 0


@pytest.mark.parametrize("option", ["--docs", "--config"])
def test_what_is_named_must_be_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, option: str) -> None:
    monkeypatch.chdir(tmp_path)
    done = CliRunner().invoke(main, ["build", option, "tidak-ada"])
    assert (done.exit_code, "'tidak-ada' tidak ada" in done.output) == (2, True), done.output


def test_own_pages_replace_or_add(tmp_path: Path) -> None:
    page(tmp_path, "cara-membaca/index.md", "pembaca: publik", "Cara kami.")
    page(tmp_path, "kontak.md", "pembaca: publik")
    page(tmp_path, "catatan.md", "")
    public = {page.path: page.body for page in own_pages(tmp_path, Audience.PUBLIK)}
    assert public["cara-membaca/index.md"] == "Cara kami.\n"
    assert "cara-membaca.md" not in public, "two pages at one address"
    assert {"index.md", "aksesibilitas.md", "kontak.md"} <= public.keys()
    assert "catatan.md" not in public
    assert "catatan.md" in paths(tmp_path, Audience.INTERNAL)


def test_a_page_for_engineers_stands_in_no_site(tmp_path: Path) -> None:
    page(tmp_path, "rancangan.md", "pembaca: pengembang")
    page(tmp_path, "panduan-revisi.md", "pembaca: pengembang")  # takes a default page away
    for audience in (*Audience, None):
        assert not {"rancangan.md", "panduan-revisi.md"} & paths(tmp_path, audience)


def test_the_pages_for_engineers_of_this_repository_stand_in_no_site() -> None:
    assert list((ROOT / "docs").glob("*.md"))
    default = paths(DEFAULT / "docs", None)
    for audience in Audience:
        assert paths(ROOT / "docs", audience) <= default


@pytest.mark.parametrize(
    ("own", "expected"),
    [
        ({}, {}),
        ({"theme": {"icon": {"repo": "x"}}}, {"theme": {"icon": {"repo": "x"}}}),
        ({"theme": {"name": "material"}}, {}),
        ({"theme": {"features": ["toc.follow"]}}, {"theme": {"features": ["toc.follow"]}}),
        ({"theme": {"palette": [{"scheme": "default"}]}}, {"theme": {"palette": [{"scheme": "default"}]}}),
        ({"markdown_extensions": ["toc", "footnotes"]}, {"markdown_extensions": "+footnotes"}),
    ],
)
def test_settings_are_joined(tmp_path: Path, own: dict[str, Any], expected: dict[str, Any]) -> None:
    given = own_settings(tmp_path / "mkdocs.yml")
    (tmp_path / "mkdocs.yml").write_text(yaml.safe_dump(own))
    assert own_settings(tmp_path / "mkdocs.yml") == wanted(given, expected)


def wanted(given: Any, expected: Any) -> Any:
    """What was given, but for what is expected; "+x": a list that has x too."""
    if isinstance(expected, dict):
        return {**given, **{key: wanted(given.get(key), value) for key, value in expected.items()}}
    return [*given, expected[1:]] if isinstance(expected, str) and expected[0] == "+" else expected


def test_an_option_of_an_extension_is_added_to_those_there_are(tmp_path: Path) -> None:
    (tmp_path / "mkdocs.yml").write_text("markdown_extensions: [{toc: {toc_depth: 3}}]\n")
    told = own_settings(tmp_path / "mkdocs.yml")["markdown_extensions"]
    assert {"toc": {"permalink": False, "toc_depth": 3}} in told
