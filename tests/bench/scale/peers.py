"""Other engines on the pages of a built site: plain Material for MkDocs, also by ProperDocs, Zensical;
and Hugo, which is given every page whole behind a bare template: as many bytes in as many files, nothing to
make. It is the limit of what an engine can do.

Each is staged (not measured) in a folder of its own; ``stagings`` gives the commands.
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import yaml
from msgspec import Struct

from generator.data.catalogue import Audience
from generator.data.sources import read_catalogue
from tests.publish.staging import stage

FAMILY = {
    "Zensical": ("zensical", "build"),
    "Material for MkDocs": ("mkdocs", "build", "-q"),
    "Material, mesin ProperDocs": ("properdocs", "build", "-q"),
}
_BARE = "{{ .RawContent | safeHTML }}"
"""The template: a page as it is, without a parse."""


class Staged(Struct, frozen=True):
    """What an engine is run with: its command, where, and the folder that its pages come to."""

    name: str
    command: list[str]
    folder: Path
    site: Path


def stagings(folder: Path, built: Path) -> Iterator[Staged]:
    """The engines for the data, pages and settings in ``folder``, quickest first.

    ``built``: our site of them.
    """
    if hugo := shutil.which("hugo"):
        yield _pages_for_hugo(hugo, folder / "hugo", built)
    staged = folder / "bertahap"
    config = _staged_as_it_comes(folder, staged)
    for name, words in FAMILY.items():
        shutil.rmtree(staged / "site", ignore_errors=True)
        yield Staged(name, [sys.executable, "-m", *words, "-f", config.name], staged, staged / "site")


def _staged_as_it_comes(folder: Path, staged: Path) -> Path:
    """The same staged pages, with the theme as it comes, its search, nothing of ours."""
    catalogue, _ = read_catalogue(folder / "data")
    assert catalogue is not None
    part = catalogue.for_audience(Audience.PUBLIK)
    config = stage(
        part, staged, docs=folder / "docs", config=folder / "mkdocs.yml", data=folder / "data", papers=False
    )
    settings = yaml.safe_load(config.read_text(encoding="utf-8"))
    kept = {key: settings[key] for key in ("site_name", "nav", "docs_dir", "site_dir")}
    plain = {**kept, "theme": {"name": "material", "language": "id"}, "markdown_extensions": ["attr_list"]}
    config.write_text(yaml.safe_dump(plain, allow_unicode=True), encoding="utf-8")
    return config


def _pages_for_hugo(hugo: str, folder: Path, built: Path) -> Staged:
    shutil.rmtree(folder, ignore_errors=True)
    layouts = folder / "layouts/_default"
    layouts.mkdir(parents=True)
    for kind in ("single", "list"):
        (layouts / f"{kind}.html").write_text(_BARE, encoding="utf-8")
    (folder / "config.yaml").write_text(
        'baseURL: "/"\ndisableKinds: [taxonomy, term, section, home, RSS, sitemap, robotsTXT, "404"]\n',
        encoding="utf-8",
    )
    for page in built.rglob("*.html"):
        address = page.relative_to(built)
        copy = folder / "content" / address.with_name(f"satu-{address.name}")
        copy.parent.mkdir(parents=True, exist_ok=True)
        front = f'---\nurl: "/{address.as_posix()}"\n---\n'
        copy.write_text(front + page.read_text(encoding="utf-8"), encoding="utf-8")
    site = folder / "public"
    return Staged("Hugo, halaman jadi", [hugo, "--quiet", "--noTimes"], folder, site)
