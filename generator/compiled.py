"""Templates of Jinja → what they compile to, kept beside Python's own compiled modules, and by this process.

To compile those of our pages takes 0.2 s, those of the theme more. Where no file may be written, none is.
"""

from __future__ import annotations

import sys
from contextlib import suppress
from importlib.util import cache_from_source
from pathlib import Path

from jinja2 import FileSystemBytecodeCache
from jinja2.bccache import Bucket


class Compiled(FileSystemBytecodeCache):
    """``module`` is the file beside whose compiled form they are kept; ``sign`` stands for all that they
    compile to beside their own text: another leaves those of before."""

    def __init__(self, module: str, sign: str) -> None:
        super().__init__(str(Path(cache_from_source(module)).parent), f"templat-{sign}-%s.cache")
        self._known: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if (code := self._known.get(f"{bucket.key} {bucket.checksum}")) is not None:
            bucket.bytecode_from_string(code)
        else:
            super().load_bytecode(bucket)

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._known[f"{bucket.key} {bucket.checksum}"] = bucket.bytecode_to_string()
        if not sys.dont_write_bytecode:
            with suppress(OSError):
                super().dump_bytecode(bucket)
