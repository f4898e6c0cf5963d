"""What our own Word file said when it was made, and what it says now → each thing that was changed by hand.

Both are readings of Word files, the first one of the version that the file was made from (known by its
fingerprint), made anew. So what the reader itself does to a text is done to both, and is no difference."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from difflib import SequenceMatcher
from itertools import zip_longest

from msgspec import Struct

from generator.form.columns import COLUMNS
from generator.reading.identity import NAMES
from generator.reading.understood import FIELDS, Chart, Doubt, Identity, Place, Reading, Row, Symbol, Words

_COLUMNS = {column.key: column.label for column in COLUMNS}
_KINDS = {"start": "kapsul", "end": "kapsul", "process": "kotak", "decision": "belah ketupat"}
_ALIKE = 0.5
"""Rows whose texts are this much the same are one row that was changed."""

Key = tuple[str, ...]


class Difference(Struct, frozen=True):
    """One thing that was changed: what it is, how it was, how it is now. Blank: it was or is not there."""

    about: str
    before: str
    after: str
    place: Place | None = None


def differences(before: Reading, after: Reading) -> tuple[Difference, ...]:
    """All that differs, from the top of the file; nothing of either reading is left out."""
    found: list[Difference] = []
    for n, (old, new) in enumerate(zip_longest(before.identities, after.identities)):
        found += _identities(old or Identity(), new or Identity(), f"blok identitas {n + 1} " * (n > 0))
    for n, (was, now) in enumerate(zip_longest(before.charts, after.charts)):
        where = f"alur {n + 1}, " * (max(len(before.charts), len(after.charts)) > 1)
        found += _charts(was, now, where)
    found += _left(before, after)
    return tuple(found)


def _flat(text: str) -> str:
    return " ".join(text.split())


def _identities(old: Identity, new: Identity, where: str) -> Iterable[Difference]:
    for key in dict.fromkeys((*old.values, *new.values)):
        was, now = old.values.get(key), new.values.get(key)
        yield from _texts(where + NAMES.get(key, key), _said(was), _said(now), now or was)
    for key in dict.fromkeys((*old.boxes, *new.boxes)):
        some, others = old.boxes.get(key, ()), new.boxes.get(key, ())
        place = next(iter(others or some), None)
        was_, now_ = (" / ".join(_flat(w.text) for w in one) for one in (some, others))
        yield from _texts(where + NAMES.get(key, key), was_, now_, place)
    yield from _texts(where + "kop", " / ".join(old.kop), " / ".join(new.kop), None)


def _said(words: Words | None) -> str:
    return _flat(words.text) if words else ""


def _texts(about: str, before: str, after: str, words: Words | None) -> Iterable[Difference]:
    if before != after:
        yield Difference(about, before, after, words.place if words else None)


def _charts(old: Chart | None, new: Chart | None, where: str) -> list[Difference]:
    if old is None or new is None:
        chart = old or new
        assert chart is not None
        said = f"{chart.title} ({len(chart.rows)} langkah)"
        whole = [Difference(f"{where}seluruh alur", said if old else "", said if new else "")]
        nothing = Chart("", chart.actors, (), (), ())
        return whole + _charts(old or nothing, new or nothing, where)
    found = list(_texts(f"{where}judul", _flat(old.title), _flat(new.title), None))
    for n, (was, now) in enumerate(zip_longest(old.actors, new.actors, fillvalue="")):
        found += _texts(f"{where}pelaksana {n + 1}", _flat(was), _flat(now), None)
    for key in dict.fromkeys((*old.headings, *new.headings)):
        title = f"{where}judul kolom {_COLUMNS.get(key, key)}"
        found += _texts(title, _flat(old.headings.get(key, "")), _flat(new.headings.get(key, "")), None)
    pairs = _aligned(old.rows, new.rows)
    for a, b in pairs:
        found += _rows(old.rows[a] if a is not None else None, new.rows[b] if b is not None else None, where)
    rows = {b: a for a, b in pairs if a is not None and b is not None}
    return found + _flows(old, new, rows, where)


def _aligned(old: Sequence[Row], new: Sequence[Row]) -> list[tuple[int | None, int | None]]:
    """Rows of both in order: which of them is which; a row that only one has stands alone."""
    texts = [[_key(row) for row in rows] for rows in (old, new)]
    found: list[tuple[int | None, int | None]] = []
    for tag, a, b, c, d in SequenceMatcher(None, texts[0], texts[1], autojunk=False).get_opcodes():
        if tag == "equal":
            found += zip(range(a, b), range(c, d), strict=True)
        else:
            found += _changed(range(a, b), range(c, d), texts)
    return found


def _key(row: Row) -> str:
    return _flat(row.cells["kegiatan"].text if "kegiatan" in row.cells else "")


def _changed(
    some: range, others: range, texts: Sequence[Sequence[str]]
) -> list[tuple[int | None, int | None]]:
    """Rows of a stretch that differs: as many on both sides are the same ones, else those that are alike."""
    if len(some) == len(others):
        return list(zip(some, others, strict=True))
    found: list[tuple[int | None, int | None]] = []
    first = others.start
    for a in some:
        alike = [
            (SequenceMatcher(None, texts[0][a], texts[1][b]).ratio(), -b) for b in range(first, others.stop)
        ]
        share, best = max(alike, default=(0.0, 0))
        if share < _ALIKE:
            found.append((a, None))
            continue
        found += [(None, b) for b in range(first, -best)]
        found.append((a, -best))
        first = -best + 1
    return found + [(None, b) for b in range(first, others.stop)]


def _rows(old: Row | None, new: Row | None, where: str) -> Iterable[Difference]:
    row = new or old
    assert row is not None
    name = f"{where}langkah {row.no or _key(row)[:40]}"
    if old is None or new is None:
        whole = " | ".join(_flat(text) for text in (row.no, *(_cell(row, f) for f in FIELDS)) if text)
        yield Difference(name, whole if old else "", whole if new else "", row.place)
        return
    yield from _texts(f"{name}, No", old.no, new.no, Words(new.no, new.place))
    yield from _texts(f"{name}, judul di atasnya", _flat(old.heading), _flat(new.heading), None)
    for field in FIELDS:
        words = new.cells.get(field) or old.cells.get(field)
        yield from _texts(f"{name}, {_COLUMNS[field]}", _cell(old, field), _cell(new, field), words)


def _cell(row: Row, field: str) -> str:
    return _said(row.cells.get(field))


class _Known(Struct, frozen=True):
    """The symbols of a chart by a key that both charts share, and what each is called."""

    keys: Mapping[str, Key]
    symbols: Mapping[Key, Symbol]
    names: Mapping[Key, str]
    looks: Mapping[Key, Key]
    """Kind, text, row and actor of each."""


def _flows(old: Chart, new: Chart, rows: Mapping[int, int], where: str) -> list[Difference]:
    """What differs of symbols, arrows and joint actors."""
    named = _once(old.symbols) & _once(new.symbols)
    was = _known(old, {n: n for n in range(len(old.rows))}, _own_lanes(old), named)
    now = _known(new, rows, _lanes(old, new), named)
    found = []
    for key in dict.fromkeys((*was.symbols, *now.symbols)):
        a, b = was.symbols.get(key), now.symbols.get(key)
        place = b.place if b else a.place if a else None
        if was.looks.get(key) != now.looks.get(key):
            said = _symbol(a, was.names.get(key, "")), _symbol(b, now.names.get(key, ""))
            found.append(Difference(f"{where}simbol", *said, place))
    ways = [_ways(old, was), _ways(new, now)]
    for pair in dict.fromkeys((*ways[0], *ways[1])):
        before, after = ways[0].get(pair), ways[1].get(pair)
        if before != after:
            name = " → ".join((now.names.get(key) or was.names[key]) for key in pair)
            place = _end(pair, now, was)
            found.append(Difference(f"{where}panah {name}", _way(before), _way(after), place))
    joints = [{frozenset((k.keys[a], k.keys[b])) for a, b in c.joint} for c, k in ((old, was), (new, now))]
    for both in sorted(joints[0] ^ joints[1], key=sorted):
        name = " dan ".join((now.names.get(key) or was.names[key]) for key in sorted(both))
        said_ = ("bersama", "") if both in joints[0] else ("", "bersama")
        found.append(Difference(f"{where}pelaksana bersama {name}", *said_, None))
    return found


def _way(label: str | None) -> str:
    return "" if label is None else f"panah {label}".strip()


def _own_lanes(chart: Chart) -> dict[int, str]:
    return {n: str(n) for n in range(len(chart.actors))}


def _lanes(old: Chart, new: Chart) -> dict[int, str]:
    """For each actor of the new chart which of the old one it is: by place where there are as many, else by
    name."""
    if len(old.actors) == len(new.actors):
        return _own_lanes(new)
    names = [_flat(actor) for actor in old.actors]
    return {
        n: str(names.index(_flat(actor))) if _flat(actor) in names else f"baru {n}"
        for n, actor in enumerate(new.actors)
    }


def _once(symbols: Sequence[Symbol]) -> set[str]:
    """Names that one symbol has; a shape that was copied in Word has that of another."""
    names = [symbol.name for symbol in symbols if symbol.name]
    return {name for name in names if names.count(name) == 1}


def _known(chart: Chart, rows: Mapping[int, int], lanes: Mapping[int, str], named: set[str]) -> _Known:
    keys: dict[str, Key] = {}
    count: dict[Key, int] = {}
    looks: dict[Key, Key] = {}
    for symbol in chart.symbols:
        row = rows.get(symbol.row)
        at = ("langkah", str(row)) if row is not None else ("langkah baru", str(symbol.row))
        lane = lanes.get(symbol.actor, "")
        key: Key = ("nama", symbol.name) if symbol.name in named else (*at, lane)
        count[key] = count.get(key, 0) + 1
        keys[symbol.id] = (*key, str(count[key]))
        looks[keys[symbol.id]] = (_KINDS[symbol.kind], _flat(symbol.text), *at, lane)
    symbols = {keys[symbol.id]: symbol for symbol in chart.symbols}
    names = {keys[symbol.id]: _name(symbol, chart) for symbol in chart.symbols}
    return _Known(keys, symbols, names, looks)


def _name(symbol: Symbol, chart: Chart) -> str:
    actor = _flat(chart.actors[symbol.actor]) if symbol.actor < len(chart.actors) else ""
    return f"{_KINDS[symbol.kind]} langkah {chart.rows[symbol.row].no or symbol.row + 1} {actor}".strip()


def _symbol(symbol: Symbol | None, name: str) -> str:
    if symbol is None:
        return ""
    return f"{name}: {_flat(symbol.text)}" if symbol.text.strip() else name


def _ways(chart: Chart, known: _Known) -> dict[tuple[Key, Key], str]:
    """The labels of the ways between symbols; several between two are told together."""
    found: dict[tuple[Key, Key], str] = {}
    for edge in chart.edges:
        pair = (known.keys[edge.source], known.keys[edge.target])
        found[pair] = f"{found[pair]} dan {edge.label}" if pair in found else edge.label
    return found


def _end(pair: tuple[Key, Key], now: _Known, was: _Known) -> Place | None:
    for known in (now, was):
        if pair[1] in known.symbols:
            return known.symbols[pair[1]].place
    return None


def _left(before: Reading, after: Reading) -> list[Difference]:
    """Texts beside the tables, and what of the flow cannot be told for sure since it was changed."""
    was, now = ({_flat(w.text): w for w in one.left_over} for one in (before, after))
    found = [
        Difference("teks di luar tabel", text, "", w.place) for text, w in was.items() if text not in now
    ]
    found += [
        Difference("teks di luar tabel", "", text, w.place) for text, w in now.items() if text not in was
    ]
    known = Counter(doubt.said for doubt in _doubts(before))
    for doubt in _doubts(after):
        known[doubt.said] -= 1
        if known[doubt.said] < 0:
            found.append(Difference("periksa", "", doubt.said, doubt.place))
    return found


def _doubts(reading: Reading) -> list[Doubt]:
    found = [doubt for one in reading.identities for doubt in one.doubts]
    found += [doubt for chart in reading.charts for doubt in chart.doubts]
    return [*reading.doubts, *found]
