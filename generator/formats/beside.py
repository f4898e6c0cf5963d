"""The formats in which an SOP lies beside its page: one entry each, in the order of a page's downloads.

One more format is a folder here with what writes it, and an entry in ``BESIDE``: files, downloads, records
and what machines read in the head of the page follow.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from msgspec import Struct

from generator.figure.flowchart import in_lanes
from generator.figure.lattice import Lattice
from generator.flow.chart import Chart
from generator.flow.layout import drawn
from generator.flow.process import Process
from generator.formats.bpmn.xml import bpmn_xml
from generator.formats.plain.aloud import aloud
from generator.formats.plain.markdown import markdown
from generator.formats.plain.told import Told
from generator.formats.svg.picture import flow_svg, flowchart_svg
from generator.model.sop import SOP, Alur


class Flow(Struct, frozen=True):
    """One flow of an SOP and its readings: the drawing of its ``chart``, measured; what it is called; and
    what is told of its SOP as a whole."""

    alur: Alur
    chart: Chart
    lattice: Lattice
    process: Process
    heading: str
    told: Told


class Format(Struct, frozen=True):
    """``key`` names it in records (``alamat``), ``media`` is its media type; ``words`` and ``use`` say to a
    reader what it is and what for. ``each``: a file for each flow instead of one for all; ``saved``: browsers
    keep it instead of showing it. ``make`` gets an SOP, its flows (one where ``each``), the headings of the
    cells (``registers.label_untuk``)."""

    key: str
    ending: str
    media: str
    words: str
    use: str
    make: Callable[[SOP, Sequence[Flow], Mapping[str, str]], str]
    each: bool = False
    saved: bool = False

    def names(self, sop: SOP) -> list[str]:
        """The files of an SOP, beside its page."""
        more = range(2, len(sop.alur) + 1) if self.each else ()
        return [f"{sop.slug}{part}.{self.ending}" for part in ("", *(f"-{n}" for n in more)) if sop.alur]

    def files(self, sop: SOP, flows: Sequence[Flow], label: Mapping[str, str]) -> list[tuple[str, bytes]]:
        """The same with what they hold."""
        parts = [[flow] for flow in flows] if self.each else [flows]
        texts = [self.make(sop, part, label).encode("utf-8", "replace") for part in parts if part]
        return list(zip(self.names(sop), texts, strict=True))


def _svg(sop: SOP, flows: Sequence[Flow], label: Mapping[str, str]) -> str:
    [flow] = flows
    return flow_svg(flow.alur, flow.chart, flow.lattice, label, flow.heading)


def _chart(_sop: SOP, flows: Sequence[Flow], _label: Mapping[str, str]) -> str:
    [flow] = flows
    return flowchart_svg(in_lanes(flow.alur, flow.chart), f"Bagan alir: {flow.heading}")


def _bpmn(sop: SOP, flows: Sequence[Flow], label: Mapping[str, str]) -> str:
    return bpmn_xml(sop, [(flow.process, drawn(flow.process.chart)) for flow in flows], label)


MARKDOWN = Format(
    key="markdown",
    ending="md.txt",
    media="text/markdown",
    words="Teks (Markdown)",
    use="isi halaman ini untuk catatan dan mesin pembaca",
    make=lambda sop, flows, label: markdown(flows[0].told),
)
BESIDE = (
    Format(
        key="dibacakan",
        ending="dibacakan.htm",
        media="text/html",
        words="Untuk dibacakan",
        use="kalimat demi kalimat menurut urutan alurnya, untuk pembaca layar, atau dibacakan lewat telepon",
        make=lambda sop, flows, label: aloud(flows[0].told),
    ),
    Format(
        key="gambar",
        ending="svg",
        media="image/svg+xml",
        words="Gambar alur (SVG)",
        use="tabel kegiatan dengan diagram alirnya, untuk surat dan paparan",
        make=_svg,
        each=True,
    ),
    Format(
        key="bagan",
        ending="bagan.svg",
        media="image/svg+xml",
        words="Bagan alir (SVG)",
        use="kata-kata di dalam simbolnya, untuk paparan",
        make=_chart,
        each=True,
    ),
    Format(
        key="bpmn",
        ending="bpmn",
        media="application/bpmn+xml",
        words="Alur sebagai BPMN 2.0",
        use="untuk aplikasi pemodelan proses",
        make=_bpmn,
        saved=True,
    ),
    MARKDOWN,
)
