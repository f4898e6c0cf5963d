#!/usr/bin/env bash
# A number such as "B-12/2019" that a PDF page breaks behind its hyphen ("B-" / "12/2019", two plain text operators) is
# read in five ways by the common readers:
#   pypdfium2 5.15.2, get_text_range()    'B\ufffe12/2019'   U+FFFE, a noncharacter, and no line end
#   pypdfium2 5.15.2, get_text_bounded()  'B\x0212/2019'     U+0002, and no line end
#   pypdfium2 5.15.2, FPDFText_IsHyphen   1 for that letter
#   pypdf 7.1.1 and pdfplumber 0.11.10    'B-\n12/2019'
# and with code 255 (octal) of WinAnsiEncoding, which PDF defines as a hyphen too (ISO 32000-1, annex D), inside a line:
#   pypdfium2  'B-12'    pypdf  'B\xad12' (soft hyphen)    pdfplumber  'B 12' (a space: the hyphen is lost)
#
# Guess before trying: all give "B-", a line end, "12/2019"; code 255 is U+00AD in all. That pdfium marks such a hyphen by
# U+0002 is known; that its two calls for text disagree, and that pdfplumber reads code 255 as a space, was not guessed.
# What to do: fold U+0002, U+FFFE and U+00AD into one sign, and search for numbers without any hyphen and space.
#
# Needs python3 with venv. Fails if the behaviour changes.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv env
env/bin/pip install --quiet --disable-pip-version-check pypdfium2==5.15.2 pypdf==7.1.1 pdfplumber==0.11.10 pikepdf==10.18.0 2>/dev/null
cat > read.py <<'PY'
import sys
import pdfplumber, pikepdf, pypdf, pypdfium2
import pypdfium2.raw as raw

def write(name, operators):
    pdf = pikepdf.new()
    page = pdf.add_blank_page(page_size=(300, 200))
    names = pikepdf.Name
    font = pikepdf.Dictionary(Type=names.Font, Subtype=names.Type1, BaseFont=names.Helvetica, Encoding=names.WinAnsiEncoding)
    page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F=pdf.make_indirect(font)))
    page.Contents = pdf.make_stream(b"BT /F 12 Tf 20 100 Td " + operators + b" ET")
    pdf.save(name)

def readings(name):
    text = pypdfium2.PdfDocument(name)[0].get_textpage()
    yield "pdfium range", text.get_text_range()
    yield "pdfium bounded", text.get_text_bounded()
    yield "pdfium hyphens", [raw.FPDFText_IsHyphen(text, n) for n in range(text.count_chars())].count(1)
    yield "pypdf", pypdf.PdfReader(name).pages[0].extract_text()
    yield "pdfplumber", pdfplumber.open(name).pages[0].extract_text()

write("broken.pdf", b"(B-) Tj 0 -14 Td (12/2019) Tj")
write("code255.pdf", rb"(B\25512) Tj")
wanted = {
    "broken.pdf": ["B\ufffe12/2019", "B\x0212/2019", 1, "B-\n12/2019", "B-\n12/2019"],
    "code255.pdf": ["B-12", "B-12", 0, "B\xad12", "B 12"],
}
changed = False
for name, expected in wanted.items():
    for (reader, seen), was in zip(readings(name), expected, strict=True):
        changed |= seen != was
        print("as before:" if seen == was else f"CHANGED, was {was!a}:", name, reader, ascii(seen))
sys.exit(changed)
PY
env/bin/python read.py
