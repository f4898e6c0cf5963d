"""SOP + Chart + Drawing → the official activity table, with the flow drawn in its actor columns (HTML).

Columns as PermenPAN-RB 35/2012 gives them: No, Kegiatan, Pelaksana (one column per actor), Mutu Baku
(Kelengkapan, Waktu, Output), Keterangan; headings as the agency or the SOP words them.
"""

from __future__ import annotations

from collections.abc import Callable

from markupsafe import Markup, escape

from generator.chart import Chart, Node
from generator.drawing import Drawing, Shape
from generator.model import Alur, Kegiatan
from generator.render.flow import Cells


def flow_table(
    alur: Alur,
    chart: Chart,
    drawing: Drawing,
    label: dict[str, str],
    caption: str,
    actor_url: Callable[[str], str | None] = lambda _: None,
) -> Markup:
    """The table of one flow.

    ``label`` gives the headings (``model.label_untuk``), ``actor_url`` the address of an actor's page.
    The drawing is for the eye; each actor cell also says in hidden words what symbol it holds.
    """
    cells = Cells(drawing)
    nodes: dict[tuple[int, int], list[Node]] = {}
    for node in chart.nodes:
        nodes.setdefault((node.row, node.lane), []).append(node)
    rows = Markup("\n").join(
        _row(row, kegiatan, chart, cells, nodes) for row, kegiatan in enumerate(alur.kegiatan)
    )
    return Markup(
        '<table class="alur" data-flow="{id}">\n<caption>{caption}</caption>\n{head}\n'
        "<tbody>\n{rows}\n</tbody>\n</table>"
    ).format(id=chart.id, caption=caption, head=_head(chart, cells, label, actor_url), rows=rows)


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
    row: int, kegiatan: Kegiatan, chart: Chart, cells: Cells, nodes: dict[tuple[int, int], list[Node]]
) -> Markup:
    lanes = Markup("").join(
        Markup('<td class="alur-lajur" data-lane="{id}">{height}{words}{drawing}</td>').format(
            id=lane.id,
            height=cells.height(row) if index == 0 else "",
            words=_words(nodes.get((row, index), []), chart),
            drawing=cells.markup(row, index),
        )
        for index, lane in enumerate(chart.lanes)
    )
    return Markup(
        '<tr data-step="{id}"><td class="alur-no">{no}</td>'
        '<th scope="row" class="alur-kegiatan">{uraian}</th>{lanes}'
        '<td class="alur-kelengkapan">{kelengkapan}</td><td class="alur-waktu">{waktu}</td>'
        '<td class="alur-output">{output}</td><td class="alur-keterangan">{keterangan}</td></tr>'
    ).format(
        id=chart.rows[row].id,
        no=chart.rows[row].number,
        uraian=kegiatan.uraian,
        lanes=lanes,
        kelengkapan="\n".join(kegiatan.kelengkapan),
        waktu=kegiatan.waktu or "",
        output=kegiatan.output or "",
        keterangan=kegiatan.keterangan or "",
    )


def _words(nodes: list[Node], chart: Chart) -> Markup:
    """What the symbols of a cell say to a reader who does not see them."""
    if not nodes:
        return Markup()
    targets = {edge.target for edge in chart.edges}
    names = []
    for node in nodes:
        if node.shape is Shape.TERMINATOR:
            name = "selesai" if node.id in targets else "mulai"
        else:
            name = "keputusan" if node.shape is Shape.DECISION else "kegiatan"
        names.append(f"{name} ({node.text})" if node.text else name)
    return Markup('<span class="hanya-pembaca-layar">{}</span>').format(", ".join(names))


def _link(text: str, url: str | None) -> Markup:
    return Markup('<a href="{}">{}</a>').format(url, text) if url else escape(text)
