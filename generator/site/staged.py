"""Page → the Markdown file that a site engine reads; Catalogue → the file that macros read, and back.

SOP text reaches an engine only as escaped HTML inside raw blocks: it is never Markdown and never a template.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping

import msgspec
from markupsafe import Markup, escape
from msgspec import Struct

from generator.data.audience import Audience
from generator.data.catalogue import Catalogue
from generator.formats.html.html import breakable
from generator.model.registers import Instansi, Pelaksana, Peraturan, Unit
from generator.model.sop import SOP

_NOT_HTML = re.compile("[\x00-\x08\x0b-\x1f\x7f\ufffe\uffff\ud800-\udfff]")


_SHUT = Markup('<details class="lipat"><summary><h2 id="{}">{}</h2></summary>\n{}\n</details>')


class PageSection(Struct, frozen=True):
    """A piece of a page under a heading of ours (plain words, no SOP text); "" goes without a heading.
    ``closed``: the heading opens it."""

    heading: str
    anchor: str
    body: Markup
    closed: bool = False


class StagedPage(Struct, frozen=True):
    """A page of the site. ``path`` is its address from the top with a slash at the end ("sop/x/");
    ``title`` any text; ``crumbs`` the way to it, as (words, address from the top)."""

    path: str
    title: str
    parts: tuple[PageSection, ...]
    crumbs: tuple[tuple[str, str], ...] = ()
    description: str = ""
    kind: str = "halaman"
    hide: tuple[str, ...] = ()
    structured: str = ""
    """JSON-LD for the head of the page, safe inside a script element."""
    listed: bool = True
    """Whether our search and the sitemap name it, and other search engines may."""
    canonical: str = ""
    """Whole address of the page that stands for it elsewhere."""
    card: str = ""
    """Whole address of the picture that stands beside a link to it."""
    twin: str = ""
    """The file beside it that says the same as Markdown, if that is made apart."""

    @property
    def root(self) -> str:
        """From this page to the top of the site ("../../")."""
        return root_of(self.path)

    def meta(self) -> dict[str, object]:
        """The front matter; every text in it is escaped."""
        return {
            "title": clean(str(escape(self.title))),
            "description": clean(str(escape(self.description))),
            "render_macros": False,
            **({"hide": list(self.hide)} if self.hide else {}),
            **({"data_terstruktur": self.structured} if self.structured else {}),
            **({} if self.listed else {"tak_terdaftar": True}),
            **({"kanonik": clean(str(escape(self.canonical)))} if self.canonical else {}),
            **({"kartu": clean(str(escape(self.card)))} if self.card else {}),
            **({"markdown": clean(str(escape(self.twin)))} if self.twin else {}),
        }

    def text(self) -> str:
        """The staged Markdown file."""
        return "\n\n".join((front_matter(self.meta()), *self._blocks("## {} {{ #{} }}\n\n"))) + "\n"

    def html(self) -> str:
        """What an engine makes of the Markdown below the front matter."""
        return "\n\n".join(self._blocks('<h2 id="{1}">{0}</h2>\n'))

    def _blocks(self, heading: str) -> Iterator[str]:
        yield _raw(self._opening(), self.kind)
        for part in self.parts:
            kind = f"{self.kind}-{part.anchor}"
            if part.closed:
                yield _raw(_SHUT.format(part.anchor, part.heading, part.body), kind)
                continue
            above = heading.format(part.heading, part.anchor) if part.heading else ""
            yield above + _raw(part.body, kind)

    def _opening(self) -> Markup:
        way = Markup("").join(
            Markup('<li><a href="{}"><bdi>{}</bdi></a></li>').format(f"{self.root}{path}" or "./", words)
            for words, path in self.crumbs
        )
        crumbs = Markup('<nav class="remah" aria-label="Letak halaman"><ol>{}</ol></nav>').format(way)
        heading = Markup('<h1 id="atas">{}</h1>').format(breakable(self.title))
        return (crumbs if self.crumbs else Markup()) + heading


def root_of(path: str) -> str:
    """From a page ("sop/x/") to the top of the site ("../../")."""
    return "../" * path.count("/")


def front_matter(meta: Mapping[str, object]) -> str:
    """YAML front matter; JSON strings are YAML strings that nothing can break out of."""
    rows = (f"{key}: {json.dumps(value, ensure_ascii=True)}" for key, value in meta.items())
    return "\n".join(("---", *rows, "---"))


def _raw(body: Markup, kind: str) -> str:
    """A raw HTML block that Markdown hands through: no blank line inside, nothing that Markdown reads."""
    lines = str(body).split("\n")
    if not "".join(lines).isprintable():  # nearly all are, which is seen in half of the time
        lines = clean(str(body)).split("\n")
    return f'<div class="{kind}">\n' + "\n".join(filter(str.strip, lines)) + "\n</div>"


def clean(html: str) -> str:
    """Characters that HTML may not hold are shown as the replacement character."""
    return _NOT_HTML.sub("\ufffd", html)


def load_catalogue(text: str) -> Catalogue:
    """The catalogue of a staged folder (``katalog.json``), for its macros; problems are not kept."""
    data = json.loads(text)
    instansi = msgspec.convert(data["instansi"], Instansi)
    actors = {row["id"]: msgspec.convert(row, Pelaksana) for row in data["pelaksana"]}
    sops = {row["slug"]: msgspec.convert(row, SOP) for row in data["sop"]}
    return Catalogue(
        instansi=instansi,
        unit={row["id"]: msgspec.convert(row, Unit) for row in data["unit"]},
        pelaksana=actors,
        hukum={row["id"]: msgspec.convert(row, Peraturan) for row in data["hukum"]},
        sop=sops,
        audience=Audience(data["untuk"]) if data["untuk"] else None,
        versi={
            slug: tuple(msgspec.convert(row, SOP) for row in many) for slug, many in data["versi"].items()
        },
    )
