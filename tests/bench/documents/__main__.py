"""``make bench-documents``: documents of the three SOPs, the real flows and 500 made-up SOPs, ours beside
WeasyPrint, headless Chromium and LibreOffice; written to docs/pengukuran-dokumen.md."""

from __future__ import annotations

import platform
import sys
from collections.abc import Callable
from functools import partial
from importlib.metadata import version
from pathlib import Path

from generator.documents.setting import Document, set_document
from generator.flow.layout import lay_out
from generator.form import LABEL_RESMI
from generator.formats.html.flow import Cells
from generator.formats.html.table import flow_table
from generator.model.sop import Alur, Kegiatan
from tests.bench.documents.measure import Speed, chromium, libreoffice, ours, weasyprint
from tests.bench.flow.charts import sop_chart
from tests.documents.cases import DATA, FLOWS, catalogue, made_up, real

ROOT = Path(__file__).parents[3]
CSS = ROOT / "generator" / "site" / "theme" / "assets" / "flow.css"
OUT = ROOT / "docs" / "pengukuran-dokumen.md"
COUNT, PEERS = 500, 30
WORDS = 14
BY_HAND = "\n## Terhadap "
"""How what ``tests.bench.against`` told begins, which is written by hand and stays."""


def html(seed: int) -> str:
    """The same made-up SOP as a page for engines that print HTML: identity block and activity table."""
    chart = sop_chart(seed)
    document = made_up(chart, seed, WORDS)
    content = document.content
    steps = tuple(
        Kegiatan(
            uraian="\n".join(cells[1]) or "-",
            kelengkapan=cells[2],
            waktu=" ".join(cells[3]),
            output=" ".join(cells[4]),
        )
        for cells in content.flows[0].rows
    )
    alur = Alur(id=chart.id, pelaksana=tuple(lane.id for lane in chart.lanes), kegiatan=steps)
    table = flow_table(alur, chart, Cells(lay_out(chart)), dict(LABEL_RESMI), content.name)
    face = "".join(f"<tr><td>{f.label}<td>{' '.join(f.lines)}" for f in (*content.fields, *content.boxes))
    style = (
        "@page{size:A4 landscape;margin:12mm}html{font:20px 'Liberation Sans'}.identitas{break-after:page}"
    )
    sheet = CSS.read_text(encoding="utf-8")
    return (
        f"<!doctype html><html lang=id><meta charset=utf-8><title>{content.name}</title>"
        f"<style>{style}{sheet}</style><table class=identitas>{face}</table>{table}"
    )


def own(slug: str) -> Document:
    document, _ = set_document(catalogue(), slug, DATA)
    if document is None:
        raise ValueError(slug)
    return document


def main() -> None:
    slugs = sorted(path.stem for path in (DATA / "sop").glob("*.yml"))
    made: list[Callable[[], Document]] = [partial(_made_up, seed) for seed in range(COUNT)]
    made[0]()
    runs: list[Speed] = [
        ours("tiga SOP sop_data", [partial(own, slug) for slug in slugs]),
        ours("enam alur naskah asli", [partial(real, path) for path in FLOWS]),
        ours(f"{COUNT} SOP buatan", made),
        ours(f"{COUNT} SOP buatan, Word", made, word=True),
    ]
    pages = [html(seed) for seed in range(PEERS)]
    same = ours("**kami** (Typst)", made[:PEERS])
    peers = [weasyprint(pages), chromium(pages), libreoffice([make() for make in made[:PEERS]])]
    _, mark, by_hand = OUT.read_text(encoding="utf-8").partition(BY_HAND)
    told = report(runs, same, [peer for peer in peers if peer])
    OUT.write_text(told + mark + by_hand, encoding="utf-8")
    sys.stdout.write(OUT.read_text(encoding="utf-8"))


def _made_up(seed: int) -> Document:
    return made_up(sop_chart(seed), seed, WORDS)


def report(runs: list[Speed], same: Speed, peers: list[Speed]) -> str:
    """The page of measurements, in Indonesian."""
    rows = "\n".join(
        f"| {r.name} | {r.documents} | {r.pages} | {_n(r.whole, 1)} | {_n(r.each, 1)} |" for r in runs
    )
    beside = "\n".join(
        f"| {r.name} | {r.documents} | {r.pages} | {_n(r.each, 1)} | {_n(r.each / same.each, 1)} × |"
        for r in (same, *peers)
    )
    return f"""---
pembaca: pengembang
---

# Pengukuran dokumen cetak

```
make bench-documents
```

Dari isi SOP sampai berkas jadi: menata gambar, mengukur tinggi baris, membagi halaman, menulis berkas. Satu
proses, tanpa simpanan, waktu prosesor; Python {platform.python_version()}, Typst {version("typst")}.
PDF-nya PDF/A-3a dan PDF/UA-1.

| SOP | dokumen | halaman | detik prosesor | ms per dokumen (median) |
|---|---|---|---|---|
{rows}

## Dibandingkan

Isi yang sama ({same.documents} SOP buatan pertama). WeasyPrint dan Chromium mencetak tabel HTML situs ini;
LibreOffice mengubah berkas Word kami menjadi PDF. Chromium dan LibreOffice dijalankan sekali untuk semua;
waktu memulainya tidak dihitung, waktu semua prosesnya dihitung.
Tidak satu pun dari ketiganya membagi alur di batas halaman dengan segilima.

| pencetak | dokumen | halaman | ms per dokumen (median) | terhadap kami |
|---|---|---|---|---|
{beside}
"""


def _n(value: float, places: int) -> str:
    return f"{value:.{places}f}".replace(".", ",")


if __name__ == "__main__":
    main()
