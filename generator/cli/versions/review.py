"""``sop review``: which SOPs are due for review or overdue, as a table, JSON or a calendar; or the
record that some were reviewed and stay in force."""

from __future__ import annotations

import json
import sys
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

import click

from generator.cli.files import result_file
from generator.cli.options import DAY, data_option, day_option
from generator.cli.report import print_problems
from generator.cli.versions.confirm import confirm
from generator.data.catalogue import Catalogue
from generator.data.review import Review, ReviewState, schedule
from generator.data.sources import read_catalogue
from generator.data.validate.read import suggest
from generator.data.writing.files import write_whole
from generator.documents import sops_under
from generator.model.dates import date_text
from generator.model.problems import Severity
from generator.model.records import Peninjauan
from generator.model.registers import Instansi

_STYLE = {ReviewState.TERLAMBAT: "bold red", ReviewState.SEGERA: "yellow"}


@click.command()
@click.argument("slug", nargs=-1)
@data_option
@day_option
@click.option(
    "--days",
    type=click.IntRange(0, 3650),
    default=60,
    show_default=True,
    help="Yang jatuh tempo dalam sekian hari disebut segera.",
)
@click.option("--all", "every", is_flag=True, help="Sebut juga SOP yang belum waktunya.")
@click.option("--json", "as_json", is_flag=True, help="Cetak sebagai JSON.")
@click.option(
    "--ics",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Tulis semua tanggal ke berkas kalender ini.",
)
@click.option("--unit", help="Hanya SOP unit ini dan unit di bawahnya (id dari unit.yml).")
@click.option("--tetap", is_flag=True, help="Catat: SOP yang disebut sudah ditinjau dan tetap berlaku.")
@click.option("--semua", is_flag=True, help="Dengan --tetap: semua SOP yang berlaku.")
@click.option("--oleh", help="Dengan --tetap: siapa yang menetapkannya, nama atau jabatan.")
@click.option(
    "--tanggal",
    type=DAY,
    help="Dengan --tetap: kapan ditinjau; bila tidak disebut, hari ini.",
)
@click.option("--catatan", help="Dengan --tetap: keterangan, bila ada.")
def review(
    slug: tuple[str, ...],
    data: Path,
    day: date | None,
    days: int,
    every: bool,
    as_json: bool,
    ics: Path | None,
    unit: str | None,
    tetap: bool,
    semua: bool,
    oleh: str | None,
    tanggal: date | None,
    catatan: str | None,
) -> None:
    """Sebut SOP yang sudah atau segera harus ditinjau ulang, atau catat bahwa SOP tetap berlaku (--tetap).

    Jarak tinjau ulang adalah setelan tinjau_ulang_bulan: di SOP, di unitnya, atau di instansi.yml.
    """
    if not tetap and (semua or oleh or tanggal or catatan):
        raise click.UsageError("--semua, --oleh, --tanggal dan --catatan hanya bersama --tetap")
    if ics:
        result_file(ics, ".ics", data)
    whole, problems = read_catalogue(data)
    if whole is None:
        print_problems([problem for problem in problems if problem.severity is Severity.ERROR])
        sys.exit(1)
    if tetap:
        chosen = _confirmed(whole, slug, unit, semua)
        on = tanggal or date.today()
        said = Peninjauan(tanggal=date_text(on), oleh=_who(oleh), catatan=catatan)
        if on > date.today():
            click.echo(
                f"Perhatian: {date_text(on)} belum tiba. Bila keliru, betulkan tanggal di bawah tinjauan "
                "pada berkas SOP itu.",
                err=True,
            )
        confirm(whole, chosen, said, on, data, several=semua or bool(unit))
        return
    on = day or date.today()
    counting = whole.on(on)
    chosen = _chosen(counting, slug, unit) if slug or unit else list(counting.sop)
    found = tuple(entry for entry in schedule(counting, on, days) if entry.sop.slug in set(chosen))
    if ics:
        from generator.formats.open_data.calendar import calendar  # its library takes a while to load

        agency = counting.instansi
        write_whole(ics, calendar(found, agency.singkatan, _domain(agency)))
        click.echo(f"Kalender: {ics.as_posix()}", err=True)
    shown = [entry for entry in found if every or entry.changed or entry.state is not ReviewState.BELUM]
    if as_json:
        click.echo(json.dumps([_row(entry) for entry in shown], ensure_ascii=False, indent=2))
    else:
        _print(shown, on)


