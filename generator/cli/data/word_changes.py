"""A Word file of ours that was changed by hand → its changes, one a line, against its version in the data,
and those that somebody takes over (``--terima-beda``)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click
from msgspec import Struct

from generator.cli.data.registers import enter, read_entries
from generator.data.catalogue import Catalogue
from generator.data.load import load_text
from generator.data.validate import Register, validate_sop
from generator.data.writing.files import file_in, plain_file, write_whole
from generator.data.writing.lines import plain
from generator.data.writing.operations import NotApplied, apply
from generator.documents.made_from import version_of, word_file_of
from generator.edit.returned.changes import Change, changes, taken_over
from generator.model.problems import Problem, Severity
from generator.model.sop import SOP
from generator.reading.docx.document import read_docx
from generator.reading.docx.returned import Difference, differences
from generator.reading.draft.draft import drafts
from generator.reading.understand import understand
from generator.reading.understood import Reading

MOST = 300
"""So many changes are told one by one."""
ALL = "semua"
_OTHER = "dibuat dengan sop docx, tetapi bukan dari isi SOP yang ada di folder data sekarang"
_AGAIN = "buat lagi berkas Word-nya dengan sop docx, ulangi perubahannya di sana; atau ubah dengan sop edit"


class Compared(Struct, frozen=True):
    """A Word file of ours beside its version: what differs, and what of it can be taken over."""

    version: SOP
    found: tuple[Difference, ...]
    changes: tuple[Change, ...] = ()
    own: Mapping[str, Any] = {}
    before: Mapping[str, Any] = {}
    after: Mapping[str, Any] = {}
    new: Mapping[str, Mapping[str, Any]] = {}


def word_changes(reading: Reading, catalogue: Catalogue | None, data: Path) -> list[str]:
    """What to say of a Word file that was made here; nothing of other files."""
    if reading.door != "docx" or not reading.fingerprint or catalogue is None:
        return []
    compared = compare(reading, catalogue, data)
    if isinstance(compared, str):
        return [f"{compared}; dibaca sebagai SOP baru"]
    version, found = compared.version, compared.found
    head = f"dibuat dari {version.slug} versi {version.versi.nomor}: {len(found)} perbedaan"
    offered = [one for one in compared.changes if one.offered]
    numbered = [f"{n}. {one.said}" for n, one in enumerate(offered, 1)]
    numbered += [f"-  {one.said} (ubah dengan sop edit)" for one in compared.changes if not one.offered]
    if numbered:
        found = tuple(one for one in found if not _is_text(one))
    lines = [*numbered, *map(_line, found)]
    rest = [f"dan {len(lines) - MOST} perbedaan lagi"] if len(lines) > MOST else []
    if offered:
        rest.append(
            f"terima yang benar sekaligus: sop import {Path(reading.file).name} --terima-beda 1,2 atau {ALL}"
        )
    return [head, *lines[:MOST], *rest]


def compare(reading: Reading, catalogue: Catalogue, data: Path) -> Compared | str:
    """What differs from the version of the file, or why that cannot be said."""
    made = version_of(catalogue, reading.fingerprint)
    if made is None:
        return _OTHER
    within, version = made
    word = word_file_of(within, version, data)
    before = read_docx(word, reading.file)[0] if word else None
    if before is None:
        return f"versi asalnya ({version.slug}, versi {version.versi.nomor}) tidak dapat dibandingkan"
    was = understand(before)
    found = differences(was, reading)
    file = data / "sop" / f"{version.slug}.yml"
    tree = load_text(file.read_text(encoding="utf-8"), file.as_posix())[0] if file.is_file() else None
    one, two = drafts(was, catalogue), drafts(reading, catalogue)
    if catalogue.sop.get(version.slug) != version or tree is None or len(one) != 1 or len(two) != 1:
        return Compared(version, found)
    own: Any = plain(tree)
    return Compared(
        *(version, found, tuple(changes(one[0].form, two[0].form, own)), own),
        *(one[0].form, two[0].form, two[0].new),
    )


def take_over(reading: Reading, catalogue: Catalogue, data: Path, chosen: str) -> list[Problem]:
    """Make the chosen changes in the file of the SOP; what keeps them from being made."""
    compared = (
        compare(reading, catalogue, data)
        if reading.fingerprint
        else "berkas ini tidak dibuat dari SOP di sini"
    )
    if isinstance(compared, str):
        raise click.ClickException(f"{compared}; tidak ada yang ditulis\n  saran: {_AGAIN}")
    offered = [one for one in compared.changes if one.offered]
    if not offered:
        said = "tidak ada perbedaan yang dapat diterima; yang lain diubah dengan sop edit"
        if catalogue.sop.get(compared.version.slug) != compared.version:
            said = f"berkas ini dibuat dari versi lama ({compared.version.versi.nomor}); ubah dengan sop edit"
        raise click.ClickException(said)
    some = [offered[n - 1] for n in _numbers(chosen, len(offered))]
    slug = compared.version.slug
    file = plain_file(file_in(data, "sop", f"{slug}.yml"))
    operations = taken_over(compared.own, compared.before, compared.after, some)
    try:
        text = apply(file.read_text(encoding="utf-8"), operations)
    except NotApplied as error:
        raise click.ClickException(
            f"perbedaan itu tidak dapat ditulis: {error}; ubah dengan sop edit"
        ) from None
    entries = _entries(text, compared.new, catalogue)
    if wrong := _wrong(text, file, slug, catalogue, entries):
        return wrong
    for name, new in entries.items():
        if new:
            click.echo(f"Ditambahkan ke {enter(data, name, new).as_posix()}: {', '.join(new)}")
    write_whole(file, text.encode())
    for one in some:
        click.echo(f"Diterima: {one.said}")
    click.echo(f"Ditulis: {file.as_posix()}")
    return []


def _numbers(chosen: str, count: int) -> list[int]:
    """The numbers of "1,3" or of all."""
    if chosen.strip().casefold() == ALL:
        return list(range(1, count + 1))
    found = [part.strip() for part in chosen.split(",") if part.strip()]
    if not found or not all(part.isdigit() and 1 <= int(part) <= count for part in found):
        raise click.UsageError(f"--terima-beda: sebut nomor 1 sampai {count}, misalnya 1,2, atau {ALL}")
    return sorted({int(part) for part in found})


def _entries(
    text: str, new: Mapping[str, Mapping[str, Any]], catalogue: Catalogue
) -> dict[str, dict[str, Any]]:
    """New entries of registers that the text names."""
    words = set(re.findall(r"[\w-]+", text))
    known = {"pelaksana": catalogue.pelaksana, "hukum": catalogue.hukum}
    return {
        name: {id: entry for id, entry in some.items() if id in words and id not in known[name]}
        for name, some in new.items()
    }


def _wrong(
    text: str, file: Path, slug: str, catalogue: Catalogue, entries: Mapping[str, Mapping[str, Any]]
) -> list[Problem]:
    tree, problems = load_text(text, file.as_posix())
    register = Register(
        *(catalogue.instansi, catalogue.unit),
        {**catalogue.pelaksana, **read_entries("pelaksana", entries.get("pelaksana", {}))},
        {**catalogue.hukum, **read_entries("hukum", entries.get("hukum", {}))},
        frozenset(catalogue.sop),
    )
    problems += validate_sop(tree, slug, register)[1] if tree is not None else []
    return [problem for problem in problems if problem.severity is Severity.ERROR]


def _is_text(one: Difference) -> bool:
    """Whether a difference is of a text that a change says."""
    flow = ("simbol", "panah", "pelaksana bersama", "teks di luar tabel", "periksa")
    return not one.about.startswith(flow) and not any(f", {word}" in one.about for word in flow)


def _line(one: Difference) -> str:
    where = f" (halaman {one.place.page + 1})" if one.place else ""
    if one.about == "periksa":
        return f"periksa{where}: {one.after}"
    if not one.before:
        return f"{one.about}{where}: baru '{one.after}'"
    if not one.after:
        return f"{one.about}{where}: hilang '{one.before}'"
    return f"{one.about}{where}: '{one.before}' menjadi '{one.after}'"
