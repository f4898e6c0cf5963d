"""Path → what it stands for, where that is neither a file nor a folder: reading it could wait for ever.
What the system refused → why, in Indonesian."""

from __future__ import annotations

import errno
import os
from contextlib import suppress
from pathlib import Path
from stat import S_ISBLK, S_ISCHR, S_ISDIR, S_ISFIFO, S_ISREG, S_ISSOCK

_KINDS = ((S_ISFIFO, "pipa (FIFO)"), (S_ISSOCK, "soket"), (S_ISCHR, "perangkat"), (S_ISBLK, "perangkat"))
_WHY = {
    errno.EACCES: "tidak ada izin",
    errno.EPERM: "tidak ada izin",
    errno.ENOENT: "tidak ada",
    errno.EISDIR: "ini folder, bukan berkas",
    errno.ENOTDIR: "sebagian jalurnya bukan folder",
    errno.EEXIST: "sudah ada yang lain dengan nama itu",
    errno.ENAMETOOLONG: "namanya terlalu panjang",
    errno.ELOOP: "tautan yang berputar",
    errno.ENOSPC: "disk penuh",
    errno.EDQUOT: "jatah disk habis",
    errno.EROFS: "disk ini hanya dapat dibaca",
    errno.EIO: "disknya gagal membaca atau menulis",
    errno.ESTALE: "disk jaringannya terputus",
    errno.EBUSY: "sedang dipakai",
    errno.EMFILE: "terlalu banyak berkas terbuka",
    errno.ENFILE: "terlalu banyak berkas terbuka",
    errno.EADDRNOTAVAIL: "alamat itu bukan milik mesin ini",
}


def why(error: OSError) -> str:
    """What the system said, in Indonesian; words that are not the system's stay."""
    said = error.strerror or type(error).__name__
    number = error.errno or 0
    if said != os.strerror(number):
        return said
    return _WHY.get(number) or f"ditolak oleh sistem, kode {errno.errorcode.get(number, number)}"


def odd_kind(path: str | Path) -> str | None:
    """What a name stands for, links followed, in Indonesian; None for files and folders, or none."""
    with suppress(OSError):
        mode = os.stat(path).st_mode
        if not S_ISREG(mode) and not S_ISDIR(mode):
            return next((kind for holds, kind in _KINDS if holds(mode)), "berkas khusus")
    return None


def odd_words(path: Path) -> tuple[str, str]:
    """What is wrong with a name that is neither file nor folder, and its cure. What lies behind a link may
    change unseen, or belong to somebody else."""
    if kind := odd_kind(path):
        return f"bukan berkas biasa, melainkan {kind}", "pindahkan dari folder ini"
    return "tautan berkas (symlink) tidak diizinkan", "salin berkas atau folder yang dituju ke sini"
