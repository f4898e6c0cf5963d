"""Content + Sheets → the plain data that ``sop.typ`` draws."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, NamedTuple, assert_never

from msgspec.structs import replace

from generator.figure.figure import Connector, Symbol, strip_words
from generator.figure.paper.breaks import BREAK, HYPHEN, Item
from generator.figure.paper.columns import INSET, TITLE, TOLD, heading_box
from generator.figure.paper.content import Content, FlowContent, foot
from generator.figure.paper.face import row_heights
from generator.figure.paper.measure import items, printable
from generator.figure.paper.sheet import PAPERS, Page, Paper, Sheet, Slab
from generator.flow.drawing import Side
from generator.form.columns import BEFORE, PELAKSANA, ColumnGroup
from generator.form.symbols import Polygon, Rectangle
from generator.formats.qr import svg_code

FACE, BOLD = 9.5, 1.08
"""Size of the type in the identity block, points; how much wider bold letters may be."""
_FOOT = 140
_DESCENT = 6.0
"""How far below the page its foot begins, points (see ``sop.typ``)."""
_SPECIAL = re.compile(f"[/{HYPHEN}{BREAK}]")
"""What a line is searched for when it is set (see ``form.typ``)."""


class Logo(NamedTuple):
    """The agency's emblem: the text of an SVG, and what it shows."""

    svg: str
    words: str


def face_data(content: Content, logo: Logo | None = None) -> dict[str, Any]:
    """The identity block."""
    approval = content.approval
    columns = PAPERS[content.paper].face
    left, right = (columns[0] - 16) / FACE / BOLD, (columns[-1] - 20) / FACE / BOLD
    return {
        "columns": columns,
        "kop": _items(content.kop, left * FACE / 10.5),
        "address": _items(content.address, left),
        "logo": [logo.svg, "svg", logo.words] if logo else None,
        "fields": [[_items((f.label,), 9.0), _items(f.lines, right)] for f in content.fields],
        "approval": {
            "label": _items((content.approval_label,), 9.0),
            "office": _items(_given(approval.jabatan), right),
            "name": _items(_given(approval.nama), right),
            "room": content.room,
            "nip": _items(tuple(f"NIP {nip}" for nip in _given(approval.nip))),
        },
        "name": [_items((content.name_label,), 9.0), _items((content.name,), right)],
        "boxes": [[_items((f.label,)), _items(f.lines, left)] for f in content.boxes],
    }


def sop_data(
    content: Content, sheets: Sequence[Sheet], pages: int, paper: Paper, logo: Logo | None = None
) -> dict[str, Any]:
    """One SOP: identity block of so many pages, tables, foot."""
    start, flows = pages + 1, []
    for flow, sheet in zip(content.flows, sheets, strict=True):
        flows.append(_flow(flow, sheet, paper, start))
        start += len(sheet.pages)
    name, number, notice, trace = foot(content)
    face = face_data(content, logo)
    return {
        "slug": content.slug,
        "foot": {
            "name": _short(printable(name)),
            "number": _short(printable(number)),
            "notice": _short(printable(notice)),
            "trace": trace,
            "url": content.url,
            "qr": svg_code(content.url) if content.url else None,
            "pages": start - 1,
        },
        "revoked": printable(content.revoked),
        "pages": [pages, *(len(sheet.pages) for sheet in sheets)],
        "paper": [paper.width, paper.height, paper.side, paper.top, paper.bottom],
        "face": {**face, "rows": row_heights(face, paper)},
        "flows": flows,
    }


def _short(text: str) -> str:
    """What the foot of a page has room for."""
    return text if len(text) <= _FOOT else text[: _FOOT - 1].rstrip() + "…"


def _given(text: str | None) -> tuple[str, ...]:
    return tuple(line for line in (text or "").split("\n") if line.strip())


def _items(lines: Sequence[str], room: float = 0.0) -> list[Item]:
    return items(lines, room)


def _lines(lines: Sequence[str], room: float = 0.0) -> list[Item] | str:
    """The same for a cell of the table; one line to which there is nothing but its words is these."""
    found = items(lines, room)
    if len(found) == 1:
        indent, _, words = found[0]
        if words and not indent and not _SPECIAL.search(words):
            return words
    return found


