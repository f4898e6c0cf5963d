"""Jobs → what they made, by as many processes as there are cores, or by an engine that has been named.

Anything that offers ``submit`` as ``concurrent.futures.Executor`` does can do the work; a few jobs are done
at once, where they are asked for.
"""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from importlib import import_module
from itertools import chain, islice
from threading import Thread
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from concurrent.futures import Executor, Future

Given = TypeVar("Given")
Result = TypeVar("Result")

FEW = 24
"""So many jobs are not worth starting processes for."""
_BATCH, _AHEAD = 6, 3
"""Jobs in one task where nothing else is said; tasks a worker has waiting, so that no more of them are held
than needed."""


class ExecutorError(RuntimeError):
    """The engine that was named cannot be reached; the message says why, in Indonesian."""


class Workers:
    """Processes that are started when there is work for them. ``start`` gives the executor and how many
    tasks it does at a time, ``width`` how many it could do now; ``end`` is called when they are let go."""

    def __init__(
        self,
        start: Callable[[], tuple[Executor, int]] | None = None,
        width: Callable[[], int] | None = None,
        end: Callable[[], object] = lambda: None,
    ) -> None:
        self._start = start or partial(processes, cores())
        self._end = end
        self.width = width or cores
        self._few = 0 if start else FEW
        self._open: tuple[Executor, int] | None = None

    def each(
        self,
        do: Callable[[Sequence[Given]], list[Result]],
        jobs: Iterable[Given],
        few: int | None = None,
        batch: int = _BATCH,
    ) -> Iterator[Result]:
        """What ``do`` makes of the jobs, ``batch`` at a time, in no particular order. What it raises is
        raised. Where there are no more than ``few`` they are done here, one by one; unless it is said
        otherwise, none where an engine has been named."""
        few = self._few if few is None else few
        rest = iter(jobs)
        begun = list(islice(rest, few + 1))
        if len(begun) <= few:
            for job in begun:
                yield from do([job])
            return
        from concurrent.futures import FIRST_COMPLETED, wait  # not loaded for a few jobs

        executor, width = self._opened()
        waiting: set[Future[list[Result]]] = set()
        batches = _batches(chain(begun, rest), batch)
        try:
            while True:
                for task in islice(batches, width * _AHEAD - len(waiting)):
                    waiting.add(executor.submit(do, task))
                if not waiting:
                    return
                done, waiting = wait(waiting, return_when=FIRST_COMPLETED)
                for future in done:
                    yield from future.result()
        finally:
            for future in waiting:
                future.cancel()

    def _opened(self) -> tuple[Executor, int]:
        if self._open is None:
            self._open = self._start()
        return self._open

    def rest(self) -> None:
        """Let the processes go, and with them what they hold, until there is work again."""
        if self._open:
            self._open[0].shutdown()
            self._open = None

    def close(self) -> None:
        """Let the processes go for good."""
        self.rest()
        self._end()


def _batches(jobs: Iterator[Given], many: int) -> Iterator[list[Given]]:
    while batch := list(islice(jobs, many)):
        yield batch


def workers_at(address: str, timeout: float = 10) -> Workers:
    """Workers of a Dask cluster ("dask://HOST:PORT"); they have the same program installed.
    ``timeout``: seconds to wait for an answer. Raises ExecutorError."""
    scheme, _, place = address.partition("://")
    if scheme != "dask" or not place:
        raise ExecutorError(f"'{address}' bukan alamat klaster; tulis dask://HOST:PORT")
    try:
        distributed: Any = import_module("distributed")
    except ImportError as error:
        raise ExecutorError(
            "Dask belum dipasang; pasang dengan: pip install 'sop-generator[dask]'"
        ) from error
    try:
        client = distributed.Client(f"tcp://{place}", timeout=timeout, set_as_default=False)
    except (OSError, ValueError) as error:
        raise ExecutorError(f"klaster Dask di {place} tidak menjawab: {error}") from error

    def width() -> int:
        return sum(client.nthreads().values())

    return Workers(lambda: (client.get_executor(pure=False), max(1, width())), width, client.close)


def processes(many: int) -> tuple[Executor, int]:
    """So many processes; started anew, as the typesetter's threads do not survive a fork."""
    from concurrent.futures import ProcessPoolExecutor  # as above
    from multiprocessing import get_context

    return ProcessPoolExecutor(many, get_context("spawn"), initializer=_begin), many


def cores() -> int:
    """How many this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _begin() -> None:
    """Let this process end when the build that started it is gone, even if it was killed; and look less often
    for garbage, of which pages leave little."""
    from multiprocessing import parent_process

    gc.set_threshold(10_000, 10, 10)
    parent = parent_process()

    def watch() -> None:
        if parent is not None:
            parent.join()
            os._exit(1)

    Thread(target=watch, daemon=True).start()
