"""The policy of a site → header files for web servers, and back.

``_keamanan/<site>/nginx.conf`` and ``apache.conf`` beside the site (never inside the published tree) say
the policy as headers, with what only a header can say. Pictures and XML, which a browser shows with a sheet
of its own, run no script at all and may have style: ``nginx-berkas.conf``. Nobody may show a file of the site
in a frame but one kind of page, which is made for that: ``nginx-sematan.conf``. Sites of a portal stand
on one server, each under a policy of its own: ``nginx-lokasi.conf`` says what holds at the address of one.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from generator.formats.card import frame

HEADERS = "_keamanan"
"""Folder of the header files, beside the sites; in it a folder for each site."""
PLACE_FILE = "nginx-lokasi.conf"
HEADER_FILES = ("nginx.conf", "nginx-berkas.conf", "nginx-sematan.conf", "apache.conf", PLACE_FILE)
HEADER_MARK = b"# Ditulis oleh 'sop build'"
"""How each header file begins."""
FILES = r"\.(bpmn|xml|svg|png|jpe?g)$"
"""Names of the files that are opened as they are and stand under ``FILES_POLICY``."""
FILES_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; form-action 'none'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
FRAMED_POLICY = f"{frame.POLICY}; frame-ancestors *"
"""Of the pages that any site may show in a frame."""
_OTHERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
_TO_FRAMES = {"Cross-Origin-Resource-Policy": "cross-origin", "X-Frame-Options": ""}
"""What these say otherwise; "": do not say."""


def header_files(policy: str, at: str = "") -> dict[str, bytes]:
    """The header files of one site, by name; ``at``: its address on a server of several, as ``/dinkes/``."""
    name = "Content-Security-Policy"
    headers = {name: policy, **_OTHERS}
    framed = {**headers, name: FRAMED_POLICY, **_TO_FRAMES}
    kinds = {
        "nginx.conf": headers,
        "nginx-berkas.conf": {**headers, name: FILES_POLICY},
        "nginx-sematan.conf": {header: value for header, value in framed.items() if value},
    }
    intro = f"{HEADER_MARK.decode()}; berganti bila situs dibangun ulang. Sertakan, jangan salin.\n"
    said = {
        file: "".join(f'add_header {header} "{value}" always;\n' for header, value in told.items())
        for file, told in kinds.items()
    }
    found = {file: (intro + nginx).encode() for file, nginx in said.items()}
    if at:
        found[PLACE_FILE] = (intro + _place(at, *said.values())).encode()
    apache = "".join(f'Header always set {header} "{value}"\n' for header, value in headers.items())
    apache += f'Header always edit {name} ".*" "{FILES_POLICY}" "expr=%{{REQUEST_URI}} =~ m#{FILES}#"\n'
    for header in (name, *_TO_FRAMES):
        change = f'edit {header} ".*" "{framed[header]}"' if framed[header] else f"unset {header}"
        apache += f'Header always {change} "expr=%{{REQUEST_URI}} =~ m#{frame.NAMED}#"\n'
    return {**found, "apache.conf": (intro + apache).encode()}


def _place(at: str, pages: str, files: str, framed: str) -> str:
    """What nginx does at the address of one site of a portal. The server around it names ``$sop_hsts`` and
    ``$sop_simpan``, and where ``@sop`` and ``@sop_data`` lead."""
    more = "".join(
        f"add_header {header} {value} always;\n"
        for header, value in (("Strict-Transport-Security", "$sop_hsts"), ("Cache-Control", "$sop_simpan"))
    )
    missing = f"error_page 404 {at}404.html;\nlocation = {at}404.html {{ internal; }}\n"
    inner = [
        'location ~ "/[.]" { return 404; }\n',
        f'location ~ "^(?<sop>{at}sop/[^/]+/)versi/[0-9]+/$" {{ try_files ${{uri}}index.html @sop; }}\n',
        f'location ~ "^(?<sop_data>{at}data/sop/[^/]+)/[0-9]+[.]json$" {{ try_files $uri @sop_data; }}\n',
        f'location ~ "{frame.NAMED}" {{\n{framed}{more}}}\n',
        f'location ~ "{FILES}" {{\ntypes {{ image/svg+xml svg; image/png png; image/jpeg jpg jpeg; }}\n'
        "default_type application/xml;\n"
        'location ~ "/atom[.]xml$" { types { } default_type application/atom+xml; }\n'
        f"{files}{more}}}\n",
    ]
    return f"location {at} {{\n{missing}{pages}{more}{''.join(inner)}}}\n"


def headers_of(site: Path) -> Path:
    """The folder of the header files of a site; of one that stands among others, beside the folder of all."""
    site = site.absolute()
    among = site.parent.parent / HEADERS / site.parent.name / site.name
    return among if among.is_dir() else site.parent / HEADERS / site.name


def read_headers(site: Path) -> dict[str, bytes]:
    """The header files beside a site, by name; none where there are none. Raises OSError."""
    files = [path for path in (headers_of(site) / name for name in HEADER_FILES) if path.is_file()]
    return {path.name: path.read_bytes() for path in files}


def headers_digest(files: Mapping[str, bytes]) -> str:
    """One digest of all header files of a site."""
    parts = (hashlib.sha256(name.encode() + b"\0" + files[name]).digest() for name in sorted(files))
    return hashlib.sha256(b"".join(parts)).hexdigest()


def write_headers(files: Mapping[str, bytes], folder: Path, old: Path) -> None:
    """Write the header files of one site into a folder; one that says what it says in ``old``, which may be
    the same folder, is that file. Raises OSError."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        before = old / name
        if before.is_file() and not before.is_symlink() and before.read_bytes() == content:
            if old == folder:
                continue
            with suppress(OSError):  # another file system, or one without links
                os.link(before, folder / name)
                continue
        (folder / name).write_bytes(content)
