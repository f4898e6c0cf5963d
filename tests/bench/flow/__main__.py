"""Generated SOPs → docs/pengukuran-alur.md: our drawing of flows beside Graphviz and libavoid.

    python -m tests.bench.flow [--charts 200] [--random 500] [--out FILE]

libavoid takes part where Node is there and ``npm ci --prefix tests/bench/flow`` has been run.
"""

from __future__ import annotations

import argparse
import platform
import time
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from random import Random

from msgspec import Struct

from generator.flow.chart import Chart
from generator.flow.layout import lay_out
from generator.flow.layout.score import score
from tests.bench.flow.charts import build, sop_chart, stress_chart
from tests.bench.flow.exact import distance, small_chart
from tests.bench.flow.measure import Point, Sheet, measure
from tests.bench.flow.peers import find_libavoid, graphviz, ours, sheet

PAGE = Path(__file__).parents[3] / "docs" / "pengukuran-alur.md"
SIZES = ((5, 3), (10, 5), (20, 6), (40, 10), (60, 15))


TEXT = """\
---
pembaca: pengembang
---

# Pengukuran gambar alur

```
make bench-flow
```

{charts} SOP buatan ({edges} garis, benih 0–{last}) digambar oleh setiap perute pada sel dan ukuran simbol
yang sama, lalu diukur dengan alat ukur yang sama (`tests/bench/flow/measure.py`). Angka per 100 garis,
kecuali label (jumlah), belokan (per garis) dan waktu (milidetik per SOP).

| perute | menembus simbol | berbagi garis | label menimpa | perpotongan | belokan | SOP tanpa cacat | ms |
|---|---|---|---|---|---|---|---|
{routers}

Python {python}, satu inti. Waktu kami adalah waktu prosesor; waktu Graphviz termasuk memanggilnya. Perute
lain tidak mengenal port, label, dan garis pelaksana bersama. Belokan kami sedikit lebih banyak karena aturan
formulir: garis kembali masuk dari samping, sedangkan perute lain boleh memasukkannya dari bawah, berdampingan
dengan garis keluar. "Berbagi garis" tidak menghitung garis yang bersumber atau bertujuan sama. libavoid ikut
bila Node ada dan `npm ci --prefix tests/bench/flow` sudah dijalankan.

## Pertumbuhan

| langkah × pelaksana | garis | ms | ms per garis | perpotongan |
|---|---|---|---|---|
{growth}

## Bagan acak

{wild} bagan acak sampai 60 langkah × 15 pelaksana, dengan segala yang boleh ada pada formulir:
**{faults} bercacat**.

## Dibandingkan dengan yang terbaik

Pencarian tuntas (`tests/bench/flow/exact.py`) mencoba semua jalan dengan paling banyak empat belokan untuk
semua garis sekaligus, dan mencari perpotongan tersedikit, lalu belokan tersedikit, dengan aturan port dan
label yang sama.

| bagan | sama | lebih satu belokan | lebih dua | lebih lagi | tak terpecahkan | belokan kami | terbaik |
|---|---|---|---|---|---|---|---|
{exact}

Jadi dengan aturan formulir belokan tidak dapat turun sampai angka libavoid yang bebas: yang terbaik pun
lebih banyak.

Belokan yang lebih itu disengaja: sebuah belokan lebih baik daripada panah masuk tepat di samping label atau
garis keluar pada sisi simbol yang sama, dan panah ke sisi yang sama bergabung sebelum simbolnya.
"""


class Sums(Struct):
    """One router's sums over all charts."""

    name: str
    edges: int = 0
    hits: int = 0
    shared: int = 0
    labels: int | None = None
    crossings: int = 0
    bends: int = 0
    clean: int = 0
    ms: float = 0.0

    def add(self, page: Sheet, ways: list[list[Point]], ms: float) -> None:
        counts = measure(page, ways)
        self.edges += len(page.edges)
        self.hits += counts.hits
        self.shared += counts.shared
        self.crossings += counts.crossings
        self.bends += counts.bends
        self.clean += not (counts.hits or counts.shared or counts.slanted)
        self.ms += ms

    def row(self, charts: int) -> str:
        def per(n: int) -> str:
            return f"{100 * n / self.edges:.1f}".replace(".", ",")

        words = "tidak mengenalnya" if self.labels is None else str(self.labels)
        bends, ms = f"{self.bends / self.edges:.2f}", f"{self.ms / charts:.1f}"
        cells = [
            self.name,
            per(self.hits),
            per(self.shared),
            words,
            per(self.crossings),
            bends.replace(".", ","),
        ]
        return "| " + " | ".join([*cells, f"{self.clean}/{charts}", ms.replace(".", ",")]) + " |"


