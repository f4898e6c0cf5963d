"""What changed: lasting addresses, comparisons, what is new, what was in force; on pages and in the feed."""

from __future__ import annotations

import json
import re
import shutil
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

import lxml.html
import pytest
import yaml
from lxml.etree import _Element
from msgspec.structs import replace
from playwright.sync_api import Browser, Route

from generator.build.site import Sources, build_sites
from generator.data.catalogue import Audience, Catalogue
from generator.data.revisions import VersionState, history, in_force
from generator.data.sources import read_catalogue
from generator.formats.open_data.schema import SCHEMAS
from generator.search.pages import read_page
from generator.site.changes import history_files, history_lists, version_pages
from generator.site.lists.feed import NEWEST, atom
from generator.site.lists.history import all_news
from generator.site.open_files import sop_files
from tests.open_files import open_files
from tests.publish.canaries import plant
from tests.publish.conftest import Site
from tests.publish.sites import ROOT, versioned, write_data
from tests.publish.staging import all_pages
from tests.render.test_open_data import validator

DAY = date(2022, 6, 1)
"""Version 2 of uji-versi is in force, version 4 is to come, version 3 is a draft."""


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    found, problems = read_catalogue(write_data(tmp_path_factory.mktemp("versi") / "data"))
    assert found is not None, problems
    return found


def read(path: Path) -> _Element:
    return lxml.html.parse(str(path), lxml.html.HTMLParser(encoding="utf-8")).getroot()


def words(element: _Element) -> str:
    return " ".join("".join(element.itertext()).split())


def staged_text(path: str, part: Catalogue, day: date | None) -> str:
    (page,) = [page for page in all_pages(part, day) if page.path == path]
    return words(lxml.html.fromstring(page.text()))


@pytest.mark.parametrize(
    ("slug", "said", "changed"),
    [
        ("uji-versi", "berlaku sejak 1 Maret 2021", ["../../sop/uji-versi/banding/1-2/"]),
        ("surat-dan-jadwal", "tidak disebut sejak kapan berlaku", []),
    ],
)
def test_the_summary_says_whether_an_sop_is_in_force_and_leads_to_what_changed(
    whole: Catalogue, slug: str, said: str, changed: list[str]
) -> None:
    part = whole.for_audience(Audience.PUBLIK, DAY)
    (page,) = [page for page in all_pages(part, DAY) if page.path == f"sop/{slug}/"]
    read = lxml.html.fromstring(page.text())
    (status,) = read.xpath("//p[@class='status']")
    assert [link.get("href") for link in status.iter("a")] == ["#versi", *changed]
    (notices,) = read.xpath("//details[@class='keadaan']")
    assert f": {said}" in words(notices)


@pytest.mark.parametrize(("audience", "numbers"), [("public", [1, 2, 4]), ("internal", [1, 2, 3, 4])])
def test_every_version_has_an_address_and_any_two_a_comparison(
    site: Site, audience: str, numbers: list[int]
) -> None:
    top = site.out / audience / "sop" / "uji-versi"
    assert sorted(int(path.parent.name) for path in top.glob("versi/*/index.html")) == numbers
    pairs = {path.parent.name for path in top.glob("banding/*/index.html")}
    assert pairs == {f"{a}-{b}" for a in numbers for b in numbers if a < b}
    for number in numbers:
        page = read(top / "versi" / str(number) / "index.html")
        assert words(page.find(".//h1")).startswith(f"Versi {number}")
        steps = versioned(number, "-")["kegiatan"]
        assert isinstance(steps, list)
        told = [words(step) for step in page.findall(".//ol[@class='langkah']/li")]
        assert len(told) == len(steps)
        assert all(step["uraian"] in text for step, text in zip(steps, told, strict=True))
        record = json.loads((site.out / audience / "data/sop/uji-versi" / f"{number}.json").read_bytes())
        validator(SCHEMAS[0]).validate(record)
        assert record["versi"]["nomor"] == number
        assert [row["nomor"] for row in record["riwayat"]] == numbers
        assert [row["uraian"] for row in record["alur"][0]["kegiatan"]] == [s["uraian"] for s in steps]
    main = read(top / "index.html")
    assert "Yang tampil di halaman ini versi 4" in words(main)
    targets = {link.get("href") for link in main.iter("a")}
    assert {"../../sop/uji-versi/versi/4/", "../../sop/uji-versi/riwayat/", "../../berlaku/"} <= targets


