"""Catalogue + hand-written pages → a staged folder that any engine of the MkDocs family builds:
``mkdocs.yml`` and ``docs/`` with what is written by hand and a specimen of each sort of generated page.

A hand-written page says in its front matter who may read it (``pembaca: publik``); what says nothing is for
the internal site only, as with SOPs.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cache, lru_cache
from html import unescape
from itertools import count
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import unquote, urlsplit

import yaml
from markupsafe import escape
from msgspec import Struct

from generator.data.audience import Audience, Sight, sight_of
from generator.data.catalogue import Catalogue
from generator.data.files.inputs import read_file
from generator.data.files.plain import odd_kind
from generator.model.problems import Position, Problem, Severity
from generator.program import DEFAULT
from generator.site.base_templates import Sort, specimen
from generator.site.handwritten.expressions import Namespace
from generator.site.handwritten.shadows import built, shadow, shadows
from generator.site.handwritten.written import (
    PageError,
    StageError,
    Written,
    files_of,
    judged,
    read_page,
    refuse,
    with_titles,
)
from generator.site.macros import plain_values, words_of
from generator.site.pages import lists_of
from generator.site.settings import COLOURS, THEME, colour_sheet, paper_sheet, site_logo, site_settings
from generator.site.staged import clean, front_matter

__all__ = ["Own", "PageError", "StageError", "Written", "read_own", "refuse"]

_SOURCE = re.compile(r"\b(?:src|href|poster|data|formaction)\s*=\s*[\"']?([^\"'\s>]+)", re.IGNORECASE)
_SOURCES = re.compile(r"\bsrcset\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s>]+))", re.IGNORECASE)


def stage_templates(
    own: Own, catalogue: Catalogue, target: Path, sorts: Sequence[Sort], *, docs: Path, data: Path
) -> tuple[Path, list[str]]:
    """Write a staged folder of the hand-written pages and one specimen of each sort of page, without the
    catalogue (see ``macros.speaking_of``); gives its ``mkdocs.yml`` and the staged files that are no part of
    the site: the specimens, and empty ones for what else the pages and the menu lead to."""
    pages = target / "docs"
    written = {page.path for page in own.pages} | {name for name, _ in own_files(own, catalogue, docs, data)}
    apart = {f"{path}index.md": text for path, text in map(specimen, sorts, count())}
    for name in (*own.listed, *own.named):
        if name not in written and not name.startswith(("..", "/")) and not _there(docs / name):
            apart.setdefault(name, "# kosong\n" if name.endswith(".md") else "")
    for name, text in apart.items():
        _write(pages / name, text)
    return write_own(own, catalogue, target, docs, data), sorted(apart)


class Own(Struct, frozen=True):
    """What of a site is written by hand: the pages that its audience may read, the settings with its menu."""

    pages: tuple[Written, ...]
    settings: Mapping[str, Any]

    @property
    def listed(self) -> list[str]:
        """The staged pages that the menu names."""
        return [page for entry in self.settings["nav"] for page in entry.values()]

    @property
    def titles(self) -> tuple[tuple[str, str], ...]:
        """Title and address of each page that the menu names, in its order."""
        named = ((title, page) for entry in self.settings["nav"] for title, page in entry.items())
        return tuple((unescape(title), built(page).removesuffix("index.html")) for title, page in named)

    @property
    def menu(self) -> frozenset[str]:
        """The addresses that the menu names, from the top of the site."""
        return frozenset(page.removesuffix("index.md") for page in self.listed)

    @property
    def named(self) -> list[str]:
        """The files that the pages lead to, by their path in the staged folder."""
        return sorted(
            {name for page in self.pages for name in named_files(page) if PurePosixPath(name).suffix}
        )


def read_own(catalogue: Catalogue, docs: Path, config: Path, card: str = "", day: date | None = None) -> Own:
    """What is written by hand of the site of the catalogue's audience; ``card``: the whole address of the
    picture that stands beside links to it; ``day``: as of which the site is made. Raises StageError."""
    _refuse_odd(config, *docs.rglob("*"))
    written = tuple(own_pages(docs, catalogue.audience))
    written = tuple(with_titles(written, docs, Namespace(plain_values(catalogue), {})))
    refuse(judged(written, docs, words_of(catalogue)), PageError)
    settings = site_settings(catalogue, config, day)
    settings["nav"] = _menu(list(written), catalogue.sees)
    if card:
        settings["extra"] = {**settings.get("extra", {}), "kartu": clean(str(escape(card)))}
    return Own(written, settings)


def own_files(own: Own, catalogue: Catalogue, docs: Path, data: Path) -> Iterator[tuple[str, bytes]]:
    """The files beside the pages, by their path in the staged folder: pictures that pages name, the agency's
    logo, the theme's own, the size of the paper. Raises StageError."""
    linked = dict(shown_files(own.pages, docs))
    if twice := list(shadows([*(page.path for page in own.pages), *linked], docs)):
        raise StageError("\n".join(twice))
    for name, path in linked.items():
        yield name, _harmless(path)
    agency = catalogue.instansi
    for logo in sorted({name for name in (agency.logo, site_logo(agency)) if name}):
        if not (data / logo).is_file():
            raise StageError(f"berkas {Path(logo).name} disebut dalam data, tetapi tidak ada")
        if (name := f"berkas/{logo}") in linked:
            raise StageError(shadow(name, name, catalogue, docs, data))
        yield name, _harmless(data / logo)
    yield from _theme_files()
    yield "assets/kertas.css", paper_sheet(agency.kertas).encode()
    if agency.warna:
        yield COLOURS, colour_sheet(agency.warna).encode()


