"""Certificates and signed PDFs that tests make for themselves."""

from __future__ import annotations

import io
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from functools import cache

from asn1crypto import keys as asn1_keys
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import signers
from pyhanko.sign.fields import SigFieldSpec, SigSeedSubFilter, append_signature_field
from pyhanko_certvalidator.registry import SimpleCertificateStore

BEGIN = datetime(2020, 1, 1, tzinfo=UTC)
Names = dict[x509.ObjectIdentifier, str]


@cache
def key(number: int) -> rsa.RSAPrivateKey:
    """A key; made once, as that takes a while."""
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def certificate(subject: Names, own: int, issuer: Names, by: int, ca: bool, days: int = 36500) -> bytes:
    """A certificate in DER."""

    def name(words: Names) -> x509.Name:
        return x509.Name([x509.NameAttribute(oid, text) for oid, text in words.items()])

    built = (
        x509.CertificateBuilder()
        .subject_name(name(subject))
        .issuer_name(name(issuer))
        .public_key(key(own).public_key())
        .serial_number(1000 + own)
        .not_valid_before(BEGIN)
        .not_valid_after(BEGIN + timedelta(days=days))
        .add_extension(x509.BasicConstraints(ca=ca, path_length=None), critical=True)
        .add_extension(
            x509.KeyUsage(
                digital_signature=not ca,
                content_commitment=not ca,
                key_encipherment=False,
                data_encipherment=False,
                key_agreement=False,
                key_cert_sign=ca,
                crl_sign=ca,
                encipher_only=False,
                decipher_only=False,
            ),
            critical=True,
        )
    )
    made = built.sign(key(by), hashes.SHA256())
    return made.public_bytes(serialization.Encoding.DER)


ROOT_NAME: Names = {NameOID.COMMON_NAME: "Akar Uji", NameOID.COUNTRY_NAME: "ID"}


def root(number: int = 0) -> bytes:
    """A root of our own."""
    return certificate(ROOT_NAME, number, ROOT_NAME, number, ca=True)


def signer(
    name: str, title: str = "Kepala Dinas", number: int = 1, days: int = 36500
) -> signers.SimpleSigner:
    """Somebody who signs, with a certificate of the root."""
    subject = {
        NameOID.COMMON_NAME: name,
        NameOID.TITLE: title,
        NameOID.ORGANIZATION_NAME: "Dinas Uji",
        NameOID.COUNTRY_NAME: "ID",
    }
    own = certificate(subject, number, ROOT_NAME, 0, ca=False, days=days)
    private = key(number).private_bytes(
        serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    store = SimpleCertificateStore()
    store.register(asn1_x509.Certificate.load(root()))
    return signers.SimpleSigner(
        signing_cert=asn1_x509.Certificate.load(own),
        signing_key=asn1_keys.PrivateKeyInfo.load(private),
        cert_registry=store,
    )


def signed(pdf: bytes, by: signers.SimpleSigner, field: str = "Tanda1") -> bytes:
    """A PDF with one more signature."""
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf), strict=False)
    append_signature_field(writer, SigFieldSpec(sig_field_name=field))
    out = io.BytesIO()
    meta = signers.PdfSignatureMetadata(field_name=field, subfilter=SigSeedSubFilter.PADES)
    with ThreadPoolExecutor(1) as aside:  # the browser of other tests may run a loop in this one
        aside.submit(lambda: signers.PdfSigner(meta, signer=by).sign_pdf(writer, output=out)).result()
    return out.getvalue()
