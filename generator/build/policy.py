"""Page → the same page under a Content-Security-Policy; the policy of a site → header files for web servers.

No script, style or attribute runs that is not a file of the site itself: the few scripts that the engine
writes into its pages are named by their SHA-256, reckoned from the built bytes. Each page carries the policy
as a ``meta`` element, so that it holds on a plain file server too; header files say it as well (``headers``).
"""

from __future__ import annotations

import hashlib
import re
from base64 import b64encode
from collections.abc import Iterable

_SCRIPT = re.compile(
    r"<script\b((?:[^>\"']|\"[^\"]*\"|'[^']*')*)>(.*?)</script\s*>", re.DOTALL | re.IGNORECASE
)
_TYPE = re.compile(r"\btype\s*=\s*[\"']?([^\"'\s>]*)", re.IGNORECASE)
_SOURCE = re.compile(r"\bsrc\s*=", re.IGNORECASE)
_RUNS = {"", "module", "text/javascript", "application/javascript"}
_INLINE = r"(?i:<style\b|<[a-z][^\s/>]*[\s/](?:[^>\"']|\"[^\"]*\"|'[^']*')*?(?<![-\w])(?:style|on[a-z]+)\s*=)"
_ATTRIBUTES = (re.compile(r"style\s*="), re.compile(r"on[a-z]+\s*="))
"""How such attributes begin in small letters; patterns that begin with plain letters are found quickly."""
_ELEMENT = re.compile('<s(?:cript(?! src=")|tyle)')
_ACTS = re.compile(' on[a-z]+="')
_CHARSET = re.compile(r"<meta charset=[^>]*>", re.IGNORECASE)


class PolicyError(ValueError):
    """A page holds what the policy would forbid; the message names it, in Indonesian."""


def seal(name: str, page: str) -> tuple[str, set[str]]:
    """A page with the policy written into it, and the sources of its own scripts. ``name`` is the path of
    its file. Raises PolicyError for a page that styles or scripts its elements in place."""
    if _may_be_inline(page.lower()):
        _refuse_inline(name, page)
    own = script_hashes(page)
    meta = f'<meta http-equiv="Content-Security-Policy" content="{policy(own)}">'
    charset = _CHARSET.search(page)
    if charset is None:
        raise PolicyError(f"halaman {name} tidak menyebut 'meta charset' di kepalanya")
    return f"{page[: charset.end()]}{meta}{page[charset.end() :]}", own


def refuse_inline(name: str, html: str) -> None:
    """Raises PolicyError for a page of our templates (see ``tags``) that styles or scripts its elements in
    place. Nearly all are seen to do neither in a tenth of the time that ``seal`` takes."""
    if _ELEMENT.search(html) or ' style="' in html or _ACTS.search(html):
        if script_hashes(html):
            raise PolicyError(f"halaman {name} memuat skrip; pindahkan ke berkas JavaScript")
        _refuse_inline(name, html)


def _refuse_inline(name: str, html: str) -> None:
    if inline := re.search(_INLINE, _SCRIPT.sub("", html)):
        raise PolicyError(
            f"halaman {name} memakai gaya atau skrip di dalam unsurnya ({inline[0][:60]}…); "
            "pindahkan ke berkas CSS atau JavaScript"
        )


def header_policy(scripts: Iterable[str]) -> str:
    """The policy of a site as a header says it; ``scripts`` are the sources of the scripts of all pages."""
    return f"{policy(scripts)}; frame-ancestors 'none'"


def _may_be_inline(page: str) -> bool:
    """Whether a closer look is needed: false for nearly all pages, in a hundredth of the time."""
    found = (match.start() for pattern in _ATTRIBUTES for match in pattern.finditer(page))
    return "<style" in page or any(page[at - 1 : at] in "\t\n\f\r \"'/" for at in found)


def script_hashes(page: str) -> set[str]:
    """The sources ("'sha256-…'") of the scripts that stand in a page itself. Data blocks do not run and need
    none."""
    return {
        f"'sha256-{b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"
        for script in running_scripts(page)
    }


def running_scripts(page: str) -> list[str]:
    """The scripts that stand in a page itself and run."""
    return [
        script[2]
        for script in _SCRIPT.finditer(page)
        if not _SOURCE.search(script[1])
        and (kind[1].lower() if (kind := _TYPE.search(script[1])) else "") in _RUNS
    ]


def policy(hashes: Iterable[str]) -> str:
    """The policy that allows the site's own files and these scripts. The engine's sheets hold small
    pictures as data."""
    scripts = " ".join(["'self'", *sorted(hashes)])
    rules = {
        "default-src": "'none'",
        "script-src": scripts,
        "style-src": "'self'",
        "img-src": "'self' data:",
        "font-src": "'self'",
        "connect-src": "'self'",
        "manifest-src": "'self'",
        "form-action": "'self'",
        "base-uri": "'none'",
    }
    return "; ".join(f"{name} {value}" for name, value in rules.items())
