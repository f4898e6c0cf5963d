"""Public sites that stand beside one another → the front page of all: agencies, lists over all, one search.

Everything is told from the finished public sites (``standing``). The files lie beside the folders of the
agencies: ``index.html``, ``instansi.json``, ``sop.json``, what they need in ``_portal/``, the search in
``cari/``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, partial
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import msgspec
from jinja2 import Environment, PackageLoader, StrictUndefined
from msgspec import Struct
from msgspec.structs import replace

from generator.build.headers import HEADERS, header_files, write_headers
from generator.build.policy import header_policy as policy_of
from generator.build.policy import seal
from generator.compiled import Compiled
from generator.data.files.shared import COMMON
from generator.data.registers import files_of
from generator.portal.agencies import Portal
from generator.portal.standing import Standing, State, put, standing
from generator.program import program
from generator.search.groups import Unread
from generator.search.index import BUNDLE, write_bundle
from generator.search.pages import SearchPage, page_text, read_page
from generator.store import Store, stored

FOLDER = "_portal"
"""What the portal's pages need, beside the agencies; no id begins so."""
_SHEETS = ("assets/stylesheets/main.*.min.css", "assets/stylesheets/palette.*.min.css", "assets/situs.css")
_SEARCH = "assets/search/*"
_FILE = "depan.sqlite"
"""Of what is kept of the portal's own pages."""
_OWN = Path(__file__).parent / "templates" / "portal.css"
_NOTES: Mapping[State, str] = {
    State.TERTAHAN: "Data terbarunya sedang dibetulkan; yang tampil halaman terakhir yang baik.",
    State.BELUM: "Belum ada halaman yang terbit.",
    State.TIADA: "Tidak lagi di portal ini; yang tampil halaman terakhirnya.",
}


def write_front(
    public: Path, data: Path, portal: Portal, held_back: Mapping[str, State], cache: Path | None
) -> list[Standing]:
    """Write the portal's files into the folder of the public sites; gives how the agencies stand. ``cache``
    keeps what the next run can use. Raises OSError."""
    ids = {*(agency.id for agency in portal.agencies), *portal.closed}
    memory = cache / "portal" if cache else None
    with stored(memory / _FILE if memory else None) as kept:
        return _write_front(public, data, portal, standing(public, ids, held_back, kept), memory, kept)


def _write_front(
    public: Path, data: Path, portal: Portal, found: list[Standing], memory: Path | None, kept: Store
) -> list[Standing]:
    there = _present(found)
    write_bundle(
        _searched(public, there),
        public / BUNDLE,
        files_of(data / COMMON, "leksikon"),
        memory,
        sops_alone=True,
    )
    sheets = [*_assets(public, there), ("portal.css", _OWN.read_bytes() + _colours(there))]
    for name, content in sheets:
        put(public / FOLDER / name, content)
    made = _made(portal, found, [name for name, _ in sheets if name.endswith(".css")], kept)
    for name, text in made.files.items():
        put(public / name, text.encode())
    headers = public.parent / HEADERS / public.name / FOLDER
    write_headers(header_files(made.policy, "/"), headers, headers)
    return found


class _Made(Struct, frozen=True):
    """The pages and lists of the portal by their names, and the policy of the pages."""

    files: dict[str, str]
    policy: str


def _made(portal: Portal, found: Sequence[Standing], sheets: Sequence[str], kept: Store) -> _Made:
    """Kept until an agency tells something else."""
    told = [replace(one, berkas={}) for one in found]
    parts = (program(), portal.nama, portal.situs, sheets)
    key = sha256(repr(parts).encode() + msgspec.json.encode(told)).hexdigest()
    if (known := kept.get("halaman", key)) is not None:
        return msgspec.json.decode(known, type=_Made)
    files: dict[str, str] = {}
    scripts: set[str] = set()
    for name, html in _pages(portal, found, sheets):
        files[name], own = seal(name, html)
        scripts |= own
    for name, rows in (("instansi.json", _agency_rows(found)), ("sop.json", _sop_rows(_present(found)))):
        files[name] = msgspec.json.format(msgspec.json.encode(rows), indent=1).decode() + "\n"
    made = _Made(files, policy_of(scripts))
    kept.put("halaman", key, msgspec.json.encode(made))
    return made


def _assets(public: Path, there: Sequence[Standing]) -> Iterator[tuple[str, bytes]]:
    """Sheets and the search's scripts, as the first of the sites has them."""
    for one in there[:1]:
        for pattern in (*_SHEETS, _SEARCH):
            for file in sorted((public / one.id).glob(pattern)):
                name = re.sub(r"\.[0-9a-f]{8}\.min", "", file.name)
                yield name, file.read_bytes()


def _colours(there: Sequence[Standing]) -> bytes:
    """The colour of each agency; a page may not style its elements in place."""
    rules = [f".i-{one.id} {{ --warna-instansi: {one.warna}; }}\n" for one in there if one.warna]
    return "".join(rules).encode()


def _present(found: Sequence[Standing]) -> list[Standing]:
    """The agencies of the portal that have pages; of one that left it only that is told."""
    return [one for one in found if one.instansi and one.keadaan is not State.TIADA]


