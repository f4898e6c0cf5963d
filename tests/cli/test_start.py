"""What a command loads before it does anything."""

from __future__ import annotations

import subprocess
import sys

import click
import pytest

from generator.cli import _COMMANDS, main

HEAVY = {
    "aiohttp",
    "docx",
    "fontTools",
    "generator.build.site",
    "jinja2",
    "lxml",
    "mkdocs",
    "openpyxl",
    "pyhanko",
    "rapidfuzz",
    "typst",
    "watchfiles",
}
"""What takes longer to load than most commands take to run."""
LIBRARIES = {name for name in HEAVY if "." not in name} - {"jinja2", "typst"} | {
    "asyncio",
    "icalendar",
    "numpy",
    "PIL",
    "pypdfium2",
    "starlette",
    "wasmtime",
}
"""What is loaded where a command does its work; several name Jinja for what they may write."""


def test_the_list_of_commands_says_what_each_says_itself() -> None:
    context = click.Context(main)
    for name, (_, words) in _COMMANDS.items():
        command = main.get_command(context, name)
        assert command is not None
        assert command.get_short_help_str(10_000) == words


@pytest.mark.parametrize("words", [("--help",), ("--version",), ("check", "--help")])
def test_a_start_loads_nothing_heavy(words: tuple[str, ...]) -> None:
    program = (
        "import atexit, sys\n"
        "atexit.register(lambda: print(*sys.modules, sep='\\n', file=sys.stderr))\n"
        "import generator.__main__ as program\n"
        "program.run()\n"
    )
    done = subprocess.run([sys.executable, "-c", program, *words], capture_output=True, text=True, check=True)
    loaded = set(done.stderr.split())
    assert "click" in loaded
    assert not loaded & HEAVY


@pytest.mark.parametrize("name", sorted(_COMMANDS.keys() - {"edit", "export", "import"}))
def test_a_command_that_says_what_it_is_loads_no_library_of_its_work(name: str) -> None:
    program = (
        "import sys\n"
        "from generator.cli import main\n"
        f"main(['{name}', '--help'], prog_name='sop', standalone_mode=False)\n"
        "print(*sys.modules, sep='\\n', file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    loaded = {module.partition(".")[0] for module in done.stderr.split()}
    assert "click" in loaded
    assert not loaded & LIBRARIES


def test_documents_load_no_site() -> None:
    program = "import sys, generator.cli.publish.documents\nprint(*sys.modules, sep='\\n')"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert not {"generator.build.site", "mkdocs", "lxml"} & set(done.stdout.split())
