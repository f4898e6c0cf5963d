"""Staged catalogue → the words that hand-written pages may use: numbers, lists, flows, links, symbols.

Runs inside the site engine (mkdocs-macros, or Zensical's reading of it). Blocks come back as raw HTML between
blank lines; inline pieces have every sign that Markdown could read written as an entity.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from markupsafe import Markup, escape

from generator.data.catalogue import Catalogue
from generator.formats.html.html import Links
from generator.formats.html.page import flow_titles, table
from generator.formats.html.symbols import symbol_svg
from generator.model.registers import label_untuk
from generator.model.sop import SOP
from generator.site.handwritten.expressions import Namespace, WordError, fill, like
from generator.site.lists import indexes
from generator.site.lists.front import front
from generator.site.lists.sops import sop_list
from generator.site.official import cells
from generator.site.staged import clean, load_catalogue, root_of


class MacroError(WordError):
    """A hand-written page asks for something that is not there; the message says what, in Indonesian."""


def define_env(env: Any) -> None:
    """Give the engine our variables and macros (the hook that mkdocs-macros calls)."""
    catalogue, day = _known_here(env)
    env.variables.update(variables(catalogue))
    for name, macro in macros(catalogue, lambda: Links(catalogue, _root(env)), day).items():
        env.macro(macro, name)


def on_pre_page_macros(env: Any) -> None:
    """Fill in a page before mkdocs-macros does, whose own words reach the whole machine: what is left to it
    is text. (Zensical has no such hook; the pages are judged when they are staged.)"""
    if env.page.meta.get("render_macros") is not True:
        return
    catalogue, day = _known_here(env)
    filled = fill(env.markdown, words_of(catalogue, _root(env), day))
    if not isinstance(filled, str):
        raise MacroError(filled.message)
    env.markdown = filled.replace("{", "{{ '{' }}")


def _known_here(env: Any) -> tuple[Catalogue, date | None]:
    """What is spoken of, and as of which day."""
    return _OWN.get() or (_staged(Path(env.project_dir) / "katalog.json"), None)


def _root(env: Any) -> str:
    url = str(env.page.url or "")
    return root_of(url if url.endswith("/") or not url else f"{url}/")


@contextmanager
def speaking_of(catalogue: Catalogue, day: date | None = None) -> Iterator[None]:
    """Within the block the macros speak of this catalogue on this day; the staged one need not be there."""
    before = _OWN.set((catalogue, day))
    try:
        yield
    finally:
        _OWN.reset(before)


_OWN: ContextVar[tuple[Catalogue, date | None] | None] = ContextVar("catalogue", default=None)


def _staged(path: Path) -> Catalogue:
    return _read(path, path.stat().st_mtime_ns)


@lru_cache(maxsize=1)
def _read(path: Path, _changed: int) -> Catalogue:
    return load_catalogue(path.read_text(encoding="utf-8"))


def words_of(catalogue: Catalogue, root: str = "", day: date | None = None) -> Namespace:
    """What the expressions of a page may name; ``root`` leads from the page to the top of the site."""
    links = Links(catalogue, root)
    return Namespace(variables(catalogue), macros(catalogue, lambda: links, day))


def variables(catalogue: Catalogue) -> dict[str, Any]:
    """``{{ jumlah_sop }}`` and the other plain values, as they stand in Markdown."""
    values = plain_values(catalogue)
    return {name: inline(str(escape(one))) if isinstance(one, str) else one for name, one in values.items()}


def plain_values(catalogue: Catalogue) -> dict[str, Any]:
    """The same as they are."""
    agency = catalogue.instansi
    steps = sum(len(alur.kegiatan) for sop in catalogue.sop.values() for alur in sop.alur)
    return {
        "jumlah_sop": len(catalogue.sop),
        "jumlah_langkah": steps,
        "jumlah_unit": len(catalogue.unit),
        "jumlah_pelaksana": len(catalogue.pelaksana),
        "jumlah_hukum": len(catalogue.hukum),
        "nama_instansi": agency.nama,
        "singkatan_instansi": agency.singkatan,
        "surel_instansi": agency.email or "",
        "lisensi_data": agency.lisensi_data or "",
    }


def macros(
    catalogue: Catalogue, links: Callable[[], Links], day: date | None = None
) -> dict[str, Callable[..., str]]:
    """The macros by name; ``links`` gives the addresses as seen from the page that is being made."""

    def pintu_depan() -> str:
        """The search field, the SOPs, who a reader may be, what is new."""
        return block(front(catalogue, links(), day).html())

    def daftar_sop(unit: str | None = None, pelaksana: str | None = None, hukum: str | None = None) -> str:
        """A table of SOPs: all, or those of a unit, with a part for an actor, citing a law."""
        slugs = set(catalogue.sop)
        for chosen, among, kind in (
            (unit, catalogue.of_unit, "unit"),
            (hukum, catalogue.citing, "peraturan"),
        ):
            if chosen is not None:
                slugs &= set(_known(chosen, among, kind))
        if pelaksana is not None:
            slugs &= _known(pelaksana, catalogue.duties, "pelaksana").keys()
        paginator = sop_list("", slugs, catalogue, day, "Daftar SOP", unit=None if unit is None else False)
        return block(paginator.whole(links()).html())

    def alur(slug: str, nomor: int = 1) -> str:
        """The official activity table of an SOP; ``nomor`` counts its flows from 1."""
        return _flow(_known(slug, catalogue.sop, "SOP"), nomor, catalogue, links())

    def sop(slug: str, teks: str | None = None) -> str:
        """A link to an SOP."""
        return _link(teks or _known(slug, catalogue.sop, "SOP").nama, links().sop(slug))

    def pelaksana(id: str, teks: str | None = None) -> str:
        """A link to an actor's page."""
        return _link(teks or _known(id, catalogue.pelaksana, "pelaksana").nama, links().actor(id))

    def hukum(id: str, teks: str | None = None) -> str:
        """A link to a law's page."""
        return _link(teks or _known(id, catalogue.hukum, "peraturan").kutipan, links().law(id))

    def unit(id: str, teks: str | None = None) -> str:
        """A link to a unit's page."""
        return _link(teks or _known(id, catalogue.unit, "unit").nama, links().unit(id))

    def daftar_unit() -> str:
        """All units as a tree."""
        return block(indexes.unit_tree(catalogue, links()).html())

    def daftar_pelaksana() -> str:
        """All actors as a table."""
        return block(indexes.actor_list("", catalogue).whole(links()).html())

    def simbol(nama: str) -> str:
        """One of the symbols, drawn: kapsul, kotak, belah-ketupat, panah, segilima."""
        try:
            return str(symbol_svg(nama))
        except KeyError:
            raise MacroError(f"simbol '{nama}' tidak ada") from None

    made = (pintu_depan, daftar_sop, alur, sop, pelaksana, hukum, unit, daftar_unit, daftar_pelaksana, simbol)
    return {macro.__name__: macro for macro in made}


