"""Small table files that declare, pack or repeat something enormous, by name: what a stranger may send."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Mapping

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"

HEAD = (
    '<row r="1"><c r="A1" t="inlineStr"><is><t>No</t></is></c>'
    '<c r="B1" t="inlineStr"><is><t>Kegiatan</t></is></c></row>'
)


def workbook(
    rows: str = HEAD,
    *,
    before: str = "",
    after: str = "",
    strings: str = "",
    styles: str = "",
    sheets: int = 1,
    doctype: str = "",
    more: Mapping[str, bytes] = {},
) -> bytes:
    """A workbook of these pieces of XML; several ``sheets`` are one part under many names."""
    overrides = "".join(
        f'<Override PartName="/xl/{part}.xml" ContentType="{_TYPE}.{kind}+xml"/>'
        for part, kind in {
            "workbook": "sheet.main",
            "worksheets/sheet1": "worksheet",
            "sharedStrings": "sharedStrings",
            "styles": "styles",
        }.items()
    )
    named = "".join(f'<sheet name="S{n}" sheetId="{n}" r:id="rId1"/>' for n in range(1, sheets + 1))
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">'
        f'<Default Extension="rels" ContentType="{_PACKAGE}.relationships+xml"/>{overrides}</Types>',
        "_rels/.rels": f'<Relationships xmlns="{_RELATIONS}"><Relationship Id="rId1" '
        f'Type="{_RELATION}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_RELATION}">'
        f"<sheets>{named}</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_RELATIONS}"><Relationship Id="rId1" '
        f'Type="{_RELATION}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": f'{doctype}<worksheet xmlns="{_MAIN}">{before}'
        f"<sheetData>{rows}</sheetData>{after}</worksheet>",
        "xl/sharedStrings.xml": f'<sst xmlns="{_MAIN}">{strings}</sst>',
        "xl/styles.xml": f'<styleSheet xmlns="{_MAIN}">{styles or "<cellXfs><xf/></cellXfs>"}</styleSheet>',
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, text in parts.items():
            packed.writestr(name, text)
        for name, data in more.items():
            packed.writestr(name, data)
    return out.getvalue()


def _grid(rows: int, columns: int, text: str = "x") -> str:
    cells = f"<c t='inlineStr'><is><t>{text}</t></is></c>" * columns
    return "".join(f'<row r="{n}">{cells}</row>' for n in range(2, rows + 2))


def hostile(size: int = 1) -> Iterator[tuple[str, bytes]]:
    """Name of each file (its ending is its kind) and its bytes; ``size`` makes what is repeated longer."""
    yield "rentang.xlsx", workbook(before='<dimension ref="A1:XFD1048576"/>')
    yield "pojok.xlsx", workbook(HEAD + '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')
    yield "pojok-kosong.xlsx", workbook(HEAD + '<row r="1048576"><c r="XFD1048576" s="0"/></row>')
    yield (
        "gabung.xlsx",
        workbook(after='<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'),
    )
    many = "".join(f'<mergeCell ref="A{n}:GR{n + 4000}"/>' for n in range(1, 900))
    yield "gabung-bertumpuk.xlsx", workbook(after=f"<mergeCells>{many}</mergeCells>")
    yield (
        "gabung-banyak.xlsx",
        workbook(
            after="<mergeCells>"
            + "".join(f'<mergeCell ref="A{n}:B{n}"/>' for n in range(1, 80_000 * size))
            + "</mergeCells>"
        ),
    )
    yield "lembar.xlsx", workbook(sheets=60_000)
    yield "lembar-lebar.xlsx", workbook(HEAD + '<row r="5000"><c r="GR5000"><v>1</v></c></row>', sheets=900)
    yield "baris-kosong.xlsx", workbook(HEAD + "<row/>" * 600_000 * size)
    yield "sel-kosong.xlsx", workbook(HEAD + '<row r="2">' + "<c/>" * 600_000 * size + "</row>")
    yield "sel.xlsx", workbook(HEAD + _grid(5_000, 200))
    yield (
        "judul.xlsx",
        workbook(
            "".join(
                HEAD.replace('="A1"', f'="A{n}"').replace('="B1"', f'="B{n}"').replace('r="1"', f'r="{n}"')
                for n in range(1, 5_000)
            )
        ),
    )
    lone = "".join(f'<row r="{n}"><c r="A{n}"/><c r="GR{n}" s="0"/></row>' for n in range(3, 4_999))
    step = '<row r="2"><c r="A2"><v>1</v></c><c r="B2"><v>5</v></c></row>'
    yield (
        "jeda.xlsx",
        workbook(
            HEAD + step + lone + '<row r="4999"><c r="A4999"><v>2</v></c><c r="B4999"><v>5</v></c></row>'
        ),
    )
    steps = "".join(
        f'<row r="{n}"><c r="A{n}"><v>{n - 1}</v></c><c r="B{n}"><v>7</v></c></row>' for n in range(2, 5_000)
    )
    yield "langkah.xlsx", workbook(HEAD + steps)
    yield "langkah-lembar.xlsx", workbook(HEAD + steps, sheets=50)
    long = f"<si><t>{'Dasar Hukum ' * 200_000 * size}</t></si>"
    used = "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c></row>' for n in range(2, 4_000))
    yield "teks-bersama.xlsx", workbook(HEAD + used, strings=long)
    yield "teks-banyak.xlsx", workbook(strings="<si><t>a</t></si>" * 200_000 * size)
    yield "teks-pecah.xlsx", workbook(strings="<si>" + "<r><t>a</t></r>" * 200_000 * size + "</si>")
    yield "gaya.xlsx", workbook(styles="<cellXfs>" + "<xf numFmtId='14'/>" * 80_000 * size + "</cellXfs>")
    yield "gaya-huruf.xlsx", workbook(styles="<fonts>" + "<font><b/></font>" * 80_000 * size + "</fonts>")
    yield (
        "tautan.xlsx",
        workbook(after="<hyperlinks>" + "<hyperlink ref='A1'/>" * 80_000 * size + "</hyperlinks>"),
    )
    yield "dalam.xlsx", workbook(HEAD + "<row>" + "<c>" * 50_000 * size + "</c>" * 50_000 * size + "</row>")
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 9))
    bomb = f'<!DOCTYPE worksheet [<!ENTITY e0 "ha">{entities}]>'
    yield "entitas.xlsx", workbook(HEAD.replace("Kegiatan", "&e8;"), doctype=bomb)
    yield "bagian.xlsx", workbook(more={f"x/{n}": b"" for n in range(25_000 * size)})
    yield "media.xlsx", workbook(more={"xl/media/a.png": bytes(40_000_000 * size)})
    yield "lebar.csv", b"No,Kegiatan\n" + b"," * 4_900_000
    yield "panjang.csv", b"No,Kegiatan\n" * 400_000
    yield "satu-sel.csv", b'"' + b"a" * 4_900_000 + b'"'
    yield "baris.txt", b"\n" * 4_900_000
    yield "lebar.txt", "No\tKegiatan\n\U0001f600".encode() + b"\t" * 4_900_000
    yield "judul.txt", b"No\tKegiatan\n" * 4_999
    yield "hukum.txt", b"Nomor SOP: 1\nDasar Hukum\n" + b"1. UU\n" * 4_990
    yield "kotak.csv", b"Dasar Hukum," * 200 + b"\n" + b"a,\n" * 4_900
    yield "kotak-semua.csv", (b"Dasar Hukum," * 199 + b"\n") * 1_250
    yield "kolom.csv", (b"No,Kegiatan," + b"x," * 190 + b"Waktu\n1,a\n\n") * 1_600
    yield "penggal.csv", b"STANDAR OPERASIONAL PROSEDUR\nNomor SOP: 1\n" * 2_450


def at_the_bounds() -> Iterator[tuple[str, bytes]]:
    """As much as is still read."""
    row = "<c><v>1</v></c>" * 48
    yield "batas-sel.xlsx", workbook(HEAD + "".join(f'<row r="{n}">{row}</row>' for n in range(2, 4_998)))
    yield (
        "batas-kosong.xlsx",
        workbook(HEAD + '<row r="2"/>' + '<row r="5000"><c r="GR5000"/></row>' + "<row/>" * 490_000),
    )
    texts = "".join(f"<si><t>{n}</t></si>" for n in range(74_000))
    yield "batas-teks.xlsx", workbook(strings=texts)
    yield "batas-gaya.xlsx", workbook(styles="<cellXfs>" + "<xf numFmtId='14'/>" * 59_000 + "</cellXfs>")
    yield "batas-huruf.xlsx", workbook(styles="<fonts>" + "<font><b/></font>" * 29_000 + "</fonts>")
    merged = "".join(f'<mergeCell ref="A{n}:B{n}"/>' for n in range(1, 59_000))
    yield "batas-gabung.xlsx", workbook(after=f"<mergeCells>{merged}</mergeCells>")
    valid = "".join(f'<dataValidation sqref="A{n}"/>' for n in range(1, 59_000))
    yield "batas-aturan.xlsx", workbook(after=f"<dataValidations>{valid}</dataValidations>")
    format = "".join(f'<conditionalFormatting sqref="A{n}"/>' for n in range(1, 59_000))
    yield "batas-bersyarat.xlsx", workbook(after=format)
    steps = "".join(f"{n},langkah {n},x,,5 menit,hasil {n},\n" for n in range(1, 4_900))
    yield "batas-langkah.csv", f"No,Kegiatan,A,B,Waktu,Output,Ket\n{steps}".encode()
    yield "batas-hukum.txt", b"Nomor SOP: 1\nDasar Hukum\n" + b"1. UU\n" * 4_990
    more = "".join(f",{'z' * 30_000}\n" for _ in range(150))
    yield "batas-lanjutan.csv", f"No,Kegiatan,Waktu\n1,a,b\n{more}".encode()
    yield (
        "batas-daftar.csv",
        (
            "No,Kegiatan,Kelengkapan\n"
            + "".join(f'{n},a,"{" ".join(f"{i}. b" for i in range(1, 4_000))}"\n' for n in range(1, 100))
        ).encode(),
    )
    labels = ",".join(["Nomor SOP", "Dasar Hukum"] * 25)
    yield "batas-kotak.csv", f"{labels}\n".encode() * 4_900
    heads = ",".join(["No", "Kegiatan", *(f"p{n}" for n in range(46)), "Waktu"])
    yield "batas-judul.csv", f"{heads}\n1,a\n\n".encode() * 1_600
