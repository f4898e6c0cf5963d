"""``sop revise SLUG --batal``: close the version that was opened; the one before it stands again."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from pathlib import Path

import click

from generator.data.files.refused import NotWritten
from generator.data.writing.files import file_in, new_file, write_whole
from generator.data.writing.record import read_text
from generator.data.writing.revise import same_content
from generator.model.dates import date_text, parse_date
from generator.model.sop import SOP


def take_back(data: Path, path: Path, sop: SOP) -> None:
    """Put the kept version in the place of the open one. What was written in that is asked for and kept as a
    draft. A version that is signed or in force is no mistake of a moment: it stays."""
    number = sop.versi.nomor
    home = file_in(data, "versi", sop.slug, f"{number - 1}.yml")
    if number < 2 or not home.is_file():
        raise NotWritten(path, f"tidak ada versi sebelum versi {number}", "tidak ada yang perlu ditutup")
    if sop.tanda_tangan or sop.dokumen_resmi:
        raise NotWritten(
            path, f"versi {number} sudah ditandatangani", f"buka versi baru: sop revise {sop.slug}"
        )
    since = parse_date(sop.tanggal.efektif)
    if since is not None and since <= date.today():
        hint = "bila tanggal efektifnya keliru, betulkan dahulu"
        raise NotWritten(path, f"versi {number} sudah berlaku sejak {date_text(since)}", hint)
    kept = home.read_bytes()
    old, _ = read_text(kept.decode("utf-8", "replace"), sop.slug, home.as_posix())
    if old is None or not same_content(old, sop):
        click.confirm(f"Versi {number} sudah disunting. Tutup juga (suntingannya menjadi draf)", abort=True)
        draft = new_file(file_in(data, "draf", f"{sop.slug}-versi-{number}.yml"))
        write_whole(draft, path.read_bytes())
        click.echo(f"Suntingan versi {number} tersimpan: {draft.as_posix()}")
    write_whole(path, kept)  # first: whatever happens now, the version in force is where it was
    home.unlink()
    with suppress(OSError):
        home.parent.rmdir()
    click.echo(f"Versi {number} ditutup; versi {number - 1} kembali: {path.as_posix()}")