@pytest.mark.parametrize("audience", ["public", "internal"])
def test_the_only_version_of_an_sop_is_read_where_the_sop_is(site: Site, audience: str) -> None:
    top, name = site.out / audience, "surat-dan-jadwal"
    for folder in ("versi", "riwayat", "banding"):
        assert not (top / "sop" / name / folder).exists()
    assert not (top / "data" / "sop" / name).exists()
    shown = words(read(top / "sop" / name / "index.html").find(".//div[@class='versi']"))
    assert "Yang tampil di halaman ini versi 1" in shown
    assert f"Alamat tetap versi 1, untuk dikutip: sop/{name}/versi/1/." in shown
    for page in ("berlaku", "perubahan"):
        assert f"../sop/{name}/" in {link.get("href") for link in read(top / page / "index.html").iter("a")}
    [past] = json.loads((top / f"data/sop/{name}.json").read_bytes())["riwayat"]
    assert (past["halaman"], past["data"]) == (f"sop/{name}/", f"data/sop/{name}.json")
    assert "satu-satunya versi sebuah SOP dibaca di halaman SOP itu" in words(read(top / "404.html"))


def test_the_second_version_gives_the_first_its_lasting_address(whole: Catalogue) -> None:
    part = whole.for_audience(Audience.PUBLIK)
    sop = part.sop["surat-dan-jadwal"]
    later = replace(sop, versi=replace(sop.versi, nomor=2))
    revised = replace(part, sop={**part.sop, sop.slug: later}, versi={**part.versi, sop.slug: (sop,)})
    for catalogue, numbers in ((part, ()), (revised, (1, 2))):
        now = catalogue.sop[sop.slug]
        pages = {page.path for page in version_pages(now, catalogue, None) if "/versi/" in page.path}
        files = {path for path, _ in sop_files(now, catalogue, None).files if path.count("/") == 3}
        assert pages == {f"sop/{sop.slug}/versi/{number}/" for number in numbers}
        assert files == {f"data/sop/{sop.slug}/{number}.json" for number in numbers}


def test_only_what_is_in_force_is_found(site: Site) -> None:
    for path in site.pages("public"):
        html = path.read_text(encoding="utf-8")
        aside = re.search(r"/(versi|riwayat|banding)/", path.as_posix().partition("/public/")[2])
        assert ("noindex" in html) == bool(aside), path
        if aside:
            assert read_page(html, "x/") is None
    listed = "".join(file.read_text() for file in (site.out / "public" / "cari").rglob("*.js"))
    assert "sop/uji-versi/" in listed
    assert "/versi/" not in listed


@pytest.mark.parametrize(("old", "new"), [(1, 2), (1, 4), (2, 4)])
def test_a_comparison_read_either_way_gives_either_version(site: Site, old: int, new: int) -> None:
    page = read(site.out / "public" / "sop/uji-versi/banding" / f"{old}-{new}" / "index.html")
    before, after = versioned(old, "-"), versioned(new, "-")
    cells = {
        words(row.find("dt")): row.find("dd") for row in page.findall(".//dl[@class='rincian beda']/div")
    }
    for dropped, sop in (("ins", before), ("del", after)):
        if "Nama SOP" not in cells:
            assert before["nama"] == after["nama"]
            continue
        copy = lxml.html.fromstring(lxml.html.tostring(cells["Nama SOP"]))
        for element in [*copy.iter(dropped), *copy.iter("span")]:
            element.drop_tree()
        assert words(copy) == sop["nama"]
    kinds = [item.get("class") for item in page.findall(".//ol[@class='beda-langkah']/li")]
    ids = [{step["id"] for step in sop["kegiatan"]} for sop in (before, after)]  # type: ignore[attr-defined]
    assert kinds.count("beda-baru") == len(ids[1] - ids[0])
    assert kinds.count("beda-hapus") == len(ids[0] - ids[1])
    said = page.findall(".//dd//ins/span") + page.findall(".//dd//del/span")
    assert len(said) == 2 * len(page.findall(".//dd//ins") + page.findall(".//dd//del"))


