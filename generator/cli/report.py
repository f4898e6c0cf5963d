"""Problems → words on the terminal, or JSON."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable, Sequence
from itertools import groupby
from operator import attrgetter

from generator.model.problems import Problem, Severity

_HEADINGS = ((Severity.ERROR, "Galat", "bold red"), (Severity.WARNING, "Peringatan", "yellow"))
_Line = list[tuple[str, str]]
"""Words and how they look."""
_AT_ONCE = 1000
_LONG = 1000
"""So many signs of a message are shown; values that are quoted in one may be much longer."""


def count(problems: Iterable[Problem], severity: Severity) -> int:
    """How many problems are of this severity."""
    return sum(problem.severity is severity for problem in problems)


def print_problems(problems: Sequence[Problem], err: bool = False) -> None:
    """All problems, errors first, each as ``file:line:column: message`` and its hint, then the numbers. The
    hint of several in a row stands once, below the last of them. ``err``: on the error output."""
    lines: list[_Line] = []
    for severity, heading, style in _HEADINGS:
        chosen = [problem for problem in problems if problem.severity is severity]
        if chosen:
            lines.append([(f"{heading} ({len(chosen)})", style)])
        for hint, run in groupby(chosen, attrgetter("hint")):
            alike = list(run)
            for problem in alike:
                where = (_visible(str(problem.position)), "bold")
                lines.append([where, (f": {_visible(problem.message)}", "")])
            lines += [[(line, "dim")] for line in _cure(hint, len(alike))] if hint else []
        if chosen:
            lines.append([])
    errors, warnings = (count(problems, severity) for severity, _, _ in _HEADINGS)
    lines.append([(f"{errors} galat, {warnings} peringatan.", "")])
    stream = sys.stderr if err else sys.stdout
    if stream is None:  # it is closed
        return
    if stream.isatty() or os.environ.get("FORCE_COLOR"):
        _print_coloured(lines, err)
    else:
        stream.write("".join(f"{''.join(words for words, _ in line)}\n" for line in lines))


def _print_coloured(lines: Sequence[_Line], err: bool) -> None:
    from rich.console import Console  # not loaded where no colours are seen
    from rich.text import Text

    console = Console(highlight=False, soft_wrap=True, stderr=err)
    for begin in range(0, len(lines), _AT_ONCE):  # one by one takes rich 1 ms each
        console.print(Text("\n").join(Text.assemble(*line) for line in lines[begin : begin + _AT_ONCE]))


def problems_json(problems: Iterable[Problem]) -> str:
    """The problems as a JSON list, one object each."""
    rows = [
        {
            "berkas": problem.position.file,
            "baris": problem.position.line,
            "kolom": problem.position.column,
            "tingkat": problem.severity.value,
            "aturan": problem.rule,
            "pesan": problem.message,
            "saran": problem.hint,
        }
        for problem in problems
    ]
    return json.dumps(rows, ensure_ascii=False, indent=2)


def _cure(hint: str, several: int) -> list[str]:
    """The cure; lines to be pasted stand below it as they are, further in than any problem begins."""
    first, *pasted = hint.split("\n")
    whose = f" untuk {several} hal di atas" if several > 1 else ""
    return [f"  saran{whose}: {_visible(first)}", *(f"    {_visible(line)}" for line in pasted)]


def _visible(text: str) -> str:
    """One line, with what a terminal would obey shown as its code; of what is very long, both ends."""
    if len(text) > _LONG:
        text = f"{text[: _LONG // 2]} … {text[-_LONG // 2 :]}"
    return text if text.isprintable() else "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in text)
