"""Address → its QR code, as SVG and as PNG; reckoned once for all documents of an SOP."""

from __future__ import annotations

import io
from functools import lru_cache

import segno


@lru_cache(maxsize=4)
def _code(url: str) -> segno.QRCode:
    return segno.make(url, error="m", micro=False)


def svg_code(url: str) -> str:
    return str(_code(url).svg_inline(border=2, omitsize=True))


def png_code(url: str) -> bytes:
    made = io.BytesIO()
    _code(url).save(made, kind="png", scale=4, border=2)
    return made.getvalue()
