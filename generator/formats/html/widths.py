"""SOP's flow + its drawing → the widths of the text columns of its table on a page, in percent.

Together they ask for all, so that the browser leaves the lanes as wide as their drawing, divides what is left
and makes no column narrower than its longest word.
Reckoned for a window of 1280 px; a table that is too wide for that is set in smaller type.
"""

from __future__ import annotations

from collections.abc import Mapping

from generator.figure.lattice import Lattice
from generator.figure.metrics import text_width
from generator.figure.share import share
from generator.form.columns import headed
from generator.model.sop import Alur

_WIDE, _DENSE = 84.0, 98.0
"""Width of a page's table in em of its type, the usual and the smaller."""
_PAD, _BOLD, _LONGEST = 0.56, 1.08, 9.0
_LEAST = 8.0
"""Of the column of activities, as the style sheet has it."""
_MOST = 80


def percents(alur: Alur, lattice: Lattice, label: Mapping[str, str]) -> tuple[dict[str, int], bool]:
    """The width of each column by its key, and whether the table is set in the smaller type."""
    columns = headed(label).columns
    rows = [
        [
            tuple(text_width(line) for text in column.of(step) for line in text.split("\n"))
            for step in alur.kegiatan
        ]
        for column in columns
    ]
    floor = [2.6]
    for column in columns[1:]:
        words = [word for step in alur.kegiatan for text in column.of(step) for word in _words(text)]
        longest = max((min(text_width(word), _LONGEST) for word in words), default=0.0)
        heading = max((text_width(word) * _BOLD for word in _words(label[column.key])), default=0.0)
        least = _LEAST if column.key == "kegiatan" else 0.0
        floor.append(max(longest, heading, least) + 2 * _PAD)
    lanes = sum(lane.width for lane in lattice.lanes)
    dense = lanes + sum(floor) > _WIDE
    whole = _DENSE if dense else _WIDE
    widths = share(rows, floor, whole - lanes, 1.0, _PAD, 0.5)
    found = {
        column.key: round(100 * width / sum(widths)) for column, width in zip(columns, widths, strict=True)
    }
    return {key: min(max(percent, 1), _MOST) for key, percent in found.items()}, dense


def _words(text: str) -> list[str]:
    return text.replace("/", "/ ").replace("-", "- ").split()
