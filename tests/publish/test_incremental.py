"""A build that takes over what has not changed gives the bytes of a build from nothing."""

from __future__ import annotations

import os
import re
import shutil
import sqlite3
from collections.abc import Callable, Mapping
from datetime import date
from fractions import Fraction
from functools import partial
from itertools import chain
from pathlib import Path
from random import Random
from typing import NoReturn

import msgspec
import pytest
from msgspec.structs import asdict

from generator.build import make
from generator.build.known import records
from generator.build.manifest import file_hashes
from generator.build.memory import fingerprint, untouched
from generator.build.site import BuildError, Built, Sources, build_sites
from generator.data.catalogue import Audience
from generator.data.files.inputs import take
from generator.data.sources import read_catalogue
from generator.formats.html import pagination
from generator.site import several
from generator.site.lists.history import all_news
from generator.site.pages import INTERNAL_LISTS, LISTS, health_listings, listings
from tests.bench.scale.data import add_step, slug, write_folder, write_sop
from tests.publish.sites import ROOT, write_data

COUNT = 6


class Place:
    """A data folder with its pages, and the sites that are built of it again and again."""

    def __init__(self, folder: Path, write: Callable[[Path], Path]) -> None:
        self.folder = folder
        self.data, self.docs, self.out = write(folder / "data"), folder / "docs", folder / "situs"
        self.docs.mkdir()
        for name in ("index", "data-terbuka", "cara-membaca"):
            shutil.copy(ROOT / "generator" / "default" / "docs" / f"{name}.md", self.docs)
        self.config = Path(shutil.copy(ROOT / "mkdocs.yml", folder))
        self.cache = folder / "simpanan"
        self.day: date | None = None

    def build(self, out: Path | None = None, cache: Path | None = None) -> list[Built] | None:
        catalogue, _ = read_catalogue(self.data, cache / "data.ingatan" if cache else None)
        if catalogue is None:
            return None
        sources = Sources(self.data, self.docs, self.config, cache)
        inputs = fingerprint(take((self.data, self.docs, self.config)), self.day)
        return build_sites(
            catalogue, list(Audience), out or self.out, sources, self.day, papers=False, inputs=inputs
        )

    def again(self) -> list[Built]:
        """Build with the memory and from nothing; both must come to the same. Gives the first."""
        made, clean = self.build(cache=self.cache), self.folder / "bersih"
        shutil.rmtree(clean, ignore_errors=True)
        assert (self.build(clean) is None) == (made is None)
        if made is not None:
            for name in ("public", "internal", "_keamanan"):
                assert file_hashes(self.out / name) == file_hashes(clean / name), name
                assert folders(self.out / name) == folders(clean / name), name
        return made or []

    def untouched(self) -> bool:
        inputs = fingerprint(take((self.data, self.docs, self.config)), self.day)
        return untouched((self.out / "public", self.out / "internal"), self.cache, inputs)


def folders(site: Path) -> set[tuple[str, int]]:
    """All folders, with their rights."""
    found = (path for path in site.rglob("*") if path.is_dir())
    return {(path.relative_to(site).as_posix(), path.stat().st_mode) for path in found}


@pytest.mark.parametrize(
    ("seed", "rows"), [(0, pagination.MAX_ROWS), (1, 2), (2, pagination.MAX_ROWS), (3, 3)]
)
def test_any_sequence_of_edits_comes_to_the_bytes_of_a_clean_build(
    tmp_path: Path, seed: int, rows: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pagination, "MAX_ROWS", rows)
    monkeypatch.setattr(records, "SOPS", rows)
    place, rng = Place(tmp_path, lambda target: write_folder(target, COUNT)), Random(seed)
    place.again()
    for number in range(4):
        for _ in range(rng.choice((1, 1, 3))):
            edit(place, rng, number)
        place.again()


