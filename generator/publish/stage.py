"""Catalogue + hand-written pages → a staged folder that any engine of the MkDocs family builds:
``mkdocs.yml``, ``katalog.json`` (for the macros) and ``docs/``.

A hand-written page says in its front matter who may read it (``pembaca: publik``); what says nothing is for
the internal site only, as with SOPs.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import count
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import unquote, urlsplit

import yaml
from markupsafe import escape
from msgspec import Struct

from generator.catalogue import Audience, Catalogue
from generator.documents import (
    Marks,
    from_cache,
    keep_paper,
    marks_of,
    paper_jobs,
    set_papers,
    signed_copies,
    with_excerpt,
)
from generator.excerpt import Excerpts
from generator.form.papers import PAPERS, USUAL
from generator.plain import odd_kind
from generator.problems import Problem, Severity
from generator.program import program
from generator.publish.frames import Sort, specimen
from generator.publish.health_pages import health_files
from generator.publish.history import history_files
from generator.publish.open_files import open_files
from generator.publish.pages import INTERNAL_LISTS, LISTS, all_pages, card_address
from generator.publish.shadows import built, shadow, shadows
from generator.publish.staged import clean, dump_catalogue, front_matter
from generator.render.history import all_news
from generator.render.parts import FOLDER

THEME = Path(__file__).parent / "theme"


class StageError(ValueError):
    """A page or document that cannot be staged; the message names the file, in Indonesian."""


class Written(Struct, frozen=True):
    """A hand-written page: its path in ``docs/``, its front matter, its Markdown with macros; whether there
    are marks in it in the place of numbers (see ``counts``)."""

    path: str
    meta: Mapping[str, Any]
    body: str
    counts: bool = False


def stage(
    catalogue: Catalogue,
    target: Path,
    *,
    docs: Path,
    config: Path,
    data: Path,
    day: date | None = None,
    marks: Marks | None = None,
    cache: Path | None = None,
    papers: bool = True,
) -> Path:
    """Write the whole staged folder of one audience into ``target`` (which must not exist) and return its
    ``mkdocs.yml``.

    ``docs`` holds the hand-written pages, ``config`` is the ``mkdocs.yml`` that all sites share, ``data``
    the data folder (for the logo and the signed copies that SOPs name), ``marks`` the hashes of all SOPs that
    documents print (``documents.marks_of``), ``cache`` a folder that keeps documents between builds,
    ``papers`` whether they are made.
    """
    marks = marks_of(catalogue) if marks is None else marks
    signed, problems = signed_copies(catalogue, data, marks)
    refuse(problems)
    pages = target / "docs"
    for page in all_pages(catalogue, day, signed):
        _write(pages / page.path / "index.md", page.text())
    for path, content in (
        *open_files(catalogue),
        *history_files(all_news(catalogue, day), catalogue, day),
        *health_files(catalogue, day),
        *(_papers(catalogue, data, cache, marks, day) if papers else ()),
        *((f"naskah/{copy.name}", copy.bytes) for copy in signed.values()),
    ):
        _write_bytes(pages / path, content)
    own = read_own(catalogue, docs, config, card_address(catalogue, ""))
    _write(target / "katalog.json", dump_catalogue(catalogue))
    return _write_own(own, catalogue, target, docs, data)


def stage_shell(
    own: Own, catalogue: Catalogue, target: Path, sorts: Sequence[Sort], *, docs: Path, data: Path
) -> tuple[Path, list[str]]:
    """Write a staged folder of the hand-written pages and one specimen of each sort of page, without the
    catalogue (see ``macros.speaking_of``); gives its ``mkdocs.yml`` and the staged files that are no part of
    the site: the specimens, and empty ones for what else the pages and the menu lead to."""
    pages = target / "docs"
    written = {page.path for page in own.pages} | {name for name, _ in own_files(own, catalogue, docs, data)}
    apart = {f"{path}index.md": text for path, text in map(specimen, sorts, count())}
    for name in (*own.listed, *own.named):
        if name not in written and not name.startswith("..") and not (docs / name).exists():
            apart.setdefault(name, "# kosong\n" if name.endswith(".md") else "")
    for name, text in apart.items():
        _write(pages / name, text)
    return _write_own(own, catalogue, target, docs, data), sorted(apart)


class Own(Struct, frozen=True):
    """What of a site is written by hand: the pages that its audience may read, the settings with its menu."""

    pages: tuple[Written, ...]
    settings: Mapping[str, Any]

    @property
    def listed(self) -> list[str]:
        """The staged pages that the menu names."""
        return [page for entry in self.settings["nav"] for page in entry.values()]

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


def read_own(catalogue: Catalogue, docs: Path, config: Path, card: str = "") -> Own:
    """What is written by hand of the site of the catalogue's audience; ``card``: the whole address of the
    picture that stands beside links to it. Raises StageError."""
    _refuse_odd(config, *docs.rglob("*"))
    written = tuple(own_pages(docs, catalogue.audience))
    settings = _settings(catalogue, config, list(written))
    if card:
        settings["extra"] = {**settings.get("extra", {}), "kartu": clean(str(escape(card)))}
    return Own(written, settings)


def own_files(own: Own, catalogue: Catalogue, docs: Path, data: Path) -> Iterator[tuple[str, bytes]]:
    """The files beside the pages, by their path in the staged folder: pictures that pages name, the agency's
    logo, the theme's own, the size of the paper. Raises StageError."""
    named = set(own.named)
    found = (path for path in sorted(docs.rglob("*")) if path.is_file() and path.suffix != ".md")
    linked = {name: path for path in found if (name := path.relative_to(docs).as_posix()) in named}
    if twice := list(shadows([*(page.path for page in own.pages), *linked], docs)):
        raise StageError("\n".join(twice))
    for name, path in linked.items():
        yield name, path.read_bytes()
    if logo := catalogue.instansi.logo:
        if not (data / logo).is_file():
            raise StageError(f"berkas {Path(logo).name} disebut dalam data, tetapi tidak ada")
        if (name := f"berkas/{logo}") in linked:
            raise StageError(shadow(name, name, catalogue, docs, data))
        yield name, (data / logo).read_bytes()
    assets = THEME / "assets"
    for path in sorted(path for path in assets.rglob("*") if path.is_file()):
        yield f"assets/{path.relative_to(assets).as_posix()}", path.read_bytes()
    yield "assets/kertas.css", _paper(catalogue.instansi.kertas).encode()


