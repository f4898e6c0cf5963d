"""What an agency says of itself → the files of a folder to begin with: data with a first SOP, a README for
the maintainer, the program that it needs, an example for CI."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from string import Template

from msgspec import Struct

from generator.data.data_format import FORMAT
from generator.data.validate.read import MAX_ID, like_id
from generator.data.writing.yaml_style import scalar
from generator.program import DEFAULT, version_of

LEVELS: Mapping[str, str] = {
    "kabupaten": "Pemerintah Kabupaten",
    "kota": "Pemerintah Kota",
    "provinsi": "Pemerintah Provinsi",
    "desa": "Pemerintah Desa",
    "pusat": "Pemerintah Republik Indonesia",
}
"""Levels of government, and how the name of its government begins there."""
_NEW = DEFAULT / "baru"
_CI = DEFAULT / "docs" / "penerbitan" / "gitlab-ci.yml"
_NAMED = {"gitignore.txt": ".gitignore"}
"""Files that are called otherwise in the new folder."""


class NewAgency(Struct, frozen=True):
    """What is asked for; ``logo`` is the picture's name in the data folder, ``unit`` the first unit,
    ``pejabat`` who approves SOPs."""

    nama: str
    singkatan: str
    pemerintah: str
    unit: str
    pejabat: str
    alamat: tuple[str, ...] = ()
    logo: str | None = None
    warna: str | None = None


def level_of(nama: str) -> str:
    """The level that an agency's name tells of; ``kabupaten`` where it tells of none."""
    found = re.search(r"\b(kabupaten|kota|provinsi|desa)\b", nama, re.IGNORECASE)
    if re.match(r"(kementerian|badan nasional|lembaga|sekretariat jenderal)\b", nama, re.IGNORECASE):
        return "pusat"
    return found[1].lower() if found else "kabupaten"


def government_of(nama: str, level: str) -> str:
    """The government as far as an agency's name tells it: ``Pemerintah Kabupaten Badung``."""
    if level == "pusat":
        return LEVELS[level]
    place = re.search(rf"\b{level}\s+(.+)$", nama, re.IGNORECASE)
    return f"{LEVELS[level]} {place[1].strip() if place else '…'}"


def project_files(agency: NewAgency) -> dict[str, str]:
    """The text of each file by its path in the new folder; the schema for editors is not among them."""
    plain = {"nama": agency.nama, "versi": version_of("sop-generator")}
    values = _values(agency)
    found = {".gitlab-ci.yml": _CI.read_text(encoding="utf-8")}
    for path in sorted(path for path in _NEW.rglob("*") if path.is_file()):
        name = path.relative_to(_NEW).as_posix()
        text = Template(path.read_text(encoding="utf-8"))
        written = text.substitute(values if path.suffix == ".yml" else plain)
        found[_NAMED.get(name, name)] = re.sub(r"[ ]+$", "", written, flags=re.MULTILINE)
    return found


def _values(agency: NewAgency) -> dict[str, str]:
    """What stands in data files, as YAML."""
    root, unit = _id(agency.nama, "instansi"), _id(agency.unit, "unit")
    head = [agency.pemerintah.upper(), agency.nama.upper()]
    return {
        "format": str(FORMAT),
        "nama": scalar(agency.nama),
        "singkatan": scalar(agency.singkatan),
        "pemerintah": scalar(agency.pemerintah),
        "alamat": _lines(agency.alamat, "  "),
        "logo": scalar(agency.logo),
        "warna": scalar(agency.warna),
        "id_instansi": root,
        "id_unit": unit if unit != root else f"unit-{root}"[:MAX_ID].strip("-"),
        "unit": scalar(agency.unit),
        "kop": _lines(head, "    "),
        "kop_unit": _lines([*head, agency.unit.upper()], "    "),
        "kepala_unit": scalar(f"Kepala {agency.unit}"),
        "pejabat": scalar(agency.pejabat),
    }


def _id(name: str, otherwise: str) -> str:
    """The id of a unit by its name: it begins with a letter."""
    found = like_id(re.sub(r"^[^A-Za-z]+", "", name))
    return found if found and found[0].isalpha() else otherwise


def _lines(values: tuple[str, ...] | list[str], indent: str) -> str:
    return "".join(f"\n{indent}- {scalar(value)}" for value in values)


def picture_name(path: Path) -> str:
    """The name of a picture in the data folder: plain letters, the ending in small ones."""
    return f"{like_id(path.stem) or 'lambang'}{path.suffix.lower()}"
