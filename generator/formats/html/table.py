"""SOP + Chart + Cells → the official activity table, with the flow drawn in its actor columns (HTML).

Columns as PermenPAN-RB 35/2012 gives them: No, Kegiatan, Pelaksana (one column per actor), Mutu Baku
(Kelengkapan, Waktu, Output), Keterangan; headings as the agency or the SOP words them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from markupsafe import Markup

from generator.flow.chart import Chart, entered
from generator.flow.words import StepWords, plain
from generator.form.columns import BEFORE, PELAKSANA, ColumnGroup, FormColumn, depth, headed, numbers
from generator.form.symbols import SYMBOLS, Shape
from generator.formats.escaping import escaped
from generator.formats.html.flow import Cells
from generator.formats.html.html import breakable
from generator.formats.html.widths import percents
from generator.model.lists import indented
from generator.model.sop import Alur, Kegiatan


def flow_table(
    alur: Alur,
    chart: Chart,
    cells: Cells,
    label: dict[str, str],
    caption: str,
    actor_url: Callable[[str], str | None] = lambda _: None,
    told: Sequence[StepWords] = (),
    anchor: Callable[[int], str] | None = None,
) -> Markup:
    """The table of one flow.

    ``label`` gives the headings (``registers.label_untuk``), ``actor_url`` the address of an actor's page.
    The drawing is for the eye; each actor cell also says in hidden words what symbol it holds, and with
    ``told`` where the step leads. ``anchor`` names the steps in words on the same page (by row): the words of
    a cell are then a link to them, over the whole cell, and the row has a name too.
    """
    words, (widths, dense) = _words(chart, told, anchor), percents(alur, cells.lattice, label)
    own = headed(label).cells
    rows = "\n".join(
        _row(row, alur.kegiatan, chart, cells, words, own, anchor) for row in range(len(alur.kegiatan))
    )
    kind = "alur alur-terukur alur-rapat" if dense else "alur alur-terukur"
    return Markup(
        f'<table class="{kind}" data-flow="{escaped(chart.id)}">\n<caption>{escaped(caption)}</caption>\n'
        f"{_head(chart, cells, label, actor_url, widths)}\n<tbody>\n{rows}\n</tbody>\n</table>"
    )


def _head(
    chart: Chart,
    cells: Cells,
    label: dict[str, str],
    actor_url: Callable[[str], str | None],
    widths: Mapping[str, int],
) -> str:
    lanes = "".join(
        f'<th scope="col" class="alur-lajur" data-lane="{escaped(lane.id)}">{cells.width(index)}'
        f"{_link(lane.heading, actor_url(lane.id))}</th>"
        for index, lane in enumerate(chart.lanes)
    )
    table = headed(label)
    actors = _group(PELAKSANA.key, len(chart.lanes), label)
    over = "".join(
        _group(heading.key, len(under), label)
        if isinstance(heading, ColumnGroup)
        else _column(heading.key, label, widths, rows=2)
        for heading, under in table.over
    )
    before = "".join(_column(column.key, label, widths, rows=2) for column in table.columns[:BEFORE])
    under = "".join(_column(column.key, label, widths) for column in table.cells if column.group)
    numbered = number_row(label, len(chart.lanes))
    return f"<thead>\n<tr>{before}{actors}{over}</tr>\n<tr>{lanes}{under}</tr>\n{numbered}</thead>"


def number_row(label: Mapping[str, str], lanes: int) -> Markup:
    """The row of column numbers under the headings; nothing without one. No headings, or each cell would be
    read out with its number."""
    cells = "".join(f"<td>{escaped(text)}</td>" for text in numbers(label, lanes))
    return Markup(f'<tr class="alur-nomor-kolom">{cells}</tr>\n' if cells else "")


def _column(key: str, label: Mapping[str, str], widths: Mapping[str, int], rows: int = 1) -> str:
    spans = f' rowspan="{rows}"' if rows > 1 else ""
    width = f" kol-{widths[key]}" if key != "no" else ""  # that one is fixed: the next sticks beside it
    return f'<th scope="col"{spans} class="alur-{key}{width}">{escaped(label[key])}</th>'


def _group(key: str, count: int, label: Mapping[str, str]) -> str:
    return f'<th scope="colgroup" colspan="{count}">{escaped(label[key])}</th>'


def _row(
    row: int,
    steps: Sequence[Kegiatan],
    chart: Chart,
    cells: Cells,
    words: dict[tuple[int, int], str],
    own: Sequence[FormColumn],
    anchor: Callable[[int], str] | None,
) -> str:
    lanes = "".join(
        f'<td class="alur-lajur" data-lane="{escaped(lane.id)}">{cells.height(row) if index == 0 else ""}'
        f"{words.get((row, index), '')}{cells.markup(row, index)}</td>"
        for index, lane in enumerate(chart.lanes)
    )
    kegiatan = steps[row]
    cell_texts = "".join(_cell(steps, row, column) for column in own)
    name = f' id="{row_anchor(anchor(row))}"' if anchor else ""
    return (
        f'<tr{name} data-step="{escaped(chart.rows[row].id)}">'
        f'<td class="alur-no">{escaped(chart.rows[row].number)}</td>'
        f'<th scope="row" class="alur-kegiatan">{breakable(kegiatan.uraian)}</th>{lanes}{cell_texts}</tr>'
    )


def _cell(steps: Sequence[Kegiatan], row: int, column: FormColumn) -> str:
    """A cell of text; nothing where it is one with that above."""
    rows = depth(steps, row, column)
    spans = f' rowspan="{rows}"' if rows > 1 else ""
    text = breakable("\n".join(map(indented, "\n".join(column.of(steps[row])).split("\n"))))
    return f'<td class="alur-{column.key}"{spans}>{text}</td>' if rows else ""


def row_anchor(step: str) -> str:
    """Name of the row of the table in which a step stands, by the step's own."""
    return f"tabel-{step}"


def _words(
    chart: Chart, told: Sequence[StepWords], anchor: Callable[[int], str] | None
) -> dict[tuple[int, int], str]:
    """What the symbols of each cell (row, lane) say to a reader who does not see them: "kotak, Kasi,
    langkah 3. Lalu ke langkah 4 (Kabid)."."""
    targets = entered(chart)
    names: dict[tuple[int, int], list[str]] = {}
    for node in chart.nodes:
        symbol = SYMBOLS[node.shape]
        name = "ujung lepas" if node.loose else symbol.name.lower()
        if node.shape is Shape.TERMINATOR and not node.loose:
            name = f"{name} {symbol.says(node.id in targets).lower()}"
        names.setdefault((node.row, node.lane), []).append(f"{name} ({node.text})" if node.text else name)
    found = {}
    for (row, lane), said in names.items():
        words = ", ".join(said)
        if told:
            step = told[row]
            onward = " ".join(map(plain, step.sentences))
            name = step.name[:1].lower() + step.name[1:]
            words = f"{words}, {chart.lanes[lane].heading}, {name}. {onward}".strip()
        found[row, lane] = (
            f'<a class="alur-ke" href="#{anchor(row)}">{escaped(words)}</a>'
            if anchor
            else f'<span class="hanya-pembaca-layar">{escaped(words)}</span>'
        )
    return found


def _link(text: str, url: str | None) -> str:
    return f'<a href="{escaped(url)}">{escaped(text)}</a>' if url else escaped(text)
