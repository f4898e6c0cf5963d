"""A page that gets its numbers after the engine is to the byte the one that the engine makes with them."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import markdown
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jinja2 import Environment
from msgspec.structs import replace

from generator.build.engine.engine import EngineOutput, engine_key, run_engine
from generator.data.catalogue import Audience, Catalogue
from generator.data.sources import read_catalogue
from generator.site.handwritten.allowed import own_settings
from generator.site.handwritten.counts import counted, marked
from generator.site.macros import variables
from generator.site.stage import Own, Written, read_own
from generator.site.staged import root_of
from tests.bench.scale.data import write_folder
from tests.publish.sites import ROOT

SAFE = {
    "kalimat": "Ada {{ jumlah_sop }} SOP dengan {{ jumlah_langkah }} langkah.",
    "baris": "Kata lain di {{ nama_instansi }},\nada {{jumlah_sop}} SOP dan {{ jumlah_unit }}.\nSelesai.",
    "ujung": "# Judul {{ nama_instansi }}\n\nAda: {{ jumlah_unit }}\n\n- butir\n\nDan, {{ jumlah_hukum }}",
    "istilah": "Ada {{ jumlah_sop }} SOP\n\n: yaitu ini\n",
    "html": "<div>\n\nAda {{ jumlah_sop }} SOP.\n\n</div>\n\n<!--\n\nAda {{ jumlah_sop }} SOP.\n\n-->\n",
    "pintu": "# Judul\n\n{{ pintu_depan() }}\n\nKata lain.",
    "pintu-angka": "Ada {{ jumlah_sop }} SOP.\n\n{{ pintu_depan() }}\n",
    "acuan": "[Ada 5 SOP]: https://contoh.go.id\n\nAda {{ jumlah_sop }} SOP.\n\n[x]: https://contoh.go.id\n",
}
UNSAFE = {
    "judul": "# Ada {{ jumlah_sop }} SOP",
    "judul-garis": "Ada {{ jumlah_sop }} SOP\n=====",
    "dua-judul": "## Ada 3 SOP\n\n## Ada {{ jumlah_sop }} SOP",
    "butir": "- satu\n- ada {{ jumlah_sop }} SOP",
    "sambungan-butir": "- satu\nada {{ jumlah_sop }} SOP",
    "nomor": "{{ jumlah_sop }}. SOP",
    "awal": "{{ jumlah_sop }} SOP",
    "masuk": "    Ada {{ jumlah_sop }} SOP",
    "tab": "Ada {{ jumlah_sop }} SOP\tdan lain",
    "tabel": "| a | b |\n| --- | --- |\n| x | ada {{ jumlah_sop }} SOP |",
    "tabel-tanpa-tepi": "ada {{ jumlah_sop }} SOP | b\n--- | ---\nx | y",
    "kutipan": "> Ada {{ jumlah_sop }} SOP",
    "catatan": '!!! note "Ada {{ jumlah_sop }} SOP"\n    isi',
    "mentah": "{% raw %}Ada {{ jumlah_sop }} SOP{% endraw %}",
    "komentar": "Ada {{ jumlah_sop }} SOP {# jumlah #}",
    "kode": "```\nAda {{ jumlah_sop }} SOP\n```\n\nAda {{ jumlah_sop }} SOP.",
    "kode-gelombang": "~~~\n\nAda {{ jumlah_sop }} SOP\n\n~~~",
    "kode-sebaris": "Tulis `Ada {{ jumlah_sop }} SOP` saja.",
    "hitungan": "Ada {{ jumlah_sop + 1 }} SOP.",
    "saringan": "Ada {{ jumlah_sop|string|length }} angka.",
    "syarat": "{% if jumlah_sop > 5 %}Banyak{% else %}Sedikit{% endif %} SOP, {{ jumlah_sop }}.",
    "lain": "Ada {{ jumlah_sop }} SOP.\n\nKeping {{ jumlah_langkah // 2 }}.",
    "tautan": "Lihat [ada {{ jumlah_sop }} SOP](https://contoh.go.id).",
    "tautan-acuan": "Lihat [ada {{ jumlah_sop }} SOP].\n\n[ada 3 SOP]: https://contoh.go.id",
    "tautan-baris": "Lihat [daftar\nada {{ jumlah_sop }} SOP]\n\n[daftar ada 3 SOP]: https://contoh.go.id",
    "sifat": 'Kata <span title="ada {{ jumlah_sop }} SOP">itu</span>.',
    "daftar-sifat": "Kata ada {{ jumlah_sop }} SOP\n{: .ada data-x={{ jumlah_sop }} }",
    "lekat": "Ada {{ jumlah_sop }}-an dan a{{ jumlah_sop }} SOP.",
    "entitas": "Tanda & ada {{ jumlah_sop }}; itu &#{{ jumlah_sop }};.",
    "tebal": "Ada **{{ jumlah_sop }}** SOP dan *ada {{ jumlah_sop }} SOP*.",
    "makro": "Ada {{ jumlah_sop }} SOP.\n\n{{ daftar_unit() }}",
    "pintu-lekat": "Kata {{ pintu_depan() }}",
    "pintu-butir": "- butir\n\n    {{ pintu_depan() }}",
    "tanda": "Ada {{ jumlah_sop }} SOP xqhitungxqsopxq.",
}


def written(name: str, body: str, **meta: Any) -> Written:
    return Written(f"{name}.md", {"title": f"Judul {name}", "pembaca": "publik", **meta}, body)


@pytest.fixture(scope="module")
def catalogue(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    return _catalogue(write_folder(tmp_path_factory.mktemp("hitung") / "data", 3))


def _catalogue(data: Path) -> Catalogue:
    read, _ = read_catalogue(data)
    assert read is not None
    return read.for_audience(Audience.PUBLIK)


def test_awkward_pages_are_those_that_the_engine_makes(catalogue: Catalogue, tmp_path: Path) -> None:
    docs = tmp_path / "docs"
    docs.mkdir()
    for name, body in {"index": "Beranda", **SAFE, **UNSAFE}.items():
        text = f"---\ntitle: Judul {name}\npembaca: publik\n---\n\n{body}\n"
        (docs / f"{name}.md").write_text(text, encoding="utf-8")
    own = read_own(catalogue, docs, ROOT / "mkdocs.yml")
    with_marks = marked(own, catalogue)
    assert changed(own, with_marks) == SAFE.keys()

    def made(pages: Own, name: str) -> EngineOutput:
        return run_engine(pages, catalogue, tmp_path / name, [], docs=docs, data=tmp_path)

    theirs, ours = made(own, "angka"), made(with_marks, "tanda")
    assert ours.files == theirs.files
    assert ours.counting.keys() == {f"{name}/index.html" for name in SAFE}
    assert not set(theirs.pages.values()) & set(ours.counting.values())
    numbers = {name: counted(html, catalogue, root=root_of(name)) for name, html in ours.counting.items()}
    assert {**ours.pages, **numbers} == theirs.pages


def changed(before: Own, after: Own) -> set[str]:
    return {
        page.path.removesuffix(".md")
        for page, now in zip(before.pages, after.pages, strict=True)
        if page.body != now.body
    }


# fmt: off
PIECES = [
    "{{ jumlah_sop }}", "{{ jumlah_langkah }}", "{{ nama_instansi }}", " ", " ", "\n", "\n", "\n\n",
    "\n\n", "Ada ", "kata", "5", "1. ", "- ", "# ", ": ", "    ", "\t", "|", "---", "===", "[", "]",
    "](x)", "]: x", "`", "```\n", "~~~\n", "*", "_", "**", "<", ">", "<b>", "</b>", "<div>", "</div>",
    "<!--", "-->", "&", ";", "{: #a }", "{ .b }", "!!! note\n", "\"", "'", "\\", "=", "(", ")", ".", ",",
    "!", "?", "é", "\u2028", "/",
]
# fmt: on
SENTENCE = "Di situs ini ada {{ jumlah_sop }} SOP, {{ jumlah_langkah }} langkah"
"""What is marked if nothing round it forbids it."""


@cache
def extensions() -> list[str]:
    told = own_settings(ROOT / "mkdocs.yml")["markdown_extensions"]
    return ["fenced_code", *(one if isinstance(one, str) else next(iter(one)) for one in told)]


# fmt: off
ROUND = [
    ("", ""), ("", ""), ("", ""), ("", "."), ("Lihat [", "]"), ("[", "]"), ("[", "](x)"), ("# ", ""),
    ("- ", ""), ("`", "`"), ("*", "*"), ("", "\n==="), ("", "\n: arti"), ("", " { #a }"),
    ("x | ", "\n-|-"),
]
# fmt: on
SOUP = st.lists(st.sampled_from(PIECES), max_size=6).map("".join)


@settings(max_examples=200, deadline=None)
@given(SOUP, st.sampled_from([*["\n\n"] * 6, "\n", " ", ""]), st.sampled_from(ROUND), SOUP)
def test_what_is_marked_reads_the_same_with_any_number(
    catalogue: Catalogue, before: str, between: str, around: tuple[str, str], after: str
) -> None:
    only_with_numbers = f"[{rendered(SENTENCE, catalogue)}]: https://contoh.go.id"
    body = f"{before}{between}{around[0]}{SENTENCE}{around[1]}{between}{after}\n\n{only_with_numbers}"
    own = Own((written("uji", body),), read_own(catalogue, ROOT / "docs", ROOT / "mkdocs.yml").settings)
    [page] = marked(own, catalogue).pages
    if page.body != body:
        now, then = (
            markdown.markdown(rendered(text, catalogue).lstrip(), extensions=extensions())
            for text in (page.body, body)
        )
        assert counted(now, catalogue) == then


def rendered(body: str, catalogue: Catalogue) -> str:
    return Environment().from_string(body).render(variables(catalogue))


def test_what_the_shipped_front_page_counts_is_put_in_afterwards(
    catalogue: Catalogue, tmp_path: Path
) -> None:
    """Else this would be of no use to anybody: one more SOP is no reason for the engine to run."""
    own = read_own(catalogue, ROOT / "docs", ROOT / "mkdocs.yml")
    assert changed(own, marked(own, catalogue)) == {"index"}
    more = _catalogue(write_folder(tmp_path / "data", 4))
    assert variables(more) != variables(catalogue)

    def key(own: Own, one: Catalogue) -> str:
        return engine_key(own, one, docs=ROOT / "docs", data=tmp_path)

    keys = [key(marked(own, one), replace(one, instansi=catalogue.instansi)) for one in (catalogue, more)]
    assert keys[0] == keys[1]
    assert key(own, catalogue) != key(own, more)


@pytest.mark.parametrize(
    "other",
    [
        {"markdown_extensions": ["toc", "footnotes"]},
        {"plugins": [{"macros": {"modules": ["generator.site.macros"]}}]},
        {"markdown_extensions": 5},
        {"markdown_extensions": [None]},
        {"plugins": ["search"]},
        {"plugins": None},
        {"hooks": ["lain.py"]},
        {"extra": {"jumlah_sop": "tiga"}},
        {"site_name": "xqhitungxq"},
    ],
)
def test_under_settings_that_may_read_pages_otherwise_nothing_is_marked(
    catalogue: Catalogue, other: dict[str, Any]
) -> None:
    own = read_own(catalogue, ROOT / "docs", ROOT / "mkdocs.yml")
    odd = replace(own, settings={**own.settings, **other})
    assert marked(odd, catalogue) == odd
    without = {name: value for name, value in own.settings.items() if name not in other}
    assert len(marked(replace(own, settings=without), catalogue).pages) == len(own.pages)


@pytest.mark.parametrize(
    "meta",
    [
        {"template": "lain.html"},
        {"nama_instansi": "`"},
        {"jumlah_sop": 3},
        {"description": "{{ jumlah_sop }}"},
    ],
)
def test_a_page_whose_head_may_change_what_it_says_is_not_marked(
    catalogue: Catalogue, meta: dict[str, Any]
) -> None:
    own = read_own(catalogue, ROOT / "docs", ROOT / "mkdocs.yml")
    odd = replace(own, pages=(written("uji", SENTENCE, **meta), written("biasa", SENTENCE)))
    assert changed(odd, marked(odd, catalogue)) == {"biasa"}
