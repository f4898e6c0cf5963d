"""The guide panduan-revisi.md is held to the code: its commands run, in order, its options exist."""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from generator.cli import main

ROOT = Path(__file__).parents[2]
GUIDE = (ROOT / "generator" / "default" / "docs" / "panduan-revisi.md").read_text(encoding="utf-8")
BLOCKS = [line for block in re.findall(r"```\n(.*?)```", GUIDE, re.S) for line in block.splitlines()]
INLINE = re.findall(r"`(sop [^`]+|--[^`]+)`", GUIDE)
COMMANDS: dict[str, click.Command] = {
    name: found
    for name in main.list_commands(click.Context(main))
    if (found := main.get_command(click.Context(main), name))
}
OURS = ("new", "schema", "fmt", "revise", "diff", "review", "import", "export")


def options(command: str) -> set[str]:
    return {
        name for parameter in COMMANDS[command].params for name in parameter.opts if name.startswith("--")
    }


def test_every_command_of_the_guide_does_what_it_says_in_order(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(ROOT / "sop_data", tmp_path / "sop_data")
    monkeypatch.chdir(tmp_path)
    for line in BLOCKS:
        program, *args = shlex.split(line)
        assert program == "sop"
        result = CliRunner().invoke(main, args)
        assert result.exit_code == 0, (line, result.output)
        for found in re.findall(r"sop_data/(?:versi|draf)/\S+\.yml", GUIDE):
            assert Path(found).exists() or "revise" not in line
    assert Path("sop_data/sop/cuti-tahunan.yml").exists()
    assert Path("tinjau.ics").exists()
    assert Path("tukar/pembentukan-kim.yml").exists()


@pytest.mark.parametrize("said", INLINE)
def test_what_the_guide_names_in_passing_exists(said: str) -> None:
    words = shlex.split(said)
    if words[0] == "sop":
        assert words[1] in COMMANDS
        assert {word for word in words if word.startswith("--")} <= options(words[1])
    else:
        assert any(words[0] in options(command) for command in (*OURS, "check"))


def test_every_option_of_these_commands_is_in_the_guide() -> None:
    for command in OURS:
        assert f"sop {command}" in GUIDE
        missing = {name for name in options(command) - {"--help"} if name not in GUIDE}
        assert not missing, (command, missing)


def test_every_command_and_option_is_explained_in_help() -> None:
    for command in OURS:
        found = COMMANDS[command]
        assert found.help
        assert all(not isinstance(p, click.Option) or p.help for p in found.params)
