"""Pages → finished pages, without the site engine reading each of them.

What an engine writes around the content of a page is the same for all pages of one sort, but for a few
words. So the engine is given one specimen page of each sort, with marks in the place of content and words,
and what it makes of it is cut at the marks: a base template, which any number of pages is put into. That the
outcome is to the byte what the engine makes of the staged page, tests/publish/test_base_templates.py holds.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection

from msgspec import Struct

from generator.site.staged import StagedPage, front_matter

_MARK = "xqtempatxq"
"""Begins the marks of a specimen; nothing else on a page does."""
_WORDS = ("title", "description", "data_terstruktur", "kanonik", "kartu", "markdown")
"""Front matter whose text is printed as it stands; any other key is the same on all pages of a sort."""
_CUT = re.compile(
    rf'(?P<isi><div class="{_MARK}awal">.*<div class="{_MARK}akhir">\n{_MARK}\n</div>)'
    rf"|(?P<jalan>{_MARK}jalan\d+(?:/x)*/)|{_MARK}kata(?P<kata>{'|'.join(_WORDS)})",
    re.DOTALL,
)


class BaseTemplateError(RuntimeError):
    """The engine's page has no place for the content of ours; the message is in Indonesian."""


class Sort(Struct, frozen=True, order=True):
    """What pages of one template have in common: their address if the menu names them, else the folder at the
    top that they lie in ("sop/", "" for none), as addresses are relative; how deep they lie; front matter
    that is no words, as JSON; which words there are; the anchor of their first heading."""

    address: str
    depth: int
    meta: str
    words: tuple[str, ...]
    anchor: str


class BaseTemplate(Struct, frozen=True):
    """A page of the engine cut at its marks: text, name of what comes there, text, and so on; the sources of
    the scripts in it, as far as they are known."""

    pieces: tuple[str, ...]
    scripts: tuple[str, ...] = ()


def sort_of(page: StagedPage, menu: Collection[str]) -> Sort:
    """The sort of a page; ``menu`` holds the addresses that the menu names."""
    meta = page.meta()
    words = tuple(name for name in _WORDS if meta.get(name))
    plain = {name: value for name, value in meta.items() if name not in words}
    top = page.path[: page.path.index("/") + 1]
    return Sort(
        address=page.path if page.path in menu else top if page.path != top else "",
        depth=page.path.count("/"),
        meta=json.dumps(plain, sort_keys=True),
        words=words,
        anchor=next((part.anchor for part in page.parts if part.heading), ""),
    )


def specimen(sort: Sort, number: int) -> tuple[str, str]:
    """Address and staged text of the specimen of a sort; each has a number of its own."""
    path = sort.address
    if below := sort.depth - path.count("/"):
        path += f"{_MARK}jalan{number}" + "/x" * (below - 1) + "/"
    meta = json.loads(sort.meta) | {name: f"{_MARK}kata{name}" for name in sort.words}
    heading = [f"## {_MARK} {{ #{sort.anchor} }}"] if sort.anchor else []
    start, end = (
        f'<div class="{_MARK}{name}">\n{body}\n</div>'
        for name, body in (("awal", "<h1></h1>"), ("akhir", _MARK))
    )
    return path, "\n\n".join((front_matter(meta), start, *heading, end)) + "\n"


def cut(html: str) -> BaseTemplate:
    """What the engine made of a specimen → its base template. Raises BaseTemplateError."""
    pieces, at, names = [], 0, set()
    for mark in _CUT.finditer(html):
        name = mark["kata"] or ("isi" if mark["isi"] else "jalan")
        names.add(name)
        pieces += [html[at : mark.start()], name]
        at = mark.end()
    if "isi" not in names or _MARK in html[at:] or any(_MARK in text for text in pieces[::2]):
        raise BaseTemplateError("kerangka halaman tidak dapat dibaca; periksa tema situs")
    return BaseTemplate((*pieces, html[at:]))


def fill(template: BaseTemplate, page: StagedPage, html: str) -> str:
    """A page in its base template; ``html`` is its content."""
    top, _, below = page.path.partition("/")
    values = {name: str(value) for name, value in page.meta().items()} | {
        "isi": html,
        "jalan": below or f"{top}/",
    }
    return "".join(values[piece] if at % 2 else piece for at, piece in enumerate(template.pieces))
