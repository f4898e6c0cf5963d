"""The bundle follows from the pages and the lexicon alone, whatever was there before, and says of each page
what it holds."""

from __future__ import annotations

import itertools
import random
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from generator.data.lexicon import Lexicon, read_lexicon
from generator.search import groups
from generator.search.digest import Digester, texts_of
from generator.search.index import FILE, Unread, make_bundle, write_bundle
from generator.search.pages import SearchPage, Section, page_text
from generator.search.postings import ALPHABET, weight_letter
from generator.store import Store, stored
from tests.bench.search.corpus import generate
from tests.search.test_index import value
from tests.search.vocabularies import vocabulary

LEXICON, _ = read_lexicon(Path(__file__).parents[2] / "generator/default/leksikon.yml")
TURNING = (
    "Mengunggah berkas",
    "Berkas yang diunggah",
    "Kelompok Informasi Masyarakat (KIM) mengunggah",
    "anggota KIM",
    "Pos Yandu Remaja (PYR)",
    "PYR memparaf",
    "memparafkan dan diparafkan",
    "menyublasi data",
    "data yang disublasi",
    '\u200bhampa <b> & "kutip" abcxq',
    "",
)
"""Texts that make words of other pages stand for something else."""


def pages(count: int, seed: int = 3) -> list[SearchPage]:
    made = generate(max(count, 20), seed)[0][:count]
    return [
        SearchPage(
            f"sop/{sop.slug}/",
            sop.title,
            (
                Section("", "", f"SOP · {sop.unit}"),
                *(Section(f"langkah-{n}", f"Langkah {n}", w) for n, (_, w, _) in enumerate(sop.steps, 1)),
            ),
            (("unit", sop.unit), ("pelaksana", sop.steps[0][0])),
        )
        for sop in made
    ]


def contents(folder: Path) -> dict[str, bytes]:
    return {
        file.relative_to(folder).as_posix(): file.read_bytes() for file in folder.rglob("*") if file.is_file()
    }


def clean(some: list[SearchPage], folder: Path, lexicon: Lexicon = LEXICON) -> dict[str, bytes]:
    write_bundle(some, folder, lexicon)
    return contents(folder)


def edited(some: list[SearchPage], rng: random.Random) -> list[SearchPage]:
    """The pages after one edit, removal, rename, return or addition, in another order."""
    some = list(some)
    at = rng.randrange(len(some))
    kind = rng.choice(("text", "text", "text", "title", "url", "gone", "new", "twin"))
    if kind == "gone" and len(some) > 1:
        del some[at]
    elif kind in ("new", "twin"):
        some.append(replace(some[at], url=f"{kind}/{rng.randrange(10**6)}/"))
    elif kind == "url":
        some[at] = replace(some[at], url=f"pindah/{rng.randrange(10**6)}/")
    elif kind == "title":
        some[at] = replace(some[at], title=f"{some[at].title} {rng.choice(TURNING)}")
    else:
        own = Section(f"x-{rng.randrange(9)}", "Catatan", rng.choice(TURNING))
        some[at] = replace(some[at], sections=(*some[at].sections[:-1], own))
    rng.shuffle(some)
    return some


