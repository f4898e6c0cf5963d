#!/usr/bin/env bash
# What stands in a cell of a Word form is not what the common readers of Python give. One cell each, all valid, all shown
# by Word and LibreOffice:
#                                      python-docx 1.2.0   mammoth 1.13.0   docx2txt 0.9
#   tick put in by "Insert symbol"     ''                  a tick           ''          w:sym, font Wingdings, F0FC
#   tick typed in font Wingdings       'ü'                 'ü'              'ü'         w:t in a run of that font
#   "B-12" with a no-break hyphen      'B-12'              'B‑12' (U+2011)  'B12'       w:noBreakHyphen
#   text of a simple field             ''                  ''               the text    w:fldSimple
#   text of a content control          ''                  the text         the text    w:sdt
#   inserted text, change not accepted ''                  the text         the text    w:ins
#
# Guess before trying: python-docx leaves content controls out (its issues say so); all else comes in all three.
# Seen: no reader gives all six; the number "B-12" becomes another number in docx2txt; mammoth loses the result of a simple
# field though it keeps that of a complex one; nobody gives the tick of the run in Wingdings, the way clerks make it.
# What to do: read the XML; map w:sym and runs by their font; take the text of fields, controls and insertions.
#
# Needs python3 with venv. Fails if the behaviour changes.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv env
env/bin/pip install --quiet --disable-pip-version-check python-docx==1.2.0 mammoth==1.13.0 docx2txt==0.9 2>/dev/null
cat > cells.py <<'PY'
import re
import sys
import docx, docx2txt, mammoth
from docx.oxml import parse_xml

NAMES = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
FONT = '<w:rPr><w:rFonts w:ascii="Wingdings" w:hAnsi="Wingdings"/></w:rPr>'
CASES = {
    "symbol": ('<w:r><w:sym w:font="Wingdings" w:char="F0FC"/></w:r>', ("", "\u2713", "")),
    "font": (f"<w:r>{FONT}<w:t>\u00fc</w:t></w:r>", ("\u00fc", "\u00fc", "\u00fc")),
    "hyphen": ("<w:r><w:t>B</w:t><w:noBreakHyphen/><w:t>12</w:t></w:r>", ("B-12", "B\u201112", "B12")),
    "field": ('<w:fldSimple w:instr="TITLE"><w:r><w:t>text</w:t></w:r></w:fldSimple>', ("", "", "text")),
    "control": ("<w:sdt><w:sdtPr/><w:sdtContent><w:r><w:t>text</w:t></w:r></w:sdtContent></w:sdt>", ("", "text", "text")),
    "inserted": ('<w:ins w:id="1" w:author="A"><w:r><w:t>text</w:t></w:r></w:ins>', ("", "text", "text")),
}
changed = False
for name, (run, wanted) in CASES.items():
    made = docx.Document()
    paragraph = made.add_table(rows=1, cols=1).cell(0, 0).paragraphs[0]._p
    for child in parse_xml(f"<w:p {NAMES}>{run}</w:p>"):
        paragraph.append(child)
    made.save("one.docx")
    with open("one.docx", "rb") as file:
        html = mammoth.convert_to_html(file).value
    seen = (docx.Document("one.docx").tables[0].cell(0, 0).text, re.sub("<[^>]*>", "", html), docx2txt.process("one.docx").strip())
    for reader, one, was in zip(("python-docx", "mammoth", "docx2txt"), seen, wanted, strict=True):
        changed |= one != was
        print("as before:" if one == was else f"CHANGED, was {was!a}:", f"{name}, {reader}: {one!a}")
sys.exit(changed)
PY
env/bin/python cells.py
