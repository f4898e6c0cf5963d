"""A session → its sheet to be signed (PDF, Word), and what it changes against the version before, as HTML."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from markupsafe import Markup

from generator.data.catalogue import Catalogue
from generator.data.load import load_bytes
from generator.data.revisions import Names, changes
from generator.data.validate.schema import read_sop
from generator.documents.setting import make_docx, make_pdf, set_document
from generator.edit.fields import Refused
from generator.edit.page.render import fill
from generator.edit.session import Session
from generator.edit.understood import understand
from generator.model.named import named_sops
from generator.model.sop import SOP

KINDS: Mapping[str, tuple[str, Any]] = {
    "pdf": ("application/pdf", make_pdf),
    "docx": ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", make_docx),
}


def sheet_to_sign(session: Session, kind: str) -> bytes:
    """The document of the text as it stands. Raises ``Refused`` where it has errors, or does not fit."""
    found = session.understood()
    if found.sop is None or found.errors:
        raise Refused(f"masih ada {len(found.errors)} yang harus dibetulkan sebelum dicetak")
    catalogue = _catalogue(session, found.sop)
    document, problems = set_document(catalogue, session.slug, session.data, to_sign=True)
    if document is None:
        raise Refused("; ".join(f"{one.message} – {one.hint}" for one in problems[-1:]))
    made: bytes = KINDS[kind][1](document)
    return made


def _catalogue(session: Session, sop: SOP) -> Catalogue:
    """The SOP with all that it names; of other SOPs only their names."""
    known, register = session.known, session.known.register
    others = {
        slug: SOP(slug=slug, nama=known.names[slug], unit=sop.unit, klasifikasi=sop.klasifikasi)
        for slug in named_sops(sop)
        if slug in known.names and slug != sop.slug
    }
    return Catalogue(
        instansi=register.instansi,
        unit=register.unit,
        pelaksana=register.pelaksana,
        hukum=register.hukum,
        sop={**others, sop.slug: sop},
    )


def comparison(session: Session) -> Markup:
    """What the text changes, against the version before it, or else against its file."""
    now = session.understood().sop
    if now is None:
        raise Refused("SOP ini belum dapat dibandingkan")
    before, against = _before(session, now)
    known, register = session.known, session.known.register
    names = Names(
        unit={id: unit.nama for id, unit in register.unit.items()},
        pelaksana={id: actor.nama for id, actor in register.pelaksana.items()},
        hukum={id: law.kutipan for id, law in register.hukum.items()},
        sop=known.names,
    )
    found = None if before is None else changes(before, now, names)
    shown = {"nama": now.nama, "lawan": against, "beda": found}
    return fill("banding.html", {**shown, "akar": "../../", "alamat": f"{session.room}/{session.slug}"})


def _before(session: Session, now: SOP) -> tuple[SOP | None, str]:
    folder = session.data / "versi" / session.slug
    kept = sorted(int(path.stem) for path in folder.glob("*.yml") if path.stem.isdecimal())
    earlier = [number for number in kept if number < now.versi.nomor]
    if earlier:
        path = folder / f"{earlier[-1]}.yml"
        tree, _ = load_bytes(path.read_bytes(), path.name)
        return (None if tree is None else read_sop(tree, session.slug, [])), f"versi {earlier[-1]}"
    if session.state.saved is None:
        return None, ""
    words = "versi yang tersimpan di berkas"
    return understand(session.state.saved, session.slug, session.known).sop, words
