"""Content + Sheets → the tables of the form as WordprocessingML. Widths and heights come with the sheets."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest

from markupsafe import Markup

from generator.figure.paper.columns import PITCH
from generator.figure.paper.content import Content, FormField
from generator.figure.paper.measure import BREAK, HYPHEN, Item, items
from generator.figure.paper.sheet import Paper

_SHADE = "E2E2E2"
_T = Markup('<w:t xml:space="preserve">{}</w:t>')
_BORDERS = ("top", "left", "bottom", "right")


def twips(points: float) -> int:
    return round(points * 20)


# -- paragraphs -------------------------------------------------------------------------------------


def paragraph(
    text: Markup | str,
    size: float,
    side: str = "left",
    bold: bool = False,
    italic: bool = False,
    indent: float = 0.0,
    style: str = "",
    before: float = 0.0,
    after: float = 0.0,
    page_break: bool = False,
) -> Markup:
    """One paragraph of one run; ``indent`` hangs the lines after the first. Points."""
    run = text if isinstance(text, Markup) else Markup('<w:t xml:space="preserve">{}</w:t>').format(text)
    look = Markup("<w:b/>" * bold + "<w:i/>" * italic)
    return Markup(
        "<w:p><w:pPr>{style}{page}"
        '<w:spacing w:before="{before}" w:after="{after}" w:line="{line}" w:lineRule="exact"/>'
        '{indent}<w:jc w:val="{side}"/></w:pPr>'
        '<w:r><w:rPr>{look}<w:sz w:val="{size}"/><w:szCs w:val="{size}"/></w:rPr>{run}</w:r></w:p>'
    ).format(
        style=Markup('<w:pStyle w:val="{}"/>').format(style) if style else "",
        page=Markup("<w:pageBreakBefore/>" * page_break),
        before=twips(before),
        after=twips(after),
        line=twips(size * PITCH),
        indent=Markup('<w:ind w:left="{0}" w:hanging="{0}"/>').format(twips(indent)) if indent else "",
        side=side,
        look=look,
        size=round(size * 2),
        run=run,
    )


def thin(page_break: bool = False) -> Markup:
    """A paragraph of almost no height: what Word needs between and after tables."""
    return Markup(
        '<w:p><w:pPr>{}<w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/>'
        '<w:rPr><w:sz w:val="2"/></w:rPr></w:pPr></w:p>'
    ).format(Markup("<w:pageBreakBefore/>" * page_break))


def _run(item: Item) -> Markup:
    """Its text. A word parted with a hyphen has Word's optional one; one parted without, Word parts."""
    _, marker, words = item
    text = Markup("<w:softHyphen/>").join(map(_T.format, words.replace(BREAK, "").split(HYPHEN)))
    return Markup("{}<w:tab/>{}").format(_T.format(marker), text) if marker else text


def lines(
    texts: Sequence[str],
    size: float,
    side: str = "left",
    bold: bool = False,
    room: float = 0.0,
    before: float = 0.0,
) -> Markup:
    """Lines of text, list markers hanging; at least one paragraph, which a cell must have. Words wider
    than ``room`` points may be broken; ``before`` is free over the first line."""
    return Markup("").join(
        paragraph(_run(item), size, side, bold=bold, indent=item[0] * size, before=0.0 if number else before)
        for number, item in enumerate(items(texts, room / size) or [(0.0, "", "")])
    )


# -- cells ------------------------------------------------------------------------------------------


def cell(
    width: float,
    body: Markup,
    span: int = 1,
    merge: str = "",
    middle: bool = True,
    shade: bool = False,
    margins: tuple[float, float] | None = None,
    borders: str = "",
    turned: bool = False,
) -> Markup:
    """A table cell. ``merge``: "restart" or "continue" of a vertical merge; ``margins``: sides, top and
    bottom; ``borders``: the sides that have none."""
    around = Markup("")
    if margins is not None:
        sides, ends = (twips(length) for length in margins)
        around = Markup(
            '<w:tcMar><w:top w:w="{e}" w:type="dxa"/><w:left w:w="{s}" w:type="dxa"/>'
            '<w:bottom w:w="{e}" w:type="dxa"/><w:right w:w="{s}" w:type="dxa"/></w:tcMar>'
        ).format(e=ends, s=sides)
    none = Markup("").join(
        Markup('<w:{} w:val="nil"/>').format(side) for side in _BORDERS if side in borders.split()
    )
    return Markup(
        '<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{span}{merge}{borders}{shade}{around}{turned}'
        "{middle}</w:tcPr>{body}</w:tc>"
    ).format(
        width=twips(width),
        span=Markup('<w:gridSpan w:val="{}"/>').format(span) if span > 1 else "",
        merge=Markup('<w:vMerge w:val="{}"/>').format(merge) if merge else "",
        borders=Markup("<w:tcBorders>{}</w:tcBorders>").format(none) if none else "",
        shade=Markup('<w:shd w:val="clear" w:color="auto" w:fill="{}"/>').format(_SHADE) if shade else "",
        around=around,
        turned=Markup('<w:textDirection w:val="btLr"/>') if turned else "",
        middle=Markup('<w:vAlign w:val="center"/>') if middle else "",
        body=body,
    )


