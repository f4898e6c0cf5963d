"""The options that several commands share."""

from __future__ import annotations

from pathlib import Path

import click

data_option = click.option(
    "--data",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("sop_data"),
    show_default=True,
    help="Folder data SOP.",
)

docs_option = click.option(
    "--docs",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=Path("docs"),
    show_default=True,
    help="Folder halaman tulisan tangan.",
)

config_option = click.option(
    "--config",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    default=Path("mkdocs.yml"),
    show_default=True,
    help="Setelan bersama kedua situs.",
)

day_option = click.option(
    "--date", "day", type=click.DateTime(["%Y-%m-%d"]), help="Dinilai pada tanggal ini; biasanya hari ini."
)
