"""The bytes of a PDF + the agency's own roots → its electronic signatures (PAdES), or a problem.

Whole is what cryptography says; what came after a signature is judged by pyHanko's comparison, and where that
does not know a change, the change cannot be judged: that is not the same as forged. Nothing is fetched from
anywhere, and no root counts but those that are given.
"""

from __future__ import annotations

import asyncio
import io
import logging
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC
from typing import Any

import pypdfium2
from asn1crypto import pem, x509
from msgspec import Struct
from msgspec.structs import replace
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.ades.report import AdESIndeterminate
from pyhanko.sign.diff_analysis import DiffResult, ModificationLevel
from pyhanko.sign.validation import (
    DocumentSecurityStore,
    EmbeddedPdfSignature,
    PdfSignatureStatus,
    async_validate_pdf_signature,
)
from pyhanko_certvalidator import ValidationContext

from generator.model.problems import Position, Problem, Severity
from generator.model.records import Keutuhan, Sertifikat, TandaTangan

MOST_BYTES = 100_000_000
MOST_SIGNATURES = 50


class Signature(Struct, frozen=True):
    """One signature; ``why`` tells in words what cannot be judged or is wrong, ``kept`` whether the text of
    the pages is still what was signed (asked only where what came later cannot be judged)."""

    said: TandaTangan
    why: str = ""
    kept: bool | None = None


class Signed(Struct, frozen=True):
    """The signatures of a file in the order in which they were made. ``proof``: it carries what a later
    judgement needs (LTV); ``stamps``: time stamps over the whole document."""

    signatures: tuple[Signature, ...]
    proof: bool = False
    stamps: int = 0


def read_root(data: bytes) -> x509.Certificate | None:
    """A certificate of a file in PEM or DER; nothing where it holds none."""
    try:
        der = pem.unarmor(data)[2] if pem.detect(data) else data
        found = x509.Certificate.load(der, strict=True)
        _ = found.subject.native, found.public_key.algorithm
    except (ValueError, TypeError, KeyError):
        return None
    return found


def read_signatures(
    data: bytes, name: str, roots: Sequence[x509.Certificate] = ()
) -> tuple[Signed | None, list[Problem]]:
    """What a PDF says of its signatures; never raises for what is in it."""
    for quiet in ("pyhanko", "pyhanko_certvalidator"):
        logging.getLogger(quiet).setLevel(logging.CRITICAL)  # it tells on the terminal what is returned too
    if not data.strip():
        return None, [_problem(name, "berkas kosong", "ambil ulang berkas PDF-nya")]
    if b"%PDF-" not in data[:1024]:
        return None, [_problem(name, "berkas ini bukan PDF", "beri PDF yang sudah ditandatangani")]
    if len(data) > MOST_BYTES:
        return None, [_problem(name, "berkas PDF terlalu besar", "minta berkas yang lebih kecil")]
    try:
        reader = PdfFileReader(io.BytesIO(data), strict=False)
        if reader.encrypted:
            return None, [_problem(name, "PDF ini dikunci dengan kata sandi", "minta berkas tanpa kunci")]
        found = reader.embedded_regular_signatures
        stamps = len(reader.embedded_timestamp_signatures)
        proof = "/DSS" in reader.root
    except Exception:  # whatever a broken file does to the library
        return None, [_problem(name, "PDF ini rusak dan tidak dapat dibaca", "ambil ulang dari sumbernya")]
    if len(found) > MOST_SIGNATURES:
        return None, [_problem(name, f"PDF ini memuat {len(found)} tanda tangan", "periksa asal berkasnya")]
    return Signed(tuple(_judged(one, data, roots) for one in found), proof, stamps), []


