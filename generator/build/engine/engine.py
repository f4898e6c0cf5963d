"""Hand-written pages + sorts of generated pages → what the site engine makes of them: their pages, its own
files, a base template for each sort.

The engine sees each sort of page once, however many pages there are. What it makes depends on the
hand-written pages, on what the macros in them say, on the settings and on the program: ``engine_key``.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import count
from pathlib import Path

from msgspec import Struct

from generator.build.engine.blocked import blocked, plain_scripts
from generator.build.engine.errors import EngineError
from generator.build.engine.said import in_our_words, where
from generator.build.engine.styles import SHEET, Styles
from generator.build.finish import UNLISTED
from generator.data.catalogue import Catalogue
from generator.model.problems import Problem, Severity
from generator.program import program
from generator.site.base_templates import BaseTemplate, Sort, cut, specimen
from generator.site.handwritten.expressions import fill
from generator.site.handwritten.shadows import built
from generator.site.handwritten.written import PageError, place, refuse
from generator.site.macros import speaking_of, words_of
from generator.site.stage import Own, own_files, stage_templates


class EngineOutput(Struct, frozen=True):
    """What the engine made: a base template for each sort, its pages by the names of their files, those of
    them that have marks in the place of numbers, its other files."""

    templates: Mapping[Sort, BaseTemplate]
    pages: Mapping[str, str]
    counting: Mapping[str, str]
    files: Mapping[str, bytes]


def engine_key(own: Own, catalogue: Catalogue, *, docs: Path, data: Path, day: date | None = None) -> str:
    """Digest of all that the engine's work depends on but the sorts. Raises PageError for macros that ask
    for what is not there."""
    found = hashlib.sha256(program().encode())
    found.update(json.dumps(own.settings, sort_keys=True, default=str).encode())
    found.update("\0".join(page_words(own, catalogue, docs, day)).encode("utf-8", "surrogatepass"))
    for name, content in own_files(own, catalogue, docs, data):
        found.update(name.encode() + hashlib.sha256(content).digest())
    return found.hexdigest()


def page_words(own: Own, catalogue: Catalogue, docs: Path, day: date | None = None) -> Iterator[str]:
    """What the engine reads of the hand-written pages, with what the macros say. Raises PageError for those
    that ask for what is not there."""
    words, wrong = words_of(catalogue, day=day), []
    for page in own.pages:
        said = fill(page.body, words)
        if not isinstance(said, str):
            at = place(page, docs, said.line, said.column)
            wrong.append(Problem(at, Severity.ERROR, said.message, said.hint))
            continue
        yield from (page.path, json.dumps(page.meta, sort_keys=True, default=str), page.body, said)
    refuse(wrong, PageError)


def run_engine(
    own: Own,
    catalogue: Catalogue,
    work: Path,
    sorts: Sequence[Sort],
    *,
    docs: Path,
    data: Path,
    day: date | None = None,
) -> EngineOutput:
    """Stage into ``work`` (which must not exist) and build. Raises EngineError, StageError,
    BaseTemplateError."""
    from generator.build.engine.mkdocs import run_mkdocs  # not loaded where the templates still hold

    config, apart = stage_templates(own, catalogue, work, sorts, docs=docs, data=data)
    with speaking_of(catalogue, day):
        try:
            run_mkdocs(config)
        except EngineError as error:
            raise EngineError("\n".join(in_our_words(error.said, own.pages, docs))) from error
    site = config.parent / "site"
    specimens = {
        sort: (site / address / "index.html").read_bytes().decode("utf-8")
        for sort, (address, _) in zip(sorts, map(specimen, sorts, count()), strict=True)
    }
    for name in (*map(built, apart), "sitemap.xml", "sitemap.xml.gz"):
        (site / name).unlink(missing_ok=True)
    marked = {built(page.path) for page in own.pages if page.counts}
    pages: dict[str, str] = {}
    counting: dict[str, str] = {}
    files = {}
    for path in sorted(path for path in site.rglob("*") if path.is_file()):
        name, content = path.relative_to(site).as_posix(), path.read_bytes()
        if path.suffix == ".html":
            (counting if name in marked else pages)[name] = content.decode("utf-8")
        else:
            files[name] = content
    styles = Styles(files, specimens.values(), own.settings["extra_css"])
    files[SHEET] = styles.text.encode()
    templates = {sort: cut(styles.linked(html)) for sort, html in specimens.items()}
    ours = [pages.get(UNLISTED, ""), *("".join(template.pieces[::2]) for template in templates.values())]
    known = {script for html in ours for script in plain_scripts(html)}
    if wrong := sorted(_blocked(own, {**pages, **counting}, docs, known)):
        raise EngineError("\n".join(wrong))
    pages, counting = (
        {name: styles.linked(html) for name, html in some.items()} for some in (pages, counting)
    )
    return EngineOutput(templates, pages, counting, files)


def _blocked(own: Own, made: Mapping[str, str], docs: Path, known: set[str]) -> Iterator[str]:
    """What the policy would block on the pages that are written by hand, with its place."""
    by_name = {built(page.path): page for page in own.pages}
    for name, html in made.items():
        page = by_name.get(name)
        for begins, what in dict.fromkeys(blocked(html, known)):
            yield f"{where(page, docs, begins) if page else name}: {what}"


def templates_text(templates: Mapping[Sort, BaseTemplate]) -> str:
    """Base templates as JSON; ``read_templates`` reads it back."""
    rows = [
        [[s.address, s.depth, s.meta, s.words, s.anchor], template.pieces, template.scripts]
        for s, template in sorted(templates.items())
    ]
    return json.dumps(rows, ensure_ascii=False)


def read_templates(text: str) -> dict[Sort, BaseTemplate]:
    """The templates that ``templates_text`` told."""
    return {
        Sort(address, depth, meta, tuple(words), anchor): BaseTemplate(tuple(pieces), tuple(scripts))
        for (address, depth, meta, words, anchor), pieces, scripts in json.loads(text)
    }
