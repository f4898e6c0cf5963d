"""An activity table under the pen → its rows as HTML: the drawing of the program, the cells as fields.

Texts are not in it: they go beside it by the ids of their fields, so that typing redraws nothing that holds
the caret.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from markupsafe import Markup, escape
from msgspec import Struct, json

from generator.data.writing.lines import Path
from generator.flow.chart import Chart, entered
from generator.flow.layout import drawn
from generator.flow.words import StepWords, steps_in_words
from generator.form.columns import BEFORE, CELLS, PELAKSANA, ColumnGroup, FormColumn, depth, headed
from generator.formats.html.flow import Cells
from generator.formats.html.table import number_row
from generator.model.sop import SOP, Alur

UNNUMBERED = "–"


class Sheet(Struct, frozen=True):
    """One table: its number, where it stands in the file, what is drawn in it, what its steps say."""

    number: int
    path: Path
    alur: Alur
    chart: Chart
    cells: Cells
    words: tuple[StepWords, ...]


def sheet(sop: SOP, number: int, chart: Chart, names: Mapping[str, str], several: bool) -> Sheet:
    """What is needed to show a table."""
    alur = sop.alur[number]
    path: Path = ("alur", number) if several else ()
    return Sheet(number, path, alur, chart, _cells(chart), steps_in_words(alur, chart, names))


@lru_cache(maxsize=32)
def _cells(chart: Chart) -> Cells:
    """The drawing of a chart; words that it does not show change nothing of it."""
    return Cells(drawn(chart))


def parts(sheet: Sheet, label: Mapping[str, str]) -> Iterator[tuple[str, Markup]]:
    """The head of the table, its rows and, in them, the cells of the drawing, each with its id."""
    yield f"kepala-{sheet.number}", head(sheet, label)
    symbols, own = _symbols(sheet.chart), headed(label).cells
    for row in range(len(sheet.alur.kegiatan)):
        yield f"baris-{sheet.number}-{row}", _row(sheet, row, own)
        for lane in range(len(sheet.chart.lanes)):
            yield cell_id(sheet.number, row, lane), _cell(sheet, row, lane, symbols)


def cell_id(table: int, row: int, lane: int) -> str:
    """The id of a cell of the drawing."""
    return f"sel-{table}-{row}-{lane}"


def row_of_cell(id: str) -> str:
    """The id of the row that a cell of the drawing stands in; "" for what is none."""
    return f"baris-{id[4 : id.rindex('-')]}" if id.startswith("sel-") else ""


def values(sheet: Sheet, label: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """The texts of the fields by their ids."""
    yield f"judul-{sheet.number}", sheet.alur.judul or ""
    for row, step in enumerate(sheet.alur.kegiatan):
        yield _id(sheet, row, "uraian"), step.uraian
        for column in headed(label).cells:
            if column.field not in step.gabung:
                yield _id(sheet, row, column.field), "\n".join(column.of(step))


def head(sheet: Sheet, label: Mapping[str, str]) -> Markup:
    """The headings; each actor's is a button that moves or removes its column."""
    lanes = Markup("").join(_lane(sheet, n, len(sheet.chart.lanes)) for n in range(len(sheet.chart.lanes)))
    if not sheet.chart.lanes:
        lanes = Markup('<th scope="col" class="alur-lajur">belum ada</th>')
    actors = Markup('<th scope="colgroup" colspan="{}">{}</th>').format(
        max(1, len(sheet.chart.lanes)), label[PELAKSANA.key]
    )
    table = headed(label)
    over = Markup("").join(
        Markup('<th scope="colgroup" colspan="{}">{}</th>').format(len(under), label[heading.key])
        if isinstance(heading, ColumnGroup)
        else _column(heading.key, label, rows=2)
        for heading, under in table.over
    )
    before = Markup("").join(_column(column.key, label, rows=2) for column in table.columns[:BEFORE])
    under = Markup("").join(_column(column.key, label) for column in table.cells if column.group)
    numbered = number_row(label, max(1, len(sheet.chart.lanes)))
    return Markup("<tr>{}{}{}</tr><tr>{}{}</tr>{}").format(before, actors, over, lanes, under, numbered)


def _lane(sheet: Sheet, n: int, count: int) -> Markup:
    lane = sheet.chart.lanes[n]
    said = f"Kolom {lane.heading}, {n + 1} dari {count}: panah kiri dan kanan memindahkan, Delete menghapus"
    return Markup(
        '<th scope="col" class="alur-lajur">{}<button type="button" class="kolom" id="kolom-{}-{}"'
        ' data-kolom="{}" data-tabel="{}" aria-label="{}">{}</button></th>'
    ).format(sheet.cells.width(n), sheet.number, n, n, sheet.number, said, lane.heading)


def _column(key: str, label: Mapping[str, str], rows: int = 1) -> Markup:
    spans = Markup(' rowspan="{}"').format(rows) if rows > 1 else ""
    return Markup('<th scope="col"{} class="alur-{}">{}</th>').format(spans, key, label[key])


