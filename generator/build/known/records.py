"""Records of SOPs, as the jobs of their pages make them → the files that hold those of all SOPs.

They are kept in runs, deflated: a run of which no SOP has changed is neither read nor compressed again.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping
from functools import cached_property
from hashlib import sha256
from typing import BinaryIO
from zlib import ZLIB_RUNTIME_VERSION, compress, decompress

import msgspec

from generator.build.tree import Tree
from generator.search.groups import cut
from generator.site.open_files import Run, lines_of, run_of

ROW, TOLD = "row ", "told "
"""How the notes of a tree begin on the rows of SOPs in the list, on what the overview says of them."""
_RUN = "run "
"""How those begin that are runs, by their first SOP."""
SOPS = 64
"""SOPs of a run, more or less."""


class _Kept(msgspec.Struct, frozen=True):
    """A run and its SOPs."""

    slugs: list[str]
    run: Run


class Records:
    """What the jobs of a build tell of SOPs; ``keys`` are those of the jobs of all SOPs, by slug, in its
    order. ``lines`` is an empty file that may be written to, as those of many SOPs are long."""

    def __init__(self, tree: Tree, lines: BinaryIO) -> None:
        self.tree = tree
        self._made: dict[str, tuple[int, int]] = {}
        self._lines = lines
        self._left: tuple[str, Mapping[str, str]] = ("", {})
        self.keys: dict[str, str] = {}

    def add(self, slug: str, line: str) -> None:
        """The line of an SOP that was made now; those of others are in the runs of the last build."""
        data = compress(line.encode(), 1)
        self._made[slug] = self._lines.tell(), len(data)
        self._lines.write(data)

    def runs(self) -> list[Run]:
        """All runs; those that have changed go into the tree, the others are taken over. Raises
        ValueError."""
        return list(self._runs())

    def _runs(self) -> Iterator[Run]:
        slugs = list(self.keys)
        for at in cut(slugs, SOPS):
            own = slugs[at.start : at.stop]
            name = f"{_RUN}{own[0]}"
            told = "\n".join((ZLIB_RUNTIME_VERSION, *(self.keys[slug] for slug in own)))
            key = f"{name} {sha256(told.encode('utf-8', 'surrogatepass')).hexdigest()}"
            if (known := self.tree.recall(key, name)) is not None:
                yield _read(known).run
                continue
            run = run_of(list(map(self._line, own)), list(map(self._row, own)))
            self.tree.add(key, notes=[(name, msgspec.msgpack.encode(_Kept(own, run)))])
            yield run

    def _row(self, slug: str) -> str:
        return dict(self.tree.notes(f"{ROW}{slug}"))[""]

    def _line(self, slug: str) -> str:
        """The line of an SOP."""
        if (made := self._made.get(slug)) is not None:
            at, length = made
            self._lines.seek(at)
            return decompress(self._lines.read(length)).decode()
        at = bisect_right(self._names, f"{_RUN}{slug}")
        name = self._names[at - 1] if at else ""
        if self._left[0] != name:
            kept = _read(self.tree.memory.note(name))
            self._left = name, dict(zip(kept.slugs, lines_of(kept.run), strict=True))
        if slug not in self._left[1]:
            raise ValueError(f"no line of {slug}")
        return self._left[1][slug]

    @cached_property
    def _names(self) -> list[str]:
        """The names of the runs of the last build."""
        return self.tree.memory.names(_RUN)


def _read(data: object) -> _Kept:
    """A run as it was kept. Raises ValueError."""
    if not isinstance(data, bytes):
        raise ValueError("a run is bytes")
    return msgspec.msgpack.decode(data, type=_Kept)