def test_a_page_says_how_its_version_stands_on_the_day(whole: Catalogue) -> None:
    part = whole.for_audience(Audience.INTERNAL, DAY)
    assert part.sop["uji-versi"].versi.nomor == 2
    told = {
        1: "Versi 1 ini digantikan oleh versi 2 sejak 1 Maret 2021; berlaku sejak 1 Januari 2019",
        2: "Versi 2, yang berlaku. Berlaku sejak 1 Maret 2021 sampai 31 Mei 2024",
        3: "Rancangan revisi, tidak berlaku.",
        4: "Belum berlaku. Versi 4 ini akan berlaku mulai 1 Juni 2024",
    }
    for number, text in told.items():
        assert text in staged_text(f"sop/uji-versi/versi/{number}/", part, DAY)
    main = staged_text("sop/uji-versi/", part, DAY)
    assert "Versi 4: akan berlaku mulai 1 Juni 2024" in main
    assert "Versi 3: rancangan revisi" in main
    public = whole.for_audience(Audience.PUBLIK, DAY)
    assert "Versi 4: akan berlaku mulai 1 Juni 2024" in staged_text("sop/uji-versi/", public, DAY)
    assert "rancangan" not in staged_text("sop/uji-versi/riwayat/", public, DAY).lower()
    changed = staged_text("perubahan/", public, DAY)
    assert changed.index("Akan datang") < changed.index("Versi Uji Baru, versi 4") < changed.index("2021")


def test_a_revoked_sop_stays_and_says_so(site: Site, whole: Catalogue) -> None:
    page = words(read(site.out / "public" / "sop" / "uji-dicabut" / "index.html"))
    assert "SOP ini dicabut. Tidak berlaku lagi sejak 1 Maret 2025" in page
    assert "Penggantinya: Versi Uji Baru" in page
    assert "Dicabut" in words(read(site.out / "public" / "sop" / "index.html"))
    record = json.loads((site.out / "public/data/sop/uji-dicabut.json").read_bytes())
    validator(SCHEMAS[0]).validate(record)
    assert record["pencabutan"]["tanggal"]["tanggal"] == "2025-03-01"
    assert record["pencabutan"]["pengganti"] == "uji-versi"
    before = whole.for_audience(Audience.PUBLIK, DAY)
    assert "akan dicabut mulai 1 Maret 2025" in staged_text("sop/uji-dicabut/", before, DAY)


def expected(part: Catalogue, day: date) -> dict[str, set[str]]:
    """Rows that show on a day: those surely in force, and those of which it is not known."""
    found: dict[str, set[str]] = {"ya": set(), "tak tentu": set()}
    for slug in part.sop:
        versions = part.versions(slug)
        holding = in_force(versions, day)
        for one in history(versions, None):
            row = f"{slug} {one.nomor}"
            if holding and holding.sop == one.sop:
                found["ya" if one.period.certain else "tak tentu"].add(row)
            elif one.period.since or one.state is VersionState.RANCANGAN:
                continue
            elif one.period.until is None or day <= one.period.until:
                found["tak tentu"].add(row)
    return found


