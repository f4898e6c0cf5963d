"""How structs of the open data say what their keys mean, in words and bounds that the schema publishes."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import Annotated, Any

from msgspec import Meta, Struct, defstruct

URI = Meta(extra_json_schema={"format": "uri-reference"})
Count = Annotated[int, Meta(ge=0)]
Length = Annotated[float, Meta(ge=0)]


class Told(Struct, frozen=True, forbid_unknown_fields=True):
    """Dasar semua catatan."""


def one_of(values: Iterable[StrEnum], words: str | None = None) -> Meta:
    return Meta(description=words, extra_json_schema={"enum": [value.value for value in values]})


def about(text: str) -> Meta:
    return Meta(description=text)


def struct_of(name: str, words: str, *fields: tuple[str, Any], base: type[Struct] = Told) -> type[Struct]:
    """A struct some of whose keys follow from the form."""
    return defstruct(name, fields, bases=(base,), namespace={"__doc__": words}, frozen=True, kw_only=True)


def text_or_lines(lines: bool) -> Any:
    """The type of a text, or of lines as printed."""
    return tuple[str, ...] if lines else str | None
