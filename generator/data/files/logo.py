"""Bytes of the agency's emblem and the name of its file → what is wrong with it; nothing where every medium
can show it: pages, PDF, Word, the card. This is the one place that judges an emblem."""

from __future__ import annotations

import base64
import io
import math
import re
import warnings
from pathlib import Path
from typing import Any

from generator.data.files.plain import why
from generator.data.files.svg import active_parts

MAX_BYTES = 2_000_000
MAX_POINTS, MAX_SIDE = 16_000_000, 10_000
"""Points of a picture and of one of its sides: what opens in some 60 MB."""
MAX_ELEMENTS, MAX_DEPTH = 50_000, 60
"""Elements of a drawing, repeated ones counted each time; how deep they stand in one another."""
LARGEST, WIDEST = 20_000.0, 50.0
"""Length of a side of a drawing; how many times longer one side may be than the other."""
_LATIN = 0x24F
_KINDS = {".png": "PNG", ".jpg": "JPEG", ".jpeg": "JPEG"}
_SVG = "{http://www.w3.org/2000/svg}"
_NUMBER = re.compile(r"\s*\+?(\d+(?:\.\d*)?|\.\d+)(?:[eE]([+-]?\d{1,3}))?\s*(px|pt|pc|mm|cm|in)?\s*")
# Numbers in attributes; not those in colours and names. Far beyond the size of a page, typesetters give up or
# fill the memory.
_VALUE = re.compile(r"(?<![\w#.])[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?")
_FARTHEST = 1e6
_EMBEDDED = re.compile(r"data:image/(png|jpe?g);base64,(.*)", re.DOTALL)
_NAMES = re.compile(r"id$|class$|data-|aria-|\{")
_WORDS = tuple(f"{_SVG}{name}" for name in ("text", "tspan", "textPath"))
_HREF = ("href", "{http://www.w3.org/1999/xlink}href")

Fault = tuple[str, str]
"""What is wrong, and how it is mended."""
LACKING: Fault = ("lambang '{}' tidak ada di folder data", "simpan berkasnya di sana, atau hapus kunci logo")


def faults_of_file(path: Path) -> list[Fault]:
    """What is wrong with the emblem in a file; no more of it is read than an emblem may have."""
    if not path.is_file():
        return [(f"lambang '{path.name}' bukan berkas", LACKING[1])]
    try:
        with path.open("rb") as file:
            blob = file.read(MAX_BYTES + 1)
    except OSError as error:
        return [(f"lambang '{path.name}' tidak dapat dibaca ({why(error)})", "periksa izin berkas itu")]
    return faults(blob, path.name)


def faults(blob: bytes, name: str) -> list[Fault]:
    """What is wrong with an emblem."""
    if not blob:
        return [(f"lambang '{name}' kosong (0 bita)", "salin ulang berkasnya")]
    if len(blob) > MAX_BYTES:
        return [(f"lambang '{name}' terlalu besar (lebih dari 2 MB)", "kecilkan gambarnya")]
    ending = Path(name).suffix
    found = _drawing(blob) if ending == ".svg" else _picture(blob, _KINDS.get(ending, "PNG"))
    return [(f"lambang '{name}' {message}", cure) for message, cure in found]


def _picture(blob: bytes, kind: str) -> list[Fault]:
    """What is wrong with a picture of points that should be of a kind."""
    from PIL import Image  # not loaded where there is no emblem

    unreadable = [(f"bukan gambar {kind} yang dapat dibaca", f"simpan ulang sebagai {kind}")]
    too_large = "kecilkan; 1000 titik sudah cukup"
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # a large picture is told below, not by Pillow
            image = Image.open(io.BytesIO(blob))
    except Image.DecompressionBombError:
        return [("terlalu besar (lebih dari 100 juta titik)", too_large)]
    except (OSError, ValueError, SyntaxError):
        return unreadable
    with image:
        wide, high = image.size
        if image.format != kind:
            said = f"berisi {image.format or 'gambar lain'}, bukan {kind} seperti akhiran namanya"
            return [(said, f"simpan ulang sebagai {kind}")]
        if wide * high > MAX_POINTS or max(wide, high) > MAX_SIDE:
            return [(f"terlalu besar ({wide} × {high} titik)", too_large)]
        if max(wide, high) > WIDEST * min(wide, high):
            return [(f"terlalu pipih ({wide} × {high} titik)", "potong gambarnya")]
        if getattr(image, "n_frames", 1) > 1:
            return [("gambar bergerak", "simpan satu gambarnya saja")]
        if image.mode == "CMYK":
            return [("berwarna CMYK (untuk percetakan)", "simpan ulang dengan warna RGB")]
        try:
            image.load()
        except (OSError, ValueError, SyntaxError, EOFError, MemoryError):
            return [("rusak atau terpotong", "salin ulang berkasnya")]
    return []


