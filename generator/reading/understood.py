"""What is understood of a file: identity blocks and charts, a doubt beside each thing that may be wrong.

As drawn, never as meant: a line to the wrong symbol stays there, and the doubt says what may be meant."""

from __future__ import annotations

from msgspec import Struct

from generator.form.columns import COLUMNS
from generator.reading.seen import Box, Point

FIELDS = tuple(column.key for column in COLUMNS if column.key != "no")
KINDS = ("start", "end", "process", "decision")


class Place(Struct, frozen=True, order=True):
    """Where on the file something stands: page counted from 0, and its box there."""

    page: int
    box: Box
    named: str = ""
    """What a person calls it ("Lembar1!C7"); empty: page and box say it."""


class Doubt(Struct, frozen=True):
    """One thing that a person should look at: what was read, why it may be wrong, what else it could be."""

    about: str
    """Id of a symbol ("s3"), of a line ("s3>s4"), of a cell ("2:waktu" by row and field), or of a part."""
    said: str
    place: Place
    else_: tuple[str, ...] = ()


class Words(Struct, frozen=True):
    """A text that was read, and where. ``shared``: it stands in one cell merged over several rows."""

    text: str
    place: Place | None = None
    shared: bool = False


class Symbol(Struct, frozen=True):
    """A symbol in a row under an actor, in the words of ISO 5807 and of the neutral shape."""

    id: str
    row: int
    actor: int
    kind: str
    place: Place
    text: str = ""
    name: str = ""
    description: str = ""


class Edge(Struct, frozen=True):
    source: str
    target: str
    label: str = ""
    points: tuple[Point, ...] = ()
    page: int = 0
    headless: bool = False


class Row(Struct, frozen=True):
    """A step of the table as it stands there; texts by field."""

    no: str
    cells: dict[str, Words]
    place: Place
    heading: str = ""
    """A heading between steps that stands above this one."""


class Chart(Struct, frozen=True):
    """One flowchart, which may run over several pages."""

    title: str
    actors: tuple[str, ...]
    rows: tuple[Row, ...]
    symbols: tuple[Symbol, ...]
    edges: tuple[Edge, ...]
    joint: tuple[tuple[str, str], ...] = ()
    headings: dict[str, str] = {}
    """Headings of columns as written, by field."""
    groups: tuple[str, ...] = ()
    """For each actor the heading above it, where it has one ("BPS Provinsi")."""
    doubts: tuple[Doubt, ...] = ()
    notes: tuple[str, ...] = ()
    """Texts below the table that belong to it."""
    marks: bool = False
    """Its symbols are marks or names in cells: nothing says how lines run between them."""


class Identity(Struct, frozen=True):
    """The identity block: fields by key, lists by box, and the letterhead."""

    values: dict[str, Words] = {}
    boxes: dict[str, tuple[Words, ...]] = {}
    kop: tuple[str, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    page: int = 0
    empty: tuple[str, ...] = ()
    """Keys whose label stands there with nothing in its field."""
    rest: tuple[Words, ...] = ()
    """Texts of the block that belong to no label."""
    top: float = 0.0
    """Where on its page it begins, if a page may hold several."""


class Reading(Struct, frozen=True):
    """All that is understood of one file, and what found no place in it."""

    file: str
    door: str
    identities: tuple[Identity, ...]
    charts: tuple[Chart, ...]
    doubts: tuple[Doubt, ...] = ()
    left_over: tuple[Words, ...] = ()
    """Texts that reached neither a chart nor an identity block."""
    fingerprint: str = ""
    """Of our own SOP that the file says it was made from, or the beginning of it."""
