"""Whether a page has documents to offer."""

from __future__ import annotations

from enum import StrEnum


class Offer(StrEnum):
    """They lie beside the page, they were not asked for, or they cannot be made, which must be said."""

    THERE = "ada"
    NONE = "tidak diminta"
    FAILED = "gagal"
