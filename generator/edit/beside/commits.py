"""Files that were written, and who wrote them → a commit; files that are proposed → a branch.

Git itself does both. A branch is made without touching the working folder or what somebody has staged there;
where git has something against it, the files stand saved all the same, and its words are told.
"""

from __future__ import annotations

import os
import subprocess
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path

from msgspec import Struct

from generator.edit.fields import Refused

_LONGEST = 60
BRANCHES = "usulan"
_FORGET = ("rm", "--quiet", "--cached", "--ignore-unmatch")


class Author(Struct, frozen=True):
    """Who wrote, and who looked at it ("": nobody else)."""

    name: str
    reviewer: str = ""


class Log(Struct, frozen=True):
    """The repository that a data folder lies in."""

    top: Path

    def commit(self, paths: Iterable[Path], words: str, author: Author) -> None:
        """Commit files as they stand on the disk, or are gone from it, and nothing else. Raises ``Refused``
        with git's words."""
        named = {str(path.resolve()): path.exists() for path in paths}
        for path, there in named.items():
            self._git(*(("add",) if there else _FORGET), "--", path)
        staged = self._git("diff", "--cached", "--name-only", "-z", "--", *named).split("\0")
        if changed := [name for name in staged if name]:
            message = _message(words, author)
            self._git("commit", "--quiet", "--only", "--message", message, "--", *changed, author=author)

    def propose(self, name: str, files: Mapping[Path, bytes], words: str, author: Author) -> None:
        """Put files on a branch of their own, one commit after what is current. Raises ``Refused``."""
        branch, top = f"{BRANCHES}/{name}", self.top.resolve()
        head = self._git("rev-parse", "--verify", "--quiet", "HEAD", fail=False)
        with tempfile.TemporaryDirectory() as folder:
            index = {"GIT_INDEX_FILE": str(Path(folder) / "index")}
            self._git("read-tree", head or "--empty", env=index)
            for path, blob in files.items():
                id = self._git("hash-object", "-w", "--stdin", said=blob)
                place = path.resolve().relative_to(top).as_posix()
                self._git("update-index", "--add", "--cacheinfo", f"100644,{id},{place}", env=index)
            tree = self._git("write-tree", env=index)
        parents = ("-p", head) if head else ()
        made = self._git("commit-tree", tree, *parents, "-m", _message(words, author), author=author)
        self._git("update-ref", f"refs/heads/{branch}", made)

    def drop(self, name: str) -> None:
        """Take the branch of a proposal away, where there is one."""
        self._git("update-ref", "-d", f"refs/heads/{BRANCHES}/{name}", fail=False)

    def _git(
        self,
        *words: str,
        author: Author | None = None,
        said: bytes = b"",
        env: Mapping[str, str] | None = None,
        fail: bool = True,
    ) -> str:
        try:
            done = _run(self.top, words, said, {**_people(author), **(env or {})})
        except (OSError, subprocess.TimeoutExpired) as error:
            raise Refused(f"git tidak dapat dijalankan ({error})") from error
        if done.returncode and fail:
            raise Refused(f"git menolak: {done.stderr.decode('utf-8', 'replace').strip()}")
        return "" if done.returncode else done.stdout.decode("utf-8", "replace").strip()


def log_of(data: Path) -> Log | None:
    """The repository of a data folder; None where there is none, or no git."""
    try:
        done = _run(data, ("rev-parse", "--show-toplevel"), b"", {})
    except (OSError, subprocess.TimeoutExpired):
        return None
    top = done.stdout.decode("utf-8", "surrogateescape").strip()
    return Log(Path(top)) if done.returncode == 0 and top else None


def _run(
    folder: Path, words: tuple[str, ...], said: bytes, env: Mapping[str, str]
) -> subprocess.CompletedProcess[bytes]:
    clean = {key: value for key, value in os.environ.items() if not key.startswith("GIT_")}
    command = ["git", "-C", str(folder), "-c", "commit.gpgSign=false", *words]
    return subprocess.run(
        command,
        input=said,
        capture_output=True,
        check=False,
        timeout=_LONGEST,
        env={**clean, "GIT_TERMINAL_PROMPT": "0", "GIT_LITERAL_PATHSPECS": "1", "LC_ALL": "C.UTF-8", **env},
    )


def _people(author: Author | None) -> dict[str, str]:
    if author is None:
        return {}
    committer = author.reviewer or author.name
    found: dict[str, str] = {}
    for role, name in (("AUTHOR", author.name), ("COMMITTER", committer)):
        plain = "".join(sign for sign in name if sign not in "<>\n").strip() or "penyunting"
        found |= {f"GIT_{role}_NAME": plain, f"GIT_{role}_EMAIL": plain if "@" in plain else ""}
    return found


def _message(words: str, author: Author) -> str:
    """The subject, and below it who proposed and who looked at it."""
    subject = " ".join(words.split())[:72]
    if not author.reviewer:
        return subject
    return f"{subject}\n\nDiusulkan-oleh: {author.name}\nDiperiksa-oleh: {author.reviewer}\n"
