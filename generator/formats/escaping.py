"""Text and lengths → HTML and SVG as plain strings, where thousands of them are written.

Most texts have nothing to escape, and a ``Markup`` for each takes half of the time of a page.
"""

from __future__ import annotations

import re
from functools import lru_cache

from markupsafe import escape

_MARKUP = re.compile("[&<>'\"]")


def escaped(text: str) -> str:
    """The text, escaped for an element or an attribute."""
    return str(escape(text)) if _MARKUP.search(text) else text


@lru_cache(maxsize=1 << 14)
def length_text(length: float) -> str:
    """A length to two places, without zeros that say nothing; the same ones come again and again."""
    text = f"{length:.2f}".rstrip("0").rstrip(".")
    return text if text != "-0" else "0"
