"""The seed text → its three SOPs, cell by cell, as the agency published them.

Made for tests alone: ``seed_sops()`` parses the text; ``SeedSOP.cells()`` names every piece of text that a
page of that SOP has to hold. ``squeeze`` is the whitespace normalisation under which they are compared.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from msgspec import Struct

SEED = Path(__file__).parent / "data" / "seed" / "sop-diskominfo-badung.txt"

SLUGS = ("pembentukan-kim", "surat-dan-jadwal", "pelaksanaan-pembinaan")
"""Our file names, in the order of the text."""


class SeedStep(Struct, frozen=True):
    """One row of a table; "" where the cell is blank."""

    no: str
    kegiatan: str
    kelengkapan: str
    waktu: str
    output: str
    keterangan: str


class SeedSOP(Struct, frozen=True):
    """One SOP of the seed. ``identity`` holds the label: value lines ("Nomor SOP" → "-")."""

    slug: str
    kop: tuple[str, ...]
    alamat: tuple[str, ...]
    identity: dict[str, str]
    dasar_hukum: tuple[str, ...]
    kualifikasi: tuple[str, ...]
    keterkaitan: tuple[str, ...]
    peralatan: tuple[str, ...]
    peringatan: tuple[str, ...]
    pencatatan: tuple[str, ...]
    judul_tabel: str
    headings: tuple[str, ...]
    steps: tuple[SeedStep, ...]

    def cells(self) -> Iterator[tuple[str, str]]:
        """(what it is, the text) of everything the SOP says, blank cells left out."""
        yield from (("kop", line) for line in self.kop)
        yield from (("alamat", line) for line in self.alamat)
        for label, value in self.identity.items():
            yield "label", label
            yield label, value
        for name in ("dasar_hukum", "kualifikasi", "keterkaitan", "peralatan", "peringatan", "pencatatan"):
            yield from ((name, line) for line in getattr(self, name))
        yield "judul_tabel", self.judul_tabel
        yield from (("judul kolom", heading) for heading in self.headings)
        for step in self.steps:
            for name in ("no", "kegiatan", "kelengkapan", "waktu", "output", "keterangan"):
                if value := getattr(step, name):
                    yield f"{name} langkah {step.no}", value


def squeeze(text: str) -> str:
    """The text with each run of whitespace as one space."""
    return " ".join(text.split())


@cache
def seed_sops() -> tuple[SeedSOP, ...]:
    """The SOPs of the seed, in the order of the text."""
    text = SEED.read_text(encoding="utf-8")
    heads = [match.start() for match in re.finditer(r"^\*\*STANDAR OPERASIONAL", text, re.MULTILINE)]
    tables = [match.start() for match in re.finditer(r"^No\.\t", text, re.MULTILINE)]
    assert len(heads) == len(tables) == 3
    blocks = [text[a:b] for a, b in zip(heads, [*heads[1:], None], strict=True)]
    titles = [squeeze(text[: tables[0]]), "Uraian Aktivitas", "Uraian Aktivitas"]
    return tuple(
        _sop(slug, block, title, text[start:])
        for slug, block, title, start in zip(SLUGS, blocks, titles, tables, strict=True)
    )


def _sop(slug: str, block: str, title: str, table: str) -> SeedSOP:
    kop, rest = block.removeprefix("**").split("**", 1)
    lines = [squeeze(line) for line in rest.split("Uraian Aktivitas")[0].splitlines()]
    lines = [line for line in lines if line]
    first = next(n for n, line in enumerate(lines) if line.startswith("Nomor SOP"))
    law = lines.index("Dasar Hukum")
    identity = dict(re.split(r"\s*:\s*", line, maxsplit=1) for line in lines[first:law])
    related, warned = lines.index("Keterkaitan"), lines.index("Peringatan")
    laws = [line for line in lines[law + 2 : related] if re.match(r"\d+\. ", line)]
    boxes = lines[related + 2 : warned]
    headings, steps = _table(table)
    return SeedSOP(
        slug=slug,
        kop=tuple(squeeze(line) for line in kop.splitlines()),
        alamat=tuple(lines[:first]),
        identity=identity,
        dasar_hukum=tuple(line.split(". ", 1)[1] for line in laws),
        kualifikasi=tuple(line for line in lines[law + 2 : related] if line not in laws),
        keterkaitan=tuple(line.removeprefix("- ") for line in boxes if line.startswith("- ")),
        peralatan=tuple(line for line in boxes if not line.startswith("- ")),
        peringatan=(),
        pencatatan=tuple(lines[warned + 2 :]),
        judul_tabel=title,
        headings=headings,
        steps=steps,
    )


def _table(text: str) -> tuple[tuple[str, ...], tuple[SeedStep, ...]]:
    lines = text.splitlines()
    top, below = lines[0].split("\t"), lines[1].split("\t")
    actors = len([name for name in below if name]) - 3
    steps = []
    for line in lines[2:]:
        if not re.match(r"\d+\t", line):
            break
        cells = [squeeze(cell) for cell in line.split("\t")]
        assert cells[2 : 2 + actors] == [""] * actors
        steps.append(SeedStep(cells[0], cells[1], *cells[2 + actors :]))
    return tuple(name for name in [*top, *below] if name), tuple(steps)
