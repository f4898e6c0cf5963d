"""An SOP as running text: nothing of its steps is left out, no text of it is markup, nothing read aloud leads
nowhere."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from itertools import pairwise

import lxml.html
import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markupsafe import escape

from generator.data.catalogue import Audience, Catalogue
from generator.data.sources import read_catalogue
from generator.flow.words import plain, steps_in_words
from generator.formats.plain.markdown import escaped
from generator.formats.plain.page import TWIN, page_markdown
from generator.formats.plain.told import one_line
from tests.open_files import PAGES, open_files
from tests.publish.sites import write_data

AUDIENCES = (Audience.PUBLIK, Audience.INTERNAL)


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    found, _ = read_catalogue(write_data(tmp_path_factory.mktemp("teks") / "data"))
    assert found is not None
    return found


@pytest.fixture(scope="module", params=AUDIENCES)
def seen(whole: Catalogue, request: pytest.FixtureRequest) -> tuple[Catalogue, Mapping[str, bytes]]:
    catalogue = whole.for_audience(request.param)
    return catalogue, dict(open_files(catalogue))


def rendered(text: str) -> lxml.html.HtmlElement:
    return lxml.html.fromstring(f"<div>{MarkdownIt('commonmark').render(text)}</div>")


@given(st.text("ab1.#+-=:*_`[]()<>&~|\\!;x ", max_size=30))
def test_a_text_means_itself_in_markdown(text: str) -> None:
    text = one_line(text)
    found = rendered(f"- {escaped(text)}\n- x: {escaped(text)}\n")
    first, second = found.findall("ul/li")
    assert (first.text or "", len(first)) == (text, 0)
    assert (second.text, len(second)) == (f"x: {text}".strip(), 0)


_NAMES = st.sampled_from(["Kasi", "a\\b", "*", "1. x", "# y", "<b>", "`c`", "[d](e)", "&amp;"])


@given(st.lists(_NAMES, min_size=1, max_size=4), st.sampled_from(["ol", "ul"]))
def test_the_twin_of_a_page_tells_its_words_in_order(names: list[str], kind: str) -> None:
    said = [str(escape(name)) for name in names]
    items = "".join(f"<li><p>{one}</p><dl><dt>t</dt><dd>{one}</dd></dl></li>" for one in said)
    heads = "".join(f"<th>{one}</th>" for one in said)
    cells = "".join(f"<td><p>{one}</p><p>z</p></td>" for one in said)
    twin = page_markdown(
        f'<div><nav>bukan</nav><h1>{said[0]}</h1><p><b>{said[-1]}</b> <a href="a (b)/">{said[0]}</a></p>'
        f"<{kind}>{items}</{kind}>"
        f"<table><thead><tr>{heads}</tr></thead><tbody><tr>{cells}</tr></tbody></table></div>"
    )
    page = lxml.html.fromstring(f"<div>{MarkdownIt('commonmark').enable('table').render(twin)}</div>")
    assert page.findtext("h1") == names[0]
    assert page.find("p/strong").text_content() == names[-1]
    assert page.find("p/a").get("href") == "a%20%28b%29/"
    assert [one.text_content().split("\n")[0] for one in page.findall(f"{kind}/li")] == names
    assert [one.text_content() for one in page.findall(f"{kind}/li/ul/li")] == [f"t: {one}" for one in names]
    assert [one.text_content() for one in page.iter("th")] == names
    assert [one.text_content() for one in page.iter("td")] == [f"{one}; z" for one in names]


def test_the_twin_of_a_page_leaves_out_what_works_in_a_browser_only() -> None:
    html = (
        "<div><form><label>Cari</label></form><p hidden>tak tampak</p>"
        '<p>ada <svg role="img" aria-label="Kotak"><text>x</text></svg></p>'
        '<table class="alur"><tr><td>y</td></tr></table><pre><code>a *b*\n  c</code></pre>'
        '<table><tr><td colspan="2">satu</td></tr><tr><td>dua</td><td>tiga</td></tr></table></div>'
    )
    assert page_markdown(html, "https://a/b/") == (
        "Halaman: <https://a/b/>\n\nada Kotak\n\n```\na *b*\n  c\n```\n\n- satu\n- dua; tiga\n"
    )


def in_order(wanted: list[str], text: str) -> None:
    at = 0
    for part in wanted:
        at = text.find(part, at)
        assert at >= 0, part


def told(catalogue: Catalogue, slug: str) -> list[str]:
    """Kegiatan of every step and where it leads, in the order of the flows."""
    names = {other.slug: other.nama for other in catalogue.sop.values()}
    found = []
    for alur, chart in zip(catalogue.sop[slug].alur, catalogue.charts[slug], strict=True):
        for step in steps_in_words(alur, chart, names):
            found += [one_line(alur.kegiatan[step.row].uraian), *map(plain, step.sentences)]
    return [one_line(text) for text in found]


def test_both_tell_every_step_and_every_way_in_order(seen: tuple[Catalogue, Mapping[str, bytes]]) -> None:
    catalogue, files = seen
    assert catalogue.sop
    for slug in catalogue.sop:
        page = lxml.html.document_fromstring(files[f"sop/{slug}/{slug}.dibacakan.htm"])
        twin = rendered(files[f"sop/{slug}/{slug}.md.txt"].decode())
        for text in (page.find(".//main").text_content(), twin.text_content()):
            in_order([one_line(catalogue.sop[slug].nama), *told(catalogue, slug)], one_line(text))


def test_the_page_that_is_read_aloud_is_plain(seen: tuple[Catalogue, Mapping[str, bytes]]) -> None:
    catalogue, files = seen
    for slug in catalogue.sop:
        page = lxml.html.document_fromstring(files[f"sop/{slug}/{slug}.dibacakan.htm"])
        assert {element.tag for element in page.find("body").iter()} <= {
            *("body", "main", "h1", "h2", "h3", "p", "a")
        }
        assert page.get("lang") == "id"
        assert len(page.findall(".//h1")) == 1
        levels = [int(found.tag[1]) for found in page.xpath("//h1|//h2|//h3")]
        assert all(after - before <= 1 for before, after in pairwise(levels))
        [policy] = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
        assert policy.startswith("default-src 'none'")
        for address in page.xpath("//a/@href"):
            there = posixpath.normpath(f"sop/{slug}/{address}")
            assert there in files or there == f"sop/{slug}/index.html"


def test_a_twin_has_no_element_but_its_own(seen: tuple[Catalogue, Mapping[str, bytes]]) -> None:
    catalogue, files = seen
    for slug in catalogue.sop:
        twin = rendered(files[f"sop/{slug}/{slug}.md.txt"].decode())
        tags = {element.tag for element in twin.iter()}
        assert tags <= {*("div", "h1", "h2", "h3", "p", "ul", "li", "strong", "blockquote", "a")}
        for address in twin.xpath("//a/@href"):
            assert posixpath.normpath(f"sop/{slug}/{address}") in files


def test_the_overview_names_what_its_readers_see_once_each(
    seen: tuple[Catalogue, Mapping[str, bytes]],
) -> None:
    catalogue, files = seen
    linked = rendered(files["llms.txt"].decode()).xpath("//a/@href")
    assert len(linked) == len(set(linked))
    pages = {path + TWIN for _, path in PAGES}
    assert pages <= set(linked) <= files.keys() | pages
    slugs = [found[1] for address in linked if (found := re.match(r"sop/([^/]+)/", address))]
    assert sorted(slugs) == sorted(catalogue.sop)
