"""Lines of a cell ↔ a list with its marker."""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import StrEnum
from functools import lru_cache

from generator.model.values import DataStruct

_BLANK = re.compile(r"[\s\-–—_.…]*")
_BLANK_LINE = re.compile(rf"\s*(?:\d+[.)]|•)?{_BLANK.pattern}")


class Marker(StrEnum):
    """Marker before the items of a list as the source prints it."""

    TANPA = ""
    ANGKA = "1."
    KURUNG = "1)"
    STRIP = "-"
    BULATAN = "•"


class ListText(DataStruct, frozen=True, kw_only=True):
    """Lines of a cell read as a list: the marker and the items without it."""

    marker: Marker
    items: tuple[str, ...]

    def lines(self) -> tuple[str, ...]:
        """The lines again, with their markers: the inverse of ``read_list``."""
        if self.marker in (Marker.ANGKA, Marker.KURUNG):
            return tuple(f"{n}{self.marker[-1]} {item}" for n, item in enumerate(self.items, 1))
        return tuple(f"{self.marker} {item}" for item in self.items) if self.marker else self.items


def read_list(lines: Sequence[str]) -> ListText:
    """Read the lines of a cell as a list, if every line has the same marker (numbers counting from 1);
    otherwise the lines stay as they are, unmarked. No text is lost: ``lines()`` gives the lines back."""
    return _read_list(tuple(lines))


@lru_cache(maxsize=2048)
def _read_list(lines: tuple[str, ...]) -> ListText:
    if not lines or not lines[0].startswith(("- ", "• ", "1. ", "1) ")):
        return ListText(marker=Marker.TANPA, items=lines)
    for marker in (Marker.STRIP, Marker.BULATAN):
        if all(b.startswith(f"{marker} ") and b[2:].strip() == b[2:] != "" for b in lines):
            return ListText(marker=marker, items=tuple(b[2:] for b in lines))
    for marker in (Marker.ANGKA, Marker.KURUNG):
        found = [re.fullmatch(rf"{n}{re.escape(marker[-1])} (\S|\S.*\S)", b) for n, b in enumerate(lines, 1)]
        if all(found):
            return ListText(marker=marker, items=tuple(m[1] for m in found if m))
    return ListText(marker=Marker.TANPA, items=lines)


def indented(line: str, most: int = 12) -> str:
    """The line with the blanks that it begins with as such that no medium drops."""
    bare = line.lstrip(" \u00a0")
    return "\u00a0" * min(len(line) - len(bare), most) + bare


def says_nothing(text: str | None) -> bool:
    """Whether a text is none, or nothing but dashes and dots."""
    return not text or _BLANK.fullmatch(text) is not None


def no_lines(lines: Sequence[str]) -> bool:
    """Whether each line is a list marker with nothing behind it."""
    return all(_BLANK_LINE.fullmatch(line) for line in lines)
