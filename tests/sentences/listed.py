"""Sources of the program → every sentence that a reader or a maintainer may see, each with its place.

``python -m tests.sentences`` (``make kalimat``) prints them. Taken are texts of Python that are no docstring,
texts of JavaScript, the words of templates, and the pages that every agency has.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct

ROOT = Path(__file__).parents[2]
_WORDS = re.compile(r"[A-Za-z]{2,}[,;:]? [a-z(“\"'{]*[a-z…]{2,}|[a-z]{3,} …")
"""Two words in a row: a name, a key or an address has none."""
_PATTERN = re.compile(r"\(\?|\\[bdswW]|\[\^|\|.*\||xmlns|^(?:SELECT|DELETE|INSERT|CREATE|PRAGMA|use strict)")
_SCRIPT = re.compile(
    r"\"((?:[^\"\\\n]|\\.)*)\"|`((?:[^`\\]|\\.)*)`|^\s*//.*$|'(?:[^'\\\n]|\\.)*'", re.MULTILINE
)
_JINJA = re.compile(r"\{#.*?#\}|\{%.*?%\}", re.DOTALL)
_VALUE = re.compile(r"\{\{.*?\}\}", re.DOTALL)
_BLOCK = re.compile(
    r"</?(?:p|li|td|th|dt|dd|h\d|div|ul|ol|table|caption|summary|option|button|label)\b[^>]*>"
)
_TAG = re.compile(r"<[^>]*>")
_SAID = re.compile(r"(?:aria-label|data-label|title|placeholder)=\"([^\"]*)\"")


class Said(Struct, frozen=True, order=True):
    """A text and where it stands."""

    path: str
    line: int
    text: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.text}"


def sentences() -> list[Said]:
    """All of them, by file and line."""
    found = []
    for path in sorted((ROOT / "generator").rglob("*")):
        take = _KINDS.get(path.suffix)
        if take and path.is_file():
            name = path.relative_to(ROOT).as_posix()
            texts = take(path.read_text(encoding="utf-8"))
            found += [Said(name, line, " ".join(text.split())) for line, text in texts]
    return [said for said in found if _WORDS.search(said.text) and not _PATTERN.search(said.text)]


def _python(source: str) -> Iterator[tuple[int, str]]:
    tree = ast.parse(source)
    inside = {
        id(part)
        for node in ast.walk(tree)
        for part in (
            [node.value]
            if isinstance(node, ast.Expr)
            else node.values
            if isinstance(node, ast.JoinedStr)
            else []
        )
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            yield node.lineno, "".join(_piece(part) for part in node.values)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in inside:
            yield node.lineno, node.value
    for node in ast.walk(tree):  # what a command or a rule says of itself is its docstring
        if isinstance(node, ast.FunctionDef) and _speaks(node) and (said := ast.get_docstring(node)):
            yield node.lineno, said


def _speaks(node: ast.FunctionDef) -> bool:
    """Whether its docstring is printed: that of a command or a rule."""
    return any("command" in ast.unparse(one) or "rule" in ast.unparse(one) for one in node.decorator_list)


def _piece(part: ast.expr) -> str:
    return part.value if isinstance(part, ast.Constant) and isinstance(part.value, str) else "{…}"


def _script(source: str) -> Iterator[tuple[int, str]]:
    for found in _SCRIPT.finditer(source):
        if text := found[1] or found[2]:
            yield source.count("\n", 0, found.start()) + 1, text


def _template(source: str) -> Iterator[tuple[int, str]]:
    plain = _VALUE.sub("{…}", _JINJA.sub(lambda found: "\n" * found[0].count("\n"), source))
    for number, line in enumerate(plain.splitlines(), 1):
        yield from ((number, text) for text in _SAID.findall(line))
        yield from ((number, _TAG.sub("", text)) for text in _BLOCK.split(line))


def _page(source: str) -> Iterator[tuple[int, str]]:
    line = 1
    for block in re.split(r"(\n\s*\n|\n(?=[-|]))", source):
        yield line + block.count("\n", 0, len(block) - len(block.lstrip())), _TAG.sub("", block)
        line += block.count("\n")


_KINDS = {".py": _python, ".js": _script, ".html": _template, ".md": _page, ".yml": _page}
