"""Agencies whose sites are to be made → what came of each, several at a time.

A process makes the sites of one agency after the other and starts no further ones, so that programs,
templates and what is known of words are loaded once for many. What it says is said when it is the
agency's turn.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import redirect_stderr, redirect_stdout
from functools import partial
from io import StringIO
from pathlib import Path
from typing import NamedTuple

import click

from generator.build.order import BuildError
from generator.build.site import held_together
from generator.cli.language import file_trouble
from generator.cli.publish.faults import ForAll, shared_kept
from generator.cli.publish.once import Asked, Done, make_once
from generator.cli.publish.sharing import add_shared, sharing_there
from generator.data.audience import AUDIENCES
from generator.model.problems import Problem
from generator.shared_store import Counts
from generator.workers import ExecutorError, Workers, processes

_LEAST, _LEAST_KNOWN = 3, 8
"""Agencies that are worth starting processes for: made from nothing, and taken over for the most part."""
_LARGE = 300
"""SOPs of an agency that is parted among all processes itself."""
_FAILED = "Situs tidak jadi dibangun; yang lama tetap ada.\n"


class Told(NamedTuple):
    """What came of an agency, None if its sites were not made, and what was said: to the error output or not,
    in order; what is wrong in files that agencies share; and what came of the store that is shared."""

    done: Done | None
    said: tuple[tuple[bool, str], ...] = ()
    faults: tuple[Problem, ...] = ()
    shared: Counts = Counts()
    trouble: str = ""

    def say(self) -> None:
        for err, text in self.said:
            click.echo(text, nl=False, err=err)
        add_shared(self.shared, self.trouble)


def make_agencies(asked: Sequence[Asked]) -> Iterator[Done | None]:
    """Make the sites of agencies; gives what came of each, in order."""
    small = [one for one in asked if _small(one.data)]
    for_all = ForAll(err=any(one.quiet for one in asked))
    if len(small) < _LEAST_KNOWN and sum(not one.known for one in small) < _LEAST:
        for one in asked:
            yield _make_here(one, for_all)
        return
    first = small[0]
    try:
        with held_together(
            first.out, [AUDIENCES[name] for name in first.names], [one.place for one in small]
        ):
            told = _several([one._replace(held=True) for one in small])
            for one in asked:
                if one in small:
                    _name(one)
                    answer = next(told)
                    for_all.tell(answer.faults)
                    answer.say()
                    yield answer.done
                else:
                    yield _make_here(one._replace(held=True), for_all)
    except BuildError as error:
        click.echo(f"{_FAILED}{error}", err=True)
        yield from (None for _ in asked)


def make_one(asked: Asked) -> Done | None:
    """Make the sites of an agency here; None where that failed, which was told."""
    try:
        return make_once(asked)
    except OSError as error:
        click.echo(f"{_FAILED}{file_trouble(error)}", err=True)
        return None


def _make_here(asked: Asked, for_all: ForAll) -> Done | None:
    _name(asked)
    with shared_kept() as faults:
        done = make_one(asked)
    for_all.tell(faults)
    return done


def _name(asked: Asked) -> None:
    if not asked.quiet:
        click.echo(f"{asked.place}:", err=True)


def _small(data: Path) -> bool:
    try:
        return len(os.listdir(data / "sop")) <= _LARGE
    except OSError:
        return True


def _several(asked: Sequence[Asked]) -> Iterator[Told]:
    """What came of each, in order."""
    waiting: dict[int, Told] = {}
    turn = 0
    for number, told in _in_any_order(list(enumerate(asked))):
        waiting[number] = told
        while turn in waiting:
            yield waiting.pop(turn)
            turn += 1


def _in_any_order(asked: list[tuple[int, Asked]]) -> Iterator[tuple[int, Told]]:
    """What came of each as soon as it is there. Where a process ends for no reason that it could tell, those
    that are left have one each: it is not known which of them ended it."""
    left = dict(asked)
    workers = Workers()
    try:
        for number, told in workers.each(make_shards, asked, few=0, batch=1):
            del left[number]
            yield number, told
        return
    except ExecutorError:
        pass
    finally:
        workers.close()
    for number, one in left.items():
        workers = Workers(partial(processes, 1))
        try:
            yield from workers.each(make_shards, [(number, one)], few=0)
        except ExecutorError as error:
            yield number, Told(None, ((True, f"{_FAILED}{error}\n"),))
        finally:
            workers.close()


def make_shards(asked: Iterable[tuple[int, Asked]]) -> list[tuple[int, Told]]:
    """Make the sites of agencies in this process, and keep what is said."""
    found = []
    for number, one in asked:
        said: list[tuple[bool, str]] = []
        out, err = _Kept(said, err=False), _Kept(said, err=True)
        said_here = (redirect_stdout(out), redirect_stderr(err))
        with said_here[0], said_here[1], sharing_there(one.shared) as shared, shared_kept() as faults:
            done = make_one(one)
        came = (shared.counts, shared.trouble) if shared else ()
        found.append((number, Told(done, tuple(said), tuple(faults), *came)))
    return found


class _Kept(StringIO):
    def __init__(self, said: list[tuple[bool, str]], err: bool) -> None:
        super().__init__()
        self.said, self.err = said, err

    def write(self, text: str, /) -> int:
        written = super().write(text)
        self.said.append((self.err, text))
        return written
