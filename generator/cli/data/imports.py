"""``sop import``: files and folders of agencies → drafts, a check page beside each, and what is open."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import click
from msgspec import Struct
from msgspec.structs import replace

from generator.bounded import Bounded, TooMuch
from generator.check_page.file import Read, read_file, read_register
from generator.check_page.page import check_page
from generator.cli.data.accept import accept
from generator.cli.data.reading import TOO_MUCH, write_reading
from generator.cli.data.registers import Entries, keep, still_waiting, waiting, with_waiting
from generator.cli.data.tables import Unread, check_folder, import_table, own_workbook
from generator.cli.data.word_changes import take_over, word_changes
from generator.cli.files import named_files
from generator.cli.options import data_option
from generator.cli.report import print_problems
from generator.data.catalogue import Catalogue
from generator.data.load import MAX_BYTES, load_text
from generator.data.sources import read_catalogue
from generator.data.validate import Register, validate_sop
from generator.data.writing.files import file_in, new_file, write_whole
from generator.model.problems import Position, Problem, Severity
from generator.reading.doors import ENDINGS
from generator.reading.draft.draft import Draft, drafts
from generator.reading.draft.text import draft_text
from generator.reading.xlsx.rows import Sheet

MOST_DRAFTS = 500
"""SOPs of one file."""


class _Result(Struct, frozen=True):
    """What became of one file: how many drafts it gave, how much is to be looked at, what was told."""

    drafts: int
    notes: int = 0
    problems: tuple[Problem, ...] = ()
    lines: tuple[str, ...] = ()


class _Run(Struct):
    """What holds for all files of one command: ``names`` are the drafts that it has written."""

    data: Path
    out: Path | None
    force: bool
    registers: Catalogue | None
    entries: Entries
    reader: Bounded[str, Read]
    names: set[str] = set()


@click.command("import")
@click.argument("files", nargs=-1, metavar="[BERKAS]...", type=click.Path(path_type=Path))
@data_option
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder hasil; biasanya draf/ di folder data.",
)
@click.option("--force", is_flag=True, help="Timpa draf yang sudah ada.")
@click.option(
    "--bacaan",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Tulis bacaan satu berkas dan keraguannya ke berkas .json ini; tanpa membuat draf.",
)
@click.option("--daftar", is_flag=True, help="Tiap baris daftar SOP menjadi SOP yang belum berlangkah.")
@click.option("--terima", multiple=True, metavar="SLUG", help="Pindahkan draf yang sudah diperiksa ke sop/.")
@click.option(
    "--terima-beda",
    "beda",
    metavar="NOMOR",
    help="Terapkan perbedaan bernomor ini (1,3 atau semua) dari berkas Word buatan sop docx yang diubah.",
)
def import_(
    files: tuple[Path, ...],
    data: Path,
    out: Path | None,
    force: bool,
    bacaan: Path | None,
    daftar: bool,
    terima: tuple[str, ...],
    beda: str | None,
) -> None:
    """Jadikan SOP dari BERKAS (berkas atau folder: PDF, Word, Excel, teks) draf berkas SOP.

    Tabel, simbol, panah dan labelnya dibaca seperti tergambar. Yang diragukan ditandai '# periksa:' di draf
    dan ditunjukkan pada halaman periksa di sampingnya. Sesudah diperiksa: sop import --terima SLUG.
    Klasifikasi tidak diambil dari berkas, kecuali sama dengan klasifikasi SOP itu di folder data.
    """
    if terima:
        if files or bacaan:
            raise click.UsageError("--terima tidak dipakai bersama berkas")
        sys.exit(0 if accept(data, terima) else 1)
    if not files:
        raise click.UsageError("sebut berkas atau folder yang diimpor, atau --terima SLUG")
    named_files(files, data)
    if bacaan is not None:
        if len(files) != 1 or not files[0].is_file() or daftar:
            raise click.UsageError("--bacaan membaca satu berkas, tanpa --daftar")
        write_reading(files[0], data, bacaan)
        return
    if beda is not None:
        if len(files) != 1 or not files[0].is_file() or bacaan or daftar:
            raise click.UsageError("--terima-beda memakai satu berkas Word")
        _take_over(files[0], data, beda)
        return
    check_folder(data, out)
    catalogue, _ = read_catalogue(data)
    entries = waiting(data)
    run = _Run(data, out, force, catalogue, entries, Bounded(read_register if daftar else read_file))
    try:
        done = _all(run, list(_found(files)))
    finally:
        run.reader.close()
    if not any(result.drafts for result in done):
        sys.exit(1)


def _take_over(file: Path, data: Path, chosen: str) -> None:
    """Take chosen changes of a Word file of ours over into its SOP."""
    catalogue, problems = read_catalogue(data)
    reader = Bounded(read_file)
    try:
        read = reader.ask(file.as_posix())
    except TooMuch as error:
        raise click.ClickException(f"berkas ini terlalu rumit: {error}") from None
    finally:
        reader.close()
    problems = [problem for problem in problems if problem.severity is Severity.ERROR]
    if read.reading is not None and catalogue is not None:
        problems = take_over(read.reading, catalogue, data, chosen)
    elif read.reading is None:
        problems += read.problems
    if problems:
        print_problems(problems)
        sys.exit(1)


def _found(files: Sequence[Path]) -> Iterator[Path]:
    """The files, and those of the folders that a door opens, by their names."""
    for file in files:
        if not file.is_dir():
            yield file
            continue
        for folder, folders, names in os.walk(file):
            folders[:] = sorted(name for name in folders if not name.startswith("."))
            for name in sorted(names):
                if not name.startswith((".", "~$")) and Path(name).suffix.lower() in ENDINGS:
                    yield Path(folder) / name


def _all(run: _Run, files: Sequence[Path]) -> list[_Result]:
    """Import each file, a line for each, and all problems at the end."""
    done: list[_Result] = []
    for n, file in enumerate(files, 1):
        try:
            own = own_workbook(file)
            result = _one(run, file) if own is None else _returned(run, file, own)
        except Unread as error:
            result = _Result(0, problems=tuple(error.problems))
        except click.ClickException as error:
            problem = Problem(Position(file.as_posix(), 1, 1), Severity.ERROR, error.message, "", "impor")
            result = _Result(0, problems=(problem,))
        done.append(result)
        click.echo(f"[{n}/{len(files)}] {file.as_posix()}: {_said(result)}")
        for line in result.lines:
            click.echo(f"  {line}")
    problems = [problem for result in done for problem in result.problems]
    if problems:
        print_problems(problems)
    if not files:
        click.echo(f"Tidak ada berkas yang dapat dibaca di sana ({', '.join(ENDINGS)}).")
    read = [result for result in done if result.drafts]
    sure = sum(not result.notes for result in read)
    made, notes = sum(result.drafts for result in read), sum(result.notes for result in read)
    unsure, refused = len(read) - sure, len(done) - len(read)
    click.echo(f"{len(files)} berkas: {sure} terbaca, {unsure} dengan keraguan, {refused} ditolak.")
    click.echo(f"{made} draf, {notes} hal perlu diperiksa.")
    return done


def _said(result: _Result) -> str:
    if not result.drafts:
        return "ditolak: " + (result.problems[0].message if result.problems else "tidak ada SOP di dalamnya")
    several = f"{result.drafts} draf, " if result.drafts > 1 else ""
    return (
        f"{several}{result.notes} hal perlu diperiksa" if result.notes else f"{several}terbaca tanpa keraguan"
    )


def _returned(run: _Run, file: Path, own: tuple[tuple[Sheet, ...], list[Problem]]) -> _Result:
    """A workbook that was written here."""
    count, notes, lines, problems = import_table(file, own, run.data, run.out, run.force, run.registers)
    return _Result(count, notes, tuple(problems), tuple(lines))


def _one(run: _Run, file: Path) -> _Result:
    """The drafts of one file, all of them or none."""
    try:
        read = run.reader.ask(file.as_posix())
    except TooMuch as error:
        problem = Problem(
            Position(file.as_posix(), 1, 1),
            Severity.ERROR,
            f"berkas ini terlalu rumit: {error}",
            TOO_MUCH,
            "impor",
        )
        return _Result(0, problems=(problem,))
    if read.reading is None:
        return _Result(0, problems=read.problems)
    registers, found = _understood(run, read)
    if len(found) > MOST_DRAFTS:
        where = Position(file.as_posix(), 1, 1)
        message = f"berkas ini memuat lebih dari {MOST_DRAFTS} SOP"
        return _Result(0, problems=(Problem(where, Severity.ERROR, message, "bagi berkasnya", "impor"),))
    written: list[tuple[Path, str]] = []
    lines = word_changes(read.reading, run.registers, run.data)
    problems = [*read.problems]
    names = set(run.names)
    for draft in found:
        slug = _free(draft.slug, names)
        names.add(slug)
        draft = replace(draft, slug=slug)
        path, page = (_path(run, f"{slug}.{ending}") for ending in ("yml", "periksa.html"))
        text, places = draft_text(draft, file.name)
        errors = _errors(draft, text, path, registers)
        if len(text.encode()) > MAX_BYTES:
            problems.append(_too_long(path))
            return _Result(0, problems=tuple(problems))
        html = check_page(
            *(draft, text, places, file.name, path.as_posix()), read.pictures, errors, registers
        )
        written += [(path, text), (page, html)]
        lines.append(f"{path.as_posix()} · {page.name}")
        if run.registers and slug in run.registers.sop:
            lines.append(f"SOP '{slug}' sudah ada; untuk versi baru: sop revise {slug}")
        problems += errors
    taken = [path.as_posix() for path, _ in written if path.exists()]
    if taken and not run.force:
        raise click.ClickException(f"sudah ada: {', '.join(taken)}. Pindahkan dahulu, atau pakai --force.")
    _write(written)
    run.names = names
    for draft in found:
        for name, some in draft.new.items():
            run.entries.setdefault(name, {}).update(some)
    keep(run.data, run.entries)
    return _Result(len(found), sum(len(draft.notes) for draft in found), tuple(problems), tuple(lines))


def _understood(run: _Run, read: Read) -> tuple[Catalogue | None, tuple[Draft, ...]]:
    """The registers with what waits, and the drafts. What waits for none but the drafts that are to be
    overwritten is no longer known, so that it is asked again."""
    assert read.reading is not None
    registers = with_waiting(run.registers, run.entries) if run.registers else None
    found = drafts(read.reading, registers)
    old = {one.slug for one in found} - run.names
    if run.registers and run.force and any(_path(run, f"{slug}.yml").exists() for slug in old):
        run.entries = still_waiting(run.entries, _path(run, "x").parent, old)
        registers = with_waiting(run.registers, run.entries)
        found = drafts(read.reading, registers)
    return registers, tuple(found)


def _free(slug: str, names: set[str]) -> str:
    free, number = slug, 2
    while free in names:
        free, number = f"{slug[:70].rstrip('-')}-{number}", number + 1
    return free


def _path(run: _Run, name: str) -> Path:
    return new_file(file_in(run.out, name) if run.out else file_in(run.data, "draf", name))


def _write(files: Sequence[tuple[Path, str]]) -> None:
    """Write all files; where one cannot be written, none of those that are new is left."""
    new = [path for path, _ in files if not path.exists()]
    try:
        for path, text in files:
            write_whole(path, text.encode())
    except BaseException:
        for path in new:
            path.unlink(missing_ok=True)
        raise


def _errors(draft: Draft, text: str, path: Path, registers: Catalogue | None) -> list[Problem]:
    """What the check would refuse, in words for whoever settles the draft."""
    tree, problems = load_text(text, path.as_posix())
    if tree is not None and registers is not None:
        known = with_waiting(registers, draft.new)
        register = Register(
            *(known.instansi, known.unit, known.pelaksana, known.hukum), frozenset({*known.sop, draft.slug})
        )
        problems += validate_sop(tree, draft.slug, register)[1]
    return [problem for problem in problems if problem.severity is Severity.ERROR]


def _too_long(path: Path) -> Problem:
    message = "draf ini lebih besar daripada satu berkas data"
    return Problem(Position(path.as_posix(), 1, 1), Severity.ERROR, message, "bagi berkasnya", "impor")
