"""Sound files of every door, made here → mutated ones, the same for the same seed."""

from __future__ import annotations

import io
import random
import re
import shutil
import subprocess
import tempfile
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import Path

from generator.documents.setting import make_docx, make_pdf
from tests.bench.flow.charts import sop_chart
from tests.documents.cases import made_up
from tests.reading.cells import HEAD, ROWS, book
from tests.reading.office_charts import Manner, case
from tests.reading.test_cells import COLON
from tests.reading.word_files import word_file
from tests.reading.workbooks import workbook

_NUMBERS = (b"0", b"-1", b"1", b"99999999999", b"-2147483648", b"1e308", b"nan", b"", b"x", b"63", b"1048576")
_XML = (b"<w:tbl>", b"</w:tc>", b"<w:p/>", b"&#0;", b"]]>", b'"', b"<a:xfrm/>", b"<w:tr>" * 40, b"<x>" * 200)
_PARTS = ("document.xml", "drawing1.xml", "content.xml", ".rels", "sheet1.xml", "Content_Types", "styles.xml")


def office_sources() -> dict[str, bytes]:
    """Sound files of each door by name, small ones."""
    made = case(sop_chart(7), 7)
    files = {f"{way}.docx": word_file(made, Manner(), 7, way) for way in ("floating", "canvas", "vml group")}
    files["own.docx"] = make_docx(made_up(sop_chart(7), 7, 6))
    files["group.xlsx"] = workbook(made, Manner(grouped=True), 7)
    files["free.xlsx"] = workbook(made, Manner("plain", "freeforms", "no", "framed"), 7)
    return files


def other_sources() -> dict[str, bytes]:
    """Sound files of the other doors."""
    rows = [[str(cell or "") for cell in row] for row in (*COLON, HEAD, *ROWS)]
    cells = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
    return {
        "drawn.pdf": make_pdf(made_up(sop_chart(7), 7, 6)),
        "page.html": f"<html><body><h1>SOP</h1><table>{cells}</table></body></html>".encode(),
        "text.csv": "\n".join(",".join(row) for row in rows).encode(),
        "pasted.txt": "\n".join("\t".join(row) for row in rows).encode(),
        "table.md": "\n".join("|" + "|".join(row) + "|" for row in rows).encode(),
    }


def old_sources() -> dict[str, bytes]:
    """The same table in the old kinds of workbook, where LibreOffice is there to write them."""
    files: dict[str, bytes] = {}
    if not shutil.which("soffice"):
        return files
    with tempfile.TemporaryDirectory() as away:
        source = Path(away, "uji.xlsx")
        source.write_bytes(_table())
        for kind in ("ods", "xls"):
            command = [
                "soffice",
                f"-env:UserInstallation=file://{away}/p",
                "--headless",
                "--convert-to",
                kind,
            ]
            subprocess.run([*command, "--outdir", away, source], check=True, capture_output=True, timeout=120)
            files[f"old.{kind}"] = Path(away, f"uji.{kind}").read_bytes()
    return files


def _table() -> bytes:
    return book(("Lembar1", [*COLON, HEAD, *ROWS]), merged=("F12:F13",))


def sources_of(ending: str) -> dict[str, bytes]:
    """The sound files of the doors for one ending, or of all."""
    files = {**office_sources(), **other_sources(), **(old_sources() if ending in ("", "ods", "xls") else {})}
    return {name: data for name, data in files.items() if name.endswith(ending)}


def mutated_office(seed: int, sources: Mapping[str, bytes]) -> tuple[str, bytes]:
    """Name and bytes of one mutated file, the same for the same seed."""
    chance = random.Random(seed)
    name = chance.choice(sorted(sources))
    data = sources[name]
    how = chance.random()
    if not data.startswith(b"PK"):
        return name, _plain(chance, data)
    if how < 0.15:
        for _ in range(chance.randrange(1, 20)):
            at = chance.randrange(len(data))
            data = data[:at] + bytes([chance.randrange(256)]) + data[at + 1 :]
        return name, data
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as source,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        names = source.namelist()
        hit = chance.choice([n for n in names if any(word in n for word in _PARTS[: 3 if how < 0.8 else 7])])
        for one in names:
            part = source.read(one)
            if one != hit:
                target.writestr(one, part)
            elif how < 0.97:
                target.writestr(one, _numbers(chance, part) if how < 0.6 else _tags(chance, part))
    return name, out.getvalue()


def _plain(chance: random.Random, data: bytes) -> bytes:
    """A file without parts in which numbers, tags or single bytes are others."""
    if data.startswith(b"%PDF"):
        data = _open_streams(data)
    how = chance.random()
    if how < 0.3:
        return _tags(chance, data)
    if how < 0.6:
        pieces = re.split(rb"(\b)(-?\d+)(?=\D)", data)
        for _ in range(chance.randrange(1, 40) if len(pieces) > 3 else 0):
            pieces[chance.choice(range(2, len(pieces), 3))] = chance.choice(_NUMBERS)
        return b"".join(pieces)
    for _ in range(chance.randrange(1, 30)):
        at, far = chance.randrange(len(data) + 1), chance.randrange(200)
        token = chance.choice(
            (bytes([chance.randrange(256)]), b"\t\t\t", b'"', b"\n", b"", b"<td>" * 50, data[at : at + far])
        )
        data = data[:at] + token + data[at + chance.choice((0, 1, far)) :]
    return data


def _open_streams(data: bytes) -> bytes:
    """A PDF with its streams as they are without compression, so that what is painted changes."""

    def plain(hit: re.Match[bytes]) -> bytes:
        try:
            body = zlib.decompress(hit[2])
        except zlib.error:
            return hit[0]
        return (
            hit[1].replace(b"/Filter/FlateDecode", b"").replace(b"/Filter /FlateDecode", b"") + body + hit[3]
        )

    return re.sub(rb"(<<[^<>]*?>>\s*stream\r?\n)(.*?)(\r?\nendstream)", plain, data, flags=re.DOTALL)


def _numbers(chance: random.Random, part: bytes) -> bytes:
    """A part that says other places and sizes."""
    pieces = re.split(rb'(="|>)(-?\d+)(?="|<)', part)
    for _ in range(chance.randrange(1, 60) if len(pieces) > 3 else 0):
        pieces[chance.choice(range(2, len(pieces), 3))] = chance.choice(_NUMBERS)
    return b"".join(pieces)


def _tags(chance: random.Random, part: bytes) -> bytes:
    """A part whose elements are lost, doubled, exchanged or strange."""
    pieces = re.split(rb"(<[^>]*>)", part)
    for _ in range(chance.randrange(1, 12)):
        a, b = chance.randrange(len(pieces)), chance.randrange(len(pieces))
        match chance.randrange(4):
            case 0:
                pieces[a] = b""
            case 1:
                pieces[a] = chance.choice(_XML)
            case 2:
                pieces[a], pieces[b] = pieces[b], pieces[a]
            case _:
                begin, end = min(a, b), min(max(a, b), min(a, b) + 400)
                pieces[end:end] = pieces[begin:end]
    return b"".join(pieces)
