"""Output folders → folders beside them in which sites are made, held by one build at a time."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from urllib.parse import unquote

from generator.build.exchange.swap import remove
from generator.build.order import BuildError
from generator.hold import HeldElsewhere, alone

_WORK, OLD = ".sop-build-", "lama-"


def base_of(real: Path, top: Path) -> Path:
    """Where what comes to a folder is made: in the output folder, if it lies there, else beside it."""
    return top if real.is_relative_to(top) else real.parent


@contextmanager
def held_alone(bases: Iterable[Path]) -> Iterator[None]:
    """Hold folders in which sites are made; what killed builds left there is cleared away."""
    with ExitStack() as stack:
        for base in sorted(bases):
            stack.enter_context(alone(base))
            clear(base)
        yield


def busy(error: HeldElsewhere) -> BuildError:
    """What is said where another build holds a folder."""
    return BuildError(f"{error}/ sedang diisi build lain; tunggu sampai selesai")


@contextmanager
def work_in(base: Path) -> Iterator[Path]:
    """A folder to make sites in, beside where they will stand; gone when the build ends."""
    work = Path(tempfile.mkdtemp(prefix=_WORK, dir=base))
    try:
        yield work
    finally:
        remove(work)


def clear(base: Path) -> None:
    """Clear away what killed builds left; an old site that one had moved aside is put back first."""
    for left in sorted(base.glob(f"{_WORK}*")):
        if left.is_symlink():
            continue
        for old in left.glob(f"*/{OLD}*"):
            if not (site := base / unquote(old.name.removeprefix(OLD))).exists():
                old.rename(site)
        remove(left)
