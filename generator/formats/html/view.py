"""A template and all that it is filled with: what it comes to is known by its digest before it is filled."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

from markupsafe import Markup
from msgspec import Struct

from generator.formats.graphviz.dot import draw
from generator.formats.graphviz.graph import Graph
from generator.formats.html.html import fill


class Pagination(Struct, frozen=True):
    """The parts of a list: address as seen from here, first and last name; ``number`` is this one, from 1."""

    number: int
    parts: tuple[tuple[str, str, str], ...]


class View(Struct, frozen=True):
    """``values`` are plain values whose ``repr`` tells all of them; ``lead`` is a paragraph above; ``way`` is
    there where only a part of a list is shown."""

    template: str
    values: Mapping[str, Any]
    lead: str = ""
    way: Pagination | None = None

    def html(self) -> Markup:
        """The template, filled. Raises DotError."""
        above = Markup("<p>{}</p>\n").format(self.lead) if self.lead else Markup()
        body = fill(self.template, {**self.values, "berbagian": self.way is not None})
        return above + (fill("berbagian.html", {"jalan": self.way, "isi": body}) if self.way else body)

    def digest(self) -> bytes:
        """SHA-256 of all that the HTML depends on beside the program."""
        return hashlib.sha256(repr(self).encode("utf-8", "backslashreplace")).digest()


class Diagram(Struct, frozen=True):
    """A diagram that is drawn when it is shown."""

    source: Graph
    title: str

    def __html__(self) -> str:
        return draw(self.source, self.title)
