"""Texts outside of a table → the title above it and the notes below it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from generator.reading.grid.cells import around, in_lines, line_text
from generator.reading.grid.table import Table
from generator.reading.seen import Text

_NOTE = re.compile(r"\W*(?:ket(?:erangan)?|catatan|nb)\b\W*:|\W*\*+\)", re.IGNORECASE)
"""How a note below a table begins."""
_HIGH, _LOW = 45.0, 60.0
"""How far above its heading a title, and below it the first note, may stand."""
_LINES = 2
"""So many lines a title has at most."""


def title_lines(table: Table, outside: Sequence[Text]) -> list[list[Text]]:
    """The lines right above a table's heading that stand together."""
    if not table.head:
        return []
    above = [
        t
        for t in outside
        if table.top - _HIGH < t.box.centre[1] < table.top and not t.text.strip(" -–").isdigit()
    ]
    lines = in_lines(above)[-_LINES:]
    found: list[list[Text]] = []
    for line in reversed(lines):
        if found and not _together(line, found[0]):
            break
        found.insert(0, line)
    return found


def _together(line: Sequence[Text], below: Sequence[Text]) -> bool:
    """Whether two lines are of one text: as high, at the distance of lines, flush or both in the middle."""
    one, two = around(line), around(below)
    high = max(one.height, two.height)
    alike = abs(one.height - two.height) < 0.25 * high and two.centre[1] - one.centre[1] < 1.8 * high
    return alike and (abs(one.left - two.left) < 3 or abs(one.centre[0] - two.centre[0]) < 3)


def note_lines(table: Table, here: Sequence[Table], outside: Sequence[Text]) -> list[list[Text]]:
    """The lines of the note that stands below a table and above the next of the tables that are ``here``."""
    bottom = min((t.box.top for t in here if t.box.top >= table.box.bottom), default=1e9)
    under = [
        t
        for t in outside
        if table.box.bottom - 2 < t.box.centre[1] < bottom
        and table.box.left - 20 < t.box.centre[0] < table.box.right + 20
    ]
    first = next((line for line in in_lines(under) if _NOTE.match(line_text(line))), None)
    if first is None or around(first).top > table.box.bottom + _LOW:
        return []
    begin = around(first)
    alike = [
        t
        for t in under
        if t.box.left >= begin.left - 3
        and t.box.centre[1] > begin.top
        and abs(t.box.height - begin.height) < 0.3 * begin.height
    ]
    found: list[list[Text]] = []
    for line in in_lines(alike):
        if found and around(line).top - around(found[-1]).bottom > 1.2 * begin.height:
            break
        found.append(line)
    return found
