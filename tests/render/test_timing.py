"""Pictures of time and documents: what the bars show stands beside them in words."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from playwright.sync_api import Browser

from generator.data.catalogue import Catalogue
from generator.data.sources import read_catalogue
from generator.flow.process import build_process
from generator.flow.timeline import Timeline, build_timeline
from generator.flow.trail import find_trails
from generator.formats.html.html import Links
from generator.formats.html.timing import time_range, time_sentences, times, trails
from generator.model.durations import parse_duration
from tests.render.test_bpmn import SOPS

DATA = Path(__file__).parents[2] / "sop_data"


def catalogue() -> Catalogue:
    found, _ = read_catalogue(DATA)
    assert found is not None
    return found


LINKS = Links(catalogue(), "../../")


def timelines(name: str) -> list[Timeline]:
    sop, charts = SOPS[name]
    return [
        build_timeline(
            build_process(chart, [step.uraian for step in alur.kegiatan], {}),
            [parse_duration(step.waktu) for step in alur.kegiatan],
        )
        for alur, chart in zip(sop.alur, charts, strict=True)
    ]


@pytest.mark.parametrize("name", SOPS)
def test_every_bar_lies_in_its_cell_and_is_told(name: str) -> None:
    sop, charts = SOPS[name]
    for number, (alur, chart, timeline) in enumerate(zip(sop.alur, charts, timelines(name), strict=True)):
        html = times(alur, number, chart, timeline, LINKS)
        assert "style=" not in html
        page = BeautifulSoup(html, "html.parser")
        assert bool(page.find("table")) == bool(timeline.families)
        for bar in page.select("rect"):
            left, width = (float(str(bar[key]).rstrip("%")) for key in ("x", "width"))
            assert left >= 0
            assert width > 0
            assert left + width <= 100.02
        for picture in page.select("svg"):
            assert picture["aria-hidden"] == "true"
            assert picture.parent is not None
            assert re.search(r"\d", picture.parent.get_text())
        for table in page.select("table"):
            assert table.caption is not None
            assert all(cell["scope"] in ("row", "col") for cell in table.select("th"))
        rows = sum(len(family.rows) for family in timeline.families)
        assert len(page.select(".waktu-rentang")) == rows


def test_the_seed_in_words() -> None:
    said = {
        name: list(time_sentences(timelines(name)[0], [f"Langkah {n}" for n in range(1, 30)]))
        for name in SOPS
    }
    assert said["surat-dan-jadwal"] == ["Dari mulai sampai selesai: 75 menit (1 jam 15 menit)."]
    assert said["pembentukan-kim"] == [
        "Dari mulai sampai selesai: 13 hari.",
        "Tidak terhitung karena waktunya tidak disebut atau tidak terukur: Langkah 6.",
    ]
    assert said["029A-belanja-521211"] == [
        "Dari mulai sampai selesai: 24 hari dan 180 menit (3 jam) bila tidak ada yang dikembalikan.",
        "Setiap pengembalian dihitung satu kali: paling banyak bertambah 18 hari dan 60 menit (1 jam).",
        "Satuan hari dan menit dihitung terpisah karena naskah tidak menyebut kesetaraannya.",
    ]
    assert said["327-JOSS"][0].startswith("Dari mulai sampai selesai: paling cepat 4 hari kerja")


def test_each_actor_is_told_the_time_of_their_steps() -> None:
    sop, charts = SOPS["029A-belanja-521211"]
    page = BeautifulSoup(
        times(sop.alur[0], 0, charts[0], timelines("029A-belanja-521211")[0], LINKS), "html.parser"
    )
    rows = page.select("table")[-1].select("tbody tr")
    assert [row.get_text(" ", strip=True) for row in rows] == [
        "Ketua Tim/Proyek 1 , 6 3 hari 60 menit (1 jam)",
        "Proyek PBJ 4 14 hari",
        "Proyek Keuangan/PPK 3 , 5 , 7 , 8 6 hari 120 menit (2 jam)",
        "Kabag Umum 2 1 hari",
    ]
    sop, charts = SOPS["pembentukan-kim"]
    page = BeautifulSoup(
        times(sop.alur[0], 0, charts[0], timelines("pembentukan-kim")[0], LINKS), "html.parser"
    )
    assert "7 hari 1 langkah tanpa waktu terukur" in page.select("table")[-1].get_text(" ", strip=True)


def test_a_flow_without_times_has_no_picture() -> None:
    sop, charts = SOPS["041-UKP"]
    (timeline,) = timelines("041-UKP")
    assert times(sop.alur[0], 0, charts[0], timeline, LINKS) == ""
    assert trails(sop.alur[0], 0, charts[0], ()) == ""


def test_the_way_of_a_document_names_its_actors() -> None:
    sop, charts = SOPS["surat-dan-jadwal"]
    html = trails(sop.alur[0], 0, charts[0], find_trails(sop.alur[0]))
    page = BeautifulSoup(html, "html.parser")
    first = page.select(".jejak > li")[0]
    assert [stop.get_text(" ", strip=True) for stop in first.select(".jejak-henti")] == [
        "Kasi Langkah 1 dihasilkan",
        "JFU Langkah 2 dipakai",
    ]
    assert "style=" not in html


def test_the_headline_says_what_it_leaves_out() -> None:
    (known,) = timelines("pembentukan-kim")
    assert time_range(known) == "13 hari (belum termasuk 1 langkah tanpa waktu)"
    for name in SOPS:
        for line in timelines(name):
            text = time_range(line)
            some = any(family.forward for family in line.families)
            assert ("belum termasuk" in text) == bool(some and line.unknown)
            assert ("dikembalikan" in text) == any(f.returns for f in line.families if f.forward)


_THEME = ".md-typeset a { word-break: break-word }"
"""How Material sets links: a column may become narrower than a word of theirs."""
_NAMES = ("Kepala Subbagian Perencanaan", "Pengelola Dokumentasi Kabupaten", "Koordinator Pengelolaan")


@pytest.mark.browser
def test_no_name_of_an_actor_is_torn_on_a_phone(browser: Browser) -> None:
    assets = Path(__file__).parents[2] / "generator/site/theme/assets"
    style = "".join((_THEME, *((assets / f"{name}.css").read_text("utf-8") for name in ("situs", "waktu"))))
    rows = "".join(
        f'<tr><th><a href="#"><bdi>{name}</bdi></a><td>1, 2<td class="waktu-letak">1 hari</td></tr>'
        for name in _NAMES
    )
    head = "<tr><th>Pelaksana<th>Langkah<th>Waktu</tr>"
    page = browser.new_page(viewport={"width": 320, "height": 900})
    page.set_content(
        f'<html style="font-size: 125%"><style>{style}</style><main class="md-typeset"><div class="waktu">'
        f'<table class="waktu-tabel"><thead>{head}</thead><tbody>{rows}</tbody></table></div></main>'
    )
    torn, wide = page.evaluate(_TORN)
    page.close()
    assert (torn, wide) == ([], False)


_TORN = """() => {
  const torn = [], range = document.createRange();
  for (const name of document.querySelectorAll('bdi'))
    for (const hit of name.firstChild.data.matchAll(/[^ ]+/g)) {
      range.setStart(name.firstChild, hit.index);
      range.setEnd(name.firstChild, hit.index + hit[0].length);
      if (range.getClientRects().length > 1) torn.push(hit[0]);
    }
  return [torn, document.documentElement.scrollWidth > innerWidth];
}"""
