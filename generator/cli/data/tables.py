"""``sop import`` and ``sop export``: tables in and out of the data folder."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from generator.cli.files import data_folder, result_file, sop_file
from generator.cli.options import data_option
from generator.cli.report import print_problems
from generator.data.catalogue import Catalogue
from generator.data.files.refused import NotWritten
from generator.data.load import MAX_BYTES, load_file, load_text, locate
from generator.data.sources import read_catalogue
from generator.data.validate import Register, validate_sop
from generator.data.validate.schema import meant_as_sop
from generator.data.writing.draft import file_text
from generator.data.writing.files import file_in, lies_in, new_file, write_whole
from generator.formats.xlsx.blank import blank_workbook
from generator.formats.xlsx.workbook import TooLong, to_workbook
from generator.model.problems import Position, Problem, Severity
from generator.reading.bounds import MAX_BOOK
from generator.reading.draft.closed import closed
from generator.reading.xlsx.returned import Returned, from_workbook
from generator.reading.xlsx.rows import Sheet, is_ours, may_be_ours, read_rows

MAX_DRAFTS, MAX_STEPS = 500, 5_000
"""SOPs of one import, its tables and steps: what can be written and checked in some seconds."""
_SHOWN = 1_000
"""Of so many open points each is printed; more stand in the drafts."""


class Unread(Exception):
    """A file of which nothing could be read; the problems say why."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__()
        self.problems = problems


def own_workbook(file: Path) -> tuple[tuple[Sheet, ...], list[Problem]] | None:
    """The sheets of a workbook that was written here, which says more than its cells show, and what of them
    could not be read; None for any other file."""
    if file.suffix.lower() not in (".xlsx", ".xlsm") or not file.is_file() or file.stat().st_size > MAX_BOOK:
        return None
    data = file.read_bytes()
    if not may_be_ours(data):
        return None
    sheets, problems = read_rows(data, file.as_posix())
    return (sheets, problems) if is_ours(sheets) else None


def import_table(
    file: Path,
    own: tuple[tuple[Sheet, ...], list[Problem]],
    data: Path,
    out: Path | None,
    force: bool,
    catalogue: Catalogue | None,
) -> tuple[int, int, list[str], list[Problem]]:
    """Write the drafts of a workbook of ours: how many, how much is open in them, lines to be said, and
    problems."""
    sheets, problems = own
    found, strays = _read(file, sheets, catalogue)
    doubts = [*problems, *strays]
    paths = _paths(found, data, out, force)
    texts = [file_text(draft.form, _remarks(draft, file)) for draft in found]
    for text, path in zip(texts, paths, strict=True):
        if len(text.encode()) > MAX_BYTES:
            raise NotWritten(path, "draf ini lebih besar daripada satu berkas data", "bagi tabelnya")
    lines = []
    for draft, text, path in zip(found, texts, paths, strict=True):
        write_whole(path, text.encode())
        lines.append(f"Draf: {path.as_posix()}")
        doubts += _open(draft, text, path, catalogue)
        if catalogue and draft.slug in catalogue.sop:
            lines.append(f"SOP '{draft.slug}' sudah ada; untuk versi baru: sop revise {draft.slug}")
    doubts = sorted(set(doubts))
    if len(doubts) > _SHOWN:
        lines.append(f"… dan {len(doubts) - _SHOWN} lagi; lihat komentar di atas draf, dan sop check.")
    return len(found), len(doubts), lines, doubts[:_SHOWN]


def check_folder(data: Path, out: Path | None) -> None:
    """Drafts go where drafts are: in the data folder only beside SOPs, never beside registers."""
    if out is None:
        data_folder(data)
        return
    homes = (data / "draf", data / "sop")
    within = lies_in(data, out / "x")
    if not within and Path(os.path.abspath(out)).is_relative_to(os.path.abspath(data)):
        message = f"tautan simbolik pada jalur folder ini mengarah ke luar {data.as_posix()}"
        raise NotWritten(out, message, "ganti tautan itu dengan folder biasa")
    if data.is_dir() and within and not any(lies_in(home, out / "x") for home in homes):
        message = "di folder data, draf hanya ditulis di draf/ atau sop/"
        raise NotWritten(out, message, "pilih salah satunya")


def _read(
    file: Path, sheets: Sequence[Sheet], catalogue: Catalogue | None
) -> tuple[list[Returned], list[Problem]]:
    """The drafts in a workbook of ours, and what in it could not be read."""
    where = Position(file.as_posix(), 1, 1)
    found, strays = from_workbook(sheets)
    for draft in found:
        draft.open += [(("nama",), said) for said in closed(draft.slug, draft.form, catalogue)]
    count = sum(1 + len(steps) for draft in found for steps in _tables(draft))
    if count > MAX_STEPS or len(found) > MAX_DRAFTS:
        message = f"berkas ini memuat lebih dari {MAX_DRAFTS} SOP atau {MAX_STEPS} langkah dan tabel"
        hint = "bagi menjadi berkas yang lebih kecil"
        raise Unread([Problem(where, Severity.ERROR, message, hint, "impor")])
    if not found:
        message, hint = "tidak ada lembar SOP di buku kerja ini", "ekspor ulang SOP itu dengan sop export"
        raise Unread([Problem(where, Severity.ERROR, message, hint, "impor"), *strays])
    return found, strays


