"""Charts → Word files as agencies draw them: a table, and shapes that float over it or lie in its cells."""

from __future__ import annotations

import io
import re
import zipfile
from bisect import bisect_right
from collections.abc import Callable, Sequence
from itertools import pairwise

from tests.reading.office_charts import (
    CALLED,
    EMU,
    HEAD,
    TEXT_COLUMNS,
    Case,
    Manner,
    Piece,
    around,
    pieces,
    said,
)

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006"
_WORD = "http://schemas.microsoft.com/office/word/2010/wordprocessing"
SPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    f'xmlns:r="{_OFFICE}" xmlns:a="{_DRAWING}/main" xmlns:wp="{_DRAWING}/wordprocessingDrawing" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    f'xmlns:wps="{_WORD}Shape" xmlns:wpg="{_WORD}Group" xmlns:wpc="{_WORD}Canvas" '
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
)
LEAD = 20.0
"""Height of the line before the table, in which floating shapes are anchored."""
PAGE, MARGIN = (1_190.0, 842.0), 40.0
WAYS = ("floating", "page", "cells", "canvas", "group", "vml", "vml group")


def word_file(
    made: Case, manner: Manner, seed: int = 1, way: str = "floating", rule: str = "atLeast"
) -> bytes:
    """A Word file with one table. ``way``: how its shapes are kept; ``rule``: how row heights are given."""
    some = pieces(made, manner, seed)
    held: dict[tuple[int, int], str] = {}
    first = ""
    if way == "cells":
        tops = [0.0]
        for high in (*HEAD, *made.heights):
            tops.append(tops[-1] + high)
        for piece in some:
            x, y = piece.seen[:2]
            row = min(max(bisect_right(tops, y + 0.01) - 1, 2), len(tops) - 2)
            column = min(max(bisect_right(made.edges, x + 0.01) - 1, 0), len(made.edges) - 2)
            one = _anchored(piece, x - made.edges[column], y - tops[row])
            held[row, column] = held.get((row, column), "") + one
    elif way in ("floating", "page"):
        first = "".join(_floating(piece, way == "page") for piece in some)
    elif way in ("canvas", "group"):
        first = _together(some, way)
    else:
        first = _shape_types()
        first += "".join(_vml(piece) for piece in some) if way == "vml" else _vml_group(some)
    spacing = '<w:pPr><w:spacing w:before="0" w:after="0" w:line="400" w:lineRule="exact"/></w:pPr>'
    body = f"<w:p>{spacing}{first}</w:p>{_table(made, held, rule)}<w:p/>"
    section = (
        f'<w:sectPr><w:pgSz w:w="{round(PAGE[0] * 20)}" w:h="{round(PAGE[1] * 20)}"/><w:pgMar w:top="800" '
        'w:right="800" w:bottom="800" w:left="800" w:header="0" w:footer="0" w:gutter="0"/></w:sectPr>'
    )
    return package(f"<w:document {SPACES}><w:body>{body}{section}</w:body></w:document>")


