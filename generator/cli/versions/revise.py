"""``sop revise SLUG``: keep the version in force, open the next."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import click

from generator.cli.files import sop_file
from generator.cli.options import DAY, data_option
from generator.cli.report import print_problems
from generator.cli.versions.take_back import take_back
from generator.data.writing.files import file_in, new_file, write_whole
from generator.data.writing.record import read_text
from generator.data.writing.revise import Revision, next_version, same_content
from generator.model.dates import date_text, parse_date
from generator.model.problems import Position, Problem, Severity
from generator.model.sop import SOP


@click.command()
@click.argument("slug")
@data_option
@click.option("--perubahan", help="Apa yang berubah.")
@click.option("--alasan", help="Mengapa diubah.")
@click.option("--tanggal", type=DAY, help="Tanggal revisi; bila tidak disebut, hari ini.")
@click.option("--efektif", type=DAY, help='Tanggal mulai berlaku; bila tidak disebut, "-" sampai ditetapkan.')
@click.option("--nomor", help="Nomor SOP yang baru; bila tidak disebut, tetap.")
@click.option("--batal", is_flag=True, help="Tutup lagi versi yang dibuka: versi sebelumnya kembali.")
def revise(
    slug: str,
    data: Path,
    perubahan: str | None,
    alasan: str | None,
    tanggal: date | None,
    efektif: date | None,
    nomor: str | None,
    batal: bool,
) -> None:
    """Simpan versi SOP yang berlaku, lalu buka versi berikutnya.

    SLUG adalah nama berkas SOP tanpa .yml. Versi lama tersimpan utuh di versi/SLUG/; yang disunting
    selanjutnya tetap sop/SLUG.yml. Yang terbuka karena keliru ditutup lagi dengan --batal.
    """
    path = file_in(data, "sop", sop_file(data, slug).name)
    kept = path.read_bytes()
    text = _decoded(kept, path)
    sop, problems = read_text(text, slug, path.as_posix())
    if sop is None:
        print_problems(problems)
        sys.exit(1)
    if batal:
        take_back(data, path, sop)
        return
    _ask_if_unchanged(data, sop)
    revision = Revision(
        perubahan=_asked(perubahan, "Apa yang berubah"),
        alasan=_asked(alasan, "Mengapa"),
        revisi=date_text(tanggal or date.today()),
        efektif=date_text(efektif) if efektif else None,
        nomor=nomor,
    )
    opened, problems = next_version(text, slug, path.as_posix(), revision)
    home = file_in(data, "versi", new_file(data / "versi" / slug).name, f"{sop.versi.nomor}.yml")
    if opened is not None and home.exists() and home.read_bytes() != kept:
        opened, problems = None, [_taken(home, sop.versi.nomor, path)]
    if opened is None:
        print_problems(problems)
        sys.exit(1)
    write_whole(home, kept)  # first: whatever happens now, the version in force is kept
    write_whole(path, opened.encode())
    click.echo(f"Tersimpan: {home.as_posix()}")
    click.echo(f"Versi {sop.versi.nomor + 1} terbuka: {path.as_posix()}")
    click.echo(f"Sunting, lalu: sop check dan sop diff {slug}")
    if parse_date(sop.tanggal.efektif) is None and parse_date(revision.efektif) is None:
        click.echo(
            f"Perhatian: versi {sop.versi.nomor} tidak bertanggal efektif, jadi situs menampilkan versi "
            f"{sop.versi.nomor + 1} sejak sekarang; bila klasifikasinya diubah, SOP ini dapat hilang dari "
            "situs publik. Bila belum berlaku, isi tanggal efektifnya."
        )


def _ask_if_unchanged(data: Path, sop: SOP) -> None:
    """A second ``sop revise`` is most often the first one given again."""
    before = data / "versi" / sop.slug / f"{sop.versi.nomor - 1}.yml"
    if not before.is_file():
        return
    old, _ = read_text(_decoded(before.read_bytes(), before), sop.slug, before.as_posix())
    if old is not None and same_content(old, sop):
        click.echo(
            f"Versi {sop.versi.nomor} sudah terbuka dan isinya belum berubah dari versi {old.versi.nomor}."
        )
        click.confirm(f"Buka versi {sop.versi.nomor + 1} juga", abort=True)


def _asked(value: str | None, question: str) -> str:
    text = str(click.prompt(question)) if value is None else value
    if not text.strip():
        raise click.UsageError(f"{question.lower()}: tidak boleh kosong")
    return text.strip()


def _decoded(kept: bytes, path: Path) -> str:
    try:
        return kept.decode("utf-8")
    except UnicodeDecodeError:
        where = Position(path.as_posix(), 1, 1)
        hint = "simpan ulang berkas dengan pengodean UTF-8"
        print_problems([Problem(where, Severity.ERROR, "berkas bukan UTF-8", hint, "versi")])
        sys.exit(1)


def _taken(home: Path, number: int, path: Path) -> Problem:
    hint = f"naikkan versi: {{nomor: …}} di {path.as_posix()}"
    message = f"versi {number} sudah tersimpan dengan isi yang berbeda"
    return Problem(Position(home.as_posix(), 1, 1), Severity.ERROR, message, hint, "versi")