@pytest.mark.browser
@pytest.mark.parametrize("audience", list(Audience))
def test_the_day_that_a_reader_picks_shows_what_was_in_force(
    browser: Browser, site: Site, audience: Audience
) -> None:
    part = site.catalogue.for_audience(audience)
    folder = {"publik": "public", "internal": "internal"}[audience]
    page = browser.new_context().new_page()
    address = (site.out / folder / "berlaku" / "index.html").as_uri()
    page.goto(f"{address}?tanggal=2020-05-01")
    rows = """kind => [...document.querySelectorAll('table.masa tbody tr')].filter(r => !r.hidden
      && r.classList.contains('tak-tentu') === kind).map(r => r.querySelector('th a').getAttribute('href')
      .replace(/^.*sop\\/(.*)\\/(index.html)?$/, '$1 ')
      + r.querySelector('td a').textContent.replace('versi ', ''))"""
    days = ("2018-01-01", "2018-01-02", "2021-02-28", "2021-03-01", "2024-05-31", "2024-06-01", "2025-03-01")
    for day in ("2020-05-01", *days):
        if day != "2020-05-01":
            page.locator("#hari").fill(day)
        wanted = expected(part, date.fromisoformat(day))
        assert set(page.evaluate(rows, False)) == wanted["ya"], day
        assert set(page.evaluate(rows, True)) == wanted["tak tentu"], day
        assert page.locator(".hasil-hari").inner_text().startswith(f"Pada {int(day[-2:])} ")
    if page.get_by_label("Saring daftar ini").count():
        page.get_by_label("Saring daftar ini").fill("versi 1")
        shown = page.locator("table.masa tbody tr:visible").count()
        every = page.locator("table.masa tbody tr:not([hidden])").count()
        page.get_by_text(f"{shown} dari {every} cocok.").wait_for()
        page.get_by_label("Saring daftar ini").fill("")
    page.get_by_role("button", name="Semua versi").click()
    assert page.locator("table.masa tbody tr:visible").count() == sum(len(part.versions(s)) for s in part.sop)
    page.context.close()


@pytest.mark.browser
def test_without_a_script_the_table_tells_it_all(browser: Browser, site: Site) -> None:
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto((site.out / "public" / "sop/uji-versi/riwayat/index.html").as_uri())
    assert not page.locator("#hari").is_visible()
    assert page.locator("table.masa tbody tr:visible").count() == 3
    assert "paling lambat 31 Mei 2024" in page.locator("table.masa").inner_text()  # version 3 is not here
    page.context.close()


ATOM = "{http://www.w3.org/2005/Atom}"
TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")


def feed(part: Catalogue) -> bytes:
    return atom(all_news(part, None), part, None)


def check_atom(content: bytes) -> list[ET.Element]:
    """The rules of RFC 4287 that a feed of ours can break; its entries."""
    feed = ET.fromstring(content)
    assert feed.tag == f"{ATOM}feed"
    entries = feed.findall(f"{ATOM}entry")
    for element in (feed, *entries):
        for name in ("id", "title", "updated"):
            (found,) = element.findall(f"{ATOM}{name}")
            assert found.text
        assert TIME.fullmatch(element.findtext(f"{ATOM}updated", ""))
        for link in element.findall(f"{ATOM}link"):
            assert link.get("href")
            assert link.get("rel") in ("self", "alternate", "related")
        alternate = [link for link in element.findall(f"{ATOM}link") if link.get("rel") == "alternate"]
        assert len(alternate) == 1
    assert feed.findtext(f"{ATOM}author/{ATOM}name")  # so that entries need none
    ids = [element.findtext(f"{ATOM}id", "") for element in (feed, *entries)]
    assert len(set(ids)) == len(ids)
    assert all(re.fullmatch(r"urn:uuid:[0-9a-f-]{36}", id) for id in ids)
    times = [entry.findtext(f"{ATOM}updated", "") for entry in entries]
    assert times == sorted(times, reverse=True)
    assert not entries or feed.findtext(f"{ATOM}updated") == times[0]
    return entries


@pytest.mark.parametrize("audience", list(Audience))
@pytest.mark.parametrize("day", [None, DAY])
def test_the_feed_keeps_the_rules_of_atom(whole: Catalogue, audience: Audience, day: date | None) -> None:
    part = whole.for_audience(audience, day)
    entries = check_atom(atom(all_news(part, day), part, day))
    assert len(entries) <= NEWEST
    titles = [entry.findtext(f"{ATOM}title", "") for entry in entries]
    assert "SOP direvisi: Versi Uji, versi 2" in titles
    assert ("SOP direvisi: Versi Uji Baru, versi 4" in titles) == (day is None)
    assert ("SOP dicabut: Versi Uji" in titles) == (day is None)
    assert not [title for title in titles if "versi 3" in title and "Versi Uji" in title]  # a draft
    assert (part.audience is Audience.PUBLIK) == (b"internal" not in atom(all_news(part, day), part, day))


