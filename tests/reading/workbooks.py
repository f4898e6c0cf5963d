"""Charts → workbooks as agencies draw them: the table in cells, the flow as shapes over them."""

from __future__ import annotations

import io
import zipfile
from bisect import bisect_right

from openpyxl import Workbook
from openpyxl.styles import Alignment
from openpyxl.utils import get_column_letter

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

_SPACES = (
    'xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
)
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
DRAWING = "xl/drawings/drawing1.xml"


def workbook(made: Case, manner: Manner, seed: int = 1, anchor: str = "two") -> bytes:
    """A workbook of one sheet; ``anchor``: how shapes are tied to it (two, one or absolute)."""
    rows = [0.0]
    for high in (*HEAD, *made.heights):
        rows.append(rows[-1] + high)
    columns = [0.0]
    for n in range(len(made.edges) - 1):
        pixels = round((made.edges[n + 1] - made.edges[n]) / 0.75)
        columns.append(columns[-1] + pixels * 0.75)
    shapes = pieces(made, manner, seed)
    body = _grouped(shapes, columns, rows) if manner.grouped else ""
    if not manner.grouped:
        body = "".join(_anchored(piece, columns, rows, anchor) for piece in shapes)
    drawing = f'<?xml version="1.0" encoding="UTF-8"?><xdr:wsDr {_SPACES}>{body}</xdr:wsDr>'
    return _with_drawing(_table(made, columns), drawing)


def _table(made: Case, columns: list[float]) -> bytes:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    lanes = len(made.chart.lanes)
    keys = [*TEXT_COLUMNS[:2], *(f"actor{n}" for n in range(lanes)), *TEXT_COLUMNS[2:]]
    for n in range(len(columns) - 1):
        width = (columns[n + 1] - columns[n]) / 0.75 / 7
        sheet.column_dimensions[get_column_letter(n + 1)].width = width
    for n, high in enumerate((*HEAD, *made.heights), 1):
        sheet.row_dimensions[n].height = high
    for n, key in enumerate(keys, 1):
        if key.startswith("actor"):
            sheet.cell(2, n, made.chart.lanes[n - 3].heading)
        elif key in ("kelengkapan", "waktu", "output"):
            sheet.cell(2, n, CALLED[key])
        else:
            sheet.cell(1, n, CALLED[key])
            sheet.merge_cells(start_row=1, end_row=2, start_column=n, end_column=n)
    sheet.cell(1, 3, "Pelaksana")
    sheet.merge_cells(start_row=1, end_row=1, start_column=3, end_column=2 + lanes)
    sheet.cell(1, 3 + lanes, "Mutu Baku")
    sheet.merge_cells(start_row=1, end_row=1, start_column=3 + lanes, end_column=5 + lanes)
    for at, texts in enumerate(made.texts, 3):
        for n, key in enumerate(keys, 1):
            if texts.get(key):
                sheet.cell(at, n, texts[key]).alignment = Alignment(wrap_text=True, vertical="top")
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _shape(piece: Piece, left: float = 0.0, top: float = 0.0) -> str:
    look = f"<xdr:spPr>{piece.transform(left, top)}{piece.geometry}{piece.fill}{piece.line}</xdr:spPr>"
    own = f'<xdr:cNvPr id="{piece.id}" name="{said(piece.name)}"/>'
    if piece.connector:
        ties = ""
        if piece.ends[0]:
            ties = f'<a:stCxn id="{piece.ends[0]}" idx="2"/><a:endCxn id="{piece.ends[1]}" idx="0"/>'
        return (
            f'<xdr:cxnSp macro=""><xdr:nvCxnSpPr>{own}<xdr:cNvCxnSpPr>{ties}</xdr:cNvCxnSpPr>'
            f"</xdr:nvCxnSpPr>{look}</xdr:cxnSp>"
        )
    box = ' txBox="1"' if piece.text_box else ""
    run = f'<a:r><a:rPr lang="id" sz="900"/><a:t>{said(piece.text)}</a:t></a:r>' if piece.text else ""
    inset = ' lIns="0" tIns="0" rIns="0" bIns="0"' if piece.text_box else ""
    body = f'<xdr:txBody><a:bodyPr anchor="ctr"{inset}/><a:lstStyle/><a:p>{run}</a:p></xdr:txBody>'
    return (
        f'<xdr:sp macro="" textlink=""><xdr:nvSpPr>{own}<xdr:cNvSpPr{box}/></xdr:nvSpPr>{look}{body}</xdr:sp>'
    )


