"""What keeps sites from being built → told; what stands in a file that agencies share, once for all."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path

import click

from generator.cli.report import print_problems
from generator.data.files.shared import COMMON
from generator.model.problems import Problem

_KEPT: ContextVar[list[Problem] | None] = ContextVar("kept", default=None)


@contextmanager
def shared_kept() -> Iterator[list[Problem]]:
    """While an agency among others is built: what is wrong in what they share, kept to be told for all."""
    kept: list[Problem] = []
    token = _KEPT.set(kept)
    try:
        yield kept
    finally:
        _KEPT.reset(token)


def tell(problems: Sequence[Problem], home: Path | None, err: bool) -> None:
    """Print what is wrong with an agency, all but what is kept; to the error output if ``err``.

    ``home``: the data folder of all agencies, None for one that stands alone.
    """
    kept, own = _KEPT.get(), problems
    if kept is not None and home is not None:
        common = (home / COMMON).resolve()
        shared = {one for one in problems if Path(one.position.file).resolve().is_relative_to(common)}
        kept += sorted(shared)
        own = [one for one in problems if one not in shared]
    if own:
        print_problems(own, err)


class ForAll:
    """What has been told of the files that agencies share."""

    def __init__(self, err: bool) -> None:
        self._err = err
        self._told: set[Problem] = set()

    def tell(self, shared: Sequence[Problem]) -> None:
        """Print what has not been told yet, of what keeps one more agency from being built."""
        if new := [one for one in shared if one not in self._told]:
            print_problems(new, self._err)
            self._told.update(new)
        elif shared:
            click.echo(f"Galat pada {COMMON}/ sudah disebut di atas.", err=True)
