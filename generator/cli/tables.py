"""``sop import`` and ``sop export``: tables in and out of the data folder."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import click

from generator.catalogue import Catalogue
from generator.cli.files import sop_file
from generator.cli.options import data_option
from generator.cli.report import print_problems
from generator.load import load_text, locate
from generator.problems import Position, Problem, Severity
from generator.sources import read_catalogue
from generator.tables.draft import Draft, drafts
from generator.tables.grid import Sheet, read_sheets
from generator.tables.workbook import TooLong, from_workbook, is_ours, to_workbook
from generator.writing.draft import file_text
from generator.writing.files import write_whole


@click.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@data_option
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder hasil; biasanya draf/ di folder data.",
)
@click.option("--force", is_flag=True, help="Timpa draf yang sudah ada.")
def import_(file: Path, data: Path, out: Path | None, force: bool) -> None:
    """Jadikan tabel SOP dari FILE (.xlsx, .csv, .tsv atau .txt) draf berkas SOP.

    Yang tidak terbaca dibiarkan kosong dan disebut satu per satu. Lengkapi drafnya, lalu pindahkan ke sop/.
    """
    sheets, problems = read_sheets(file.read_bytes(), file.as_posix())
    if problems:
        print_problems(problems)
        sys.exit(1)
    catalogue, _ = read_catalogue(data)
    found = _drafts(sheets, catalogue)
    if not found:
        hint = "pastikan ada baris judul dengan No dan Kegiatan, dan kolom Kelengkapan, Waktu, Output"
        where = Position(file.as_posix(), 1, 1)
        print_problems([Problem(where, Severity.ERROR, "tidak ada tabel SOP pada berkas ini", hint, "impor")])
        sys.exit(1)
    folder = out or data / "draf"
    paths = _paths(found, folder)
    if taken := [path for path in paths if path.exists() and not force]:
        names = ", ".join(path.as_posix() for path in taken)
        raise click.ClickException(f"sudah ada: {names}. Pindahkan dahulu, atau pakai --force.")
    still_open: list[Problem] = []
    for draft, path in zip(found, paths, strict=True):
        text = file_text(draft.form, _remarks(draft, file))
        write_whole(path, text.encode())
        click.echo(f"Draf: {path.as_posix()}")
        still_open += _open(draft, text, path)
        if catalogue and draft.slug in catalogue.sop:
            click.echo(f"  SOP '{draft.slug}' sudah ada; untuk versi baru: sop revise {draft.slug}")
    if still_open:
        click.echo("Belum terbaca dari tabel; isi sendiri:")
        print_problems(sorted(set(still_open)))


def _drafts(sheets: Sequence[Sheet], catalogue: Catalogue | None) -> list[Draft]:
    if is_ours(sheets):
        return from_workbook(sheets)
    return [draft for sheet in sheets for draft in drafts(sheet, catalogue)]


def _paths(found: Sequence[Draft], folder: Path) -> list[Path]:
    """A file for each draft; the same name twice gets a number."""
    names: list[str] = []
    for draft in found:
        name, number = draft.slug, 2
        while name in names:
            name, number = f"{draft.slug[:70]}-{number}", number + 1
        names.append(name)
    return [folder / f"{name}.yml" for name in names]


def _remarks(draft: Draft, file: Path) -> list[str]:
    told = [f"- {said}" for _, said in draft.open]
    return [f"Draf dari {file.name}." + (" Yang belum terbaca:" if told else ""), *told]


def _open(draft: Draft, text: str, path: Path) -> list[Problem]:
    """What is open, with the place in the file where it is to be filled in."""
    tree, problems = load_text(text, path.as_posix())
    start = Position(path.as_posix(), 1, 1)
    hint = "isi menurut naskah"
    return problems + [
        Problem(locate(tree, *where) or start, Severity.WARNING, said, hint, "impor")
        for where, said in draft.open
    ]


@click.command()
@click.argument("slugs", nargs=-1, required=True)
@data_option
@click.option(
    "--xlsx",
    type=click.Path(dir_okay=False, path_type=Path),
    required=True,
    help="Buku kerja Excel yang ditulis.",
)
def export(slugs: tuple[str, ...], data: Path, xlsx: Path) -> None:
    """Tulis SOP SLUGS ke satu buku kerja Excel, satu lembar tiap SOP.

    Buku kerja itu dapat disunting di Excel dan dibaca kembali dengan sop import tanpa ada yang hilang.
    """
    catalogue, problems = read_catalogue(data)
    for slug in slugs:
        sop_file(data, slug)
    if catalogue is None:
        print_problems([problem for problem in problems if problem.severity is Severity.ERROR])
        sys.exit(1)
    try:
        book = to_workbook(catalogue, [catalogue.sop[slug] for slug in dict.fromkeys(slugs)])
    except TooLong as error:
        raise click.ClickException(f"satu teks SOP '{error}' terlalu panjang untuk satu sel Excel") from None
    write_whole(xlsx, book)
    click.echo(f"Buku kerja: {xlsx.as_posix()}")
