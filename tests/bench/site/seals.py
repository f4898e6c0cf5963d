"""Number of an agency + its colour → a seal as agencies have them: shield, ears of rice and cotton, star,
ribbon with the name, a sign of its own; as SVG, or as PNG as big as from a scanner."""

from __future__ import annotations

import math
from io import BytesIO

from PIL import Image, ImageDraw

GOLD, WHITE, GREEN = "#c9a227", "#ffffff", "#3b6d2a"
_SHAPES = (
    "M60 6 112 22v54c0 36-28 56-52 66C36 132 8 112 8 76V22z",
    "M60 6 112 44 92 140H28L8 44z",
    "M14 10h92v78c0 30-24 46-46 54-22-8-46-24-46-54z",
    "M60 6a54 66 0 0 1 0 134 54 66 0 0 1 0-134z",
)
_SIGNS = (
    "M53 44h14v14h14v14H67v14H53V72H39V58h14z",
    "M36 52c10-6 18-4 24 2 6-6 14-8 24-2v32c-10-6-18-4-24 2-6-6-14-8-24-2z",
    "M36 74c2-14 6-20 12-20h24c6 0 10 6 12 20zm6 4a6 6 0 1 0 12 0m12 0a6 6 0 1 0 12 0",
    "M60 88V60m-10-2a10 10 0 0 1 20 0m-28 0a18 18 0 0 1 36 0m-44 0a26 26 0 0 1 52 0",
    "M38 46h44v40H38zm6 8h14v14H44zm20 2h12m-12 8h12m-32 12h32",
    "M60 86 40 66c-8-14 10-24 20-10 10-14 28-4 20 10z",
    "M34 84c10-10 16-10 26 0s16 10 26 0M42 70l18-26 18 26z",
    "M60 90V56m0 12c-14 0-18-8-18-18 12 0 18 6 18 18m0-6c12 0 16-8 16-16-10 0-16 6-16 16",
    "M60 44c16 8 20 24 6 42-18-4-22-26-6-42zm0 0v46",
    "M36 86V62l24-16 24 16v24zm16 0V70h16v16",
    "M40 86V52h40v34zm8-26h8m8 0h8m-24 12h8m8 0h8M60 52V42",
    "m60 42 22 8v16c0 12-12 20-22 24-10-4-22-12-22-24V50z",
)


def svg_seal(number: int, colour: str, name: str) -> str:
    """The seal as a drawing."""
    ears = "".join(
        f'<ellipse cx="{x:.1f}" cy="{y:.1f}" rx="5" ry="2.4" fill="{fill}" '
        f'transform="rotate({turn:.0f} {x:.1f} {y:.1f})"/>'
        for x, y, turn, fill in _wreath()
    )
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 120 146">'
        f'<path d="{_SHAPES[number % len(_SHAPES)]}" fill="{colour}" stroke="{GOLD}" stroke-width="5"/>'
        f'{ears}<path d="{_star(60, 24, 9)}" fill="{GOLD}"/>'
        f'<path d="{_SIGNS[number % len(_SIGNS)]}" fill="none" stroke="{WHITE}" stroke-width="4" '
        'stroke-linejoin="round" stroke-linecap="round"/>'
        f'<path d="M14 106h92l-6 9 6 9H14l6-9z" fill="{WHITE}" stroke="{GOLD}" stroke-width="2"/>'
        '<text x="60" y="119" text-anchor="middle" font-family="sans-serif" font-weight="bold" '
        f'font-size="10" fill="{colour}">{name}</text></svg>\n'
    )


def png_seal(number: int, colour: str, size: int = 600) -> bytes:
    """A seal as a picture with nothing behind it."""
    picture = Image.new("RGBA", (size, size), (0, 0, 0, 0))
    draw, unit = ImageDraw.Draw(picture), size / 120
    draw.ellipse((2, 2, size - 3, size - 3), fill=colour, outline=GOLD, width=size // 30)
    for x, y, _, fill in _wreath():
        draw.ellipse([unit * v for v in (x - 4, y - 12, x + 4, y - 6)], fill=fill)
    points = [unit * v for v in _points(60, 56, 26, 4 + number % 5)]
    draw.polygon(points, fill=WHITE, outline=GOLD, width=size // 90)
    kept = BytesIO()
    picture.save(kept, "PNG")
    return kept.getvalue()


def _wreath() -> list[tuple[float, float, float, str]]:
    """Ears of rice on the left, cotton on the right: place, turn and colour."""
    found = []
    for step in range(9):
        angle = math.radians(110 + step * 14)
        for side, fill in ((1, GOLD), (-1, WHITE if step % 2 else GREEN)):
            x, y = 60 + side * 36 * math.cos(angle), 68 + 36 * math.sin(angle)
            found.append((x, y, side * (math.degrees(angle) + 60), fill))
    return found


def _points(x: float, y: float, radius: float, corners: int) -> list[float]:
    """A star's corners, one after the other."""
    found: list[float] = []
    for number in range(2 * corners):
        reach, angle = radius if number % 2 == 0 else radius * 0.45, math.pi * (number / corners - 0.5)
        found += (x + reach * math.cos(angle), y + reach * math.sin(angle))
    return found


def _star(x: float, y: float, radius: float) -> str:
    corners = _points(x, y, radius, 5)
    pairs = zip(corners[::2], corners[1::2], strict=True)
    return "M" + "L".join(f"{left:.1f} {top:.1f}" for left, top in pairs) + "z"
