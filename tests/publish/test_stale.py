"""What was read is what is fingerprinted: no page stays public that the data no longer has as public."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from generator.build.site import build_sites
from generator.cli import main
from generator.cli.publish import making
from generator.data.files.inputs import InputsChanged, held, read_file, take
from generator.data.sources import read_catalogue
from tests.publish.sites import ROOT

SLUG = "surat-dan-jadwal"
PUBLIC, INTERNAL = "klasifikasi: publik", "klasifikasi: internal"


class Agency:
    """A folder with data and pages in which ``sop build`` runs."""

    def __init__(self, folder: Path) -> None:
        self.data = Path(shutil.copytree(ROOT / "sop_data", folder / "sop_data"))
        self.docs = folder / "docs"
        self.docs.mkdir()
        for name in ("index", "data-terbuka", "cara-membaca"):
            shutil.copy(ROOT / "generator" / "default" / "docs" / f"{name}.md", self.docs)
        self.config = shutil.copy(ROOT / "mkdocs.yml", folder)
        self.sop = self.data / "sop" / f"{SLUG}.yml"
        self.page = folder / "site" / "public" / "sop" / SLUG / "index.html"

    def build(self, *words: str) -> tuple[int, str]:
        done = CliRunner().invoke(main, ["build", "--no-documents", "--audience", "public", *words])
        return done.exit_code, done.output

    def say(self, classification: str, file: Path | None = None) -> None:
        file = file or self.sop
        text = file.read_text(encoding="utf-8")
        for other in (PUBLIC, INTERNAL):
            text = text.replace(other, classification)
        file.write_text(text, encoding="utf-8")


@pytest.fixture
def agency(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Agency:
    monkeypatch.chdir(tmp_path)
    return Agency(tmp_path)


Reading = Callable[..., Any]


def between(monkeypatch: pytest.MonkeyPatch, before: Callable[[], None], after: Callable[[], None]) -> None:
    """Have something happen once between the taking of the inputs and their reading, and after it."""
    turns: Iterator[None] = iter([None])

    def reading(*given: Any, **named: Any) -> Any:
        first = next(turns, False) is None
        if first:
            before()
        try:
            return read_catalogue(*given, **named)
        finally:
            if first:
                after()

    monkeypatch.setattr(making, "read_catalogue", reading)


def test_what_is_public_for_a_moment_only_is_not_left_public(
    agency: Agency, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Taken as internal, read as public, internal again: the next build would see nothing to do."""
    agency.say(INTERNAL)
    between(monkeypatch, lambda: agency.say(PUBLIC), lambda: agency.say(INTERNAL))
    assert agency.build()[0] == 0
    assert agency.build() == (0, "Tidak ada yang berubah; situs sudah sesuai dengan datanya.\n")
    assert not agency.page.exists()


def test_what_turns_internal_after_it_was_read_is_seen_by_the_next_build(
    agency: Agency, monkeypatch: pytest.MonkeyPatch
) -> None:
    between(monkeypatch, lambda: None, lambda: agency.say(INTERNAL))
    assert agency.build()[0] == 0
    assert agency.page.exists()
    assert agency.build()[0] == 0
    assert not agency.page.exists()


