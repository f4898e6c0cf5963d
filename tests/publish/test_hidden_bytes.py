"""What is hidden changes no byte of what is public: no mark, no number, no order, no name of a file, whether
a site is built from nothing or again."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from msgspec import Struct

from generator.build.headers import HEADERS
from generator.build.manifest import file_hashes
from generator.build.memory import fingerprint as inputs_of
from generator.build.site import Built, Sources, build_sites
from generator.data.audience import Audience
from generator.data.catalogue import Catalogue
from generator.data.files.inputs import take
from generator.data.sources import read_catalogue
from generator.figure.paper.content import fingerprint
from generator.model.problems import Severity
from tests.publish.canaries import Plants, secret, write_registers, write_signed, write_yaml
from tests.publish.sites import ROOT

REGISTERS = ("unit.yml", "pelaksana.yml", "hukum.yml")
DAY = date(2026, 1, 1)
PDF = b"%PDF-1.7 yang ditandatangani"


def read_yaml(path: Path) -> Any:
    """Every value as it is typed, so that "no" stays a word."""
    return _blank(yaml.load(path.read_bytes(), yaml.BaseLoader))


def _blank(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _blank(inner) for key, inner in value.items()}
    return [_blank(inner) for inner in value] if isinstance(value, list) else value or None


class Place(Struct, frozen=True):
    """A data folder with its pages and settings, and the public site that is built of it."""

    folder: Path

    @property
    def data(self) -> Path:
        return self.folder / "data"

    @property
    def docs(self) -> Path:
        return self.folder / "docs"

    @property
    def config(self) -> Path:
        return self.folder / "mkdocs.yml"

    @property
    def plants(self) -> Plants:
        return Plants()

    def catalogue(self) -> Catalogue:
        catalogue, problems = read_catalogue(self.data)
        assert catalogue is not None, [one for one in problems if one.severity is Severity.ERROR]
        return catalogue

    def build(self, out: Path, cache: Path | None = None, papers: bool = True) -> Built:
        sources = Sources(self.data, self.docs, self.config, cache)
        inputs = inputs_of(take((self.data, self.docs, self.config)))
        [built] = build_sites(
            self.catalogue(), [Audience.PUBLIK], out, sources, DAY, papers=papers, inputs=inputs
        )
        return built

    def sop(self, name: str) -> Path:
        return self.data / "sop" / f"{name}.yml"

    def change(self, path: Path, **keys: object) -> None:
        write_yaml(path, {**read_yaml(path), **keys})


def write_place(folder: Path) -> Place:
    """The real SOPs, one of them signed, one with versions."""
    place = Place(folder)
    shutil.copytree(ROOT / "sop_data", place.data)
    shutil.copytree(ROOT / "generator" / "default" / "docs", place.docs)
    shutil.copy(ROOT / "mkdocs.yml", folder)
    place.change(place.data / "instansi.yml", situs="https://sop.contoh.go.id/umum/")
    (place.data / "naskah").mkdir()
    (place.data / "naskah" / "tertanda.pdf").write_bytes(PDF)
    (place.data / "versi" / "berversi").mkdir(parents=True)
    for number, start in ((2, "1 Januari 2020"), (3, "1 Januari 2022")):
        write_yaml(place.data / "versi" / "berversi" / f"{number}.yml", versioned(number, start))
    write_yaml(place.sop("berversi"), versioned(4, "1 Januari 2024"))
    place.change(place.sop("surat-dan-jadwal"), tanggal={"efektif": "1 Januari 2020"})
    whole = place.catalogue()
    mark = fingerprint(whole, whole.sop["berversi"])[:12]
    place.change(place.sop("berversi"), dokumen_resmi="naskah/tertanda.pdf", sidik_data=mark)
    return place


def versioned(number: int, start: str | None) -> dict[str, Any]:
    """A version of a public SOP."""
    return {
        "nama": "Berversi",
        "unit": "seksi-pemberdayaan-kelompok-komunikasi-masyarakat",
        "klasifikasi": "publik",
        "versi": {"nomor": number, "perubahan": f"Perubahan ke-{number}"},
        "tanggal": {"efektif": start},
        "pelaksana": ["kasi"],
        "kegiatan": [{"uraian": f"Bekerja {number}", "pelaksana": "kasi", "waktu": "5 menit"}],
    }


# what may be hidden; each adds a kind of it


def hidden_sop(owner: str, level: str | None) -> Callable[[Place], None]:
    def add(place: Place) -> None:
        write_registers(place.data, place.plants, owner)
        write_signed(place.data, place.plants, owner)
        named = {"keterkaitan": [{"sop": "surat-dan-jadwal"}], "nama": "Surat dan Jadwal"}
        sop = {**secret(place.plants, owner, level), **named, "versi": {"nomor": 1}}
        sop.pop("pencabutan", None)
        write_yaml(place.sop("aaa-tersembunyi"), sop)

    return add


def next_version(level: str | None, start: str | None, **keys: object) -> Callable[[Place], None]:
    """A next version of the SOP that is signed."""

    def add(place: Place) -> None:
        shutil.copy(place.sop("berversi"), place.data / "versi" / "berversi" / "4.yml")
        write_registers(place.data, place.plants, "later")
        write_signed(place.data, place.plants, "later")
        own = {**secret(place.plants, "later", level), "keterkaitan": [{"sop": "surat-dan-jadwal"}]}
        own.pop("pencabutan")
        dated = {"versi": {"nomor": 5}, "tanggal": {"efektif": start}}
        write_yaml(place.sop("berversi"), {**own, **dated, **keys})

    return add


def first_next_version(place: Place) -> None:
    """A draft of the second version of an SOP that had but one."""
    path = place.sop("surat-dan-jadwal")
    (place.data / "versi" / "surat-dan-jadwal").mkdir()
    shutil.copy(path, place.data / "versi" / "surat-dan-jadwal" / "1.yml")
    place.change(path, klasifikasi="internal", versi={"nomor": 2}, tanggal={}, tujuan="Lain")


def earlier_version(place: Place) -> None:
    write_registers(place.data, place.plants, "early")
    write_signed(place.data, place.plants, "early")
    own = {**secret(place.plants, "early", "internal"), "keterkaitan": [{"sop": "surat-dan-jadwal"}]}
    write_yaml(place.data / "versi" / "berversi" / "1.yml", {**own, "versi": {"nomor": 1}})


def entries(place: Place) -> None:
    """First in the registers, so that a place in them would tell."""
    before = {name: read_yaml(place.data / name) for name in REGISTERS}
    write_registers(place.data, place.plants, "loose")
    for name in REGISTERS:
        rows = read_yaml(place.data / name)
        own = {id: row for id, row in rows.items() if id not in before[name]}
        assert own
        write_yaml(place.data / name, {**own, **before[name]})


def words(place: Place) -> None:
    """What searches for hidden things are helped by."""
    path = place.data / "leksikon.yml"
    told = read_yaml(path) if path.is_file() else dict.fromkeys(("padanan", "kata_dasar", "tersendiri"))
    own = [place.plants.word("loose", f"kata {number}") for number in range(5)]
    told["padanan"] = [*(told["padanan"] or ()), [f"surat {own[0]}", "SZQ"], [own[1], f"{own[2]} {own[3]}"]]
    told["kata_dasar"] = [*(told["kata_dasar"] or ()), own[4]]
    told["tersendiri"] = [*(told["tersendiri"] or ()), f"pe{own[1]}an"]
    write_yaml(path, told)


def pages(place: Place) -> None:
    page = "---\nurutan: 1\n---\n# Dalam\n\nRahasia {{ jumlah_sop }}. ![a](gambar/dalam.png)\n"
    (place.docs / "aaa-dalam.md").write_text(page, encoding="utf-8")
    (place.docs / "gambar").mkdir(exist_ok=True)
    (place.docs / "gambar" / "dalam.png").write_bytes(b"\x89PNG rahasia")


def notes(place: Place) -> None:
    for path in (place.sop("surat-dan-jadwal"), place.data / "versi" / "berversi" / "3.yml"):
        place.change(path, catatan=["Jangan diberitahukan"])


def remarks(place: Place) -> None:
    """Of those who write, in all files."""
    files = [*place.data.rglob("*.yml"), place.config]
    for path in files:
        path.write_text(path.read_text(encoding="utf-8") + "\n# jangan diberitahukan\n", encoding="utf-8")
    page = place.docs / "index.md"
    text = page.read_text(encoding="utf-8")
    page.write_text(text.replace("---\n", "---\n# jangan diberitahukan\n", 1), encoding="utf-8")


def loose_files(place: Place) -> None:
    write_signed(place.data, place.plants, "loose")
    (place.data / "catatan.txt").write_text("rahasia")
    (place.docs / "lepas.pdf").write_bytes(b"%PDF- rahasia")


HIDDEN: Mapping[str, Callable[[Place], None]] = {
    "SOP internal": hidden_sop("internal", "internal"),
    "SOP tanpa klasifikasi": hidden_sop("draft", None),
    "SOP yang dikecualikan": hidden_sop("excluded", "dikecualikan"),
    "rancangan internal": next_version("internal", None),
    "rancangan publik": next_version("publik", None),
    "rancangan tanpa klasifikasi": next_version(None, "-"),
    "rancangan yang dikecualikan": next_version("dikecualikan", None),
    "pencabutan dalam rancangan internal": next_version(
        "internal", None, pencabutan={"tanggal": "1 Mei 2025"}
    ),
    "versi internal yang akan datang": next_version("internal", "1 Mei 2030"),
    "rancangan pertama": first_next_version,
    "versi lama internal": earlier_version,
    "isi daftar": entries,
    "kata": words,
    "halaman": pages,
    "catatan penyunting": notes,
    "komentar": remarks,
    "berkas lepas": loose_files,
}


def files_of(out: Path) -> dict[str, str]:
    """Every file of the site, its manifest and its header files too."""
    found = {
        f"{top}/{name}": hash for top in ("public", HEADERS) for name, hash in file_hashes(out / top).items()
    }
    return {**found, "manifest": (out / "public" / "MANIFEST.json").read_text(encoding="utf-8")}


def differing(one: Mapping[str, str], other: Mapping[str, str]) -> list[str]:
    return sorted(name for name in {*one, *other} if one.get(name) != other.get(name))


class Ready(Struct, frozen=True):
    """A place without anything hidden, what its site came to, and what the build left for the next."""

    place: Place
    files: Mapping[str, str]
    out: Path
    cache: Path


@pytest.fixture(scope="module")
def ready(tmp_path_factory: pytest.TempPathFactory) -> Ready:
    folder = tmp_path_factory.mktemp("terbuka")
    place = write_place(folder / "asal")
    place.build(folder / "situs", folder / "simpanan")
    files = files_of(folder / "situs")
    kinds = {Path(name).suffix for name in files}
    assert {".html", ".pdf", ".docx", ".png", ".xml", ".json", ".csv", ".js", ".conf", ""} <= kinds
    return Ready(place, files, folder / "situs", folder / "simpanan")


@pytest.mark.parametrize("kind", HIDDEN)
def test_a_hidden_thing_changes_no_byte_of_the_public_site(ready: Ready, kind: str, tmp_path: Path) -> None:
    """Built again, as agencies do: then no key may depend on it either, so that no page is made anew."""
    place = Place(Path(shutil.copytree(ready.place.folder, tmp_path / "asal")))
    HIDDEN[kind](place)
    built = place.build(ready.out, ready.cache)
    assert differing(ready.files, files_of(ready.out)) == []
    assert built.made == 0


def test_nor_do_all_of_them_where_everything_is_made_from_nothing(ready: Ready, tmp_path: Path) -> None:
    place = Place(Path(shutil.copytree(ready.place.folder, tmp_path / "asal")))
    for kind in (
        "SOP internal",
        "versi internal yang akan datang",
        "versi lama internal",
        "rancangan pertama",
    ):
        HIDDEN[kind](place)
    for kind in ("isi daftar", "kata", "halaman", "komentar", "berkas lepas"):
        HIDDEN[kind](place)
    place.build(tmp_path / "situs")
    assert differing(ready.files, files_of(tmp_path / "situs")) == []
