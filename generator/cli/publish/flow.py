"""``sop flow BERKAS``: how good the drawing of one SOP is, and its picture, for an author who wonders."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table

from generator.cli.files import result_folder
from generator.cli.report import print_problems
from generator.data.catalogue import Catalogue
from generator.data.sources import read_catalogue
from generator.data.writing.files import file_in, write_whole
from generator.flow.chart import Chart
from generator.flow.layout import drawn
from generator.flow.layout.score import Score, score
from generator.formats.svg.picture import chart_svg
from generator.model.problems import Severity
from generator.model.registers import label_untuk
from generator.model.sop import SOP


@click.command()
@click.argument("file", metavar="BERKAS", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--out", type=click.Path(file_okay=False, path_type=Path), default=Path(), help="Folder untuk SVG."
)
@click.option("--json", "as_json", is_flag=True, help="Cetak nilai sebagai JSON.")
def flow(file: Path, out: Path, as_json: bool) -> None:
    """Nilai gambar alur satu SOP dan tulis gambarnya sebagai SVG.

    BERKAS adalah berkas di sop_data/sop/; pelaksana dan unit dibaca dari folder di atasnya.
    """
    data = file.resolve().parent.parent
    catalogue, problems = read_catalogue(data)
    if catalogue is None or file.stem not in catalogue.sop:
        print_problems([problem for problem in problems if problem.severity is Severity.ERROR])
        sys.exit(1)
    result_folder(out, data)
    sop, charts = catalogue.sop[file.stem], catalogue.charts[file.stem]
    scores = {chart.id: score(chart, drawn(chart)) for chart in charts}
    written = _write(catalogue, sop, charts, out)
    if as_json:
        click.echo(
            json.dumps({name: _row(result) for name, result in scores.items()}, ensure_ascii=False, indent=2)
        )
    else:
        _print(scores, charts, written)
    sys.exit(1 if any(result.faults for result in scores.values()) else 0)


def _write(catalogue: Catalogue, sop: SOP, charts: tuple[Chart, ...], out: Path) -> list[Path]:
    """One SVG for each flow of the SOP: ``<slug>.svg``, or ``<slug>-2.svg`` … for the further ones."""
    written = []
    for number, (alur, chart) in enumerate(zip(sop.alur, charts, strict=True), 1):
        path = file_in(out, f"{sop.slug}.svg" if number == 1 else f"{sop.slug}-{number}.svg")
        label = label_untuk(catalogue.instansi, sop)
        picture = chart_svg(alur, chart, label, alur.judul or sop.nama)
        write_whole(path, picture.encode())
        written.append(path)
    return written


def _row(result: Score) -> dict[str, object]:
    return {
        "panah": result.edges,
        "silang": result.crossings,
        "belokan": result.bends,
        "menembus_simbol": result.hits,
        "berimpit": result.shared,
        "label_tertimpa": result.labels,
        "cacat": list(result.faults),
    }


def _print(scores: dict[str, Score], charts: tuple[Chart, ...], written: list[Path]) -> None:
    console = Console(highlight=False, soft_wrap=True)
    table = Table("Alur", "Langkah", "Pelaksana", "Panah", "Silang", "Belokan", "Cacat")
    for chart, (name, result) in zip(charts, scores.items(), strict=True):
        numbers = (len(chart.rows), len(chart.lanes), result.edges, result.crossings, result.bends)
        table.add_row(name, *map(str, (*numbers, len(result.faults))))
    console.print(table)
    for result in scores.values():
        for fault in result.faults:
            console.print(f"cacat: {fault}")
    for path in written:
        console.print(f"Gambar: {path}")
