"""What any door may take in, and how it says that a file has more, or is none."""

from __future__ import annotations

from generator.model.problems import Position, Problem, Severity

MAX_ROWS = 5_000
MAX_COLUMNS = 200
MAX_SHEETS = 500
MAX_CELLS = 250_000
"""Places of all sheets together, blank ones inside a table too."""
MAX_BOOK, MAX_TEXT = 20_000_000, 5_000_000
"""Bytes of a workbook, which may hold pictures, and of a text."""
MAX_LETTERS = 10_000_000


class TooMuch(Exception):
    """A bound is passed, or what no program writes: what, and what to do."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.message, self.hint = message, hint


def refusal(name: str, message: str, hint: str) -> Problem:
    """Why nothing of a file is read."""
    return Problem(Position(name, 1, 1), Severity.ERROR, message, hint, "impor")