def _flow(sop: SOP, number: int, catalogue: Catalogue, links: Links) -> str:
    charts = catalogue.charts[sop.slug]
    if not 1 <= number <= len(charts):
        raise MacroError(f"SOP '{sop.slug}' tidak mempunyai alur nomor {number}")
    chart, title = charts[number - 1], flow_titles(sop)[number - 1]
    label = label_untuk(catalogue.instansi, sop)
    return block(table(sop.alur[number - 1], chart, cells(chart), label, title, links))


def block(html: Markup) -> str:
    """HTML as a block that Markdown hands through unread."""
    lines = (line for line in clean(str(html)).split("\n") if line.strip())
    return '\n\n<div class="makro">\n' + "\n".join(lines) + "\n</div>\n\n"


def inline(html: str) -> str:
    """Escaped text inside a line of Markdown, every sign that Markdown could read as an entity."""
    entity = re.compile(r"&(?:#\d+|\w+);|[^\w\s]|_", re.ASCII)
    line = re.sub(r"[\n\t]", " ", clean(html))
    return entity.sub(lambda m: m[0] if len(m[0]) > 1 else f"&#{ord(m[0])};", line)


def _link(text: str, url: str | None) -> str:
    words = inline(str(escape(text)))
    return f'<a href="{url}"><bdi>{words}</bdi></a>' if url else f"<bdi>{words}</bdi>"


def _known(id: str, among: Any, kind: str) -> Any:
    if id not in among:
        raise MacroError(f"{kind} '{id}' tidak ada{like(id, among)}")
    return among[id]
