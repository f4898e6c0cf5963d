"""An address of a site that two sources want → words that name both of them.

Neither is published: which of the two a reader would get must not depend on the order of the work.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import combinations
from pathlib import Path, PurePosixPath

from generator.data.catalogue import Catalogue

RESERVED = ("assets/", "404.html", "sitemap.xml", "sitemap.xml.gz")
"""What the site engine and its theme write, and the folder that they write it in."""


def built(staged: str) -> str:
    """The file that the site engine makes of a staged one."""
    folder, _, name = staged.rpartition("/")
    stem, _, ending = name.rpartition(".")
    if ending != "md":
        return staged
    inside = folder if stem in ("index", "README") else f"{folder}/{stem}".strip("/")
    return f"{inside}/index.html".strip("/")


def shadows(staged: Iterable[str], docs: Path) -> Iterator[str]:
    """Words on hand-written files, by their paths in ``docs``, that come to an address of one another or of
    the engine."""
    files: dict[str, str] = {}
    for name in staged:
        place, address = (docs / name).as_posix(), built(name)
        if (other := files.setdefault(address, place)) != place:
            yield _said(place, address, other)
        if address.startswith(RESERVED[0]) or address in RESERVED:
            yield _said(place, address, "berkas tampilan situs sendiri")
    for one, other in combinations(sorted(files), 2):
        if other.startswith(f"{one}/"):
            yield _said(files[one], other, files[other])


def shadow(name: str, other: str, catalogue: Catalogue, docs: Path, data: Path) -> str:
    """Words on two files of a site that cannot both be: of one name, or one below the other."""
    places = [_written(one, docs) for one in (name, other)]
    if places[0] is None:
        places.reverse()
        name, other = other, name
    mine = places[0] or _made(name, catalogue, data)
    yours = _made(other, catalogue, data) if places[0] else places[1] or _made(other, catalogue, data)
    return _said(mine, other, yours)


def _said(place: str, address: str, other: str) -> str:
    return f"{place}: alamatnya di situs ({address}) sudah dipakai {other}\n  saran: ganti nama salah satunya"


def _written(address: str, docs: Path) -> str | None:
    """The hand-written file that comes to this address."""
    path = PurePosixPath(address)
    names = [address]
    if path.name == "index.html":
        above = path.parent.as_posix()
        names = [f"{above}.md", f"{above}/index.md", f"{above}/README.md"]
    return next(((docs / name).as_posix() for name in names if (docs / name).is_file()), None)


def _made(address: str, catalogue: Catalogue, data: Path) -> str:
    """What is made from data at this address, and where that stands."""
    kind, _, rest = address.partition("/")
    id = rest.partition("/")[0]
    if kind == "sop" and id in catalogue.sop:
        return f"{address}, yang dibuat dari {(data / 'sop' / id).as_posix()}.yml"
    registers = {"unit": catalogue.unit, "pelaksana": catalogue.pelaksana, "hukum": catalogue.hukum}
    if id in registers.get(kind, ()):
        return f"{address}, yang dibuat dari '{id}' di {(data / kind).as_posix()}.yml"
    if (logo := catalogue.instansi.logo) and address == f"berkas/{logo}":
        return f"logo {(data / logo).as_posix()}"
    return f"{address}, yang dibuat 'sop build' dari {data.as_posix()}/"
