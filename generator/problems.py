"""Problems as values: what is wrong, where, and how it is mended. Imports nothing of ours."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    ERROR = "galat"
    WARNING = "peringatan"


@dataclass(frozen=True, slots=True, order=True)
class Position:
    """Where a value stands: file as given on the command line, line and column counted from 1."""

    file: str
    line: int
    column: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One finding, in Indonesian, with the position at fault and (mostly) a hint that names the cure."""

    position: Position
    severity: Severity
    message: str
    hint: str = ""
    rule: str = ""
