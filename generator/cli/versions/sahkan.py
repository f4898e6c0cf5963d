"""``sop sahkan SLUG BERKAS``: the signed copy comes home. Its signatures are read, its text is held against
the data, and after asking it is filed and the SOP says who signed it."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path
from typing import NoReturn

import click
from msgspec import Struct

from generator.cli.files import sop_file
from generator.cli.options import data_option
from generator.cli.report import print_problems
from generator.cli.versions.papers import Paper, read_paper, told_signatures
from generator.data.catalogue import Catalogue
from generator.data.revisions import is_revoked
from generator.data.sources import read_catalogue
from generator.data.writing.files import file_in, write_whole
from generator.data.writing.form import signature_form
from generator.data.writing.record import Values, read_text, recorded
from generator.documents import fingerprint
from generator.model.dates import date_text, is_blank_date, parse_date
from generator.model.problems import Position, Problem, Severity
from generator.model.sop import SOP


class Answers(Struct, frozen=True):
    """What the command was told, or asks for: None where it was not said."""

    efektif: str | None
    pengesah: str | None
    jabatan: str | None
    nomor: str | None
    asking: bool


@click.command()
@click.argument("slug")
@click.argument("file", metavar="BERKAS", type=click.Path(dir_okay=False, path_type=Path))
@data_option
@click.option("--efektif", help="Tanggal mulai berlaku, misalnya 2026-12-01.")
@click.option("--pengesah", help="Nama pejabat yang mengesahkan.")
@click.option("--jabatan", help="Jabatan pejabat yang mengesahkan.")
@click.option("--nomor", help="Nomor SOP yang ditetapkan.")
@click.option("--tanpa-tte", is_flag=True, help="Terima naskah bertanda tangan basah yang dipindai.")
@click.option("--meski-berbeda", is_flag=True, help="Simpan juga bila naskah tidak sama dengan data.")
@click.option("--ya", is_flag=True, help="Jangan bertanya; yang tidak disebut diambil dari data dan naskah.")
def sahkan(
    slug: str,
    file: Path,
    data: Path,
    efektif: str | None,
    pengesah: str | None,
    jabatan: str | None,
    nomor: str | None,
    tanpa_tte: bool,
    meski_berbeda: bool,
    ya: bool,
) -> None:
    """Simpan naskah yang sudah ditandatangani, sesudah tanda tangan dan isinya diperiksa.

    SLUG adalah nama berkas SOP tanpa .yml, BERKAS PDF yang sudah ditandatangani. Akar sertifikat yang
    dipercaya instansi disimpan di akar_sertifikat/ pada folder data.
    """
    path = file_in(data, "sop", sop_file(data, slug).name)
    whole, problems = read_catalogue(data)
    if whole is None:
        print_problems([problem for problem in problems if problem.severity is Severity.ERROR])
        sys.exit(1)
    sop = whole.versions(slug)[-1]
    if is_revoked(sop, None):
        _refuse(path, f"SOP '{slug}' dicabut", f"bila dipakai lagi: sop revise {slug}")
    paper, problems = read_paper(file, data, whole, sop)
    if problems:
        print_problems(problems)
    if paper is None:
        sys.exit(1)
    home = file_in(data, "naskah", f"{slug}-versi-{sop.versi.nomor}.pdf")
    if sop.dokumen_resmi and sop.dokumen_resmi != f"naskah/{home.name}":
        _refuse(path, f"versi {sop.versi.nomor} sudah punya naskah: {sop.dokumen_resmi}", _AGAIN.format(slug))
    if sop.dokumen_resmi and home.is_file() and home.read_bytes() == paper.data:
        click.echo(f"Sudah tersimpan: {home.as_posix()}")
        return
    if sop.dokumen_resmi or (home.exists() and home.read_bytes() != paper.data):
        _refuse(home, "naskah lain sudah tersimpan dengan nama ini", _AGAIN.format(slug))
    for line in told_signatures(paper.signed):
        click.echo(line)
    _hold(paper, file, tanpa_tte)
    answers = Answers(efektif, pengesah, jabatan, nomor, asking=not ya)
    text, after = _approved(path, whole, sop, paper, answers, home.name)
    doubts = paper.doubts(after, whole)
    for line in doubts:
        click.echo(f"  - {line}")
    if not doubts:
        click.echo("Isi naskah sama dengan data.")
    elif ya and not meski_berbeda:
        _refuse(file, "naskah tidak sama dengan data", "periksa dahulu; bila memang benar: --meski-berbeda")
    if not ya:
        click.confirm(f"Simpan sebagai naskah versi {sop.versi.nomor}?", abort=True)
    write_whole(home, paper.data)  # first: a copy that no SOP names is told by the check, the reverse is not
    write_whole(path, text.encode())
    signer = after.disahkan_oleh
    click.echo(f"Tersimpan: {home.as_posix()}")
    click.echo(
        f"Versi {after.versi.nomor} berlaku mulai {after.tanggal.efektif}, disahkan oleh "
        f"{(signer and signer.nama) or '-'} ({path.as_posix()})"
    )


_AGAIN = "naskah baru berarti versi baru: sop revise {}"


def _hold(paper: Paper, file: Path, unsigned: bool) -> None:
    """End the command where the file is no signed copy."""
    if not paper.signed.signatures and not unsigned:
        hint = "beri PDF yang sudah ditandatangani; bila tanda tangannya basah dan dipindai: --tanpa-tte"
        _refuse(file, "PDF ini tidak memuat tanda tangan elektronik", hint)
    if why := paper.broken():
        _refuse(file, why, "minta berkas seperti ketika ditandatangani")
    if paper.other:
        _refuse(file, f"berkas ini naskah SOP lain: {paper.other}", "periksa SLUG atau berkasnya")


def _approved(
    path: Path, whole: Catalogue, sop: SOP, paper: Paper, answers: Answers, name: str
) -> tuple[str, SOP]:
    """The text of the SOP's file as it is after the approval, and the SOP that it then is."""
    kept = path.read_text(encoding="utf-8")
    values: dict[tuple[str, ...], object] = {
        ("dokumen_resmi",): f"naskah/{name}",
        ("tanggal", "efektif"): _begins(sop, paper, answers),
        ("tanda_tangan",): [signature_form(one.said) for one in paper.signed.signatures] or None,
    }
    signer = sop.disahkan_oleh
    signers = [one.said for one in paper.signed.signatures]
    last = signers[-1].nama if signers else None
    asked = (
        (
            "nama",
            "Nama pengesah",
            answers.pengesah,
            (signer and signer.nama) or paper.said("pejabat") or last,
        ),
        (
            "jabatan",
            "Jabatan pengesah",
            answers.jabatan,
            (signer and signer.jabatan) or paper.said("disahkan_oleh"),
        ),
    )
    for key, question, given, known in asked:
        values[("disahkan_oleh", key)] = _answer(question, given, known, answers.asking)
    if number := answers.nomor or (paper.said("nomor") if (sop.nomor or "-").strip("-–— ") == "" else None):
        values[("nomor",)] = number
    text = _recorded(kept, sop.slug, path, values)
    after, _ = read_text(text, sop.slug, path.as_posix())
    assert after is not None
    text = _recorded(text, sop.slug, path, {("sidik_data",): fingerprint(whole, after)[:12]})
    after, _ = read_text(text, sop.slug, path.as_posix())
    assert after is not None
    return text, after


