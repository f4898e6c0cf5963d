"""Hand-written pages that say how many SOPs, steps … there are, or show the front door → the same with marks
in place of that; what the engine makes of them → with it.

So a step more needs no engine. Only where a number is surely to the engine what a word is: in running text
of nothing but words, on a page without anything that asks for more than plain values, under settings that
are known to read it so. What is written otherwise stays as it is, and the engine is run for it.
"""

from __future__ import annotations

import json
import re
from datetime import date
from typing import Any

from markupsafe import Markup
from msgspec.structs import replace

from generator.data.catalogue import Catalogue
from generator.formats.html.html import Links
from generator.site.handwritten.allowed import EXTENSIONS, MACROS
from generator.site.lists.front import front
from generator.site.macros import block, variables
from generator.site.stage import Own, Written

_NAME = "jumlah_"
_MARK = "xqhitungxq"
"""Begins the marks, which are letters only; what holds it already is left alone."""
_DOOR = f"{_MARK}pintuxq"
"""Stands for the front door, alone in its paragraph."""
_OF_WHAT = "(sop|langkah|unit|pelaksana|hukum)"
_MARKED = re.compile(rf"{_MARK}{_OF_WHAT}xq")
_COUNT = rf"\{{\{{ ?{_NAME}{_OF_WHAT} ?\}}\}}"
_PLACE = rf"(?:(?<=[^\W\d_] )|(?<=[.,;:?!)] )){_COUNT}(?=[ .,\n]|\Z)"
"""A count behind a word or a closing sign and a space, before a space, a stop, a comma or the end."""
_FRONT = "{{ pintu_depan() }}"
_LINE = rf"[^\W\d_](?:[^\W_]|[ .,;:?!()'\"%/–—-]|\{{\{{ ?\w+_instansi ?\}}\}}|{_PLACE})*"
_RUNNING = rf"{_LINE}(?:\n{_LINE})*"
"""A paragraph of lines that begin with a letter, without any sign that Markdown reads."""
_MORE = re.compile(r"\{[%#]|```|~~~|\{\{(?! ?\w+ ?\}\})")
"""What makes of a page more than its words: statements, comments, code, macros, reckoning."""
_META = {"title", "description", "pembaca", "urutan"}


def marked(own: Own, catalogue: Catalogue) -> Own:
    """What is written by hand, with marks in the place of numbers where that is safe."""
    settings = json.dumps(own.settings, default=str)
    words = repr([value for value in variables(catalogue).values() if isinstance(value, str)])
    if not read_by_known(own.settings) or any(sign in settings + words for sign in (_NAME, _MARK)):
        return own
    return replace(own, pages=tuple(_with_marks(page) if _safe(page) else page for page in own.pages))


def counted(html: str, catalogue: Catalogue, day: date | None = None, root: str = "") -> str:
    """What the engine made of a page with marks, with the numbers of the catalogue in their place; ``root``
    leads from the page to the top of the site."""
    values = variables(catalogue)
    if (mark := block(Markup(_DOOR)).strip()) in html:
        html = html.replace(mark, block(front(catalogue, Links(catalogue, root), day).html()).strip())
    return _MARKED.sub(lambda mark: str(values[f"{_NAME}{mark[1]}"]), html)


def read_by_known(settings: Any) -> bool:
    """Whether nothing reads the pages but what the rules here were made for."""
    told = settings.get("markdown_extensions") or []
    if not isinstance(told, list) or not all(isinstance(one, str | dict) for one in told):
        return False
    extensions = {name for one in told for name in ([one] if isinstance(one, str) else one)}
    plugins = settings.get("plugins")
    return extensions <= set(EXTENSIONS) and plugins == [{"macros": MACROS}] and "hooks" not in settings


def _safe(page: Written) -> bool:
    head = repr(list(page.meta.items()))
    return (
        page.meta.keys() <= _META
        and not any(sign in head for sign in ("{", _NAME, _MARK))
        and _MARK not in page.body
        and not _MORE.search("".join(one for one in _paragraphs(page.body) if one.strip("\n") != _FRONT))
        and all(
            re.fullmatch(_RUNNING, paragraph.strip("\n"))
            for paragraph in _paragraphs(page.body)
            if _NAME in paragraph
        )
    )


def _paragraphs(body: str) -> list[str]:
    return re.split(r"\n(?: *\n)+", body)


def _with_marks(page: Written) -> Written:
    body = re.sub(_COUNT, rf"{_MARK}\1xq", page.body)
    if any(one.strip("\n") == _FRONT for one in _paragraphs(body)):
        body = body.replace(_FRONT, block(Markup(_DOOR)))
    return replace(page, body=body, counts=body != page.body)
