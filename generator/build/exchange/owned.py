"""Where sites are to stand → whether what stands there may be replaced.

A folder is ours only by our mark, the manifest of an earlier build, and only as far as that lists its files:
replacing it deletes all that is in it.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice, permutations
from pathlib import Path

import msgspec
from msgspec import Struct

from generator.build.exchange.standing import Stands, standing
from generator.build.headers import HEADER_FILES, HEADER_MARK
from generator.build.memory import MANIFEST
from generator.data.catalogue import Audience

_TOLD = 5
"""So many names are told."""


class ForeignFolder(RuntimeError):
    """A folder that is not ours to replace; the message says why and what to do, in Indonesian."""


class _Mark(Struct):
    """What of a manifest tells that it is ours, and whose site it lists."""

    program: str
    untuk: str
    berkas: dict[str, str]


def real_folder(named: Path) -> Path:
    """Where a folder lies, links followed: a link stays, and what it leads to is replaced. Raises
    ForeignFolder."""
    try:
        real = named.resolve()
    except (OSError, RuntimeError) as error:
        raise ForeignFolder(f"{named.as_posix()} adalah tautan yang tidak berujung\n  {_WAY_OUT}") from error
    if os.path.ismount(real):
        raise ForeignFolder(
            f"{named.as_posix()}/ adalah pangkal disk sendiri (titik mount), yang tidak dapat ditukar\n"
            f"  saran: pasang disk itu di folder atasnya, atau jadikan {named.name} tautan ke folder di sana"
        )
    if named.is_symlink() and not real.is_dir():
        raise ForeignFolder(
            f"{named.as_posix()} adalah tautan ke {real.as_posix()}, folder yang tidak ada\n"
            "  saran: buat folder itu, atau hapus tautannya"
        )
    return real


def refuse_sources(real: Path, named: Path, sources: Iterable[Path], cache: Path | None) -> None:
    """A site may neither take the place of what it is made from nor lie in it. Raises ForeignFolder."""
    for source in (*sources, *((cache,) if cache else ())):
        lies = source.resolve()
        if lies.is_relative_to(real):
            raise ForeignFolder(
                f"{named.as_posix()}/ memuat {source.as_posix()}, yang dibaca build; situs akan menggantinya"
                f"\n  {_WAY_OUT}"
            )
        if real.is_relative_to(lies) and source is not cache:
            raise ForeignFolder(
                f"{named.as_posix()}/ ada di dalam {source.as_posix()}/, yang dibaca build; "
                f"situs akan terbaca sebagai sumbernya\n  {_WAY_OUT}"
            )


def refuse_nested(reals: Mapping[Path, Path]) -> None:
    """No site may lie in another one, or in the place of another; ``reals`` are where folders lie by their
    names. Raises ForeignFolder."""
    for (named, real), (other, lies) in permutations(reals.items(), 2):
        if real.is_relative_to(lies):
            raise ForeignFolder(
                f"{named.as_posix()}/ dan {other.as_posix()}/ adalah satu folder, atau yang satu di dalam "
                "yang lain\n  saran: betulkan tautannya; tiap situs memerlukan folder sendiri"
            )
    for named, real in reals.items():
        if above := next((one for one in real.parents if _mark(one)), None):
            raise ForeignFolder(
                f"{named.as_posix()}/ ada di dalam situs yang sudah terbit, {above.as_posix()}/\n  {_WAY_OUT}"
            )


def refuse_foreign_site(real: Path, named: Path, audience: Audience) -> Stands:
    """A site may take the place of an older one of its audience and of nothing; gives what stands there.
    Raises ForeignFolder."""
    known: set[str] = set()
    if mark := _mark(real):
        known = {MANIFEST, *mark.berkas}
        if mark.untuk != audience:
            raise ForeignFolder(
                f"{named.as_posix()}/ berisi situs untuk pembaca lain ({mark.untuk})\n  {_WAY_OUT}"
            )
    _refuse_file(real, named)
    there = dict(standing(real.as_posix()))
    if found := _told(name for name in there if name not in known):
        why = (
            "berkas yang bukan buatan 'sop build'"
            if mark
            else f"berkas, tetapi bukan situs buatan 'sop build' (tidak bertanda {MANIFEST})"
        )
        raise ForeignFolder(
            f"{named.as_posix()}/ berisi {why}: {found}; build akan menghapusnya\n"
            "  saran: pindahkan berkas itu, atau pilih folder lain dengan --out"
        )
    return there


def refuse_foreign_headers(real: Path, named: Path, site: Path) -> None:
    """The same of the header files of a site. Raises ForeignFolder."""
    ours = _mark(site) is not None

    def foreign(name: str) -> bool:
        path = real / name
        if name not in HEADER_FILES or path.is_symlink() or not path.is_file():
            return True
        return not ours and bool(text := path.read_bytes()) and not text.startswith(HEADER_MARK)

    _refuse_file(real, named)
    if found := _told(filter(foreign, (name for name, _ in standing(real.as_posix())))):
        raise ForeignFolder(
            f"{named.as_posix()}/ berisi berkas yang bukan buatan 'sop build': {found}; "
            "build akan menghapusnya\n  saran: pindahkan berkas itu, atau pilih folder lain dengan --out"
        )


_WAY_OUT = "saran: pilih folder lain dengan --out"


def _mark(real: Path) -> _Mark | None:
    path = real / MANIFEST
    try:
        if path.is_symlink() or not path.is_file():
            return None
        mark = msgspec.json.decode(path.read_bytes(), type=_Mark)
    except (OSError, ValueError, RecursionError):  # nested too deep
        return None
    return mark if mark.program.startswith("sop-generator ") else None


def _refuse_file(real: Path, named: Path) -> None:
    if os.path.lexists(real) and not real.is_dir():
        raise ForeignFolder(f"{named.as_posix()} bukan folder\n  {_WAY_OUT}")


def _told(found: Iterator[str]) -> str:
    """The first of some names; "" if there is none."""
    first = list(islice(found, _TOLD + 1))
    return ", ".join(sorted(first[:_TOLD])) + (", …" if len(first) > _TOLD else "")
