"""Bytes → file, whole or not at all, and never outside the folder that it belongs to."""

from __future__ import annotations

import os
import re
import tempfile
from pathlib import Path

from generator.data.files.refused import NotWritten
from generator.data.validate.read import RESERVED_NAMES

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,199}", re.ASCII)


def file_in(folder: Path, *parts: str) -> Path:
    """The path of a file below a folder, to be written. Raises ``NotWritten`` where a part is no plain name,
    where a link on the way leads out of the folder, or where something else than a plain file is there."""
    path = folder.joinpath(*parts)
    for part in parts:
        if not _NAME.fullmatch(part) or part.partition(".")[0].casefold() in RESERVED_NAMES:
            hint = "pakai huruf, angka dan tanda hubung"
            raise NotWritten(path, f"'{part}' tidak dapat menjadi nama berkas", hint)
    if not lies_in(folder, path):
        message = f"tautan simbolik pada jalur berkas ini mengarah ke luar {folder.as_posix()}"
        raise NotWritten(path, message, "ganti tautan itu dengan folder biasa")
    return plain_file(path)


def plain_file(path: Path) -> Path:
    """The path, where a plain file is or can be. Raises ``NotWritten``."""
    if path.is_symlink():
        hint = "tulis ke berkas aslinya, atau hapus tautan itu"
        raise NotWritten(path, "ini tautan simbolik ke berkas lain", hint)
    if path.exists() and not path.is_file():
        raise NotWritten(path, "di tempat ini ada yang bukan berkas biasa", "pilih nama lain")
    return path


def new_file(path: Path) -> Path:
    """The path, where no other file has that name but for small and capital letters: on many machines they
    are one. Raises ``NotWritten``."""
    beside = os.listdir(path.parent) if path.parent.is_dir() else []
    for name in beside:
        if name != path.name and name.casefold() == path.name.casefold():
            message = f"sudah ada '{name}', yang di banyak komputer berkas yang sama"
            raise NotWritten(path, message, "ganti nama salah satunya")
    return path


def lies_in(folder: Path, path: Path) -> bool:
    """Whether a path, all links followed, ends in a folder or below it."""
    try:
        return path.parent.resolve().is_relative_to(folder.resolve())
    except RuntimeError:  # links in a circle
        return False


def write_whole(path: Path, data: bytes) -> None:
    """Write a file so that a reader, or a crash at any moment, meets the old bytes or the new ones."""
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        handle, name = tempfile.mkstemp(prefix=f".{path.name[:40]}.", suffix=".baru", dir=path.parent)
    except OSError as error:  # nobody knows the name that it would have had
        raise OSError(error.errno, error.strerror, path.as_posix()) from error
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        os.chmod(name, path.stat().st_mode & 0o777 if path.exists() else 0o644)
        os.replace(name, path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
