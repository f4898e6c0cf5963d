"""SOPs to set on paper: the three of sop_data, the six real flows, made-up ones with texts of any length."""

from __future__ import annotations

import json
from pathlib import Path
from random import Random

from generator.data.catalogue import Catalogue
from generator.data.sources import read_catalogue
from generator.documents.setting import Document, set_content
from generator.figure.paper.alt import symbol_words
from generator.figure.paper.content import Content, FlowContent, FormField
from generator.flow.chart import Chart, ChartRow, Edge, Lane, Node
from generator.form import LABEL_RESMI
from generator.form.symbols import Shape
from generator.model.sop import Pengesahan

ROOT = Path(__file__).parent.parent.parent
DATA = ROOT / "sop_data"
FLOWS = sorted((ROOT / "tests" / "data" / "flows").glob("*.json"))
WORDS = (
    *("memeriksa", "dan", "memverifikasi", "kelengkapan", "dokumen", "permohonan", "yang", "diajukan"),
    *("pemohon", "sesuai", "perundang-undangan/standar", "pelayanan"),
)
_SHAPES = {
    "start": Shape.TERMINATOR,
    "end": Shape.TERMINATOR,
    "process": Shape.PROCESS,
    "decision": Shape.DECISION,
}

Texts = tuple[tuple[tuple[str, ...], ...], ...]


def catalogue() -> Catalogue:
    """The project's own data."""
    found, _ = read_catalogue(DATA)
    assert found is not None
    return found


def content(chart: Chart, texts: Texts, paper: str = "A4", title: str = "Uji Coba") -> Content:
    """A document about one chart."""
    box = FormField("Dasar Hukum", ("1. UU Nomor 14 Tahun 2008", "2. UU Nomor 25 Tahun 2009"))
    flow = FlowContent(
        chart.id,
        title,
        LABEL_RESMI,
        tuple(lane.heading for lane in chart.lanes),
        texts,
        symbol_words(chart),
    )
    return Content(
        slug="uji-coba",
        name=title,
        number="800/1/2025",
        kop=("PEMERINTAH KABUPATEN BADUNG", "DINAS KOMUNIKASI DAN INFORMATIKA"),
        address=("Jalan Raya Sempidi",),
        fields=(FormField("Nomor SOP", ("800/1/2025",)), FormField("Tanggal Pembuatan", ("2 Januari 2025",))),
        approval_label="Disahkan oleh",
        approval=Pengesahan(jabatan="Kepala Dinas", nama="I Made Uji", nip="19700101 199001 1 001"),
        name_label="Nama SOP",
        boxes=(box,) * 6,
        flows=(flow,),
        paper=paper,
        url="https://sop.contoh.go.id/sop/uji-coba/",
        mark="0123456789abcdef" * 4,
        logo=None,
    )


def made_up(chart: Chart, seed: int, longest: int = 12, paper: str = "A4") -> Document:
    """A chart with random texts of at most so many words."""
    rng = Random(seed)

    def text(most: int) -> tuple[str, ...]:
        return (" ".join(rng.choice(WORDS) for _ in range(rng.randint(0, most))),) if most else ()

    texts = tuple(
        ((row.number,), text(longest), text(longest // 2), ("1 Hari",), text(longest // 2), ())
        for row in chart.rows
    )
    return set_content(content(chart, texts, paper), [chart])


def real(path: Path) -> Document:
    """One of the six signed flows, from its transcript."""
    data = json.loads(path.read_text(encoding="utf-8"))
    nodes, rows, texts = [], [], []
    for at, row in enumerate(data["rows"]):
        rows.append(ChartRow(f"r{at}", str(row.get("no", ""))))
        nodes += [Node(n[0], _SHAPES[n[2]], at, n[1], n[3] if len(n) > 3 else "") for n in row["nodes"]]
        cells = (row.get(key, "") for key in ("no", "kegiatan", "kelengkapan", "waktu", "output", "ket"))
        texts.append(tuple(tuple(str(cell).split("\n")) if cell else () for cell in cells))
    decided: set[str] = set()
    edges = []
    for source, target, *label in data["edges"]:
        edges.append(Edge(source, target, label[0] if label else "", source not in decided))
        decided.add(source)
    lanes = tuple(Lane(f"a{at}", heading) for at, heading in enumerate(data["actors"]))
    chart = Chart(path.stem, lanes, tuple(rows), tuple(nodes), tuple(edges))
    return set_content(content(chart, tuple(texts), title=data["title"]), [chart])
