"""What the READMEs, here and in a new folder, tell people to type exists, and what they lead to is there."""

from __future__ import annotations

import re
from pathlib import Path

import click
import pytest

from generator.cli import main
from generator.program import DEFAULT

ROOT = Path(__file__).parents[2]
FILES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", DEFAULT / "baru" / "README.md"]


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.parent.name)
def test_every_command_and_option_exists(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    typed = re.findall(r"(?:^|`|/|\\)sop ([a-z]+)([^\n`·|#]*)", text, re.MULTILINE)
    for name, rest in typed:
        command = main.get_command(click.Context(main), name)
        assert command is not None, name
        options = {option for param in command.params for option in (*param.opts, *param.secondary_opts)}
        assert set(re.findall(r"--[a-z][a-z-]*", rest)) <= options, (name, rest)
    targets = re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    assert set(re.findall(r"(?:^|`)make ([a-z-]+)", text, re.MULTILINE)) <= set(targets)


@pytest.mark.parametrize("file", FILES[:2], ids=lambda file: file.name)
def test_every_link_leads_somewhere(file: Path) -> None:
    for address in re.findall(r"\]\(([^)#\s]+)[^)]*\)", file.read_text(encoding="utf-8")):
        assert address.startswith("https://") or (ROOT / address).exists(), address


def test_the_first_minute_says_that_sop_must_be_activated() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    table = text.index("## Sehari-hari")
    assert "source .venv/bin/activate" in text[:table]
    assert all(
        text.index("source .venv/bin/activate") < at.start() for at in re.finditer("^sop ", text, re.M)
    )


def test_the_readme_names_every_command() -> None:
    """But those for engineers, and what begins a folder of its own."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`sop ([a-z]+)", text))
    assert set(main.list_commands(click.Context(main))) - named <= {"flow"}
