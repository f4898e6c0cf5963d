"""Value → SHA-256 of all that it holds; those of an SOP are known from when it was read."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from functools import partial
from typing import Any
from weakref import ref

import msgspec
from msgspec.structs import replace

from generator.model.sop import SOP
from generator.model.values import DataStruct

_SOP = msgspec.json.Decoder(SOP)
_KNOWN: dict[int, tuple[ref[SOP], bytes, bytes]] = {}
"""By the identity of an SOP, which is frozen, for as long as it is held somewhere."""


def digest_of(value: DataStruct) -> bytes:
    """The digest of a value: two of one kind have the same only if they are equal."""
    known = _KNOWN.get(id(value))
    return known[1] if known else _digest(value, msgspec.json.encode(value))


def sop_from_json(text: bytes, less: bytes = b"") -> SOP:
    """An SOP from the JSON that it came to, with its digest; ``less`` is that of the same SOP without what
    lists do not show, if it is known. Raises ValueError."""
    sop = _SOP.decode(text)
    _KNOWN[id(sop)] = ref(sop, partial(_forget, id(sop))), _digest(sop, text), less
    return sop


def digest_of_less(sop: SOP, without: Mapping[str, Any]) -> bytes:
    """The digest of an SOP ``without`` what lists do not show."""
    known = _KNOWN.get(id(sop))
    return known[2] if known and known[2] else digest_of(replace(sop, **without))


def _digest(value: DataStruct, text: bytes) -> bytes:
    return hashlib.sha256(type(value).__name__.encode() + text).digest()


def _forget(key: int, _: ref[SOP]) -> None:
    _KNOWN.pop(key, None)
