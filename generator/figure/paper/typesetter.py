"""What the typesetter raises → Unsettable: of what it was given it can make no document."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager


class Unsettable(RuntimeError):
    """The typesetter cannot set this; the message is its own, its first line."""


@contextmanager
def setting() -> Iterator[None]:
    """Around every call of the typesetter. Its panics are no ``Exception`` and would end the whole build."""
    try:
        yield
    except RuntimeError as error:  # TypstError is one; queries raise no more than this
        raise Unsettable(_first(error)) from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":
            raise
        raise Unsettable(_first(error)) from None


def _first(error: BaseException) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0][:200]
