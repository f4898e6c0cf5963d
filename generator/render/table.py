"""SOP + Chart + Cells → the official activity table, with the flow drawn in its actor columns (HTML).

Columns as PermenPAN-RB 35/2012 gives them: No, Kegiatan, Pelaksana (one column per actor), Mutu Baku
(Kelengkapan, Waktu, Output), Keterangan; headings as the agency or the SOP words them.
"""

from __future__ import annotations

from collections.abc import Callable

from markupsafe import Markup, escape

from generator.chart import Chart
from generator.drawing import Shape
from generator.model import Alur, Kegiatan
from generator.render.flow import Cells


def flow_table(
    alur: Alur,
    chart: Chart,
    cells: Cells,
    label: dict[str, str],
    caption: str,
    actor_url: Callable[[str], str | None] = lambda _: None,
) -> Markup:
    """The table of one flow.

    ``label`` gives the headings (``model.label_untuk``), ``actor_url`` the address of an actor's page.
    The drawing is for the eye; each actor cell also says in hidden words what symbol it holds.
    """
    words = _words(chart)
    rows = "\n".join(_row(row, kegiatan, chart, cells, words) for row, kegiatan in enumerate(alur.kegiatan))
    return Markup(
        f'<table class="alur" data-flow="{escape(chart.id)}">\n<caption>{escape(caption)}</caption>\n'
        f"{_head(chart, cells, label, actor_url)}\n<tbody>\n{rows}\n</tbody>\n</table>"
    )


def _head(
    chart: Chart, cells: Cells, label: dict[str, str], actor_url: Callable[[str], str | None]
) -> Markup:
    lanes = Markup("").join(
        Markup('<th scope="col" class="alur-lajur" data-lane="{id}">{width}{heading}</th>').format(
            id=lane.id, width=cells.width(index), heading=_link(lane.heading, actor_url(lane.id))
        )
        for index, lane in enumerate(chart.lanes)
    )
    return Markup(
        "<thead>\n"
        '<tr><th scope="col" rowspan="2" class="alur-no">{no}</th>'
        '<th scope="col" rowspan="2" class="alur-kegiatan">{kegiatan}</th>'
        '<th scope="colgroup" colspan="{count}">{pelaksana}</th>'
        '<th scope="colgroup" colspan="3">{mutu_baku}</th>'
        '<th scope="col" rowspan="2" class="alur-keterangan">{keterangan}</th></tr>\n'
        '<tr>{lanes}<th scope="col" class="alur-kelengkapan">{kelengkapan}</th>'
        '<th scope="col" class="alur-waktu">{waktu}</th>'
        '<th scope="col" class="alur-output">{output}</th></tr>\n'
        "</thead>"
    ).format(**{**label, "lanes": lanes, "count": len(chart.lanes)})


def _row(
    row: int, kegiatan: Kegiatan, chart: Chart, cells: Cells, words: dict[tuple[int, int], Markup]
) -> str:
    needed = "\n".join(kegiatan.kelengkapan)
    lanes = "".join(
        f'<td class="alur-lajur" data-lane="{escape(lane.id)}">{cells.height(row) if index == 0 else ""}'
        f"{words.get((row, index), '')}{cells.markup(row, index)}</td>"
        for index, lane in enumerate(chart.lanes)
    )
    return (
        f'<tr data-step="{escape(chart.rows[row].id)}">'
        f'<td class="alur-no">{escape(chart.rows[row].number)}</td>'
        f'<th scope="row" class="alur-kegiatan">{escape(kegiatan.uraian)}</th>{lanes}'
        f'<td class="alur-kelengkapan">{escape(needed)}</td>'
        f'<td class="alur-waktu">{escape(kegiatan.waktu or "")}</td>'
        f'<td class="alur-output">{escape(kegiatan.output or "")}</td>'
        f'<td class="alur-keterangan">{escape(kegiatan.keterangan or "")}</td></tr>'
    )


def _words(chart: Chart) -> dict[tuple[int, int], Markup]:
    """What the symbols of each cell (row, lane) say to a reader who does not see them."""
    targets = {edge.target for edge in chart.edges}
    names: dict[tuple[int, int], list[str]] = {}
    for node in chart.nodes:
        if node.shape is Shape.TERMINATOR:
            name = "selesai" if node.id in targets else "mulai"
        else:
            name = "keputusan" if node.shape is Shape.DECISION else "kegiatan"
        names.setdefault((node.row, node.lane), []).append(f"{name} ({node.text})" if node.text else name)
    return {
        cell: Markup('<span class="hanya-pembaca-layar">{}</span>').format(", ".join(said))
        for cell, said in names.items()
    }


def _link(text: str, url: str | None) -> Markup:
    return Markup('<a href="{}">{}</a>').format(url, text) if url else escape(text)
