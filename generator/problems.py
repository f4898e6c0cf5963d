"""Problems as values: what is wrong, where, and how it is mended. Imports nothing of ours."""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct


class Severity(StrEnum):
    ERROR = "galat"
    WARNING = "peringatan"


class Position(Struct, frozen=True, order=True):
    """Where a value stands: file as given on the command line, line and column counted from 1."""

    file: str
    line: int
    column: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


class Problem(Struct, frozen=True, order=True):
    """One finding, in Indonesian, with the position at fault and (mostly) a hint that names the cure."""

    position: Position
    severity: Severity
    message: str
    hint: str = ""
    rule: str = ""
