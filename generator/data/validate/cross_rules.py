"""All SOPs together → findings that one file alone cannot show. All of them are warnings."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from msgspec import Struct

from generator.data.validate.document import CheckedFile, Finding
from generator.model.klasifikasi import Klasifikasi
from generator.model.problems import Position
from generator.model.sop import SOP


class KeptFile(Struct, frozen=True):
    """What is kept of a checked file: its SOP, and where the values stand that other files may clash with."""

    sop: SOP
    nama: Position
    nomor: Position
    keterkaitan: tuple[Position, ...]


def outline(doc: CheckedFile) -> KeptFile:
    """The outline of one file."""
    related = tuple(doc.at("keterkaitan", n) for n in range(len(doc.sop.keterkaitan)))
    return KeptFile(doc.sop, doc.at("nama"), doc.at("nomor"), related)


CrossRule = Callable[[Sequence[KeptFile]], Iterator[Finding]]


def nama_ganda(outlines: Sequence[KeptFile]) -> Iterator[Finding]:
    """Dua SOP tidak bernama sama."""
    yield from _twice([(o.sop.nama, o.nama, o.sop) for o in outlines], "nama SOP ini sudah dipakai di")


def nomor_ganda(outlines: Sequence[KeptFile]) -> Iterator[Finding]:
    """Dua SOP tidak bernomor sama."""
    numbered = [(o.sop.nomor, o.nomor, o.sop) for o in outlines if o.sop.nomor and o.sop.nomor.strip(" -–—")]
    yield from _twice(numbered, "nomor SOP ini sudah dipakai di")


def terkait_tertutup(outlines: Sequence[KeptFile]) -> Iterator[Finding]:
    """SOP publik yang menyebut SOP lain yang tidak publik menyebutnya di situs publik tanpa judul."""
    by_slug = {o.sop.slug: o.sop for o in outlines}
    for o in outlines:
        if o.sop.klasifikasi is not Klasifikasi.PUBLIK:
            continue
        for related, where in zip(o.sop.keterkaitan, o.keterkaitan, strict=True):
            other = by_slug.get(related.sop or "")
            if other and other.klasifikasi is not Klasifikasi.PUBLIK and not other.judul_terbuka:
                yield (
                    where,
                    f"SOP '{other.slug}' tidak publik; di situs publik tertulis 'SOP internal'",
                    "tulis 'judul_terbuka: ya' di SOP itu bila judulnya boleh disebut",
                )


def terkait_dicabut(outlines: Sequence[KeptFile]) -> Iterator[Finding]:
    """SOP yang berlaku tidak berkaitan dengan SOP yang sudah dicabut."""
    revoked = {o.sop.slug for o in outlines if o.sop.pencabutan}
    for o in outlines:
        for related, where in zip(o.sop.keterkaitan, o.keterkaitan, strict=True):
            if related.sop in revoked and o.sop.pencabutan is None:
                yield where, f"SOP '{related.sop}' sudah dicabut", "sebut penggantinya, bila ada"


def _twice(rows: list[tuple[str, Position, SOP]], said: str) -> Iterator[Finding]:
    first: dict[str, SOP] = {}
    for text, where, sop in rows:
        key = " ".join(text.casefold().split())
        if key in first:
            yield where, f"{said} sop/{first[key].slug}.yml", "bedakan keduanya, atau hapus salah satu"
        else:
            first[key] = sop


CROSS: tuple[CrossRule, ...] = (nama_ganda, nomor_ganda, terkait_tertutup, terkait_dicabut)
