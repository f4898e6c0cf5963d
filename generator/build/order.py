"""What a build is asked for, where it reads from, and that it could not be done."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path

from msgspec import Struct

from generator.data.catalogue import Catalogue
from generator.site.handwritten.shadows import shadow
from generator.workers import Workers

Progress = Callable[[str, int, int], None]
"""What is being done, how much of it is done, of how much."""


class BuildError(RuntimeError):
    """The site could not be built; the message says why, in Indonesian."""


class Sources(Struct, frozen=True):
    """Where a build reads from: data folder, hand-written pages, shared settings of the engine; ``cache``
    keeps what the next build can use."""

    data: Path
    docs: Path
    config: Path
    cache: Path | None = None


class Order(Struct, frozen=True):
    """What is asked for: the day on which reviews and versions are judged, whether documents are made,
    who does the work, who is told how far it is, and what the inputs came to (``memory.fingerprint``);
    ``place``: the folder of a site that is one of several, which this process may make too."""

    day: date | None
    papers: bool
    workers: Workers
    tell: Progress
    inputs: str = ""
    place: str = ""


def refuse_clashes(clashes: Iterable[tuple[str, str]], catalogue: Catalogue, sources: Sources) -> None:
    """Pairs of files that want one address. Raises BuildError."""
    if told := [shadow(*two, catalogue, sources.docs, sources.data) for two in clashes]:
        raise BuildError("\n".join(told))