def _row(sheet: Sheet, row: int, own: Sequence[FormColumn]) -> Markup:
    step, number = sheet.alur.kegiatan[row], sheet.chart.rows[row].number or UNNUMBERED
    name = _name(sheet, row)
    ids = [f' id="{cell_id(sheet.number, row, lane)}"' for lane in range(len(sheet.chart.lanes))]
    lanes = "".join(f'<td class="alur-lajur"{id}></td>' for id in ids or [""])
    cells = "".join(_text(sheet, row, column, name) for column in own)
    held = f"{name}: seret untuk memindahkan, atau Alt dengan panah atas dan bawah"
    shape = "keputusan" if step.keputusan else "simbol" if step.simbol else "kegiatan"
    return Markup(
        f'<td class="alur-no"><button type="button" class="pegangan" draggable="true"'
        f' id="n-{sheet.number}-{row}" aria-label="{escape(held)}">{escape(number)}</button></td>'
        f'<th scope="row" class="alur-kegiatan" data-bentuk="{shape}">'
        f"{field(_id(sheet, row, 'uraian'), _path(sheet, row, 'uraian'), f'{name}: Kegiatan')}"
        f'<div class="pesan" id="pesan-l-{sheet.number}-{row}-alur"></div></th>{lanes}{cells}'
    )


def _text(sheet: Sheet, row: int, column: FormColumn, name: str) -> str:
    """A cell of text; nothing where it is one with that above."""
    rows = depth(sheet.alur.kegiatan, row, column)
    if not rows:
        return ""
    last = sheet.chart.rows[row + rows - 1].number or UNNUMBERED
    said = f"{name} sampai {last}: {column.label}" if rows > 1 else f"{name}: {column.label}"
    spans = f' rowspan="{rows}"' if rows > 1 else ""
    inner = field(_id(sheet, row, column.field), _path(sheet, row, column.field), said)
    return f'<td class="alur-{column.key}"{spans}>{inner}</td>'


def choice_of_columns(label: Mapping[str, str]) -> Markup:
    """The columns that a table can have right of the actors, those that it has ticked."""
    shown = [column.key for column in headed(label).cells]
    keys = list(shown)
    for n, column in enumerate(CELLS):
        if column.key not in keys:
            after = [keys.index(one.key) for one in CELLS[n + 1 :] if one.key in keys]
            keys.insert(min(after, default=len(keys)), column.key)
    words = {column.key: column.label for column in CELLS}
    boxes = Markup("").join(
        Markup('<label><input type="checkbox" data-kolom-isi="{}" id="kolom-isi-{}"{}> {}</label> ').format(
            key, key, Markup(" checked" if key in shown else ""), label.get(key, words[key])
        )
        for key in keys
    )
    return Markup("<legend>Kolom di kanan pelaksana</legend>{}").format(boxes)


def _name(sheet: Sheet, row: int) -> str:
    return f"Langkah {sheet.chart.rows[row].number or UNNUMBERED}"


def _cell(sheet: Sheet, row: int, lane: int, symbols: Mapping[tuple[int, int], str]) -> Markup:
    here, name = symbols.get((row, lane)), _name(sheet, row)
    actor = sheet.chart.lanes[lane]
    own = actor.id in sheet.alur.kegiatan[row].pelaksana
    said = f"{name}, {actor.heading}: {here}" if here else f"{name}, {actor.heading}"
    if own and here:
        said += f". {_onward(sheet.words[row])}"
    first = own or (lane == 0 and not sheet.alur.kegiatan[row].pelaksana)
    return Markup(
        f"{sheet.cells.height(row) if lane == 0 else ''}"
        f'<button type="button" class="pilih" id="p-{sheet.number}-{row}-{lane}"'
        f' data-pelaksana="{escape(actor.id)}"'
        f' aria-pressed="{"true" if own else "false"}" tabindex="{0 if first else -1}"'
        f' aria-label="{escape(said.strip())}"></button>{sheet.cells.markup(row, lane)}'
    )


def _onward(words: StepWords) -> str:
    """Where a step leads, in the words of the published page."""
    sentences: Sequence[str] = ["".join(phrase.text for phrase in sentence) for sentence in words.sentences]
    return " ".join(sentences)


@lru_cache(maxsize=8192)
def field(id: str, path: Path, name: str, lines: bool = True) -> Markup:
    """A field that grows with its text, and the place of what is wrong with it."""
    one = ' spellcheck="false"' if lines else ' spellcheck="false" data-satu-baris=""'
    return Markup(
        f'<div class="isian"><textarea id="{id}" rows="1" data-jalur="{escape(_json(path))}"'
        f' aria-label="{escape(name)}" aria-describedby="pesan-{id}"{one}></textarea></div>'
        f'<div class="pesan" id="pesan-{id}"></div>'
    )


def _symbols(chart: Chart) -> dict[tuple[int, int], str]:
    """What the symbols of each cell (row, lane) are called."""
    targets = entered(chart)
    found: dict[tuple[int, int], list[str]] = {}
    for node in chart.nodes:
        name = node.says(node.id in targets).lower()
        found.setdefault((node.row, node.lane), []).append(f"{name} ({node.text})" if node.text else name)
    return {cell: ", ".join(said) for cell, said in found.items()}


def _json(path: Path) -> str:
    return json.encode(path).decode()


def _id(sheet: Sheet, row: int, key: str) -> str:
    return f"l-{sheet.number}-{row}-{key}"


def _path(sheet: Sheet, row: int, key: str) -> Path:
    return (*sheet.path, "kegiatan", row, key)
