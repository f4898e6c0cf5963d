"""Built tree + what it was built from → ``MANIFEST.json``; published tree + manifest → what differs.

A manifest knows no more than its site does: the hashes of the data are those of the audience's own catalogue,
not of the files, so that neither a name nor a guess at a name can be tested against it.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeVar

import msgspec
from msgspec import Struct

from generator.build.headers import read_headers
from generator.build.memory import MANIFEST as MANIFEST
from generator.build.tree import Tree
from generator.data.audience import Audience
from generator.data.catalogue import Catalogue
from generator.data.files.inputs import read_file
from generator.data.lexicon import whole_lexicon
from generator.data.registers import files_with_shared
from generator.program import version_of
from generator.search.index import lexicon_of, read_pages
from generator.site.settings import shared_settings, site_logo
from generator.site.stage import own_pages, shown_files

HASH = "hash "
"""How the notes of a tree on the hashes of SOPs begin."""
LEXICON = "leksikon"
"""Name of the note on the hash of what the lexicon says of the words of the site."""
_SIGNED = "naskah/"


Form = TypeVar("Form", bound="_Data")


class ManifestError(ValueError):
    """A manifest that is not there or cannot be read; the message is in Indonesian."""


class Manifest(Struct, frozen=True):
    """SHA-256 of each file of a site by its path, of each header file beside it, and of each piece of data
    that the site was made from; ``audience`` and ``day`` are what the build was asked for."""

    audience: Audience
    day: date | None
    data: Mapping[str, str]
    files: Mapping[str, str]
    headers: Mapping[str, str]


class Differences(Struct, frozen=True):
    """Names that a manifest lists and nobody has any more, that have another hash, and that it does not
    list; sorted."""

    missing: tuple[str, ...]
    changed: tuple[str, ...]
    extra: tuple[str, ...]

    def names(self) -> tuple[str, ...]:
        """All of them."""
        return self.missing + self.changed + self.extra

    def __bool__(self) -> bool:
        return bool(self.names())


def write_manifest(
    tree: Tree,
    catalogue: Catalogue,
    headers: Mapping[str, bytes],
    *,
    data: Path,
    docs: Path,
    config: Path,
    day: date | None,
) -> None:
    """Write the manifest of a finished tree; ``catalogue`` is that of its audience, ``headers`` its
    header files. Nothing may be written into the tree after it."""
    files = tree.files()
    known = {f"sop/{slug}": hash for slug, hash in tree.notes(HASH)}
    known |= {name: hash for name, hash in files.items() if name.startswith(_SIGNED)}
    (lexicon,) = (hash for _, hash in tree.notes(LEXICON))
    assert catalogue.audience, "a site is for somebody"
    content = {
        "versi": 1,
        "program": f"sop-generator {version_of('sop-generator')}",
        "untuk": catalogue.audience.value,
        "tanggal": day.isoformat() if day else None,
        "data": data_hashes(catalogue, lexicon, data=data, docs=docs, config=config, known=known),
        "kepala": {name: _sha256(content) for name, content in headers.items()},
        "berkas": files,
    }
    tree.add(
        MANIFEST, files=[(MANIFEST, msgspec.json.format(msgspec.json.encode(content), indent=1) + b"\n")]
    )


class _Data(Struct):
    """What a manifest says of the data, as it stands in its file."""

    data: dict[str, str]


class _Written(_Data):
    """A manifest as it stands in its file; of what a later one says besides nothing is needed."""

    untuk: Audience
    tanggal: date | None
    berkas: dict[str, str]
    kepala: dict[str, str] = {}


def read_manifest(path: Path) -> Manifest:
    """Read a manifest. Raises ManifestError, and OSError where the file may not be read."""
    said = _read(path, _Written)
    return Manifest(said.untuk, said.tanggal, said.data, said.berkas, said.kepala)


def published_data(path: Path) -> Mapping[str, str]:
    """What a manifest says of the data alone. Raises ManifestError, OSError."""
    return _read(path, _Data).data


def _read(path: Path, form: type[Form]) -> Form:
    try:
        return msgspec.json.decode(read_file(path), type=form)
    except FileNotFoundError as error:
        why = (
            "situs ini belum pernah dibangun utuh" if path.name == MANIFEST else "periksa nama dan foldernya"
        )
        raise ManifestError(f"{path.as_posix()} tidak ada; {why}") from error
    except (ValueError, RecursionError) as error:
        raise ManifestError(
            f"{path.as_posix()}: isinya bukan {MANIFEST} buatan 'sop build'\n"
            "  saran: ambil lagi dari situs atau cadangannya, atau bangun situs itu lagi"
        ) from error


def compare(listed: Mapping[str, str], found: Mapping[str, str]) -> Differences:
    """What differs between the hashes that a manifest lists and those that were found."""
    return Differences(
        tuple(sorted(listed.keys() - found.keys())),
        tuple(sorted(name for name in listed.keys() & found.keys() if listed[name] != found[name])),
        tuple(sorted(found.keys() - listed.keys())),
    )


def file_hashes(site: Path) -> dict[str, str]:
    """SHA-256 of every file of a tree but the manifest, by path. What is no plain file (a link, a pipe) has
    none: "". Raises OSError."""
    found = {}
    for path in _files(site):
        if path != site / MANIFEST:
            plain = path.is_file() and not path.is_symlink()
            found[path.relative_to(site).as_posix()] = _sha256(path.read_bytes()) if plain else ""
    return dict(sorted(found.items()))


def header_hashes(site: Path) -> dict[str, str]:
    """SHA-256 of the header files beside a site, by name. Raises OSError."""
    return {name: _sha256(content) for name, content in read_headers(site).items()}


def data_hashes(
    catalogue: Catalogue,
    lexicon: str,
    *,
    data: Path,
    docs: Path,
    config: Path,
    known: Mapping[str, str] = MappingProxyType({}),
) -> dict[str, str]:
    """SHA-256 of each piece of data that the site of this audience is made from: each SOP with its other
    versions, each register, the signed copies, the emblem, the settings, the hand-written pages and the files
    that they name. ``lexicon`` is the hash of what that says of the words of the site (see ``lexicon_hash``);
    ``known`` are those that were reckoned before. What is not there has none."""
    registers = {"unit": catalogue.unit, "pelaksana": catalogue.pelaksana, "hukum": catalogue.hukum}
    pages = [page for page in own_pages(docs, catalogue.audience) if page.file]
    found = {
        "instansi": _of_values([catalogue.instansi]),
        **{name: _of_values(list(rows.values())) for name, rows in registers.items()},
        "leksikon": lexicon,
        "setelan": _of_text(repr(shared_settings(config))),
        **{f"halaman/{page.path}": _of_text(repr((page.meta, page.body))) for page in pages},
        **{f"halaman/{name}": _of_file(path) for name, path in shown_files(pages, docs)},
    }
    if logo := catalogue.instansi.logo:
        found["lambang"] = _of_file(data / logo)
    if (logo := site_logo(catalogue.instansi)) != catalogue.instansi.logo:
        found["logo situs"] = _of_file(data / str(logo))
    for slug in catalogue.sop:
        found[f"sop/{slug}"] = known.get(f"sop/{slug}") or sop_hash(catalogue, slug)
        for version in catalogue.versions(slug):
            if (name := version.dokumen_resmi or "").startswith(_SIGNED):
                found[name] = known.get(name) or _of_file(data / name)
    return {name: hash for name, hash in sorted(found.items()) if hash}


def lexicon_hash(site: Path, data: Path) -> str:
    """SHA-256 of what the lexicon of a data folder says of the words of a published site: of what it says of
    others the site tells nothing, so neither may its manifest."""
    lexicon, _ = whole_lexicon(files_with_shared(data, "leksikon"))
    return lexicon_of(read_pages(site), lexicon).digest()


def sop_hash(catalogue: Catalogue, slug: str) -> str:
    """SHA-256 of the data of an SOP with its earlier versions."""
    return _of_values([catalogue.sop[slug], *catalogue.versi.get(slug, ())])


def _files(site: Path) -> Iterator[Path]:
    """Every name in the tree that is no folder; links are not followed."""
    for folder, folders, names in os.walk(site, onerror=_fail):
        links = [name for name in folders if Path(folder, name).is_symlink()]
        yield from (Path(folder, name) for name in [*names, *links])


def _fail(error: OSError) -> None:
    raise error


def _of_values(values: list[Any]) -> str:
    rows = [msgspec.to_builtins(value) for value in values]
    return _of_text(json.dumps(rows, ensure_ascii=False, sort_keys=True, separators=(",", ":")))


def _of_text(text: str) -> str:
    return _sha256(text.encode("utf-8", "surrogatepass"))


def _of_file(path: Path) -> str:
    """That of a file; "" where there is none."""
    return _sha256(read_file(path)) if path.is_file() else ""


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
