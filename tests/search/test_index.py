"""From pages to the bundle: what is left out, what can be found, the same bytes again."""

from __future__ import annotations

import itertools
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from generator.data.lexicon import Lexicon
from generator.search.digest import initials
from generator.search.index import read_pages, write_index
from generator.search.lookups import front_coded
from generator.search.postings import ALPHABET, digits
from tests.bench.search.corpus import generate


def site(folder: Path) -> Path:
    for sop in generate(12, 3)[0]:
        steps = "".join(f'<li id="langkah-{n}">{what}</li>' for n, (_, what, _) in enumerate(sop.steps, 1))
        file = folder / "sop" / sop.slug / "index.html"
        file.parent.mkdir(parents=True)
        mark = f'<span hidden data-pagefind-filter="unit:{sop.unit}"></span>'
        text = f"<article><h1>{sop.title}</h1>{mark}<ol>{steps}</ol></article>"
        file.write_text(f'<html lang="id"><body>{text}</body></html>', encoding="utf-8")
    (folder / "404.html").write_text("<article><h1>Tidak ditemukan</h1></article>", encoding="utf-8")
    return folder


def contents(folder: Path) -> dict[str, bytes]:
    return {
        file.relative_to(folder).as_posix(): file.read_bytes() for file in folder.rglob("*") if file.is_file()
    }


def test_the_same_site_gives_the_same_bytes_and_an_old_bundle_leaves_no_trace(tmp_path: Path) -> None:
    one, other = site(tmp_path / "satu"), site(tmp_path / "dua")
    (other / "cari").mkdir()
    (other / "cari" / "lama.js").write_bytes(b"x")
    assert write_index(one, Lexicon()) == write_index(other, Lexicon()) == 12
    assert contents(one) == contents(other)


def test_every_page_is_listed_with_its_text_and_filtered(tmp_path: Path) -> None:
    folder = site(tmp_path / "situs")
    write_index(folder, Lexicon())
    bundle = folder / "cari"
    head = value(bundle, "indeks")
    listed = [row for _, name in head["halaman"] for row in value(bundle, name)]
    pages = sorted(read_pages(folder), key=lambda page: page.url)
    assert [row[:2] for row in listed] == [[page.url, page.title] for page in pages]
    assert head["sop"] == [0, len(pages)]
    for page, (_, _, marks, text) in zip(pages, listed, strict=True):
        assert marks == []
        shown = value(bundle, f"kutipan/{text}")
        assert shown == [[one.anchor, one.heading, one.text] for one in page.sections]
    facets = value(bundle, head["saring"])
    assert facets.keys() == {"unit"}
    name, units = facets["unit"]
    for unit, told in zip(units, value(bundle, name), strict=True):
        assert {pages[at].url for at in itertools.accumulate(numbers(told))} == {
            page.url for page in pages if dict(page.facets)["unit"] == unit
        }


def value(bundle: Path, name: str) -> Any:
    """What a file of the bundle hands over, under its own name."""
    text = (bundle / f"{name}.js").read_text(encoding="utf-8")
    inside = re.fullmatch(r"sopCari\.terima\((.*)\)\n", text, re.DOTALL)
    assert inside
    own, given = json.loads(f"[{inside[1]}]")
    assert own == name
    return given


def numbers(told: str) -> Iterator[int]:
    """Numbers in digits of 32, the last first."""
    value, scale = 0, 1
    for digit in map(ALPHABET.index, told):
        value, scale = value + digit % 32 * scale, scale * 32
        if digit < 32:
            yield value
            value, scale = 0, 1


def test_the_bundle_holds_no_word_that_the_site_does_not(tmp_path: Path) -> None:
    """What stands for words comes from the lexicon; only meanings that the site uses are given away. The
    dictionary is everybody's."""
    folder = site(tmp_path / "situs")
    secret = (("oprah",), (("operasi", "rahasia"),))
    write_index(folder, Lexicon(groups=((("operasi", "rahasia"), ("oprah",)),), everyday=(secret,)))
    for name, data in contents(folder / "cari").items():
        assert b"oprah" not in data, name
        assert b"rahasia" not in data or name.startswith("kamus/"), name


def test_a_site_without_pages_has_an_empty_bundle(tmp_path: Path) -> None:
    assert write_index(tmp_path, Lexicon()) == 0
    head = value(tmp_path / "cari", "indeks")
    assert (head["halaman"], head["sop"], head["istilah"]) == ([], [0, 0], [])


@given(st.integers(0, 10**7))
def test_numbers_come_back(number: int) -> None:
    assert list(numbers(digits(number).decode())) == [number]


def test_initials_pass_over_links() -> None:
    assert "spptd" in initials("Surat Perintah Pembayaran dan Tanda Daftar")
    assert initials("surat perintah") == []


@given(st.frozensets(st.text("abc12", min_size=1)))
def test_front_coding_loses_nothing(words: frozenset[str]) -> None:
    found, before = set(), ""
    for entry in filter(None, front_coded(words).split(" ")):
        before = before[: int(entry[0], 36)] + entry[1:]
        found.add(before)
    assert found == words
