"""What is not written, and why. Loaded at every command: it imports nothing."""

from __future__ import annotations

from pathlib import Path


class NotWritten(Exception):
    """A file that is not written: which, why, and the way out."""

    def __init__(self, path: Path, message: str, hint: str) -> None:
        super().__init__(f"{path.as_posix()}: {message}")
        self.path, self.message, self.hint = path, message, hint
