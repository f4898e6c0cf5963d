"""Our own PDFs come back without a difference, also wrapped into forms by a signing service, and painted anew
in the ways of other programs."""

from __future__ import annotations

import io
from functools import cache

import pikepdf
import pytest

from generator.documents.setting import Document, make_pdf, set_document
from generator.flow.chart import Chart
from generator.reading.pdf.document import read_pdf
from generator.reading.seen import Seen
from generator.reading.understand import understand
from generator.reading.understood import Reading
from tests.bench.flow.charts import sop_chart
from tests.documents.cases import DATA, catalogue, made_up
from tests.reading.painted import Style, repainted
from tests.reading.truth import read, said

SEEDS = (0, 2, 19)  # of two to four pages, with joint actors, labels and lines both ways over the pages


@cache
def made(seed: int) -> tuple[Chart, Document, bytes]:
    chart = sop_chart(seed)
    document = made_up(chart, seed, 14)
    return chart, document, make_pdf(document)


def reading(data: bytes) -> Reading:
    return understand(seen(data))


def seen(data: bytes) -> Seen:
    found, problems = read_pdf(data, "uji.pdf")
    assert found is not None
    assert problems == []
    return found


@pytest.mark.parametrize("seed", SEEDS)
def test_a_made_up_sop_comes_back(seed: int) -> None:
    chart, document, data = made(seed)
    (found,) = reading(data).charts
    assert read(found) == said(document, chart)


@pytest.mark.parametrize("slug", ["pelaksanaan-pembinaan", "pembentukan-kim", "surat-dan-jadwal"])
def test_the_three_sops_come_back(slug: str) -> None:
    document, _ = set_document(catalogue(), slug, DATA)
    assert document is not None
    found = reading(make_pdf(document))
    (chart,) = found.charts
    (identity,) = found.identities
    content = document.content
    assert chart.doubts == ()
    printed = [[" ".join(" ".join(cell).split()) for cell in row] for row in content.flows[0].rows]
    assert [list(row) for row in read(chart)[1]] == printed  # type: ignore[attr-defined]
    assert identity.values["nama"].text == content.name
    assert list(identity.kop)[-len(content.kop) :] or content.kop
    boxes = [[" ".join(w.text.split()) for w in some] for some in identity.boxes.values()]
    for field in content.boxes:
        lines = [" ".join(line.split()) for line in field.lines if line.strip()]
        assert not lines or [" ".join(lines)] == [
            " ".join(box) for box in boxes if " ".join(box) == " ".join(lines)
        ]


@pytest.mark.parametrize("times", [1, 2])
def test_a_stamped_page_in_forms_comes_back(times: int) -> None:
    chart, document, data = made(0)
    with pikepdf.open(io.BytesIO(data)) as file:
        for page in file.pages:
            for _ in range(times):
                _wrap(file, page)
        out = io.BytesIO()
        file.save(out)
    (found,) = reading(out.getvalue()).charts
    assert read(found) == said(document, chart)


def _wrap(file: pikepdf.Pdf, page: pikepdf.Page) -> None:
    """Put what a page shows into a form, smaller, with a stamp over it."""
    page.contents_coalesce()
    form = file.make_stream(
        page.Contents.read_bytes(),
        Type=pikepdf.Name.XObject,
        Subtype=pikepdf.Name.Form,
        BBox=page.MediaBox,
        Resources=page.Resources,
    )
    page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(F=form))
    page.Contents = file.make_stream(b"q 0.9 0 0 0.9 20 30 cm /F Do Q q 0.5 g 20 5 30 20 re f Q")


@pytest.mark.parametrize(
    "style",
    [
        Style(),
        Style(rules="path", symbols="ring", forms=1, flat=True),
        Style(rules="strokes", arrows="triangle", forms=2, short=5, jitter=0.8),
        Style(rules="tiles", arrows="barbs", symbols="filled", short=4, jitter=2, thin=2.2, seed=7),
        Style(
            rules="bars", arrows="pieces", symbols="ring", short=6, jitter=1.5, thin=0.4, flat=True, seed=5
        ),
    ],
    ids=lambda style: f"{style.rules}-{style.arrows}-{style.symbols}",
)
@pytest.mark.parametrize("seed", [0, 2])
def test_however_it_is_painted_it_reads_the_same(style: Style, seed: int) -> None:
    chart, document, data = made(seed)
    (found,) = reading(repainted(seen(data), style)).charts
    assert read(found) == said(document, chart)
