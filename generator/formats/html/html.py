"""Values → HTML by templates that escape every text. SOP text is only ever a value, never a template."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from jinja2 import Environment, PackageLoader, StrictUndefined, Template
from markupsafe import Markup
from msgspec import Struct

from generator.compiled import Compiled
from generator.data.catalogue import Catalogue
from generator.formats.escaping import escaped
from generator.model.lists import ListText, Marker, indented
from generator.model.registers import SopLain

_LONG_WORD, _SLASH = re.compile(r"\S{12,}"), re.compile(r"(?<=[^/])/(?=[^/])")
_SCHEMES = {"http", "https", "mailto"}


class Links(Struct, frozen=True):
    """Addresses of pages, relative to the page they stand on. ``root`` leads to the top of the site
    ("../../"); what has no page in this catalogue has no address."""

    catalogue: Catalogue
    root: str

    def sop(self, slug: str | None, anchor: str = "") -> str | None:
        if slug in self.catalogue.sop:
            return f"{self.root}sop/{slug}/{anchor}"
        other = self.catalogue.lain.get(slug or "")
        return self.elsewhere(other) if other else None

    def elsewhere(self, other: SopLain) -> str | None:
        """The page of an SOP of another agency."""
        if not other.alamat:
            return None
        return other.alamat if "://" in other.alamat else f"{self.root}{other.alamat}"

    def step(self, slug: str, alur: int, row: int) -> str | None:
        return self.sop(slug, f"#{step_anchor(alur, row)}")

    def actor(self, id: str) -> str | None:
        return f"{self.root}pelaksana/{id}/" if id in self.catalogue.pelaksana else None

    def law(self, id: str) -> str | None:
        return f"{self.root}hukum/{id}/" if id in self.catalogue.hukum else None

    def unit(self, id: str) -> str | None:
        return f"{self.root}unit/{id}/" if id in self.catalogue.unit else None

    def page(self, path: str) -> str:
        """A page of the site by its address from the top ("pelaksana/"; "" is the home page)."""
        return f"{self.root}{path}" or "./"


_LONG = 12
"""Rows that are seen at a glance."""


def narrowing(rows: int, links: Links) -> str | None:
    """The address of the script that narrows a list of so many rows; None for a short one."""
    return links.page("assets/saring.js") if rows > _LONG else None


def step_anchor(alur: int, row: int) -> str:
    """Name of a step on its page: ``langkah-3``, in further flows ``alur-2-langkah-3``; both count from 0
    here and from 1 there."""
    return f"langkah-{row + 1}" if alur == 0 else f"alur-{alur + 1}-langkah-{row + 1}"


def safe_url(url: str | None) -> str | None:
    """An address from the data if it is one that a page may link to (http, https, mailto), else None."""
    if not url:
        return None
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return None
    whole = parts.netloc or parts.scheme == "mailto"
    return url.strip() if parts.scheme in _SCHEMES and whole else None


def fill(template: str, values: Mapping[str, Any]) -> Markup:
    """Fill a template of ``formats/html/templates``."""
    return Markup(_template(template).render(values))


def link(text: str, url: str | None) -> Markup:
    """Words that lead somewhere, or the words alone. Isolated (bdi), so that right-to-left marks inside do
    not turn what stands around."""
    words = f"<bdi>{escaped(text)}</bdi>"
    return Markup(f'<a href="{escaped(url)}">{words}</a>' if url else words)


def breakable(text: str) -> Markup:
    """Text whose long words may break after a slash ("27/PER/M.KOMINFO/12/2011"), not within a word."""
    shown = escaped(text)
    return Markup(
        _LONG_WORD.sub(lambda word: _SLASH.sub("/<wbr>", word[0]), shown) if "/" in shown else shown
    )


def as_list(cell: ListText) -> Markup:
    """Lines as the source prints them, and its lists as lists."""
    tag = "p" if cell.marker is Marker.TANPA else "li"
    lines = "".join([f"<{tag}>{escaped(indented(line))}</{tag}>" for line in cell.items])
    if cell.marker in (Marker.ANGKA, Marker.KURUNG):
        kind = ' class="kurung"' if cell.marker is Marker.KURUNG else ""
        return Markup(f"<ol{kind}>{lines}</ol>\n")
    kind = ' class="strip"' if cell.marker is Marker.STRIP else ""
    return Markup(f"<ul{kind}>{lines}</ul>\n" if cell.marker else lines)


@cache
def _template(name: str) -> Template:
    return _environment().get_template(name)


@cache
def _environment() -> Environment:
    settings = hashlib.sha256(Path(__file__).read_bytes()).hexdigest()[:12]  # they are set in this module
    environment = Environment(
        loader=PackageLoader("generator.formats.html", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        bytecode_cache=Compiled(__file__, settings),
    )
    environment.filters |= {"tautan_aman": safe_url, "tautan": link, "butir": as_list, "patah": breakable}
    return environment
