#!/usr/bin/env bash
# One cell of a Word table holds "Awal", a drawn box with the word "Periksa" in it, "Akhir", as Word writes it: DrawingML in
# mc:Choice, the same box as VML in mc:Fallback. LibreOffice shows all three words. What readers give:
#                                  both (as Word writes)   DrawingML alone     VML alone
#   pandoc 3.9 (pypandoc_binary 1.17)  Periksa             Awal Akhir          Awal Akhir
#   mammoth 1.13.0                 Awal Akhir Periksa      Awal Akhir          Awal Akhir Periksa
#   docx2txt 0.9                   Awal Periksa Periksa Akhir  Awal Periksa Akhir  Awal Periksa Akhir
#   python-docx 1.2.0              Awal Akhir              Awal Akhir          Awal Akhir
# So pandoc, where it finds the pair, gives the words of the box in the place of the whole paragraph: "Awal" and "Akhir"
# are gone, without a warning. mammoth reads the fallback alone, docx2txt counts every label twice.
#
# Guess before trying: text in boxes is lost or comes once; the words beside a box are never touched.
# What to do: nothing but shapes in a paragraph that holds shapes, words in paragraphs of their own; a fallback for mammoth
# and previews; a count of labels that comes out even is no sign of two boxes.
#
# Needs python3 with venv. Fails if the behaviour changes.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv env
env/bin/pip install --quiet --disable-pip-version-check pypandoc_binary==1.17 mammoth==1.13.0 docx2txt==0.9 python-docx==1.2.0 2>/dev/null
cat > read.py <<'PY'
import sys, zipfile
import docx, docx2txt, mammoth, pypandoc

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
A = "http://schemas.openxmlformats.org/drawingml/2006/main"
WPS = "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"
WP = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
inside = "<w:txbxContent><w:p><w:r><w:t>Periksa</w:t></w:r></w:p></w:txbxContent>"
size = '<a:xfrm><a:off x="0" y="0"/><a:ext cx="900000" cy="300000"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
drawing = (
    '<w:drawing><wp:inline><wp:extent cx="900000" cy="300000"/><wp:docPr id="1" name="Box"/><a:graphic>'
    f'<a:graphicData uri="{WPS}"><wps:wsp><wps:cNvSpPr/><wps:spPr>{size}</wps:spPr><wps:txbx>{inside}</wps:txbx><wps:bodyPr/>'
    "</wps:wsp></a:graphicData></a:graphic></wp:inline></w:drawing>"
)
vml = f'<w:pict><v:rect style="width:70pt;height:24pt"><v:textbox>{inside}</v:textbox></v:rect></w:pict>'
kinds = {
    "both": f'<mc:AlternateContent><mc:Choice Requires="wps">{drawing}</mc:Choice><mc:Fallback>{vml}</mc:Fallback></mc:AlternateContent>',
    "DrawingML alone": drawing,
    "VML alone": vml,
}
seen = {
    "both": ["Periksa", "Awal Akhir Periksa", "Awal Periksa Periksa Akhir", "Awal Akhir"],
    "DrawingML alone": ["Awal Akhir", "Awal Akhir", "Awal Periksa Akhir", "Awal Akhir"],
    "VML alone": ["Awal Akhir", "Awal Akhir Periksa", "Awal Periksa Akhir", "Awal Akhir"],
}

def write(box):
    with zipfile.ZipFile("a.docx", "w") as package:
        package.writestr("[Content_Types].xml", f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" ContentType='
            '"application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>'
            f'<Override PartName="/word/document.xml" ContentType="{MAIN}"/></Types>')
        package.writestr("_rels/.rels", f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="r" Type="{OFFICE}"'
            ' Target="word/document.xml"/></Relationships>')
        package.writestr("word/document.xml", f'<w:document xmlns:w="{W}" xmlns:a="{A}" xmlns:wps="{WPS}" xmlns:wp="{WP}"'
            f' xmlns:mc="{MC}" xmlns:v="urn:schemas-microsoft-com:vml"><w:body><w:tbl><w:tblPr/><w:tblGrid><w:gridCol w:w="4000"/>'
            f'</w:tblGrid><w:tr><w:tc><w:tcPr/><w:p><w:r><w:t xml:space="preserve">Awal </w:t></w:r><w:r>{box}</w:r><w:r>'
            '<w:t xml:space="preserve"> Akhir</w:t></w:r></w:p></w:tc></w:tr></w:tbl><w:p/></w:body></w:document>')

def mammoth_text():
    with open("a.docx", "rb") as file:
        return mammoth.extract_raw_text(file).value

readers = {
    "pandoc": lambda: pypandoc.convert_file("a.docx", "plain").replace("-", ""),
    "mammoth": mammoth_text,
    "docx2txt": lambda: docx2txt.process("a.docx"),
    "python-docx": lambda: docx.Document("a.docx").tables[0].cell(0, 0).text,
}
right = True
for kind, box in kinds.items():
    write(box)
    found = [" ".join(read().split()) for read in readers.values()]
    right &= found == seen[kind]
    for name, words in zip(readers, found):
        print(f"{kind:16} {name:12} {words}")
sys.exit(not right)
PY
env/bin/python read.py || { echo "a reader behaves otherwise than described"; exit 1; }
