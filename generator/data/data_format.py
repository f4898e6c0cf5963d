"""The version of the form in which data are written (``format`` in ``instansi.yml``), and what is said of
data that are newer than the program.

1: data without ``format``, up to 0.1. 2: the number is written. Older data are read, ``sop upgrade`` rewrites
them.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from generator.model.problems import Position, Problem

FORMAT = 2
"""What this program reads and writes."""
RULE = "format"
_NUMBER = re.compile(r"""^(?:format|"format"|'format')[ \t]*:[ \t]*["']?(\d{1,9})\b""", re.MULTILINE)


def newer(data: Path) -> Problem | None:
    """What is wrong with a data folder that a later program has written: nothing in it may be believed, and
    nothing may be written to it. Looks for the number alone, as the rest may be beyond reading."""
    file = data / "instansi.yml"
    if not file.is_file():  # reading a pipe could wait for ever
        return None
    try:
        text = file.read_bytes().decode("utf-8", "replace")
    except OSError:
        return None
    found = _NUMBER.search(text)
    if found is None or int(found[1]) <= FORMAT:
        return None
    from generator.model.problems import (
        Position,  # asked before every command: nearly always nothing is wrong
    )

    line = text.count("\n", 0, found.start(1)) + 1
    return too_new(Position(file.as_posix(), line, found.start(1) - found.start() + 1), int(found[1]))


def too_new(position: Position, number: int) -> Problem:
    """That data of this format are not read."""
    from generator.model.problems import Problem, Severity

    return Problem(
        position,
        Severity.ERROR,
        f"data ini berformat {number}, sedangkan program ini mengenal format 1 sampai {FORMAT}",
        "perbarui sop-generator; jangan mengubah data ini dengan program yang lama",
        RULE,
    )
