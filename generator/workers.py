"""Jobs → what they made, by as many processes as there are cores, or by an engine that has been named.

Anything that offers ``submit`` as ``concurrent.futures.Executor`` does can do the work; a few jobs are done
at once, where they are asked for.
"""

from __future__ import annotations

import gc
import os
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from functools import partial
from importlib import import_module
from itertools import chain, islice
from threading import Thread
from typing import TYPE_CHECKING, Any, TypeVar

from msgspec import Struct

if TYPE_CHECKING:
    from concurrent.futures import Executor, Future

Given = TypeVar("Given")
Result = TypeVar("Result")

FEW = 24
"""So many jobs are not worth starting processes for."""
_BATCH, _AHEAD = 6, 3
"""Jobs in one task where nothing else is said; tasks a worker has waiting, so that no more of them are held
than needed."""


_LOOK = 1.0
"""Seconds without an answer after which it is asked whether anybody is left who could give one."""


class ExecutorError(RuntimeError):
    """Those who do the work cannot be reached, or are gone; the message says why, in Indonesian."""


class Loss(Struct, frozen=True):
    """How it shows that those who do the work are gone: what waiting for them raises then; ``look`` raises
    ExecutorError if nobody is left. ``words`` say it, in Indonesian."""

    raised: tuple[type[BaseException], ...]
    words: str
    look: Callable[[], None] = lambda: None


class Workers:
    """Processes that are started when there is work for them. ``start`` gives the executor and how many
    tasks it does at a time, ``width`` how many it could do now; ``end`` is called when they are let go;
    ``loss`` tells when they are gone; ``alone``: there are none, all is done here."""

    def __init__(
        self,
        start: Callable[[], tuple[Executor, int]] | None = None,
        width: Callable[[], int] | None = None,
        end: Callable[[], object] = lambda: None,
        loss: Loss | None = None,
        alone: bool = False,
    ) -> None:
        self._loss, self._lost, self._alone = loss, False, alone
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
        raised; ExecutorError where those who do it are gone. Where there are no more than ``few`` they are
        done here, one by one; unless it is said otherwise, none where an engine has been named."""
        if self._alone:
            for job in jobs:
                yield from do([job])
            return
        few = self._few if few is None else few
        rest = iter(jobs)
        begun = list(islice(rest, few + 1))
        if len(begun) <= few:
            for job in begun:
                yield from do([job])
            return
        from concurrent.futures import FIRST_COMPLETED, wait  # not loaded for a few jobs

        loss = self._loss or _broken()
        executor, width = self._opened()
        waiting: set[Future[list[Result]]] = set()
        batches = _batches(chain(begun, rest), batch)
        try:
            while True:
                for task in islice(batches, width * _AHEAD - len(waiting)):
                    waiting.add(self._asked(loss, partial(executor.submit, do, task)))
                if not waiting:
                    return
                done, waiting = wait(waiting, _LOOK, return_when=FIRST_COMPLETED)
                if not done:
                    self._asked(loss, loss.look)
                for future in done:
                    yield from self._asked(loss, future.result)
        finally:
            for future in waiting:
                future.cancel()

    def _asked(self, loss: Loss, ask: Callable[[], Result]) -> Result:
        """What is answered. Raises ExecutorError where nobody is left to."""
        try:
            return ask()
        except loss.raised as error:
            self._lost = True
            raise ExecutorError(loss.words) from error
        except ExecutorError:
            self._lost = True
            raise

    def _opened(self) -> tuple[Executor, int]:
        if self._open is None:
            self._open = self._start()
        return self._open

    def rest(self) -> None:
        """Let the processes go, and with them what they hold, until there is work again."""
        if self._open:
            with suppress(*self._gone()):
                self._open[0].shutdown(wait=not self._lost)  # what is lost would be waited for without end
            self._open = None

    def close(self) -> None:
        """Let the processes go for good."""
        self.rest()
        with suppress(*self._gone()):
            self._end()

    def _gone(self) -> tuple[type[BaseException], ...]:
        """What is raised by those who are known to be lost, and told already."""
        return (Exception,) if self._lost else ()


def _batches(jobs: Iterator[Given], many: int) -> Iterator[list[Given]]:
    while batch := list(islice(jobs, many)):
        yield batch


def _broken() -> Loss:
    """How it shows that a process of this machine is gone."""
    from concurrent.futures import BrokenExecutor  # as above

    words = "sebuah proses pekerja berhenti sendiri\n  saran: periksa memori mesin ini, lalu jalankan lagi"
    return Loss((BrokenExecutor,), words)


def workers_at(address: str, timeout: float = 10, patience: float = 30) -> Workers:
    """Workers of a Dask cluster ("dask://HOST:PORT"); they have the same program installed.
    ``timeout``: seconds to wait for an answer, ``patience`` for a worker where there is none. Raises
    ExecutorError."""
    scheme, _, place = address.partition("://")
    if scheme != "dask" or not place:
        raise ExecutorError(f"'{address}' bukan alamat klaster; tulis dask://HOST:PORT")
    from concurrent.futures import CancelledError  # not loaded where no cluster is named

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

    import logging  # as above

    logging.getLogger("distributed").setLevel(logging.CRITICAL)  # what it would tell, we tell
    gone = (
        f"penjadwal Dask di {place} tidak menjawab lagi\n  saran: jalankan lagi bila klasternya sudah hidup"
    )
    since: float | None = None

    def width() -> int:
        try:
            return sum(client.nthreads().values())
        except (OSError, RuntimeError) as error:
            raise ExecutorError(gone) from error

    def look() -> None:
        nonlocal since
        if width():
            since = None
        elif since is None:
            since = time.monotonic()
        elif time.monotonic() - since > patience:
            raise ExecutorError(
                f"klaster Dask di {place} tidak mempunyai pekerja lagi\n"
                "  saran: jalankan 'dask worker' di mesin-mesinnya, lalu bangun lagi"
            )

    def start() -> tuple[Executor, int]:
        return client.get_executor(pure=False), max(1, width())

    raised = (CancelledError, distributed.scheduler.KilledWorker, distributed.comm.CommClosedError)
    return Workers(start, width, client.close, Loss(raised, gone, look))


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
