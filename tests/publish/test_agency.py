"""What an agency says of its sites in ``instansi.yml``: picture, colour, where the internal one lies."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import lxml.html
import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.build.site import Sources, build_sites
from generator.data.catalogue import Audience
from generator.data.sources import read_catalogue
from generator.model.colours import BLACK, READABLE, WHITE, colour, contrast, faded, mixed, until_readable
from generator.site.settings import colour_sheet
from tests.publish.sites import ROOT

PICTURE = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><path d="M0 0h1v1z"/></svg>'
COLOURS = st.builds("#{:06x}".format, st.integers(0, 0xFFFFFF))


def write(folder: Path, **told: str) -> Path:
    data = Path(shutil.copytree(ROOT / "sop_data", folder / "sop_data"))
    file = data / "instansi.yml"
    lines = [line for line in file.read_text("utf-8").splitlines() if line.partition(":")[0] not in told]
    text = "\n".join([*lines, *(f"{key}: {value}" for key, value in told.items())]) + "\n"
    file.write_text(text, encoding="utf-8")
    (data / "situs.svg").write_text(PICTURE)
    return data


def build(tmp_path: Path, **told: str) -> Path:
    catalogue, problems = read_catalogue(data := write(tmp_path, **told))
    assert catalogue is not None, problems
    sources = Sources(data, tmp_path / "docs", tmp_path / "mkdocs.yml")
    build_sites(catalogue, list(Audience), tmp_path / "site", sources, papers=False)
    return tmp_path / "site"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(
        tmp_path_factory.mktemp("instansi"),
        logo_situs="situs.svg",
        warna="'#7A1F1f'",
        situs="https://sop.contoh.go.id/",
        situs_internal="https://dalam.contoh.go.id/kantor/sop",
    )


def page(file: Path) -> lxml.html.HtmlElement:
    return lxml.html.document_fromstring(file.read_bytes().decode())


@pytest.mark.parametrize("audience", ["public", "internal"])
def test_both_sites_bear_logo_and_colour(site: Path, audience: str) -> None:
    for name in ("index.html", "sop/surat-dan-jadwal/index.html"):
        found = page(site / audience / name)
        shown = found.xpath("//a[contains(@class, 'md-logo')]/img/@src | //link[@rel='icon']/@href")
        assert len(shown) >= 2
        for image in shown:
            assert ((site / audience / name).parent / image).resolve() == site / audience / "berkas/situs.svg"
    assert "#7a1f1f" in (site / audience / "assets" / "warna.css").read_text()
    assert found.xpath("//link[@rel='stylesheet'][contains(@href, 'assets/warna.css')]")


def test_a_page_that_is_not_there_leads_into_the_internal_site(site: Path) -> None:
    """The page stands for any address, so its ways begin at the top; below a path they left the site."""
    found = page(site / "internal" / "404.html")
    ways = [way for way in found.xpath("//a/@href") if way.startswith("/")]
    assert ways
    assert all(way.startswith("/kantor/sop/") for way in ways), ways


def test_the_public_site_does_not_know_where_the_internal_one_lies(site: Path) -> None:
    for file in (site / "public").rglob("*"):
        assert not file.is_file() or b"dalam.contoh.go.id" not in file.read_bytes(), file


def test_where_the_internal_site_lies_changes_no_byte_of_the_public_one(tmp_path: Path) -> None:
    one = build(tmp_path / "satu", situs_internal="https://dalam.contoh.go.id/a/")
    other = build(tmp_path / "dua", situs_internal="https://dalam.contoh.go.id/b/")
    names = [path.relative_to(one) for path in (one / "public").rglob("*") if path.is_file()]
    assert names
    for name in names:
        assert (one / name).read_bytes() == (other / name).read_bytes(), name


@pytest.mark.parametrize("shown", ["'#ffd700'", "'#fff'", "00ff00"])
def test_a_colour_too_light_for_white_is_refused_with_a_darker_one(tmp_path: Path, shown: str) -> None:
    catalogue, problems = read_catalogue(write(tmp_path, warna=shown))
    assert catalogue is None
    [problem] = [one for one in problems if one.rule == "warna_terbaca"]
    darker = re.findall(r"#[0-9a-f]{6}", problem.hint)[0]
    assert read_catalogue(write(tmp_path / "lagi", warna=f"'{darker}'"))[0] is not None


@pytest.mark.parametrize("shown", ["merah", "'#12'", "rgb(1,2,3)", "[a]", "'#12395b; } * { color: red'"])
def test_what_is_no_colour_is_told(tmp_path: Path, shown: str) -> None:
    catalogue, problems = read_catalogue(write(tmp_path, warna=shown))
    assert catalogue is None
    assert any(one.position.file.endswith("instansi.yml") for one in problems)


def test_a_picture_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"tidak-ada\.svg"):
        build(tmp_path, logo_situs="tidak-ada.svg")


@given(COLOURS)
def test_every_colour_that_is_let_through_can_be_read_everywhere(chosen: str) -> None:
    if contrast(faded(chosen), chosen) < READABLE:
        return
    assert contrast(chosen, WHITE) >= READABLE  # words of links, on light pages
    assert contrast(chosen, "#f3f5f8") >= READABLE
    assert contrast(mixed(chosen, BLACK, 0.3), WHITE) >= READABLE  # the menu at the foot
    light = re.findall(r"slate.*--md-typeset-a-color: (#\w{6});", colour_sheet(chosen))[0]
    assert contrast(light, "#232833") >= READABLE


@given(COLOURS, COLOURS)
def test_contrast_is_that_of_wcag(one: str, other: str) -> None:
    assert 1 <= contrast(one, other) <= 21.001
    assert contrast(one, other) == contrast(other, one)
    assert contrast(until_readable(one, BLACK, WHITE), WHITE) >= READABLE


def test_known_contrasts() -> None:
    assert round(contrast(WHITE, BLACK), 2) == 21
    assert round(contrast("#777777", WHITE), 2) == 4.48  # the example that WCAG names as just too little
    found = [colour(text) for text in ("FFF", " #12395B", "12395", "#gggggg")]
    assert found == [WHITE, "#12395b", None, None]
