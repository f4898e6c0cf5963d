"""``sop verify`` sees all that a site is made of: the header files beside it, and with ``--data`` everything
that went into it from the data; the next build restores what is beside it."""

from __future__ import annotations

import json
import os
import shutil
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from msgspec import Struct

from generator.build.headers import HEADERS
from generator.build.manifest import MANIFEST, file_hashes
from generator.build.memory import fingerprint, untouched
from generator.build.site import Sources, build_sites
from generator.cli import main
from generator.data.audience import FOLDERS, Audience
from generator.data.files.inputs import take
from generator.data.sources import read_catalogue
from tests.bench.scale.data import add_step, write_folder, write_sop
from tests.publish.sites import ROOT

COUNT = 3
DAY = date(2026, 1, 1)
LEXICON = "padanan:\n  - [berkas, dokumen]\nkata_dasar: [arsip]\nabaikan: [bagaimana]\n"
LOGO = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><path d="M0 0h{}v9z"/></svg>'
PAGE = "---\npembaca: publik\ntitle: Beranda\n---\n# Beranda\n\n![Kantor](gambar/kantor.png) Selamat.\n"


class Place(Struct, frozen=True):
    """A small agency and the sites that are built of it."""

    folder: Path

    @property
    def data(self) -> Path:
        return self.folder / "data"

    @property
    def docs(self) -> Path:
        return self.folder / "docs"

    @property
    def sources(self) -> Sources:
        return Sources(self.data, self.docs, self.folder / "mkdocs.yml", self.folder / "simpanan")

    @property
    def out(self) -> Path:
        return self.folder / "situs"

    @property
    def site(self) -> Path:
        return self.out / "public"

    def inputs(self) -> str:
        return fingerprint(take((self.data, self.docs, self.sources.config)))

    def build(self) -> None:
        catalogue, problems = read_catalogue(self.data)
        assert catalogue is not None, problems
        build_sites(
            catalogue, list(Audience), self.out, self.sources, DAY, papers=False, inputs=self.inputs()
        )

    def verify(self, *words: str | Path) -> Result:
        settings = ("--docs", self.docs, "--config", self.sources.config)
        return CliRunner().invoke(main, ["verify", *map(str, (self.site, *settings, *words))])


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Place:
    place = Place(tmp_path_factory.mktemp("terbit"))
    write_folder(place.data, COUNT)
    agency = place.data / "instansi.yml"
    agency.write_text(agency.read_text(encoding="utf-8") + "logo: lambang.svg\n", encoding="utf-8")
    (place.data / "lambang.svg").write_text(LOGO.format(9), encoding="utf-8")
    (place.data / "leksikon.yml").write_text(LEXICON, encoding="utf-8")
    (place.data / "naskah").mkdir()
    for name in ("baru", "lama"):
        (place.data / "naskah" / f"{name}.pdf").write_bytes(b"%PDF-1.7 " + name.encode())
    path = write_sop(place.data, 1, COUNT)
    text = path.read_text(encoding="utf-8")
    old = place.data / "versi" / path.stem / "1.yml"
    old.parent.mkdir(parents=True)
    old.write_text(text + "dokumen_resmi: naskah/lama.pdf\n", encoding="utf-8")
    newer = "dokumen_resmi: naskah/baru.pdf\nversi: {nomor: 2}\n"
    path.write_text(text.replace("Menjamin", "Menjaga agar") + newer, encoding="utf-8")
    (place.docs / "gambar").mkdir(parents=True)
    (place.docs / "gambar" / "kantor.png").write_bytes(b"\x89PNG kantor")
    (place.docs / "index.md").write_text(PAGE, encoding="utf-8")
    shutil.copy(ROOT / "mkdocs.yml", place.folder)
    place.build()
    return place


@pytest.fixture
def place(built: Place, tmp_path: Path) -> Place:
    return Place(Path(shutil.copytree(built.folder, tmp_path / "terbit")))


def append(path: Path, text: str) -> None:
    path.write_text(path.read_text(encoding="utf-8") + text, encoding="utf-8")


