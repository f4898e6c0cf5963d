"""The page for the next engineer names only what is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PAGE = (ROOT / "docs" / "arsitektur.md").read_text(encoding="utf-8")
ROWS = [row for row in PAGE.split("## Where to change what")[1].split("\n") if row.startswith("| ")][1:]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.split("|")[1].strip()[:40])
def test_where_to_look_is_there(row: str) -> None:
    folder = ROOT
    for name in re.findall(r"`([\w./]+)`", row.split("|")[2]):
        path = ROOT / name if name.startswith("generator/") else folder / name
        assert path.exists(), name
        folder = path if path.is_dir() else path.parent


def test_every_room_stands_in_the_table() -> None:
    rooms = {path.name for path in (ROOT / "generator").iterdir() if (path / "__init__.py").is_file()}
    assert rooms == set(re.findall(r"^\| `(\w+)/` \|", PAGE, re.MULTILINE))


def test_modules_named_in_the_text_are_there() -> None:
    for name in re.findall(r"`((?:\w+/)+\w+\.py)`", PAGE):
        assert any((base / name).is_file() for base in (ROOT, ROOT / "generator")), name