def _recorded(text: str, slug: str, path: Path, values: dict[tuple[str, ...], object]) -> str:
    typed: Values = values  # type: ignore[assignment]
    made = recorded(text, slug, path.as_posix(), typed)
    if made is None:
        _refuse(path, "pengesahan tidak dapat ditulis ke berkas ini", "rapikan dahulu: sop fmt")
    return made


def _begins(sop: SOP, paper: Paper, answers: Answers) -> str:
    """The day on which it takes effect: said, in the data, on paper, or asked for."""
    said = answers.efektif
    own = sop.tanggal.efektif
    known = own if not is_blank_date(own) else paper.said("efektif") or None
    while True:
        text = _answer("Tanggal efektif", said, known, answers.asking)
        if day := parse_date(text):
            return own if own and parse_date(own) == day else date_text(day)
        click.echo(
            f"Tanggal '{text}' tidak dapat dibaca; tulis misalnya {datetime.today():%Y-%m-%d}.", err=True
        )
        if said is not None or not answers.asking:
            sys.exit(1)


def _answer(question: str, given: str | None, known: str | None, asking: bool) -> str:
    if given is not None:
        return given.strip()
    if asking:
        return str(click.prompt(question, default=known or None)).strip()
    if not known:
        option = {"Tanggal efektif": "--efektif", "Nama pengesah": "--pengesah"}.get(question, "--jabatan")
        raise click.UsageError(f"{question.lower()} tidak diketahui; sebut {option}")
    return known


def _refuse(path: Path, message: str, hint: str) -> NoReturn:
    where = Position(path.as_posix(), 1, 1)
    print_problems([Problem(where, Severity.ERROR, message, hint, "pengesahan")])
    sys.exit(1)
