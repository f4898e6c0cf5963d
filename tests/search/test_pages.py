"""What is read of a page: its words under their anchors, its facets, no markup, however hostile the text."""

from __future__ import annotations

from html import escape

from hypothesis import given
from hypothesis import strategies as st

from generator.search.pages import BREAK, read_page

PAGE = """<!doctype html><html lang="id"><head><title>Situs</title></head><body><nav>Menu</nav><article>
<h1>Surat &amp; Jadwal</h1><p>Pengantar <b>tebal</b>nya <a><b>Satu</b><span>Dua</span></a></p>
<span hidden data-pagefind-filter="unit:Seksi A"></span><div class="keadaan">Salinan</div>
<h2 id="langkah">Langkah</h2><ol><li id="langkah-1"><p><a>Langkah 1</a>. Kasi: Memeriksa</p></li>
<li id="alur-2-langkah-1">Langkah dua</li></ol><p data-pagefind-ignore>Rahasia</p>
<table class="alur"><tr><td>Ulang</td></tr></table><svg><text>Gambar</text></svg>
<h2 id="akhir">Akhir</h2>Selesai</article><footer>Kaki</footer></body></html>"""


def test_a_page_is_read_in_sections() -> None:
    page = read_page(PAGE, "sop/surat/")
    assert page is not None
    assert page.title == "Surat & Jadwal"
    assert page.facets == (("unit", "Seksi A"),)
    assert [(section.anchor, section.heading, section.text) for section in page.sections] == [
        ("", "", "Pengantar tebalnya Satu Dua"),
        ("langkah", "Langkah", ""),
        ("langkah-1", "Langkah 1", "Kasi: Memeriksa"),
        ("alur-2-langkah-1", "Alur 2 langkah 1", "Langkah dua"),
        ("akhir", "Akhir", "Selesai"),
    ]


def test_a_place_where_a_long_word_may_break_is_no_gap() -> None:
    page = read_page("<article><h1>Surat 27/<wbr>PER/<wbr>2011</h1><p>satu/<wbr>dua tiga</p></article>", "a/")
    assert page is not None
    assert (page.title, page.sections[0].text) == ("Surat 27/PER/2011", "satu/dua tiga")


def test_a_page_that_asks_not_to_be_found_is_left_out() -> None:
    assert read_page('<meta name="robots" content="noindex"><article><h1>A</h1></article>', "a/") is None


@given(st.text())
def test_any_text_can_be_read(text: str) -> None:
    read_page(text, "a/")
    read_page(f"<article>{text}", "a/")


TEXTS = st.text("ab Z09<>&\"'/=;#{}[]!-\n\t\u00a0\u00e9\u4e2d\U0001f600", max_size=12)
INLINES = st.lists(st.tuples(st.sampled_from(["", "a", "b", "bdi", "span"]), TEXTS), max_size=4)
HOSTILE = st.sampled_from(
    [
        "<!-- <h2 id='palsu'>x</h2> -->",
        "<svg><title>a</title><svg><text>b</text></svg><text>c &lt;/article&gt;</text></svg>",
        '<table class="alur"><tr><td>d</td></tr></table>',
        "<nav><a id='langkah-9'>e</a></nav>",
        "<p hidden>f<br>g</p>",
        "<script>var a = '<p>h</p>';</script>",
        "",
    ]
)
PARAGRAPHS = st.lists(st.tuples(INLINES, HOSTILE), max_size=3)


def written(paragraphs: list[tuple[list[tuple[str, str]], str]]) -> str:
    def told(tag: str, text: str) -> str:
        return f"<{tag}>{escape(text)}</{tag}>" if tag else escape(text)

    return "".join(
        f"{hostile}<p>{''.join(told(*piece) for piece in inline)}</p>" for inline, hostile in paragraphs
    )


def read(paragraphs: list[tuple[list[tuple[str, str]], str]]) -> str:
    """The words of paragraphs; two elements side by side are two words."""
    found = []
    for inline, _ in paragraphs:
        text, closed = "", False
        for tag, piece in inline:
            text += (" " if tag and closed else "") + piece
            closed = bool(tag) or (closed and not piece)
        found.append(" ".join(text.split()))
    return BREAK.join(filter(None, found))


@given(st.lists(st.tuples(TEXTS, PARAGRAPHS), min_size=1, max_size=4), TEXTS, PARAGRAPHS)
def test_words_are_read_as_they_stand(
    parts: list[tuple[str, list[tuple[list[tuple[str, str]], str]]]],
    title: str,
    before: list[tuple[list[tuple[str, str]], str]],
) -> None:
    sections = "".join(
        f'<section><h2 id="bagian-{at}">{escape(heading)}</h2>{written(paragraphs)}</section>'
        for at, (heading, paragraphs) in enumerate(parts)
    )
    marks = "".join(
        f'<span hidden data-pagefind-filter="unit:{escape(heading)}"></span>' for heading, _ in parts
    )
    page = read_page(
        f"<html><head><title>Situs</title></head><body><header>Kepala</header><article><h1>{escape(title)}</h1>"
        f"{marks}{written(before)}{sections}</article><footer>Kaki</footer></body></html>",
        "a/",
    )
    assert page is not None
    assert page.title == (" ".join(title.split()) or "Situs")
    assert page.facets == tuple(sorted({("unit", h.strip()) for h, _ in parts if h.strip()}))
    told = [("", "", read(before))] if read(before) else []
    told += [
        (f"bagian-{at}", " ".join(heading.split()) or f"Bagian {at}", read(paragraphs))
        for at, (heading, paragraphs) in enumerate(parts)
    ]
    assert [(one.anchor, one.heading, one.text) for one in page.sections] == told


def test_what_a_step_does_is_its_text_though_it_stands_in_a_heading() -> None:
    html = (
        "<main><h1>SOP</h1><ol><li id='langkah-1'><details><summary><h3><span>Langkah 1. </span>"
        "<span>Kasi</span> Memeriksa berkas</h3>1 hari</summary><p>Output</p></details></li></ol>"
        "<h2 id='hukum'>Hukum</h2>UU</main>"
    )
    page = read_page(html, "sop/a/")
    assert page is not None
    assert [(one.anchor, one.heading, one.text) for one in page.sections] == [
        ("langkah-1", "Langkah 1", "Kasi Memeriksa berkas · 1 hari · Output"),
        ("hukum", "Hukum", "UU"),
    ]


def test_the_links_of_a_step_are_no_content() -> None:
    """Every step has the same ones: they would stand in snippets and be found by the names of actors."""
    page = read_page(
        '<main><ol><li id="langkah-1"><p>Memeriksa berkas</p>'
        '<p class="langkah-tautan"><a href="x">Semua tugas Kasi</a></p></li></ol></main>',
        "sop/a/",
    )
    assert page
    assert [one.text for one in page.sections if one.anchor] == ["Memeriksa berkas"]


def test_what_is_passed_over_is_passed_over_whole_with_what_is_nested_in_it() -> None:
    ignored = (
        '<div data-pagefind-ignore><div>a</div>b<span hidden data-pagefind-filter="unit:C"></span></div>'
    )
    page = read_page(
        f"<main><p>sebelum</p>{ignored}<p data-pagefind-ignore>d</p>sesudah</main>", "a/", ours=True
    )
    assert page
    assert [one.text for one in page.sections] == ["sebelum · sesudah"]
    assert page.facets == (("unit", "C"),)
