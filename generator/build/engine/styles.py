"""Style sheets of the theme → one sheet with what our pages need of them, a fifth of their bytes.

A page that names no other class of the theme has that sheet in the place of the theme's own; any other page,
such as one with a note of the theme, has those as they come.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import pairwise
from typing import Any

import tinycss2

SHEET = "assets/tema.css"
_THEMES = re.compile(r"assets/stylesheets/(main|palette)\.\w+\.min\.css")
_LINKS = re.compile(
    r'<link rel="stylesheet" href="([^"]*)assets/stylesheets/main\.\w+\.min\.css">\s*'
    r'(?:<link rel="stylesheet" href="\1assets/stylesheets/palette\.\w+\.min\.css">)?'
)
_CLASS = re.compile(r"\.([A-Za-z][\w-]*)")
_CLASSES = re.compile(r'\bclass="([^"]*)"')
_DECLARED = re.compile(r'(?<=[{;])(--[\w-]+):(?:"[^"]*"|[^;}"])*(?:;|(?=\}))')
_SCRIPT = "assets/javascripts/bundle."
_TOLD = re.compile(r'\b(dir|data-md-color-(?:primary|accent))="([^"]*)"')
"""What is the same on all pages: direction of the script, and colours that can be chosen."""
_USED = re.compile(
    r"md-(button|container|content|dialog|ellipsis|footer|grid|header|icon|logo|main|option|overlay"
    r"|skip|tabs|toggle|typeset)(__\w+)?(--[\w-]+)?"
    r"|md-(nav|sidebar)(__(icon|item|link|list|title|inner|scrollwrap)|--secondary)?|headerlink|js|no-js"
)
"""Classes of the theme that our pages may name; a page that names another keeps the theme's sheets."""


class Styles:
    """The sheets of the theme among the files that the engine made; ``pages``: some of its pages, for what
    they all tell (``_TOLD``); ``beside``: names of our own sheets, which use its variables."""

    def __init__(self, files: Mapping[str, bytes], pages: Iterable[str], beside: Collection[str]) -> None:
        sheets = [files[name].decode() for name in sorted(files) if _THEMES.fullmatch(name)]
        told = frozenset(one for page in pages for one in _TOLD.findall(page))
        ours = "".join(files[name].decode() for name in sorted(beside) if name in files)
        self.text, others = _subset(tuple(sheets), told, frozenset(_variables(ours)))
        self._others = others

    def linked(self, html: str) -> str:
        """A page with the sheet that it needs. The theme's script gives classes that no page names."""
        named = {name for classes in _CLASSES.findall(html) for name in classes.split()}
        if named & self._others or _SCRIPT in html:
            return html
        return _LINKS.sub(rf'<link rel="stylesheet" href="\1{SHEET}">', html)


@lru_cache(maxsize=4)
def _subset(
    sheets: tuple[str, ...], told: frozenset[tuple[str, str]], kept: frozenset[str]
) -> tuple[str, frozenset[str]]:
    """The part of the sheets that can hold on our pages, and the classes that it is without; ``told`` by the
    pages, and variables, that are ``kept``."""
    parsed = [tinycss2.parse_stylesheet(sheet, skip_comments=True, skip_whitespace=True) for sheet in sheets]
    text = "".join(part for rules in parsed for part in _rules(rules, told))
    used = {*_variables(text), *kept}
    text = _DECLARED.sub(lambda found: found[0] if found[1] in used else "", text)
    named = {name for sheet in sheets for name in _CLASS.findall(sheet)}
    return text, frozenset(name for name in named if not _USED.fullmatch(name))


def _variables(css: str) -> Iterator[str]:
    return (found[1] for found in re.finditer(r"var\(\s*(--[\w-]+)", css))


def _rules(rules: Iterable[Any], told: Collection[tuple[str, str]]) -> Iterator[str]:
    for rule in rules:
        if rule.type == "qualified-rule":
            kept = [one for one in _selectors(rule.prelude) if _can_hold(one, told)]
            if kept:
                selectors = ",".join(map(tinycss2.serialize, kept))
                yield f"{selectors}{{{tinycss2.serialize(rule.content)}}}"
        elif rule.type == "at-rule" and rule.content and rule.lower_at_keyword in ("media", "supports"):
            inner = "".join(_rules(tinycss2.parse_rule_list(rule.content), told))
            if inner:
                yield f"@{rule.at_keyword}{tinycss2.serialize(rule.prelude)}{{{inner}}}"
        else:
            yield rule.serialize()


def _selectors(tokens: Iterable[Any]) -> list[list[Any]]:
    found: list[list[Any]] = [[]]
    for token in tokens:
        if token == ",":
            found.append([])
        else:
            found[-1].append(token)
    return found


def _can_hold(selector: list[Any], told: Collection[tuple[str, str]]) -> bool:
    """Whether a selector may choose something on our pages. What stands in brackets (``:not(…)``) is no
    reason against it."""
    for token, following in pairwise(selector):
        if token == "." and following.type == "ident" and not _USED.fullmatch(following.value):
            return False
    names = {name for name, _ in told}
    for token in selector:
        if token.type == "[] block":
            name, *value = (part.value for part in token.content if part.type in ("ident", "string"))
            if name in names and value and (name, value[0]) not in told:
                return False
    return True