def test_the_feed_stays_the_same_when_the_site_moves(whole: Catalogue) -> None:
    part = whole.for_audience(Audience.PUBLIK)
    agency = replace(part.instansi, situs="https://sop.contoh.go.id/x/")
    moved = Catalogue(
        agency, part.unit, part.pelaksana, part.hukum, part.sop, audience=part.audience, versi=part.versi
    )
    here, there = check_atom(feed(part)), check_atom(feed(moved))
    assert [e.findtext(f"{ATOM}id") for e in here] == [e.findtext(f"{ATOM}id") for e in there]
    links = [
        [link.get("href", "") for e in found for link in e.findall(f"{ATOM}link")] for found in (here, there)
    ]
    assert all(link.startswith("../sop/") for link in links[0])
    assert [f"https://sop.contoh.go.id/x/{link[3:]}" for link in links[0]] == links[1]
    inside = whole.for_audience(Audience.INTERNAL)
    assert b"sop.contoh.go.id" not in feed(inside)


def test_the_feed_of_nothing_is_a_feed(whole: Catalogue) -> None:
    part = whole.for_audience(Audience.PUBLIK)
    empty = Catalogue(part.instansi, {}, {}, {}, {}, audience=part.audience)
    assert check_atom(feed(empty)) == []
    assert [one.whole().path for one in history_lists([], empty, None)] == ["perubahan/", "berlaku/"]


def test_every_link_of_the_feed_leads_to_a_page(site: Site) -> None:
    for audience in ("public", "internal"):
        feed = ET.parse(site.out / audience / "perubahan" / "atom.xml").getroot()
        for link in feed.iter(f"{ATOM}link"):
            target = site.out / audience / "perubahan" / urlsplit(link.get("href", "")).path
            assert target.is_file() or (target / "index.html").is_file(), link.get("href")
    page = read(site.out / "public" / "sop" / "uji-versi" / "versi" / "1" / "index.html")
    (link,) = [e for e in page.iter("link") if e.get("type") == "application/atom+xml"]
    assert link.get("href") == "../../../../perubahan/atom.xml"


def test_each_page_of_an_sop_is_made_from_it_and_its_versions_alone(whole: Catalogue) -> None:
    part = whole.for_audience(Audience.PUBLIK, DAY)
    sop = part.sop["uji-versi"]
    alone = Catalogue(
        part.instansi,
        part.unit,
        part.pelaksana,
        part.hukum,
        {sop.slug: sop},
        audience=part.audience,
        versi={sop.slug: part.versi[sop.slug]},
    )
    texts = [[page.text() for page in version_pages(sop, found, DAY)] for found in (part, alone)]
    assert texts[0] == texts[1]
    assert len(texts[0]) == 7


def _staged(data: Path, target: Path, day: date | None) -> dict[str, bytes]:
    found, problems = read_catalogue(data)
    assert found is not None, problems
    part = found.for_audience(Audience.PUBLIK, day)
    made = [(page.path, page.text().encode()) for page in all_pages(part, day)]
    return dict([*made, *history_files(all_news(part, day), part, day), *open_files(part)])


@pytest.mark.parametrize("day", [None, date(2026, 1, 1)])
def test_whether_a_hidden_version_is_there_changes_no_byte(tmp_path: Path, day: date | None) -> None:
    """Not even that it exists may be told, beyond what the numbers of the others tell."""
    data = tmp_path / "data"
    shutil.copytree(ROOT / "sop_data", data)
    plant(data)
    with_hidden = _staged(data, tmp_path, day)
    home = data / "versi" / "berversi"
    (home / "1.yml").unlink()
    (home / "3.yml").replace(data / "sop" / "berversi.yml")
    (data / "versi" / "penunjuk" / "1.yml").unlink()
    without = _staged(data, tmp_path, day)
    assert [name for name in with_hidden if with_hidden[name] != without.get(name)] == []
    assert with_hidden.keys() == without.keys()
    assert "sop/berversi/banding/2-3/" in without
    assert not [name for name in without if re.search(r"berversi/(versi/[14]|banding/(1|\d-4))", name)]