@cache
def _theme_files() -> tuple[tuple[str, bytes], ...]:
    """The theme's own files; they are the program's, and do not change while it runs."""
    assets = THEME / "assets"
    found = sorted(path for path in assets.rglob("*") if path.is_file())
    return tuple((f"assets/{path.relative_to(assets).as_posix()}", path.read_bytes()) for path in found)


def shown_files(pages: Iterable[Written], docs: Path) -> Iterator[tuple[str, Path]]:
    """The files that pages name, by their path in ``docs/``: the agency's own, and the program's where it has
    none."""
    named = {name for page in pages for name in named_files(page)}
    for name, path in sorted({**dict(files_of(DEFAULT / "docs")), **dict(files_of(docs))}.items()):
        if not name.endswith(".md") and name in named:
            yield name, path


def _there(path: Path) -> bool:
    try:
        path.stat()
    except (FileNotFoundError, NotADirectoryError):
        return False
    except (OSError, ValueError):  # no name that a file can have
        pass
    return True


def _harmless(path: Path) -> bytes:
    """The bytes of a file that somebody brought; a page, or an SVG that could act, is refused."""
    content = read_file(path)
    if re.fullmatch(r"\.(?:[xsm]?html?|xht|hta)", path.suffix.lower()):
        at, cure = Position(path.as_posix(), 1, 1), "tulis halamannya sebagai berkas .md"
        refuse([Problem(at, Severity.ERROR, "halaman HTML tidak diterbitkan begitu saja", cure)], PageError)
    if path.suffix.lower() in (".svg", ".svgz"):
        from generator.data.files.svg import active_parts  # not loaded where nobody brings any

        for line, what in active_parts(content):
            at = Position(path.as_posix(), line, 1)
            refuse(
                [Problem(at, Severity.ERROR, what, "simpan ulang sebagai SVG biasa, atau pakai PNG")],
                PageError,
            )
    return content


def _refuse_odd(*paths: Path) -> None:
    """Reading a pipe or a device could wait for ever. Raises StageError."""
    if odd := [
        f"{path.as_posix()}: bukan berkas biasa, melainkan {kind}"
        for path in sorted(paths)
        if (kind := odd_kind(path))
    ]:
        raise StageError("\n".join(odd) + "\n  saran: pindahkan dari folder ini")


def write_own(own: Own, catalogue: Catalogue, target: Path, docs: Path, data: Path) -> Path:
    """Write what is written by hand, with the files beside it, into a staged folder; gives its
    ``mkdocs.yml``. Raises StageError."""
    pages = target / "docs"
    there = {built(path.relative_to(pages).as_posix()) for path in pages.rglob("*") if path.is_file()}
    texts = ((page.path, with_macros(page).encode()) for page in own.pages)
    for name, content in (*texts, *own_files(own, catalogue, docs, data)):
        if built(name) in there:
            raise StageError(shadow(built(name), built(name), catalogue, docs, data))
        write_bytes(pages / name, content)
    _write(target / "mkdocs.yml", yaml.safe_dump(dict(own.settings), allow_unicode=True, sort_keys=False))
    return target / "mkdocs.yml"


