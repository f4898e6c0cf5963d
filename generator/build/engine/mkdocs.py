"""A staged folder → what MkDocs makes of it, in its folder ``site``.

``SOP_MESIN=properdocs`` lets ProperDocs do it, the fork that goes on where MkDocs ends; it answers to the
names of MkDocs, and makes the same bytes.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from errno import EDQUOT, ENOSPC
from pathlib import Path
from typing import Any

if os.environ.get("SOP_MESIN") == "properdocs":
    import properdocs.replacement  # noqa: F401 - from here on, what asks for mkdocs is given properdocs

from jinja2 import Environment
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.exceptions import Abort, MkDocsException
from mkdocs.theme import Theme

from generator.build.engine.errors import EngineError
from generator.compiled import Compiled
from generator.program import version_of


def run_mkdocs(config: Path) -> None:
    """Build one staged folder. A warning is an error: the site is whole or it is not made. Raises
    EngineError."""
    with _messages() as said, _fixed_date():
        try:
            settings = load_config(str(config), strict=True)
            _read_once(settings.theme)
            settings.plugins.on_startup(command="build", dirty=False)
            build(settings)
            settings.plugins.on_shutdown()
        except (Abort, MkDocsException, SystemExit) as error:
            raise EngineError(*said or [str(error)]) from error
        except Exception as error:  # a theme or an extension fails as it likes on odd settings
            if isinstance(error, OSError) and error.errno in (ENOSPC, EDQUOT):
                raise  # no fault of theirs
            what = (
                f"mesin situs tidak dapat memakai setelan atau halaman ini: {type(error).__name__}: {error}"
            )
            raise EngineError(*said, what) from error


_COMPILED = Compiled(__file__, f"mkdocs{version_of('mkdocs')}")
_NAMES: dict[tuple[str, ...], list[str]] = {}
"""The files of the theme by the folders where they are looked for: Material has 14,000 pictures."""


def _read_once(theme: Theme) -> None:
    """Let the sites of one process share what they read of the theme: half of what a small site costs."""
    make = theme.get_env

    def made() -> Environment:
        env = make()
        env.bytecode_cache = _COMPILED
        key, listed = (*theme.dirs, "", *sorted(theme.static_templates)), env.list_templates

        def names(*given: Any, **more: Any) -> list[str]:
            if key not in _NAMES:
                _NAMES[key] = listed(*given, **more)
            return _NAMES[key]

        env.list_templates = names  # type: ignore[method-assign]
        return env

    theme.get_env = made  # type: ignore[method-assign]


class _Said(logging.Handler):
    def __init__(self, said: list[str]) -> None:
        super().__init__(logging.WARNING)
        self.said = said

    def emit(self, record: logging.LogRecord) -> None:
        self.said.append(record.getMessage())


@contextmanager
def _messages() -> Iterator[list[str]]:
    """What MkDocs and its plugins warn of while the block runs."""
    said: list[str] = []
    handler = _Said(said)
    logs = [logging.getLogger(name) for name in ("mkdocs", "properdocs")]
    propagate = [log.propagate for log in logs]
    for log in logs:
        log.addHandler(handler)
        log.propagate = False
    try:
        yield said
    finally:
        for log, before in zip(logs, propagate, strict=True):
            log.removeHandler(handler)
            log.propagate = before


@contextmanager
def _fixed_date() -> Iterator[None]:
    """The engine writes dates into what it makes; they are to be the same on every day."""
    before = os.environ.get("SOURCE_DATE_EPOCH")
    os.environ["SOURCE_DATE_EPOCH"] = "0"
    try:
        yield
    finally:
        if before is None:
            del os.environ["SOURCE_DATE_EPOCH"]
        else:
            os.environ["SOURCE_DATE_EPOCH"] = before
