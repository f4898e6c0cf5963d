"""From pages to the bundle: what is left out, what can be found, the same bytes again."""

from __future__ import annotations

import gzip
import itertools
import json
import re
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from generator.data.lexicon import Lexicon
from generator.data.words import fold
from generator.search.digest import initials
from generator.search.index import read_pages, write_index
from generator.search.lookups import front_coded
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
    (other / "pagefind").mkdir()
    (other / "pagefind" / "lama.pf_index").write_bytes(b"x")
    assert write_index(one, Lexicon()) == write_index(other, Lexicon()) == 12
    assert contents(one) == contents(other)


def test_every_page_can_be_found_and_filtered(tmp_path: Path) -> None:
    folder = site(tmp_path / "situs")
    write_index(folder, Lexicon())
    bundle = folder / "pagefind"
    fragments = {file.stem for file in (bundle / "fragment").iterdir()}
    table = json.loads((bundle / "saring.json").read_text(encoding="utf-8"))
    names = re.findall("." * table["huruf"], table["nama"])
    assert len(names) == len(fragments) == len({name[: table["huruf"]] for name in fragments} & set(names))
    files = {
        file.stem: json.loads(file.read_text(encoding="utf-8"))
        for file in (bundle / table["folder"]).iterdir()
    }
    titles = files.pop("0")
    pages = {page.url: page for page in read_pages(folder)}
    assert [title for _, title in titles] == sorted((page.title for page in pages.values()), key=fold)
    assert files.keys() == table["faset"].keys() == {"unit"}
    for unit, apart in zip(table["faset"]["unit"], files["unit"], strict=True):
        found = {titles[number][0] for number in itertools.accumulate(int(n, 36) for n in apart.split())}
        assert found == {url for url, page in pages.items() if dict(page.facets)["unit"] == unit}


def test_the_bundle_holds_no_word_that_the_site_does_not(tmp_path: Path) -> None:
    """What stands for words comes from the lexicon; only meanings that the site uses are given away."""
    folder = site(tmp_path / "situs")
    write_index(folder, Lexicon(groups=((("operasi", "rahasia"), ("oprah",)),)))
    for name, data in contents(folder / "pagefind").items():
        text = gzip.decompress(data) if name.endswith(("fragment", "index", "meta")) else data
        assert b"oprah" not in text, name


def test_a_site_without_pages_has_an_empty_bundle(tmp_path: Path) -> None:
    assert write_index(tmp_path, Lexicon()) == 0
    assert json.loads((tmp_path / "pagefind/saring.json").read_text())["faset"] == {}


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
