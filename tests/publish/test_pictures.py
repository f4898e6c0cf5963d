"""A picture that could act is refused with its line, however it is written; a still one is not."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from generator.data.catalogue import Audience, Catalogue
from generator.data.files.svg import active_parts
from generator.data.sources import read_catalogue
from generator.site.stage import (
    Own,
    PageError,
    Written,
    own_files,
)
from tests.publish.sites import ROOT

SVG = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">\n{}</svg>'
ACTING = [
    "<script>alert(1)</script>",
    '<script href="x.js"/>',
    "<g><SCRIPT>x</SCRIPT></g>",
    '<rect onload="x()"/>',
    '<g onclick="x()"/>',
    "<foreignObject><p xmlns='http://www.w3.org/1999/xhtml'>a</p></foreignObject>",
    "<x:script xmlns:x='http://www.w3.org/1999/xhtml'>a</x:script>",
    '<a href="javascript:alert(1)"><text>a</text></a>',
    '<a xlink:href="https://contoh.go.id/"><text>a</text></a>',
    '<image href="https://contoh.go.id/x.png"/>',
    '<image xlink:href="x.png"/>',
    '<image href="data:image/svg+xml;base64,AAAA"/>',
    '<use href="lain.svg#a"/>',
    "<style>@import 'x.css';</style>",
    "<style>p { background: url(https://contoh.go.id/x) }</style>",
    "<style>p { background: u\\72l(x) }</style>",
    "<style>p { background: image-set('x' 1x) }</style>",
    '<style>p { background: url( "//x" ) }</style>',
    '<rect style="fill: url(https://contoh.go.id/x#a)"/>',
    '<rect fill="url(x.svg#a)"/>',
    '<set attributeName="href" to="javascript:alert(1)"/>',
    '<animate attributeName="xlink:href" values="javascript:alert(1)"/>',
    '<set attributeName="onclick" to="x()"/>',
    '<g xml:base="https://contoh.go.id/"/>',
    "<?xml-stylesheet href='x.css'?>",
    "<g><b></g>",
]
STILL = [
    "<title>a</title><path d='M0 0l1 1'/><text>javascript: url(x) onclick=</text>",
    "<style>.a { fill: url(#b) } /* url(x) */</style>",
    '<rect style="fill:#fff" fill="url(#a)" transform="translate(1 2)"/>',
    '<use xlink:href="#a"/><image href="data:image/png;base64,AA=="/>',
    '<animate attributeName="x" from="1" to="2"/>',
]


@pytest.mark.parametrize("inner", ACTING)
def test_a_picture_that_could_act_is_refused_with_its_line(
    catalogue: Catalogue, tmp_path: Path, inner: str
) -> None:
    (tmp_path / "x.svg").write_text(SVG.format(inner), encoding="utf-8")
    page = Written("index.md", {"title": "A"}, "![](x.svg)")
    with pytest.raises(PageError, match=r"x\.svg:2:1: gambar SVG|x\.svg:2:1: gaya"):
        list(own_files(Own((page,), {"nav": []}), catalogue, tmp_path, ROOT / "sop_data"))


def test_the_emblem_of_the_agency_is_held_to_the_same(tmp_path: Path) -> None:
    data = tmp_path / "data"
    shutil.copytree(ROOT / "sop_data", data)
    agency = data / "instansi.yml"
    said = re.sub(r"(?m)^logo:.*$", "logo: lambang.svg", agency.read_text(encoding="utf-8"))
    agency.write_text(said, encoding="utf-8")
    sized = SVG.replace(">", ' viewBox="0 0 9 9">', 1)
    (data / "lambang.svg").write_text(sized.format(""), encoding="utf-8")
    read, _ = read_catalogue(data)
    assert read is not None
    (data / "lambang.svg").write_text(SVG.format(ACTING[0]), encoding="utf-8")
    refused, problems = read_catalogue(data)
    assert refused is None
    assert any("lambang.svg' tidak aman: gambar SVG memuat <script>" in one.message for one in problems)
    with pytest.raises(PageError, match=r"lambang\.svg:2:1: gambar SVG memuat <script>\n  saran: "):
        list(own_files(Own((), {"nav": []}), read.for_audience(Audience.PUBLIK), tmp_path, data))


@pytest.mark.parametrize("head", ['<?xml-stylesheet href="x.css"?>', '<!DOCTYPE svg [<!ENTITY a "b">]>'])
def test_what_stands_above_a_picture_counts_too(head: str) -> None:
    assert list(active_parts(f'<?xml version="1.0"?>{head}{SVG.format("")}'.encode()))


@pytest.mark.parametrize("inner", STILL)
def test_a_still_picture_is_not_refused(inner: str) -> None:
    doctype = (
        '<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">'
    )
    assert list(active_parts(f'<?xml version="1.0"?>\n{doctype}\n{SVG.format(inner)}'.encode())) == []


@pytest.mark.parametrize("content", [b"", b"gambar/bagan.svg", b"\x00\xff"])
def test_what_holds_no_tag_cannot_act(content: bytes) -> None:
    assert list(active_parts(content)) == []


@pytest.mark.parametrize("coding", ["utf-16", "utf-8-sig"])
def test_another_encoding_hides_nothing(coding: str) -> None:
    for inner in ("<script>alert(1)</script>", "<g><script>alert(1)</script></b>"):
        assert list(active_parts(SVG.format(inner).encode(coding)))


def test_our_own_pictures_are_still() -> None:
    ours = [*(ROOT / "docs").rglob("*.svg"), *(ROOT / "generator" / "site" / "theme").rglob("*.svg")]
    assert ours
    for path in ours:
        assert list(active_parts(path.read_bytes())) == [], path
        assert b"style" not in path.read_bytes(), path  # under the policy of pages it would not be applied
