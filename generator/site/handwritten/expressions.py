"""Text of a hand-written page + the words it may use → the text with the expressions filled in, or what is
wrong with them, with line and column.

An expression is read and judged here before anything carries it out: only what is on the lists below may
stand in it. What passes is filled in by an environment that holds nothing but these words. So a page, which
anybody may propose, reaches no attribute, no file and no word of the engine.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, lru_cache
from typing import Any

from jinja2 import StrictUndefined, Template, TemplateError, TemplateSyntaxError, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment
from msgspec import Struct

_FILTERS = frozenset({"capitalize", "length", "lower", "string", "title", "trim", "upper"})
_NODES: tuple[type[nodes.Node], ...] = (
    *(nodes.Template, nodes.Output, nodes.TemplateData, nodes.Const, nodes.Name, nodes.Call, nodes.Keyword),
    *(nodes.If, nodes.CondExpr, nodes.Compare, nodes.Operand, nodes.And, nodes.Or, nodes.Not),
    *(nodes.Add, nodes.Sub, nodes.FloorDiv, nodes.Concat, nodes.Filter),
)
"""What an expression may be made of: nothing that repeats, multiplies, reads or keeps anything."""
_DEEP = 30
_HOLDS = re.compile(r"\{[{%#]")
_CURE = "pakai hanya kata dan makro dari panduan 'Menulis halaman'"
_UNREAD = "makro ini tidak dapat dibaca; periksa tanda '{{' dan '}}'"


class WordError(ValueError):
    """A word asks for something that is not there; the message says what, in Indonesian."""


class Fault(Struct, frozen=True):
    """What is wrong at a place of the text (from 1), and the cure."""

    line: int
    column: int
    message: str
    hint: str


class Namespace(Struct, frozen=True):
    """What expressions may name: plain values, and macros, which can only be called."""

    values: Mapping[str, Any]
    macros: Mapping[str, Any]

    def __contains__(self, name: str) -> bool:
        return name in self.values or name in self.macros

    def __iter__(self) -> Iterator[str]:
        return iter((*self.values, *self.macros))


def holds_expression(text: str) -> bool:
    """Whether there is anything in a text that an engine would carry out."""
    return bool(_HOLDS.search(text))


def fill(text: str, words: Namespace) -> str | Fault:
    """The text with its expressions filled in, or the first thing that is wrong with them."""
    if not holds_expression(text):
        return text
    if found := judge(text, words):
        return found
    try:
        return _template(text).render({**words.values, **words.macros})
    except WordError as error:
        return _at(text, _line_of(error), str(error), "")
    except (TemplateError, TypeError, ValueError, ArithmeticError) as error:
        return _at(text, _line_of(error), "makro ini tidak dapat dijalankan dengan isian itu", _CURE)


@lru_cache(maxsize=64)
def _template(text: str) -> Template:
    """A text that has been judged; the pages of one site are mostly those of the next."""
    return _environment().from_string(text)


@cache
def _environment() -> ImmutableSandboxedEnvironment:
    made = ImmutableSandboxedEnvironment(undefined=StrictUndefined, keep_trailing_newline=True)
    made.globals.clear()
    made.filters = {name: made.filters[name] for name in sorted(_FILTERS)}
    return made


def judge(text: str, words: Namespace) -> Fault | None:
    """The first thing in the expressions of a text that is on no list; nothing is carried out."""
    if not holds_expression(text):
        return None
    return _judged(text, tuple(words.values), tuple(words.macros))


@lru_cache(maxsize=64)
def _judged(text: str, values: tuple[str, ...], macros: tuple[str, ...]) -> Fault | None:
    words = Namespace(dict.fromkeys(values), dict.fromkeys(macros))
    try:
        tree = _environment().parse(text)
    except TemplateSyntaxError as error:
        return _at(text, error.lineno, f"{_UNREAD} ({error.message})", "")
    except (RecursionError, ValueError, MemoryError):
        return _at(text, 1, "makro di halaman ini terlalu dalam atau terlalu panjang", "sederhanakan")
    called = set()
    waiting: deque[tuple[nodes.Node, int]] = deque([(tree, 0)])
    while waiting:
        node, depth = waiting.popleft()
        if isinstance(node, nodes.Call) and isinstance(node.node, nodes.Name):
            called.add(id(node.node))
        wrong = "susunannya terlalu dalam" if depth > _DEEP else _wrong(node, id(node) in called, words)
        if wrong:
            named = node.name if isinstance(node, nodes.Name | nodes.Filter) else ""
            inside = (one.lineno for one in node.find_all(nodes.Node) if one.lineno)
            return _at(text, node.lineno or next(inside, 1), wrong, _CURE, named)
        waiting.extend((child, depth + 1) for child in node.iter_child_nodes())
    return None


def _wrong(node: nodes.Node, called: bool, words: Namespace) -> str:
    """What is wrong with a piece of an expression, "" if nothing."""
    if type(node) not in _NODES:
        return "yang ditulis di antara tanda kurung kurawal ini tidak diizinkan"
    if isinstance(node, nodes.Filter) and (node.name not in _FILTERS or node.node is None):
        return f"saringan '{node.name}' tidak diizinkan{like(node.name, _FILTERS)}"
    if isinstance(node, nodes.Call) and (
        not isinstance(node.node, nodes.Name) or node.dyn_args is not None or node.dyn_kwargs is not None
    ):
        return "hanya makro dari panduan yang boleh dipanggil"
    if isinstance(node, nodes.Name):
        if node.name not in words:
            return f"'{node.name}' tidak dikenal{like(node.name, words)}"
        if (node.name in words.macros) != called:
            return (
                f"'{node.name}' bukan makro; tulis tanpa tanda kurung"
                if called
                else f"makro '{node.name}' ditulis tanpa tanda kurung"
            )
    return ""


def _line_of(error: Exception) -> int:
    """The line of the text at which something went wrong."""
    from traceback import extract_tb  # not loaded where nothing is wrong

    lines = [at.lineno for at in extract_tb(error.__traceback__) if at.filename == "<template>"]
    return (lines or [1])[-1] or 1


def _at(text: str, line: int, message: str, hint: str, named: str = "") -> Fault:
    return Fault(line, _column(text, line, named), message, hint)


def _column(text: str, line: int, named: str = "") -> int:
    """Where in a line a word, or the first expression, begins."""
    words = (text.split("\n")[line - 1 : line] or [""])[0]
    if named and (found := re.search(rf"\b{re.escape(named)}\b", words)):
        return found.start() + 1
    opened = _HOLDS.search(words)
    return opened.start() + 1 if opened else 1


def like(name: str, among: Iterable[str]) -> str:
    """The name that may be meant, as the end of a sentence."""
    from rapidfuzz import process  # not loaded where nothing is wrong

    found = process.extractOne(str(name), list(among), score_cutoff=70)
    return f"; maksud Anda '{found[0]}'?" if found else ""
