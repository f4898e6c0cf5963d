"""Tree → the headings of a form, and which columns its tables have, + problems of form."""

from __future__ import annotations

from generator.data.load import MappingNode, Tree
from generator.data.validate.read import SHORT, Problems, error, items, one_of, suggest, text, too_much
from generator.form import LABELS
from generator.form.columns import CELLS, NUMBERED


def labels(tree: Tree, out: Problems) -> dict[str, str] | None:
    """Headings by key."""
    if not isinstance(tree, MappingNode):
        out.append(
            error(tree.position, "label harus berupa kelompok kunci", "misalnya label: {kegiatan: Aktivitas}")
        )
        return None
    values: dict[str, str] = {}
    for name, entry in tree.entries.items():
        if name not in LABELS:
            out.append(error(entry.key.position, f"label '{name}' tidak dikenal", suggest(name, LABELS)))
        elif (value := text(entry.value, out)) is not None:
            out += too_much(entry.value, SHORT)
            if name == NUMBERED and value.count("1") != 1:
                message = f"nomor kolom pertama tertulis '{value}'"
                out.append(error(entry.value.position, message, "tulis misalnya nomor_kolom: (1)"))
                continue
            values[name] = value
    return values


_KEYS = tuple(column.key for column in CELLS)


def columns(tree: Tree, out: Problems) -> tuple[str, ...] | None:
    """Columns right of the actors: each once, those of one heading side by side."""
    values = items(one_of(_KEYS))(tree, out)
    if values is None:
        return None
    if len(set(values)) < len(values):
        out.append(error(tree.position, "kolom ini disebut dua kali", "sebut tiap kolom satu kali"))
        return None
    grouped = [n for n, key in enumerate(values) if next(c for c in CELLS if c.key == key).group]
    if grouped and grouped[-1] - grouped[0] >= len(grouped):
        hint = f"tulis misalnya [{', '.join(_KEYS)}]"
        out.append(error(tree.position, "kolom di bawah Mutu Baku tidak berdampingan", hint))
        return None
    return values