def _refuse_odd(*paths: Path) -> None:
    """Reading a pipe or a device could wait for ever. Raises StageError."""
    if odd := [
        f"{path.as_posix()}: bukan berkas biasa, melainkan {kind}"
        for path in sorted(paths)
        if (kind := odd_kind(path))
    ]:
        raise StageError("\n".join(odd) + "\n  saran: pindahkan dari folder ini")


def _write_own(own: Own, catalogue: Catalogue, target: Path, docs: Path, data: Path) -> Path:
    pages = target / "docs"
    there = {built(path.relative_to(pages).as_posix()) for path in pages.rglob("*") if path.is_file()}
    texts = ((page.path, with_macros(page).encode()) for page in own.pages)
    for name, content in (*texts, *own_files(own, catalogue, docs, data)):
        if built(name) in there:
            raise StageError(shadow(built(name), built(name), catalogue, docs, data))
        _write_bytes(pages / name, content)
    _write(target / "mkdocs.yml", yaml.safe_dump(dict(own.settings), allow_unicode=True, sort_keys=False))
    return target / "mkdocs.yml"


def refuse(problems: Iterable[Problem]) -> None:
    """A document that cannot be made stops the site: raises StageError for errors among the problems."""
    wrong = sorted(problem for problem in problems if problem.severity is Severity.ERROR)
    if wrong:
        raise StageError("\n".join(f"{one.position}: {one.message}\n  saran: {one.hint}" for one in wrong))


def _papers(
    catalogue: Catalogue, data: Path, cache: Path | None, marks: Marks, day: date | None
) -> Iterator[tuple[str, bytes]]:
    excerpts = Excerpts(catalogue)
    for job in paper_jobs(excerpts, data, marks, program(), day):
        paper = from_cache(job, cache) if cache else None
        if paper is None:
            [paper] = set_papers([with_excerpt(job, excerpts)])
            refuse(paper.problems)
            if cache:
                keep_paper(paper, cache)
        yield from paper.files


def written_pages(docs: Path, audience: Audience | None) -> Iterator[Written]:
    """The hand-written pages that an audience may read, in the order of the menu (``urutan``)."""
    found = []
    for path in sorted(docs.rglob("*.md")):
        name = path.relative_to(docs).as_posix()
        page = _read(path, name)
        if audience is not Audience.PUBLIK or page.meta.get("pembaca") == "publik":
            found.append(page)
    return iter(sorted(found, key=lambda page: (page.meta.get("urutan", 1000), page.path)))


def own_pages(docs: Path, audience: Audience | None) -> list[Written]:
    """The hand-written pages of an audience, and a plain one on open data where it has none: every SOP's page
    leads there."""
    pages = list(written_pages(docs, audience))
    if not any(page.path in ("data-terbuka.md", "data-terbuka/index.md") for page in pages):
        pages.append(_ON_DATA)
    return pages


