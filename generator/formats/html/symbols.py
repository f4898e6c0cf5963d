"""The five symbols of the official form as small pictures, for the page that explains them."""

from __future__ import annotations

from markupsafe import Markup

_SHAPES = {
    "kapsul": ("Kapsul", '<rect x="6" y="12" width="68" height="26" rx="13"/>'),
    "kotak": ("Kotak", '<rect x="6" y="10" width="68" height="30"/>'),
    "belah-ketupat": ("Belah ketupat", '<path d="M40 4 74 25 40 46 6 25z"/>'),
    "panah": ("Anak panah", '<path d="M6 25H64"/><path class="isi" d="M74 25 62 20v10z"/>'),
    "segilima": ("Segilima", '<path d="M24 8H56V28L40 44 24 28z"/>'),
}


def symbol_svg(name: str) -> Markup:
    """One symbol by its name in the form; KeyError for a name that the form does not know."""
    title, shape = _SHAPES[name]
    return Markup(
        f'<svg class="simbol" viewBox="0 0 80 50" width="80" height="50" role="img" '
        f'aria-label="{title}">{shape}</svg>'
    )
