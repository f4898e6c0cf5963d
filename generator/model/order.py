"""Names → the order in which people look for them."""

from __future__ import annotations

import re
from functools import lru_cache

_DIGITS = re.compile(r"([0-9]+)")


@lru_cache(maxsize=1 << 16)  # of all SOPs, several times
def natural(text: str) -> tuple[str | tuple[int, str], ...]:
    """A key that puts "Layanan 2" before "Layanan 10", capitals or not."""
    pieces = _DIGITS.split(text.casefold())
    return tuple(_number(piece) if at % 2 else piece for at, piece in enumerate(pieces))


def _number(digits: str) -> tuple[int, str]:
    """As numbers are compared, however long."""
    plain = digits.lstrip("0")
    return len(plain), plain
