"""Mutated workbooks, CSV and text → ``sop import``: a draft that loads and can be checked, or a problem,
never a traceback."""

from __future__ import annotations

import io
import random
import time
import traceback
import zipfile
from collections.abc import Mapping, Sequence

from generator.catalogue import Catalogue
from generator.load import load_text
from generator.sources import read_catalogue
from generator.tables.draft import drafts
from generator.tables.grid import read_sheets
from generator.tables.returned import from_workbook, is_ours
from generator.tables.workbook import to_workbook
from generator.validate import Register, validate_sop
from generator.writing.draft import file_text
from tests.bench.fuzz.run import HANG, ROOT, Hang, Result, watch
from tests.tables.test_formats import TABLE, delimited, excel
from tests.tables.test_seed import SEED

_TOKENS = (b"\t\t\t", b"\n", b'"', b"No\tKegiatan\n", b"Dasar Hukum\n", b"\xff", b"\x00", b";" * 300, b"=1+1")
_XML = (b"9" * 8, b"A1048576", b"&lt;", b'"', b"<v>", b"{", b"&#0;", b"&a;", b"]]>", b"[" * 3000)


def table_sources() -> tuple[Catalogue, dict[str, bytes]]:
    """Tables as agencies keep them and our own workbook by name, and the catalogue that it was made from."""
    catalogue, problems = read_catalogue(ROOT / "sop_data")
    assert catalogue is not None, problems
    files = {"a.xlsx": excel(TABLE), "a.csv": delimited(",").encode(), "a.txt": SEED.read_bytes()}
    return catalogue, {**files, "b.xlsx": to_workbook(catalogue, list(catalogue.sop.values()))}


def run_tables(seeds: Sequence[int]) -> Result:
    """Import one mutated table a seed, each under a watch."""
    catalogue, files = table_sources()
    result = Result()
    for seed in seeds:
        name, data = mutated_table(seed, files)
        begun = time.process_time()
        try:
            with watch(HANG):
                outcome = try_import(name, data, catalogue)
        except Hang:
            outcome = "macet"
            result.failures.append((seed, f"{name}: lebih dari {HANG} detik"))
        except Exception:
            outcome = "jejak galat"
            result.failures.append((seed, f"{name}: {traceback.format_exc(limit=-6)}"))
        result.outcomes[outcome] += 1
        result.slowest = max(result.slowest, (time.process_time() - begun, seed))
    return result


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
    register = Register(
        *(catalogue.instansi, catalogue.unit, catalogue.pelaksana, catalogue.hukum, frozenset(catalogue.sop))
    )
    for draft in found:
        text = file_text(draft.form)
        tree, problems = load_text(text, "draf.yml")
        assert tree is not None, problems
        _, problems = validate_sop(tree, "draf", register)
        assert all(problem.position.line and problem.message for problem in problems)
    return "tabel menjadi draf" if found else "tanpa tabel"