def timed(chart: Chart) -> float:
    """Milliseconds of processor time that laying out a chart takes: the middle one of three."""
    spent = []
    for _ in range(3):
        begin = time.process_time()
        lay_out(chart)
        spent.append(1000 * (time.process_time() - begin))
    return sorted(spent)[1]


def compare(charts: Sequence[Chart]) -> list[Sums]:
    """All routers on the same charts."""
    mine = Sums("**kami**", labels=0)
    peers: list[tuple[Sums, Callable[[Sheet], tuple[list[list[Point]], float]]]] = []
    peers.append((Sums("Graphviz `neato -n2`, ortho"), graphviz))
    libavoid = find_libavoid()
    if libavoid:
        peers.append((Sums("libavoid (`libavoid-js` 0.4.5)"), libavoid.route))
    graphviz(sheet(charts[0]))  # the first call loads the program
    for chart in charts:
        page, drawing = sheet(chart), lay_out(chart)
        found = score(chart, drawing)
        assert mine.labels is not None
        mine.labels += found.labels
        mine.add(page, ours(chart, drawing), timed(chart))
        mine.clean -= bool(found.faults)
        for sums, router in peers:
            sums.add(page, *router(page))
    if libavoid:
        libavoid.close()
    return [mine, *(sums for sums, _ in peers)]


def growth() -> list[str]:
    """Time against size, ten charts each."""
    lines = []
    for steps, lanes in SIZES:
        charts = [build(Random(n), steps, lanes, busy=0.15, joint=0.06, double=0.05) for n in range(10)]
        edges = sum(len(chart.edges) for chart in charts) / 10
        ms = sum(timed(chart) for chart in charts) / 10
        crossings = sum(score(chart, lay_out(chart)).crossings for chart in charts) / 10
        cells = f"{edges:.0f}", f"{ms:.1f}", f"{ms / edges:.2f}", f"{crossings:.1f}"
        lines.append(f"| {steps} × {lanes} | " + " | ".join(cell.replace(".", ",") for cell in cells) + " |")
    return lines


def against_best(name: str, charts: Sequence[Chart]) -> str:
    """How often our drawing is the best there is, and the bends per edge of both where that is known."""
    found = {chart: distance(chart, 5_000) for chart in charts}
    counts = Counter(found.values())
    cells = [counts[0, 0], counts[0, 1], counts[0, 2], 0, counts[None]]
    cells[3] = len(charts) - sum(cells)
    edges = bends = more = 0
    for chart, far in found.items():
        if far is not None:
            drawn = score(chart, lay_out(chart))
            edges, bends, more = edges + drawn.edges, bends + drawn.bends, more + far[1]
    each = [f"{n / edges:.3f}".replace(".", ",") for n in (bends, bends - more)]
    return f"| {name} | " + " | ".join([*map(str, cells), *each]) + " |"


def page(charts: int, wild: int) -> str:
    """The whole page."""
    sums = compare([sop_chart(seed) for seed in range(charts)])
    faults = 0
    for seed in range(wild):
        chart = stress_chart(seed)
        faults += bool(score(chart, lay_out(chart)).faults)
    return TEXT.format(
        charts=charts,
        last=charts - 1,
        edges=sums[0].edges,
        routers="\n".join(one.row(charts) for one in sums),
        python=platform.python_version(),
        growth="\n".join(growth()),
        exact="\n".join(
            (
                against_best("200 SOP kecil (3–6 langkah)", [small_chart(n) for n in range(200)]),
                against_best("100 SOP dari tabel pertama", [sop_chart(n) for n in range(100)]),
            )
        ),
        wild=wild,
        faults=faults,
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--charts", type=int, default=200)
    parser.add_argument("--random", type=int, default=500)
    parser.add_argument("--out", type=Path, default=PAGE)
    asked = parser.parse_args()
    text = page(asked.charts, asked.random)
    asked.out.write_text(text, encoding="utf-8")
    print(text)


if __name__ == "__main__":
    main()
