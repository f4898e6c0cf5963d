"""An address (a folder, ``s3://…``, whatever fsspec knows) → entries that many machines share, each a file.

An entry is sealed for the place of its name and key (AES-SIV, RFC 5297) with what comes of a secret: who does
not know it can read nothing there, and give nothing. Who knows it can read all, pages of internal sites too.
What does not answer is done without.
"""

from __future__ import annotations

from functools import cached_property
from hashlib import scrypt, sha256
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.ciphers.aead import AESSIV

_SEAL = 16
_MOST = 256 << 20
"""Bytes of one entry; more is none of ours."""


class AddressError(ValueError):
    """There can be no store at this address; the message says why, in Indonesian."""


class Counts(NamedTuple):
    """How many entries were taken and given, and of how many the seal was wrong."""

    taken: int = 0
    given: int = 0
    refused: int = 0

    def with_more(self, other: Counts) -> Counts:
        return Counts(*(one + more for one, more in zip(self, other, strict=True)))


class SharedStore:
    """Entries by name and key; ``counts`` tells of them, ``trouble`` why the store is no longer asked, "" as
    long as it is."""

    def __init__(self, address: str, secret: str = "") -> None:
        try:
            from fsspec.core import url_to_fs  # type: ignore[import-untyped]
        except ImportError as error:
            raise AddressError(
                "fsspec belum dipasang; pasang dengan: pip install 'sop-generator[cache]'"
            ) from error
        try:
            files, root = url_to_fs(address)
        except ImportError as error:
            raise AddressError(f"alamat '{address}' perlu paket lain: {error}") from error
        except (ValueError, TypeError) as error:
            raise AddressError(f"'{address}' bukan alamat simpanan: {error}") from error
        self._files: Any = files
        self._root, self._secret = root.rstrip("/"), secret.encode()
        self.counts, self.trouble = Counts(), ""
        self._sure: set[tuple[str, str]] = set()

    def get(self, name: str, key: str) -> bytes | None:
        """What is kept for this very name and key, if its seal says so."""
        if self.trouble:
            return None
        try:
            told: bytes = self._files.cat_file(f"{self._root}/{_place(name, key)}", end=_MOST + _SEAL + 1)
        except FileNotFoundError:
            return None
        except Exception as error:  # each kind of store fails in its own way
            self._lost(error)
            return None
        if (data := self.opened(_place(name, key), told)) is None:
            self.counts = self.counts.with_more(Counts(refused=1))
            return None
        self.counts = self.counts.with_more(Counts(taken=1))
        self._sure.add((name, key))
        return data

    def put(self, name: str, key: str, data: bytes) -> None:
        """Keep an entry, in place of what stands there."""
        if self.trouble:
            return
        place = _place(name, key)
        try:
            self._files.makedirs(f"{self._root}/{place}".rpartition("/")[0], exist_ok=True)
            self._files.pipe_file(f"{self._root}/{place}", self._cipher.encrypt(data, [place.encode()]))
        except Exception as error:  # as above
            self._lost(error)
            return
        self.counts = self.counts.with_more(Counts(given=1))
        self._sure.add((name, key))

    def sure(self, name: str, key: str) -> bool:
        """Whether this process has taken or given this entry."""
        return (name, key) in self._sure

    def opened(self, place: str, told: bytes) -> bytes | None:
        """What was sealed for a place of this store; None: of another secret or place, or damaged."""
        from cryptography.exceptions import InvalidTag  # as below

        try:
            return self._cipher.decrypt(told, [place.encode()]) if len(told) <= _MOST + _SEAL else None
        except InvalidTag:
            return None

    @cached_property
    def _cipher(self) -> AESSIV:
        """Made when something is first asked for: guessing a secret is made dear, 50 ms a guess."""
        from cryptography.hazmat.primitives.ciphers.aead import AESSIV  # where nothing is shared, not loaded

        return AESSIV(scrypt(self._secret, salt=b"sop simpanan 2", n=1 << 14, r=8, p=1, dklen=64))

    def _lost(self, error: Exception) -> None:
        self.trouble = f"{type(error).__name__}: {error}".splitlines()[0][:200]


def _place(name: str, key: str) -> str:
    told = sha256(f"{len(name)} {name} {key}".encode("utf-8", "surrogatepass")).hexdigest()
    return f"{told[:2]}/{told[2:]}"
