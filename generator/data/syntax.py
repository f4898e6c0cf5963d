"""What PyYAML says of a text that is no YAML → what its author reads, at the place where it was written.

PyYAML tells where it could read no further. Of the slips that people make most, that is another line than the
one to be mended, so these are looked for in the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
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


_NO_BLANK = r"(?P<before>[ ]*(?:- +)*)(?P<key>[A-Za-z_][\w-]*):(?P<value>(?!//)[^ ].*)"
"""A key whose colon has no blank behind it; an address (https://) is none."""
_ODD_BLANK = r"[\u00a0\u2000-\u200a\u202f\u205f\u3000]"
"""What looks like a blank and is none for YAML."""
_ODD_INDENT = re.compile(rf"(?P<before> *){_ODD_BLANK}[\s-]*[A-Za-z_\-]")
_QUOTED_PART = (
    r"""(?:^|[:\-] +)(?P<text>(?P<quoted>"(?:[^"\\]|\\.)*"|'(?:[^']|'')*') *(?P<rest>[^\s,\]}#:].*))"""
)
_NEXT_KEY = r"(?m:^ *(?:- +)*[A-Za-z_][\w-]*:(?: |$))"
_COMMENT = re.compile(r"[ ]+(?P<said>#(?:[^\s#]|\s*\d).*)")
"""What is a comment for YAML and text for most who write it: ``#12`` or ``# 12``."""


def syntax_problem(error: yaml.MarkedYAMLError, text: str, name: str) -> Problem:
    """The problem of a text that PyYAML refuses."""
    marks: list[Any] = [mark for mark in (error.context_mark, error.problem_mark) if mark is not None]
    lines = re.split("\r\n|\r|\n", text)
    if (found := _unclosed(error, text)) is not None:
        return fault(Position(name, *found), *_UNCLOSED)
    for mark in reversed(marks):
        if mark.line < len(lines) and (problem := _slip(lines[mark.line], Position(name, mark.line + 1, 1))):
            return problem
    said = error.problem or ""
    if marks and said.startswith("mapping values"):  # the line above has become the beginning of this one
        above = marks[-1].line - 1
        if above >= 0 and (problem := _no_blank(lines[above], Position(name, above + 1, 1))):
            return problem
    position = Position(name, marks[-1].line + 1, marks[-1].column + 1) if marks else Position(name, 1, 1)
    if marks and said.startswith("could not find expected ':'"):
        position = Position(name, marks[0].line + 1, marks[0].column + 1)
    for part, message, hint in _SYNTAX:
        if part in said:
            return fault(position, message, hint)
    return fault(position, "baris ini bukan YAML yang benar", FALLBACK_HINT)


_UNCLOSED = ("tanda kutip tidak ditutup", "tutup teks itu dengan tanda kutip yang sama di akhirnya")


def _unclosed(error: yaml.MarkedYAMLError, text: str) -> tuple[int, int] | None:
    """Line and column of a quotation mark that nothing closes: none does at all, or one further down that
    opens another text, so that keys stand between both."""
    found: tuple[int, int] | None = None
    try:
        for token in yaml.scan(text, Loader=yaml.SafeLoader):
            if not isinstance(token, yaml.ScalarToken) or token.style not in ("'", '"'):
                continue
            begin: Any = token.start_mark
            end: Any = token.end_mark
            here = error.problem_mark is not None and end.line == error.problem_mark.line
            if (
                here
                and end.line > begin.line
                and re.search(_NEXT_KEY, _after_first_line(text[begin.index : end.index]))
            ):
                found = found or (begin.line + 1, begin.column + 1)
    except yaml.MarkedYAMLError as stopped:
        context: Any = stopped.context_mark
        if (stopped.context or "").endswith("quoted scalar") and "end of stream" in (stopped.problem or ""):
            found = found or (context.line + 1, context.column + 1)
    except (yaml.YAMLError, ValueError, RecursionError):
        return None
    return found


def _after_first_line(text: str) -> str:
    return text.partition("\n")[2]


def _slip(line: str, start: Position) -> Problem | None:
    """What people often write that no YAML line can be."""
    if problem := odd_indent(start, line) or _no_blank(line, start):
        return problem
    found = re.search(_QUOTED_PART, line)
    if found is None:
        return None
    quoted = found["text"].rstrip().replace("'", "''")
    return fault(
        Position(start.file, start.line, found.start("text") + 1),
        f"sesudah tanda kutip penutup masih ada teks: {found['rest'].rstrip()}",
        f"beri tanda kutip pada seluruh teks: '{quoted}'",
    )


def _no_blank(line: str, start: Position) -> Problem | None:
    found = re.fullmatch(_NO_BLANK, line)
    if found is None:
        return None
    value = re.sub(f"^{_ODD_BLANK}+", "", found["value"])
    return fault(
        Position(start.file, start.line, found.start("value") + 1),
        f"sesudah '{found['key']}:' harus ada spasi biasa",
        f"tulis {found['key']}: {value}",
    )


def odd_indent(line: Position, text: str) -> Problem | None:
    """The problem of a line, or a key, that begins with something like a blank."""
    found = _ODD_INDENT.match(text)
    if found is None:
        return None
    where = Position(line.file, line.line, line.column + found.end("before"))
    code = ord(text[found.end("before")])
    return fault(
        where,
        f"awal baris ini memuat spasi yang bukan spasi biasa (U+{code:04X})",
        "hapus jarak di awal baris itu, lalu ketik lagi dengan spasi; sering terbawa dari Word",
    )


def swallowed(where: Position, value: str, after: str) -> Iterator[Problem]:
    """The text behind a value that YAML takes for a comment, where it looks like a part of the value."""
    found = _COMMENT.fullmatch(after)
    if found is None:
        return
    said = found["said"].rstrip()
    whole = f"{value} {said}".strip().replace("'", "''")
    yield Problem(
        where,
        Severity.WARNING,
        f"'{said}' tidak terbaca: sesudah spasi dan # teks menjadi komentar",
        f"bila itu isinya, beri tanda kutip: '{whole}'; bila itu komentar, pindahkan ke baris sendiri",
        "komentar_tertelan",
    )
