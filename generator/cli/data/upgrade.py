"""``sop upgrade``: data of an older format are rewritten in that of this program, comments kept."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from generator.cli.options import data_option
from generator.cli.report import print_problems
from generator.data.data_format import FORMAT
from generator.data.load import load_file
from generator.data.writing.files import write_whole
from generator.data.writing.upgrade import AGENCY, upgraded


@click.command()
@data_option
@click.option(
    "--check", "only_check", is_flag=True, help="Jangan tulis; keluar dengan 1 bila data masih format lama."
)
def upgrade(data: Path, only_check: bool) -> None:
    """Perbarui data format lama ke format program ini. Komentar dan isi lain tidak berubah."""
    file = data / AGENCY
    tree, problems = load_file(file)
    if tree is None:
        print_problems(problems)
        sys.exit(1)
    before = file.read_bytes().decode("utf-8")
    after, problems = upgraded(before, file.as_posix())
    if problems:
        print_problems(problems)
        sys.exit(1)
    if after == before:
        click.echo(f"Data sudah berformat {FORMAT}.")
        return
    if only_check:
        click.echo(f"masih format lama: {file.as_posix()}")
        sys.exit(1)
    write_whole(file, after.encode())
    click.echo(f"Data sekarang berformat {FORMAT}; ditulis: {file.as_posix()}")
