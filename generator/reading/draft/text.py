"""A draft → the text of its file, each note as a ``# periksa:`` comment above the key that it is about.

Where a note stands is a matter of lines: a comment goes above the line that its key begins, or above the line
in which the list or mapping around it begins."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from generator.data.load import Items, MappingNode, Tree, load_text
from generator.data.writing.draft import file_text
from generator.reading.draft.draft import Draft
from generator.reading.draft.notes import Note
from generator.reading.understood import Words

MARK = "# periksa:"


def draft_text(draft: Draft, source: str) -> tuple[str, list[int]]:
    """The text of a draft's file, and for each of its notes the line on which it stands, from 1."""
    text = file_text(draft.form, head(draft, source))
    tree, _ = load_text(text, source)
    lines = text.split("\n")
    wanted = [(_line(tree, note.path, lines), n) for n, note in enumerate(draft.notes)]
    placed = [0] * len(draft.notes)
    for done, (line, n) in enumerate(sorted(wanted)):
        column = len(lines[line + done]) - len(lines[line + done].lstrip())
        lines.insert(line + done, f"{' ' * column}{MARK} {words(draft.notes[n])}")
        placed[n] = line + done + 1
    return "\n".join(lines), placed


def words(note: Note) -> str:
    """A note in one line."""
    other = f" ({'; '.join(note.other)})" if note.other else ""
    said = f"{note.said}{other}"
    return "".join(c if c.isprintable() else " " for c in said)


def head(draft: Draft, source: str) -> list[str]:
    """What stands at the top of a draft."""
    lines = [f"Draf dari {source}, belum diterima."]
    if draft.notes:
        lines += [
            f"{len(draft.notes)} hal perlu diperiksa; tiap hal ditandai 'periksa:' di atas isinya.",
            "Bandingkan dengan naskah, betulkan isinya bila salah, lalu hapus baris tandanya.",
        ]
    lines += [
        f"Sesudah itu: sop import --terima {draft.slug}",
        "Tanpa klasifikasi, SOP ini draf dan tidak terbit.",
    ]
    if draft.empty:
        lines.append(f"Kosong pada naskah: {', '.join(draft.empty)}.")
    if draft.spelled:
        lines.append("Peraturan yang ejaannya lain dalam daftar hukum; yang terbit ejaan daftar itu:")
        lines += [f"- {one} = {other}" for one, other in draft.spelled]
    if draft.left_over:
        lines += ["Teks yang tidak mendapat tempat:", *(f"- {_at(one)}{one.text}" for one in draft.left_over)]
    return lines


def _at(left: Words) -> str:
    """Where a text stands in the file."""
    if left.place is None:
        return ""
    return f"{left.place.named or f'halaman {left.place.page + 1}'}: "


def open_lines(text: str) -> list[tuple[int, str]]:
    """The notes that are still open in the text of a draft: line, and what is said."""
    return [
        (n, line.strip().removeprefix(MARK).strip())
        for n, line in enumerate(text.split("\n"), 1)
        if line.lstrip().startswith(MARK)
    ]


def _line(tree: Tree | None, path: Sequence[str | int], lines: Sequence[str]) -> int:
    """The line (from 0) above which a note about a path goes."""
    best = _first_key(lines)
    here: Any = tree
    for step in path:
        if isinstance(here, MappingNode) and isinstance(step, str):
            entry = here.entries.get(step)
            if entry is None:
                break
            where, here = entry.key.position, entry.value
        elif isinstance(here, Items) and isinstance(step, int) and step < len(here.items):
            here = here.items[step]
            where = here.position
        else:
            break
        if lines[where.line - 1][: where.column - 1].strip() in ("", "-"):
            best = where.line - 1
    return best


def _first_key(lines: Sequence[str]) -> int:
    return next((n for n, line in enumerate(lines) if line.strip() and not line.startswith("#")), 0)


def body(text: str) -> str:
    """The text of a draft without what its head says to whoever settles it."""
    lines = text.split("\n")
    first = _first_key(lines)
    kept = [line for line in lines[:first] if line.startswith("# yaml-language-server")]
    return "\n".join([*kept, *lines[first:]])
