#!/usr/bin/env bash
# A PDF/UA-1 file of Typst (typst 0.15.2, PyPI) signed by pyHanko 0.38.0 (PyPI, MIT) is no PDF/UA-1 file any more, and goes
# on saying that it is one: XMP keeps pdfuaid:part 1, the catalogue keeps /MarkInfo and the structure tree, but the widget
# of the signature has no /StructParent and no Form element holds it (ISO 14289-1, 7.18.4), whether the signature is
# visible or invisible (/Rect [0 0 0 0]). `readable_field_name` gives it a name (/TU) and no place in the tree. The words in
# the seal of a visible one ("Digitally signed by …") are in the page and in no element.
# Of the signed file outloud 0.2.1 tells an error (FRM-003); pdfua 0.1.3, which checks a part of the rules, has no finding.
#
# Guess before trying: pyHanko puts its widget into a structure tree that is there, or takes the claim
# back; both checkers judge forms alike.
# Seen: before 0 errors in both; after FRM-003 in outloud, none in pdfua, in all three ways of signing.
# What to do: promise accessibility for the unsigned file or the web page, not for the signed copy; or write an empty, tagged
# signature field before signing and let pyHanko fill that.
#
# Needs python3 with venv. Fails if the behaviour changes.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv env
env/bin/pip install --quiet --disable-pip-version-check typst==0.15.2 pyhanko==0.38.0 pikepdf==10.18.0 outloud==0.2.1 pdfua==0.1.3 2>/dev/null
cat > sign.py <<'PY'
import datetime, io, re, subprocess, sys
from pathlib import Path
import pikepdf, typst
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import fields, signers

Path("a.typ").write_text('#set document(title: "Naskah")\n#set text(lang: "id")\n= Naskah\nIsi naskah.\n')
Path("plain.pdf").write_bytes(typst.compile("a.typ", format="pdf", pdf_standards=["ua-1"]))
key = rsa.generate_private_key(65537, 2048)
who = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Kepala Dinas")])
day = datetime.datetime(2026, 1, 1)
usage = x509.KeyUsage(True, True, False, False, False, False, False, False, False)
cert = (
    x509.CertificateBuilder().subject_name(who).issuer_name(who).public_key(key.public_key()).serial_number(7)
    .not_valid_before(day).not_valid_after(day + datetime.timedelta(3650)).add_extension(usage, True).sign(key, hashes.SHA256())
)
pem, plain = serialization.Encoding.PEM, serialization.NoEncryption()
Path("key.pem").write_bytes(key.private_bytes(pem, serialization.PrivateFormat.PKCS8, plain))
Path("cert.pem").write_bytes(cert.public_bytes(pem))
signer = signers.SimpleSigner.load("key.pem", "cert.pem")
box = (50, 50, 250, 120)
ways = {"visible": {"box": box}, "invisible": {}, "named": {"box": box, "readable_field_name": "Tanda tangan"}}
for name, more in ways.items():
    writer = IncrementalPdfFileWriter(io.BytesIO(Path("plain.pdf").read_bytes()))
    field = fields.SigFieldSpec("Sig1", on_page=0, **more)
    meta = signers.PdfSignatureMetadata(field_name="Sig1")
    Path(f"{name}.pdf").write_bytes(signers.PdfSigner(meta, signer, new_field_spec=field).sign_pdf(writer).getvalue())

def elements(node):
    if isinstance(node, pikepdf.Array):
        for one in node:
            yield from elements(one)
    elif isinstance(node, pikepdf.Dictionary):
        yield str(node.get("/S", ""))
        yield from elements(node.get("/K", []))

right = True
for name in ("plain", *ways):
    pdf = pikepdf.open(f"{name}.pdf")
    widgets = list(pdf.pages[0].get("/Annots", []))
    claims = 'pdfuaid' in pdf.Root.Metadata.read_bytes().decode() and bool(pdf.Root.MarkInfo.Marked)
    tagged = [w for w in widgets if "/StructParent" in w]
    form = "/Form" in set(elements(pdf.Root.StructTreeRoot.K))
    said = [subprocess.run(["env/bin/" + line[0], *line[1:], f"{name}.pdf"], capture_output=True, text=True).stdout
            for line in (["outloud"], ["pdfua", "check"])]
    error, passed = "FRM-003" in said[0], "PASS (no findings)" in said[1]
    print(f"{name:10} widgets {len(widgets)}, named {sum('/TU' in w for w in widgets)}, in the tree {len(tagged)}, Form element {form},"
          f" says PDF/UA-1 {claims}; outloud FRM-003 {error}; pdfua passes {passed}")
    signed = name != "plain"
    right &= claims and passed and not tagged and not form and error == signed and len(widgets) == signed
sys.exit(not right)
PY
env/bin/python sign.py || { echo "pyHanko or the checkers behave otherwise than described"; exit 1; }
