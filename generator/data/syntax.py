"""What PyYAML says of a text that is no YAML → what its author reads."""

from __future__ import annotations

from typing import Any

import yaml

from generator.model.problems import Position, Problem, Severity

FALLBACK_HINT = "periksa lekukan, titik dua dan tanda kutip di sekitar baris itu"

# What PyYAML says (part of its words) → what the author reads.
_SYNTAX: tuple[tuple[str, str, str], ...] = (
    (
        "mapping values are not allowed",
        "titik dua di tempat yang tidak semestinya",
        'beri tanda kutip pada teks yang memuat ": ", atau periksa lekukannya',
    ),
    (
        "block sequence entries are not allowed",
        "tanda '-' di tempat yang tidak semestinya",
        'tulis "-" dengan tanda kutip bila itu isinya',
    ),
    (
        "sequence entries are not allowed",
        "tanda '-' di tempat yang tidak semestinya",
        'tulis "-" dengan tanda kutip bila itu isinya',
    ),
    ("could not find expected ':'", "titik dua setelah kunci tidak ada", "tulis kunci: nilai"),
    ("found unexpected end of stream", "tanda kutip atau kurung tidak ditutup", "tutup tanda itu"),
    ("expected ',' or", "kurung tidak ditutup, atau koma kurang", "periksa kurung siku dan kurung kurawal"),
    ("expected <block end>", "lekukan tidak rata", "samakan jarak dari tepi kiri dengan baris di atasnya"),
    ("found character '%'", "teks tidak boleh mulai dengan '%'", "beri tanda kutip"),
    ("that cannot start any token", "tanda ini tidak boleh mengawali teks", "beri tanda kutip pada teks itu"),
    ("found unknown escape character", "garis miring terbalik di dalam kutip ganda", "pakai kutip tunggal"),
    ("found undefined alias", "alias tidak dipakai di sini", "beri tanda kutip bila bintang itu teks"),
    (
        "expected alphabetic or numeric character",
        "tanda * atau & tidak boleh mengawali teks",
        "beri tanda kutip pada teks itu",
    ),
    (
        "expected the node content",
        "nilai tidak dapat dibaca",
        "beri tanda kutip pada teks yang memuat , [ ] { atau }",
    ),
    ("found undefined tag handle", "tag tidak dipakai di sini", "beri tanda kutip bila tanda seru itu teks"),
)


def fault(position: Position, message: str, hint: str) -> Problem:
    return Problem(position, Severity.ERROR, message, hint, "yaml")


def syntax_problem(error: yaml.MarkedYAMLError, name: str) -> Problem:
    mark: Any = error.problem_mark or error.context_mark
    position = Position(name, mark.line + 1, mark.column + 1) if mark is not None else Position(name, 1, 1)
    said = error.problem or ""
    for part, message, hint in _SYNTAX:
        if part in said:
            return fault(position, message, hint)
    return fault(position, "baris ini bukan YAML yang benar", FALLBACK_HINT)