def _drawing(blob: bytes) -> list[Fault]:
    """What is wrong with an SVG."""
    from lxml import etree  # not loaded where there is no emblem

    try:
        text = blob.removeprefix(b"\xef\xbb\xbf").decode("utf-8")
    except UnicodeDecodeError:
        return [("bukan SVG dengan pengodean UTF-8", "simpan ulang sebagai SVG biasa (UTF-8)")]
    if re.search(r"<!ENTITY", text):
        return [("memuat entitas XML", "simpan ulang sebagai SVG biasa, tanpa <!ENTITY")]
    if re.search(r"<\?xml[^>]*encoding\s*=\s*[\"'](?!utf-?8[\"'])", text[:200], re.IGNORECASE):
        return [("menyebut pengodean yang bukan UTF-8", "simpan ulang sebagai SVG biasa (UTF-8)")]
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(text.encode(), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        place = getattr(error, "position", (1, 1))
        return [
            (f"bukan SVG yang benar (baris {place[0]}, kolom {place[1]})", "simpan ulang sebagai SVG biasa")
        ]
    if root.tag != f"{_SVG}svg":
        return [("bukan SVG", 'elemen pertamanya harus <svg xmlns="http://www.w3.org/2000/svg">')]
    # a browser that opens the file by its own address obeys what is in it
    acting = [
        (f"tidak aman: {what} (baris {line})", "simpan ulang sebagai SVG biasa, atau pakai PNG")
        for line, what in active_parts(blob)
    ]
    return acting or _size(root) or _heavy(root) or _parts(root)


def _size(root: Any) -> list[Fault]:
    """A drawing has a size: width and height, or a viewBox."""
    cure = "simpan ulang dengan ukuran halaman pas pada gambarnya"
    box = root.get("viewBox")
    sides: list[float] = []
    if box is not None:
        try:
            sides = [float(part) for part in re.split(r"[\s,]+", box.strip())]
        except ValueError:
            sides = []
        if len(sides) != 4 or not all(map(math.isfinite, sides)) or min(sides[2:]) <= 0:
            return [(f"ber-viewBox '{box[:40]}' yang tidak dapat dipakai", cure)]
        sides = sides[2:]
    for at, key in enumerate(("width", "height")):
        told = root.get(key)
        if told is None or told.strip().endswith("%") or told.strip() == "auto":
            continue
        if not (length := _length(told)):
            return [(f"ber-{key} '{told[:40]}' yang tidak dapat dipakai", cure)]
        sides = [*sides, length] if box is None else [*sides[:at], length, *sides[at + 1 :]]
    if len(sides) != 2:
        return [("tidak menyebut ukurannya (viewBox, atau width dan height)", cure)]
    wide, high = sides
    if max(wide, high) > LARGEST or max(wide, high) > WIDEST * min(wide, high):
        return [(f"berukuran tidak wajar ({wide:g} × {high:g})", cure)]
    return []


def _length(text: str) -> float | None:
    """A length that is more than nothing; its unit does not matter."""
    found = _NUMBER.fullmatch(text)
    if found is None:
        return None
    return float(f"{found[1]}e{found[2] or 0}")


def _parts(root: Any) -> list[Fault]:
    """Every part of a drawing can be drawn by whoever must: a browser, the typesetter, Word."""
    for element in root.iter():
        if not isinstance(element.tag, str) or not element.tag.startswith(_SVG):
            continue  # a comment, or what a drawing program notes for itself
        if element.tag == f"{_SVG}filter":
            return [
                ("memuat penyaring (<filter>)", "simpan tanpa efek bayangan atau kabur, atau sebagai PNG")
            ]
        told = f"{element.text or ''}{element.tail or ''}" if element.tag in _WORDS else ""
        if any(ord(letter) > _LATIN for letter in told):
            return [("memuat tulisan dengan huruf yang tidak biasa", "ubah tulisannya menjadi kurva (path)")]
        for key, value in element.attrib.items():
            if key not in _HREF:
                if not _NAMES.match(key) and any(
                    abs(float(number)) > _FARTHEST for number in _VALUE.findall(value)
                ):
                    return [(f"memuat bilangan yang tidak wajar pada {key}", "simpan ulang gambarnya")]
            elif found := _EMBEDDED.fullmatch(value.strip()):
                if wrong := _embedded(found[2], "PNG" if found[1] == "png" else "JPEG"):
                    return wrong
            elif not value.startswith("#"):
                return [
                    (
                        "memuat gambar atau tautan di luar berkasnya",
                        "sisipkan gambarnya (embed), hapus tautannya",
                    )
                ]
    return []


def _embedded(code: str, kind: str) -> list[Fault]:
    """What is wrong with a picture of points inside a drawing."""
    try:
        blob = base64.b64decode("".join(code.split()), validate=True)
    except ValueError:
        return [("memuat gambar yang rusak", "sisipkan ulang gambarnya")]
    return [(f"memuat gambar yang {message}", cure) for message, cure in _picture(blob, kind)]


def _heavy(root: Any) -> list[Fault]:
    """A drawing is neither too deep nor too large, nor by repeating its parts."""
    too_much = [("terlalu rumit", "sederhanakan gambarnya, atau simpan sebagai PNG")]
    named = {element.get("id"): element for element in root.iter() if element.get("id")}
    known: dict[Any, int] = {}

    def weight(element: Any, depth: int) -> int:
        if depth > MAX_DEPTH:
            return MAX_ELEMENTS + 1
        if element in known:
            return known[element]
        total = 1
        for child in element:
            total += weight(child, depth + 1)
        for key in _HREF:
            to = named.get((element.get(key) or "").removeprefix("#"))
            if to is not None and element.tag == f"{_SVG}use":
                total += weight(to, depth + 1)
        known[element] = min(total, MAX_ELEMENTS + 1)
        return known[element]

    return too_much if weight(root, 0) > MAX_ELEMENTS else []
