"""The record in the files of SOPs that they were reviewed and stay in force. Nothing is written where one of
them cannot be; killed while it writes, the same command again writes the rest."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import click
from msgspec.structs import replace

from generator.cli.report import print_problems
from generator.data.catalogue import Catalogue
from generator.data.revisions import is_revoked
from generator.data.revisions.marks import marks
from generator.data.writing.files import file_in, write_whole
from generator.data.writing.form import review_form
from generator.data.writing.record import Values, recorded
from generator.model.dates import date_text, parse_date
from generator.model.problems import Position, Problem, Severity
from generator.model.records import Peninjauan
from generator.model.sop import SOP


def confirm(
    whole: Catalogue, slugs: Sequence[str], said: Peninjauan, on: date, data: Path, several: bool
) -> None:
    """Write the record into the file of the version that counts on the day. Of several that were not named
    one by one, those that cannot be confirmed are told and left."""
    counting = whole.on(on)
    problems: list[Problem] = []
    files: dict[Path, bytes] = {}
    left: list[str] = []
    for slug in slugs:
        sop = counting.sop[slug]
        if why := _not_in_force(sop, on):
            if not several:
                raise click.ClickException(f"SOP '{slug}' {why}\n  saran: sebut SOP yang berlaku")
            left.append(f"{slug}: {why}")
            continue
        path = _file(whole, sop, data)
        made = _with_record(path.read_bytes(), sop, replace(said, dilihat=marks(sop, counting.known)), path)
        if made is None:
            hint = "tulis tinjauan: [{tanggal: …, oleh: …}] sendiri di berkas itu"
            where = Position(path.as_posix(), 1, 1)
            problems.append(Problem(where, Severity.ERROR, "tinjauan tidak dapat dicatat", hint, "tinjauan"))
        else:
            files[path] = made.encode()
    if problems:
        print_problems(problems)
        sys.exit(1)
    for path, content in files.items():
        write_whole(path, content)
    for line in left:
        click.echo(f"Dilewati: {line}")
    click.echo(f"{len(files)} SOP dicatat: ditinjau {said.tanggal} oleh {said.oleh}, tetap berlaku.")


def _not_in_force(sop: SOP, on: date) -> str:
    """Why an SOP cannot stay in force on a day, "" where it can."""
    if is_revoked(sop, on):
        return "sudah dicabut"
    begins = parse_date(sop.tanggal.efektif)
    if begins and begins > on:
        return f"baru berlaku mulai {date_text(begins)}"
    last = max((day for one in sop.tinjauan if (day := parse_date(one.tanggal))), default=None)
    return f"sudah ditinjau {date_text(last)}, sesudah tanggal ini" if last and last > on else ""


def _file(whole: Catalogue, sop: SOP, data: Path) -> Path:
    """The file of a version: the one that people edit, or one that is kept."""
    if whole.sop[sop.slug].versi.nomor == sop.versi.nomor:
        return file_in(data, "sop", f"{sop.slug}.yml")
    return file_in(data, "versi", sop.slug, f"{sop.versi.nomor}.yml")


def _with_record(kept: bytes, sop: SOP, said: Peninjauan, path: Path) -> str | None:
    """The text of a file with one more review; of one day and one person the later takes the place."""
    before = [one for one in sop.tinjauan if (one.tanggal, one.oleh) != (said.tanggal, said.oleh)]
    values: Values = {("tinjauan",): [review_form(one) for one in (*before, said)]}
    return recorded(kept.decode("utf-8"), sop.slug, path.as_posix(), values)
