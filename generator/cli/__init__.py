"""The command line: ``sop``. One module a command, loaded when it is called; this one only names them."""

from __future__ import annotations

import gc
import sys
from importlib import import_module
from typing import Any

import click

from generator.cli.language import OPTIONS, SUBCOMMAND, file_trouble, speak_indonesian
from generator.data.files.refused import NotWritten

speak_indonesian()

_COMMANDS = {
    "book": "publish.documents",
    "build": "publish.build",
    "check": "data.check",
    "diff": "versions.diff",
    "docx": "publish.documents",
    "edit": "publish.edit",
    "export": "data.tables",
    "flow": "publish.flow",
    "fmt": "data.fmt",
    "health": "data.health",
    "import": "data.imports",
    "init": "data.init",
    "new": "data.new",
    "pdf": "publish.documents",
    "poster": "publish.documents",
    "review": "versions.review",
    "revise": "versions.revise",
    "sahkan": "versions.sahkan",
    "schema": "data.schema",
    "serve": "publish.serve",
    "upgrade": "data.upgrade",
    "verify": "publish.verify",
}
"""The module of each command; its function has the name of the command, ``import`` an underscore more."""


class _Commands(click.Group):
    """Loading all commands would take longer than most of them do."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; a file that cannot be written or read ends it in words, whatever command it is."""
        try:
            return super().invoke(ctx)
        except NotWritten as error:
            raise click.ClickException(f"{error}\n  saran: {error.hint}") from error
        except BrokenPipeError:
            raise
        except OSError as error:
            raise click.ClickException(file_trouble(error)) from error

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _COMMANDS:
            return None
        module = import_module(f"generator.cli.{_COMMANDS[cmd_name]}")
        found: click.Command = getattr(module, "import_" if cmd_name == "import" else cmd_name)
        found.options_metavar = OPTIONS
        return found


@click.group(
    cls=_Commands,
    options_metavar=OPTIONS,
    subcommand_metavar=SUBCOMMAND,
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.version_option(package_name="sop-generator", prog_name="sop")
def main() -> None:
    """Dari data SOP ke halaman resmi: periksa, bangun, dan lihat."""
    gc.set_threshold(500_000, 20, 20)  # what is read stays: looking for garbage took half of the reading
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
