"""``sop fmt``: one key order and one style for the data files, comments kept."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from generator.cli.chosen import chosen_agencies
from generator.cli.files import named_files
from generator.cli.options import agency_option, data_option
from generator.cli.report import count, print_problems
from generator.data.files.inputs import entries_in
from generator.data.files.plain import why
from generator.data.files.refused import NotWritten
from generator.data.files.shared import COMMON, holds_agencies
from generator.data.load import MAX_BYTES, load_text
from generator.data.registers import files_of
from generator.data.validate.schema import meant_as_sop
from generator.data.writing.files import lies_in, plain_file, write_whole
from generator.data.writing.order import REGISTER_ORDERS
from generator.data.writing.tidy import tidy
from generator.model.problems import Position, Problem, Severity

_REGISTERS = tuple(f"{name}.yml" for name in REGISTER_ORDERS)


@click.command()
@data_option
@click.argument("files", nargs=-1, metavar="[BERKAS]...", type=click.Path(dir_okay=False, path_type=Path))
@click.option(
    "--check", "only_check", is_flag=True, help="Jangan tulis; keluar dengan 1 bila ada yang belum rapi."
)
@agency_option
def fmt(data: Path, files: tuple[Path, ...], only_check: bool, only: str | None) -> None:
    """Rapikan urutan kunci dan gaya penulisan BERKAS (bila tidak disebut: semua data).

    Isi dan komentar tidak pernah berubah; berkas yang tidak dapat dibaca dibiarkan.
    """
    named_files(files, data)
    problems: list[Problem] = []
    changed: list[Path] = []
    homes = _homes(data, only)
    for path in files or [path for home in homes for path in _data_files(home)]:
        before = _read(path, problems)
        if before is None:
            continue
        if refused := _refused(path, before, next((home for home in homes if home in path.parents), data)):
            problems.append(refused)
            continue
        after, found = tidy(before, path.as_posix())
        problems += found
        if after != before:
            changed.append(path)
            if not only_check:
                write_whole(path, after.encode())
    for path in changed:
        click.echo(f"{'belum rapi' if only_check else 'dirapikan'}: {path.as_posix()}")
    if problems:
        print_problems(sorted(problems))
    sys.exit(1 if count(problems, Severity.ERROR) or (only_check and changed) else 0)


def _homes(data: Path, only: str | None) -> list[Path]:
    """The data folders that are tidied: of one agency, or of all and what they share."""
    if not (only or holds_agencies(data)):
        return [data]
    from generator.portal.agencies import read_portal  # not loaded for one agency

    found = [agency.data for agency in chosen_agencies(read_portal(data)[0], only)]
    return found if only else [*found, data / COMMON]


def _data_files(data: Path) -> list[Path]:
    """The files that the check reads; kept versions are left as they were."""
    registers = [path for name in REGISTER_ORDERS for path in files_of(data, name)]
    sops = [path for path in entries_in(data / "sop") if path.suffix == ".yml"]
    return [path for path in (*registers, *sops) if path.is_file()]


def _refused(path: Path, text: str, data: Path) -> Problem | None:
    """Why a file is not for us to write: it is elsewhere than it seems, or no data of ours."""
    where = Position(path.as_posix(), 1, 1)
    try:
        plain_file(path)
    except NotWritten as error:
        return Problem(where, Severity.ERROR, error.message, error.hint, "fmt")
    if path.parent in (data, data / "sop") and not lies_in(data, path):
        message = f"tautan simbolik pada jalur berkas ini mengarah ke luar {data.as_posix()}"
        return Problem(where, Severity.ERROR, message, "ganti tautan itu dengan folder biasa", "fmt")
    tree, unread = load_text(text, path.as_posix())
    ours = path in _data_files(data) or path.name in _REGISTERS or unread or meant_as_sop(tree)
    hint = "sebut berkas SOP, instansi.yml, unit.yml, pelaksana.yml atau hukum.yml"
    return None if ours else Problem(where, Severity.ERROR, "ini bukan berkas data SOP", hint, "fmt")


def _read(path: Path, problems: list[Problem]) -> str | None:
    try:
        data = path.read_bytes()
        if len(data) <= MAX_BYTES:
            return data.decode("utf-8")
        reason, cure = "berkas terlalu besar", "bagi menjadi berkas yang lebih kecil"
    except OSError as error:
        reason = f"berkas tidak dapat dibaca ({why(error)})"
        cure = "periksa nama dan izin berkas"
    except UnicodeDecodeError:
        reason, cure = "berkas bukan UTF-8", "simpan ulang berkas dengan pengodean UTF-8"
    problems.append(Problem(Position(path.as_posix(), 1, 1), Severity.ERROR, reason, cure, "fmt"))
    return None
