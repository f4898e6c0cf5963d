"""What stands in a cell below an actor → a mark of the one who does it, a symbol in words, or nothing."""

from __future__ import annotations

import re

from generator.reading.drawn.symbols import BEGIN, END

_MARKS = set("vVxX√✓✔☑☒✗✘●•○◯■□◼◾▪▫◆◇♦*+Oo0@#Vx1\uf0fc\uf0d8\uf0a8\uf0fe\uf06e\uf0b7\uf050⬤⬛⚫🔴✅✖×")
_NONE = {"", "-", "–", "—", "false", "salah", "tidak", "n/a", "0", "_", ".", "☐"}
_TICKS = {"true", "benar", "ya", "yes", "y", "ok", "cek", "check", "ceklis", "checklist", "mark"}
_ARROW = re.compile(r"[\s↓→←↑↔↕⬇➡⬅⬆⇓⇒⇐⇑↳↲↴⤵▼▶◀▲►◄|│─┌┐└┘├┤┬┴┼›‹\-><v]+")
_BRANCH = re.compile(r"\(\s*(?:ya|tidak|yes|no|y|t)\s*\)", re.IGNORECASE)
_DRAWN = {"◆": "decision", "◇": "decision", "♦": "decision", "⬭": "terminator", "⬬": "terminator"}


def is_none(text: str) -> bool:
    """Whether a cell below an actor says that he does not do it."""
    return text.strip().casefold() in _NONE


def is_arrow(text: str) -> bool:
    """Whether a cell only points elsewhere."""
    flat = text.strip()
    return bool(_ARROW.fullmatch(flat)) and not is_mark(flat) and not is_none(flat)


def is_mark(text: str) -> bool:
    """Whether a cell says, by a sign or a ticked box, that an actor does a step."""
    flat = text.strip()
    if flat.casefold() in _TICKS:
        return True
    bare = re.sub(r"[\s()\[\]\ufe0f]", "", flat)
    return 0 < len(bare) <= 4 and all(sign in _MARKS for sign in bare) and bare != "0"


def is_sign(text: str) -> bool:
    """Whether a text is a mark, an arrow, or says no; anything else is words."""
    return is_none(text) or is_mark(text) or is_arrow(text)


def kind(text: str) -> tuple[str, str]:
    """What symbol a mark or text stands for, and the words in it."""
    flat = " ".join(text.split())
    if is_mark(text):
        return next((_DRAWN[sign] for sign in flat if sign in _DRAWN), "process"), ""
    first = re.split(r"\W+", flat.casefold(), maxsplit=1)[0]
    rest = re.sub(r"^\W*\w+\W*", "", flat)
    if first in (*BEGIN, *END):
        return "terminator", f"{flat.split()[0]} {rest}".strip()
    if "?" in flat or _BRANCH.search(flat):
        return "decision", flat
    return "process", flat
