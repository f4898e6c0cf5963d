#!/usr/bin/env bash
# WeasyPrint 70.0 makes PDF/UA-1 (pdf_variant="pdf/ua-1") of a page whose author has said in ARIA and alt what is to be read:
#   in the page                                  in the PDF
#   <svg role="img" aria-label="label">          Figure without Alt: the label is not used
#   <svg role="img" aria-label="label"><title>   Figure, Alt is the title, not the label
#   <svg aria-hidden="true">                     Figure without Alt
#   <img alt="">                                 Figure without Alt
#   <p aria-hidden="true">                       P, read like all others
#   <th scope="col">, <th scope="row">           TH without Scope (cells name their heads by Headers)
#   a table that goes on on a second page        two Tables, each with its THead: not one Table whose heads come again as artifacts
# So what is hidden from screen readers in the browser is announced in the PDF, as pictures without words, which PDF/UA-1
# itself does not allow (7.3: each Figure has an Alt or ActualText); a drawing that is named by aria-label alone has no name.
#
# Guess before trying: alt="" and aria-hidden become artifacts, aria-label the Alt, scope the Scope; one Table, as in Typst.
# What to do: a <title> in every SVG that says something; decoration as CSS backgrounds; do not take the variant's
# name for a check.
#
# Needs python3 with venv and Pango (libpango-1.0-0, libpangoft2-1.0-0). Fails if the behaviour changes.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv env
env/bin/pip install --quiet --disable-pip-version-check weasyprint==70.0 pikepdf==9.5.2 2>/dev/null
cat > try.py <<'PY'
from collections import Counter

import pikepdf
import weasyprint

SQUARE = '<rect width="30" height="30"/>'
PICTURE = "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' width='9' height='9'%3E%3Crect width='9' height='9'/%3E%3C/svg%3E"
rows = "".join(f'<tr><th scope="row">{n}</th><td>cell {n}</td></tr>' for n in range(60))
page = f"""<html lang="en"><head><title>Page</title></head><body>
<p><svg role="img" aria-label="label" width="40" height="40">{SQUARE}</svg></p>
<p><svg role="img" aria-label="label" width="40" height="40"><title>title</title>{SQUARE}</svg></p>
<p><svg aria-hidden="true" width="40" height="40">{SQUARE}</svg></p>
<p><img alt="picture" src="{PICTURE}"></p>
<p><img alt="" src="{PICTURE}"></p>
<p aria-hidden="true">ornament</p>
<table><thead><tr><th scope="col">a</th><th scope="col">b</th></tr></thead><tbody>{rows}</tbody></table></body></html>"""
weasyprint.HTML(string=page).write_pdf("out.pdf", pdf_variant="pdf/ua-1")


def elements(node):
    if isinstance(node, pikepdf.Array):
        for one in node:
            yield from elements(one)
    elif isinstance(node, pikepdf.Dictionary):
        if "/S" in node:
            yield node
        if "/K" in node:
            yield from elements(node["/K"])


with pikepdf.open("out.pdf") as document:
    print("pages", len(document.pages))
    found = list(elements(document.Root.StructTreeRoot))
    for one in found:
        if one.S == "/Figure":
            print("Figure", str(one.Alt) if "/Alt" in one else "without Alt")
    kinds = Counter(str(one.S) for one in found)
    print("P", kinds["/P"], "Table", kinds["/Table"], "THead", kinds["/THead"], "TH", kinds["/TH"])
    print("TH with Scope", sum("/Scope" in one.A for one in found if one.S == "/TH"))
    marks = Counter(
        str(words[0]) for sheet in document.pages for words, sign in pikepdf.parse_content_stream(sheet)
        if str(sign) in ("BDC", "BMC")
    )  # fmt: skip
    print("artifacts", marks["/Artifact"])
PY
env/bin/python try.py | tee told.txt
diff told.txt - <<'EOF'
pages 2
Figure without Alt
Figure title
Figure without Alt
Figure picture
Figure without Alt
P 6 Table 2 THead 2 TH 64
TH with Scope 0
artifacts 0
EOF