def rewritten(file: bytes, change: Callable[[str], str]) -> bytes:
    """A Word file after the text of its document was changed by hand."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(file)) as source, zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            part = source.read(name)
            if name == "word/document.xml":
                text = part.decode()
                now = change(text)
                assert now != text
                part = now.encode()
            target.writestr(name, part)
    return out.getvalue()


def package(document: str) -> bytes:
    """A Word file of one part."""
    out = io.BytesIO()
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        target.writestr(
            "[Content_Types].xml",
            f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
            'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            '<Default Extension="xml" ContentType="application/xml"/>'
            f'<Override PartName="/word/document.xml" ContentType="{kind}"/></Types>',
        )
        target.writestr(
            "_rels/.rels",
            f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" '
            f'Type="{_OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>',
        )
        target.writestr("word/document.xml", f'<?xml version="1.0" encoding="UTF-8"?>{document}')
    return out.getvalue()


# -- the table --------------------------------------------------------------------------------------


def cell(width: float, text: str, span: int = 1, merge: str = "", drawn: str = "") -> str:
    """A cell without margins above and below; shapes are anchored in its only paragraph."""
    settings = f'<w:tcW w:w="{round(width * 20)}" w:type="dxa"/>'
    settings += f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    settings += {"": "", "restart": '<w:vMerge w:val="restart"/>', "go on": "<w:vMerge/>"}[merge]
    run = f'<w:r><w:rPr><w:sz w:val="16"/></w:rPr><w:t>{said(text)}</w:t></w:r>' if text else ""
    return f"<w:tc><w:tcPr>{settings}</w:tcPr><w:p>{drawn}{run}</w:p></w:tc>"


def row(cells: Sequence[str], height: float, rule: str) -> str:
    size = f'<w:trPr><w:trHeight w:val="{round(height * 20)}" w:hRule="{rule}"/></w:trPr>' if rule else ""
    return f"<w:tr>{size}{''.join(cells)}</w:tr>"


def _table(made: Case, held: dict[tuple[int, int], str], rule: str) -> str:
    edges, lanes = made.edges, len(made.chart.lanes)
    wide = [b - a for a, b in pairwise(edges)]
    keys = [*TEXT_COLUMNS[:2], *(f"actor{n}" for n in range(lanes)), *TEXT_COLUMNS[2:]]
    head = [cell(wide[n], CALLED[keys[n]], merge="restart") for n in (0, 1)]
    head.append(cell(sum(wide[2 : 2 + lanes]), "Pelaksana", lanes))
    head.append(cell(sum(wide[2 + lanes : 5 + lanes]), "Mutu Baku", 3))
    head.append(cell(wide[-1], CALLED["keterangan"], merge="restart"))
    second = [cell(wide[n], "", merge="go on") for n in (0, 1)]
    second += [cell(wide[2 + n], lane.heading) for n, lane in enumerate(made.chart.lanes)]
    second += [cell(wide[2 + lanes + n], CALLED[key]) for n, key in enumerate(TEXT_COLUMNS[2:5])]
    second.append(cell(wide[-1], "", merge="go on"))
    rows = [row(head, HEAD[0], rule), row(second, HEAD[1], rule)]
    for at, (texts, height) in enumerate(zip(made.texts, made.heights, strict=True), 2):
        cells = [cell(wide[n], texts.get(key, ""), drawn=held.get((at, n), "")) for n, key in enumerate(keys)]
        rows.append(row(cells, height, rule))
    grid = "".join(f'<w:gridCol w:w="{round(one * 20)}"/>' for one in wide)
    settings = (
        '<w:tblPr><w:tblW w:w="0" w:type="auto"/><w:tblInd w:w="0" w:type="dxa"/>'
        '<w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="0" w:type="dxa"/>'
        '<w:right w:w="0" w:type="dxa"/></w:tblCellMar></w:tblPr>'
    )
    return f"<w:tbl>{settings}<w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"


# -- shapes of DrawingML ----------------------------------------------------------------------------


def _shape(piece: Piece, left: float, top: float, inner: bool) -> str:
    """A shape; ``inner``: of a group or canvas, where it has an id of its own."""
    own = f'<wps:cNvPr id="{piece.id}" name="{said(piece.name)}"/>' if inner else ""
    kind = "<wps:cNvSpPr/>"
    if piece.connector:
        ties = ""
        if piece.ends[0] and inner:
            ties = f'<a:stCxn id="{piece.ends[0]}" idx="2"/><a:endCxn id="{piece.ends[1]}" idx="0"/>'
        kind = f"<wps:cNvCnPr>{ties}</wps:cNvCnPr>"
    elif piece.text_box:
        kind = '<wps:cNvSpPr txBox="1"/>'
    text = ""
    if piece.text:
        text = (
            '<wps:txbx><w:txbxContent><w:p><w:pPr><w:spacing w:before="0" w:after="0"/></w:pPr><w:r><w:rPr>'
            f'<w:sz w:val="14"/></w:rPr><w:t>{said(piece.text)}</w:t></w:r></w:p></w:txbxContent></wps:txbx>'
        )
    look = f"<wps:spPr>{piece.transform(left, top)}{piece.geometry}{piece.fill}{piece.line}</wps:spPr>"
    inset = '<wps:bodyPr lIns="0" tIns="0" rIns="0" bIns="0" anchor="ctr"/>'
    return f"<wps:wsp>{own}{kind}{look}{text}{inset}</wps:wsp>"


def _anchor(
    inner: str,
    uri: str,
    place: tuple[float, float],
    size: tuple[float, float],
    name: tuple[int, str],
    relative: tuple[str, str] = ("column", "paragraph"),
) -> str:
    requires = {"Shape": "wps", "Group": "wpg", "Canvas": "wpc"}[uri]
    return (
        f'<w:r><mc:AlternateContent><mc:Choice Requires="{requires}"><w:drawing>'
        '<wp:anchor distT="0" distB="0" distL="0" distR="0" simplePos="0" behindDoc="0" locked="0" '
        f'relativeHeight="{name[0]}" layoutInCell="1" allowOverlap="1"><wp:simplePos x="0" y="0"/>'
        f'<wp:positionH relativeFrom="{relative[0]}"><wp:posOffset>{round(place[0] * EMU)}</wp:posOffset>'
        f'</wp:positionH><wp:positionV relativeFrom="{relative[1]}"><wp:posOffset>{round(place[1] * EMU)}'
        f'</wp:posOffset></wp:positionV><wp:extent cx="{round(size[0] * EMU)}" cy="{round(size[1] * EMU)}"/>'
        f'<wp:wrapNone/><wp:docPr id="{name[0]}" name="{said(name[1])}"/><wp:cNvGraphicFramePr/><a:graphic>'
        f'<a:graphicData uri="{_WORD}{uri}">{inner}</a:graphicData></a:graphic></wp:anchor></w:drawing>'
        "</mc:Choice></mc:AlternateContent></w:r>"
    )


def _anchored(piece: Piece, dx: float, dy: float, relative: tuple[str, str] = ("column", "paragraph")) -> str:
    """A shape that stands so far from what its position counts from."""
    x, y, w, h = piece.frame
    place = (x - piece.seen[0] + dx, y - piece.seen[1] + dy)
    inner = _shape(piece, x, y, inner=False)
    return _anchor(inner, "Shape", place, (w, h), (piece.id, piece.name), relative)


def _floating(piece: Piece, page: bool) -> str:
    x, y = piece.seen[:2]
    if page:
        return _anchored(piece, x + MARGIN, y + LEAD + MARGIN, ("page", "page"))
    return _anchored(piece, x, y + LEAD)


def _together(some: list[Piece], way: str) -> str:
    """All shapes in a canvas, or in a group."""
    left, top, wide, high = around(some)
    inner = "".join(_shape(piece, left, top, inner=True) for piece in some)
    place = (left, top + LEAD)
    if way == "canvas":
        whole = f"<wpc:wpc><wpc:bg/><wpc:whole/>{inner}</wpc:wpc>"
        return _anchor(whole, "Canvas", place, (wide, high), (9_000, "Canvas 1"))
    size = f'cx="{round(wide * EMU)}" cy="{round(high * EMU)}"'
    transform = f'<a:xfrm><a:off x="0" y="0"/><a:ext {size}/><a:chOff x="0" y="0"/><a:chExt {size}/></a:xfrm>'
    whole = f"<wpg:wgp><wpg:cNvGrpSpPr/><wpg:grpSpPr>{transform}</wpg:grpSpPr>{inner}</wpg:wgp>"
    return _anchor(whole, "Group", place, (wide, high), (9_000, "Group 1"))


# -- shapes of VML ----------------------------------------------------------------------------------

_TYPES = {
    "flowChartProcess": 109, "flowChartDecision": 110, "flowChartTerminator": 116, "rect": 1, "diamond": 4,
    "flowChartAlternateProcess": 176, "straightConnector1": 32, "bentConnector2": 33, "bentConnector3": 34,
}  # fmt: skip


_PATHS = {
    4: "m10800,l,10800,10800,21600,21600,10800xe", 110: "m10800,l,10800,10800,21600,21600,10800xe",
    32: "m,l21600,21600e", 33: "m,l21600,r,21600e", 34: "m,l10800,r,21600l21600,21600e",
}  # fmt: skip


def _shape_types() -> str:
    """What Word says of each kind of shape before it is used; some readers know them by number only."""
    kinds = "".join(
        f'<v:shapetype id="_x0000_t{kind}" coordsize="21600,21600" o:spt="{kind}" '
        f'path="{_PATHS.get(kind, "m,l,21600r21600,l21600,xe")}"/>'
        for kind in sorted({*_TYPES.values(), 202})
    )
    return f"<w:r><w:pict>{kinds}</w:pict></w:r>"


def _vml(piece: Piece) -> str:
    x, y, w, h = piece.frame
    place = (
        f"position:absolute;margin-left:{x:.2f}pt;margin-top:{y + LEAD:.2f}pt;"
        f"width:{w:.2f}pt;height:{h:.2f}pt;z-index:{piece.id}"
    )
    return f"<w:r><w:pict>{_vml_shape(piece, place)}</w:pict></w:r>"


def _vml_group(some: list[Piece]) -> str:
    """All shapes in one group whose units are tenths of a point."""
    left, top, wide, high = around(some)
    inner = ""
    for piece in some:
        x, y, w, h = piece.frame
        place = (
            f"position:absolute;left:{round((x - left) * 10)};top:{round((y - top) * 10)};"
            f"width:{round(w * 10)};height:{round(h * 10)}"
        )
        inner += _vml_shape(piece, place)
    place = f"position:absolute;margin-left:{left:.2f}pt;margin-top:{top + LEAD:.2f}pt"
    units = f'coordorigin="0,0" coordsize="{round(wide * 10)},{round(high * 10)}"'
    return (
        f'<w:r><w:pict><v:group style="{place};width:{wide:.2f}pt;height:{high:.2f}pt" {units}>{inner}'
        "</v:group></w:pict></w:r>"
    )


def _vml_shape(piece: Piece, place: str) -> str:
    flips = "".join(sign for sign, on in zip("xy", piece.flips, strict=True) if on)
    degrees = -piece.degrees if sum(piece.flips) == 1 else piece.degrees  # VML turns first and flips then
    turn = f";rotation:{degrees}" if degrees else ""
    style = place + turn + (f";flip:{flips}" if flips else "")
    head = '<v:stroke endarrow="block"/>' if "tailEnd" in piece.line else ""
    edge = ' stroked="f" filled="f"' if "<a:noFill/></a:ln>" in piece.line else ""
    if "custGeom" in piece.geometry:
        numbers = [
            int(n) for pair in re.findall(r'<a:pt x="(-?\d+)" y="(-?\d+)"', piece.geometry) for n in pair
        ]
        return _vml_path(piece, style, head, numbers)
    name = piece.geometry.split('prst="')[1].split('"')[0]
    text = ""
    if piece.text:
        text = (
            '<v:textbox inset="0,0,0,0"><w:txbxContent><w:p><w:r><w:rPr><w:sz w:val="14"/></w:rPr>'
            f"<w:t>{said(piece.text)}</w:t></w:r></w:p></w:txbxContent></v:textbox>"
        )
    if name == "roundRect":
        return f'<v:roundrect id="s{piece.id}" style="{style}" arcsize="10923f">{text}</v:roundrect>'
    kind = 202 if piece.text_box else _TYPES[name]
    adjust = ""
    if "adj1" in piece.geometry:
        share = int(piece.geometry.split("val ")[1].split('"')[0]) / 100_000
        adjust = f' adj="{round(share * 21_600)}"'
    open_ = ' filled="f"' if piece.connector else edge
    own = f'id="s{piece.id}" type="#_x0000_t{kind}" style="{style}"{adjust}{open_}'
    return f"<v:shape {own}>{head}{text}</v:shape>"


def _vml_path(piece: Piece, style: str, head: str, numbers: list[int]) -> str:
    """A freeform; ``numbers``: x and y of its points in office units."""
    points = list(zip(numbers[::2], numbers[1::2], strict=False))
    way = "l".join(f"{x},{y}" for x, y in points)
    size = f"{max(1, round(piece.frame[2] * EMU))},{max(1, round(piece.frame[3] * EMU))}"
    path = f'coordsize="{size}" path="m{way}e" filled="f"'
    return f'<v:shape id="s{piece.id}" style="{style}" {path}>{head}</v:shape>'
