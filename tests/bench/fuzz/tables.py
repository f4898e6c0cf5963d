"""Mutated workbooks, CSV and text → ``sop import``: a draft that loads or a problem, never a traceback."""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Mapping

from generator.catalogue import Catalogue
from generator.load import load_text
from generator.tables.draft import drafts
from generator.tables.grid import read_sheets
from generator.tables.workbook import from_workbook, is_ours
from generator.writing.draft import file_text

_TOKENS = (b"\t\t\t", b"\n", b'"', b"No\tKegiatan\n", b"Dasar Hukum\n", b"\xff", b"\x00", b";" * 300, b"=1+1")
_XML = (b"9" * 8, b"A1048576", b"&lt;", b'"', b"<v>", b"{", b"&#0;", b"&a;", b"]]>", b"[" * 3000)


def mutated_table(seed: int, sources: Mapping[str, bytes]) -> tuple[str, bytes]:
    """Name and bytes of one mutated table file, the same for the same seed."""
    chance = random.Random(seed)
    name = chance.choice(sorted(sources))
    if name.endswith(".xlsx") and chance.random() < 0.8:
        return name, _inside(chance, sources[name])
    return name, _bytes(chance, sources[name], _TOKENS)


def _bytes(chance: random.Random, data: bytes, tokens: tuple[bytes, ...]) -> bytes:
    for _ in range(chance.randrange(1, 25)):
        at, how = chance.randrange(len(data) + 1), chance.random()
        if how < 0.5:
            data = data[:at] + bytes([chance.randrange(256)]) + data[at + 1 :]
        elif how < 0.75:
            data = data[:at] + data[at + chance.choice((1, 10, 300)) :]
        else:
            data = data[:at] + chance.choice(tokens) + data[at:]
    return data


def _inside(chance: random.Random, data: bytes) -> bytes:
    """The workbook with one of its packed parts mutated."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w") as target:
        names = source.namelist()
        hit = chance.choice(
            [name for name in names if "sheet" in name or "hared" in name or "workbook" in name]
        )
        for name in names:
            part = source.read(name)
            target.writestr(name, _bytes(chance, part, _XML) if name == hit else part)
    return out.getvalue()


def try_import(name: str, data: bytes, catalogue: Catalogue) -> str:
    """What became of one file; raises where the import would."""
    sheets, problems = read_sheets(data, name)
    if not sheets:
        assert problems, "refused without a word"
        return "tabel ditolak"
    ours = is_ours(sheets)
    found = (
        from_workbook(sheets) if ours else [draft for sheet in sheets for draft in drafts(sheet, catalogue)]
    )
    for draft in found:
        text = file_text(draft.form)
        tree, problems = load_text(text, "draf.yml")
        assert tree is not None, problems
    return "tabel menjadi draf" if found else "tanpa tabel"