def edit(place: Place, rng: Random, number: int) -> None:
    """What happens to a site between two builds."""
    files = sorted((place.data / "sop").glob("*.yml"))
    path = rng.choice(files)
    text = path.read_text(encoding="utf-8")
    pages = sorted((place.out / "public").rglob("*.html"))
    match rng.randrange(15):
        case 0 | 1:
            write_sop(place.data, rng.randrange(COUNT), COUNT, seed=number + 2, note=" Lain.")
        case 2:
            path.write_text(text.replace("nama: ", "nama: Baru ", 1), encoding="utf-8")
        case 3:
            path.rename(path.with_name(f"baru-{number}.yml"))
        case 4 if len(files) > 2:
            path.unlink()
        case 5:
            path.write_text(text.replace("klasifikasi: publik", "klasifikasi: internal"), encoding="utf-8")
        case 6:
            home = place.data / "versi" / path.stem
            home.mkdir(parents=True, exist_ok=True)
            had = (text.count("versi: {nomor") and int(text.split("versi: {nomor: ")[1].split("}")[0])) or 1
            (home / f"{had}.yml").write_text(text, encoding="utf-8")
            body = text.replace(f"versi: {{nomor: {had}}}\n", "")
            path.write_text(f"versi: {{nomor: {had + 1}}}\n{body}\n# revisi\n", encoding="utf-8")
        case 7:
            laws = place.data / "hukum.yml"
            told = laws.read_text(encoding="utf-8")
            laws.write_text(told.replace("status: berlaku", "status: diragukan", 1), encoding="utf-8")
        case 8:
            page = place.docs / "index.md"
            page.write_text(page.read_text(encoding="utf-8") + f"\nBaris {number}.\n", encoding="utf-8")
        case 9:
            place.day = date(2020 + rng.randrange(8), 1, 1)
        case 10:
            rng.choice(pages).write_text("dirusak orang", encoding="utf-8")
        case 11:
            rng.choice(pages).unlink()
        case 12 | 13:
            for mirror in place.cache.rglob("*.cadangan"):
                damage(mirror, rng)
        case _:
            for kept in place.cache.rglob("*.ingatan"):
                kept.write_bytes(kept.read_bytes()[: rng.randrange(8000)])


