"""Mutated workbooks, CSV and text → ``sop import``: a draft that loads and can be checked, or a problem,
never a traceback."""

from __future__ import annotations

import io
import random
import re
import time
import traceback
import zipfile
from collections.abc import Mapping, Sequence
from xml.sax.saxutils import escape

from generator.data.catalogue import Catalogue
from generator.data.load import load_text
from generator.data.sources import read_catalogue
from generator.data.validate import Register, validate_sop
from generator.data.validate.read import is_slug
from generator.data.writing.draft import file_text
from generator.formats.xlsx.workbook import to_workbook
from generator.reading.doors import door
from generator.reading.draft.closed import closed
from generator.reading.draft.draft import drafts
from generator.reading.draft.text import draft_text
from generator.reading.understand import understand
from generator.reading.xlsx.returned import from_workbook
from generator.reading.xlsx.rows import is_ours, may_be_ours, read_rows
from tests.bench.fuzz.odd import ODD
from tests.bench.fuzz.run import HANG, ROOT, Hang, Result, watch
from tests.tables.test_formats import TABLE, delimited, excel
from tests.tables.test_seed import SEED

_TOKENS = (b"\t\t\t", b"\n", b'"', b"No\tKegiatan\n", b"Dasar Hukum\n", b"\xff", b"\x00", b";" * 300, b"=1+1")
_RANGES = ("A1:XFD1048576", "XFD1", "A0", "A1048577", "ZZZZ9", "A1:", ":", "B2:A1", "", "99999999999", "-1")
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
    """The workbook with one of its packed parts mutated, or the packing itself."""
    how = chance.random()
    if how < 0.1:
        begin = data.rindex(b"PK\x01\x02", 0, len(data) - 200)
        return data[:begin] + _bytes(chance, data[begin:], (b"\xff" * 4, b"PK\x05\x06", b"PK\x01\x02"))
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w") as target:
        names = source.namelist()
        fit = ("worksheets/",) if how < 0.7 else ("sheet", "hared", "workbook")
        hit = chance.choice([name for name in names if any(word in name for word in fit)])
        for name in names:
            part = source.read(name)
            if name == hit:
                part = (
                    _data(chance, part)
                    if how < 0.5
                    else _ranges(chance, part)
                    if how < 0.7
                    else _bytes(chance, part, _XML)
                )
            target.writestr(name, part)
        target.writestr(f"xl/{chance.choice(names)}", b"<a/>")
    return out.getvalue()


def _data(chance: random.Random, sheet: bytes) -> bytes:
    """The texts of a sheet, some of which are JSON of ours, with some of them changed."""
    texts = re.split(rb"(<t[^>]*>)([^<]*)(</t>)", sheet)
    json_at = [at for at in range(2, len(texts), 4) if texts[at][:1] in (b'"', b"{", b"[", b"&")]
    for _ in range(chance.randrange(1, 6)):
        if len(texts) < 4:
            break
        at = chance.choice(json_at if json_at and chance.random() < 0.8 else range(2, len(texts), 4))
        texts[at] = escape(chance.choice(ODD)).encode()
    return b"".join(texts)


def _ranges(chance: random.Random, sheet: bytes) -> bytes:
    """A sheet that says other places and sizes than it has."""
    parts = re.split(rb'( (?:r|ref|s|t)=")([^"]*)', sheet)
    for _ in range(chance.randrange(1, 8) if len(parts) > 3 else 0):
        parts[chance.choice(range(2, len(parts), 3))] = chance.choice(_RANGES).encode()
    return b"".join(parts)


def try_import(name: str, data: bytes, catalogue: Catalogue) -> str:
    """What became of one file; raises where the import would."""
    texts = _own(name, data, catalogue)
    if texts is None:
        read = door(name, data)
        assert read is not None
        seen, problems = read(data, name)
        if seen is None:
            assert problems, "refused without a word"
            return "tabel ditolak"
        found = drafts(understand(seen), catalogue)
        assert all(is_slug(draft.slug) for draft in found)
        texts = [draft_text(draft, name)[0] for draft in found]
    register = Register(
        *(catalogue.instansi, catalogue.unit, catalogue.pelaksana, catalogue.hukum, frozenset(catalogue.sop))
    )
    for text in texts:
        tree, problems = load_text(text, "draf.yml")
        assert tree is not None, problems
        assert not problems, problems
        _, problems = validate_sop(tree, "draf", register)
        assert all(problem.position.line and problem.message for problem in problems)
    return "tabel menjadi draf" if texts else "tanpa tabel"


def _own(name: str, data: bytes, catalogue: Catalogue) -> list[str] | None:
    """The drafts of a workbook that was written here; None for another file."""
    if not name.endswith(".xlsx") or not may_be_ours(data):
        return None
    sheets, _ = read_rows(data, name)
    if not is_ours(sheets):
        return None
    found, strays = from_workbook(sheets)
    assert all(problem.message and problem.hint for problem in strays)
    for draft in found:
        assert is_slug(draft.slug)
        closed(draft.slug, draft.form, catalogue)
    return [file_text(draft.form) for draft in found]
