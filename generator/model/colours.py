"""A colour as ``#rrggbb`` → whether words can be read on it, and its shades.

Contrast as WCAG 2 reckons it: (lighter + 0.05) / (darker + 0.05) of the relative luminances.
"""

from __future__ import annotations

import re

READABLE = 4.5
"""Least contrast between words and what is behind them (WCAG 2, 1.4.3)."""
WHITE, BLACK = "#ffffff", "#000000"


def colour(text: str) -> str | None:
    """``#rrggbb`` of what people write: with or without ``#``, three digits or six; None for what is none."""
    digits = text.strip().removeprefix("#").lower()
    if re.fullmatch(r"[0-9a-f]{3}", digits):
        digits = "".join(digit * 2 for digit in digits)
    return f"#{digits}" if re.fullmatch(r"[0-9a-f]{6}", digits) else None


def mixed(one: str, other: str, share: float) -> str:
    """A colour with a share (0 to 1) of another in it."""
    parts = (round(a + (b - a) * share) for a, b in zip(_rgb(one), _rgb(other), strict=True))
    return "#" + "".join(f"{part:02x}" for part in parts)


def contrast(one: str, other: str) -> float:
    """Contrast of two colours, 1 to 21."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def faded(ground: str) -> str:
    """White words on a ground as the tabs of the site show them: a little of the ground comes through."""
    return mixed(WHITE, ground, 0.15)


def darkened(ground: str) -> str:
    """A ground, with as much black in it as lets white words on it be read."""
    shades = (mixed(ground, BLACK, step / 50) for step in range(51))
    return next(shade for shade in shades if contrast(faded(shade), shade) >= READABLE)


def until_readable(one: str, towards: str, ground: str, least: float = READABLE) -> str:
    """A colour with as little of another in it as makes it readable on a ground; else the other."""
    shades = (mixed(one, towards, step / 50) for step in range(51))
    return next((shade for shade in shades if contrast(shade, ground) >= least), towards)


def _rgb(one: str) -> tuple[int, int, int]:
    return int(one[1:3], 16), int(one[3:5], 16), int(one[5:7], 16)


def _luminance(one: str) -> float:
    red, green, blue = (_linear(part / 255) for part in _rgb(one))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)
