"""Page → the same page under a Content-Security-Policy; the policy of a site → header files for web servers.

No script, style or attribute runs that is not a file of the site itself: the few scripts that the engine
writes into its pages are named by their SHA-256, reckoned from the built bytes. Each page carries the policy
as a ``meta`` element, so that it holds on a plain file server too; ``_keamanan/<site>/nginx.conf`` and
``apache.conf`` beside the site (never inside the published tree) say it as headers, with what only a header
can say. Pictures and XML, which a browser shows with a sheet of its own, run no script at all and may have
style: ``nginx-berkas.conf``.
"""

from __future__ import annotations

import hashlib
import re
from base64 import b64encode
from collections.abc import Iterable
from pathlib import Path

HEADERS = "_keamanan"
"""Folder of the header files, beside the sites; in it a folder for each site."""
HEADER_FILES = ("nginx.conf", "nginx-berkas.conf", "apache.conf")
HEADER_MARK = b"# Ditulis oleh 'sop build'"
"""How each header file begins."""
_SCRIPT = re.compile(
    r"<script\b((?:[^>\"']|\"[^\"]*\"|'[^']*')*)>(.*?)</script\s*>", re.DOTALL | re.IGNORECASE
)
_TYPE = re.compile(r"\btype\s*=\s*[\"']?([^\"'\s>]*)", re.IGNORECASE)
_SOURCE = re.compile(r"\bsrc\s*=", re.IGNORECASE)
_RUNS = {"", "module", "text/javascript", "application/javascript"}
_INLINE = re.compile(
    r"<style\b|<[a-z][^\s/>]*[\s/](?:[^>\"']|\"[^\"]*\"|'[^']*')*?(?<![-\w])(?:style|on[a-z]+)\s*=",
    re.IGNORECASE,
)
_ATTRIBUTES = (re.compile(r"style\s*="), re.compile(r"on[a-z]+\s*="))
"""How such attributes begin in small letters; patterns that begin with plain letters are found quickly."""
_CHARSET = re.compile(r"<meta charset=[^>]*>", re.IGNORECASE)
FILES = r"\.(bpmn|xml|svg|png|jpe?g)$"
"""Names of the files that are opened as they are and stand under ``FILES_POLICY``."""
FILES_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; form-action 'none'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
_OTHERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}


class PolicyError(ValueError):
    """A page holds what the policy would forbid; the message names it, in Indonesian."""


def seal(name: str, page: str) -> tuple[str, set[str]]:
    """A page with the policy written into it, and the sources of its own scripts. ``name`` is the path of
    its file. Raises PolicyError for a page that styles or scripts its elements in place."""
    if _may_be_inline(page.lower()) and (inline := _INLINE.search(_SCRIPT.sub("", page))):
        raise PolicyError(
            f"halaman {name} memakai gaya atau skrip di dalam unsurnya ({inline[0][:60]}…); "
            "pindahkan ke berkas CSS atau JavaScript"
        )
    own = script_hashes(page)
    meta = f'<meta http-equiv="Content-Security-Policy" content="{policy(own)}">'
    charset = _CHARSET.search(page)
    if charset is None:
        raise PolicyError(f"halaman {name} tidak menyebut 'meta charset' di kepalanya")
    return f"{page[: charset.end()]}{meta}{page[charset.end() :]}", own


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


def header_files(policy: str) -> dict[str, bytes]:
    """``nginx.conf``, ``nginx-berkas.conf`` and ``apache.conf`` of one site, by name."""
    name = "Content-Security-Policy"
    headers = {name: policy, **_OTHERS}
    intro = f"{HEADER_MARK.decode()}; berganti bila situs dibangun ulang. Sertakan, jangan salin.\n"
    found = {}
    for file, told in (("nginx.conf", headers), ("nginx-berkas.conf", {**headers, name: FILES_POLICY})):
        nginx = "".join(f'add_header {header} "{value}" always;\n' for header, value in told.items())
        found[file] = (intro + nginx).encode()
    apache = "".join(f'Header always set {header} "{value}"\n' for header, value in headers.items())
    apache += f'Header always edit {name} ".*" "{FILES_POLICY}" "expr=%{{REQUEST_URI}} =~ m#{FILES}#"\n'
    return {**found, "apache.conf": (intro + apache).encode()}


def headers_of(site: Path) -> Path:
    """The folder of the header files of a site; of one that stands among others, beside the folder of all."""
    site = site.absolute()
    among = site.parent.parent / HEADERS / site.parent.name / site.name
    return among if among.is_dir() else site.parent / HEADERS / site.name


def read_headers(site: Path) -> dict[str, bytes]:
    """The header files beside a site, by name; none where there are none. Raises OSError."""
    files = [path for path in (headers_of(site) / name for name in HEADER_FILES) if path.is_file()]
    return {path.name: path.read_bytes() for path in files}


def write_headers(policy: str, folder: Path) -> None:
    """Write the header files of one site."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in header_files(policy).items():
        (folder / name).write_bytes(content)
