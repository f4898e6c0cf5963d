"""The options that several commands share."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import click
from click.core import ParameterSource

from generator.data.data_format import newer
from generator.data.files.shared import AGENCIES, holds_agencies
from generator.pruning import link_in


class Day(click.ParamType[date]):
    """A date as the data may write it ("1 Februari 2027") or as ISO 8601 has it."""

    name = "tanggal"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        if isinstance(value, date):
            return value
        from generator.model.dates import parse_date  # not loaded where no day is said

        day = parse_date(str(value))
        if day is None:
            self.fail(f"'{value}' bukan tanggal seperti 2026-01-31 atau \"31 Januari 2026\".", param, ctx)
        return day


DAY = Day()

CACHE = Path(".sop-cache")
"""Folder of what the next run can use."""


def refuse_linked_cache() -> None:
    """Whoever proposes a change could lay a link in its place, and so have files written and deleted wherever
    it leads. Raises ClickException."""
    if link := link_in(CACHE):
        raise click.ClickException(
            f"{link.as_posix()}: tautan berkas (symlink) tidak diizinkan di tempat simpanan {CACHE}/\n"
            "  saran: hapus tautan itu; simpanan dibuat lagi sendiri"
        )


def _readable(ctx: click.Context, _param: click.Parameter, value: Path) -> Path:
    """Data that a later program has written are not touched by any command; those of several agencies only by
    commands that can be about one of them or all."""
    if holds_agencies(value) and not any(one.name == "only" for one in ctx.command.params):
        inside = sorted(path.as_posix() for path in (value / AGENCIES).glob("[a-z]*") if path.is_dir())
        hint = f"sebut satu: --data {inside[0] if inside else 'FOLDER'}"
        raise click.ClickException(f"{value.as_posix()}/ memuat beberapa instansi\n  saran: {hint}")
    if problem := newer(value):
        raise click.ClickException(f"{problem.position}: {problem.message}\n  saran: {problem.hint}")
    return value


data_option = click.option(
    "--data",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("sop_data"),
    show_default=True,
    callback=_readable,
    help="Folder data SOP.",
)


def _there(ctx: click.Context, param: click.Parameter, value: Path) -> Path:
    """What is named must be there; what is not named need not, but a link to nowhere is no absence."""
    named = ctx.get_parameter_source(param.name or "") is not ParameterSource.DEFAULT
    if value.is_symlink() and not value.exists():
        raise click.BadParameter(f"'{value.as_posix()}' tautan ke yang tidak ada", ctx, param)
    if named and not value.exists():
        raise click.BadParameter(f"'{value.as_posix()}' tidak ada", ctx, param)
    return value


docs_option = click.option(
    "--docs",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("docs"),
    show_default=True,
    callback=_there,
    help="Folder halaman sendiri, bila ada: menggantikan atau menambah halaman bawaan.",
)

config_option = click.option(
    "--config",
    type=click.Path(dir_okay=False, path_type=Path),
    default=Path("mkdocs.yml"),
    show_default=True,
    callback=_there,
    help="Setelan sendiri untuk kedua situs, bila ada: mengubah atau menambah setelan bawaan.",
)

day_option = click.option("--date", "day", type=DAY, help="Dinilai pada tanggal ini; biasanya hari ini.")

agency_option = click.option(
    "--instansi", "only", metavar="ID", help="Hanya instansi ini, bila folder datanya memuat beberapa."
)
