"""The Host of a request → whether it names this machine.

What is served here may be internal: a page of another site can let its own name lead to this machine, and
would be answered as if it were ours.
"""

from __future__ import annotations

import re
from collections.abc import Collection

LOOPBACK = frozenset({"localhost", "127.0.0.1", "[::1]"})
_PORT = re.compile(r":(\d+)$")


def names_this_machine(host: str, port: int | None = None, names: Collection[str] = LOOPBACK) -> bool:
    """Whether a Host is one of some names; with ``port``, at that port."""
    plain = host.strip().lower()
    found = _PORT.search(plain)
    told = int(found[1]) if found else 80
    return _PORT.sub("", plain) in names and (port is None or told == port)
