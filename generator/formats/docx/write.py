"""Content + Sheets → the bytes of a .docx file. Same bytes from the same data."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Sequence
from datetime import date

from msgspec import Struct

from generator.figure.paper.content import Content, foot
from generator.figure.paper.sheet import Paper, Sheet
from generator.formats.docx.fixed import DRAWING, FONT_TABLE, MAIN, SETTINGS, STYLES, THEME, XML
from generator.formats.docx.flow import Numbers, flow_pages
from generator.formats.docx.mark import PART, custom_part
from generator.formats.docx.tables import face, grid, paragraph, said, thin, twips
from generator.formats.docx.xml import NONE, Xml, joined, words
from generator.formats.qr import png_code

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_SPACES = (
    f'xmlns:w="{MAIN}" xmlns:r="{_OFFICE}" xmlns:wp="{DRAWING}/wordprocessingDrawing" '
    f'xmlns:a="{DRAWING}/main" xmlns:pic="{DRAWING}/picture" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" mc:Ignorable="w14"'
)
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"


class Emblem(Struct, frozen=True):
    """The agency's emblem as PNG, and what it shows."""

    png: bytes
    words: str

    @property
    def size(self) -> tuple[float, float]:
        """Width and height on paper, points."""
        wide, high = struct.unpack(">II", self.png[16:24])
        return LOGO_HEIGHT * wide / high, LOGO_HEIGHT


LOGO_HEIGHT = 46.0


def docx_bytes(
    content: Content,
    sheets: Sequence[Sheet],
    face_pages: int,
    paper: Paper,
    agency: str,
    day: date,
    logo: Emblem | None = None,
) -> bytes:
    """The Word file of one SOP; ``day`` is the date that it carries."""
    document = _document(content, sheets, face_pages, paper, logo)
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": _types(),
        "_rels/.rels": _relations(
            ("officeDocument", "word/document.xml", _OFFICE),
            ("metadata/core-properties", "docProps/core.xml", f"{_PACKAGE}/relationships"),
            ("extended-properties", "docProps/app.xml", _OFFICE),
            ("custom-properties", PART, _OFFICE),
        ),
        "docProps/core.xml": _core(content, agency, day),
        "docProps/app.xml": XML + f'<Properties xmlns="{_OFFICE.replace("/relationships", "")}'
        '/extended-properties"><Application>sop</Application></Properties>',
        PART: custom_part(document),
        "word/document.xml": document,
        "word/styles.xml": STYLES,
        "word/settings.xml": SETTINGS,
        "word/footer1.xml": _footer(content, paper),
        "word/fontTable.xml": FONT_TABLE,
        "word/theme/theme1.xml": THEME,
    }
    documents = [("styles", "styles.xml"), ("settings", "settings.xml"), ("footer", "footer1.xml")]
    documents += [("fontTable", "fontTable.xml"), ("theme", "theme/theme1.xml")]
    if logo:
        parts["word/media/logo.png"] = logo.png
        documents.append(("image", "media/logo.png"))
    parts["word/_rels/document.xml.rels"] = _relations(*((kind, to, _OFFICE) for kind, to in documents))
    if content.url:
        parts["word/media/qr.png"] = png_code(content.url)
        parts["word/_rels/footer1.xml.rels"] = _relations(("image", "media/qr.png", _OFFICE))
    return _zip(parts)


