"""A ZIP file that is joined of an earlier one is the one that is made at once."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest

from generator.formats.open_data.joined import Earlier, Section, joined
from generator.formats.open_data.pieces import entry_of

Files = list[tuple[str, bytes]]


def at_once(sections: dict[str, Files]) -> bytes:
    """As Python writes it."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        for files in sections.values():
            for name, content in files:
                packed.writestr(entry_of(name), content)
    return out.getvalue()


def some(rng: Random, name: str) -> Files:
    return [
        (f"data/{name}/é-{number}.txt", bytes(rng.choices(b"ab\n", k=rng.choice((0, 3, 5000)))))
        for number in range(rng.randrange(4))
    ]


@pytest.mark.parametrize("seed", range(20))
def test_any_change_comes_to_the_bytes_of_python(seed: int, tmp_path: Path) -> None:
    rng = Random(seed)
    sections = {name: some(rng, name) for name in "abcdef"}
    path, known = tmp_path / "u.zip", list[Section]()
    for number in range(5):
        asked = list[str]()

        had = {section.key for section in known}
        made = list[Section]()
        earlier = Earlier(path, known) if known else None
        parts = [(name, _told(name, files, asked)) for name, files in sections.items()]
        data = b"".join(joined(parts, earlier, made))
        assert data == at_once(sections)
        assert asked == [name for name in sections if name not in had]
        path.write_bytes(data)
        known = made
        names = [*sections]
        rng.shuffle(names)
        sections = {name: sections[name] for name in names[1:]} | {f"n{number}": some(rng, f"n{number}")}


def _told(name: str, files: Files, asked: list[str]) -> Iterator[tuple[str, bytes]]:
    """The files; that they are asked for is noted."""
    asked.append(name)
    yield from files


@pytest.mark.parametrize("more", [0, 1])
def test_more_files_than_the_old_way_can_tell(more: int) -> None:
    sections = {str(number): [(f"{number}-{one}", b"") for one in range(257)] for number in range(255)}
    sections["x"] = [("x", b"")] * more
    data = b"".join(joined(sections.items(), None, []))
    assert data == at_once(sections)
    with zipfile.ZipFile(io.BytesIO(data)) as found:
        assert len(found.namelist()) == 0xFFFF + more


def test_an_earlier_file_that_is_too_short_is_told(tmp_path: Path) -> None:
    made = list[Section]()
    path = tmp_path / "u.zip"
    path.write_bytes(b"".join(joined([("a", [("a", b"x" * 900)])], None, made))[:20])
    with pytest.raises(ValueError, match="shorter"):
        list(joined([("a", [])], Earlier(path, made), []))


def test_what_lies_too_far_is_told(tmp_path: Path) -> None:
    path = tmp_path / "u.zip"
    path.write_bytes(b"")
    known = [Section("a", 0, (1 << 32) - 1, 0)]
    with pytest.raises(ValueError, match="4 GiB"):
        list(joined([("a", [])], Earlier(path, known), []))
