"""Problems as values: what is wrong, where, and how it is mended. Imports nothing of ours."""

from __future__ import annotations

import re
from collections.abc import Iterable
from enum import StrEnum
from functools import lru_cache
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace


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


def errors(problems: Iterable[Problem]) -> list[Problem]:
    """Those that must be mended; the others only warn."""
    return [problem for problem in problems if problem.severity is Severity.ERROR]


def from_folder(problem: Problem, folder: Path, common: Path | None = None) -> Problem:
    """A problem with the name of its file from a folder on: where that folder lies is no matter. ``common``
    is a folder of what is shared; what stands there begins with its name."""
    where = problem.position
    return replace(problem, position=replace(where, file=_from(where.file, folder, common)))


@lru_cache(maxsize=4)  # problems come file by file
def _from(name: str, folder: Path, common: Path | None) -> str:
    if name.startswith(inside := f"{folder.as_posix()}/") and common is None:
        return name.removeprefix(inside)
    file = Path(name)
    base = common.parent if common and file.is_relative_to(common) else folder
    return file.relative_to(base).as_posix()


def says(problem: Problem, texts: Iterable[str]) -> bool:
    """Whether the words of a problem hold one of these texts, as words of their own."""
    said = f"{problem.message} {problem.hint}"
    return any(re.search(rf"(?<![\w-]){re.escape(text)}(?![\w-])", said) for text in texts)