@pytest.mark.parametrize("what", ["baru", "hilang"])
def test_a_file_that_comes_or_goes_while_it_is_read_is_seen(
    agency: Agency, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    agency.build()
    text = agency.sop.read_text(encoding="utf-8")
    other = agency.data / "sop" / "baru.yml"
    gone: list[Callable[[], object]]
    if what == "baru":
        other.write_text(text.replace("nama: ", "nama: Baru ", 1), encoding="utf-8")
        agency.build()
        other.unlink()
        gone = [lambda: other.write_text(text, encoding="utf-8"), lambda: other.unlink()]
    else:
        agency.sop.write_text(f"{text}\n", encoding="utf-8")
        gone = [lambda: agency.sop.rename(other), lambda: other.rename(agency.sop)]
    between(monkeypatch, lambda: void(gone[0]), lambda: void(gone[1]))
    assert agency.build()[0] == 0
    assert agency.page.exists()
    assert not (agency.page.parents[1] / "baru").exists()


def void(do: Callable[[], object]) -> None:
    do()


def test_data_that_never_comes_to_rest_leaves_the_old_site_and_says_so(
    agency: Agency, monkeypatch: pytest.MonkeyPatch
) -> None:
    agency.build()
    before = agency.page.read_bytes()

    def reading(*given: Any, **named: Any) -> Any:
        agency.sop.write_text(f"{agency.sop.read_text(encoding='utf-8')}# lagi\n", encoding="utf-8")
        return read_catalogue(*given, **named)

    agency.sop.write_text(f"{agency.sop.read_text(encoding='utf-8')}# sekali\n", encoding="utf-8")
    monkeypatch.setattr(making, "read_catalogue", reading)
    status, said = agency.build()
    assert status == 1
    assert f"sop_data/sop/{SLUG}.yml berubah sewaktu dibaca" in said
    assert agency.page.read_bytes() == before


def test_a_page_of_the_agency_that_changes_while_it_is_read_is_seen(
    agency: Agency, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = agency.docs / "rahasia.md"
    secret, open_ = "---\ntitle: R\n---\nisi\n", "---\ntitle: R\npembaca: publik\n---\nisi\n"
    page.write_text(secret, encoding="utf-8")

    def building(*given: Any, **named: Any) -> Any:
        monkeypatch.setattr(making, "build_sites", build_sites)
        page.write_text(open_, encoding="utf-8")
        try:
            return build_sites(*given, **named)
        finally:
            page.write_text(secret, encoding="utf-8")

    monkeypatch.setattr(making, "build_sites", building)
    assert agency.build()[0] == 0
    assert not (agency.page.parents[2] / "rahasia").exists()


LINKS = [
    *(("sop_data", name) for name in ("sop", f"sop/{SLUG}.yml", "hukum.yml", "logo.svg", "versi", "naskah")),
    ("docs", "index.md"),
    ("docs", "gambar"),
]


@pytest.mark.parametrize(("where", "name"), LINKS)
def test_a_link_in_the_data_or_the_pages_is_refused(
    agency: Agency, tmp_path: Path, where: str, name: str
) -> None:
    """With a linked folder nobody saw that what lies in it had become internal."""
    if name in ("sop", "index.md"):
        assert agency.build()[0] == 0
    path, away = tmp_path / where / name, tmp_path / "tempat-lain"
    if path.exists():
        path.rename(away)
    else:
        away.mkdir()
        (away / "a.txt").write_text("a", encoding="utf-8")
    path.symlink_to(away)
    status, said = agency.build()
    assert status == 1, said
    assert f"{where}/{name}" in said
    assert "tautan berkas (symlink) tidak diizinkan" in said
    assert "saran: salin berkas" in said
    path.unlink()


@pytest.mark.parametrize("name", ["sop/pipa.yml", "instansi.yml", "hukum.yml"])
@pytest.mark.parametrize("command", ["build", "check"])
def test_a_pipe_in_the_data_is_refused_and_holds_nobody_up(agency: Agency, name: str, command: str) -> None:
    path = agency.data / name
    path.unlink(missing_ok=True)
    os.mkfifo(path)
    done = CliRunner().invoke(main, [command])
    assert done.exit_code == 1
    assert f"sop_data/{name}:1:1: bukan berkas biasa, melainkan pipa (FIFO)" in done.output


def test_pages_that_come_while_they_are_read_are_seen(
    agency: Agency, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An agency needs no pages of its own."""
    away = agency.docs.with_name("lain")
    agency.docs.rename(away)

    def building(*given: Any, **named: Any) -> Any:
        monkeypatch.setattr(making, "build_sites", build_sites)
        away.rename(agency.docs)
        page = agency.docs / "rahasia.md"
        page.write_text("---\ntitle: R\npembaca: publik\n---\nisi\n", encoding="utf-8")
        try:
            return build_sites(*given, **named)
        finally:
            agency.docs.rename(away)

    monkeypatch.setattr(making, "build_sites", building)
    assert agency.build()[0] == 0
    assert not (agency.page.parents[2] / "rahasia").exists()


def test_the_data_folder_itself_may_be_a_link(agency: Agency, tmp_path: Path) -> None:
    agency.data.rename(tmp_path / "di-sini")
    agency.data.symlink_to(tmp_path / "di-sini")
    assert agency.build()[0] == 0
    agency.say(INTERNAL)
    assert agency.build()[0] == 0
    assert not agency.page.exists()


def test_hidden_pages_are_in_no_site(agency: Agency) -> None:
    """They are in no fingerprint either."""
    (agency.docs / ".arsip").mkdir()
    page = agency.docs / ".arsip" / "tersimpan.md"
    page.write_text("---\ntitle: L\npembaca: publik\n---\n", encoding="utf-8")
    (agency.data / "sop" / ".sementara.yml").write_text("nama: [", encoding="utf-8")
    assert agency.build()[0] == 0
    assert not list(agency.page.parents[2].rglob("tersimpan*"))


def test_every_byte_that_is_read_while_a_snapshot_is_held_is_the_one_that_was_taken(tmp_path: Path) -> None:
    inside, outside = tmp_path / "data", tmp_path / "lain.txt"
    inside.mkdir()
    one = inside / "a.yml"
    for path in (one, outside):
        path.write_bytes(b"lama")
    taken = take([inside])
    outside.write_bytes(b"baru")
    with held(taken):
        assert read_file(outside) == b"baru"
        one.write_bytes(b"baru")
        with pytest.raises(InputsChanged, match=r"a\.yml"):
            read_file(one)
        one.unlink()
        with pytest.raises(InputsChanged, match=r"a\.yml"):
            read_file(one)
        one.write_bytes(b"lama")
        assert read_file(one) == b"lama"
        one.write_bytes(b"baru")
        assert read_file(one) == b"lama"  # one reading
        (inside / "b.yml").write_bytes(b"baru")
        with pytest.raises(InputsChanged, match=r"b\.yml"):
            read_file(inside / "b.yml")


@pytest.mark.parametrize("name", ["docs", "mkdocs.yml"])
def test_a_link_that_leads_nowhere_is_not_taken_for_nothing(
    name: str, tmp_path: Path, monkeypatch: Any
) -> None:
    """The agency's own pages and settings would be gone from the site that takes the place of the old one."""
    shutil.copytree(ROOT / "sop_data", tmp_path / "sop_data")
    monkeypatch.chdir(tmp_path)
    (tmp_path / name).symlink_to(tmp_path / "tiada")
    done = CliRunner().invoke(main, ["build", "--no-documents"])
    assert done.exit_code == 2
    assert f"'{name}' tautan ke yang tidak ada" in done.output
    assert not (tmp_path / "site").exists()
