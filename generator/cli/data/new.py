"""``sop new``: a few questions, and a valid SOP file with comments that say how to go on."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from generator.cli.files import known_ids, write_schema
from generator.cli.options import data_option
from generator.cli.report import print_problems
from generator.data.load import load_text
from generator.data.registers import place_of
from generator.data.validate.read import MAX_ID, is_slug, like_id, like_slug, suggest
from generator.data.validate.schema import read_sop
from generator.data.writing.draft import new_sop
from generator.data.writing.files import file_in, new_file, write_whole
from generator.data.writing.json_schema import SCHEMA_FILE
from generator.model.problems import Severity


@click.command()
@data_option
@click.option("--nama", help="Nama SOP seperti pada naskah.")
@click.option("--slug", help="Nama berkas dan alamat halaman; bila tidak disebut, dari nama SOP.")
@click.option("--unit", help="Unit pemilik, id dari unit.yml.")
@click.option("--pelaksana", "actors", help="Kolom pelaksana dari kiri ke kanan: id dipisah koma.")
@click.option(
    "--langkah",
    "steps",
    multiple=True,
    metavar="PELAKSANA:URAIAN",
    help="Satu langkah; boleh diulang.",
)
def new(
    data: Path,
    nama: str | None,
    slug: str | None,
    unit: str | None,
    actors: str | None,
    steps: tuple[str, ...],
) -> None:
    """Buat berkas SOP baru. Yang tidak disebut ditanyakan."""
    ids = known_ids(data)
    asked = nama is None or unit is None or actors is None
    nama = _filled("nama", nama if nama is not None else click.prompt("Nama SOP"))
    slug = _free_slug(slug or like_id(nama), ids["sop"])
    unit = _known(data, "unit", unit, ids["unit"], "Unit pemilik")
    columns = _columns(data, actors, ids["pelaksana"])
    found = [_step(step, columns) for step in steps]
    if asked and not found:
        found = _ask_steps(columns)
    text = new_sop(nama, unit, columns, found or [("Uraian langkah pertama", columns[0])])
    path = new_file(file_in(data, "sop", f"{slug}.yml"))
    problems = load_text(text, path.as_posix())[1]
    tree, _ = load_text(text, path.as_posix())
    if tree is None or read_sop(tree, slug, problems) is None or problems:
        print_problems([problem for problem in problems if problem.severity is Severity.ERROR])
        sys.exit(1)
    write_whole(path, text.encode())
    if not (data / SCHEMA_FILE).exists():
        write_schema(data)
    click.echo(f"Berkas: {path.as_posix()}")
    click.echo("Lengkapi isinya, lalu periksa dengan: sop check")


def _filled(what: str, value: str) -> str:
    if not value.strip():
        raise click.UsageError(f"{what} tidak boleh kosong")
    return value.strip()


def _free_slug(slug: str, taken: list[str]) -> str:
    if not is_slug(slug):
        raise click.UsageError(
            f"'{slug}' tidak dapat menjadi nama berkas; pakai huruf kecil, angka dan tanda hubung, "
            f"paling panjang {MAX_ID} huruf, misalnya --slug {like_slug(slug, 'nama-sop')}"
        )
    if slug in taken:
        raise click.UsageError(
            f"SOP '{slug}' sudah ada; pilih nama lain dengan --slug, atau: sop revise {slug}"
        )
    return slug


def _known(data: Path, what: str, value: str | None, known: list[str], question: str) -> str:
    """An id of a register; asked for, with the choice, where it was not given."""
    place = place_of(data, what)
    if not known:
        raise click.UsageError(f"belum ada {what}; isi {place} dahulu")
    if value is None:
        value = str(click.prompt(question, type=click.Choice(known), show_choices=len(known) <= 12))
    if value not in known:
        raise click.UsageError(f"{what} '{value}' tidak ada di {place}. {suggest(value, known)}".strip())
    return value


def _columns(data: Path, actors: str | None, known: list[str]) -> list[str]:
    if actors is None:
        click.echo(f"Pelaksana yang ada: {', '.join(known)}")
        actors = str(click.prompt("Kolom pelaksana dari kiri ke kanan, dipisah koma"))
    columns = [actor.strip() for actor in actors.split(",") if actor.strip()]
    if not columns:
        raise click.UsageError("sebut paling sedikit satu pelaksana")
    return list(dict.fromkeys(_known(data, "pelaksana", actor, known, "") for actor in columns))


def _step(step: str, columns: list[str]) -> tuple[str, str]:
    who, colon, what = step.partition(":")
    if not colon or not what.strip():
        raise click.UsageError(f"langkah '{step}' harus berbentuk PELAKSANA:URAIAN")
    if who.strip() not in columns:
        raise click.UsageError(f"'{who.strip()}' tidak punya kolom. {suggest(who.strip(), columns)}".strip())
    return what.strip(), who.strip()


def _ask_steps(columns: list[str]) -> list[tuple[str, str]]:
    """Steps, one question after the other, until one is left blank."""
    found: list[tuple[str, str]] = []
    while True:
        what = str(
            click.prompt(f"Langkah {len(found) + 1} (kosong bila selesai)", default="", show_default=False)
        )
        if not what.strip():
            return found
        who = columns[0]
        if len(columns) > 1:
            who = str(click.prompt("  dikerjakan oleh", type=click.Choice(columns)))
        found.append((what.strip(), who))