CHANGES: dict[str, tuple[Callable[[Place], object], str]] = {
    "naskah": (lambda p: append(p.data / "naskah" / "baru.pdf", "x"), "sudah berubah: naskah/baru.pdf"),
    "naskah versi lama": (
        lambda p: append(p.data / "naskah" / "lama.pdf", "x"),
        "sudah berubah: naskah/lama.pdf",
    ),
    "naskah hilang": (
        lambda p: (p.data / "naskah" / "baru.pdf").unlink(),
        "sudah dihapus: naskah/baru.pdf",
    ),
    "lambang": (lambda p: (p.data / "lambang.svg").write_text(LOGO.format(8)), "sudah berubah: lambang"),
    "lambang hilang": (lambda p: (p.data / "lambang.svg").unlink(), "sudah dihapus: lambang"),
    "halaman": (
        lambda p: append(p.docs / "index.md", "\nSampai jumpa.\n"),
        "sudah berubah: halaman/index.md",
    ),
    "kepala halaman": (
        lambda p: (p.docs / "index.md").write_text(PAGE.replace("title: B", "title: L")),
        "sudah berubah: halaman/index.md",
    ),
    "gambar": (
        lambda p: (p.docs / "gambar" / "kantor.png").write_bytes(b"\x89PNG lain"),
        "sudah berubah: halaman/gambar/kantor.png",
    ),
    "halaman baru": (
        lambda p: (p.docs / "lain.md").write_text(PAGE),
        "data baru: halaman/lain.md",
    ),
    "setelan": (
        lambda p: append(p.sources.config, "\nmarkdown_extensions: [footnotes]\n"),
        "sudah berubah: setelan",
    ),
    "padanan": (
        lambda p: put(p, "padanan:\n", "padanan:\n  - [laporan, lapkas]\n"),
        "sudah berubah: leksikon",
    ),
    "kata yang diabaikan": (
        lambda p: put(p, "[bagaimana]", "[bagaimana, laporan]"),
        "sudah berubah: leksikon",
    ),
    "SOP": (lambda p: add_step(p.data, 0), "sudah berubah: sop/sop-00000"),
    "instansi": (lambda p: append(p.data / "instansi.yml", "email: a@contoh.go.id\n"), "berubah: instansi"),
    "unit": (
        lambda p: put(p, "nama: Bidang", "nama: Bagian", "unit.yml"),
        "sudah berubah: unit",
    ),
}


def put(place: Place, old: str, new: str, name: str = "leksikon.yml") -> None:
    path = place.data / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_nothing_differs_after_a_build(built: Place) -> None:
    done = built.verify("--data", built.data)
    assert (done.exit_code, "semuanya cocok" in done.output) == (0, True), done.output


@pytest.mark.parametrize("kind", CHANGES)
def test_what_goes_into_the_site_and_has_changed_is_named(place: Place, kind: str) -> None:
    change, said = CHANGES[kind]
    change(place)
    done = place.verify("--data", place.data)
    assert (done.exit_code, said in done.output) == (1, True), done.output
    assert len(done.output.splitlines()) == 2, "nothing else differs"


SPOILED: dict[str, Callable[[Path], object]] = {
    "bukan teks": lambda page: page.write_bytes(b"<html>\xff\0"),
    "lain": lambda page: page.write_text("<main><h1>zqlain berkas</h1></main>", encoding="utf-8"),
    "hilang": lambda page: None,
    "folder": lambda page: page.mkdir(),
    "pipa": os.mkfifo,
    "tautan": lambda page: page.symlink_to("404.html"),
}


@pytest.mark.skipif(sys.platform == "win32", reason="no pipes")
@pytest.mark.parametrize("kind", SPOILED)
def test_of_a_spoiled_page_nothing_is_said_but_that_it_is_spoiled(place: Place, kind: str) -> None:
    page = place.out / "public" / "index.html"
    page.unlink()
    SPOILED[kind](page)
    done = place.verify("--data", place.data)
    assert (done.exit_code, isinstance(done.exception, SystemExit)) == (1, True), done.output
    assert [line for line in done.output.splitlines() if line.startswith("  ")] == [
        f"  berkas {'hilang' if kind in ('hilang', 'folder') else 'berubah'}: index.html"
    ]


def test_an_empty_folder_named_like_a_page_is_none(place: Place) -> None:
    (place.out / "public" / "x.html").mkdir()
    assert place.verify("--data", place.data).exit_code == 0


def test_words_that_the_site_does_not_hold_are_no_difference(place: Place) -> None:
    put(place, "padanan:\n", "padanan:\n  - [zqrahasia, zqdalam]\n")
    assert place.verify("--data", place.data).exit_code == 0


