"""A build replaces what an earlier one has made, and nothing else."""

from __future__ import annotations

import json
import os
import socket
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.build.manifest import file_hashes
from tests.publish.test_exchange import Place, place, quick, whole

__all__ = ["place", "quick"]  # fixtures
pytestmark = pytest.mark.usefixtures("quick")


def foreign(folder: Path) -> None:
    (folder / "foto").mkdir(parents=True)
    (folder / "foto" / "kami.jpg").write_bytes(b"foto")


def sources(place: Place) -> list[dict[str, str]]:
    return [file_hashes(place.folder / name) for name in ("data", "docs")]


def refused(place: Place, out: Path | str, *words: str, why: str) -> None:
    for more in ((), ("--fresh",)):
        done = place.build(out, *words, *more)
        assert (done.exit_code, why in done.output) == (1, True), done.output
        assert ("tetap ada" in done.output, "saran: " in done.output) == (True, True)


@pytest.mark.parametrize("name", ["public", "internal", "_keamanan/public", "_keamanan/internal"])
def test_a_folder_of_others_is_refused_and_stays(place: Place, tmp_path: Path, name: str) -> None:
    out = tmp_path / "situs"
    foreign(out / name)
    refused(place, out, why="foto/kami.jpg")
    assert file_hashes(out) == file_hashes(out) | {
        f"{name}/foto/kami.jpg": file_hashes(out / name).popitem()[1]
    }
    assert [path.name for path in out.rglob("*") if path.is_file()] == ["kami.jpg"]


@pytest.mark.parametrize("name", ["public", "_keamanan/internal"])
def test_a_file_of_others_in_our_folder_is_refused_and_stays(place: Place, tmp_path: Path, name: str) -> None:
    out = tmp_path / "situs"
    assert place.build(out).exit_code == 0
    before = whole(out)
    place.change("Baru")
    (out / name / ".well-known").mkdir()
    (out / name / ".well-known" / "kunci").write_text("x", encoding="utf-8")
    refused(place, out, why=".well-known/kunci")
    (out / name / ".well-known" / "kunci").unlink()
    assert whole(out) == before
    assert place.build(out).exit_code == 0


def test_a_manifest_of_others_is_no_mark(place: Place, tmp_path: Path) -> None:
    out = tmp_path / "situs"
    foreign(out / "public")
    for text in ("", "[]", '{"program": "lain 1", "untuk": "publik", "berkas": {"foto/kami.jpg": ""}}'):
        (out / "public" / "MANIFEST.json").write_text(text, encoding="utf-8")
        refused(place, out, why="foto/kami.jpg")


def test_empty_folders_and_damaged_sites_are_ours(place: Place, tmp_path: Path) -> None:
    out = tmp_path / "situs"
    (out / "public" / "kosong").mkdir(parents=True)
    assert place.build(out).exit_code == 0
    right = whole(out)
    (out / "public" / "satu" / "index.html").write_text("rusak", encoding="utf-8")
    (out / "internal" / "satu" / "index.html").unlink()
    for name in ("nginx.conf", "apache.conf"):
        (out / "_keamanan" / "public" / name).write_text("", encoding="utf-8")
    assert place.build(out).exit_code == 0
    assert whole(out) == right


@pytest.mark.parametrize(
    ("out", "why"),
    [
        ("data", "ada di dalam data/"),
        ("docs/situs", "ada di dalam docs/"),
        ("data/sop", "ada di dalam data/"),
    ],
)
def test_a_site_does_not_lie_in_its_sources(place: Place, out: str, why: str) -> None:
    before = sources(place)
    refused(place, out, why=why)
    assert sources(place) == before


def test_a_site_does_not_take_the_place_of_its_sources(place: Place, tmp_path: Path) -> None:
    out = tmp_path / "situs"
    out.mkdir()
    for target in (place.folder, place.folder / "data"):
        (out / "public").symlink_to(target)
        before = sources(place)
        refused(place, out, why="yang dibaca build")
        assert sources(place) == before
        (out / "public").unlink()


def test_the_working_folder_and_a_home_are_only_added_to(place: Place, tmp_path: Path) -> None:
    foreign(tmp_path / "rumah")
    for out in (Path(), tmp_path / "rumah"):
        before = file_hashes(out)
        assert place.build(out).exit_code == 0
        assert before.items() <= file_hashes(out).items()
        foreign(out / "internal" / "lain")
        refused(place, out, why="lain/foto/kami.jpg")


@pytest.mark.parametrize(
    ("link", "to"),
    [("internal", "public"), ("public", "internal"), ("internal", "public/dalam"), ("_keamanan", "public")],
)
def test_no_site_stands_in_the_place_of_another(place: Place, tmp_path: Path, link: str, to: str) -> None:
    out = tmp_path / "situs"
    (out / to).mkdir(parents=True)
    (out / link).symlink_to(out / to)
    for audience in ("public", "internal", "all"):
        refused(place, out, "--audience", audience, why="folder")
    assert not [path for path in out.rglob("*") if path.is_file()]


def test_no_site_stands_in_a_published_one_or_in_that_of_other_readers(place: Place, tmp_path: Path) -> None:
    out = tmp_path / "situs"
    assert place.build(out).exit_code == 0
    refused(place, out / "public", why="yang sudah terbit")
    (out / "public").rename(tmp_path / "umum")
    (out / "internal").rename(out / "public")
    refused(place, out, why="pembaca lain")


def test_a_link_that_leads_nowhere_is_told(place: Place, tmp_path: Path) -> None:
    out = tmp_path / "situs"
    out.mkdir()
    for target in (tmp_path / "tiada", out / "public"):
        (out / "public").symlink_to(target)
        refused(place, out, why="tautan")
        (out / "public").unlink()


def _pipe(path: Path) -> None:
    os.mkfifo(path)


def _socket(path: Path) -> None:
    here = Path.cwd()
    os.chdir(path.parent)  # its path may not be long
    with socket.socket(socket.AF_UNIX) as one:
        one.bind(path.name)
    os.chdir(here)


def _device(path: Path) -> None:
    path.symlink_to("/dev/zero")


@pytest.mark.parametrize("make", [_pipe, _socket, _device])
@pytest.mark.parametrize(
    "name",
    ["data/hukum.yml", "data/sop/x.yml", "data/aneh", "docs/x.md", "docs/index.md", "docs/gambar/x.png"],
)
def test_what_is_no_file_is_told_and_not_waited_for(
    place: Place, tmp_path: Path, name: str, make: Callable[[Path], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.undo()  # the whole build; but from the folder of the data
    monkeypatch.chdir(place.folder)
    path = place.folder / name
    path.parent.mkdir(exist_ok=True)
    path.unlink(missing_ok=True)
    make(path)
    done = place.build(tmp_path / "situs")
    assert (done.exit_code, name in done.output, "bukan berkas biasa" in done.output) == (1, True, True), (
        done.output
    )
    assert not (tmp_path / "situs" / "public").exists()


def test_the_mark_tells_whose_site_it_is(place: Place, tmp_path: Path) -> None:
    assert place.build(tmp_path).exit_code == 0
    mark = json.loads((tmp_path / "public" / "MANIFEST.json").read_text(encoding="utf-8"))
    assert (mark["untuk"], mark["program"].split()[0]) == ("publik", "sop-generator")
