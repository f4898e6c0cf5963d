"""Hand-written pages + sorts of generated pages → what the site engine makes of them: their pages, its own
files, a frame for each sort.

The engine sees each sort of page once, however many pages there are. What it makes depends on the
hand-written pages, on what the macros in them say, on the settings and on the program: ``shell_key``.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from itertools import count
from pathlib import Path

from msgspec import Struct

from generator.catalogue import Catalogue
from generator.macros import fault, speaking_of, spoken
from generator.program import program
from generator.publish.frames import Frame, Sort, cut, specimen
from generator.publish.shadows import built
from generator.publish.stage import Own, own_files, stage_shell, with_macros


class EngineError(RuntimeError):
    """The engine refused the pages; the message is what it said."""


class Engraved(Struct, frozen=True):
    """What the engine made: a frame for each sort, its pages by the names of their files, those of them that
    have marks in the place of numbers, its other files."""

    frames: Mapping[Sort, Frame]
    pages: Mapping[str, str]
    counting: Mapping[str, str]
    files: Mapping[str, bytes]


def shell_key(own: Own, catalogue: Catalogue, *, docs: Path, data: Path) -> str:
    """Digest of all that the engine's work depends on but the sorts."""
    found = hashlib.sha256(program().encode())
    found.update(json.dumps(own.settings, sort_keys=True, default=str).encode())
    for page in own.pages:
        texts = (
            page.path,
            json.dumps(page.meta, sort_keys=True, default=str),
            page.body,
            spoken(with_macros(page), catalogue),
        )
        found.update("\0".join(texts).encode("utf-8", "surrogatepass"))
    for name, content in own_files(own, catalogue, docs, data):
        found.update(name.encode() + hashlib.sha256(content).digest())
    return found.hexdigest()


def run_engine(
    own: Own, catalogue: Catalogue, work: Path, sorts: Sequence[Sort], *, docs: Path, data: Path
) -> Engraved:
    """Stage into ``work`` (which must not exist) and build. Raises EngineError, StageError, FrameError."""
    from generator.publish.mkdocs import run_mkdocs  # not loaded where the frames still hold

    config, apart = stage_shell(own, catalogue, work, sorts, docs=docs, data=data)
    try:
        with speaking_of(catalogue):
            run_mkdocs(config)
    except EngineError as error:
        raise EngineError("\n".join(_faults(own, catalogue, docs, str(error))) or str(error)) from error
    site = config.parent / "site"
    frames = {}
    for sort, (address, _) in zip(sorts, map(specimen, sorts, count()), strict=True):
        frames[sort] = cut((site / address / "index.html").read_bytes().decode("utf-8"))
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
    return Engraved(frames, pages, counting, files)


def _faults(own: Own, catalogue: Catalogue, docs: Path, said: str) -> Iterator[str]:
    """What the engine said of macros, for those who write the pages."""
    for page in own.pages:
        if found := fault(page.body, catalogue, said):
            line, column, what = found
            file = docs / page.path
            above = file.read_text(encoding="utf-8").count("\n") - page.body.count("\n")
            yield f"{file.as_posix()}:{above + line}:{column}: {what}"


def frames_text(frames: Mapping[Sort, Frame]) -> str:
    """Frames as JSON; ``read_frames`` reads it back."""
    rows = [
        [[s.address, s.depth, s.meta, s.words, s.anchor], frame.pieces] for s, frame in sorted(frames.items())
    ]
    return json.dumps(rows, ensure_ascii=False)


def read_frames(text: str) -> dict[Sort, Frame]:
    """The frames that ``frames_text`` told."""
    return {
        Sort(address, depth, meta, tuple(words), anchor): Frame(tuple(pieces))
        for (address, depth, meta, words, anchor), pieces in json.loads(text)
    }
