"""Content + Sheets → the tables of the form as WordprocessingML. Widths and heights come with the sheets."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import zip_longest

from generator.figure.paper.breaks import BREAK, HYPHEN, PITCH, Item
from generator.figure.paper.content import Content, FormField
from generator.figure.paper.measure import items
from generator.figure.paper.sheet import Paper
from generator.formats.docx.xml import Xml, joined, words

_SHADE = "E2E2E2"
_PARTED = {HYPHEN: Xml("<w:softHyphen/>"), BREAK: Xml("<w:br/>")}
_ENDS = re.compile(f"({HYPHEN}|(?<=/){BREAK})")
_BORDERS = ("top", "left", "bottom", "right")


def twips(points: float) -> int:
    return round(points * 20)


# -- paragraphs -------------------------------------------------------------------------------------


def said(text: str) -> Xml:
    """The text of a run."""
    return Xml(f'<w:t xml:space="preserve">{words(text)}</w:t>')


def paragraph(
    run: Xml,
    size: float,
    side: str = "left",
    bold: bool = False,
    italic: bool = False,
    indent: float = 0.0,
    style: str = "",
    before: float = 0.0,
    after: float = 0.0,
    page_break: bool = False,
) -> Xml:
    """One paragraph of one run; ``indent`` hangs the lines after the first. Points."""
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    hung = f'<w:ind w:left="{twips(indent)}" w:hanging="{twips(indent)}"/>' if indent else ""
    look, high = "<w:b/>" * bold + "<w:i/>" * italic, round(size * 2)
    return Xml(
        f"<w:p><w:pPr>{named}{'<w:pageBreakBefore/>' * page_break}"
        f'<w:spacing w:before="{twips(before)}" w:after="{twips(after)}" w:line="{twips(size * PITCH)}" '
        f'w:lineRule="exact"/>{hung}<w:jc w:val="{side}"/></w:pPr>'
        f'<w:r><w:rPr>{look}<w:sz w:val="{high}"/><w:szCs w:val="{high}"/></w:rPr>{run}</w:r></w:p>'
    )


def blank(size: float, before: float = 0.0) -> Xml:
    """A paragraph without words."""
    return paragraph(said(""), size, before=before)


def thin(page_break: bool = False) -> Xml:
    """A paragraph of almost no height: what Word needs between and after tables."""
    return Xml(
        f"<w:p><w:pPr>{'<w:pageBreakBefore/>' * page_break}"
        '<w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/>'
        '<w:rPr><w:sz w:val="2"/></w:rPr></w:pPr></w:p>'
    )


def _run(item: Item) -> Xml:
    """Its text. A word parted with a hyphen has Word's optional one; a line ends where one is parted behind
    its slash, at which Word does not part it; else Word parts it."""
    _, marker, text = item
    run = joined(_PARTED.get(part) or said(part.replace(BREAK, "")) for part in _ENDS.split(text))
    return Xml(f"{said(marker)}<w:tab/>{run}" if marker else run)


def lines(
    texts: Sequence[str],
    size: float,
    side: str = "left",
    bold: bool = False,
    room: float = 0.0,
    before: float = 0.0,
) -> Xml:
    """Lines of text, list markers hanging; at least one paragraph, which a cell must have. Words wider
    than ``room`` points may be broken; ``before`` is free over the first line."""
    return joined(
        paragraph(_run(item), size, side, bold=bold, indent=item[0] * size, before=0.0 if number else before)
        for number, item in enumerate(items(texts, room / size) or [(0.0, "", "")])
    )


# -- cells ------------------------------------------------------------------------------------------


def cell(
    width: float,
    body: Xml,
    span: int = 1,
    merge: str = "",
    middle: bool = True,
    shade: bool = False,
    margins: tuple[float, float] | None = None,
    borders: str = "",
    turned: bool = False,
) -> Xml:
    """A table cell. ``merge``: "restart" or "continue" of a vertical merge; ``margins``: sides, top and
    bottom; ``borders``: the sides that have none."""
    none = (
        "".join(f'<w:{side} w:val="nil"/>' for side in _BORDERS if side in borders.split()) if borders else ""
    )
    look = (
        f'<w:gridSpan w:val="{span}"/>' if span > 1 else "",
        f'<w:vMerge w:val="{merge}"/>' if merge else "",
        f"<w:tcBorders>{none}</w:tcBorders>" if none else "",
        f'<w:shd w:val="clear" w:color="auto" w:fill="{_SHADE}"/>' if shade else "",
        f"<w:tcMar>{_margins(*margins)}</w:tcMar>" if margins is not None else "",
        '<w:textDirection w:val="btLr"/>' if turned else "",
        '<w:vAlign w:val="center"/>' if middle else "",
    )
    return Xml(
        f'<w:tc><w:tcPr><w:tcW w:w="{twips(width)}" w:type="dxa"/>{"".join(look)}</w:tcPr>{body}</w:tc>'
    )


def _margins(sides: float, ends: float) -> Xml:
    s, e = twips(sides), twips(ends)
    return Xml(
        f'<w:top w:w="{e}" w:type="dxa"/><w:left w:w="{s}" w:type="dxa"/>'
        f'<w:bottom w:w="{e}" w:type="dxa"/><w:right w:w="{s}" w:type="dxa"/>'
    )


def row(cells: Sequence[Xml], height: float | None = None, head: bool = False) -> Xml:
    """A table row; with a height it is at least that high and is not torn over pages."""
    high = f'<w:trHeight w:val="{twips(height)}" w:hRule="atLeast"/>' if height else ""
    return Xml(f"<w:tr><w:trPr><w:cantSplit/>{high}{'<w:tblHeader/>' * head}</w:trPr>{''.join(cells)}</w:tr>")


def grid(widths: Sequence[float]) -> Xml:
    """The columns of a table."""
    return joined(Xml(f'<w:gridCol w:w="{twips(width)}"/>') for width in widths)


def table(widths: Sequence[float], rows: Sequence[Xml], margins: tuple[float, float], caption: str) -> Xml:
    """A table of fixed columns with thin borders."""
    borders = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
        for side in (*_BORDERS, "insideH", "insideV")
    )
    return Xml(
        f'<w:tbl><w:tblPr><w:tblW w:w="{twips(sum(widths))}" w:type="dxa"/><w:tblInd w:w="0" w:type="dxa"/>'
        f'<w:tblBorders>{borders}</w:tblBorders><w:tblLayout w:type="fixed"/>'
        f"<w:tblCellMar>{_margins(*margins)}</w:tblCellMar>"
        '<w:tblLook w:val="0020" w:firstRow="1" w:lastRow="0" w:firstColumn="0" w:lastColumn="0" '
        f'w:noHBand="1" w:noVBand="1"/><w:tblCaption w:val="{words(caption)}"/></w:tblPr>'
        f"<w:tblGrid>{grid(widths)}</w:tblGrid>{''.join(rows)}</w:tbl>"
    )


# -- the identity block -----------------------------------------------------------------------------


def face(content: Content, paper: Paper, logo: Xml) -> Xml:
    """The identity block: letterhead and fields, then the boxes."""
    widths = left, *_ = paper.face
    size = 9.5
    address = (
        paragraph(said(text), 8, "center", before=5 if n == 0 else 0)
        for n, text in enumerate(content.address)
    )
    kop = joined([logo, lines(content.kop, 10.5, "center", bold=True), *address])
    rows = []
    fields = [(f.label, lines(f.lines, size), False) for f in content.fields]
    fields.append((content.approval_label, _approval(content, size), False))
    fields.append((content.name_label, lines((content.name,), size, bold=True), True))
    for number, (label, value, ruled) in enumerate(fields):
        first, last = number == 0, number == len(fields) - 1
        off = " ".join(
            ["top"] * (not first and not ruled) + ["bottom"] * (not last and number != len(fields) - 2)
        )
        rows.append(
            row(
                [
                    cell(left, kop if first else blank(2), merge="restart" if first else "continue"),
                    cell(widths[1], lines((label,), size), middle=False, borders=f"{off} right"),
                    cell(
                        widths[2],
                        lines((":",), size),
                        middle=False,
                        borders=f"{off} left right",
                        margins=(0, 2.2),
                    ),
                    cell(widths[3], value, middle=False, borders=f"{off} left"),
                ]
            )
        )
    for one, other in zip_longest(content.boxes[::2], content.boxes[1::2]):
        boxes = [cell(left, _box(one, size), middle=False)]
        beside = _box(other, size) if other else blank(size)
        boxes.append(cell(sum(widths[1:]), beside, span=3, middle=False))
        rows.append(row(boxes))
    return table(widths, rows, (5.0, 2.2), f"Identitas SOP {content.name}")


def _box(box: FormField, size: float) -> Xml:
    head = paragraph(said(f"{box.label}:"), size, bold=True, before=2, after=3)
    return joined([head, lines(box.lines, size)]) if box.lines else head


def _approval(content: Content, size: float) -> Xml:
    approval = content.approval
    signer = [approval.nama or ""] + ([f"NIP {approval.nip}"] if approval.nip else [])
    office = lines((approval.jabatan or "").split("\n"), size, "center")
    room = blank(size, before=content.room * size - size * PITCH)
    return joined([office, room, lines(signer, size, "center")])
