"""A seed number + sound files → one file that is probably broken, the same for the same number."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from typing import Any

import yaml

NASTY = (
    *(
        "",
        " ",
        "-",
        "~",
        "null",
        "selesai",
        "berikutnya",
        "mulai",
        "ya",
        "tidak",
        "010",
        "1e999",
        "9" * 400,
        "x" * 5000,
    ),
    *(
        "{{ x }}",
        "{% raw %}",
        "<script>alert(1)</script>",
        "]]>",
        "javascript:alert(1)",
        "../../etc",
        "https://[",
        "'",
    ),
    *(
        "\u202e",
        "\u200b",
        "\u0000",
        "\ufeff",
        "\ud7ff",
        "é" * 50,
        "😀",
        "a\nb\n\nc",
        "\t",
        "\r",
        "1. a\n2. b",
        "=1+1",
    ),
    *(
        "31 Februari 2020",
        "99/99/9999",
        "31-12-9999",
        "2 s.d 3 bulan",
        "0 menit",
        "9999999 hari",
        "1/0 jam",
        "-5 menit",
    ),
    *(
        "kasi",
        "staf",
        "surat-dan-jadwal",
        "periksa",
        "perbaiki",
        "publik",
        "kapsul",
        "belah-ketupat",
        "panah",
    ),
)
TOKENS = (
    *(
        b"&a ",
        b"*a",
        b"!!python/object ",
        b"!x ",
        b"%YAML 1.1\n---\n",
        b"\n---\n",
        b"\n...\n",
        b"<<: ",
        b"? ",
        b": ",
        b"- ",
    ),
    *(
        b"[" * 30,
        b"{" * 30,
        b"]",
        b"}",
        b'"',
        b"'",
        b"|\n",
        b">-\n",
        b"#",
        b"\t",
        b"\r\n",
        b"\xff\xfe",
        b"\xef\xbb\xbf",
        b"\x00",
    ),
    *(
        b"\xe2\x80\xa8",
        b"\xc2\x85",
        b"\xed\xa0\x80",
        b"  ",
        b"\n",
        b"a: " * 40,
        b"- " * 200,
        b'"\\uD800"',
        b'"\\0"',
        b"x" * 3000,
    ),
)


def mutated(seed: int, sources: Sequence[bytes]) -> bytes:
    """One mutated file. Half of the files are mutated in their bytes, half in what YAML makes of them."""
    chance = random.Random(seed)
    data = chance.choice(sources)
    if chance.random() < 0.5:
        for _ in range(chance.choice((1, 1, 2, 5, 20))):
            data = chance.choice(BYTES)(chance, data)
        return data
    try:
        tree = yaml.load(data, yaml.BaseLoader)
    except (yaml.YAMLError, UnicodeError, ValueError):
        return data
    for _ in range(chance.choice((1, 1, 1, 2, 4, 10))):
        tree = change(chance, tree)
    return yaml.safe_dump(
        tree, allow_unicode=chance.random() < 0.5, sort_keys=False, width=chance.choice((40, 4000))
    ).encode("utf-8", "surrogatepass")


def _at(chance: random.Random, data: bytes) -> int:
    return chance.randrange(len(data) + 1)


def _flip(chance: random.Random, data: bytes) -> bytes:
    at = _at(chance, data)
    return data[:at] + bytes([chance.randrange(256)]) + data[at + 1 :]


def _cut(chance: random.Random, data: bytes) -> bytes:
    at = _at(chance, data)
    return data[:at] + data[at + chance.choice((1, 2, 10, 200)) :]


def _insert(chance: random.Random, data: bytes) -> bytes:
    at = _at(chance, data)
    return data[:at] + chance.choice(TOKENS) + data[at:]


def _truncate(chance: random.Random, data: bytes) -> bytes:
    return data[: _at(chance, data)]


def _repeat(chance: random.Random, data: bytes) -> bytes:
    a, b = sorted((_at(chance, data), _at(chance, data)))
    return data[:b] + data[a:b] * chance.choice((1, 2, 5)) + data[b:]


def _lines(chance: random.Random, data: bytes) -> bytes:
    lines = data.split(b"\n")
    a, b = chance.randrange(len(lines)), chance.randrange(len(lines))
    lines[a], lines[b] = lines[b], lines[a]
    return b"\n".join(lines)


def _indent(chance: random.Random, data: bytes) -> bytes:
    lines = data.split(b"\n")
    at = chance.randrange(len(lines))
    lines[at] = b" " * chance.randrange(6) + lines[at].lstrip()
    return b"\n".join(lines)


BYTES: tuple[Callable[[random.Random, bytes], bytes], ...] = (
    *(_flip, _cut, _insert, _insert, _truncate, _repeat, _lines, _indent),
)


def change(chance: random.Random, tree: Any) -> Any:
    """The tree with one of its nodes changed."""
    if isinstance(tree, dict) and tree and chance.random() < 0.9:
        key = chance.choice(list(tree))
        how = chance.random()
        if how < 0.08:
            return {k: v for k, v in tree.items() if k != key}
        if how < 0.14:
            return {(chance.choice(NASTY) if k == key else k): v for k, v in tree.items()}
        if how < 0.18:
            return {**tree, chance.choice(_KEYS): _value(chance, 2)}
        return {**tree, key: change(chance, tree[key])}
    if isinstance(tree, list) and tree and chance.random() < 0.9:
        at, how = chance.randrange(len(tree)), chance.random()
        if how < 0.08:
            return tree[:at] + tree[at + 1 :]
        if how < 0.16:
            return tree[: at + 1] * chance.choice((1, 2)) + tree[at:]
        if how < 0.2:
            return chance.sample(tree, len(tree))
        return [*tree[:at], change(chance, tree[at]), *tree[at + 1 :]]
    return _value(chance, 3)


_KEYS = (
    *(
        "id",
        "no",
        "uraian",
        "pelaksana",
        "keputusan",
        "lanjut",
        "simbol",
        "mulai",
        "selesai",
        "sop",
        "hubungan",
        "versi",
    ),
    *("pencabutan", "pengganti", "dasar", "nomor", "perubahan", "alasan", "efektif", "klasifikasi"),
    *(
        "kegiatan",
        "alur",
        "tanggal",
        "keterkaitan",
        "label",
        "dugaan",
        "dasar_hukum",
        "bentuk",
        "teks",
        "kop",
        "induk",
    ),
)


def _value(chance: random.Random, depth: int) -> Any:
    """A value of any kind."""
    kind = chance.random()
    if depth and kind < 0.12:
        return {
            chance.choice((*_KEYS, *NASTY)): _value(chance, depth - 1) for _ in range(chance.randrange(4))
        }
    if depth and kind < 0.24:
        return [_value(chance, depth - 1) for _ in range(chance.randrange(4))]
    return None if kind < 0.3 else chance.choice(NASTY)
