"""HTML of anybody → the same with every tag closed, values and nothing else in double quotes; what is in it.

Pages that our own templates made are so already: to parse them again took a tenth of a build. What a site
engine or a stranger wrote is brought into that form by the parser first, so that there is one way to read.
"""

from __future__ import annotations

import re
from functools import lru_cache
from html import unescape

QUOTE = '"'
_ATTRIBUTE = re.compile(r'([^\s="/]+)(?:="([^"]*)")?')


def closed(html: str) -> str:
    """The page as a browser understands it, written with every tag closed; "" where it holds nothing."""
    from lxml.etree import HTMLParser, XMLSyntaxError, fromstring, tostring

    # loaded where somebody else wrote a page: a build of one changed SOP has none
    parser = HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    try:
        tree = fromstring(html.replace("\0", "\ufffd").encode("utf-8", "replace"), parser=parser)
    except XMLSyntaxError:
        return ""
    first, *rest = ("" if tree is None else tostring(tree, encoding="unicode")).split("<")
    return "".join([first, *(_quoted(piece) for piece in rest)])


def _quoted(piece: str) -> str:
    """A tag and the text after it, where quotes are no values."""
    tag, bracket, text = piece.partition(">")
    return f"<{tag}{bracket}{text.replace(QUOTE, '&quot;')}"


def named(tag: str) -> tuple[str, str]:
    """The name of a tag (as it stands between its brackets) and the rest, its attributes."""
    name, _, rest = tag.partition(" ")
    return (name[:-1], "/") if name.endswith("/") else (name, rest)


@lru_cache(maxsize=4096)
def attributes(text: str) -> dict[str, str]:
    """The attributes of a tag by name, one without a value as ""."""
    return {name: plain(value) for name, value in _ATTRIBUTE.findall(text)}


def values(html: str, attribute: str) -> list[str]:
    """The values of an attribute, wherever it stands."""
    found = html.split(f' {attribute}="')
    return [plain(piece[: piece.index('"')]) for piece in found[1:]]


def plain(text: str) -> str:
    """A text as it is read."""
    return unescape(text) if "&" in text else text
