"""What an agency proposes for ``mkdocs.yml`` is used, or refused with its place."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from generator.build.engine.engine import run_engine
from generator.build.engine.errors import EngineError
from generator.data.catalogue import Catalogue
from generator.site.handwritten.allowed import own_settings
from generator.site.stage import (
    PageError,
    read_own,
)
from tests.publish.sites import ROOT

HEAD = b"---\ntitle: A\npembaca: publik\n---\n"


REFUSED = {
    "hooks: [jahat.py]": "1:1: setelan 'hooks' tidak diizinkan",
    "INHERIT: ../lain.yml": "1:1: setelan 'INHERIT' tidak diizinkan",
    "watch: [/]": "1:1: setelan 'watch' tidak diizinkan",
    "docs_dir: /etc": "1:1: setelan 'docs_dir' tidak diizinkan",
    "nav: [index.md]": "1:1: setelan 'nav' tidak diizinkan",
    "repo_url: https://contoh.go.id": "1:1: setelan 'repo_url' tidak diizinkan",
    "plugins: [search]": "1:1: setelan 'plugins' tidak boleh diubah",
    "plugins: [{macros: {modules: [jahat]}}]": "1:1: setelan 'plugins' tidak boleh diubah",
    "extra: {homepage: x}": "1:1: setelan 'extra' tidak boleh diubah",
    "extra_javascript: ['https://contoh.go.id/x.js']": "1:1: setelan 'extra_javascript' tidak boleh diubah",
    "strict: false": "1:1: setelan 'strict' tidak boleh diubah",
    "theme: mkdocs": "1:8: 'theme' bukan daftar",
    "theme: [material]": "1:8: 'theme' bukan daftar",
    "theme:\n  name: readthedocs": "2:9: 'name' harus material",
    "theme:\n  custom_dir: jahat": "2:3: setelan theme 'custom_dir' tidak diizinkan",
    "theme:\n  font: Roboto": "2:9: 'font' harus false",
    "theme:\n  icon: x": "2:9: 'icon' harus",
    "theme:\n  features: {a: b}": "2:13: 'features' harus",
    "theme:\n  icon:\n    logo: ../../../etc/passwd": "3:11: nilai",
    "theme:\n  palette:\n    primary: '\"><script>'": "3:14: nilai",
    "theme:\n  palette:\n    primary: '{{ config }}'": "3:14: nilai",
    "markdown_extensions:\n  - toc:\n      permalink: '<b>'": "3:18: nilai",
    "markdown_extensions:\n  - pymdownx.snippets": "2:5: ekstensi Markdown 'pymdownx.snippets'",
    "markdown_extensions:\n  - toc:\n      slugify: !!python/name:os.system": "3:16: tag",
    "markdown_extensions:\n  - toc:\n      slugify: os.system": "3:7: isian 'slugify'",
    "markdown_extensions:\n  - tables: [x]": "2:13: isi 'tables'",
    "markdown_extensions:\n  - {tables: , jahat: }": "2:16: ekstensi Markdown 'jahat'",
    "markdown_extensions: toc": "1:22: 'markdown_extensions' harus daftar",
    "markdown_extensions: [[toc]]": "1:23: ekstensi Markdown",
    "theme: !!python/object/apply:os.system ['touch jejak']": "1:8: tag",
    "extra: &a {generator: false}": "1:8: jangkar",
    "- theme": "1:1: setelan bukan daftar",
    "kata": "1:1: setelan bukan daftar",
    "theme: {": "2:1: nilai tidak dapat dibaca",
    "theme:\n\tname: material": "2:1: tanda tab",
}


@pytest.mark.parametrize("text", REFUSED)
def test_what_settings_may_not_say_is_refused_with_its_place(tmp_path: Path, text: str) -> None:
    config = tmp_path / "mkdocs.yml"
    config.write_text(f"{text}\n", encoding="utf-8")
    with pytest.raises(PageError) as raised:
        own_settings(config)
    assert str(raised.value).startswith(f"{config.as_posix()}:{REFUSED[text]}")
    assert "saran: " in str(raised.value)


def test_settings_that_are_not_utf_8_are_refused(tmp_path: Path) -> None:
    (tmp_path / "mkdocs.yml").write_bytes(b"theme:\n  name: \xff\n")
    with pytest.raises(PageError, match=r"mkdocs\.yml:2:9: berkas bukan UTF-8"):
        own_settings(tmp_path / "mkdocs.yml")


@pytest.mark.parametrize(
    "text", ["", "# catatan\n", "theme:\n", "theme: material\n", "theme:\n  name: material\n", "plugins:\n"]
)
def test_settings_that_say_nothing_are_those_of_the_program(
    catalogue: Catalogue, tmp_path: Path, text: str
) -> None:
    config = tmp_path / "mkdocs.yml"
    config.write_text(text, encoding="utf-8")
    whole = own_settings(ROOT / "mkdocs.yml")
    bare = own_settings(config)
    assert bare == whole
    assert bare["theme"].items() >= {"name": "material", "language": "id", "font": False}.items()
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "index.md").write_bytes(HEAD)
    own = read_own(catalogue, tmp_path / "docs", config)
    made = run_engine(own, catalogue, tmp_path / "kerja", [], docs=tmp_path / "docs", data=ROOT / "sop_data")
    assert {"index.html", "404.html"} <= made.pages.keys()


def test_what_the_file_may_say_reaches_the_engine(tmp_path: Path) -> None:
    said: dict[str, Any] = {
        "theme": {
            "features": ["navigation.top"],
            "palette": {"primary": "indigo"},
            "icon": {"logo": "material/home"},
        },
        "markdown_extensions": ["footnotes", {"toc": {"permalink": True, "toc_depth": 3}}],
    }
    config = tmp_path / "mkdocs.yml"
    config.write_text(yaml.safe_dump(said), encoding="utf-8")
    found = own_settings(config)
    assert "footnotes" in found["markdown_extensions"]
    assert {"toc": {"permalink": True, "toc_depth": 3}} in found["markdown_extensions"]
    assert found["theme"] == {"name": "material", "language": "id", "font": False, **said["theme"]}


def test_what_the_engine_cannot_use_is_told_without_a_traceback(catalogue: Catalogue, tmp_path: Path) -> None:
    docs = tmp_path / "docs"
    docs.mkdir()
    (docs / "index.md").write_bytes(HEAD)
    (tmp_path / "mkdocs.yml").write_text("theme:\n  icon:\n    logo: tidak/ada\n", encoding="utf-8")
    own = read_own(catalogue, docs, tmp_path / "mkdocs.yml")
    with pytest.raises(EngineError, match="tidak dapat memakai setelan"):
        run_engine(own, catalogue, tmp_path / "kerja", [], docs=docs, data=ROOT / "sop_data")
