"""Data folder of an agency among others + the SOPs of others that it names → those SOPs, as their agencies
have them, and what is wrong with such a name.

An SOP of another agency is named ``instansi/id``. Only the files of the SOPs that are named are read, so that
agencies stay shards of their own: what else another one has, or has wrong, changes nothing here.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from generator.data.audience import SIGHTS, Audience, Sight
from generator.data.catalogue import Catalogue
from generator.data.files.inputs import files_in
from generator.data.files.shared import AGENCIES, PORTAL, PORTAL_NAME, place_of_agency
from generator.data.load import MappingNode, ScalarNode, Tree, load_file
from generator.data.validate import Register, validate_sop
from generator.data.validate.read import ID, suggest
from generator.data.validate.schema import read_instansi
from generator.model.registers import NOBODY, PortalUmum
from generator.model.sop import SOP

Told = tuple[str, str]
"""What is wrong with a name, and its cure."""
_CURE = "tanyakan kepada instansi itu, atau tulis 'teks' saja tanpa 'sop'"
_REGISTERS = frozenset({"unit", "pelaksana", "hukum"})


class Beside(Struct, frozen=True):
    """The agencies whose SOPs are named, each with those alone; and for each name what is wrong with it, None
    where the SOP is open to all."""

    agencies: Mapping[str, Catalogue] = {}
    told: Mapping[str, Told | None] = {}


def sources_beside(home: Path, names: Iterable[str]) -> list[Path]:
    """What is read of other agencies for these names, there or not; ``home``: the folder of all agencies."""
    named = sorted(names)
    folders = _folders(home, {name.partition("/")[0] for name in named}) if named else {}
    found: list[Path] = []
    for name in named:
        agency, _, slug = name.partition("/")
        folder = folders.get(agency, home / AGENCIES / agency)
        found += [folder / "instansi.yml", folder / "sop" / f"{slug}.yml", folder / "versi" / slug]
    return list(dict.fromkeys(found))


def read_beside(data: Path, home: Path | None, names: Iterable[str]) -> Beside:
    """The SOPs of other agencies by their names, for the agency of a data folder; ``home``: the folder of all
    agencies, None for one alone."""
    wanted: dict[str, list[str]] = {}
    for name in sorted(names):
        agency, _, slug = name.partition("/")
        wanted.setdefault(agency, []).append(slug)
    if not wanted or home is None:
        return Beside()
    folders, found, told = _folders(home, wanted), dict[str, Catalogue](), dict[str, Told | None]()
    address = portal_of(home).alamat
    for agency, slugs in wanted.items():
        folder = folders.get(agency)
        if folder is None or folder.resolve() == data.resolve():
            told |= {
                f"{agency}/{slug}": _no_agency(agency, slug, folder, _all_folders(home), data)
                for slug in slugs
            }
            continue
        found[agency] = _named(folder, slugs, _address(address, agency))
        if found[agency].instansi is NOBODY:
            told |= {f"{agency}/{slug}": _unread(agency, slug) for slug in slugs}
            continue
        open_to_all = found[agency].for_audience(Audience.PUBLIK).sop
        for slug in slugs:
            name = found[agency].instansi.nama
            told[f"{agency}/{slug}"] = None if slug in open_to_all else _closed(folder, agency, slug, name)
    return Beside(found, told)


def read_naming(home: Path, names: Iterable[str]) -> dict[str, Catalogue]:
    """The SOPs of other agencies by their names (``instansi/id``), as far as they can be read: each agency
    with those alone."""
    wanted: dict[str, list[str]] = {}
    for name in sorted(names):
        agency, _, slug = name.partition("/")
        wanted.setdefault(agency, []).append(slug)
    folders, address = _folders(home, wanted) if wanted else {}, portal_of(home).alamat if wanted else ""
    return {
        agency: _named(folders[agency], slugs, _address(address, agency))
        for agency, slugs in wanted.items()
        if agency in folders
    }


def told_across(
    data: Path, home: Path, id: str, names: Iterable[str], named_by: Iterable[str], day: date | None
) -> str:
    """SHA-256 of all that the sites of an agency can have of others on a day: of the SOPs that it names, and
    of those that may name its own. What else stands in their files changes nothing there."""
    beside = read_beside(data, home, names)
    alone = Catalogue(NOBODY, {}, {}, {}, {}, id=id, namers=read_naming(home, named_by))
    among = alone.among(portal_of(home), beside.agencies)
    seen = [(on, sees) for on in (None, day) for sees in (Sight(), *SIGHTS.values())]
    told = (among.portal, [(among.elsewhere(*one), among.named_by(*one)) for one in seen])
    said = repr((sorted(beside.told.items()), told))
    return hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest()


def _address(portal: str, agency: str) -> str | None:
    return f"{portal.rstrip('/')}/{agency}/" if portal else None


def _folders(home: Path, ids: Iterable[str]) -> dict[str, Path]:
    """The data folders of these agencies of a portal by their ids, as far as they can be read. Of others
    nothing is asked: who builds all would ask for each of all."""
    said = _portal_file(home).get("instansi")
    places = said.entries if isinstance(said, MappingNode) else {}
    found: dict[str, Path] = {}
    for id in sorted(ids):
        inside, entry = home / AGENCIES / id, places.get(id)
        if not ID.fullmatch(id):
            continue
        if os.path.lexists(inside) and not inside.is_symlink():
            found[id] = inside
        elif entry and isinstance(entry.value, ScalarNode) and entry.value.value.strip():
            found[id] = place_of_agency(home, entry.value.value.strip())
    return {id: path for id, path in found.items() if os.path.isdir(path)}


def _all_folders(home: Path) -> dict[str, Path]:
    """The same of all agencies."""
    said = _portal_file(home).get("instansi")
    ids = set(said.entries) if isinstance(said, MappingNode) else set()
    inside = home / AGENCIES
    return _folders(home, ids.union(os.listdir(inside) if inside.is_dir() else ()))


def portal_of(home: Path) -> PortalUmum:
    """The portal of a folder of agencies, as it says of itself."""
    said = _portal_file(home)
    name, address = (
        tree.value.strip() if isinstance(tree := said.get(key), ScalarNode) else ""
        for key in ("nama", "situs")
    )
    return PortalUmum(
        nama=name or PORTAL_NAME, alamat=address if address.startswith(("https://", "http://")) else ""
    )


def _portal_file(home: Path) -> Mapping[str, Tree]:
    tree, _ = load_file(home / PORTAL) if (home / PORTAL).is_file() else (None, [])
    return {key: entry.value for key, entry in tree.entries.items()} if isinstance(tree, MappingNode) else {}


def _named(folder: Path, slugs: Iterable[str], address: str | None) -> Catalogue:
    """An agency with these SOPs alone and their versions. What cannot be read is not there; nor is an SOP of
    which a version cannot be read, as nobody knows then which of them counts."""
    tree, _ = load_file(folder / "instansi.yml")
    agency = read_instansi(tree, []) if tree else None
    if agency is None:
        return Catalogue(NOBODY, {}, {}, {}, {})
    if not agency.situs and address:
        agency = replace(agency, situs=address)
    sops: dict[str, SOP] = {}
    versions: dict[str, tuple[SOP, ...]] = {}
    for slug in slugs:
        sop = _sop(folder / "sop" / f"{slug}.yml", slug)
        all_old = [_sop(path, slug) for path in _files_in(folder / "versi" / slug)]
        old = [one for one in all_old if one is not None]
        if sop is None or len(old) < len(all_old):
            continue
        sops[slug] = sop
        if old := [one for one in old if one.versi.nomor < sop.versi.nomor]:
            versions[slug] = tuple(sorted(old, key=lambda one: one.versi.nomor))
    return Catalogue(agency, {}, {}, {}, sops, versi=versions)


def _files_in(folder: Path) -> Sequence[Path | None]:
    """The SOP files below a folder of another agency; None alone where it may not be read."""
    try:
        return [path for path in files_in(folder) if path.suffix == ".yml"]
    except OSError:
        return (None,)


def _sop(file: Path | None, slug: str) -> SOP | None:
    """The SOP of a file as far as its form allows; what it names is not looked at."""
    if file is None or os.path.islink(file) or not os.path.isfile(file):
        return None
    tree, _ = load_file(file)
    kept = None
    if tree is not None:
        kept, _ = validate_sop(tree, slug, Register(NOBODY, {}, {}, {}, frozenset(), _REGISTERS))
    return kept.sop if kept else None


def _unread(agency: str, slug: str) -> Told:
    said = f"data instansi '{agency}' tidak terbaca; SOP '{slug}' tidak disebut di halaman"
    return said, f"tunggu sampai instansi itu membetulkannya: sop check --instansi {agency}"


def _no_agency(agency: str, slug: str, folder: Path | None, folders: Mapping[str, Path], data: Path) -> Told:
    if folder is not None:
        return f"'{agency}/{slug}' SOP instansi ini sendiri", f"tulis '{slug}' saja"
    others = [id for id, path in folders.items() if path.resolve() != data.resolve()]
    return f"instansi '{agency}' tidak ada di portal ini", suggest(agency, others)


def _closed(folder: Path, agency: str, slug: str, nama: str) -> Told:
    """What is said of an SOP that is not there or not open to all: the same, so that nobody learns which."""
    from difflib import get_close_matches  # not loaded where nothing is wrong

    names = [path.stem for path in _files_in(folder / "sop") if path]
    near = get_close_matches(slug, names, 3, 0.6)
    shown = _named(folder, near, None).for_audience(Audience.PUBLIK).sop
    meant = next((one for one in near if one in shown), None)
    hint = f"maksud Anda '{agency}/{meant}'? Bila bukan, {_CURE}" if meant else _CURE
    return f"{nama or agency} tidak menerbitkan SOP '{slug}'; di halaman SOP itu tidak disebut", hint