def _anchored(piece: Piece, columns: list[float], rows: list[float], anchor: str) -> str:
    x, y, w, h = piece.seen
    shape = f"{_shape(piece)}<xdr:clientData/>"
    size = f'<xdr:ext cx="{round(w * EMU)}" cy="{round(h * EMU)}"/>'
    if anchor == "absolute" and not piece.degrees:
        at = f'<xdr:pos x="{round(x * EMU)}" y="{round(y * EMU)}"/>'
        return f"<xdr:absoluteAnchor>{at}{size}{shape}</xdr:absoluteAnchor>"
    begin = _marker("from", x, y, columns, rows)
    if anchor == "one" and not piece.degrees:
        return f"<xdr:oneCellAnchor>{begin}{size}{shape}</xdr:oneCellAnchor>"
    end = _marker("to", x + w, y + h, columns, rows)
    return f"<xdr:twoCellAnchor>{begin}{end}{shape}</xdr:twoCellAnchor>"


def _marker(tag: str, x: float, y: float, columns: list[float], rows: list[float]) -> str:
    column = max(0, min(bisect_right(columns, x) - 1, len(columns) - 2))
    row = max(0, min(bisect_right(rows, y) - 1, len(rows) - 2))
    return (
        f"<xdr:{tag}><xdr:col>{column}</xdr:col><xdr:colOff>{round((x - columns[column]) * EMU)}</xdr:colOff>"
        f"<xdr:row>{row}</xdr:row><xdr:rowOff>{round((y - rows[row]) * EMU)}</xdr:rowOff></xdr:{tag}>"
    )


def _grouped(shapes: list[Piece], columns: list[float], rows: list[float]) -> str:
    """All shapes in one group, whose own lengths are half of those on the sheet."""
    left, top, wide, high = around(shapes)
    inner = "".join(_shape(piece, left, top) for piece in shapes)
    place = f'<a:off x="{round(left * EMU)}" y="{round(top * EMU)}"/>'
    size = f'<a:ext cx="{round(wide * EMU)}" cy="{round(high * EMU)}"/>'
    own = f'<a:chOff x="0" y="0"/><a:chExt cx="{round(wide * EMU)}" cy="{round(high * EMU)}"/>'
    group = (
        '<xdr:grpSp><xdr:nvGrpSpPr><xdr:cNvPr id="9000" name="Group 1"/><xdr:cNvGrpSpPr/></xdr:nvGrpSpPr>'
        f"<xdr:grpSpPr><a:xfrm>{place}{size}{own}</a:xfrm></xdr:grpSpPr>{inner}</xdr:grpSp>"
    )
    begin, end = (
        _marker("from", left, top, columns, rows),
        _marker("to", left + wide, top + high, columns, rows),
    )
    return f"<xdr:twoCellAnchor>{begin}{end}{group}<xdr:clientData/></xdr:twoCellAnchor>"


def _with_drawing(book: bytes, drawing: str) -> bytes:
    """A workbook with a drawing put onto its first sheet."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(book)) as source,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in source.namelist():
            text = source.read(name).decode()
            if name == "xl/worksheets/sheet1.xml":
                tie = f'<drawing xmlns:r="{_RELATIONS}" r:id="rId1"/>'
                text = text.replace("</worksheet>", f"{tie}</worksheet>")
            elif name == "[Content_Types].xml":
                kind = "application/vnd.openxmlformats-officedocument.drawing+xml"
                part = f'<Override PartName="/{DRAWING}" ContentType="{kind}"/>'
                text = text.replace("</Types>", f"{part}</Types>")
            target.writestr(name, text)
        target.writestr(DRAWING, drawing)
        target.writestr(
            "xl/worksheets/_rels/sheet1.xml.rels",
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            f'<Relationship Id="rId1" Type="{_RELATIONS}/drawing" Target="../drawings/drawing1.xml"/>'
            "</Relationships>",
        )
    return out.getvalue()


def book_of(rows: list[list[str]], actors: list[str], shapes: str) -> bytes:
    """A small workbook with rows of number and text, high ones, and these anchored shapes."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["No", "Kegiatan", "Pelaksana", *[""] * (len(actors) - 1), "Mutu Baku", "", "", "Ket"])
    sheet.append(["", "", *actors, "Kelengkapan", "Waktu", "Output"])
    for n, row in enumerate(rows, 3):
        sheet.append(row)
        sheet.row_dimensions[n].height = 60
    last = 2 + len(actors)
    sheet.merge_cells(start_row=1, end_row=1, start_column=3, end_column=last)
    sheet.merge_cells(start_row=1, end_row=1, start_column=last + 1, end_column=last + 3)
    for column in (1, 2, last + 4):
        sheet.merge_cells(start_row=1, end_row=2, start_column=column, end_column=column)
    out = io.BytesIO()
    book.save(out)
    drawing = f'<?xml version="1.0" encoding="UTF-8"?><xdr:wsDr {_SPACES}>{shapes}</xdr:wsDr>'
    return _with_drawing(out.getvalue(), drawing)
