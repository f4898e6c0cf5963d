"""Template and data → what the typesetter is given. What it raises → Unsettable: it can make no document."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import msgspec
import typst

from generator.figure.paper.letters import FONTS

PROGRAM = Path(__file__).parents[2]
"""The folder that all templates lie in."""
# Letters that run from right to left, and the marks that make others do so.
_LEFTWARD = re.compile(
    "[\u0590-\u08ff\u200f\u202b\u202e\u2067\ufb1d-\ufdff\ufe70-\ufeff\U00010800-\U00010fff\U0001e800-\U0001efff]"
)


class Unsettable(RuntimeError):
    """The typesetter cannot set this; the message is its own, its first line."""


@cache
def fonts() -> typst.Fonts:
    """The project's own fonts and no others, loaded once."""
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[FONTS])


def fresh(document: bytes = b"") -> typst.Compiler:
    """A compiler of this document."""
    return typst.Compiler(document, root=PROGRAM, font_paths=fonts(), ignore_system_fonts=True)


compiler = cache(fresh)
"""One for all documents: of the templates it knows what it has read once."""


def handed(template: Path, data: Mapping[str, Any]) -> bytes:
    """A document that is what a template makes of its data, which stands in it as a string: what is given in
    ``sys.inputs`` counts to what every template was read with, so that all would be read anew. Letters that
    run leftward are kerned: without it Typst 0.15.2 panics when it writes them into a PDF."""
    text = msgspec.json.encode(data).decode()
    kerning = "true" if leftward(text) else "false"
    text = text.replace("\\", "\\\\").replace('"', '\\"')
    path = template.relative_to(PROGRAM).as_posix()
    return f'#import "/{path}": whole\n#whole(json(bytes("{text}")), {kerning})\n'.encode()


def leftward(text: str) -> bool:
    """Whether letters of a text run leftward."""
    return not text.isascii() and bool(_LEFTWARD.search(text))


@contextmanager
def setting() -> Iterator[None]:
    """Around every call of the typesetter. Its panics are no ``Exception`` and would end the whole build."""
    try:
        yield
    except RuntimeError as error:  # TypstError is one; queries raise no more than this
        raise Unsettable(_first(error)) from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":
            raise
        raise Unsettable(_first(error)) from None


def _first(error: BaseException) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0][:200]