@pytest.mark.parametrize("seed", range(4))
def test_a_remembered_run_gives_the_bytes_of_a_clean_one(
    tmp_path: Path, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    rng = random.Random(seed)
    if seed % 2:
        few_in_a_run(monkeypatch)
    now, out, memory = pages(50, seed), tmp_path / "situs", tmp_path / "ingatan"
    earlier = now
    for turn in range(7):
        write_bundle(now, out, LEXICON, memory)
        assert contents(out) == clean(now, tmp_path / f"bersih-{turn}")
        now = earlier if rng.random() < 0.2 else edited(now, rng)
        if rng.random() < 0.5:
            earlier = now


def few_in_a_run(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let some pages be many runs."""
    monkeypatch.setattr(groups, "PAGES", 3)


class Kept:
    """Takes a bundle and keeps every file that it was ever given, by its name and what it follows from."""

    def __init__(self) -> None:
        self.files: dict[tuple[str, str], dict[str, bytes]] = {}
        self.now: dict[str, bytes] = {}

    def put(self, name: str, digest: str, files: Callable[[], Iterable[tuple[str, bytes]]]) -> None:
        held = self.files.get((name, digest))
        own = self.files[name, digest] = dict(files()) if held is None else held
        assert self.now.keys().isdisjoint(own)
        self.now |= own


@pytest.mark.parametrize("seed", range(2))
def test_a_file_that_follows_from_the_same_is_the_same(tmp_path: Path, seed: int) -> None:
    rng = random.Random(seed)
    now, kept = pages(50, seed), Kept()
    for turn in range(5):
        kept.now = {}
        make_bundle(now, kept.put, LEXICON, tmp_path / "ingatan")
        assert kept.now == clean(now, tmp_path / f"bersih-{turn}")
        now = edited(now, rng)


def test_the_bundle_is_the_same_whoever_reads_the_pages(tmp_path: Path) -> None:
    some, kept = pages(60), Kept()
    with ProcessPoolExecutor(1, get_context("spawn")) as executor:

        def each(do: Callable[[Sequence[Any]], list[Any]], jobs: Iterable[Any]) -> Iterator[Any]:
            """Elsewhere, and the last first."""
            for future in [executor.submit(do, [job]) for job in jobs][::-1]:
                yield from future.result()

        make_bundle(some, kept.put, LEXICON, tmp_path / "ingatan", each)
    assert kept.now == clean(some, tmp_path / "situs")


def test_a_memory_that_fails_in_the_midst_changes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    some = pages(60)
    expected, whole = clean(some, tmp_path / "bersih"), Store._run
    for turn in range(1, 400, 37):
        asked = itertools.count()

        def run(self: Store, *given: Any, asked: Any = asked, turn: int = turn) -> list[Any]:
            if next(asked) == turn:
                self.close()
            return whole(self, *given)

        monkeypatch.setattr(Store, "_run", run)
        kept = Kept()
        make_bundle(some, kept.put, LEXICON, tmp_path / "ingatan")
        assert kept.now == expected


def test_nothing_is_remembered_of_pages_that_are_gone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    few_in_a_run(monkeypatch)
    some = pages(60)
    for now in (some, some[:7]):
        make_bundle(now, Kept().put, LEXICON, tmp_path)
    with stored(tmp_path / FILE) as kept:
        names = [name for (name,) in kept._run("SELECT name FROM kept", ())]
    urls = {page.url for page in some[:7]}
    assert urls == {name.partition(" ")[2] for name in names if " " in name}


def test_another_lexicon_is_another_bundle(tmp_path: Path) -> None:
    some, out, memory = pages(20), tmp_path / "situs", tmp_path / "ingatan"
    for turn, lexicon in enumerate((LEXICON, Lexicon(), LEXICON)):
        write_bundle(some, out, lexicon, memory)
        assert contents(out) == clean(some, tmp_path / f"bersih-{turn}", lexicon)


def spoilt(data: bytes, how: str, rng: random.Random) -> bytes:
    if how == "empty":
        return b""
    if how == "cut":
        return data[: rng.randrange(len(data))]
    if how == "other":
        return bytes(rng.randrange(256) for _ in range(5000))
    spots = bytearray(data)
    for _ in range(40):
        spots[rng.randrange(100 if how == "head" else len(spots))] = rng.randrange(256)
    return bytes(spots)


@pytest.mark.parametrize("how", ["empty", "cut", "other", "head", "spots", "more spots", "still more spots"])
def test_a_damaged_memory_changes_nothing(tmp_path: Path, how: str) -> None:
    rng = random.Random(how)
    some, out, memory = pages(40), tmp_path / "situs", tmp_path / "ingatan"
    expected = clean(some, tmp_path / "bersih")
    write_bundle(some, out, LEXICON, memory)
    for _ in range(2):
        last = (memory / FILE).read_bytes() if (memory / FILE).exists() else b""
        (memory / FILE).write_bytes(spoilt(last or b"x", how, rng))
        write_bundle(some, out, LEXICON, memory)
        assert contents(out) == expected


def test_what_stood_in_the_folder_leaves_no_trace(tmp_path: Path) -> None:
    some, out = pages(5), tmp_path / "situs"
    expected = clean(some, out)
    (out / "lama" / "lagi").mkdir(parents=True)
    (out / "lama" / "lagi" / "a.js").write_bytes(b"x")
    shown = next((out / "kutipan").iterdir())
    shown.write_bytes(b"rusak")
    other = tmp_path / "nama-lain"
    other.hardlink_to(out / "indeks.js")
    assert clean([replace(some[0], title="Lain")], out) != expected
    assert other.read_bytes() == expected["indeks.js"]
    assert clean(some, out) == expected
    assert not (out / "lama").exists()


def test_two_pages_of_one_address_are_refused(tmp_path: Path) -> None:
    one, other, *_ = pages(3)
    with pytest.raises(ValueError, match=one.url):
        write_bundle([one, replace(other, url=one.url)], tmp_path / "situs", LEXICON)


def test_a_page_that_is_known_is_not_read(tmp_path: Path) -> None:
    some, out, memory = pages(30), tmp_path / "situs", tmp_path / "ingatan"
    asked: list[str] = []

    def known(page: SearchPage, key: str) -> Unread:
        def text() -> str:
            asked.append(page.url)
            return page_text(page)

        return Unread(page.url, key, text)

    write_bundle([known(page, "1") for page in some], out, LEXICON, memory)
    asked.clear()
    changed = replace(some[3], title=f"{some[3].title} periksa")
    write_bundle(
        [known(changed, "2") if page.url == changed.url else known(page, "1") for page in some],
        out,
        LEXICON,
        memory,
    )
    assert set(asked) == {changed.url}
    assert contents(out) == clean([p if p.url != changed.url else changed for p in some], tmp_path / "bersih")


def test_the_index_says_of_each_page_what_it_holds(tmp_path: Path) -> None:
    some = sorted(pages(30), key=lambda page: page.url)
    heavy = Section("berat", "Berat", "periksa " * 400 + "sekali, Nomor 62")
    some[4] = replace(some[4], sections=(*some[4].sections, heavy))
    write_bundle(some, tmp_path, LEXICON)
    held: dict[int, dict[str, str]] = {at: {} for at in range(len(some))}
    before = ""
    for first, name in value(tmp_path, "indeks")["istilah"]:
        words = value(tmp_path, name).split(" ")
        terms = words[::3]
        assert terms == sorted(terms)
        assert before < first == terms[0]
        before = terms[-1]
        for term, count, told in zip(terms, words[1::3], words[2::3], strict=True):
            found = list(_held(told))
            assert len(found) == int(count)
            for number, letter in found:
                held[number][term] = letter
    digester = Digester(vocabulary([text for page in some for text in texts_of(page)], LEXICON))
    for number, page in enumerate(some):
        assert held[number] == {t: weight_letter(w).decode() for t, w in digester.weights(page).items()}
    assert "#62" in held[4]


def _held(told: str) -> Iterator[tuple[int, str]]:
    """Numbers of pages and letters of weights, read as the browser does."""
    at, page = 0, 0
    while at < len(told):
        scale = 1
        while (digit := ALPHABET.index(told[at])) >= 32:
            page, scale, at = page + (digit - 32) * scale, scale * 32, at + 1
        page += digit * scale
        yield page, told[at + 1]
        at += 2


def test_a_word_weighs_by_its_field_and_against_the_length_of_it() -> None:
    name, done, rest = (
        SearchPage("sop/a/", "Kalibrasi", (), ()),
        SearchPage("sop/b/", "Lain", (Section("langkah-1", "Langkah 1", "Kasi: Kalibrasi · Waktu"),), ()),
        SearchPage("sop/c/", "Lain", (Section("", "", "Kalibrasi"),), ()),
    )
    digester = Digester(vocabulary(["Kalibrasi"], LEXICON))
    weights = [digester.weights(page)["kalibrasi"] for page in (name, done, rest)]
    assert weights == sorted(weights, reverse=True)
    longer = SearchPage("sop/d/", "Kalibrasi timbangan meja pasar kota besar sekali lagi", (), ())
    assert digester.weights(longer)["kalibrasi"] < weights[0]


def test_numbers_of_steps_are_no_content() -> None:
    page = SearchPage("sop/a/", "Satu", (Section("langkah-62", "Langkah 62", "Kasi: Memeriksa"),), ())
    assert "62" not in Digester(vocabulary([], LEXICON)).weights(page)
