"""``sop build`` of several agencies: each a shard of its own, one portal of what is public."""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
import subprocess
from contextlib import chdir, closing
from pathlib import Path

import lxml.html
import pytest
import yaml
from click.testing import CliRunner, Result
from playwright.sync_api import Browser

from generator.cli import main
from generator.cli.publish.verify import verify
from generator.program import DEFAULT
from tests.bench.site.kabupaten import write_kabupaten
from tests.publish.test_accessible import faults

PUBLIC, INTERNAL, DRAFT = "kenaripublik", "kenariinternal", "kenaridraf"


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two agencies, built; each SOP bears a word of its agency and of who may read it."""
    top = tmp_path_factory.mktemp("kabupaten")
    data = write_kabupaten(top / "data", 2, 4)
    for agency in ("dinkes", "disdik"):
        for number, word in ((0, PUBLIC), (1, INTERNAL), (3, DRAFT)):
            [file] = (data / "instansi" / agency / "sop").glob(f"*-{number}.yml")
            text = file.read_text().replace("Mengajukan", f"Mengajukan {word}{agency}")
            file.write_text(text)
    result = run(top)
    assert result.exit_code == 0, result.output
    return top


def run(top: Path, *more: str) -> Result:
    options = ["--data", "data", "--out", "out", "--no-documents", "--no-fsync", *more]
    return invoke(top, "build", *options)


def invoke(top: Path, *arguments: str) -> Result:
    with chdir(top):
        return CliRunner().invoke(main, arguments)


def files(top: Path) -> dict[str, str]:
    return {
        path.relative_to(top).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(top.rglob("*"))
        if path.is_file()
    }


def test_nobody_sees_what_is_hidden_in_another_agency(place: Path) -> None:
    def holds(folder: Path, word: str) -> bool:
        return any(word.encode() in path.read_bytes() for path in folder.rglob("*") if path.is_file())

    public, internal = place / "out" / "public", place / "out" / "internal"
    for own, other in (("dinkes", "disdik"), ("disdik", "dinkes")):
        assert holds(internal / own, f"{INTERNAL}{own}")
        assert holds(internal / own, f"{DRAFT}{own}")
        assert holds(public / own, f"{PUBLIC}{own}")
        for word in (INTERNAL, DRAFT):
            assert not holds(public, f"{word}{own}"), "neither its public site nor the portal"
            assert not holds(internal / other, f"{word}{own}")
    assert holds(public / "cari", f"{PUBLIC}dinkes"), "the portal finds the SOPs of all"
    assert holds(public / "cari", f"{PUBLIC}disdik")


def test_the_portal_leads_to_every_public_sop_without_a_script(place: Path) -> None:
    public = place / "out" / "public"
    for page in (public / "index.html", *sorted((public / "_portal").glob("*.html"))):
        for _, attribute, address, _ in lxml.html.parse(str(page)).getroot().iterlinks():
            if attribute in ("href", "src") and not address.startswith(("#", "data:")):
                target = (page.parent / address).resolve()
                assert target.is_file() or target.name == "cari", (page.name, address)
    rows = json.loads((public / "sop.json").read_bytes())
    assert {row["id"].split("/")[0] for row in rows} == {"dinkes", "disdik"}
    assert all((public / row["halaman"] / "index.html").is_file() for row in rows)
    listed = (public / "_portal" / "sop.html").read_text()
    assert all(row["halaman"] in listed for row in rows)
    agencies = json.loads((public / "instansi.json").read_bytes())
    assert [(one["id"], one["keadaan"], one["jumlah_sop"]) for one in agencies] == [
        ("dinkes", "terbit", 2),
        ("disdik", "terbit", 2),
    ]


def test_pages_name_the_sops_of_others_that_lead_to_them(place: Path) -> None:
    slug = "penerbitan-surat-rekomendasi-0"
    for own, other in (("dinkes", "disdik"), ("disdik", "dinkes")):
        for audience, links in (("public", 1), ("internal", 0)):
            page = place / "out" / audience / own / "sop" / slug / "index.html"
            [named] = lxml.html.parse(str(page)).xpath("//h3[@id='merujuk']/following-sibling::ul[1]/li")
            assert other.upper() in named.text_content()
            assert len(named.xpath(f".//a[@href='../../../{other}/sop/{slug}/']")) == links


def test_pages_lead_to_the_portal_and_to_the_sops_of_others(place: Path) -> None:
    """Every link that leaves a site leads to a page of another one, or to the portal."""
    public = place / "out" / "public"
    beside: set[str] = set()
    for page in (public / "dinkes").rglob("*.html"):
        for _, attribute, address, _ in lxml.html.parse(str(page)).getroot().iterlinks():
            if attribute == "href" and ":" not in address and not address.startswith(("#", "/")):
                target = (page.parent / address.partition("#")[0]).resolve()
                if not target.is_relative_to(public / "dinkes"):
                    beside.add(target.relative_to(public).as_posix())
                    assert (target / "index.html").is_file(), (page, address)
    assert beside == {".", "disdik/sop/penerbitan-surat-rekomendasi-0"}
    inside = (place / "out" / "internal" / "dinkes" / "index.html").read_text()
    assert "Bagian dari" not in inside, "where the portal is cannot be told from there"


@pytest.mark.browser
def test_the_portal_is_for_everyone_at_every_width(place: Path, browser: Browser) -> None:
    public = place / "out" / "public"
    names = ("index.html", *(f"_portal/{name}.html" for name in ("sop", "unit", "pelaksana", "peraturan")))
    for name in names:
        page = browser.new_context(viewport={"width": 1280, "height": 900}, bypass_csp=True).new_page()
        page.goto((public / name).as_uri())
        page.add_style_tag(content="* { transition: none !important }")
        for width in (320, 390, 768, 1280, 1920):
            page.set_viewport_size({"width": width, "height": 900})
            wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
            assert page.evaluate(wide) <= 0, (name, width)
        assert faults(page, 390, 1280) == [], name
        page.context.close()


@pytest.mark.browser
def test_one_search_finds_the_sops_of_all_or_of_one(place: Path, browser: Browser) -> None:
    page = browser.new_context(viewport={"width": 390, "height": 844}).new_page()
    page.goto((place / "out" / "public" / "index.html").as_uri())
    page.fill("main #cari-isian", "memeriksa berkas")
    page.wait_for_selector("#cari-hasil a[href*='/dinkes/sop/']")
    page.wait_for_selector("#cari-hasil a[href*='/disdik/sop/']")
    page.click(".cari-saring > summary")
    page.select_option("#cari-instansi", label="Dinas Pendidikan")
    page.wait_for_selector("#cari-hasil a[href*='/dinkes/sop/']", state="detached")
    first = page.locator("#cari-hasil a[href*='/disdik/sop/']").first
    href = first.get_attribute("href")
    assert href is not None
    assert Path(href.split("#")[0].removeprefix("file://"), "index.html").is_file()
    page.context.close()


@pytest.mark.browser
def test_who_finds_nothing_in_one_agency_is_led_to_the_search_of_all(place: Path, browser: Browser) -> None:
    page = browser.new_context(viewport={"width": 390, "height": 844}).new_page()
    page.goto((place / "out" / "public" / "dinkes" / "index.html").as_uri())
    page.fill("#cari-isian", "kenaripublikdisdik")
    lead = page.get_by_role("link", name="cari di semua instansi")
    lead.wait_for()
    href = lead.get_attribute("href")
    assert href is not None
    assert href.endswith("?cari=kenaripublikdisdik")
    lead.click()
    page.wait_for_selector("#cari-hasil a[href*='/disdik/sop/']")
    page.goto((place / "out" / "internal" / "dinkes" / "index.html").as_uri())
    page.fill("#cari-isian", "xyzzy")
    page.wait_for_selector(".cari-jalan")
    assert lead.count() == 0, "where the portal is cannot be told from there"
    page.context.close()


def test_shards_are_each_on_their_own(place: Path) -> None:
    """Nothing changed: nothing is made. One changed: that one alone. One broken: its last pages stay and the
    portal says so; the other is built. Mended: to the byte what a build from nothing gives."""
    before = files(place / "out")
    again = run(place)
    assert again.exit_code == 0, again.output
    assert again.output.count("tidak berubah") == 2
    assert files(place / "out") == before
    [step] = (place / "data" / "instansi" / "disdik" / "sop").glob("*-0.yml")
    step.write_text(step.read_text().replace("Memeriksa berkas", "Memeriksa semua berkas"))
    inside = run(place)
    assert inside.output.count("tidak berubah") == 1, "who names that SOP tells nothing of its steps"
    assert run(place).output.count("tidak berubah") == 2
    step.write_text(step.read_text().replace("Memeriksa semua berkas", "Memeriksa berkas"))
    assert run(place).exit_code == 0
    assert files(place / "out") == before
    [file] = (place / "data" / "instansi" / "disdik" / "sop").glob("*-0.yml")
    text = file.read_text()
    file.write_text(text.replace("Memeriksa berkas", "Memeriksa berkas lengkap").replace("DISDIK", "BARU"))
    other = (place / "data" / "instansi" / "dinkes" / "unit.yml").read_text()
    (place / "data" / "instansi" / "dinkes" / "unit.yml").write_text("dinas: [\n")
    broken = run(place)
    assert broken.exit_code == 1
    now = files(place / "out")
    sheets = {f"{audience}/dinkes/assets/situs.css" for audience in ("public", "internal")}
    assert {name for name in now if "/dinkes/" in name and now[name] != before.get(name)} == sheets
    assert all("keadaan terakhirnya yang baik" in (place / "out" / name).read_text() for name in sheets)
    with chdir(place):
        verified = CliRunner().invoke(verify, ["out/public", "out/internal"])
    assert verified.exit_code == 0, verified.output
    assert verified.output.count("semuanya cocok") == 4, (
        "each site by itself; what the portal says is no change"
    )
    assert any("/disdik/sop/" in name for name in now if now[name] != before.get(name))
    front = (place / "out" / "public" / "index.html").read_text()
    assert front.count("halaman terakhir yang baik") == 1
    one = run(place, "--instansi", "disdik")
    assert one.exit_code == 0, one.output
    assert "halaman terakhir yang baik" in (place / "out" / "public" / "index.html").read_text()
    (place / "data" / "instansi" / "dinkes" / "unit.yml").write_text(other)
    mended = run(place)
    assert mended.exit_code == 0, mended.output
    named = (place / "out" / "public" / "dinkes" / "sop" / file.stem / "index.html").read_text()
    assert "Rekomendasi BARU (Dinas Pendidikan" in named, "the name of an SOP of another agency is an input"
    incremental = files(place / "out")
    (place / "data" / "instansi" / "disdik").rename(place / "disdik")
    gone = run(place)
    assert gone.exit_code == 0, gone.output
    public = place / "out" / "public"
    assert "tidak lagi ada di portal" in (public / "disdik" / "assets" / "situs.css").read_text()
    assert "tidak lagi di portal" in (public / "index.html").read_text().lower()
    assert not any("disdik" in (public / name).read_text() for name in ("sop.json", "_portal/sop.html"))
    (place / "disdik").rename(place / "data" / "instansi" / "disdik")
    back = run(place)
    assert back.exit_code == 0, back.output
    assert files(place / "out") == incremental
    with closing(sqlite3.connect(place / ".sop-cache" / "portal" / "depan.sqlite")) as kept, kept:
        kept.execute("UPDATE kept SET data = CAST(replace(CAST(data AS TEXT), 'DISDIK', 'RUSAK') AS BLOB)")
    assert run(place).exit_code == 0
    assert files(place / "out") == incremental, "what the front page is told from is proved by its digest"
    clean = run(place, "--out", "bersih", "--fresh")
    assert clean.exit_code == 0, clean.output
    assert files(place / "bersih") == incremental


def test_the_example_for_ci_keeps_the_manifest_of_every_site(place: Path, tmp_path: Path) -> None:
    steps = yaml.safe_load((DEFAULT / "docs" / "penerbitan" / "gitlab-ci.yml").read_text())["terbit"][
        "script"
    ]
    [step] = [step for step in steps if step.startswith("for daftar")]
    env = {"PATH": os.environ["PATH"], "SITUS": str(place / "out"), "CATATAN": str(tmp_path)}
    subprocess.run(["sh", "-e", "-c", step], env=env, check=True, timeout=30)
    kept = {path.name.rpartition("-20")[0] for path in tmp_path.iterdir()}
    assert kept == {f"{name}-{id}" for name in ("public", "internal") for id in ("dinkes", "disdik")}
