"""Sites whose pages are not what their data would have → a notice at the head of every one of their pages.

The pages are the last good ones and stay so to the byte: what says it is one rule at the end of a style sheet
that all of them have. Whoever builds the site anew finds another file there and puts back its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from generator.portal.standing import State, put

SHEET = "assets/situs.css"
_MARK = b"\n/* portal */\n"
_WORDS: Mapping[State, str] = {
    State.TERTAHAN: "Data instansi ini sedang dibetulkan. Halaman ini keadaan terakhirnya yang baik, "
    "belum memuat perubahan sesudahnya.",
    State.TIADA: "Instansi ini tidak lagi ada di portal. Halaman ini keadaan terakhirnya.",
}
_RULE = (
    'body::before {{ content: "{0}"; display: block; padding: 0.5rem 0.8rem; background: #fff3cd; '
    "color: #1b1f24; font-size: 0.75rem; font-weight: 700; text-align: center; }}\n"
)


def own_sheet(content: bytes) -> bytes:
    """The sheet without what is said here."""
    return content.partition(_MARK)[0]


def say_on_pages(sites: Iterable[Path], state: State) -> None:
    """Let all pages of these sites say how they stand; nothing where there is nothing to be said."""
    for site in sites:
        file = site / SHEET
        if not file.is_file() or file.is_symlink():
            continue
        own = own_sheet(file.read_bytes())
        words = _WORDS.get(state)
        put(file, own + _MARK + _RULE.format(words).encode() if words else own)
