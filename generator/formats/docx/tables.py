"""Content + Sheets → the tables of the form as WordprocessingML. Widths and heights come with the sheets."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import zip_longest

from markupsafe import Markup
from msgspec import Struct

from generator.figure.figure import strip_words
from generator.figure.paper.columns import INSET, PITCH, TOLD
from generator.figure.paper.content import Content, FlowContent, FormField
from generator.figure.paper.measure import BREAK, HYPHEN, Item, items
from generator.figure.paper.sheet import Columns, Page, Paper, Sheet, Slab
from generator.form.columns import BEFORE, CELLS, COLUMNS, OVER, PELAKSANA, ColumnGroup
from generator.formats.docx.shapes import Shaped, anchored, shapes

_SHADE = "E2E2E2"
_T = Markup('<w:t xml:space="preserve">{}</w:t>')
_BORDERS = ("top", "left", "bottom", "right")


class Numbers(Struct):
    """Running numbers of the shapes of one document."""

    last: int = 0

    def next(self) -> int:
        self.last += 1
        return self.last


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


# -- the activity table -----------------------------------------------------------------------------


def flow_pages(flow: FlowContent, sheet: Sheet, number: int, numbers: Numbers) -> Iterator[Markup]:
    """The tables of one flow, one a page, each on a new page; ``number`` is that of the first."""
    columns = sheet.columns
    widths = (*columns.widths[:BEFORE], *columns.lanes, *columns.widths[BEFORE:])
    for at, page in enumerate(sheet.pages):
        if at == 0:
            gap = max(0.0, sheet.title - 11 * PITCH)
            yield paragraph(flow.title, 11, bold=True, style="Heading2", after=gap, page_break=True)
        else:
            yield thin(page_break=True)
        rows = [*_head(flow, sheet), *_body(flow, sheet, page, number + at, numbers)]
        yield table(widths, rows, (INSET[0], 0.0), flow.title)


def _head(flow: FlowContent, sheet: Sheet) -> list[Markup]:
    columns, label = sheet.columns, flow.label
    size, widths = columns.text, columns.widths

    def heading(width: float, text: str, span: int = 1, merge: str = "", actor: bool = False) -> Markup:
        body = lines((text,), size, "center", bold=True)
        margins = (1.0, 0.0) if actor else None
        turned = actor and columns.turned
        return cell(width, body, span, merge, shade=True, margins=margins, turned=turned)

    def below(width: float) -> Markup:
        return cell(width, paragraph("", 2), merge="continue", shade=True)

    wide = dict(zip(COLUMNS, widths, strict=True))
    first = [heading(wide[column], label[column.key], merge="restart") for column in COLUMNS[:BEFORE]]
    first.append(heading(sum(columns.lanes), label[PELAKSANA.key], span=len(columns.lanes)))
    for group, under in OVER:
        room, merge = sum(map(wide.__getitem__, under)), "" if isinstance(group, ColumnGroup) else "restart"
        first.append(heading(room, label[group.key], span=len(under), merge=merge))
    second = [below(width) for width in widths[:BEFORE]]
    second += [
        heading(width, text, actor=True) for width, text in zip(columns.lanes, flow.lanes, strict=True)
    ]
    second += [
        heading(wide[column], label[column.key]) if column.group else below(wide[column]) for column in CELLS
    ]
    return [row(first, sheet.head[0], head=True), row(second, sheet.head[1], head=True)]


def _body(flow: FlowContent, sheet: Sheet, page: Page, number: int, numbers: Numbers) -> list[Markup]:
    columns = sheet.columns
    held: dict[tuple[int, int], list[Shaped]] = {}
    for shape in shapes(page, sheet, number):
        held.setdefault((shape.cell.row, shape.cell.lane), []).append(shape)

    def drawing(at: int, lane: int) -> Markup:
        runs = Markup("").join(
            Markup("<w:r>{}</w:r>").format(anchored(shape, numbers.next()))
            for shape in held.get((at, lane), ())
        )
        spacing = '<w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/>'
        return Markup('<w:p><w:pPr>{}<w:rPr><w:sz w:val="2"/></w:rPr></w:pPr>{}</w:p>').format(
            Markup(spacing), runs
        )

    rows: list[Markup] = []
    if page.above:
        rows.append(_strip(columns, page.above, _told(page, False, number), drawing(0, 0)))
    for slab in page.slabs:
        at = len(rows)
        lanes = [drawing(at, lane) for lane in range(len(columns.lanes))]
        rows.append(_slab(columns, slab, lanes))
    if page.below:
        rows.append(_strip(columns, page.below, _told(page, True, number), drawing(len(rows), 0)))
    return rows


def _slab(columns: Columns, slab: Slab, lanes: Sequence[Markup]) -> Markup:
    top = 0.0 if slab.whole else INSET[1]
    texts = [
        cell(
            width,
            lines(text, columns.text, "center" if column.middle else "left", room=width - 6, before=top),
            middle=slab.whole,
        )
        for width, text, column in zip(columns.widths, slab.texts, COLUMNS, strict=True)
    ]
    drawn = [
        cell(width, body, middle=False, margins=(0, 0))
        for width, body in zip(columns.lanes, lanes, strict=True)
    ]
    return row([*texts[:BEFORE], *drawn, *texts[BEFORE:]], slab.height)


def _told(page: Page, below: bool, number: int) -> str:
    return strip_words([one for one in page.figure.connectors if one.below == below], number)


def _strip(columns: Columns, height: float, words: str, body: Markup) -> Markup:
    widths = columns.widths
    told = paragraph(words, TOLD, italic=True)
    return row(
        [
            cell(sum(widths[:BEFORE]), told, span=BEFORE),
            cell(sum(columns.lanes), body, span=len(columns.lanes), middle=False, margins=(0, 0)),
            cell(sum(widths[BEFORE:]), paragraph("", 2), span=len(CELLS)),
        ],
        height,
    )