def _judged(one: EmbeddedPdfSignature, data: bytes, roots: Sequence[x509.Certificate]) -> Signature:
    said = _said(one)
    try:
        status = _status(one, _context(one, roots))
    except Exception as error:  # an algorithm or a structure that the library does not know
        return _unjudged(one, data, said, f"cara menandatanganinya tidak dikenal ({type(error).__name__})")
    if not (status.intact and status.valid):
        why = "isi yang ditandatangani, atau tanda tangannya sendiri, berubah"
        return Signature(replace(said, keadaan=Keutuhan.TAK_UTUH), why)
    said = replace(said, sertifikat=_chain(status, roots))
    stamp = status.timestamp_validity
    if stamp and stamp.intact and stamp.valid:
        own = one.self_reported_timestamp
        when = stamp.timestamp.astimezone(own.tzinfo if own else UTC)
        said = replace(said, waktu=when.isoformat(), cap_waktu=True)
    diff = status.diff_result
    level = diff.modification_level if isinstance(diff, DiffResult) else ModificationLevel.OTHER
    if level is ModificationLevel.OTHER:
        return _unjudged(one, data, said, f"perubahan sesudahnya tidak dikenal: {diff}")
    if status.docmdp_ok is False:
        return _unjudged(one, data, said, "sesudahnya diubah lebih dari yang diizinkan penandatangan")
    same = level in (ModificationLevel.NONE, ModificationLevel.LTA_UPDATES)
    return Signature(replace(said, keadaan=Keutuhan.UTUH if same else Keutuhan.DITAMBAH))


def _status(one: EmbeddedPdfSignature, context: ValidationContext) -> PdfSignatureStatus:
    """What the library says of a signature; in a thread of its own, for the caller may run a loop already."""
    with ThreadPoolExecutor(1) as aside:
        return aside.submit(lambda: asyncio.run(async_validate_pdf_signature(one, context))).result()


def _unjudged(one: EmbeddedPdfSignature, data: bytes, said: TandaTangan, why: str) -> Signature:
    end = sum(int(number) for number in list(one.byte_range)[2:4])
    return Signature(replace(said, keadaan=Keutuhan.TAK_DINILAI), why, _texts(data[:end]) == _texts(data))


def _context(one: EmbeddedPdfSignature, roots: Sequence[x509.Certificate]) -> ValidationContext:
    """What the certificates are judged by: the roots, and what the file carries with it, at the moment that
    the signature says."""
    known: dict[str, Any] = {"trust_roots": list(roots), "allow_fetching": False}
    if moment := one.self_reported_timestamp:
        known |= {"moment": moment, "retroactive_revinfo": True}
    if "/DSS" in one.reader.root:
        return DocumentSecurityStore.read_dss(one.reader).as_validation_context(known)
    return ValidationContext(**known)


def _chain(status: PdfSignatureStatus, roots: Sequence[x509.Certificate]) -> Sertifikat:
    if not roots:
        return Sertifikat.BELUM_DINILAI
    if status.trusted:
        return Sertifikat.DIPERCAYA
    lost = status.trust_problem_indic is AdESIndeterminate.NO_CERTIFICATE_CHAIN_FOUND
    return Sertifikat.TAK_SAMPAI if lost else Sertifikat.BERMASALAH


def _texts(data: bytes) -> list[str] | None:
    """The text of each page; nothing where it cannot be read."""
    try:
        with pypdfium2.PdfDocument(data) as document:
            return [page.get_textpage().get_text_bounded() for page in document]
    except pypdfium2.PdfiumError:
        return None


def _said(one: EmbeddedPdfSignature) -> TandaTangan:
    """Who and when, as certificate and signature say themselves."""
    try:
        subject: dict[str, Any] = one.signer_cert.subject.native
        when = one.self_reported_timestamp
    except Exception:  # see read_signatures
        subject, when = {}, None
    name = _text(subject.get("common_name")) or _text(subject.get("surname")) or "penandatangan tidak disebut"
    office = [_text(subject.get(key)) for key in ("title", "organizational_unit_name", "organization_name")]
    return TandaTangan(
        nama=name, jabatan=", ".join(filter(None, office)) or None, waktu=when.isoformat() if when else None
    )


def _text(value: Any) -> str:
    return " ".join(", ".join(value if isinstance(value, list) else [str(value or "")]).split())


def _problem(name: str, message: str, hint: str) -> Problem:
    return Problem(Position(name, 1, 1), Severity.ERROR, message, hint, "tanda_tangan")
