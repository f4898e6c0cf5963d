"""What a cell of a sheet can hold, and how its text is compared."""

from __future__ import annotations

import re

MAX_CELL = 32_767
"""Letters that a cell of Excel can hold."""
_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff\ufffe\uffff]")
"""Characters that no data file may hold."""


def fit(text: str) -> str:
    """A text without what no data file may hold."""
    return _UNFIT.sub("", text)


def clean(text: str) -> str:
    """A cell's text without what no data file may hold; lines kept, blanks at the ends not."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u00a0", " ").replace("\t", " ")
    return fit(plain).strip()
