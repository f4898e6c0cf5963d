#!/usr/bin/env bash
# Typst 0.15.2 (PyPI: typst, Apache-2.0), asked for PDF/UA-1, stops at a picture, a figure or a formula without a text in
# words ("missing alt text"). The same drawing made of its own shapes (line, curve, polygon, rect, circle) it takes without
# a word: each shape becomes an artifact, none is in the structure tree, and the file says it is PDF/UA-1. So a flowchart
# as SVG must be described, and the very same one drawn with curve and rect must not; a listener is given nothing of it.
# Words in a drawn box stay (as a Span), without the box and without the lines between them. In a figure the shapes are
# asked for their words again, even where the box holds text.
#
# Guess before trying: what is drawn needs a description whichever way it is drawn, or none may be left out.
# Seen: image, figure(rect) and figure(rect[...]) refused; line, curve, polygon, rect, circle: 1 artifact, no element more.
# What to do: put a drawing made of shapes into figure(alt: ...), which is then held to its description.
#
# Needs python3 with venv. Fails if the behaviour changes.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv env
env/bin/pip install --quiet --disable-pip-version-check typst==0.15.2 pikepdf==10.18.0 2>/dev/null
cat > draw.py <<'PY'
import io, sys
import pikepdf, typst

with open("box.svg", "w") as file:
    file.write('<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20"><rect width="40" height="20"/></svg>')
START = '#set document(title: "Naskah")\n#set text(lang: "id")\n= Naskah\n'
REFUSED = {
    "image": '#image("box.svg")',
    "shape in a figure": "#figure(rect(width: 20pt, height: 10pt))",
    "box of words in a figure": "#figure(rect[Periksa], caption: [Bagan])",
}
TAKEN = {
    "line": "#line(length: 20pt)",
    "curve": "#curve(curve.move((0pt, 0pt)), curve.line((20pt, 10pt)))",
    "polygon": "#polygon((0pt, 0pt), (20pt, 0pt), (10pt, 8pt))",
    "rect": "#rect(width: 20pt, height: 10pt)",
    "circle": "#circle(radius: 8pt)",
}

def made(body):
    """Element types behind the heading, and how many artifacts the page has; None if refused."""
    with open("a.typ", "w") as file:
        file.write(START + body + "\n")
    try:
        pdf = pikepdf.open(io.BytesIO(typst.compile("a.typ", format="pdf", pdf_standards=["ua-1"])))
    except typst.TypstError as error:
        return str(error).split("\n")[0]
    claims = "pdfuaid:part" in pdf.Root.Metadata.read_bytes().decode()
    return list(elements(pdf.Root.StructTreeRoot.K))[2:], pdf.pages[0].Contents.read_bytes().count(b"/Artifact"), claims

def elements(node):
    if isinstance(node, pikepdf.Array):
        for one in node:
            yield from elements(one)
    elif isinstance(node, pikepdf.Dictionary):
        if "/S" in node:
            yield str(node.S)
        yield from elements(node.get("/K", []))

right = True
for name, body in {**REFUSED, **TAKEN, "box of words": "#rect[Periksa]", "described": '#figure(rect(width: 20pt), alt: "kotak")'}.items():
    found = made(body)
    print(f"{name:26} {found}")
    if name in REFUSED:
        right &= isinstance(found, str) and "missing alt text" in found
    elif name in TAKEN:
        right &= found == ([], 1, True)
right &= made("#rect[Periksa]") == (["/Span"], 1, True) and made('#figure(rect(width: 20pt), alt: "kotak")')[0] == ["/Figure"]
sys.exit(not right)
PY
env/bin/python draw.py || { echo "Typst behaves otherwise than described"; exit 1; }
