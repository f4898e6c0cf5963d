"""A formula whose result the file does not hold → its text where that is plain: cells joined or counted on. A
program that writes workbooks without reckoning them leaves such; anything else stays unread."""

from __future__ import annotations

import re
from collections.abc import Callable

from generator.reading.xlsx.package import place

_PART = r'(?:"(?:[^"]|"")*"|\$?[A-Z]{1,3}\$?[1-9]\d*)'
_JOINED = re.compile(rf"{_PART}(?:\s*&\s*{_PART})*")
_CALL = re.compile(rf"CONCAT(?:ENATE)?\(\s*({_PART}(?:\s*[,;]\s*{_PART})*)\s*\)", re.IGNORECASE)
_COUNTED = re.compile(r"(\$?[A-Z]{1,3}\$?[1-9]\d*)\s*([+-])\s*(\d{1,6})")
_DEEPEST = 400


def reckoned(
    formula: str, shown: Callable[[int, int], str], formulas: dict[tuple[int, int], str], depth: int = 0
) -> str | None:
    """What a formula gives, where ``shown`` is the text of a cell by row and column from 1."""
    said = formula.strip().removeprefix("=").strip()

    def cell(name: str) -> str | None:
        at = place(name)
        if at is None or depth > _DEEPEST:
            return None
        text = shown(*at)
        if not text and at in formulas:
            return reckoned(formulas[at], shown, formulas, depth + 1)
        return text

    if hit := _COUNTED.fullmatch(said):
        before = cell(hit[1])
        if before is None or not re.fullmatch(r"-?\d{1,9}", before):
            return None
        return str(int(before) + (1 if hit[2] == "+" else -1) * int(hit[3]))
    call = _CALL.fullmatch(said)
    if not call and not _JOINED.fullmatch(said):
        return None
    parts = []
    for part in re.findall(_PART, call[1] if call else said):
        text = part[1:-1].replace('""', '"') if part.startswith('"') else cell(part)
        if text is None:
            return None
        parts.append(text)
    return "".join(parts)