DAMAGE: dict[str, Callable[[Path], object]] = {
    "kosong": lambda path: path.write_bytes(b""),
    "hilang": lambda path: path.unlink(),
    "berubah": lambda path: path.write_bytes(path.read_bytes().replace(b"'none'", b"*")),
    "folder hilang": lambda path: shutil.rmtree(path.parent),
    "semua hilang": lambda path: shutil.rmtree(path.parent.parent),
}


def test_header_files_are_verified_and_restored(place: Place) -> None:
    before = file_hashes(place.out / HEADERS)
    sites, cache = [place.out / folder for folder in FOLDERS.values()], place.sources.cache
    assert cache is not None
    for kind, damage in DAMAGE.items():
        place.build()
        assert untouched(sites, cache, place.inputs())
        assert file_hashes(place.out / HEADERS) == before, kind
        assert place.verify().exit_code == 0, kind
        name = "apache.conf" if kind == "kosong" else "nginx.conf"
        damage(place.out / HEADERS / "public" / name)
        done = place.verify()
        assert (done.exit_code, f"{HEADERS}/public/{name}" in done.output) == (1, True), done.output
        assert place.verify("--no-headers").exit_code == 0
        assert not untouched(sites, cache, place.inputs()), "the next build would leave it so"


def test_a_manifest_of_an_older_program_tells_nothing_of_headers(place: Place) -> None:
    content = json.loads((place.site / MANIFEST).read_text(encoding="utf-8"))
    del content["kepala"]
    (place.site / MANIFEST).write_text(json.dumps(content), encoding="utf-8")
    assert place.verify().exit_code == 0


def test_the_internal_site_does_not_depend_on_how_the_data_folder_is_called(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The list of problems names files of the folder, from the folder on."""
    twice = place.data / "sop" / "sop-00000.yml"
    same = place.data / "sop" / "nama-sama.yml"
    same.write_bytes(twice.read_bytes())
    (place.data / "hukum.yml").write_text(
        (place.data / "hukum.yml").read_text(encoding="utf-8").replace("berlaku", "diragukan", 1)
    )
    found = []
    monkeypatch.chdir(place.folder)
    for own in ("sop", "versi/data"):
        shutil.copytree(place.data, place.folder / own)
    for name in (place.data, Path("data"), Path("sop"), place.folder / "versi" / "data"):
        catalogue, problems = read_catalogue(name)
        assert catalogue is not None, problems
        assert all(one.position.file.startswith(f"{name.as_posix()}/") for one in problems)
        out = place.folder / "hasil"
        sources = Sources(name, place.docs, place.sources.config)
        build_sites(catalogue, [Audience.INTERNAL], out, sources, DAY, papers=False)
        found.append(file_hashes(out / "internal"))
        page = (out / "internal" / "masalah" / "index.html").read_text(encoding="utf-8")
        assert "sudah dipakai di sop/nama-sama.yml" in page
        assert "sop/sop-00000.yml" in page
    assert all(one == found[0] for one in found)


@pytest.mark.parametrize(
    "content",
    [
        "[" * 100_000 + "]" * 100_000,
        '{"program": "sop-generator 1", "untuk": "publik", "berkas": {}, "x": '
        + "[" * 100_000
        + "]" * 100_000
        + "}",
        *("[]", "{}", "7", "\udcff", '{"untuk": "semua"}', '{"untuk": "publik", "tanggal": "besok"}'),
        '{"untuk": "publik", "tanggal": null, "data": {}, "berkas": {"a": 7}}',
    ],
)
def test_what_is_no_manifest_is_told_by_every_command(
    content: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    shutil.copytree(ROOT / "sop_data", tmp_path / "sop_data")
    site = tmp_path / "site" / "public"
    site.mkdir(parents=True)
    (site / MANIFEST).write_text(content, encoding="utf-8", errors="surrogateescape")
    for command, told in (
        (["verify"], f"site/public/{MANIFEST}: isinya bukan {MANIFEST}"),
        (["build", "--no-documents"], "site/public/ berisi berkas, tetapi bukan situs"),
    ):
        done = CliRunner().invoke(main, command)
        assert done.exit_code == 1
        assert isinstance(done.exception, SystemExit)
        assert told in done.output
        assert "saran: " in done.output


def test_a_pipe_in_the_place_of_the_manifest_holds_nobody_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "site" / "public").mkdir(parents=True)
    os.mkfifo(tmp_path / "site" / "public" / MANIFEST)
    done = CliRunner().invoke(main, ["verify"])
    assert done.exit_code == 1
    assert "bukan berkas biasa" in done.output
