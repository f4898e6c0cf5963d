"""Text of an SOP file in force → text of its next version, + problems."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from generator.data.load import MappingNode, load_text
from generator.data.validate.schema import read_sop
from generator.data.writing.form import sop_form
from generator.data.writing.tidy import tidy
from generator.data.writing.yaml_style import Plain, with_values
from generator.model.problems import Position, Problem, Severity
from generator.model.sop import SOP


class Revision(Struct, frozen=True):
    """What is known of the next version when it is opened; dates as the form writes them."""

    perubahan: str
    alasan: str
    revisi: str
    efektif: str | None = None
    nomor: str | None = None


def read_text(text: str, slug: str, name: str) -> tuple[SOP | None, list[Problem]]:
    """The SOP of a file's text, its form checked and nothing else."""
    tree, problems = load_text(text.removeprefix("\ufeff"), name)
    sop = None if tree is None else read_sop(tree, slug, problems)
    broken = any(problem.severity is Severity.ERROR for problem in problems)
    return (None if broken else sop), problems


def next_version(text: str, slug: str, name: str, revision: Revision) -> tuple[str | None, list[Problem]]:
    """The text with the next version number, what changes and why, and its dates. The link to the signed
    document goes, it belongs to the version that was signed; so does a revocation, for the SOP is taken up
    again. Everything else stays, comments too."""
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
        ("pencabutan",): None,
    }
    if revision.nomor is not None:
        values[("nomor",)] = revision.nomor
    opened = _edited(text, values)
    if opened is not None:
        opened, _ = tidy(opened, name)
        after, _ = read_text(opened, slug, name)
        if after is not None and _rest(after, values) == _rest(sop, values):
            return opened, []
    hint = f"tulis versi: {{nomor: {sop.versi.nomor + 1}}} sendiri di berkas itu"
    where = Position(name, 1, 1)
    return None, [Problem(where, Severity.ERROR, "versi berikutnya tidak dapat dibuka", hint, "versi")]


def _edited(text: str, values: Mapping[tuple[str, ...], Plain]) -> str | None:
    tree, _ = load_text(text.removeprefix("\ufeff"), "")
    if not isinstance(tree, MappingNode):
        return None
    try:
        return with_values(text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n"), values)
    except Exception:  # whatever ruamel.yaml stumbles over: the file is left, the problem says so
        return None


def _rest(sop: SOP, values: Mapping[tuple[str, ...], Plain]) -> dict[str, Plain]:
    """The SOP without what a revision sets."""
    form = sop_form(sop)
    dates = form.get("tanggal")
    if isinstance(dates, Mapping):
        form["tanggal"] = dates.get("pembuatan")
    return {key: value for key, value in form.items() if (key,) not in values}