def damage(folder: Path, rng: Random) -> None:
    """What may have come over a mirror: files gone, others in their place, folders in their place, more."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    for path in rng.sample(files, 3):
        path.unlink()
        doings: list[Callable[[], object]] = [path.mkdir, partial(path.write_bytes, b"asing"), lambda: None]
        rng.choice(doings)()
    (folder / "asing" / "kosong").mkdir(parents=True, exist_ok=True)
    (folder / "asing" / "x.html").write_bytes(b"asing")


def test_the_memory_of_a_site_that_is_gone_is_deleted(tmp_path: Path) -> None:
    place = Place(tmp_path, lambda target: write_folder(target, 2))
    place.build(cache=place.cache)
    place.build(out=tmp_path / "lain", cache=place.cache)
    assert len(list((place.cache / "situs").iterdir())) == 12
    shutil.rmtree(tmp_path / "lain" / "internal")
    write_sop(place.data, 0, 2, note=" Lain.")
    place.build(cache=place.cache)
    left = sorted(path.name.split("-")[0] + path.suffix for path in (place.cache / "situs").iterdir())
    kinds = ("ingatan", "sidik", "cadangan")
    assert left == sorted([f"public.{kind}" for kind in kinds] * 2 + [f"internal.{kind}" for kind in kinds])


def test_hostile_data_too(tmp_path: Path) -> None:
    place = Place(tmp_path, write_data)
    place.again()
    path = place.data / "sop" / "surat-dan-jadwal.yml"
    path.write_text(path.read_text(encoding="utf-8").replace("5 Menit", "6 Menit"), encoding="utf-8")
    public, internal = place.again()
    assert 0 < public.made < public.taken
    assert 0 < internal.made < internal.taken


def test_only_what_shows_a_change_is_made_again(tmp_path: Path) -> None:
    place = Place(tmp_path, lambda target: write_folder(target, 60))
    place.build(cache=place.cache)
    before = file_hashes(place.out / "public")
    write_sop(place.data, 30, 60, note=" Lain.")
    public, _ = place.build(cache=place.cache) or []
    now = file_hashes(place.out / "public")
    changed = {name for name in now if now[name] != before.get(name)}
    assert f"sop/{slug(30)}/index.html" in changed
    assert public.made < 40 < public.taken


def test_what_the_front_page_counts_needs_no_engine_and_makes_no_other_page_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A front page says how many SOPs and steps there are."""
    place = Place(tmp_path, lambda target: write_folder(target, 30))
    with open(place.docs / "index.md", "a", encoding="utf-8") as front_page:
        front_page.write("\nAda {{ jumlah_sop }} SOP dengan {{ jumlah_langkah }} langkah.\n")
    place.build(cache=place.cache)

    def said() -> tuple[int, ...]:
        text = (place.out / "public" / "index.html").read_text(encoding="utf-8")
        found = re.search(r"Ada (\d+) SOP dengan (\d+) langkah", text)
        assert found
        return tuple(map(int, found.groups()))

    def runs(*_: object, **__: object) -> NoReturn:
        raise AssertionError("the engine runs")

    (sops, steps), front = said(), file_hashes(place.out / "public")["cara-membaca/index.html"]
    with monkeypatch.context() as patch:
        patch.setattr(make, "run_shared", runs)
        add_step(place.data, 15)
        public, internal = place.build(cache=place.cache) or []
        assert said() == (sops, steps + 1)
        assert 0 < public.made < public.taken
        assert 0 < internal.made < internal.taken
        left = place.out / "public" / "index.html"
        had = left.stat().st_ino
        write_sop(place.data, 15, 30, note=" Lain.")  # without the step
        place.build(cache=place.cache)
        assert left.stat().st_ino != had
        had = left.stat().st_ino
        write_sop(place.data, 15, 30, note=" Lain lagi.")
        place.build(cache=place.cache)
        assert left.stat().st_ino == had
        write_sop(place.data, 30, 31)
        place.build(cache=place.cache)
        assert said()[0] == sops + 1
    place.again()
    assert file_hashes(place.out / "public")["cara-membaca/index.html"] == front


def test_a_page_that_counts_in_another_way_and_a_title_that_does_are_made_by_the_engine(
    tmp_path: Path,
) -> None:
    place = Place(tmp_path, lambda target: write_folder(target, COUNT))
    head = "pembaca: publik\n---\n\n"
    pages = {
        "judul": '---\ntitle: "Semua {{ jumlah_langkah }} langkah"\n' + head + "Isi.",
        "tabel": "---\ntitle: Tabel\n" + head + "| a |\n| --- |\n| {{ jumlah_langkah }} |\n",
        "lain": "---\ntitle: Lain\n" + head + "{% if jumlah_langkah > 1 %}{{ jumlah_langkah }}{% endif %}\n",
    }
    for name in ("judul", "tabel", "lain"):
        (place.docs / f"{name}.md").write_text(pages[name], encoding="utf-8")
        place.again()
        add_step(place.data, 2)
        place.again()
        (place.docs / f"{name}.md").unlink()


def test_a_list_is_made_again_where_it_shows_something_else_and_only_there(tmp_path: Path) -> None:
    place = Place(tmp_path, lambda target: write_folder(target, 30))
    path = place.data / "sop" / f"{slug(3)}.yml"
    lists = [f"{name}/index.html" for name in (*LISTS, *INTERNAL_LISTS, "berlaku")]

    def made_by(before: str, after: str) -> set[str]:
        had = {name: (place.out / "internal" / name).stat().st_ino for name in lists}
        text = path.read_text(encoding="utf-8")
        assert before in text
        path.write_text(text.replace(before, after, 1), encoding="utf-8")
        place.again()
        return {
            name.removesuffix("/index.html")
            for name, inode in had.items()
            if (place.out / "internal" / name).stat().st_ino != inode
        }

    place.again()
    assert made_by("tujuan: ", "tujuan: Lain. ") == set()
    assert {"sop", "perubahan", "berlaku", "peta"} <= made_by("nama: ", "nama: Lain ")
    assert made_by("klasifikasi: publik", "klasifikasi: internal") >= {"sop"}