def own_pages(docs: Path, audience: Audience | None) -> list[Written]:
    """The hand-written pages of an audience: the agency's own, and the program's where it has none at the
    same address; the program's front page where theirs is for others, and a plain one on open data where
    there is none, as every page leads to both."""
    own = pages_in(docs)
    taken = {built(page.path) for page in own}
    if not any(built(page.path) == _FRONT for page in for_audience(own, audience)):
        taken.discard(_FRONT)
    given = (page for page in pages_in(DEFAULT / "docs") if built(page.path) not in taken)
    pages = for_audience([*own, *given], audience)
    if not any(built(page.path) == built(_ON_DATA.path) for page in pages):
        pages.append(_ON_DATA)
    return pages


def pages_in(docs: Path) -> list[Written]:
    """The hand-written pages of a folder. Raises PageError."""
    found, wrong = [], []
    for name, path in files_of(docs):
        if name.endswith(".md"):
            page, problems = read_page(path, name)
            wrong += problems
            found += [page] if page else []
    refuse(wrong, PageError)
    return found


def for_audience(pages: Iterable[Written], audience: Audience | None) -> list[Written]:
    sees = sight_of(audience)
    may = {"publik": sees.open_pages, "pengembang": False}
    found = [page for page in pages if may.get(str(page.meta.get("pembaca")), sees.other_pages)]
    return sorted(found, key=lambda page: (page.meta.get("urutan", 1000), page.path))


_FRONT = "index.html"

_ON_DATA = Written(
    "data-terbuka.md",
    {"title": "Data terbuka"},
    """# Data terbuka

Semua SOP di situs ini dapat diambil sebagai data, tanpa mendaftar; isinya sama dengan halamannya.

- [Daftar semua SOP (CSV)](data/sop.csv), untuk lembar kerja
- [Semua SOP selengkapnya (JSON)](data/sop.json)
- [Semuanya dalam satu ZIP](data/semua.zip)
- Arti tiap kunci (JSON Schema): [satu SOP](data/skema/sop.schema.json),
  [daftarnya](data/skema/daftar.schema.json)
""",
)


def with_macros(page: Written) -> str:
    """The page again, its words escaped; macros run on hand-written pages only."""
    meta = {key: value for key, value in page.meta.items() if key not in ("title", "pembaca", "urutan")}
    meta |= {key: _words(page.meta[key]) for key in ("title", "description") if key in page.meta}
    meta |= {"render_macros": True, "hide": ["navigation"]}
    return f"{front_matter(meta)}\n\n{page.body.lstrip()}"


def _words(text: str) -> str:
    """Text of a head as HTML, of which mkdocs-macros, which reads titles too, makes nothing."""
    return str(escape(text)).replace("{", "&#123;")


def named_files(page: Written) -> Iterator[str]:
    """The files that a page links to or shows, by their path in ``docs/``; only these leave it, so that a
    picture of an internal page is not published for having the name of another one."""
    return iter(_named_in(page.path, page.body))


@lru_cache(maxsize=256)
def _named_in(path: str, body: str) -> tuple[str, ...]:
    """Most agencies have the same pages."""
    links = re.findall(r"\]\(\s*<?([^)\s>]+)|^\s*\[[^\]]+\]:\s*<?([^\s>]+)", body, re.MULTILINE)
    folder = PurePosixPath(path).parent.as_posix()
    found = [_inside(folder, one or other) for one, other in links]
    own = folder if PurePosixPath(path).stem == "index" else path.removesuffix(".md")
    # HTML is handed through: it is read from where the page will lie
    found += [_inside(own, address) for address in _SOURCE.findall(body)]
    for told in _SOURCES.findall(body):
        found += [_inside(own, one.split()[0]) for one in "".join(told).split(",") if one.strip()]
    return tuple(found)


def _inside(folder: str, address: str) -> str:
    try:
        path = urlsplit(address).path
    except ValueError:  # the check of links tells it
        path = address
    return posixpath.normpath(posixpath.join(folder, unquote(path)))


def _menu(written: list[Written], sees: Sight) -> list[dict[str, Any]]:
    """Home, the lists, the hand-written pages. SOP pages stay out: a menu costs the square of its pages."""
    lists = lists_of(sees)
    menu: list[dict[str, Any]] = [{title: f"{name}/index.md"} for name, title in lists.items()]
    menu[:0] = [{"Beranda": page.path} for page in written if page.path == "index.md"]
    own = [page for page in written if page.path != "index.md"]
    return menu + [{_words(page.meta["title"]): page.path} for page in own]


def _write(path: Path, text: str) -> None:
    write_bytes(path, text.encode())


def write_bytes(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