_ON_DATA = Written(
    "data-terbuka.md",
    {"title": "Data terbuka"},
    """# Data terbuka

Semua SOP di situs ini dapat diambil sebagai data, tanpa mendaftar; isinya sama dengan halamannya.

- [Daftar semua SOP (CSV)](data/sop.csv), untuk lembar kerja
- [Semua SOP selengkapnya (JSON)](data/sop.json)
- Arti tiap kunci (JSON Schema): [satu SOP](data/skema/sop.schema.json),
  [daftarnya](data/skema/daftar.schema.json)
""",
)


def _read(path: Path, name: str) -> Written:
    if re.fullmatch(rf"{FOLDER}.+/\d+(/index)?\.md", name):
        raise StageError(f"docs/{name}: alamat itu milik bagian dari daftar yang panjang; beri nama lain")
    text = path.read_text(encoding="utf-8")
    meta: Any = {}
    body = text
    if text.startswith("---\n") and "\n---\n" in text[3:]:
        head, _, body = text[4:].partition("\n---\n")
        try:
            meta = yaml.safe_load(head) or {}
        except yaml.YAMLError as error:
            raise StageError(f"docs/{name}: kepala halaman bukan YAML yang benar: {error}") from error
    if not isinstance(meta, dict):
        raise StageError(f"docs/{name}: kepala halaman bukan daftar kunci dan nilai")
    heading = re.search(r"^# +(.+?)\s*#*$", body, re.MULTILINE)
    title = meta.get("title") or (heading[1] if heading else None)
    if not title:
        raise StageError(f"docs/{name}: halaman tidak berjudul; tulis 'title' di kepalanya")
    return Written(name, {**meta, "title": str(title)}, body)


def with_macros(page: Written) -> str:
    """The page again, its title escaped; macros run on hand-written pages only."""
    meta = {key: value for key, value in page.meta.items() if key not in ("title", "pembaca", "urutan")}
    meta |= {"title": str(escape(page.meta["title"])), "render_macros": True, "hide": ["navigation"]}
    return f"{front_matter(meta)}\n\n{page.body.lstrip()}"


def named_files(page: Written) -> Iterator[str]:
    """The files that a page links to or shows, by their path in ``docs/``; only these leave it, so that a
    picture of an internal page is not published for having the name of another one."""
    links = re.findall(r"\]\(\s*<?([^)\s>]+)|^\s*\[[^\]]+\]:\s*<?([^\s>]+)", page.body, re.MULTILINE)
    folder = PurePosixPath(page.path).parent.as_posix()
    yield from (_inside(folder, one or other) for one, other in links)
    own = folder if PurePosixPath(page.path).stem == "index" else page.path.removesuffix(".md")
    for address in re.findall(r"\b(?:src|href)\s*=\s*[\"']?([^\"'\s>]+)", page.body):
        yield _inside(own, address)  # HTML is handed through: it is read from where the page will lie


def _inside(folder: str, address: str) -> str:
    return posixpath.normpath(posixpath.join(folder, unquote(urlsplit(address).path)))


def _settings(catalogue: Catalogue, config: Path, written: list[Written]) -> dict[str, Any]:
    """The shared settings with what this site adds: its name, its menu, where it lies."""
    settings: dict[str, Any] = yaml.safe_load(config.read_text(encoding="utf-8"))
    internal = catalogue.audience is not Audience.PUBLIK
    name = f"SOP {catalogue.instansi.singkatan}" + (" – internal" if internal else "")
    settings["site_name"] = clean(str(escape(name)))
    settings["site_description"] = clean(
        str(escape(f"Standar operasional prosedur {catalogue.instansi.nama}"))
    )
    settings["copyright"] = clean(str(escape(catalogue.instansi.nama)))
    if catalogue.instansi.situs and not internal:
        settings["site_url"] = catalogue.instansi.situs
    settings["docs_dir"] = "docs"
    settings["site_dir"] = "site"
    settings["theme"]["custom_dir"] = THEME.as_posix()
    settings["nav"] = _menu(written, internal)
    return settings


def _menu(written: list[Written], internal: bool) -> list[dict[str, Any]]:
    """Home, the lists, the hand-written pages. SOP pages stay out: a menu costs the square of its pages."""
    lists = {**LISTS, **(INTERNAL_LISTS if internal else {})}
    menu: list[dict[str, Any]] = [{title: f"{name}/index.md"} for name, title in lists.items()]
    menu[:0] = [{"Beranda": page.path} for page in written if page.path == "index.md"]
    own = [page for page in written if page.path != "index.md"]
    return menu + [{str(escape(page.meta["title"])): page.path} for page in own]


def _paper(size: str) -> str:
    """Size and direction of the printed form."""
    width, height = PAPERS.get(size, PAPERS[USUAL])
    return f"@page {{ size: {width}mm {height}mm; margin: 12mm; }}\n"


def _write(path: Path, text: str) -> None:
    _write_bytes(path, text.encode())


def _write_bytes(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