def test_what_moves_over_the_border_of_a_part_comes_to_the_bytes_of_a_clean_build(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pagination, "MAX_ROWS", 3)
    place = Place(tmp_path, lambda target: write_folder(target, 7))
    folder = place.out / "internal"

    def parts_of(name: str) -> int:
        return 1 + len(list((folder / "daftar" / name).glob("*/index.html")))

    def named(number: int, name: str) -> None:
        path = place.data / "sop" / f"{slug(number)}.yml"
        _, _, rest = path.read_text(encoding="utf-8").partition("\n")
        path.write_text(f"nama: {name}\n{rest}", encoding="utf-8")

    for path in (place.data / "sop").glob("*.yml"):  # so that any of them may be deleted
        text = path.read_text(encoding="utf-8")
        path.write_text(re.sub(r"keterkaitan:\n(- .*\n)+", "", text), encoding="utf-8")
    place.again()
    assert (parts_of("sop"), parts_of("berlaku"), parts_of("perubahan")) == (3, 3, 3)
    marks = {path: path.stat().st_ino for path in folder.rglob("index.html")}
    path = place.data / "sop" / f"{slug(0)}.yml"
    path.write_text(path.read_text(encoding="utf-8").replace("tujuan: ", "tujuan: Lain. "), encoding="utf-8")
    place.again()
    lists = {f"daftar/{name}/{n}/index.html" for name in ("sop", "berlaku", "perubahan") for n in (2, 3)}
    assert all((folder / name).stat().st_ino == marks[folder / name] for name in lists)
    named(0, "Zz terakhir")
    place.again()
    named(6, "Aa pertama")
    place.again()
    for number in (1, 2):
        (place.data / "sop" / f"{slug(number)}.yml").unlink()
    place.again()
    assert (parts_of("sop"), parts_of("berlaku"), parts_of("perubahan")) == (2, 2, 2)
    for number in (3, 4):
        (place.data / "sop" / f"{slug(number)}.yml").unlink()
    place.again()
    assert (parts_of("sop"), parts_of("berlaku"), parts_of("perubahan")) == (1, 1, 1)
    write_sop(place.data, 1, 7)
    place.again()
    assert parts_of("sop") == 2


