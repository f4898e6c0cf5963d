"""``python -m tests.bench.fuzz --count 20000``: the long run, its figures, the files that broke something."""

from __future__ import annotations

import resource
import sys
import time
from pathlib import Path

import click

from tests.bench.fuzz.bounds import measured
from tests.bench.fuzz.doors import mutated_office, sources_of
from tests.bench.fuzz.imports import run_imports
from tests.bench.fuzz.mutate import mutated
from tests.bench.fuzz.run import revised, run, sources
from tests.bench.fuzz.tables import mutated_table, run_tables, table_sources

MEMORY = 500
_WHOSE = resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN


@click.command()
@click.option("--count", default=20_000, show_default=True, help="Banyaknya berkas.")
@click.option("--start", default=0, show_default=True, help="Benih pertama.")
@click.option(
    "--keep", type=click.Path(file_okay=False, path_type=Path), help="Folder untuk berkas yang merusak."
)
@click.option("--tables", is_flag=True, help="Tabel untuk sop import, bukan berkas SOP.")
@click.option(
    "--doors",
    default="",
    help="Berkas lain untuk sop import: docx, xlsx, pdf, html, csv, txt, md, ods, xls, atau semua.",
)
@click.option("--bounds", is_flag=True, help="Tabel berukuran luar biasa: memori dan waktu tiap berkas.")
@click.option("--deep", default=25, show_default=True, help="Tiap berkas lolos ke-sekian sampai ke situs.")
def main(
    count: int, start: int, keep: Path | None, tables: bool, doors: str, bounds: bool, deep: int
) -> None:
    """Coba berkas-berkas rusak; keluar dengan 1 bila ada jejak galat, macet, atau memori berlebih."""
    if bounds:
        _bounds()
    begun = time.perf_counter()
    seeds = range(start, start + count)
    if doors:
        result = run_imports(seeds, sources_of("" if doors == "semua" else doors), progress=True)
    else:
        result = run_tables(seeds) if tables else run(seeds, deep)
    spent = time.perf_counter() - begun
    memory = max(resource.getrusage(whose).ru_maxrss // 1024 for whose in _WHOSE)
    for outcome, number in sorted(result.outcomes.items()):
        click.echo(f"{outcome:22} {number:7}")
    click.echo(f"{'paling lama':22} {result.slowest[0] * 1000:7.0f} ms (benih {result.slowest[1]})")
    click.echo(f"{'memori puncak':22} {memory:7} MB")
    click.echo(f"{'waktu':22} {spent:7.0f} s")
    for seed, why in result.failures[:20]:
        click.echo(f"\nbenih {seed}:\n{why}")
    if keep and result.failures:
        keep.mkdir(parents=True, exist_ok=True)
        for seed, _ in result.failures:
            name, data = _office(seed, doors) if doors else _table(seed) if tables else _file(seed)
            (keep / f"{seed}-{name}").write_bytes(data)
    click.echo(f"\n{len(result.failures)} berkas merusak.")
    sys.exit(1 if result.failures or memory > MEMORY else 0)


def _bounds() -> None:
    held = True
    for taken in measured():
        held = held and taken.held
        first = next((line for line in taken.said.splitlines() if ":" in line), "")
        click.echo(f"{taken.name:24} {taken.memory:5} MB {taken.seconds:6.1f} s  {first}")
    sys.exit(0 if held else 1)


def _file(seed: int) -> tuple[str, bytes]:
    sops, registers = sources()
    own = {0: [registers[seed // 8 % len(registers)][1]], 1: [revised()]}
    return "uji.yml", mutated(seed, own.get(seed % 8, sops))


def _table(seed: int) -> tuple[str, bytes]:
    return mutated_table(seed, table_sources()[1])


def _office(seed: int, doors: str) -> tuple[str, bytes]:
    return mutated_office(seed, sources_of("" if doors == "semua" else doors))


if __name__ == "__main__":
    main()
