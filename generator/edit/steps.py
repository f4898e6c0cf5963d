"""Steps of an activity table as plain values → the ways out of them, and the operations that change these."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from msgspec import Struct

from generator.data.validate.read import like_id
from generator.data.validate.steps import BERIKUTNYA, RESERVED
from generator.data.writing.lines import Path
from generator.data.writing.operations import Operation, Put
from generator.flow.steps import SELESAI

Step = Mapping[str, Any]
_ID = 24
"""Letters of an id that is made of the words of a step."""


class Branch(Struct, frozen=True):
    """A way out of a decision: its label, and its target as the file writes it."""

    label: str
    target: Any = None


class Table(Struct, frozen=True):
    """An activity table of a file: where it stands, its columns and steps."""

    path: Path
    columns: tuple[str, ...]
    steps: tuple[Step, ...]

    def at(self, row: int, *rest: str | int) -> Path:
        """The path of a value of a step."""
        return (*self.path, "kegiatan", row, *rest)


def tables(values: Mapping[str, Any]) -> list[Table]:
    """The activity tables of a file."""
    several = values.get("alur")
    parts = several if isinstance(several, list) else [values]
    return [
        Table(
            path=("alur", n) if isinstance(several, list) else (),
            columns=tuple(listed(part.get("pelaksana"))),
            steps=tuple(step for step in part.get("kegiatan") or () if isinstance(step, Mapping)),
        )
        for n, part in enumerate(parts)
        if isinstance(part, Mapping)
    ]


def listed(value: Any) -> list[Any]:
    """A list, or the one value that stands for it."""
    return list(value) if isinstance(value, list) else [] if value is None else [value]


def symbols(step: Step) -> list[Step]:
    """The symbols of a step in its long form."""
    return [symbol for symbol in listed(step.get("simbol")) if isinstance(symbol, Mapping)]


def branches(step: Step) -> list[Branch]:
    """The ways out of a decision."""
    ways = step.get("keputusan")
    return [
        Branch(label, target)
        for label, found in (ways.items() if isinstance(ways, Mapping) else ())
        for target in (found if isinstance(found, list) else [found])
    ]


def grouped(found: Sequence[Branch]) -> dict[str, Any]:
    """The ways out of a decision as the file writes them."""
    ways: dict[str, list[Any]] = {}
    for branch in found:
        ways.setdefault(branch.label, []).append(branch.target)
    return {
        label: targets[0] if len(targets) == 1 else [target or BERIKUTNYA for target in targets]
        for label, targets in ways.items()
    }


def ids(values: Mapping[str, Any]) -> Iterator[str]:
    """All ids of steps and symbols of a file."""
    for table in tables(values):
        for step in table.steps:
            for one in (
                step,
                *(symbol for symbol in step.get("simbol") or () if isinstance(symbol, Mapping)),
            ):
                if one.get("id"):
                    yield str(one["id"])


def named(values: Mapping[str, Any], table: Table, row: int) -> tuple[str, list[Operation]]:
    """The id of a step, and the operation that gives it one where it has none."""
    own = table.steps[row].get("id")
    if own:
        return str(own), []
    taken = {*ids(values), *RESERVED}
    words = like_id(" ".join(str(table.steps[row].get("uraian") or "").split()[:3]))
    while len(words) > _ID and "-" in words:
        words = words.rpartition("-")[0]
    words = words[:_ID].strip("-")
    like = words if words[:1].isalpha() else f"langkah-{row + 1}"
    number, id = 2, like
    while id in taken:
        number, id = number + 1, f"{like}-{number}"
    return id, [Put(table.at(row, "id"), id)]


def row_of(table: Table, target: Any) -> int | None:
    """The row that a target names."""
    for row, step in enumerate(table.steps):
        if target and target in (step.get("id"), *(symbol.get("id") for symbol in symbols(step))):
            return row
    return None


def redirected(values: Mapping[str, Any], table: Table, row: int) -> list[Operation]:
    """The operations that lead whatever leads to a step to the one below it, or to the end."""
    step = table.steps[row]
    gone = {one.get("id") for one in (step, *symbols(step))} - {None}
    if not gone:
        return []
    last = row + 1 >= len(table.steps)
    other, found = (SELESAI, []) if last else named(values, table, row + 1)
    changed = [op for n in range(len(table.steps)) if n != row for op in exchanged(table, n, gone, other)]
    return [*found, *changed] if changed else []


def exchanged(table: Table, row: int, gone: set[Any], other: str) -> Iterator[Operation]:
    """The operations that lead the ways of a step to another id where they lead to one that is gone."""
    step = table.steps[row]
    parts: list[tuple[Path, Step]] = [((), step)]
    parts += [(("simbol", n), symbol) for n, symbol in enumerate(symbols(step))]
    for path, part in parts:
        for key in ("keputusan", "lanjut"):
            ways = part.get(key)
            if (new := without(ways, gone, other)) != ways:
                yield Put(table.at(row, *path, key), new)


def without(ways: Any, gone: set[Any], other: str) -> Any:
    """Ways of a step or symbol, led elsewhere where they lead to an id that is gone."""
    if isinstance(ways, Mapping) and ways.get("ke") in gone - {None}:
        return other
    if isinstance(ways, Mapping):
        return {label: without(target, gone, other) for label, target in ways.items()}
    if isinstance(ways, list):
        return [without(target, gone, other) for target in ways]
    return other if ways in gone else ways
