"""What a new tree begins with does not show: whatever the mirror holds, the tree is what was put there."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.build.exchange.standing import standing
from generator.build.exchange.work_tree import WorkTree, leave_mirror

NAMES = st.sampled_from(["a", "b", "a/x", "a/y", "b/c/d", "b/c", "a/x/z", "e/f"])
TREES = st.dictionaries(NAMES, st.binary(max_size=3), max_size=6).map(
    lambda files: {
        name: content
        for name, content in files.items()
        if not any(other.startswith(f"{name}/") for other in files)
    }
)


def write(folder: Path, files: dict[str, bytes]) -> None:
    folder.mkdir(parents=True)
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)


def read(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if not path.is_dir()
    }


def folders(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_dir()}


def fill(tree: WorkTree, old: Path, new: dict[str, bytes]) -> None:
    """Link what the old site has, write the rest; what the mirror has too is kept."""
    tree.match(dict(standing(old.as_posix())))
    for name, content in new.items():
        source = old / name
        same = source.is_file() and source.read_bytes() == content
        if same and tree.keep([name]):
            continue
        if same:
            tree.link(source.as_posix(), name)
        else:
            with tree.create(name) as file:
                file.write(content)
    tree.sweep()


@settings(deadline=None, max_examples=300)
@given(old=TREES, mirror=st.none() | TREES, new=TREES, shared=st.booleans())
def test_the_spare_does_not_show(
    old: dict[str, bytes], mirror: dict[str, bytes] | None, new: dict[str, bytes], shared: bool
) -> None:
    with tempfile.TemporaryDirectory() as name:
        top = Path(name)
        write(top / "old", old)
        if mirror is not None and shared:
            leave_mirror(None, top / "old", top / "mirror")
        elif mirror is not None:
            write(top / "mirror", mirror)
        fill(WorkTree(top / "new", top / "mirror"), top / "old", new)
        assert read(top / "new") == new
        wanted = {parent.as_posix() for name in new for parent in Path(name).parents} - {"."}
        assert folders(top / "new") == wanted
        assert read(top / "old") == old
        assert not (top / "mirror").exists()


def test_a_link_in_the_spare_leads_nowhere(tmp_path: Path) -> None:
    write(tmp_path / "elsewhere", {"x": b"mine"})
    write(tmp_path / "mirror", {})
    (tmp_path / "mirror" / "a").symlink_to(tmp_path / "elsewhere")
    (tmp_path / "mirror" / "b").symlink_to(tmp_path / "elsewhere" / "x")
    fill(WorkTree(tmp_path / "new", tmp_path / "mirror"), tmp_path / "old", {"a/x": b"new", "b": b"new"})
    assert read(tmp_path / "new") == {"a/x": b"new", "b": b"new"}
    assert not (tmp_path / "new" / "a").is_symlink()
    assert read(tmp_path / "elsewhere") == {"x": b"mine"}


def test_folders_with_other_rights_are_not_begun_with(tmp_path: Path) -> None:
    write(tmp_path / "old", {"a/x": b"1"})
    leave_mirror(None, tmp_path / "old", tmp_path / "mirror")
    os.chmod(tmp_path / "mirror" / "a", 0o700)
    fill(WorkTree(tmp_path / "new", tmp_path / "mirror"), tmp_path / "old", {"a/x": b"1"})
    assert (tmp_path / "new" / "a").stat().st_mode == (tmp_path / "old" / "a").stat().st_mode


def test_what_is_still_right_is_not_linked_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path / "old", {"a/x": b"1", "a/y": b"2"})
    leave_mirror(None, tmp_path / "old", tmp_path / "mirror")
    tree = WorkTree(tmp_path / "new", tmp_path / "mirror")
    linked: list[str] = []
    link = os.link

    def linking(a: str, b: str) -> None:
        linked.append(b)
        link(a, b)

    monkeypatch.setattr(os, "link", linking)
    (tmp_path / "old" / "a" / "y").unlink()
    (tmp_path / "old" / "a" / "y").write_bytes(b"3")
    fill(tree, tmp_path / "old", {"a/x": b"1", "a/y": b"3"})
    assert [Path(one).name for one in linked] == ["y"]
    assert read(tmp_path / "new") == {"a/x": b"1", "a/y": b"3"}


def test_the_replaced_site_is_the_next_spare(tmp_path: Path) -> None:
    write(tmp_path / "was", {"a": b"1"})
    write(tmp_path / "site", {"a": b"2"})
    write(tmp_path / "mirror", {"left": b""})
    leave_mirror(tmp_path / "was", tmp_path / "site", tmp_path / "mirror")
    assert read(tmp_path / "mirror") == {"a": b"1"}
    assert not (tmp_path / "was").exists()


def test_what_is_kept_leaves_room_for_nothing_else(tmp_path: Path) -> None:
    files = {"a/b": b"1", "c": b"2", "d/e/f": b"3"}
    write(tmp_path / "old", files)
    leave_mirror(None, tmp_path / "old", tmp_path / "mirror")
    os.unlink(tmp_path / "mirror" / "c")
    (tmp_path / "mirror" / "c").write_bytes(b"2")
    tree = WorkTree(tmp_path / "new", tmp_path / "mirror")
    tree.match(dict(standing((tmp_path / "old").as_posix())))
    assert not tree.keep(["a/b", "c"]), "another file of the same name"
    assert not tree.keep(["a/b", "x"])
    assert tree.keep(["a/b", "d/e/f"])
    assert not tree.keep(["a/b"])
    assert [tree.in_the_way(name) for name in ("a", "d/e", "a/b/x", "a/x")] == ["a/b", "d/e/f", "a/b", None]
    tree.sweep()
    assert read(tmp_path / "new") == {"a/b": b"1", "d/e/f": b"3"}