def test_with_its_address_the_site_names_the_page_in_force_alone(tmp_path: Path) -> None:
    data = tmp_path / "data"
    shutil.copytree(ROOT / "sop_data", data)
    agency = yaml.safe_load((data / "instansi.yml").read_text(encoding="utf-8"))
    agency["situs"] = "https://sop.contoh.go.id"
    (data / "instansi.yml").write_text(yaml.safe_dump({k: v for k, v in agency.items() if v is not None}))
    (data / "versi" / "uji").mkdir(parents=True)
    unit = "seksi-pemberdayaan-kelompok-komunikasi-masyarakat"
    actor = (data / "pelaksana.yml").read_text(encoding="utf-8")
    if "staf:" not in actor:
        (data / "pelaksana.yml").write_text(f"{actor}\nstaf: {{nama: Staf}}\n", encoding="utf-8")
    for number, path in ((1, data / "versi" / "uji" / "1.yml"), (2, data / "sop" / "uji.yml")):
        sop = {**versioned(number, f"1 Mei 202{number}"), "unit": unit}
        path.write_text(yaml.safe_dump(sop).replace(": null", ":"), encoding="utf-8")
    for other in (data / "sop").glob("*.yml"):
        if other.stem != "uji":
            other.unlink()
    found, problems = read_catalogue(data)
    assert found is not None, problems
    docs = tmp_path / "docs"
    docs.mkdir()
    (docs / "index.md").write_text("---\ntitle: Beranda\npembaca: publik\n---\nIsi\n")
    sources = Sources(data, docs, ROOT / "mkdocs.yml")
    build_sites(found, [Audience.PUBLIK], tmp_path / "hasil", sources)
    built = tmp_path / "hasil" / "public"
    listed = (built / "sitemap.xml").read_text(encoding="utf-8")
    assert "<loc>https://sop.contoh.go.id/sop/uji/</loc>" in listed
    assert not re.search("/(versi|riwayat|banding)/", listed)
    main = "https://sop.contoh.go.id/sop/uji/"
    for name, canonical, hidden in (
        ("sop/uji", main, False),
        ("sop/uji/versi/2", main, False),
        ("sop/uji/versi/1", None, True),
        ("sop/uji/riwayat", None, True),
    ):
        page = read(built / name / "index.html")
        link = page.find(".//link[@rel='canonical']")
        assert (link.get("href") if link is not None else None) == canonical
        robots = page.find(".//meta[@name='robots']")
        assert (robots is not None) == hidden
        assert (read_page((built / name / "index.html").read_text(encoding="utf-8"), "x") is None) == (
            name != "sop/uji"
        )
    check_atom((built / "perubahan" / "atom.xml").read_bytes())


@pytest.mark.browser
def test_where_no_server_leads_on_the_page_for_missing_ones_does(browser: Browser, site: Site) -> None:
    top = site.out / "public"

    def answer(route: Route) -> None:
        path = top / urlsplit(route.request.url).path.lstrip("/")
        path = path / "index.html" if path.is_dir() else path
        there = path.is_file()
        route.fulfill(status=200 if there else 404, path=path if there else top / "404.html")

    page = browser.new_context().new_page()
    page.route("**/*", answer)
    for missing, told in (("sop/surat-dan-jadwal/versi/1/", True), ("sop/tidak-ada/", False)):
        page.goto(f"https://situs.contoh/{missing}")
        words = page.locator(".alamat-versi")
        assert words.is_visible() == told
    page.goto("https://situs.contoh/sop/surat-dan-jadwal/versi/1/")
    page.locator(".alamat-versi a").click()
    page.wait_for_url("https://situs.contoh/sop/surat-dan-jadwal/#versi")
    assert "Surat dan Jadwal" in page.locator("h1").inner_text()
