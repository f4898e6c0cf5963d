"""What a person does on the page, as values that it sends as JSON. One act is one step of undo."""

from __future__ import annotations

from msgspec import Struct


class Act(Struct, frozen=True, tag_field="laku", forbid_unknown_fields=True):
    """What all acts are."""


class SetText(Act, frozen=True, tag="isi"):
    path: list[str | int]
    value: str


class AddStep(Act, frozen=True, tag="langkah-baru"):
    table: int
    at: int


class RemoveStep(Act, frozen=True, tag="langkah-hapus"):
    table: int
    row: int


class MoveStep(Act, frozen=True, tag="langkah-pindah"):
    table: int
    row: int
    to: int


class SplitStep(Act, frozen=True, tag="langkah-pecah"):
    table: int
    row: int
    first: str
    second: str


class SetActors(Act, frozen=True, tag="pelaksana"):
    table: int
    row: int
    actors: list[str]


class SetDecision(Act, frozen=True, tag="keputusan"):
    table: int
    row: int
    on: bool


class SetMerged(Act, frozen=True, tag="gabung"):
    """The cell of a step in a column becomes one with that above, or one of its own."""

    table: int
    row: int
    column: str
    on: bool


class SetCells(Act, frozen=True, tag="kolom-isi"):
    """The columns right of the actors, from the left."""

    columns: list[str]


class Target(Struct, frozen=True, forbid_unknown_fields=True):
    """Where a way leads: a row, another SOP, the end, nowhere that the paper says (``loose``), where it led
    (``keep``) or (none of them) the next step; among the symbols of a row also another of them, or one
    elsewhere by its id."""

    row: int | None = None
    sop: str | None = None
    end: bool = False
    loose: bool = False
    symbol: int | None = None
    id: str | None = None
    keep: bool = False


class SymbolForm(Struct, frozen=True, forbid_unknown_fields=True):
    """One of several symbols of a row; ``was``: which one it was, if any; ``joined``: by a joint line to the
    one above it (None: as it was)."""

    shape: str
    actors: list[str]
    text: str = ""
    ways: list[tuple[str, Target]] = []
    onward: Target = Target()
    was: int | None = None
    joined: bool | None = None


class SetSymbols(Act, frozen=True, tag="simbol"):
    table: int
    row: int
    symbols: list[SymbolForm]


class AddSymbol(Act, frozen=True, tag="simbol-baru"):
    table: int
    row: int


class SetBranch(Act, frozen=True, tag="cabang"):
    """A branch of a decision gets a label and a target; one more where ``number`` is that of no branch.
    ``dashed``: how its line is drawn (None: as it was)."""

    table: int
    row: int
    number: int
    label: str
    target: Target
    dashed: bool | None = None


class RemoveBranch(Act, frozen=True, tag="cabang-hapus"):
    table: int
    row: int
    number: int


class SetOnward(Act, frozen=True, tag="lanjut"):
    table: int
    row: int
    target: Target
    dashed: bool | None = None


class AddColumn(Act, frozen=True, tag="kolom-baru"):
    table: int
    name: str


class MoveColumn(Act, frozen=True, tag="kolom-pindah"):
    table: int
    at: int
    to: int


class RemoveColumn(Act, frozen=True, tag="kolom-hapus"):
    table: int
    at: int


class AddItem(Act, frozen=True, tag="butir-baru"):
    """A law or a related SOP by its name."""

    box: str
    name: str


class MoveItem(Act, frozen=True, tag="butir-pindah"):
    box: str
    at: int
    to: int


class RemoveItem(Act, frozen=True, tag="butir-hapus"):
    box: str
    at: int


class SetUnit(Act, frozen=True, tag="unit"):
    name: str


AnyAct = (
    SetText | AddStep | RemoveStep | MoveStep | SplitStep | SetActors | SetDecision | SetBranch | RemoveBranch
    | SetOnward | SetSymbols | AddSymbol | AddColumn | MoveColumn | RemoveColumn | AddItem | MoveItem
    | RemoveItem | SetUnit | SetMerged | SetCells
)  # fmt: skip
