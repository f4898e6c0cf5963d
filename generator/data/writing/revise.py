"""Text of an SOP file in force → text of its next version, + problems."""

from __future__ import annotations

from msgspec import Struct

from generator.data.writing.record import edited, read_text, rest
from generator.data.writing.tidy import tidy
from generator.data.writing.yaml_style import Plain
from generator.model.problems import Position, Problem, Severity
from generator.model.sop import SOP


class Revision(Struct, frozen=True):
    """What is known of the next version when it is opened; dates as the form writes them."""

    perubahan: str
    alasan: str
    revisi: str
    efektif: str | None = None
    nomor: str | None = None


_OWN = (
    *(("versi",), ("tanggal", "revisi"), ("tanggal", "efektif"), ("nomor",), ("dokumen_resmi",)),
    *(("sidik_data",), ("tanda_tangan",), ("tinjauan",), ("pencabutan",)),
)
"""What opening a version sets or leaves out."""


def same_content(old: SOP, new: SOP) -> bool:
    """Whether a version says just what the one before it says, but for what opening it has set."""
    return rest(old, dict.fromkeys(_OWN)) == rest(new, dict.fromkeys(_OWN))


def next_version(text: str, slug: str, name: str, revision: Revision) -> tuple[str | None, list[Problem]]:
    """The text with the next version number, what changes and why, and its dates. The link to the signed
    document goes with its signatures, it belongs to the version that was signed, and so do reviews; so does a
    revocation, for the SOP is taken up again. Everything else stays, comments too."""
    sop, problems = read_text(text, slug, name)
    if sop is None:
        return None, problems
    values: dict[tuple[str, ...], Plain] = {
        ("versi",): {
            "nomor": sop.versi.nomor + 1,
            "perubahan": revision.perubahan,
            "alasan": revision.alasan,
        },
        ("tanggal", "revisi"): revision.revisi,
        ("tanggal", "efektif"): revision.efektif or "-",
        ("dokumen_resmi",): None,
        ("sidik_data",): None,
        ("tanda_tangan",): None,
        ("tinjauan",): None,
        ("pencabutan",): None,
    }
    if revision.nomor is not None:
        values[("nomor",)] = revision.nomor
    opened = edited(text, values)
    if opened is not None:
        opened, _ = tidy(opened, name)
        after, _ = read_text(opened, slug, name)
        if after is not None and rest(after, values) == rest(sop, values):
            return opened, []
    hint = f"tulis versi: {{nomor: {sop.versi.nomor + 1}}} sendiri di berkas itu"
    where = Position(name, 1, 1)
    return None, [Problem(where, Severity.ERROR, "versi berikutnya tidak dapat dibuka", hint, "versi")]