def _tables(draft: Returned) -> list[Sequence[Any]]:
    """The steps of each table of a draft."""
    form: dict[str, Any] = draft.form
    return [table.get("kegiatan") or () for table in form.get("alur", [form])]


def _paths(found: Sequence[Returned], data: Path, out: Path | None, force: bool) -> list[Path]:
    """A file for each draft, all of which may be written; the same name twice gets a number."""
    names: dict[str, None] = {}
    for draft in found:
        name, number = draft.slug, 2
        while name in names:
            name, number = f"{draft.slug[:70].rstrip('-')}-{number}", number + 1
        names[name] = None
    parts = [f"{name}.yml" for name in names]
    paths = [new_file(file_in(out, part) if out else file_in(data, "draf", part)) for part in parts]
    taken = [path for path in paths if path.exists()]
    if taken and not force:
        listed = ", ".join(path.as_posix() for path in taken)
        raise click.ClickException(f"sudah ada: {listed}. Pindahkan dahulu, atau pakai --force.")
    for path in taken:
        _check_draft(path)
    return paths


def _check_draft(path: Path) -> None:
    """Only an SOP file, or one in which nothing stands, is written over."""
    tree, _ = load_file(path)
    bare = tree is None and path.stat().st_size <= MAX_BYTES and not _said(path.read_bytes())
    if not (bare or meant_as_sop(tree)):
        hint = "pindahkan berkas itu, atau sebut folder lain dengan --out"
        raise NotWritten(path, "yang ada di sini bukan berkas SOP yang dapat dibaca; tidak ditimpa", hint)


def _said(data: bytes) -> bool:
    """Whether a file has more than comments."""
    return any(line.strip() and not line.lstrip().startswith(b"#") for line in data.splitlines())


def _remarks(draft: Returned, file: Path) -> list[str]:
    told = [f"- {said}" for _, said in draft.open] + [f"- {problem.message}" for problem in draft.refused]
    return [f"Draf dari {file.name}." + (" Yang belum terbaca:" if told else ""), *told]


def _open(draft: Returned, text: str, path: Path, catalogue: Catalogue | None) -> list[Problem]:
    """What is open and what the check finds, with the place in the file where it is to be filled in."""
    tree, problems = load_text(text, path.as_posix())
    start = Position(path.as_posix(), 1, 1)
    hint = "isi menurut naskah"
    left = [
        Problem(locate(tree, *where) or start, Severity.WARNING, said, hint, "impor")
        for where, said in draft.open
    ]
    if tree is None or catalogue is None:
        return [*problems, *draft.refused, *left]
    register = Register(
        *(catalogue.instansi, catalogue.unit, catalogue.pelaksana, catalogue.hukum),
        frozenset({*catalogue.sop, draft.slug}),
    )
    told = {problem.position for problem in left}
    checked = [
        problem for problem in validate_sop(tree, path.stem, register)[1] if problem.position not in told
    ]
    return [*problems, *draft.refused, *left, *(p for p in checked if p.severity is Severity.ERROR)]


@click.command()
@click.argument("slugs", nargs=-1, metavar="[SLUG]...")
@data_option
@click.option(
    "--xlsx",
    type=click.Path(dir_okay=False, path_type=Path),
    required=True,
    help="Buku kerja Excel yang ditulis.",
)
@click.option("--kosong", is_flag=True, help="Formulir kosong untuk diisi, tanpa SLUG.")
def export(slugs: tuple[str, ...], data: Path, xlsx: Path, kosong: bool) -> None:
    """Tulis SOP yang disebut (SLUG) ke satu buku kerja Excel, satu lembar tiap SOP.

    Buku kerja itu dapat disunting di Excel dan dibaca kembali dengan sop import tanpa ada yang hilang.
    """
    if kosong == bool(slugs):
        raise click.UsageError("sebut SOP yang ditulis, atau --kosong untuk formulir kosong")
    result_file(xlsx, ".xlsx", data)
    catalogue, problems = read_catalogue(data)
    for slug in slugs:
        sop_file(data, slug)
    if catalogue is None:
        print_problems([problem for problem in problems if problem.severity is Severity.ERROR])
        sys.exit(1)
    if kosong:
        write_whole(xlsx, blank_workbook(catalogue))
        click.echo(f"Formulir kosong: {xlsx.as_posix()}. Sesudah diisi: sop import {xlsx.name}")
        return
    try:
        book = to_workbook(catalogue, [catalogue.sop[slug] for slug in dict.fromkeys(slugs)])
    except TooLong as error:
        raise click.ClickException(f"satu teks SOP '{error}' terlalu panjang untuk satu sel Excel") from None
    if wrong := read_rows(book, xlsx.as_posix())[1]:  # what cannot be read back is not handed out
        print_problems(wrong)
        sys.exit(1)
    write_whole(xlsx, book)
    click.echo(f"Buku kerja: {xlsx.as_posix()}")