def row(cells: Sequence[Markup], height: float | None = None, head: bool = False) -> Markup:
    """A table row; with a height it is at least that high and is not torn over pages."""
    return Markup("<w:tr><w:trPr><w:cantSplit/>{height}{head}</w:trPr>{cells}</w:tr>").format(
        height=Markup('<w:trHeight w:val="{}" w:hRule="atLeast"/>').format(twips(height)) if height else "",
        head=Markup("<w:tblHeader/>") if head else "",
        cells=Markup("").join(cells),
    )


def table(
    widths: Sequence[float], rows: Sequence[Markup], margins: tuple[float, float], caption: str
) -> Markup:
    """A table of fixed columns with thin borders."""
    sides, ends = (twips(length) for length in margins)
    borders = Markup("").join(
        Markup('<w:{} w:val="single" w:sz="4" w:space="0" w:color="000000"/>').format(side)
        for side in (*_BORDERS, "insideH", "insideV")
    )
    return Markup(
        '<w:tbl><w:tblPr><w:tblW w:w="{width}" w:type="dxa"/><w:tblInd w:w="0" w:type="dxa"/>'
        '<w:tblBorders>{borders}</w:tblBorders><w:tblLayout w:type="fixed"/>'
        '<w:tblCellMar><w:top w:w="{e}" w:type="dxa"/><w:left w:w="{s}" w:type="dxa"/>'
        '<w:bottom w:w="{e}" w:type="dxa"/><w:right w:w="{s}" w:type="dxa"/></w:tblCellMar>'
        '<w:tblLook w:val="0020" w:firstRow="1" w:lastRow="0" w:firstColumn="0" w:lastColumn="0" '
        'w:noHBand="1" w:noVBand="1"/><w:tblCaption w:val="{caption}"/></w:tblPr>'
        "<w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>"
    ).format(
        width=twips(sum(widths)),
        borders=borders,
        s=sides,
        e=ends,
        caption=caption,
        grid=Markup("").join(Markup('<w:gridCol w:w="{}"/>').format(twips(width)) for width in widths),
        rows=Markup("").join(rows),
    )


# -- the identity block -----------------------------------------------------------------------------


def face(content: Content, paper: Paper, logo: Markup | None) -> Markup:
    """The identity block: letterhead and fields, then the boxes."""
    widths = left, *_ = paper.face
    size = 9.5
    kop = logo or Markup("")
    kop += lines(content.kop, 10.5, "center", bold=True)
    if content.address:
        kop += Markup("").join(
            paragraph(text, 8, "center", before=5 if n == 0 else 0) for n, text in enumerate(content.address)
        )
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
                    cell(left, kop if first else paragraph("", 2), merge="restart" if first else "continue"),
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
        beside = _box(other, size) if other else paragraph("", size)
        boxes.append(cell(sum(widths[1:]), beside, span=3, middle=False))
        rows.append(row(boxes))
    return table(widths, rows, (5.0, 2.2), f"Identitas SOP {content.name}")


def _box(box: FormField, size: float) -> Markup:
    head = paragraph(f"{box.label}:", size, bold=True, before=2, after=3)
    return head + lines(box.lines, size) if box.lines else head


def _approval(content: Content, size: float) -> Markup:
    approval = content.approval
    signer = [approval.nama or ""] + ([f"NIP {approval.nip}"] if approval.nip else [])
    body = lines((approval.jabatan or "").split("\n"), size, "center")
    body += paragraph("", size, before=content.room * size - size * PITCH)
    return body + lines(signer, size, "center")
