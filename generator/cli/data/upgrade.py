"""``sop upgrade``: data of an older format are rewritten in that of this program, comments kept."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import click
from msgspec import Struct

from generator.cli.options import agency_option, data_option
from generator.cli.report import print_problems
from generator.data.data_format import FORMAT, newer
from generator.data.files.shared import holds_agencies
from generator.data.load import load_file
from generator.data.writing.files import write_whole
from generator.data.writing.upgrade import AGENCY, upgraded
from generator.model.problems import Problem


class _Upgrade(Struct, frozen=True):
    """The file of an agency that says in which format its data are, as it stands and will; or why not."""

    file: Path
    before: str = ""
    after: str = ""
    problems: tuple[Problem, ...] = ()


@click.command()
@data_option
@click.option(
    "--check", "only_check", is_flag=True, help="Jangan tulis; keluar dengan 1 bila data masih format lama."
)
@agency_option
def upgrade(data: Path, only_check: bool, only: str | None) -> None:
    """Perbarui data format lama ke format program ini. Komentar dan isi lain tidak berubah.

    Bila folder datanya memuat beberapa instansi: semuanya, atau satu dengan --instansi.
    """
    found = [_upgrade(folder) for folder in _folders(data, only)]
    wrong = [problem for one in found for problem in one.problems]
    if wrong:
        print_problems(wrong)
    old = [one for one in found if one.after != one.before]
    if not (wrong or old):
        click.echo(f"Data sudah berformat {FORMAT}.")
    for one in old:
        if only_check:
            click.echo(f"masih format lama: {one.file.as_posix()}")
        else:
            write_whole(one.file, one.after.encode())
            click.echo(f"Data sekarang berformat {FORMAT}; ditulis: {one.file.as_posix()}")
    sys.exit(1 if wrong or (old and only_check) else 0)


def _folders(data: Path, only: str | None) -> Iterator[Path]:
    """The data folder; of several agencies those that lie in it, or the one that was named. What lies
    elsewhere is another repository's, and is changed only by name."""
    if not (only or holds_agencies(data)):
        yield data
        return
    from generator.cli.chosen import chosen_agencies  # not loaded for a single agency
    from generator.portal.agencies import read_portal

    portal, problems = read_portal(data)
    if problems and only is None:
        print_problems(problems)
    for agency in chosen_agencies(portal, only):
        if only or agency.data.resolve().is_relative_to(data.resolve()):
            yield agency.data
        else:
            hint = f"sop upgrade --instansi {agency.id}"
            click.echo(f"Di luar folder ini, tidak diubah: {agency.data.as_posix()}; {hint}", err=True)


def _upgrade(folder: Path) -> _Upgrade:
    file = folder / AGENCY
    if later := newer(folder):
        return _Upgrade(file, problems=(later,))
    tree, problems = load_file(file)
    if tree is None:
        return _Upgrade(file, problems=tuple(problems))
    before = file.read_bytes().decode("utf-8")
    after, problems = upgraded(before, file.as_posix())
    return _Upgrade(file, before, before if problems else after, tuple(problems))
