"""Signatures of PDFs that the test signs itself: who, when, whole or not, judged or not, never "forged"."""

from __future__ import annotations

import io
from collections.abc import Callable

import pikepdf
import pytest
from asn1crypto import pem
from hypothesis import given, settings
from hypothesis import strategies as st
from pyhanko.pdf_utils.generic import NameObject, StreamObject
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

from generator.model.records import CHAIN, WHOLE, Keutuhan, Sertifikat
from generator.reading.signatures import Signed, read_root, read_signatures
from tests.reading.signing import certificate, root, signed, signer

TEXT = b"BT /F1 12 Tf 50 700 Td (Isi SOP) Tj ET"


def plain(text: bytes = TEXT) -> bytes:
    """A PDF of one page."""
    pdf = pikepdf.new()
    font = pikepdf.Dictionary(
        Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
    )
    page = pdf.add_blank_page(page_size=(595, 842))
    page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
    page.Contents = pdf.make_stream(text)
    out = io.BytesIO()
    pdf.save(out, compress_streams=False)
    return out.getvalue()


def read(pdf: bytes, *roots: bytes) -> Signed:
    found, problems = read_signatures(pdf, "naskah.pdf", [one for der in roots if (one := read_root(der))])
    assert found is not None, problems
    return found


def overwritten(pdf: bytes) -> bytes:
    """The page says something else, in an incremental update that keeps every signed byte."""
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf), strict=False)
    page = writer.root["/Pages"]["/Kids"][0]
    page[NameObject("/Contents")] = writer.add_object(StreamObject(stream_data=TEXT.replace(b"Isi", b"Ubah")))
    writer.update_container(page)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def annotated(pdf: bytes) -> bytes:
    """Something that the library does not know is added, the text stays."""
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf), strict=False)
    writer.root[NameObject("/Aneh")] = writer.add_object(StreamObject(stream_data=b"x"))
    writer.update_root()
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def test_who_signed_when_and_that_it_is_whole() -> None:
    (one,) = read(signed(plain(), signer("Ni Made Uji"))).signatures
    assert (one.said.nama, one.said.jabatan) == ("Ni Made Uji", "Kepala Dinas, Dinas Uji")
    assert one.said.waktu is not None
    assert one.said.waktu.startswith("20")
    assert one.said.keadaan is Keutuhan.UTUH
    assert not one.said.cap_waktu, "only the signer's clock says it"
    assert one.said.sertifikat is Sertifikat.BELUM_DINILAI


def test_several_signatures_stand_in_their_order() -> None:
    pdf = plain()
    for number, name in enumerate(("Satu", "Dua", "Tiga"), 1):
        pdf = signed(pdf, signer(name, number=number), f"Tanda{number}")
    found = read(pdf).signatures
    assert [one.said.nama for one in found] == ["Satu", "Dua", "Tiga"]
    assert [one.said.keadaan for one in found] == [Keutuhan.DITAMBAH, Keutuhan.DITAMBAH, Keutuhan.UTUH]


@pytest.mark.parametrize(
    ("roots", "days", "chain"),
    [
        ((), 36500, Sertifikat.BELUM_DINILAI),
        ((0,), 36500, Sertifikat.DIPERCAYA),
        ((7,), 36500, Sertifikat.TAK_SAMPAI),
        ((0,), 1, Sertifikat.BERMASALAH),
    ],
)
def test_a_chain_is_judged_by_the_roots_of_the_agency_alone(
    roots: tuple[int, ...], days: int, chain: Sertifikat
) -> None:
    pdf = signed(plain(), signer("Satu", days=days))
    others = [root() if number == 0 else other_root(number) for number in roots]
    (one,) = read(pdf, *others).signatures
    assert (one.said.sertifikat, one.said.keadaan) == (chain, Keutuhan.UTUH)


def other_root(number: int) -> bytes:
    from cryptography.x509.oid import NameOID

    name = {NameOID.COMMON_NAME: f"Akar Lain {number}"}
    return certificate(name, number, name, number, ca=True)


@pytest.mark.parametrize(("change", "kept"), [(overwritten, False), (annotated, True)])
def test_a_change_that_is_not_known_cannot_be_judged(change: Callable[[bytes], bytes], kept: bool) -> None:
    (one,) = read(change(signed(plain(), signer("Satu")))).signatures
    assert one.said.keadaan is Keutuhan.TAK_DINILAI
    assert one.kept is kept, "whether the text is still what was signed is known all the same"
    assert one.why


def test_bytes_that_were_signed_and_changed_are_told() -> None:
    pdf = signed(plain(), signer("Satu"))
    (one,) = read(pdf.replace(b"(Isi SOP)", b"(Isi KOP)", 1)).signatures
    assert one.said.keadaan is Keutuhan.TAK_UTUH
    assert one.said.nama == "Satu"


def test_nothing_is_ever_called_forged() -> None:
    said = " ".join((*WHOLE.values(), *CHAIN.values())).replace("bukan berarti palsu", "")
    assert "palsu" not in said


def test_an_unsigned_file_has_no_signatures() -> None:
    assert read(plain()).signatures == ()


def encrypted() -> bytes:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(plain())) as pdf:
        pdf.save(out, encryption=pikepdf.Encryption(owner="a", user="b"))
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "kosong"),
        (b"halo", "bukan PDF"),
        (b"%PDF-1.7\nrusak", "rusak"),
        (encrypted(), "dikunci"),
    ],
)
def test_what_cannot_be_read_is_said(data: bytes, said: str) -> None:
    found, (problem,) = read_signatures(data, "naskah.pdf")
    assert found is None
    assert said in problem.message
    assert problem.hint


SIGNED = signed(plain(), signer("Satu"))


@settings(max_examples=60, deadline=None)
@given(st.integers(0, len(SIGNED) - 41), st.binary(min_size=1, max_size=40), st.booleans())
def test_no_damage_ends_in_a_traceback_and_no_changed_byte_passes(at: int, put: bytes, cut: bool) -> None:
    spoiled = SIGNED[:at] + put + (b"" if cut else SIGNED[at + len(put) :])
    found, problems = read_signatures(spoiled, "naskah.pdf")
    assert (found is None) == bool(problems)
    begin = SIGNED.index(b"/Contents <") + len(b"/Contents ")
    end = SIGNED.index(b">", begin)
    touched = (spoiled[:begin], spoiled[end:]) != (SIGNED[:begin], SIGNED[end:])
    for one in found.signatures if found and touched else ():
        assert one.said.keadaan in (Keutuhan.TAK_UTUH, Keutuhan.TAK_DINILAI)


@pytest.mark.parametrize("wrap", [bytes, lambda der: pem.armor("CERTIFICATE", der)])
def test_a_root_is_read_in_both_forms(wrap: Callable[[bytes], bytes]) -> None:
    assert read_root(wrap(root())) is not None


@pytest.mark.parametrize(
    "data", [b"", b"halo", b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"]
)
def test_what_is_no_certificate_is_no_root(data: bytes) -> None:
    assert read_root(data) is None
