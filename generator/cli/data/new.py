"""``sop new``: a few questions, and a valid SOP file with comments that say how to go on."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import click

from generator.cli.files import known_ids, write_schema
from generator.cli.options import data_option
from generator.cli.report import print_problems
from generator.data.load import MappingNode, ScalarNode, Tree, load_text
from generator.data.registers import load_register, place_of
from generator.data.validate.cures import meant_by
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
    found = [_step(data, step, columns) for step in steps]
    if asked and not found:
        found = _ask_steps(data, columns)
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
        shown = f" ({', '.join(known)})" if len(known) <= 12 else ""
        return str(click.prompt(f"{question}{shown}", value_proc=lambda said: _entry(data, what, said)))
    return _entry(data, what, value)


def _entry(data: Path, what: str, said: str) -> str:
    """The id of an entry by its id or its name, however these are written. Raises ``UsageError``, after which
    a question is asked again."""
    tree, _ = load_register(data, what)
    entries = tree.entries if isinstance(tree, MappingNode) else {}
    called = {id: tuple(_names(entry.value)) for id, entry in entries.items()}
    if (like := like_id(said)) in called:
        return like
    for id, names in called.items():
        if like in map(like_id, names):
            return id
    meant = meant_by(said, called)
    cure = f"maksud Anda '{meant}'?" if meant else suggest(said, called)
    raise click.UsageError(f"{what} '{said}' tidak ada di {place_of(data, what)}. {cure}".strip())


def _names(entry: Tree) -> Iterator[str]:
    for key in ("lengkap", "nama", "singkatan"):
        value = entry.get(key) if isinstance(entry, MappingNode) else None
        if isinstance(value, ScalarNode) and value.value.strip():
            yield value.value


def _columns(data: Path, actors: str | None, known: list[str]) -> list[str]:
    if not known:
        raise click.UsageError(f"belum ada pelaksana; isi {place_of(data, 'pelaksana')} dahulu")

    def read(said: str) -> list[str]:
        columns = [actor.strip() for actor in said.split(",") if actor.strip()]
        if not columns:
            raise click.UsageError("sebut paling sedikit satu pelaksana")
        return list(dict.fromkeys(_entry(data, "pelaksana", actor) for actor in columns))

    if actors is not None:
        return read(actors)
    click.echo(f"Pelaksana yang ada: {', '.join(known)}")
    found: list[str] = click.prompt("Kolom pelaksana dari kiri ke kanan, dipisah koma", value_proc=read)
    return found


def _step(data: Path, step: str, columns: list[str]) -> tuple[str, str]:
    who, colon, what = step.partition(":")
    if not colon or not what.strip():
        raise click.UsageError(f"langkah '{step}' harus berbentuk PELAKSANA:URAIAN")
    return what.strip(), _column(data, who.strip(), columns)


def _column(data: Path, said: str, columns: list[str]) -> str:
    id = _entry(data, "pelaksana", said)
    if id not in columns:
        raise click.UsageError(f"'{said}' tidak punya kolom. {suggest(said, columns)}".strip())
    return id


def _ask_steps(data: Path, columns: list[str]) -> list[tuple[str, str]]:
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
            shown = f"  dikerjakan oleh ({', '.join(columns)})"
            who = str(click.prompt(shown, value_proc=lambda said: _column(data, said, columns)))
        found.append((what.strip(), who))
