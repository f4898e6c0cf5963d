"""Jobs that depend on the same → all of them taken over at once, without even finding out which they are."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import msgspec

from generator.build.tree import Tree


def together(tree: Tree, name: str, key: str, do: Callable[[], Iterable[str]]) -> None:
    """Take over what ``do`` did for a site with the same ``key``; where that is not known, or a file of it
    does not stand any more, do it. It gives the keys of its jobs, which are noted under the ``name``. Raises
    ValueError."""
    known = tree.recall(key, name)
    if known is None or not all(map(tree.take, msgspec.json.decode(known, type=list[str]))):
        tree.add(key, notes=[(name, msgspec.json.encode(list(do())))])
