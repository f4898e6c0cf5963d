"""``sop diff SLUG [A B]``: what changed between two versions of an SOP, for people or as JSON."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import click
from msgspec import to_builtins
from rich.console import Console
from rich.text import Text

from generator.cli.files import sop_file
from generator.cli.options import data_option
from generator.cli.report import print_problems
from generator.data.catalogue import Catalogue
from generator.data.revisions import (
    Changes,
    FieldChange,
    Names,
    PieceKind,
    StepChange,
    TableChange,
    changes,
    history,
)
from generator.data.revisions.words import told
from generator.data.sources import read_catalogue
from generator.model.problems import Severity
from generator.model.sop import SOP

_STYLE = {PieceKind.SAMA: "", PieceKind.HAPUS: "red strike", PieceKind.TAMBAH: "green underline"}
_MARKS = {PieceKind.SAMA: ("", ""), PieceKind.HAPUS: ("[-", "-]"), PieceKind.TAMBAH: ("{+", "+}")}


@click.command()
@click.argument("slug")
@click.argument("lama", type=click.IntRange(1), required=False)
@click.argument("baru", type=click.IntRange(1), required=False)
@data_option
@click.option("--json", "as_json", is_flag=True, help="Cetak sebagai JSON.")
def diff(slug: str, lama: int | None, baru: int | None, data: Path, as_json: bool) -> None:
    """Tunjukkan apa yang berubah antara dua versi sebuah SOP.

    LAMA dan BARU adalah nomor versi; tanpa keduanya: versi sebelumnya dan yang sekarang.
    """
    sop_file(data, slug)
    catalogue, problems = read_catalogue(data)
    if catalogue is None:
        print_problems([problem for problem in problems if problem.severity is Severity.ERROR])
        sys.exit(1)
    versions = {sop.versi.nomor: sop for sop in (*catalogue.versi.get(slug, ()), catalogue.sop[slug])}
    if lama is None and len(versions) == 1:
        click.echo(f"SOP '{slug}' belum punya versi lain (versi {max(versions)}).")
        return
    numbers = sorted(versions)
    old, new = lama or numbers[-2], baru or numbers[-1]
    for number in (old, new):
        if number not in versions:
            there = ", ".join(map(str, numbers))
            raise click.UsageError(f"versi {number} dari '{slug}' tidak ada; yang ada: {there}")
    found = changes(versions[old], versions[new], names_of(catalogue))
    if as_json:
        click.echo(json.dumps(_json(found), ensure_ascii=False, indent=2))
    else:
        _print(found, versions[old], versions[new], [versions[number] for number in numbers])


def names_of(catalogue: Catalogue) -> Names:
    """What people call the units, actors, laws and SOPs of a catalogue."""
    return Names(
        unit={id: unit.nama for id, unit in catalogue.unit.items()},
        pelaksana={id: actor.nama for id, actor in catalogue.pelaksana.items()},
        hukum={id: law.kutipan for id, law in catalogue.hukum.items()},
        sop={slug: sop.nama for slug, sop in catalogue.sop.items()},
    )


def _json(found: Changes) -> dict[str, Any]:
    value: dict[str, Any] = to_builtins(found) | {"kosong": found.kosong}
    value["isian"] = [_json_field(field) for field in found.isian]
    for table, rows in zip(found.tabel, value["tabel"], strict=True):
        rows["isian"] = [_json_field(field) for field in table.isian]
        for step, row in zip(table.langkah, rows["langkah"], strict=True):
            row["jenis"] = _kind(step)
            row["isian"] = [_json_field(field) for field in step.isian]
    return value


def _json_field(field: FieldChange) -> dict[str, Any]:
    pieces = [{"jenis": piece.jenis.value, "teks": piece.teks} for piece in field.potongan]
    told: dict[str, Any] = to_builtins(field)
    return told | {"potongan": pieces}


def _kind(step: StepChange) -> str:
    if step.baris_lama is None or step.baris_baru is None:
        return "tambah" if step.baris_lama is None else "hapus"
    return "pindah" if step.pindah and not step.isian else "ubah"


def _print(found: Changes, old: SOP, new: SOP, versions: list[SOP]) -> None:
    console = Console(highlight=False, soft_wrap=True)
    console.print(Text(f"{new.nama}: versi {found.lama} → versi {found.baru}", "bold"))
    for one in history(versions, None):
        if one.sop in (old, new):
            console.print(f"  versi {one.nomor}: {told(one)}")
    for name, text in (("perubahan", new.versi.perubahan), ("alasan", new.versi.alasan)):
        if text:
            console.print(Text(f"  {name}: {text}"))
    if found.kosong:
        console.print("Tidak ada yang berubah.")
    if found.isian:
        console.print(Text("\nIdentitas", "bold"))
        for field in found.isian:
            _print_field(console, field, "  ")
    for table in found.tabel:
        _print_table(console, table)


def _print_table(console: Console, table: TableChange) -> None:
    console.print(Text(f"\nKegiatan{f': {table.judul}' if table.judul else ''}", "bold"))
    for field in table.isian:
        _print_field(console, field, "  ")
    for step in table.langkah:
        console.print(Text.assemble("  ", *_headline(step)))
        for field in step.isian:
            _print_field(console, field, "      ")


def _headline(step: StepChange) -> list[str | tuple[str, str]]:
    if step.baris_lama is None:
        return [("+ ", "green"), f"langkah {_no(step.no_baru, step.baris_baru)} baru: {step.uraian}"]
    if step.baris_baru is None:
        return [("- ", "red"), f"langkah {_no(step.no_lama, step.baris_lama)} dihapus: {step.uraian}"]
    was, now = _no(step.no_lama, step.baris_lama), _no(step.no_baru, step.baris_baru)
    if step.pindah:
        return [("> ", "cyan"), f"langkah {was} pindah menjadi langkah {now}: {step.uraian}"]
    number = now if was == now else f"{now} (dahulu {was})"
    return [("~ ", "yellow"), f"langkah {number} berubah: {step.uraian}"]


def _no(number: str, row: int | None) -> str:
    return number or f"tanpa nomor (baris ke-{row})"


def _print_field(console: Console, field: FieldChange, indent: str) -> None:
    """The field with what was taken out and put in; marked by signs too, for terminals without colour."""
    text = Text(f"{indent}{field.nama}: ")
    for piece in field.potongan:
        opened, closed = _MARKS[piece.jenis]
        text.append(f"{opened}{piece.teks}{closed}", _STYLE[piece.jenis])
    shown = Text(f"\n{indent}  ").join(text.split("\n"))
    console.print(shown)
