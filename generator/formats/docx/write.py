"""Content + Sheets → the bytes of a .docx file. Same bytes from the same data."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Sequence
from datetime import date

import segno
from markupsafe import Markup
from msgspec import Struct

from generator.figure.paper.content import Content, foot
from generator.figure.paper.sheet import Paper, Sheet
from generator.formats.docx.fixed import DRAWING, FONT_TABLE, MAIN, SETTINGS, STYLES, THEME, XML
from generator.formats.docx.flow import Numbers, flow_pages
from generator.formats.docx.mark import PART, custom_part
from generator.formats.docx.tables import face, paragraph, thin, twips

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
        parts["word/media/qr.png"] = _qr(content.url)
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


def _declared(template: str, **values: object) -> str:
    """An XML file from a template; the values are escaped."""
    return XML + str(Markup(template).format(**values))


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
    return _declared(
        '<cp:coreProperties xmlns:cp="{package}/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        "<dc:title>{title}</dc:title><dc:creator>{agency}</dc:creator><dc:identifier>{mark}</dc:identifier>"
        "<dc:language>id-ID</dc:language>"
        '<dcterms:created xsi:type="dcterms:W3CDTF">{day}T00:00:00Z</dcterms:created>'
        '<dcterms:modified xsi:type="dcterms:W3CDTF">{day}T00:00:00Z</dcterms:modified></cp:coreProperties>',
        package=_PACKAGE,
        title=content.name,
        agency=agency,
        mark=content.mark,
        day=day.isoformat(),
    )


def _document(
    content: Content, sheets: Sequence[Sheet], face_pages: int, paper: Paper, logo: Emblem | None
) -> str:
    numbers = Numbers()
    emblem = _picture("rId6", logo.size, logo.words, numbers.next()) if logo else None
    kop = (
        Markup('<w:p><w:pPr><w:jc w:val="center"/></w:pPr><w:r>{}</w:r></w:p>').format(emblem)
        if emblem
        else None
    )
    body = face(content, paper, kop)
    number = face_pages + 1
    for flow, sheet in zip(content.flows, sheets, strict=True):
        body += Markup("").join(flow_pages(flow, sheet, number, numbers))
        number += len(sheet.pages)
    section = Markup(
        '<w:sectPr><w:footerReference w:type="default" r:id="rId3"/>'
        '<w:pgSz w:w="{w}" w:h="{h}" w:orient="landscape"/>'
        '<w:pgMar w:top="{top}" w:right="{side}" w:bottom="{bottom}" w:left="{side}" w:header="0" '
        'w:footer="{foot}" w:gutter="0"/></w:sectPr>'
    ).format(
        w=twips(paper.width),
        h=twips(paper.height),
        top=twips(paper.top),
        bottom=twips(paper.bottom),
        side=twips(paper.side),
        foot=twips(10),
    )
    return _declared(
        "<w:document {spaces}><w:body>{body}{end}{section}</w:body></w:document>",
        spaces=Markup(_SPACES),
        body=body,
        end=thin(),
        section=section,
    )


def _footer(content: Content, paper: Paper) -> str:
    size = 7.5
    name, number, notice, trace = foot(content)
    left = 40.0 if content.url else 0.0
    width = paper.inner_width - left
    texts = [
        paragraph(f"{name} · {number}" if number else name, size, bold=True),
        paragraph(notice, size, italic=True),
        paragraph(trace, size),
    ]
    page = Markup(
        '<w:t xml:space="preserve">halaman </w:t></w:r>{one}<w:r>{look}<w:t xml:space="preserve"> dari </w:t>'
        "</w:r>{all}<w:r>{look}<w:t></w:t>"
    ).format(one=_field("PAGE"), all=_field("NUMPAGES"), look=_LOOK)
    cells = [(width - 110, Markup("").join(texts)), (110.0, paragraph(page, size, "right"))]
    if content.url:
        code = _picture("rId1", (31.0, 31.0), f"Kode QR: {content.url}", 1_000_000)
        cells.insert(0, (left, Markup("<w:p><w:r>{}</w:r></w:p>").format(code)))
    grid = Markup("").join(Markup('<w:gridCol w:w="{}"/>').format(twips(w)) for w, _ in cells)
    row = Markup("").join(
        Markup(
            '<w:tc><w:tcPr><w:tcW w:w="{}" w:type="dxa"/><w:vAlign w:val="center"/></w:tcPr>{}</w:tc>'
        ).format(twips(w), body)
        for w, body in cells
    )
    return _declared(
        '<w:ftr {spaces}><w:tbl><w:tblPr><w:tblW w:w="{width}" w:type="dxa"/><w:tblLayout w:type="fixed"/>'
        '<w:tblCellMar><w:left w:w="0" w:type="dxa"/><w:right w:w="0" w:type="dxa"/></w:tblCellMar></w:tblPr>'
        "<w:tblGrid>{grid}</w:tblGrid><w:tr>{row}</w:tr></w:tbl>{end}</w:ftr>",
        spaces=Markup(_SPACES),
        width=twips(paper.inner_width),
        grid=grid,
        row=row,
        end=thin(),
    )


_LOOK = Markup('<w:rPr><w:sz w:val="15"/><w:szCs w:val="15"/></w:rPr>')


def _field(name: str) -> Markup:
    return Markup(
        '<w:r>{look}<w:fldChar w:fldCharType="begin"/></w:r>'
        '<w:r>{look}<w:instrText xml:space="preserve"> {name} </w:instrText></w:r>'
        '<w:r>{look}<w:fldChar w:fldCharType="separate"/></w:r><w:r>{look}<w:t>1</w:t></w:r>'
        '<w:r>{look}<w:fldChar w:fldCharType="end"/></w:r>'
    ).format(look=_LOOK, name=name)


def _qr(url: str) -> bytes:
    made = io.BytesIO()
    segno.make(url, error="m", micro=False).save(made, kind="png", scale=4, border=2)
    return made.getvalue()


def _picture(relation: str, size: tuple[float, float], words: str, number: int) -> Markup:
    width, height = (round(length * 12700) for length in size)
    return Markup(
        '<w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{w}" cy="{h}"/>'
        '<wp:docPr id="{n}" name="Gambar {n}" descr="{words}"/><a:graphic><a:graphicData uri="{pic}">'
        '<pic:pic><pic:nvPicPr><pic:cNvPr id="{n}" name="Gambar {n}"/><pic:cNvPicPr/></pic:nvPicPr>'
        '<pic:blipFill><a:blip r:embed="{relation}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
        '<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{w}" cy="{h}"/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic>'
        "</wp:inline></w:drawing>"
    ).format(w=width, h=height, n=number, words=words, relation=relation, pic=f"{DRAWING}/picture")
