"""A read-in draft → the page with the pictures of what it was read from, and where on it a doubt is."""

from __future__ import annotations

import base64
import hashlib
import re
from functools import lru_cache
from html import unescape
from pathlib import Path

from generator.edit.session import Session

_ALONE = "sandbox; default-src 'none'; img-src data:; style-src 'sha256-{}'; frame-ancestors 'self'"
"""Its policy: pictures and a sheet of its own, nothing that acts, shown only beside our form."""
_DOUBT = re.compile(r'<li id="(hal-\d+)"[^>]*>\s*<h3>(?:<span[^>]*>[^<]*</span>)?([^<]*)</h3>')


def read_in_page(session: Session) -> Path | None:
    """The page that ``sop import`` left beside the draft."""
    path = session.path.with_name(f"{session.slug}.periksa.html")
    return path if session.room == "draf" and path.is_file() and not path.is_symlink() else None


def policy(html: bytes) -> str:
    """What such a page may do."""
    sheet = re.search(rb"<style>(.*?)</style>", html, re.DOTALL)
    return _ALONE.format(base64.b64encode(hashlib.sha256(sheet[1] if sheet else b"").digest()).decode())


def doubt_places(session: Session) -> dict[str, str]:
    """The ids of the doubts on the page by their words."""
    path = read_in_page(session)
    return {} if path is None else _places(path, path.stat().st_mtime_ns)


@lru_cache(maxsize=16)
def _places(path: Path, changed: int) -> dict[str, str]:
    html = path.read_text(encoding="utf-8", errors="replace")
    return {" ".join(unescape(words).split()): id for id, words in _DOUBT.findall(html)}


def shown_at(words: str, places: dict[str, str]) -> str:
    """The id of a doubt; in the draft its words may go on with what else it might be."""
    plain = " ".join(words.split())
    return places.get(max((said for said in places if plain.startswith(said)), key=len, default=""), "")
