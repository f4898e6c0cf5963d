#!/usr/bin/env bash
# A Word file with drawn shapes whose alternative text stands where Word writes it (wp:docPr descr): a shape and a group of
# two, each once in the line (wp:inline) and once anchored (wp:anchor). The shapes in the groups have texts of their own.
# LibreOffice Writer 7.4.7 makes an OpenDocument file of it, and a PDF with PDF/UA asked for:
#                               text in the .odt     Figure with Alt in the PDF
#   shape, inline               lost                 Figure without Alt
#   shape, anchored             kept                 kept
#   group, inline               lost                 no Figure for the group
#   group, anchored             kept                 no Figure for the group
#   shapes in both groups       kept                 kept, but after all paragraphs, away from their place
# So the same text is read or not by how the drawing is anchored, and a group's words never reach a screen reader; the
# export says nothing.
#
# Guess before trying: docPr is read for every drawing alike; a group becomes one Figure with its text.
# What to do: anchor shapes that have something to say, give each shape its own words, and do not group them.
#
# Needs python3 with venv and, if there is no soffice, apt as root. Fails if the behaviour changes.
set -euo pipefail
command -v soffice >/dev/null || apt-get install -y -qq libreoffice-writer-nogui >/dev/null
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
soffice --version 2>/dev/null | grep -q "LibreOffice 7\.4\.7" || { echo "this says something of LibreOffice 7.4.7 only"; exit 1; }
python3 -m venv env
env/bin/pip install --quiet --disable-pip-version-check pikepdf==9.5.2 2>/dev/null
cat > write.py <<'PY'
import zipfile

P = "http://schemas.openxmlformats.org/package/2006/"
KIND = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
MS = "http://schemas.microsoft.com/office/word/2010/"
SPACES = " ".join(
    f'xmlns:{short}="{name}"'
    for short, name in {
        "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
        "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
        "wps": f"{MS}wordprocessingShape",
        "wpg": f"{MS}wordprocessingGroup",
    }.items()
)


def extent(tag, wide, more=""):
    return f'<{tag}><a:off x="0" y="0"/><a:ext cx="{wide}" cy="300000"/>{more}</{tag}>'


def shape(known="", x=0):
    place = extent("a:xfrm", 600000).replace('x="0"', f'x="{x}"')
    return f'<wps:wsp>{known}<wps:cNvSpPr/><wps:spPr>{place}<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></wps:spPr><wps:bodyPr/></wps:wsp>'


def group(number):
    inner = "".join(
        shape(f'<wps:cNvPr id="{number}{k}" name="s" descr="part {k} of {number}"/>', k * 900000) for k in range(2)
    )
    place = extent("a:xfrm", 1500000, '<a:chOff x="0" y="0"/><a:chExt cx="1500000" cy="300000"/>')
    return f"<wpg:wgp><wpg:cNvGrpSpPr/><wpg:grpSpPr>{place}</wpg:grpSpPr>{inner}</wpg:wgp>"


def drawing(number, told, inner, anchored):
    wide = 1500000 if "wgp" in inner else 600000
    kind = "wordprocessingGroup" if "wgp" in inner else "wordprocessingShape"
    size = f'<wp:extent cx="{wide}" cy="300000"/>'
    rest = (
        f'<wp:docPr id="{number}" name="d{number}" descr="{told}"/><wp:cNvGraphicFramePr/>'
        f'<a:graphic><a:graphicData uri="{MS}{kind}">{inner}</a:graphicData></a:graphic>'
    )
    if not anchored:
        return f"<w:p><w:r><w:drawing><wp:inline>{size}{rest}</wp:inline></w:drawing></w:r></w:p>"
    start = (
        f'<wp:anchor distT="0" distB="0" distL="0" distR="0" simplePos="0" relativeHeight="{number}" behindDoc="0" '
        'locked="0" layoutInCell="1" allowOverlap="1"><wp:simplePos x="0" y="0"/>'
        '<wp:positionH relativeFrom="column"><wp:posOffset>0</wp:posOffset></wp:positionH>'
        '<wp:positionV relativeFrom="paragraph"><wp:posOffset>600000</wp:posOffset></wp:positionV>'
    )
    middle = '<wp:effectExtent l="0" t="0" r="0" b="0"/><wp:wrapNone/>'
    return f"<w:p><w:r><w:drawing>{start}{size}{middle}{rest}</wp:anchor></w:drawing></w:r></w:p>"


body = "".join(
    (
        drawing(1, "shape inline", shape(), False),
        drawing(2, "group inline", group(2), False),
        drawing(3, "shape anchored", shape(), True),
        drawing(4, "group anchored", group(4), True),
    )
)
parts = {
    "[Content_Types].xml": f'<Types xmlns="{P}content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="{KIND}"/></Types>',
    "_rels/.rels": f'<Relationships xmlns="{P}relationships"><Relationship Id="r1" Type="{OFFICE}" Target="word/document.xml"/></Relationships>',
    "word/document.xml": f"<w:document {SPACES}><w:body>{body}<w:sectPr/></w:body></w:document>",
}
with zipfile.ZipFile("in.docx", "w") as package:
    for name, text in parts.items():
        package.writestr(name, text)
PY
cat > read.py <<'PY'
import re
import zipfile

import pikepdf


def figures(node):
    if isinstance(node, pikepdf.Array):
        for one in node:
            yield from figures(one)
    elif isinstance(node, pikepdf.Dictionary):
        if node.get("/S") == "/Figure":
            yield str(node.get("/Alt", "(none)"))
        if "/K" in node:
            yield from figures(node["/K"])


with zipfile.ZipFile("in.odt") as package:
    print("odt:", *re.findall(r"<svg:desc>(.*?)</svg:desc>", package.read("content.xml").decode()), sep="\n  ")
with pikepdf.open("in.pdf") as document:
    print("pdf:", *figures(document.Root.StructTreeRoot), sep="\n  ")
PY
env/bin/python write.py
export_as='pdf:writer_pdf_Export:{"PDFUACompliance":{"type":"boolean","value":"true"}}'
for kind in odt "$export_as"; do
  soffice --headless "-env:UserInstallation=file://$work/profile" --convert-to "$kind" in.docx >/dev/null 2>&1
done
env/bin/python read.py | tee told.txt
diff told.txt - <<'EOF'
odt:
  part 0 of 2
  part 1 of 2
  shape anchored
  group anchored
  part 0 of 4
  part 1 of 4
pdf:
  (none)
  shape anchored
  part 0 of 2
  part 1 of 2
  part 0 of 4
  part 1 of 4
EOF
