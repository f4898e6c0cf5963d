"""Why a server of this machine cannot be opened, in words, and the way out."""

from __future__ import annotations

import errno
from socket import gaierror

from generator.data.files.plain import why


def refused(error: OSError, host: str, port: int, command: str) -> str:
    """Why ``sop <command>`` can answer at no such address."""
    if error.errno == errno.EADDRINUSE:
        return f"port {port} sedang dipakai, mungkin oleh '{command}' lain; hentikan itu, atau pakai --port 0"
    if error.filename is not None:
        return f"{error.filename} tidak dapat ditulis ({why(error)})"
    reason = "nama itu tidak dikenal" if isinstance(error, gaierror) else why(error)
    return f"halaman tidak dapat dibuka di {host}:{port} ({reason}); pilih --host atau --port lain"
