"""Registers → findings: instansi, unit, pelaksana and hukum against one another and against what is known."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from msgspec import Struct

from generator.data.load import Tree, locate
from generator.data.validate.cures import lost_entry
from generator.data.validate.document import Finding, Register
from generator.data.validate.read import suggest
from generator.data.validate.values import LAW_KINDS
from generator.form.papers import PAPERS
from generator.model.colours import darkened
from generator.model.problems import Position
from generator.model.registers import Peraturan, Status


class Registers(Struct, frozen=True):
    """The registers under check, with the trees they were read from."""

    register: Register
    instansi: Tree | None
    unit: Tree | None
    pelaksana: Tree | None
    hukum: Tree | None

    def at(self, tree: Tree | None, *path: str) -> Position:
        """Position of a value, or of the nearest one around it."""
        return locate(tree, *path) or Position("", 1, 1)


RegisterRule = Callable[[Registers], Iterator[Finding]]

LOGO = re.compile(r"[A-Za-z0-9][\w.-]*\.(?:svg|png|jpe?g)")
"""Name of a file that can be an emblem."""


def induk_dikenal(data: Registers) -> Iterator[Finding]:
    """Induk tiap unit ada di unit.yml, dan rantai induk tidak berputar."""
    units = {} if "unit" in data.register.unsure else data.register.unit
    for id, unit in units.items():
        where = data.at(data.unit, id, "induk")
        if unit.induk is not None and unit.induk not in units:
            place = data.register.place("unit")
            yield (
                where,
                f"induk '{unit.induk}' tidak ada di {place}",
                lost_entry(unit.induk, "unit", data.register),
            )
            continue
        seen, above = {id}, unit.induk
        while above is not None and above in units and above not in seen:
            seen.add(above)
            above = units[above].induk
        if above == id:
            yield where, f"unit '{id}' menjadi induk dirinya sendiri", "periksa rantai induknya"


def unit_pelaksana_dikenal(data: Registers) -> Iterator[Finding]:
    """Unit tiap pelaksana ada di unit.yml."""
    for id, actor in data.register.pelaksana.items():
        unit = None if "unit" in data.register.unsure else actor.unit
        if unit is not None and unit not in data.register.unit:
            where = data.at(data.pelaksana, id, "unit")
            place = data.register.place("unit")
            yield where, f"unit '{unit}' tidak ada di {place}", lost_entry(unit, "unit", data.register)


def kertas_dikenal(data: Registers) -> Iterator[Finding]:
    """Ukuran kertas adalah salah satu yang dikenal program ini."""
    paper = data.register.instansi.kertas
    if paper not in PAPERS:
        yield (
            data.at(data.instansi, "kertas"),
            f"ukuran kertas '{paper}' tidak dikenal",
            suggest(paper, PAPERS),
        )


def logo_setempat(data: Registers) -> Iterator[Finding]:
    """Lambang dan logo situs adalah berkas svg, png atau jpg di folder data sendiri."""
    agency = data.register.instansi
    for key, what, logo in (
        ("logo", "lambang", agency.logo),
        ("logo_situs", "logo situs", agency.logo_situs),
    ):
        if logo is not None and not LOGO.fullmatch(logo):
            yield (
                data.at(data.instansi, key),
                f"{what} '{logo}' tidak dapat dipakai",
                "tulis nama berkasnya saja, misalnya lambang.svg",
            )


def warna_terbaca(data: Registers) -> Iterator[Finding]:
    """Tulisan putih terbaca pada warna situs (kontras paling sedikit 4,5 banding 1)."""
    chosen = data.register.instansi.warna
    if chosen is None or (darker := darkened(chosen)) == chosen:
        return
    yield (
        data.at(data.instansi, "warna"),
        f"tulisan putih tidak terbaca pada warna '{chosen}'",
        f"pakai yang lebih gelap, misalnya '{darker}'",
    )


def hukum_tidak_cocok(data: Registers) -> Iterator[Finding]:
    """Kutipan peraturan cocok dengan jenis, nomor, tahun dan judul peraturan yang dimaksud."""
    for id, law in data.register.hukum.items():
        differs = list(_differences(law))
        if law.dimaksud or differs:
            what = ", ".join(differs) or "lihat dimaksud"
            said = f"kutipan tidak cocok dengan peraturan yang dimaksud ({what})"
            yield data.at(data.hukum, id, "kutipan"), said, f"mungkin maksudnya {law.dimaksud or law.nama}"


def hukum_diragukan(data: Registers) -> Iterator[Finding]:
    """Peraturan yang dicabut atau diragukan perlu diperiksa keberlakuannya."""
    for id, law in data.register.hukum.items():
        where = data.at(data.hukum, id, "status")
        if law.status is Status.DICABUT:
            yield where, f"peraturan '{id}' sudah dicabut", "ganti dengan peraturan penggantinya"
        elif law.status is Status.DIRAGUKAN:
            yield (
                where,
                f"peraturan '{id}' diragukan keberlakuannya",
                "periksa keberlakuan, lalu perbarui status",
            )


def _differences(law: Peraturan) -> Iterator[str]:
    """What of the law meant the cited text does not say."""
    cited = " ".join(law.kutipan.casefold().split())
    kind = next((pattern for name, pattern in LAW_KINDS.items() if law.jenis.startswith(name)), None)
    if kind and not re.match(kind, cited):
        yield "jenis"
    numbers = re.search(r"(?:nomor|no\.?)\s*:?\s*(\S+)", cited)
    if numbers is None or numbers[1].strip(",;").lstrip("0") != law.nomor.casefold().lstrip("0"):
        yield "nomor"
    if not re.search(rf"(?<!\d){re.escape(law.tahun)}(?!\d)", cited):
        yield "tahun"
    title = cited.partition("tentang ")[2]
    if title and title != " ".join(law.judul.casefold().split()):
        yield "judul"


REGISTER_ERRORS: tuple[RegisterRule, ...] = (
    induk_dikenal,
    unit_pelaksana_dikenal,
    kertas_dikenal,
    logo_setempat,
    warna_terbaca,
)
REGISTER_WARNINGS: tuple[RegisterRule, ...] = (hukum_tidak_cocok, hukum_diragukan)
