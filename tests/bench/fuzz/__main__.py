"""``python -m tests.bench.fuzz --count 20000``: the long run, its figures, the files that broke something."""

from __future__ import annotations

import resource
import sys
import time
from pathlib import Path

import click

from tests.bench.fuzz.mutate import mutated
from tests.bench.fuzz.run import run, sources

MEMORY = 500


@click.command()
@click.option("--count", default=20_000, show_default=True, help="Banyaknya berkas.")
@click.option("--start", default=0, show_default=True, help="Benih pertama.")
@click.option(
    "--keep", type=click.Path(file_okay=False, path_type=Path), help="Folder untuk berkas yang merusak."
)
def main(count: int, start: int, keep: Path | None) -> None:
    """Coba berkas-berkas rusak; keluar dengan 1 bila ada jejak galat, macet, atau memori berlebih."""
    begun = time.perf_counter()
    result = run(range(start, start + count))
    spent, memory = time.perf_counter() - begun, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    for outcome, number in sorted(result.outcomes.items()):
        click.echo(f"{outcome:22} {number:7}")
    click.echo(f"{'paling lama':22} {result.slowest[0] * 1000:7.0f} ms (benih {result.slowest[1]})")
    click.echo(f"{'memori puncak':22} {memory:7} MB")
    click.echo(f"{'waktu':22} {spent:7.0f} s")
    for seed, why in result.failures[:20]:
        click.echo(f"\nbenih {seed}:\n{why}")
    if keep and result.failures:
        keep.mkdir(parents=True, exist_ok=True)
        sops, registers = sources()
        for seed, _ in result.failures:
            data = mutated(seed, [registers[seed // 8 % len(registers)][1]] if seed % 8 == 0 else sops)
            (keep / f"{seed}.yml").write_bytes(data)
    click.echo(f"\n{len(result.failures)} berkas merusak.")
    sys.exit(1 if result.failures or memory > MEMORY else 0)


if __name__ == "__main__":
    main()