def test_a_change_makes_that_part_of_a_long_page_anew_on_which_it_is_shown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And what stood on the first part once is still found from there."""
    monkeypatch.setattr(pagination, "MAX_ROWS", 10)
    place = Place(tmp_path, lambda target: write_folder(target, 12))
    place.build(cache=place.cache)
    catalogue, _ = read_catalogue(place.data)
    assert catalogue is not None
    subjects = [several.actor(id, catalogue.for_audience(Audience.INTERNAL)) for id in catalogue.pelaksana]
    shares = [list(several.shares(subject, catalogue)) for subject in subjects]
    site, changed = place.out / "internal", shares[0][-1].slugs[-1]
    parts = [site / share.page.path / "index.html" for many in shares for share in many]
    for many in shares:
        first = (site / many[0].page.path / "index.html").read_text(encoding="utf-8")
        for share in many[1:]:
            for name in share.slugs:
                assert f'<li id="{name}"><a href="../../{share.page.path}#{name}">' in first
    assert len(parts) > 2 * len(shares) > 2
    had = {path: path.stat().st_ino for path in parts}
    path = place.data / "sop" / f"{changed}.yml"
    path.write_text(re.sub(r"(uraian: \"?)", r"\1Lain ", path.read_text(encoding="utf-8")), encoding="utf-8")
    place.again()
    made = {path for path in parts if path.stat().st_ino != had[path]}
    holding = [share for many in shares for share in many if changed in share.slugs]
    assert made == {site / share.page.path / "index.html" for share in holding}


def test_the_digest_of_a_list_tells_all_that_it_is_filled_with(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pagination, "MAX_ROWS", 5)
    catalogue, _ = read_catalogue(write_data(tmp_path / "data"))
    assert catalogue is not None
    for audience in Audience:
        part = catalogue.for_audience(audience, date(2026, 1, 1))
        shown = listings(all_news(part, date(2026, 1, 1)), part, date(2026, 1, 1))
        for listing in chain(shown, health_listings(part, date(2026, 1, 1))):
            view = listing.view()
            tells_all(dict(view.values))
            tells_all(view.way)


def tells_all(value: object) -> None:
    """Whether the words that Python has for a value tell all of it."""
    if isinstance(value, Mapping):
        tells_all([*value.keys(), *value.values()])
    elif isinstance(value, list | tuple):
        for one in value:
            tells_all(one)
    elif isinstance(value, msgspec.Struct):
        tells_all(asdict(value))
    else:
        assert value is None or isinstance(value, str | int | float | Fraction | date), type(value)


def test_what_has_not_changed_is_found_out_without_a_build(tmp_path: Path) -> None:
    place = Place(tmp_path, lambda target: write_folder(target, COUNT))
    assert not place.untouched()
    place.build(cache=place.cache)
    assert place.untouched()
    page = place.out / "public" / "index.html"
    left = page.stat()
    text = page.read_bytes()
    page.write_bytes(text[::-1])
    assert not place.untouched()
    page.write_bytes(text)
    os.utime(page, ns=(left.st_atime_ns, left.st_mtime_ns))
    assert place.untouched()
    (place.out / "internal" / "tambahan.txt").write_text("x", encoding="utf-8")
    assert not place.untouched()
    (place.out / "internal" / "tambahan.txt").unlink()
    write_sop(place.data, 1, COUNT, note=" Lain.")
    assert not place.untouched()


def test_a_link_that_dies_on_a_page_that_has_not_changed_is_found(tmp_path: Path) -> None:
    place = Place(tmp_path, lambda target: write_folder(target, COUNT))
    page = place.docs / "index.md"
    link = f'<a href="sop/{slug(3)}/#langkah-3">x</a>'
    page.write_text(page.read_text(encoding="utf-8") + f"\n{link}\n", encoding="utf-8")
    place.build(cache=place.cache)
    path = place.data / "sop" / f"{slug(3)}.yml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("tujuan: ", "tujuan: Lain. "), encoding="utf-8")
    place.build(cache=place.cache)
    path.write_text(text[: text.index("- id: l3")], encoding="utf-8")
    before = file_hashes(place.out / "public")
    with pytest.raises(BuildError, match="tidak ada bagian 'langkah-3'"):
        place.build(cache=place.cache)
    assert file_hashes(place.out / "public") == before
    path.rename(path.with_name("lain.yml"))
    for other in (place.data / "sop").glob("*.yml"):
        told = other.read_text(encoding="utf-8").replace(f"sop: {slug(3)}", "sop: lain")
        other.write_text(told, encoding="utf-8")
    with pytest.raises(BuildError, match=f"'sop/{slug(3)}/#langkah-3' mati"):
        place.build(cache=place.cache)


@pytest.mark.parametrize("column", ["pages.data", "pages.links", "notes.text", "jobs.files"])
def test_a_memory_that_says_nonsense_is_none(tmp_path: Path, column: str) -> None:
    place = Place(tmp_path, lambda target: write_folder(target, COUNT))
    place.again()
    table, _, name = column.partition(".")
    for kept in (place.cache / "situs").glob("*.ingatan"):
        with sqlite3.connect(kept) as rows:
            rows.execute(f"UPDATE {table} SET {name} = '[1, '")
        rows.close()
    write_sop(place.data, 2, COUNT, note=" Lain.")
    place.again()
