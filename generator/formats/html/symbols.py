"""The symbols of the form as small pictures, for the page that explains them."""

from __future__ import annotations

from typing import assert_never

from markupsafe import Markup

from generator.figure.outline import At, corners
from generator.form.symbols import ARROW, BY_WORD, FormSymbol, Polygon, Rectangle

_CENTRE: At = (40, 25)
_HALF: At = (34, 21)
"""What a picture is drawn about, and half of what it may fill, px."""
_HEAD = 12


def symbol_svg(word: str) -> Markup:
    """One symbol by its word in the form; KeyError for one that the form does not know."""
    name, drawn = (ARROW.name, _arrow()) if word == ARROW.word else _symbol(BY_WORD[word])
    return Markup(
        f'<svg class="simbol" viewBox="0 0 80 50" width="80" height="50" role="img" '
        f'aria-label="{name}">{drawn}</svg>'
    )


def _symbol(form: FormSymbol) -> tuple[str, str]:
    """Its name and its outline, as large as there is room for."""
    (x, y), scale = _CENTRE, min(room / half for room, half in zip(_HALF, form.half, strict=True))
    w, h = (half * scale for half in form.half)
    match form.outline:
        case Rectangle(rounded=rounded):
            rx = f' rx="{h:.4g}"' if rounded else ""
            box = f'x="{x - w:.4g}" y="{y - h:.4g}" width="{2 * w:.4g}" height="{2 * h:.4g}"'
            return form.name, f"<rect {box}{rx}/>"
        case Polygon() as polygon:
            way = "L".join(f"{u:.4g} {v:.4g}" for u, v in corners(polygon, (x, y), (w, h)))
            return form.name, f'<path d="M{way}z"/>'
        case outline:
            assert_never(outline)


def _arrow() -> str:
    (x, y), half = _CENTRE, _HEAD * ARROW.slender
    left, tip = x - _HALF[0], x + _HALF[0]
    back = tip - _HEAD
    head = f"M{tip} {y}L{back} {y - half:.4g}V{y + half:.4g}z"
    return f'<path d="M{left} {y}H{back}"/><path class="isi" d="{head}"/>'
