"""How open an SOP is. Imports nothing: whom a site is for is known before any SOP is read."""

from __future__ import annotations

from enum import StrEnum


class Klasifikasi(StrEnum):
    """Who may read an SOP (UU 14/2008): only what says ``publik`` is ever published."""

    PUBLIK = "publik"
    INTERNAL = "internal"
    DIKECUALIKAN = "dikecualikan"
