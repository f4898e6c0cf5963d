"""``sop schema``: the JSON Schema that an editor completes and checks SOP files from."""

from __future__ import annotations

from pathlib import Path

import click

from generator.cli.files import schema_text, write_schema
from generator.cli.options import data_option


@click.command()
@data_option
@click.option("--stdout", "to_stdout", is_flag=True, help="Cetak saja, jangan tulis berkas.")
def schema(data: Path, to_stdout: bool) -> None:
    """Tulis skema berkas SOP untuk penyunting teks (VS Code: pengaya YAML).

    Skema memuat id unit, pelaksana, peraturan dan SOP yang ada, supaya dapat dipilih; tulis ulang bila ada
    yang baru.
    """
    if to_stdout:
        click.echo(schema_text(data), nl=False)
    else:
        click.echo(f"Skema: {write_schema(data).as_posix()}")
