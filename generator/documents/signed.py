"""Catalogue + data folder → the signed copies that SOPs name, + problems."""

from __future__ import annotations

import hashlib
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from generator.data.catalogue import Catalogue
from generator.data.files.inputs import read_file
from generator.data.load import load_file, locate
from generator.figure.paper.content import fingerprint
from generator.model.problems import Position, Problem, Severity
from generator.model.sop import SOP


class SignedCopy(Struct, frozen=True):
    """The signed PDF of an SOP: its name, its bytes, their SHA-256, and whether the data has changed since
    it was signed (None: the SOP does not say with what data it was)."""

    name: str
    bytes: bytes
    sha256: str
    changed: bool | None


def signed_copies(catalogue: Catalogue, data_dir: Path) -> tuple[dict[str, SignedCopy], list[Problem]]:
    """The signed copies in the data folder by the slugs of their SOPs (those of other versions by slug and
    number, "surat/1"), and what is wrong with them; each is published as ``naskah/<name>``."""
    signed: dict[str, SignedCopy] = {}
    problems: list[Problem] = []
    for slug, sop in catalogue.sop.items():
        if sop.dokumen_resmi:
            copy, found = signed_copy(catalogue, slug, data_dir)
            problems += found
            signed |= {slug: copy} if copy else {}
        for version in catalogue.versi.get(slug, ()):
            copy, found = signed_file(version, data_dir)
            problems += found
            signed |= {f"{slug}/{version.versi.nomor}": copy} if copy else {}
    return signed, problems


def signed_copy(catalogue: Catalogue, slug: str, data_dir: Path) -> tuple[SignedCopy | None, list[Problem]]:
    """The signed PDF in the data folder that an SOP names; None without one, or where it is missing."""
    sop = catalogue.sop[slug]
    copy, problems = signed_file(sop, data_dir)
    changed = None
    if copy is not None and sop.sidik_data is not None:
        changed = not fingerprint(catalogue, sop).startswith(sop.sidik_data)
    return copy and replace(copy, changed=changed), problems


def signed_file(sop: SOP, data_dir: Path) -> tuple[SignedCopy | None, list[Problem]]:
    """The signed PDF that a version names; nothing is said of whether the data has changed."""
    name = sop.dokumen_resmi
    if name is None or not name.startswith("naskah/"):
        return None, []
    try:
        copy = read_file(data_dir / name)
    except OSError:
        copy = b""
    if not copy.startswith(b"%PDF-"):
        message = f"naskah yang ditandatangani '{name}' " + ("bukan PDF" if copy else "tidak ada")
        hint = "simpan PDF itu di folder data, atau kosongkan dokumen_resmi"
        where = position(data_dir, sop, "dokumen_resmi")
        return None, [Problem(where, Severity.ERROR, message, hint, "naskah")]
    return SignedCopy(Path(name).name, copy, hashlib.sha256(copy).hexdigest(), None), []


def position(data_dir: Path, sop: SOP, *path: str | int) -> Position:
    """Where a key of a version of an SOP stands, its first line if the key is not there."""
    kept = data_dir / "versi" / sop.slug / f"{sop.versi.nomor}.yml"
    file = kept if kept.is_file() else data_dir / "sop" / f"{sop.slug}.yml"
    tree, _ = load_file(file)
    return locate(tree, *path) or Position(file.as_posix(), 1, 1)
