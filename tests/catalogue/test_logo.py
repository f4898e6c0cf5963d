"""An emblem either works in every medium or is told with its file and a cure; what it costs to judge is
bounded."""

from __future__ import annotations

import base64
import io
import struct
import zlib
from pathlib import Path

import pytest
from PIL import Image

from generator.data.files.logo import faults
from generator.data.sources import read_catalogue
from generator.documents.many import make_documents
from generator.documents.setting import emblem
from generator.formats.card.card import site_card
from generator.model.problems import Severity
from tests.catalogue.test_catalogue import FILES, write

_XMLNS = 'xmlns="http://www.w3.org/2000/svg"'


def saved(kind: str, mode: str = "RGB", **options: object) -> bytes:
    out = io.BytesIO()
    Image.new(mode, (60, 40)).save(out, kind, **options)
    return out.getvalue()


def png(wide: int, high: int, depth: int = 8) -> bytes:
    """A PNG that says that it has this size, with far less data than that where it is large."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    rows = zlib.compress((b"\0" * (1 + wide * 3 * depth // 8)) * min(high, 200))
    head = struct.pack(">IIBBBBB", wide, high, depth, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def svg(inside: str = '<rect width="9" height="9"/>', size: str = 'width="10" height="10"') -> bytes:
    return f"<svg {_XMLNS} {size}>{inside}</svg>".encode()


def coded(blob: bytes) -> str:
    return f'<image width="9" height="9" href="data:image/png;base64,{base64.b64encode(blob).decode()}"/>'


_HALVES = "".join(f'<g id="a{n + 1}">' + f'<use href="#a{n}"/>' * 10 + "</g>" for n in range(8))
WORKS = {
    "biasa.png": saved("PNG"),
    "enam-belas.png": png(20, 20, 16),
    "tembus.png": saved("PNG", "RGBA"),
    "palet.png": saved("PNG", "P"),
    "satu-bit.png": saved("PNG", "1"),
    "titik.png": png(1, 1),
    "abu.jpg": saved("JPEG", "L"),
    "bertahap.jpeg": saved("JPEG", progressive=True),
    "biasa.svg": svg(),
    "kotak-pandang.svg": svg(size='viewBox="-5 -5 10 10"'),
    "persen.svg": svg(size='width="100%" height="100%" viewBox="0 0 10 10"'),
    "milimeter.svg": svg(size='width="20mm" height="20mm"'),
    "bom.svg": b"\xef\xbb\xbf" + svg(),
    "doctype.svg": b'<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/svg11.dtd">' + svg(),
    "sisipan.svg": svg(coded(saved("PNG"))),
    "warna.svg": svg('<rect width="9" height="9" fill="#1e9000" transform="matrix(1,0,0,1,1e-7,0)"/>'),
    "tulisan.svg": svg('<text y="9">Kab</text>'),
}
FAILS = {
    "terpotong.png": saved("PNG")[:60],
    "kepala.png": saved("PNG")[:20],
    "terpotong.jpg": saved("JPEG")[:400],
    "nol.png": b"",
    "nol.svg": b"",
    "cmyk.jpg": saved("JPEG", "CMYK"),
    "bom.png": png(20_000, 20_000),
    "raksasa.png": png(100_000, 100_000),
    "panjang.png": png(5_000, 1),
    "gif.png": saved("GIF"),
    "webp.png": saved("WEBP"),
    "jpeg.png": saved("JPEG"),
    "png.jpg": saved("PNG"),
    "png.svg": saved("PNG"),
    "svg.png": svg(),
    "gerak.png": saved("PNG", save_all=True, append_images=[Image.new("RGB", (60, 40), "red")]),
    "teks.png": b"bukan gambar",
    "teks.svg": b"bukan gambar",
    "html.svg": b"<html><body>404</body></html>",
    "tanpa-ruang-nama.svg": b'<svg width="10" height="10"/>',
    "terbuka.svg": svg()[:-9],
    "utf16.svg": svg().decode().encode("utf-16"),
    "tanpa-ukuran.svg": svg(size=""),
    "huruf.svg": svg(size='viewBox="a b c d"'),
    "tiga.svg": svg(size='viewBox="0 0 10"'),
    "negatif.svg": svg(size='viewBox="0 0 -10 10"'),
    "hampa.svg": svg(size='viewBox="0 0 0 0"'),
    "luas.svg": svg(size='width="1e9" height="1e9"'),
    "tinggi.svg": svg(size='viewBox="0 0 1 100000"'),
    "entitas.svg": b'<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/hostname">]>' + svg("<text>&x;</text>"),
    "dalam.svg": svg("<g>" * 200 + "</g>" * 200),
    "berulang.svg": svg(f'<rect id="a0" width="1" height="1"/>{_HALVES}'),
    "diri.svg": svg('<g id="a"><use href="#a"/></g>'),
    "jauh.svg": svg('<path d="M 1e38 1e38 L -1e38 0 Z"/>'),
    "kabur.svg": svg('<filter id="f"/>'),
    "luar.svg": svg('<image width="9" height="9" href="https://example.go.id/x.png"/>'),
    "sisipan-bom.svg": svg(coded(png(20_000, 20_000))),
    "skrip.svg": svg("<script>alert(1)</script>"),
    "acara.svg": svg('<rect width="9" height="9" onload="alert(1)"/>'),
    "gaya.svg": svg("<style>@import url(https://example.go.id/a.css);</style>"),
    "han.svg": svg("<text>漢</text>"),
}


@pytest.mark.parametrize("name", WORKS)
def test_what_is_judged_sound_is_set_in_every_medium(tmp_path: Path, name: str) -> None:
    agency = FILES["instansi.yml"] + f"logo: {name}\n"
    data = write(tmp_path, FILES | {"instansi.yml": agency})
    (data / name).write_bytes(WORKS[name])
    found, problems = read_catalogue(data)
    assert found is not None, problems
    [slug, *_] = found.sop
    [made] = make_documents(found, [slug], ["pdf", "docx"], data, jobs=1)
    assert set(made.files) == {"pdf", "docx"}, made.problems
    logo = emblem(data, name, found.instansi.nama)
    assert logo is not None
    assert site_card(found.instansi, logo).startswith(b"\x89PNG")


@pytest.mark.parametrize("name", FAILS)
def test_what_is_not_is_told_with_place_file_and_cure(tmp_path: Path, name: str) -> None:
    agency = FILES["instansi.yml"] + f"logo: {name}\n"
    data = write(tmp_path, FILES | {"instansi.yml": agency})
    (data / name).write_bytes(FAILS[name])
    found, problems = read_catalogue(data)
    assert found is None
    [problem] = [one for one in problems if one.severity is Severity.ERROR]
    assert problem.position.file.endswith("instansi.yml")
    assert problem.position.line == agency.count("\n")
    assert name in problem.message
    assert problem.hint


def test_a_missing_emblem_and_one_that_is_no_file_are_told(tmp_path: Path) -> None:
    agency = FILES["instansi.yml"] + "logo: lambang.svg\n"
    data = write(tmp_path, FILES | {"instansi.yml": agency})
    assert any("tidak ada di folder data" in one.message for one in read_catalogue(data)[1])
    (data / "lambang.svg").mkdir()
    found, problems = read_catalogue(data)
    assert found is None
    assert any("bukan berkas" in one.message for one in problems)


def test_any_cut_or_changed_byte_is_judged_without_an_exception() -> None:
    for name in ("biasa.png", "abu.jpg", "kotak-pandang.svg", "sisipan.svg"):
        blob = WORKS[name]
        for at in range(0, len(blob), max(1, len(blob) // 60)):
            faults(blob[:at], name)
            faults(blob[:at] + bytes([blob[at] ^ 0xFF]) + blob[at + 1 :], name)
