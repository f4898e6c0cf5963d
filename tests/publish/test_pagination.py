"""Long lists in parts: nothing is lost or shown twice, all are reached, none is found instead of an SOP."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from urllib.parse import urljoin

import lxml.html
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml.etree import _Element

from generator.data.catalogue import Audience, Catalogue
from generator.data.sources import read_catalogue
from generator.formats.html import pagination
from generator.formats.html.pagination import ListPage, Paginator, placed
from generator.formats.html.view import View
from generator.site.lists import relation_map
from generator.site.stage import StageError, own_pages
from generator.site.staged import StagedPage
from tests.publish.conftest import SHORT, Site
from tests.publish.sites import CANARY, write_data
from tests.publish.staging import all_pages

HOME = "https://contoh.go.id/sop/"
LISTS = ["sop", "pelaksana", "hukum", "peta", "perubahan", "berlaku", "masalah", "dugaan"]
ROWS = "//tbody/tr | //ul[@class='hukum' or @class='perubahan' or @class='tugas-langkah' or not(@class)]/li"


def paginator(rows: list[int]) -> Paginator[tuple[int, int]]:
    entries = list(enumerate(rows))
    return Paginator("x/", entries, lambda *_: View("", {}), lambda one: f"n{one[0]}", lambda one: one[1])


@given(st.lists(st.integers(1, 9), max_size=40), st.integers(1, 12))
def test_every_entry_stands_in_one_part_in_its_order(rows: list[int], most: int) -> None:
    whole = paginator(rows)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pagination, "MAX_ROWS", most)
        found = pagination.list_pages(whole)
        assert [entry for _, entry in placed(whole)] == list(whole.entries)
    held = [rows[part.start : part.stop] for part in found]
    assert [one for part in held for one in part] == rows
    assert [part.path for part in found] == ["x/", *(f"daftar/x/{n}/" for n in range(2, len(found) + 1))]
    for part, after in zip(held, [*held[1:], None], strict=True):
        assert sum(part) <= most or len(part) == 1
        assert after is None or sum(part) + after[0] > most  # it was full


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("Surat", "Surat"),
        ("", ""),
        (f"Izin {'panjang ' * 9}", "Izin panjang panjang panjang panjang…"),
        ("x" * 90, "x" * 40 + "…"),
    ],
)
def test_a_part_is_known_by_the_beginning_of_a_long_name(name: str, short: str) -> None:
    one = Paginator("x/", [name], lambda *_: View("", {}), str)
    assert pagination.list_pages(one) == [ListPage("x/", 1, 0, 1, short, short)]


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    found, problems = read_catalogue(write_data(tmp_path_factory.mktemp("bagian") / "data"))
    assert found is not None, problems
    return found


Pages = dict[str, StagedPage]


def rows_of(pages: Iterable[StagedPage]) -> list[str]:
    """The rows of lists as HTML, their links from the top of the site; a part is meant as its list is."""

    def meant(url: str, page: StagedPage) -> str:
        return re.sub(r"/sop/daftar/(.+/)\d+/(?=#|$)", r"/sop/\1", urljoin(f"{HOME}{page.path}", url))

    found = []
    for page in pages:
        tree = lxml.html.fromstring(page.html())
        tree.rewrite_links(partial(meant, page=page))
        for old in tree.xpath("//nav | //form"):
            old.drop_tree()
        found += [lxml.html.tostring(row, encoding="unicode", with_tail=False) for row in tree.xpath(ROWS)]
    return found


def both(part: Catalogue, most: int) -> tuple[Pages, Pages]:
    """All pages with lists as they are, and in parts."""
    made = {page.path: page for page in all_pages(part, None)}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pagination, "MAX_ROWS", most)
        return made, {page.path: page for page in all_pages(part, None)}


@pytest.mark.parametrize("most", [1, 4, 13])
def test_the_parts_of_a_list_show_what_the_whole_shows(whole: Catalogue, most: int) -> None:
    one, many = both(whole.for_audience(Audience.INTERNAL), most)
    further = set(many) - set(one)
    assert set(one) <= set(many)
    assert all(path.startswith("daftar/") for path in further)
    lists = [path for path in one if f"daftar/{path}2/" in further]
    if most <= 4:
        assert {f"{name}/" for name in LISTS} <= set(lists)
        below = {path.partition("/")[0] for path in lists if path.count("/") > 1}
        assert below == {"pelaksana", "hukum", "unit", "kesehatan"}
    assert lists
    for path in lists:
        numbers = [2]
        while f"daftar/{path}{numbers[-1] + 1}/" in further:
            numbers.append(numbers[-1] + 1)
        shown = rows_of([many[path], *(many[f"daftar/{path}{number}/"] for number in numbers)])
        before = rows_of([one[path]])
        further -= {f"daftar/{path}{number}/" for number in numbers}
        # The map tells each group under its picture; the actors of a unit stand below the first part.
        if path == "peta/" or path.startswith("unit/"):
            assert Counter(shown) == Counter(before), path
        else:
            assert shown == before, path
    assert not further


def test_a_picture_of_the_map_stands_with_its_words(whole: Catalogue) -> None:
    _, many = both(whole.for_audience(Audience.INTERNAL), 1)
    drawn = 0
    for path, page in many.items():
        if path == "peta/" or path.startswith("daftar/peta/"):
            tree = lxml.html.fromstring(page.html())
            told = tree.xpath("//h2[@id='kata']/following::ul[1]//a/@href")
            shown = [
                one.get("href") or one.get("{http://www.w3.org/1999/xlink}href")
                for one in tree.xpath("//svg//a")
            ]
            drawn += len(shown)
            assert set(told) == set(shown) or not shown
    assert drawn


def test_a_group_too_large_for_a_picture_is_told_over_several_parts(
    whole: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(relation_map, "MAX_MAP", 1)
    one, many = both(whole.for_audience(Audience.INTERNAL), 1)
    maps = [page for path, page in many.items() if path == "peta/" or path.startswith("daftar/peta/")]
    assert not any("<svg" in page.html() or "Belum ada SOP" in page.html() for page in maps)
    assert "Belum ada SOP" not in one["peta/"].html()
    told = rows_of([one["peta/"]])
    assert Counter(rows_of(maps)) == Counter(told)
    assert sum(" menyebut " in row for row in told) > 1


def tree_of(site: Site, name: str) -> _Element:
    html = lxml.html.HTMLParser(encoding="utf-8")
    return lxml.html.parse(str(site.out / name / "index.html"), html).getroot()


@pytest.mark.parametrize("audience", ["public", "internal"])
def test_the_ways_lead_through_all_parts(parted_site: Site, audience: str) -> None:
    every = {
        path.parent.relative_to(parted_site.out / audience).as_posix()
        for path in (parted_site.out / audience / "daftar").rglob("index.html")
    }
    seen = set()
    for first in sorted({path.removeprefix("daftar/").rpartition("/")[0] for path in every}):
        path, numbers = first, list[int]()
        while path:
            page = tree_of(parted_site, f"{audience}/{path}")
            [told] = page.xpath("//nav[@class='bagian']/p")
            of = len([one for one in every if one.rpartition("/")[0] == f"daftar/{first}"]) + 1
            numbers.append(len(numbers) + 1)
            assert told.text_content().startswith(f"Bagian {numbers[-1]} dari {of}: ")
            if numbers[-1] > 1:
                assert (
                    page.findtext(".//title").partition(" – ")[0].endswith(f"bagian {numbers[-1]} dari {of}")
                )
            links = page.xpath("//nav[@class='bagian']//ol//a")
            assert [one.get("aria-current") for one in links].count("page") == (of > 2)
            assert len(links) == (of if of > 2 else 0)
            assert len(page.xpath("//a[@rel='next']")) == 2 * (numbers[-1] < of)
            assert len(page.xpath("//a[@rel='prev']")) == 2 * (numbers[-1] > 1)
            seen.add(path)
            after = page.xpath("string((//a[@rel='next'])[1]/@href)")
            path = urljoin(f"https://x/{path}/", after)[len("https://x/") :].strip("/") if after else ""
        assert len(numbers) == of
    assert every <= seen


def test_parts_are_not_found_instead_of_sops(parted_site: Site) -> None:
    public = parted_site.out / "public"
    site_map = (public / "sitemap.xml").read_text(encoding="utf-8")
    assert f"<loc>{HOME}sop/</loc>" in site_map
    assert "/daftar/" not in site_map
    for path in (public / "daftar").rglob("index.html"):
        head = path.read_text(encoding="utf-8").partition("</head>")[0]
        assert f'<link rel="canonical" href="{HOME}{path.parent.relative_to(public).as_posix()}/">' in head
        assert '<meta name="pagefind" content="noindex">' in head
        assert "robots" not in head
    reached = {
        urljoin(f"{HOME}{path.parent.relative_to(public).as_posix()}/", url)
        for path in [public / "berlaku" / "index.html", *(public / "daftar" / "berlaku").rglob("index.html")]
        for url in lxml.html.fromstring(path.read_bytes()).xpath("//th/a/@href")
    }
    assert reached == {
        f"{HOME}sop/{slug}/" for slug in parted_site.catalogue.for_audience(Audience.PUBLIK).sop
    }


def test_nothing_internal_is_named_by_the_way_through_public_parts(parted_site: Site) -> None:
    told = {
        audience: [
            text
            for path in (parted_site.out / audience).rglob("index.html")
            for text in lxml.html.fromstring(path.read_bytes()).xpath(
                "//nav[contains(@class, 'bagian')]//text()"
            )
        ]
        for audience in ("public", "internal")
    }
    assert any(CANARY in text for text in told["internal"])
    assert told["public"]
    assert not any(CANARY in text for text in told["public"])


def test_the_health_pages_lead_to_the_part_with_the_problem(parted_site: Site) -> None:
    page = tree_of(parted_site, "internal/kesehatan/isian/nomor")
    led = 0
    for link in page.xpath("//td[@data-label='Masalah data']/a"):
        path, _, anchor = urljoin("x/kesehatan/isian/nomor/", link.get("href")).partition("#")
        [heading] = tree_of(parted_site, f"internal/{path.removeprefix('x/')}").xpath(f"//h2[@id='{anchor}']")
        [sop] = link.xpath("ancestor::tr/th//a/@href")
        assert heading.text_content() == f"sop/{sop.rstrip('/').rpartition('/')[2]}.yml"
        led += "/daftar/masalah/" in path
    assert led


@pytest.mark.parametrize("name", ["daftar/sop/2.md", "daftar/unit/umum/3/index.md"])
def test_a_page_by_hand_may_not_lie_where_a_part_may(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.parent.mkdir(parents=True)
    path.write_text("---\npembaca: publik\n---\n# Judul\n", encoding="utf-8")
    with pytest.raises(StageError, match=f"docs/{name}"):
        own_pages(tmp_path, Audience.PUBLIK)
    beside: Callable[[str], Path] = tmp_path.joinpath
    path.rename(beside("daftar/tentang.md"))
    assert "daftar/tentang.md" in {page.path for page in own_pages(tmp_path, Audience.PUBLIK)}


def test_the_rows_of_a_part_are_not_searched(parted_site: Site) -> None:
    rows = tree_of(parted_site, "internal/sop").xpath("//tbody/tr")
    assert len(rows) == SHORT
    assert all(row.xpath("ancestor::*[@data-pagefind-ignore]") for row in rows)
