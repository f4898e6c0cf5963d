"""What all values have in common: frozen, and told as JSON knows it."""

from __future__ import annotations

from collections.abc import Collection
from functools import lru_cache
from typing import Any

import msgspec


class DataStruct(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Base of all values: frozen, given by the names of their fields; reading one from JSON refuses a key
    that is not a field."""


def stated(value: DataStruct, *, leave: Collection[str] = ()) -> dict[str, Any]:
    """What a value states, as JSON knows it (mappings, lists, texts): without what has its default, so that a
    new field shows nowhere until it is used, and without the fields named in ``leave``."""
    found = ((name, getattr(value, name), default) for name, default in _defaults(type(value)))
    return {name: _stated(own) for name, own, default in found if own != default and name not in leave}


def _stated(value: Any) -> Any:
    if value is None or type(value) is str:
        return value
    if isinstance(value, DataStruct):
        return stated(value)
    return [_stated(one) for one in value] if isinstance(value, tuple) else msgspec.to_builtins(value)


@lru_cache
def _defaults(kind: type[DataStruct]) -> tuple[tuple[str, Any], ...]:
    """The fields of a kind of value with their defaults; one without has what no value equals."""
    fields = msgspec.structs.fields(kind)
    return tuple(
        (f.name, f.default if f.default_factory is msgspec.NODEFAULT else f.default_factory()) for f in fields
    )