def _flow(flow: FlowContent, sheet: Sheet, paper: Paper, start: int) -> dict[str, Any]:
    columns, table = sheet.columns, flow.table
    body: list[dict[str, Any]] = []
    rows, gutters = list(sheet.head), [0.0] * len(sheet.head)
    for number, page in enumerate(sheet.pages):
        entries = list(_entries(page, sheet, start + number))
        body += [entry for _, entry in entries]
        rows += [height for height, _ in entries]
        gutters += [0.0] * len(entries)
        if number < len(sheet.pages) - 1:
            gutters[-1] = paper.inner_height
    widths = columns.widths
    boxes = [heading_box(columns, lane, heading)[0] for lane, heading in enumerate(flow.lanes)]
    headings = [
        _lines((flow.label[column.key],), (width - 2 * INSET[0]) / columns.text)
        for column, width in zip(table.columns, widths, strict=True)
    ]
    own = {column.key: heading for column, heading in zip(table.columns, headings, strict=True)}
    return {
        "title": _lines((flow.title,), paper.inner_width / TITLE),
        "title_height": sheet.title,
        "size": columns.text,
        "told": TOLD,
        "before": headings[:BEFORE],
        "actors": _lines((flow.label[PELAKSANA.key],)),
        "over": [
            [
                len(under),
                isinstance(group, ColumnGroup),
                own.get(group.key) or _lines((flow.label[group.key],)),
            ]
            for group, under in table.over
        ],
        "under": [own[column.key] for column in table.cells if column.group],
        "numbers": flow.numbers,
        "middle": [column.middle for column in table.columns],
        "lanes": [
            _lines((heading,), box / columns.text) for heading, box in zip(flow.lanes, boxes, strict=True)
        ],
        "turned": boxes if columns.turned else None,
        "columns": [*widths[:BEFORE], *columns.lanes, *widths[BEFORE:]],
        "rows": rows,
        "gutters": gutters[:-1],
        "body": body,
        "feet": _feet(sheet, paper),
    }


def _feet(sheet: Sheet, paper: Paper) -> list[tuple[float, float, float, float]]:
    """Where the foot of each page is, seen from the first cell of the flow on it; its width and height."""
    y = paper.inner_height + _DESCENT - sum(sheet.head)
    size = paper.inner_width, paper.bottom - _DESCENT
    return [(-sheet.columns.left, y - sheet.title * (page == 0), *size) for page in range(len(sheet.pages))]


def _entries(page: Page, sheet: Sheet, number: int) -> list[tuple[float, dict[str, Any]]]:
    """The table rows of a page with their heights: strips and slabs; the first one holds the lines."""
    found: list[tuple[float, dict[str, Any]]] = []
    if page.above:
        found.append((page.above, _strip(page, False, number)))
    found += [(slab.height, _slab(page, slab, sheet)) for slab in page.slabs]
    if page.below:
        found.append((page.below, _strip(page, True, number)))
    if found:
        figure = page.figure
        found[0][1]["drawing"] = {
            "lines": [[figure.stroke(line), line.dashed] for line in figure.lines],
            "heads": [figure.head(line) for line in figure.lines if line.head],
        }
    return found


def _strip(page: Page, below: bool, number: int) -> dict[str, Any]:
    found = [one for one in page.figure.connectors if one.below == below]
    top = page.height - page.below if below else 0.0
    return {
        "kind": "strip",
        "text": printable(strip_words(found, number)),
        "connectors": [_connector(one, top, number) for one in found],
        "drawing": None,
    }


def _connector(connector: Connector, top: float, number: int) -> dict[str, Any]:
    (x, y), (w, h) = connector.at, connector.half
    placed = replace(connector, at=(x, y - top))
    away = 0.7 * h if connector.up else 0.0
    return {
        "outline": _outline(placed.symbol),
        "letter": connector.letter,
        "box": [x - w, y - top + away, 2 * w, 1.3 * h],
        "size": 1.25 * h,
        "words": printable(f"{placed.symbol.node}: {connector.words(number)}"),
    }


def _outline(symbol: Symbol) -> dict[str, Any]:
    """Its corners, or half its width and height and the radius of its corners."""
    match symbol.outline:
        case Rectangle(rounded=rounded):
            return {"centre": symbol.centre, "half": symbol.half, "radius": rounded * min(symbol.half)}
        case Polygon() as polygon:
            corners = symbol.corners(polygon)
            return {"corners": [*corners, corners[0]]}
        case outline:
            assert_never(outline)


def _slab(page: Page, slab: Slab, sheet: Sheet) -> dict[str, Any]:
    columns, figure = sheet.columns, page.figure
    lefts = [sum(columns.lanes[:lane]) for lane in range(len(columns.lanes))]
    lanes: list[list[dict[str, Any]]] = [[] for _ in lefts]
    for symbol in figure.symbols:
        x, y = symbol.centre
        if not slab.top <= y < slab.top + slab.height:
            continue
        left = lefts[symbol.lane]
        placed = replace(symbol, centre=(x - left, y - slab.top))
        lanes[symbol.lane].append(
            {
                "outline": None if symbol.loose else _outline(placed),
                "centre": placed.centre,
                "half": placed.half,
                "lines": [printable(line) for line in symbol.lines],
                "size": figure.letters,
                "words": symbol.words or symbol.shape,
                "labels": [
                    {
                        "left": label.left - left,
                        "top": label.top - slab.top,
                        "width": label.width,
                        "height": label.height,
                        "right": label.anchor is Side.RIGHT,
                        "lines": [printable(line) for line in label.lines],
                        "size": figure.letters,
                    }
                    for label in figure.words
                    if label.source == symbol.node
                ],
            }
        )
    room = [(width - 6) / columns.text for width in columns.widths]
    texts = [_lines(lines, width) for lines, width in zip(slab.texts, room, strict=True)]
    return {
        "kind": "row",
        "whole": slab.whole,
        "texts": texts,
        "depths": slab.depths,
        "lanes": lanes,
        "drawing": None,
    }
