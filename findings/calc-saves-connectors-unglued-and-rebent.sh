#!/usr/bin/env bash
# A sheet with two drawn shapes and two elbow connectors (bentConnector3) between them, whose bend stands at a quarter of
# the way (adj1 25000): one glued to the shapes (stCxn, endCxn), one not. LibreOffice Calc 7.4.7 opens it and saves it as
# xlsx again:
#                            in                            out
#   glued: glue              stCxn 2, endCxn 3             none
#   glued: bend              adj1 25000                    adj1 about 50000
#   free: bend               adj1 25000                    adj1 about 50000
#   ids of the shapes        2, 3, 4, 5                    0, 1, 2, 3
# So after one save nothing in the file says which shapes a line joins, and a line that was led around a cell in a channel
# at its side runs through the middle of the way. Kinds (flowChartDecision …), places and ends of all shapes are kept.
#
# Guess before trying: glue and bend come back; perhaps the ids are numbered anew, in the references too.
# What to do: read who is joined from where the ends lie, not from stCxn alone; say a way that matters as several
# straight pieces or one freeform, not by adj.
#
# Needs python3 and, if there is no soffice, apt as root. Fails if the behaviour changes.
set -euo pipefail
command -v soffice >/dev/null || apt-get install -y -qq libreoffice-calc-nogui >/dev/null
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
soffice --version 2>/dev/null | grep -q "LibreOffice 7\.4\.7" || { echo "this says something of LibreOffice 7.4.7 only"; exit 1; }
cat > write.py <<'PY'
import zipfile

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
XDR = "http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"
A = "http://schemas.openxmlformats.org/drawingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
P = "http://schemas.openxmlformats.org/package/2006/"
KIND = "application/vnd.openxmlformats-officedocument."
WIDE, HIGH = 609600, 190500


def place(column, row, columns, rows):
    return f'<a:xfrm><a:off x="{column * WIDE}" y="{row * HIGH}"/><a:ext cx="{columns * WIDE}" cy="{rows * HIGH}"/></a:xfrm>'


def anchor(column, row, columns, rows, inner):
    ends = "".join(
        f"<xdr:{name}><xdr:col>{c}</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>{r}</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:{name}>"
        for name, c, r in (("from", column, row), ("to", column + columns, row + rows))
    )
    return f"<xdr:twoCellAnchor>{ends}{inner}<xdr:clientData/></xdr:twoCellAnchor>"


def shape(number, kind, column, row):
    return anchor(
        column, row, 2, 3,
        f'<xdr:sp macro="" textlink=""><xdr:nvSpPr><xdr:cNvPr id="{number}" name="Shape {number}"/><xdr:cNvSpPr/></xdr:nvSpPr>'
        f'<xdr:spPr>{place(column, row, 2, 3)}<a:prstGeom prst="{kind}"><a:avLst/></a:prstGeom>'
        '<a:ln w="9525"><a:solidFill><a:srgbClr val="000000"/></a:solidFill></a:ln></xdr:spPr></xdr:sp>',
    )  # fmt: skip


def elbow(number, glue, column, row):
    return anchor(
        column, row, 4, 4,
        f'<xdr:cxnSp macro=""><xdr:nvCxnSpPr><xdr:cNvPr id="{number}" name="Way {number}"/><xdr:cNvCxnSpPr>{glue}</xdr:cNvCxnSpPr>'
        f'</xdr:nvCxnSpPr><xdr:spPr>{place(column, row, 4, 4)}<a:prstGeom prst="bentConnector3"><a:avLst>'
        '<a:gd name="adj1" fmla="val 25000"/></a:avLst></a:prstGeom>'
        '<a:ln w="9525"><a:solidFill><a:srgbClr val="000000"/></a:solidFill></a:ln></xdr:spPr></xdr:cxnSp>',
    )  # fmt: skip


def part(name, target):
    kind = f"{R}/{name}"
    return f'<Relationships xmlns="{P}relationships"><Relationship Id="r1" Type="{kind}" Target="{target}"/></Relationships>'


drawing = (
    f'<xdr:wsDr xmlns:xdr="{XDR}" xmlns:a="{A}">'
    + shape(2, "flowChartProcess", 1, 1)
    + shape(3, "flowChartDecision", 5, 8)
    + elbow(4, '<a:stCxn id="2" idx="2"/><a:endCxn id="3" idx="0"/>', 2, 4)
    + elbow(5, "", 2, 20)
    + "</xdr:wsDr>"
)
types = "".join(
    f'<Override PartName="{name}" ContentType="{KIND}{kind}+xml"/>'
    for name, kind in (
        ("/xl/workbook.xml", "spreadsheetml.sheet.main"),
        ("/xl/worksheets/sheet1.xml", "spreadsheetml.worksheet"),
        ("/xl/drawings/drawing1.xml", "drawing"),
    )
)
parts = {
    "[Content_Types].xml": f'<Types xmlns="{P}content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Default Extension="xml" ContentType="application/xml"/>{types}</Types>',
    "_rels/.rels": part("officeDocument", "xl/workbook.xml"),
    "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{R}"><sheets><sheet name="A" sheetId="1" r:id="r1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": part("worksheet", "worksheets/sheet1.xml"),
    "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{MAIN}" xmlns:r="{R}"><sheetData/><drawing r:id="r1"/></worksheet>',
    "xl/worksheets/_rels/sheet1.xml.rels": part("drawing", "../drawings/drawing1.xml"),
    "xl/drawings/drawing1.xml": drawing,
}
with zipfile.ZipFile("in.xlsx", "w") as package:
    for name, text in parts.items():
        package.writestr(name, text)
PY
cat > read.py <<'PY'
import re
import sys
import zipfile

with zipfile.ZipFile(sys.argv[1]) as package:
    text = next(package.read(n).decode() for n in package.namelist() if re.fullmatch(r"xl/drawings/drawing\d+\.xml", n))
print("kinds", *re.findall(r'prst="(\w+)"', text))
print("ids", *re.findall(r'cNvPr id="(\d+)"', text))
print("glue", len(re.findall(r"<a:(?:st|end)Cxn ", text)))
print("bends", *(f"{int(value) / 100000:.2f}" for value in re.findall(r'name="adj1" fmla="val (\d+)"', text)))
PY
python3 write.py
soffice --headless "-env:UserInstallation=file://$work/profile" --convert-to xlsx --outdir out in.xlsx >/dev/null 2>&1
python3 read.py in.xlsx | tee in.txt
echo "saved by Calc:"
python3 read.py out/in.xlsx | tee out.txt
diff in.txt - <<'EOF'
kinds flowChartProcess flowChartDecision bentConnector3 bentConnector3
ids 2 3 4 5
glue 2
bends 0.25 0.25
EOF
diff out.txt - <<'EOF'
kinds flowChartProcess flowChartDecision bentConnector3 bentConnector3
ids 0 1 2 3
glue 0
bends 0.50 0.50
EOF