def _zip(parts: dict[str, str | bytes]) -> bytes:
    """A package whose files all carry the same old date, so that equal parts make equal bytes."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as package:
        for name, part in parts.items():
            info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            info.create_system = 0
            package.writestr(info, part)
    return made.getvalue()


def _types() -> str:
    kinds = {"document": "document.main", "styles": "styles", "settings": "settings", "footer1": "footer"}
    kinds["fontTable"] = "fontTable"
    parts = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{_TYPE}.{kind}+xml"/>'
        for name, kind in kinds.items()
    )
    return (
        f'{XML}<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>'
        f'<Default Extension="png" ContentType="image/png"/>{parts}'
        '<Override PartName="/word/theme/theme1.xml" '
        'ContentType="application/vnd.openxmlformats-officedocument.theme+xml"/>'
        '<Override PartName="/docProps/core.xml" '
        'ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>'
        '<Override PartName="/docProps/app.xml" '
        'ContentType="application/vnd.openxmlformats-officedocument.extended-properties+xml"/>'
        '<Override PartName="/docProps/custom.xml" '
        'ContentType="application/vnd.openxmlformats-officedocument.custom-properties+xml"/></Types>'
    )


def _relations(*relations: tuple[str, str, str]) -> str:
    """Relations numbered rId1, rId2 …: kind, target, and the space that the kind belongs to."""
    rows = "".join(
        f'<Relationship Id="rId{n}" Type="{space}/{kind}" Target="{to}"/>'
        for n, (kind, to, space) in enumerate(relations, 1)
    )
    return f'{XML}<Relationships xmlns="{_PACKAGE}/relationships">{rows}</Relationships>'


def _core(content: Content, agency: str, day: date) -> str:
    stamp = f'xsi:type="dcterms:W3CDTF">{day.isoformat()}T00:00:00Z'
    return (
        f'{XML}<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{words(content.name)}</dc:title><dc:creator>{words(agency)}</dc:creator>"
        f"<dc:identifier>{words(content.mark)}</dc:identifier><dc:language>id-ID</dc:language>"
        f"<dcterms:created {stamp}</dcterms:created><dcterms:modified {stamp}</dcterms:modified>"
        "</cp:coreProperties>"
    )


def _document(
    content: Content, sheets: Sequence[Sheet], face_pages: int, paper: Paper, logo: Emblem | None
) -> str:
    numbers = Numbers()
    kop = _centred(_picture("rId6", logo.size, logo.words, numbers.next())) if logo else NONE
    body = [face(content, paper, kop)]
    number = face_pages + 1
    for flow, sheet in zip(content.flows, sheets, strict=True):
        body += flow_pages(flow, sheet, number, numbers)
        number += len(sheet.pages)
    side = twips(paper.side)
    return (
        f"{XML}<w:document {_SPACES}><w:body>{''.join(body)}{thin()}"
        '<w:sectPr><w:footerReference w:type="default" r:id="rId3"/>'
        f'<w:pgSz w:w="{twips(paper.width)}" w:h="{twips(paper.height)}" w:orient="landscape"/>'
        f'<w:pgMar w:top="{twips(paper.top)}" w:right="{side}" w:bottom="{twips(paper.bottom)}" '
        f'w:left="{side}" w:header="0" w:footer="{twips(10)}" w:gutter="0"/></w:sectPr></w:body></w:document>'
    )


def _centred(run: Xml) -> Xml:
    return Xml(f'<w:p><w:pPr><w:jc w:val="center"/></w:pPr><w:r>{run}</w:r></w:p>')


def _footer(content: Content, paper: Paper) -> str:
    size = 7.5
    name, number, notice, trace = foot(content)
    left = 40.0 if content.url else 0.0
    width = paper.inner_width - left
    behind = f"</w:r><w:r>{_LOOK}{said(f' · {number}')}" if number else ""
    texts = [
        paragraph(Xml(f"{said(name)}{behind}"), size, bold=True),
        paragraph(said(notice), size, italic=True),
        paragraph(said(trace), size),
    ]
    page = Xml(
        f'<w:t xml:space="preserve">halaman </w:t></w:r>{_field("PAGE")}<w:r>{_LOOK}'
        f'<w:t xml:space="preserve"> dari </w:t></w:r>{_field("NUMPAGES")}<w:r>{_LOOK}<w:t></w:t>'
    )
    cells = [(width - 110, joined(texts)), (110.0, paragraph(page, size, "right"))]
    if content.url:
        code = _picture("rId1", (31.0, 31.0), f"Kode QR: {content.url}", 1_000_000)
        cells.insert(0, (left, Xml(f"<w:p><w:r>{code}</w:r></w:p>")))
    row = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{twips(w)}" w:type="dxa"/><w:vAlign w:val="center"/></w:tcPr>'
        f"{body}</w:tc>"
        for w, body in cells
    )
    return (
        f'{XML}<w:ftr {_SPACES}><w:tbl><w:tblPr><w:tblW w:w="{twips(paper.inner_width)}" w:type="dxa"/>'
        '<w:tblLayout w:type="fixed"/>'
        '<w:tblCellMar><w:left w:w="0" w:type="dxa"/><w:right w:w="0" w:type="dxa"/></w:tblCellMar></w:tblPr>'
        f"<w:tblGrid>{grid([w for w, _ in cells])}</w:tblGrid><w:tr>{row}</w:tr></w:tbl>{thin()}</w:ftr>"
    )


_LOOK = Xml('<w:rPr><w:sz w:val="15"/><w:szCs w:val="15"/></w:rPr>')


def _field(name: str) -> Xml:
    return Xml(
        f'<w:r>{_LOOK}<w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r>{_LOOK}<w:instrText xml:space="preserve"> {name} </w:instrText></w:r>'
        f'<w:r>{_LOOK}<w:fldChar w:fldCharType="separate"/></w:r><w:r>{_LOOK}<w:t>1</w:t></w:r>'
        f'<w:r>{_LOOK}<w:fldChar w:fldCharType="end"/></w:r>'
    )


def _picture(relation: str, size: tuple[float, float], told: str, number: int) -> Xml:
    w, h = (round(length * 12700) for length in size)
    return Xml(
        f'<w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{w}" cy="{h}"/>'
        f'<wp:docPr id="{number}" name="Gambar {number}" descr="{words(told)}"/><a:graphic>'
        f'<a:graphicData uri="{DRAWING}/picture"><pic:pic><pic:nvPicPr>'
        f'<pic:cNvPr id="{number}" name="Gambar {number}"/><pic:cNvPicPr/></pic:nvPicPr>'
        f'<pic:blipFill><a:blip r:embed="{relation}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
        f'<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{w}" cy="{h}"/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic>'
        "</wp:inline></w:drawing>"
    )
