"""``sop health`` on a folder of several agencies: how the SOPs of all stand, for who answers for them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import click
import msgspec
from rich.console import Console
from rich.table import Column, Table
from rich.text import Text

from generator.cli.options import CACHE
from generator.data.writing.files import write_whole
from generator.model.dates import date_text
from generator.portal.agencies import Agency, Portal
from generator.portal.head import Overview, overview
from generator.portal.head_pages import agency_table, head_files


def tell_head(
    portal: Portal, agencies: Sequence[Agency], home: Path, day: date, form: str, out: Path | None
) -> None:
    """Print how the agencies stand, as a table, ``csv`` or ``json``, or write it for the head to ``out``."""
    found = overview(agencies, home, day, CACHE, portal.closed)
    if out is not None:
        for name, content in head_files(found, portal.nama).items():
            write_whole(out / name, content)
        click.echo(f"Ringkasan pimpinan: {(out / 'index.html').as_posix()}, untuk rapat: rapat.pdf")
    elif form == "csv":
        click.echo(agency_table(found).decode(), nl=False)
    elif form == "json":
        click.echo(msgspec.json.format(msgspec.json.encode(found), indent=2).decode())
    else:
        _print(found)


def _print(found: Overview) -> None:
    figures = ("SOP", "Bernomor", "Berlaku", "Bertanda tangan", "Terlambat")
    title = f"Keadaan SOP per {date_text(found.day)}"
    table = Table(
        Column("Instansi", overflow="fold"), *figures, Column("Yang dikerjakan", overflow="fold"), title=title
    )
    for one in (*found.instansi, found.total):
        counts = (one.sop, one.bernomor, one.berlaku, one.ditandatangani, one.terlambat)
        if not one.id:
            table.add_section()
        table.add_row(Text(one.id or one.nama), *map(str, counts), "; ".join(one.tugas[:2]) if one.id else "")
    console = Console(highlight=False)
    console.print(table)
    for law in found.hukum:
        console.print(Text(f"Berakhir: {law.nama}: masih disebut {len(law.sop)} SOP"))
