"""A job on a stranger's file → its result, within so much time and memory, or which was too little.

One process does the jobs one after another. One that takes too long or too much is ended, and the next job
gets a new one: what a library does with a hostile file cannot be bounded from inside."""

from __future__ import annotations

from collections.abc import Callable
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Any, Generic, TypeVar

Given = TypeVar("Given")
Result = TypeVar("Result")

SECONDS, MEMORY = 10, 500_000_000
"""Processor time and memory of one job."""
_WAIT = 6
"""So many times the processor time is waited for on a machine that is busy with other things."""
_BEGIN = 60
"""Seconds in which a process must have begun."""


class TooMuch(Exception):
    """A job took more than it may; the message says of what, in Indonesian."""


class Bounded(Generic[Given, Result]):
    """Does jobs by a function that another process can import."""

    def __init__(self, do: Callable[[Given], Result], seconds: int = SECONDS, memory: int = MEMORY) -> None:
        self._do, self._seconds, self._memory = do, seconds, memory
        self._open: tuple[BaseProcess, Connection] | None = None

    def ask(self, job: Given) -> Result:
        """What the function makes of a job. Raises ``TooMuch``, and what the function raises."""
        _, pipe = self._opened()
        try:
            pipe.send(job)
            if not pipe.poll(self._seconds * _WAIT):
                raise TooMuch(f"tidak selesai dalam {self._seconds * _WAIT} detik")
            found, value = pipe.recv()
        except (EOFError, OSError):
            self.close()
            said = f"memerlukan lebih dari {self._seconds} detik atau {self._memory // 1_000_000} MB"
            raise TooMuch(said) from None
        except TooMuch:
            self.close()
            raise
        if found == "memory":
            self.close()
            raise TooMuch(f"memerlukan lebih dari {self._memory // 1_000_000} MB")
        if found == "raised":
            raise value
        result: Result = value
        return result

    def _opened(self) -> tuple[BaseProcess, Connection]:
        if self._open is None:
            context = get_context("spawn")
            ours, theirs = context.Pipe()
            process = context.Process(
                target=_serve, args=(theirs, self._do, self._seconds, self._memory), daemon=True
            )
            process.start()
            theirs.close()
            self._open = process, ours
            try:
                begun = ours.poll(_BEGIN) and ours.recv()
            except (EOFError, OSError):
                begun = False
            if not begun:
                self.close()
                raise TooMuch("proses pembaca tidak dapat dimulai")
        return self._open

    def close(self) -> None:
        """End the process."""
        if self._open is not None:
            process, pipe = self._open
            self._open = None
            pipe.close()
            process.kill()
            process.join()


def _serve(pipe: Connection, do: Callable[[Any], Any], seconds: int, memory: int) -> None:
    """Do jobs until the pipe is closed."""
    limit = _limits(memory)
    pipe.send(True)
    while True:
        try:
            job = pipe.recv()
        except EOFError:
            return
        limit(seconds)
        try:
            answer: tuple[str, Any] = "done", do(job)
        except MemoryError:
            answer = "memory", None
        except Exception as error:
            answer = "raised", error
        pipe.send(answer)


def _limits(memory: int) -> Callable[[int], None]:
    """Bound this process, where the system can: its memory now, its time from each job on."""
    try:
        import resource  # not on Windows, where only the waiting is bounded
    except ImportError:
        return lambda seconds: None
    import math
    import time

    _, most = resource.getrlimit(resource.RLIMIT_DATA)
    resource.setrlimit(resource.RLIMIT_DATA, (memory, most))
    _, longest = resource.getrlimit(resource.RLIMIT_CPU)

    def limit(seconds: int) -> None:
        resource.setrlimit(resource.RLIMIT_CPU, (math.ceil(time.process_time()) + seconds, longest))

    return limit