def _who(said: str | None) -> str:
    text = str(click.prompt("Oleh siapa")) if said is None else said
    if not text.strip():
        raise click.UsageError("--oleh tidak boleh kosong")
    return text.strip()


def _confirmed(whole: Catalogue, slugs: tuple[str, ...], unit: str | None, every: bool) -> list[str]:
    if not (slugs or unit or every):
        raise click.UsageError("sebut SLUG yang ditinjau, --unit, atau --semua")
    if every and (slugs or unit):
        raise click.UsageError("--semua tidak bersama SLUG atau --unit")
    return list(whole.sop) if every else _chosen(whole, slugs, unit)


def _chosen(whole: Catalogue, slugs: tuple[str, ...], unit: str | None) -> list[str]:
    """The SOPs that are named, and those of a unit."""
    for slug in slugs:
        if slug not in whole.sop:
            raise click.ClickException(f"SOP '{slug}' tidak ada. {suggest(slug, whole.sop)}".strip())
    if unit is None:
        return list(dict.fromkeys(slugs))
    if unit not in whole.unit:
        raise click.ClickException(f"unit '{unit}' tidak ada. {suggest(unit, whole.unit)}".strip())
    return list(dict.fromkeys((*slugs, *sops_under(whole, unit))))


def _domain(agency: Instansi) -> str:
    """A name that makes calendar ids unique: the site's, or the agency's."""
    return urlsplit(agency.situs or agency.web or "").hostname or "sop.invalid"


def _row(entry: Review) -> dict[str, object]:
    return {
        "sop": entry.sop.slug,
        "nama": entry.sop.nama,
        "unit": entry.sop.unit,
        "tinjau_sebelum": entry.due.isoformat() if entry.due else None,
        "hari": entry.days_left,
        "keadaan": entry.state.value,
        "berubah": list(entry.changed),
    }


def _print(shown: list[Review], on: date) -> None:
    """A table where it fits, else an entry of several lines for each: names are not broken."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    console = Console(highlight=False)
    if not shown:
        console.print(f"Tidak ada yang perlu ditinjau pada {date_text(on)}.")
        return
    table = Table(title=f"Tinjau ulang per {date_text(on)}")
    for heading in ("SOP", "Nama", "Tinjau sebelum", "Keadaan"):
        table.add_column(heading, no_wrap=True)
    for entry in shown:
        table.add_row(
            entry.sop.slug,
            Text(entry.sop.nama),
            _due(entry),
            Text(_state(entry), _STYLE.get(entry.state, "")),
        )
    if table.__rich_measure__(console, console.options).maximum <= console.width and not any(
        entry.changed for entry in shown
    ):
        console.print(table)
        return
    console.print(Text(f"Tinjau ulang per {date_text(on)}", "bold"), soft_wrap=True)
    for entry in shown:
        state = Text(_state(entry), _STYLE.get(entry.state, ""))
        lines = [Text(entry.sop.slug, "bold"), Text(f"  {entry.sop.nama}")]
        lines.append(
            Text.assemble("  sebelum ", _due(entry), ", ", state) if entry.due else Text("  ") + state
        )
        lines += [Text(f"  perlu dilihat, berubah: {what}", "yellow") for what in entry.changed]
        console.print(Text("\n").join(lines), soft_wrap=True)


def _due(entry: Review) -> str:
    return date_text(entry.due) if entry.due else "-"


def _state(entry: Review) -> str:
    if entry.state is ReviewState.TERLAMBAT and entry.days_left:
        return f"terlambat {-entry.days_left} hari"
    if entry.state is ReviewState.SEGERA:
        return f"{entry.days_left} hari lagi"
    return entry.state.value
