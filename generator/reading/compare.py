"""What was read of a signed sheet + the SOP that it is of → the differences between paper and data.

Compared are texts, rows and actors, letter by letter but for what setting a text may change: line breaks,
blanks, hyphens, list markers. Arrows are compared where there are as many rows; what the reader doubts of
them is said not to be judged.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from difflib import SequenceMatcher

from msgspec import Struct

from generator.data.catalogue import Catalogue
from generator.flow.chart import Chart as Drawn
from generator.form.boxes import BOXES, FIELDS, ValueKind
from generator.form.columns import COLUMNS
from generator.model.dates import is_blank_date, parse_date
from generator.model.sop import SOP, Alur
from generator.reading.understood import Chart, Identity, Words

_MARKER = re.compile(r"^\s*(?:\d+[.)]|[a-z][.)]|[-•–])\s*")
_SET = re.compile("[\\s\u00ad\u200b\\-\u2010-\u2015_.:;•]+")
"""What stands otherwise on paper than in the data without being a difference."""


class Difference(Struct, frozen=True):
    """What the paper says in one place, and the data."""

    place: str
    paper: str
    data: str

    def __str__(self) -> str:
        paper, data = self.paper.split(), self.data.split()
        alike = next((n for n, pair in enumerate(zip(paper, data, strict=False)) if pair[0] != pair[1]), 0)
        alike = alike or min(len(paper), len(data))
        begin = max(0, alike - 3) if len(self.paper) + len(self.data) > 2 * _SHOWN else 0
        return f"{self.place}: pada naskah {_quoted(paper, begin)}, pada data {_quoted(data, begin)}"


_SHOWN = 60
"""So many letters of a text are shown, from where it differs."""


def _quoted(words: Sequence[str], begin: int) -> str:
    text = " ".join(words[begin:])
    short = text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1].rstrip()}…"
    return f'"{"… " if begin else ""}{short}"' if words else "kosong"


def same(paper: str, data: str) -> bool:
    """Whether two texts say the same."""
    return _bare(paper) == _bare(data)


def _bare(text: str) -> str:
    """The letters and signs of a text; a point between digits stays, as it tells numbers apart."""
    flat = unicodedata.normalize("NFKC", text).casefold()
    flat = re.sub(r"(?<=\d)[.](?=\d)", "\u00b7", flat)
    return _SET.sub("", "".join(_MARKER.sub("", line) for line in flat.split("\n")))


def likeness(identity: Identity | None, sop: SOP) -> float:
    """How much the name on a sheet is that of an SOP, from 0 to 1."""
    said = identity.values.get("nama") if identity else None
    if said is None:
        return 0.0
    return SequenceMatcher(None, _bare(said.text), _bare(sop.nama), autojunk=False).ratio()


def differences(
    identity: Identity | None, charts: Sequence[Chart], sop: SOP, catalogue: Catalogue
) -> Iterator[Difference]:
    """All differences, in the order of the form; ``catalogue`` holds the SOP and what it names."""
    if identity is not None:
        yield from _fields(identity, sop, catalogue)
    if len(charts) != len(sop.alur):
        yield Difference("Tabel kegiatan", f"{len(charts)} tabel", f"{len(sop.alur)} tabel")
        return
    for number, (chart, alur) in enumerate(zip(charts, sop.alur, strict=True)):
        title = f"Tabel {number + 1}, " if len(charts) > 1 else ""
        yield from _table(title, chart, alur, catalogue.charts[sop.slug][number])


def _fields(identity: Identity, sop: SOP, catalogue: Catalogue) -> Iterator[Difference]:
    signer = sop.disahkan_oleh
    official = (signer.jabatan, signer.nama, signer.nip) if signer else (None, None, None)
    for box in FIELDS:
        if box.kind is ValueKind.SIGNER:
            for key, name, text in zip(_SIGNER, _SIGNER.values(), official, strict=True):
                yield from _one(name, _said(identity, key), text or "")
            continue
        yield from _one(box.label, _said(identity, box.path[-1]), box.of(sop) or "", box.kind)
    laws = [catalogue.hukum[id].kutipan if id in catalogue.hukum else id for id in sop.dasar_hukum]
    names = {slug: other.nama for slug, other in catalogue.sop.items()}
    related = [one.teks or names.get(one.sop or "", "") for one in sop.keterkaitan]
    lists = {ValueKind.LAWS: laws, ValueKind.RELATED: related}
    for box in BOXES:
        found = identity.boxes.get(box.path[-1], ())
        said = lists[box.kind] if box.kind in lists else box.of(sop)
        lines = [said] if isinstance(said, str) else list(said or ())
        yield from _one(box.label, "\n".join(one.text for one in found), "\n".join(lines))


_SIGNER = {"disahkan_oleh": "Jabatan pengesah", "pejabat": "Nama pengesah", "nip": "NIP pengesah"}

BY_HAND = frozenset(
    (*_SIGNER.values(), *(box.label for box in FIELDS if box.path[-1] in ("nomor", "efektif")))
)
"""Places that a sheet may leave blank, to be filled in by hand."""


def _said(identity: Identity, key: str) -> str:
    found = identity.values.get(key)
    return found.text if found else ""


def _one(place: str, paper: str, data: str, kind: ValueKind = ValueKind.TEXT) -> Iterator[Difference]:
    if same(paper, data):
        return
    if kind is ValueKind.DATE and (day := parse_date(paper)) and day == parse_date(data):
        return
    if kind is ValueKind.DATE and is_blank_date(paper) and is_blank_date(data):
        return
    yield Difference(place, paper, data)


def _table(title: str, chart: Chart, alur: Alur, drawn: Drawn) -> Iterator[Difference]:
    headings = [lane.heading for lane in drawn.lanes]
    if list(map(_bare, chart.actors)) != list(map(_bare, headings)):
        yield Difference(f"{title}Kolom pelaksana", ", ".join(chart.actors), ", ".join(headings))
    paper = [_bare(_cell(row.cells.get("kegiatan"))) for row in chart.rows]
    data = [_bare(step.uraian) for step in alur.kegiatan]
    for kind, a, b, c, d in SequenceMatcher(None, paper, data, autojunk=False).get_opcodes():
        if kind == "equal" or (kind == "replace" and b - a == d - c):
            for row, step in zip(range(a, b), range(c, d), strict=True):
                yield from _row(title, chart, row, alur, step, drawn)
            continue
        for row in range(a, b):
            yield Difference(f"{title}Langkah {chart.rows[row].no or row + 1}", _kegiatan(chart, row), "")
        for step in range(c, d):
            yield Difference(f"{title}Langkah {drawn.rows[step].number}", "", alur.kegiatan[step].uraian)
    if len(paper) == len(data):
        yield from _arrows(title, chart, drawn)


def _arrows(title: str, chart: Chart, drawn: Drawn) -> Iterator[Difference]:
    if drawn.edges and not chart.symbols:
        yield Difference(f"{title}Alur tidak dapat dinilai: tidak ada simbol yang terbaca", "", "")
        return
    for step in _arrows_of(chart, drawn):
        told = [", ".join(_arrow(arrow, drawn) for arrow in some) for some in (step.paper, step.data)]
        doubt = "" if step.sure else " (tidak dapat dinilai: bacaannya meragukan)"
        yield Difference(f"{title}Langkah {_number(drawn, step.row)}, panah{doubt}", *told)


def _arrow(arrow: Arrow, drawn: Drawn) -> str:
    (row, _, _), (to, lane, _), label = arrow
    where = drawn.lanes[lane].heading if lane < len(drawn.lanes) else f"kolom {lane + 1}"
    there = f"simbol {where} pada langkah ini" if to == row else f"langkah {_number(drawn, to)} ({where})"
    return f"{label or 'lanjut'} ke {there}"


def _number(drawn: Drawn, row: int) -> str:
    number = drawn.rows[row].number if row < len(drawn.rows) else ""
    return number.rstrip(".") or f"baris ke-{row + 1}"


def _kegiatan(chart: Chart, row: int) -> str:
    return _cell(chart.rows[row].cells.get("kegiatan"))


def _row(title: str, chart: Chart, row: int, alur: Alur, step: int, drawn: Drawn) -> Iterator[Difference]:
    number = drawn.rows[step].number or chart.rows[row].no or str(step + 1)
    name = f"{title}Langkah {number.rstrip('.')}"
    for column in COLUMNS[1:]:
        if column.field in alur.kegiatan[step].gabung:
            continue
        written = "\n".join(column.of(alur.kegiatan[step]))
        yield from _one(f"{name}, {column.label}", _cell(chart.rows[row].cells.get(column.key)), written)
    known = len(chart.actors)
    there = {symbol.actor for symbol in chart.symbols if symbol.row == row}
    meant = {node.lane for node in drawn.nodes if node.row == step}
    if there != meant and max(there | meant, default=0) < known:
        names = [", ".join(chart.actors[lane] for lane in sorted(some)) for some in (there, meant)]
        yield Difference(f"{name}, simbol di kolom", *names)


def _cell(words: Words | None) -> str:
    return words.text if words else ""


# -- arrows ------------------------------------------------------------------------------------------

Spot = tuple[int, int, int]
"""Row, column of the actor, place among the symbols of the cell."""
Arrow = tuple[Spot, Spot, str]


class StepArrows(Struct, frozen=True):
    """The arrows that leave a step on paper and in the data, where they differ; ``sure``: the reader doubts
    nothing of them."""

    row: int
    paper: tuple[Arrow, ...]
    data: tuple[Arrow, ...]
    sure: bool


def _arrows_of(chart: Chart, drawn: Drawn) -> Iterator[StepArrows]:
    """The steps whose arrows differ, from the top. A symbol is known by its cell and its place in it; symbols
    that joint actors share are one, as it says nothing at which of them an arrow ends."""
    spots = _spots((one.id, one.row, one.actor) for one in chart.symbols)
    own = _spots((one.id, one.row, one.lane) for one in drawn.nodes if not one.loose)
    paper = _ways(_joined(spots, chart.joint), ((e.source, e.target, e.label) for e in chart.edges))
    data = _ways(
        _joined(own, ((pair.left, pair.right) for pair in drawn.pairs)),
        ((e.source, e.target, e.label) for e in drawn.edges),
    )
    doubted = {spots[id][0] for doubt in chart.doubts for id in doubt.about.split(">") if id in spots}
    for row in sorted({source[0] for source, _, _ in paper ^ data}):
        said, meant = (tuple(sorted(one for one in found if one[0][0] == row)) for found in (paper, data))
        ends = {row, *(target[0] for _, target, _ in (*said, *meant))}
        yield StepArrows(row, said, meant, not ends & doubted)


def _spots(symbols: Iterable[tuple[str, int, int]]) -> dict[str, Spot]:
    count: dict[tuple[int, int], int] = {}
    found = {}
    for id, row, lane in symbols:
        count[row, lane] = count.get((row, lane), 0) + 1
        found[id] = (row, lane, count[row, lane])
    return found


def _joined(spots: Mapping[str, Spot], pairs: Iterable[tuple[str, str]]) -> dict[str, Spot]:
    """The spots, those of symbols that joint actors share being the leftmost of them."""
    found, joined = dict(spots), list(pairs)
    for _ in joined:  # a chain of pairs is no longer than all of them
        for one, other in joined:
            if one in found and other in found:
                found[one] = found[other] = min(found[one], found[other])
    return found


def _ways(spots: Mapping[str, Spot], edges: Iterable[tuple[str, str, str]]) -> set[Arrow]:
    return {
        (spots[source], spots[target], " ".join(label.split()))
        for source, target, label in edges
        if source in spots and target in spots and spots[source] != spots[target]
    }
