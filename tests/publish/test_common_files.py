"""What the sites that one process makes have to the byte is one file, as long as that is as it was left."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from generator.build import tree as trees
from generator.build.memory import Memory
from generator.build.tree import Tree

NAME, CONTENT = "assets/situs.css", b"p {}\n"


@pytest.fixture(autouse=True)
def _nothing_known(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trees, "_COMMON", {})


def site(folder: Path, name: str, content: bytes = CONTENT) -> Path:
    """A site with one file, made aside and put in its place."""
    tree = Tree(folder / "aside" / name, folder / name, Memory(None))
    tree.add("tema", files=[(NAME, content)], common=True)
    assert list(tree.files()) == [NAME]
    tree.close()
    tree.folder.rename(folder / name)
    return folder / name / NAME


def test_the_same_file_is_linked(tmp_path: Path) -> None:
    first, second, third = (site(tmp_path, name) for name in "abc")
    assert len({path.stat().st_ino for path in (first, second, third)}) == 1
    assert not site(tmp_path, "d", b"p { color: red }\n").samefile(first)


@pytest.mark.parametrize("harm", ["edited", "touched", "gone", "linked elsewhere"])
def test_a_file_that_somebody_touched_is_not_linked(tmp_path: Path, harm: str) -> None:
    first = site(tmp_path, "a")
    match harm:
        case "edited":
            first.write_bytes(b"lain!\n")
        case "touched":
            os.utime(first, ns=(1, 1))
        case "gone":
            first.unlink()
        case _:
            first.rename(first.with_name("lain"))
            first.symlink_to("lain")
    second = site(tmp_path, "b")
    assert second.read_bytes() == CONTENT
    assert second.is_file()
    assert not second.is_symlink()
    assert not first.exists() or not second.samefile(first)