def _pages(portal: Portal, found: Sequence[Standing], sheets: Sequence[str]) -> Iterator[tuple[str, str]]:
    """The pages of the portal by the names of their files."""
    there = _present(found)
    values: dict[str, Any] = {
        "nama": portal.nama,
        "gaya": sheets,
        "instansi": found,
        "catatan": _NOTES,
        "ada": there,
        "jumlah": sum(len(one.sop) for one in there),
    }
    laws, units, actors = _laws(there), _units(there), _actors(there)
    yield (
        "index.html",
        render("indeks.html", akar="", satuan=len(units), peraturan=len(laws), pelaku=len(actors), **values),
    )
    yield f"{FOLDER}/sop.html", render("sop.html", akar="../", **values)
    yield f"{FOLDER}/unit.html", render("unit.html", akar="../", unit=units, **values)
    yield f"{FOLDER}/pelaksana.html", render("pelaksana.html", akar="../", pelaksana=actors, **values)
    yield (
        "404.html",
        render("hilang.html", akar=f"{urlsplit(portal.situs or '').path.rstrip('/')}/", **values),
    )
    yield f"{FOLDER}/peraturan.html", render("peraturan.html", akar="../", hukum=laws, **values)


def _units(there: Sequence[Standing]) -> list[dict[str, Any]]:
    """The units of each agency that have SOPs, with how many."""
    found = []
    for one in there:
        own: dict[str, dict[str, Any]] = {}
        for sop in one.sop:
            for unit in sop.unit[:1]:
                own.setdefault(unit.id, {"instansi": one, "unit": unit, "jumlah": 0})["jumlah"] += 1
        found += sorted(own.values(), key=lambda row: row["unit"].nama.casefold())
    return found


def _actors(there: Sequence[Standing]) -> list[dict[str, Any]]:
    """Who does steps, one row each of a name: who is called the same does much the same everywhere."""
    found: dict[str, dict[str, Any]] = {}
    for one in there:
        for sop in one.sop:
            for actor in {actor.id: actor for flow in sop.alur for actor in flow.pelaksana}.values():
                name = actor.lengkap or actor.nama
                row = found.setdefault(name.casefold(), {"nama": name, "jumlah": 0, "di": {}})
                row["jumlah"] += 1
                row["di"][one.id, actor.id] = (one, actor.id)
    return [found[name] for name in sorted(found)]


def _laws(there: Sequence[Standing]) -> list[dict[str, Any]]:
    """The laws that SOPs cite, one row each whichever agency cites it: the same name is the same law."""
    found: dict[str, dict[str, Any]] = {}
    for one in there:
        for sop in one.sop:
            for law in sop.dasar_hukum:
                row = found.setdefault(law.nama.casefold(), {"nama": law.nama, "jumlah": 0, "di": {}})
                row["jumlah"] += 1
                row["berakhir"] = row.get("berakhir", False) or law.status == "dicabut"
                row["di"][one.id] = (one, law.id)
    return [found[name] for name in sorted(found)]


def _agency_rows(found: Sequence[Standing]) -> list[dict[str, Any]]:
    return [
        {
            "id": one.id,
            "nama": one.nama,
            "singkatan": one.singkatan,
            "pemerintah": one.instansi.pemerintah if one.instansi else None,
            "alamat": f"{one.id}/" if one.instansi else None,
            "keadaan": one.keadaan.value,
            "jumlah_sop": len(one.sop),
            "warna": one.warna,
            "lambang": one.lambang,
        }
        for one in found
    ]


def _sop_rows(there: Sequence[Standing]) -> list[dict[str, Any]]:
    return [
        {
            "id": f"{one.id}/{sop.id}",
            "nama": sop.nama,
            "nomor": sop.nomor,
            "instansi": one.id,
            "unit": sop.unit[0].nama if sop.unit else None,
            "halaman": f"{one.id}/sop/{sop.id}/",
            "data": f"{one.id}/data/sop/{sop.id}.json",
        }
        for one in there
        for sop in one.sop
    ]


def _searched(public: Path, there: Sequence[Standing]) -> Iterator[Unread]:
    """The pages of all SOPs, with their agency as a facet."""
    for one in there:
        for sop in one.sop:
            url = f"{one.id}/sop/{sop.id}/"
            digest = one.berkas.get(f"sop/{sop.id}/index.html")
            sign = sha256(repr((program(), one.singkatan, one.sebutan, digest)).encode()).hexdigest()
            yield Unread(url, sign, partial(_entry, public, url, one))


def _entry(public: Path, url: str, one: Standing) -> str:
    html = (public / url / "index.html").read_text(encoding="utf-8")
    page = read_page(html, url) or SearchPage(url, url, (), ())
    told = [(name, value) for name, value in page.facets if name != "satuan"]
    unit = next((value for name, value in page.facets if name == "satuan"), None)
    mark = f"{one.singkatan} · {unit}" if unit else one.singkatan
    facets = tuple(sorted({*told, ("instansi", one.sebutan), ("satuan", mark)}))
    return page_text(SearchPage(page.url, page.title, page.sections, facets))


def render(template: str, **values: Any) -> str:
    """Fill a template of the portal."""
    return _environment().get_template(template).render(**values)


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("generator.portal"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        bytecode_cache=Compiled(__file__, program()[:12]),
    )
