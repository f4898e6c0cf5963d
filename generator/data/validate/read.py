"""Tree → plain values, + problems of form: the readers that every schema is made of.

A reader takes a tree and the list that problems are added to; it returns the value, or None where it
reported why there is none. A key left blank (``nomor:``) counts as not given.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from enum import StrEnum
from itertools import groupby
from typing import Any
from urllib.parse import urlsplit

from msgspec import Struct

from generator.data.load import Items, MappingNode, ScalarNode, Tree
from generator.data.validate.spelling import UNSEEN
from generator.model.problems import Position, Problem, Severity

Problems = list[Problem]
Reader = Callable[[Tree, Problems], Any]

SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
ID = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
MAX_ID = 80
RESERVED_NAMES = frozenset(
    {"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10))}
)
"""Names that Windows keeps for itself: no file and no folder of a page can have them."""
TAKEN = frozenset({"cari"})
"""Names that a portal itself needs beside the agencies."""
SHORT, LONG, MANY = 500, 20_000, 500
"""Letters of a text that stands in a heading, a symbol or beside a line; of any other text; entries of a list
or lines of a text. Far more than any form holds: what is more takes a machine's time and no reader's."""
STACKED = 30
"""Signs on one letter, as Unicode has them in its Stream-Safe Text Format; a typesetter takes four times
as long for twice as many."""


class Field(Struct, frozen=True):
    """A key of a mapping: how it is read, what it is for (the words of the guide), if it must be there, how
    many letters a text and how many entries a list of it may have."""

    read: Reader
    about: str
    required: bool = False
    most: int = LONG
    many: int = MANY


def error(position: Position, message: str, hint: str = "", rule: str = "bentuk") -> Problem:
    return Problem(position, Severity.ERROR, message, hint, rule)


def warning(position: Position, message: str, hint: str = "", rule: str = "bentuk") -> Problem:
    return Problem(position, Severity.WARNING, message, hint, rule)


def suggest(word: str, known: Iterable[str]) -> str:
    """A "did you mean" hint, or the whole choice where it is short."""
    choices = sorted(known)
    found = nearest(word, choices)
    if found:
        return f"maksud Anda '{found}'?"
    return f"pilihannya: {', '.join(choices)}" if 0 < len(choices) <= 12 else "periksa ejaannya"


def nearest(word: str, choices: Iterable[str]) -> str | None:
    """The choice of which a word is most likely a misspelling. Of words with numbers only one whose
    digits are the same but for one that was left out or typed twice: another number is another law."""
    from rapidfuzz import fuzz, process
    from rapidfuzz.distance import Indel  # not loaded where nothing is wrong

    digits = re.sub("[^0-9]", "", word)
    alike = [one for one in choices if not digits or Indel.distance(re.sub("[^0-9]", "", one), digits) <= 1]
    found = process.extractOne(word.lower(), alike, scorer=fuzz.ratio, processor=str.lower, score_cutoff=60)
    return str(found[0]) if found else None


def kind(tree: Tree) -> str:
    """What stands there, in the words of the author."""
    return (
        "teks" if isinstance(tree, ScalarNode) else "daftar" if isinstance(tree, Items) else "kelompok kunci"
    )


def is_blank(tree: Tree) -> bool:
    return isinstance(tree, ScalarNode) and tree.blank


def table(fields: Mapping[str, Field], what: str) -> Callable[[Tree, Problems], dict[str, Any] | None]:
    """Reader of a mapping with these keys; gives the values that were there and could be read."""

    def read(tree: Tree, out: Problems) -> dict[str, Any] | None:
        if not isinstance(tree, MappingNode):
            hint = f"tulis kunci dan nilainya, misalnya {next(iter(fields))}: …"
            out.append(error(tree.position, f"{what} harus berupa kelompok kunci, bukan {kind(tree)}", hint))
            return None
        values: dict[str, Any] = {}
        for name, entry in tree.entries.items():
            field = fields.get(name)
            if field is None:
                out.append(
                    error(
                        entry.key.position, f"kunci '{name}' tidak dikenal pada {what}", suggest(name, fields)
                    )
                )
            elif not is_blank(entry.value):
                out += too_much(entry.value, field.most, field.many)
                if (value := field.read(entry.value, out)) is not None:
                    values[name] = value
            elif field.required:
                out.append(error(entry.value.position, f"'{name}' pada {what} belum diisi", field.about))
        for name, field in fields.items():
            if field.required and name not in tree.entries:
                out.append(error(tree.position, f"{what} tidak memuat '{name}'", field.about))
        return values

    return read


def too_much(tree: Tree, most: int = LONG, many: int = MANY) -> Problems:
    """What is too long of a text, or of a list and the texts in it."""
    if isinstance(tree, ScalarNode) and len(tree.value) < min(most, many) and tree.value.isascii():
        return []
    found: Problems = []
    entries = tree.items if isinstance(tree, Items) else (tree,)
    lines = len(entries) + sum(entry.value.count("\n") for entry in entries if isinstance(entry, ScalarNode))
    if lines > many:
        message = f"terlalu banyak di sini ({lines} baris atau butir, paling banyak {many})"
        found.append(error(tree.position, message, "gabungkan, atau bagi SOP ini", "panjang"))
    for entry in entries:
        if isinstance(entry, ScalarNode) and len(entry.value) > most:
            message = f"teks terlalu panjang ({len(entry.value)} huruf, paling banyak {most})"
            found.append(error(entry.position, message, "ringkas, atau pindahkan ke lampiran", "panjang"))
        if (
            isinstance(entry, ScalarNode)
            and not entry.value.isascii()
            and (signs := _stacked(entry.value)) > STACKED
        ):
            message = f"satu huruf diberi {signs} tanda gabung (aksen), paling banyak {STACKED}"
            found.append(error(entry.position, message, "ketik ulang teks itu", "panjang"))
    return found


def _stacked(value: str) -> int:
    """How many combining signs at most stand on one letter."""
    import unicodedata  # not loaded where there are none

    runs = groupby(value, lambda sign: unicodedata.category(sign).startswith("M"))
    return max((sum(1 for _ in run) for combining, run in runs if combining), default=0)


def text(tree: Tree, out: Problems) -> str | None:
    """Text as written, without the blanks at its ends."""
    if isinstance(tree, ScalarNode):
        return tree.value.strip()
    hint = "beri tanda kutip pada teks yang memuat ': ', '[' atau '{'"
    out.append(error(tree.position, f"di sini harus ada teks, bukan {kind(tree)}", hint))
    return None


def filled(tree: Tree, out: Problems) -> str | None:
    """Text in which there is something to see."""
    value = text(tree, out)
    if value is not None and not UNSEEN.sub("", value).strip():
        out.append(
            error(tree.position, "teks ini tidak boleh kosong", "isi, atau hapus kuncinya bila tidak wajib")
        )
        return None
    return value


def items(read: Reader, one: bool = True) -> Callable[[Tree, Problems], tuple[Any, ...] | None]:
    """Reader of a list; with ``one`` a single value may stand for a list of one."""

    def read_items(tree: Tree, out: Problems) -> tuple[Any, ...] | None:
        if isinstance(tree, Items):
            values = (read(item, out) for item in tree.items)
            return tuple(value for value in values if value is not None)
        if not one:
            out.append(
                error(
                    tree.position,
                    f"di sini harus ada daftar, bukan {kind(tree)}",
                    "awali tiap butir dengan '- '",
                )
            )
            return None
        value = read(tree, out)
        return None if value is None else (value,)

    return read_items


def lines(tree: Tree, out: Problems) -> tuple[str, ...] | None:
    """Lines of a cell as printed, from a text of several lines or from a list of texts. Lines below the first
    keep the blanks that they begin with: they are a list in a list."""
    if isinstance(tree, Items):
        found = (text(item, out) for item in tree.items)
        return tuple(" ".join(value.split()) for value in found if value)
    value = text(tree, out)
    return None if value is None else tuple(line.rstrip() for line in value.splitlines() if line.strip())


def one_of(choices: type[StrEnum] | Collection[str]) -> Reader:
    """Reader of one of the words of an enumeration, or of some words."""

    def read(tree: Tree, out: Problems) -> str | None:
        value = text(tree, out)
        if value is None:
            return None
        known = [str(choice) for choice in choices]
        if value in known:
            return choices(value) if isinstance(choices, type) else value
        out.append(error(tree.position, f"'{value}' tidak dapat dipakai di sini", suggest(value, known)))
        return None

    return read


def yes_no(tree: Tree, out: Problems) -> bool | None:
    """``ya`` or ``tidak``."""
    value = text(tree, out)
    if value in ("ya", "tidak"):
        return value == "ya"
    if value is not None:
        out.append(error(tree.position, f"'{value}' bukan ya atau tidak", "tulis ya atau tidak"))
    return None


def count(tree: Tree, out: Problems) -> int | None:
    """A whole number from 1 to 999."""
    value = text(tree, out)
    if value is None:
        return None
    if re.fullmatch("[1-9][0-9]{0,2}", value):
        return int(value)
    out.append(
        error(tree.position, f"'{value}' bukan bilangan bulat dari 1 sampai 999", "tulis angkanya saja")
    )
    return None


def identifier(tree: Tree, out: Problems) -> str | None:
    """An id: lower case letters, digits and single hyphens, a letter first."""
    value = text(tree, out)
    if value is None or (ID.fullmatch(value) and len(value) <= MAX_ID):
        return value
    like = like_id(value) or "periksa-konsep"
    hint = f"misalnya '{like if like[0].isalpha() else f'langkah-{like}'}'"
    out.append(
        error(
            tree.position, f"id '{value}' harus huruf kecil, angka dan tanda hubung, mulai dengan huruf", hint
        )
    )
    return None


def reference(tree: Tree, out: Problems) -> str | None:
    """Text that names something by its id; whether it exists is a rule's matter."""
    return filled(tree, out)


def link(tree: Tree, out: Problems) -> str | None:
    """A web or mail address: http, https or mailto."""
    value = filled(tree, out)
    if value is None:
        return None
    try:
        parts = urlsplit(value)
        web = parts.scheme in ("http", "https") and bool(parts.hostname)
        sound = web or (parts.scheme == "mailto" and "@" in parts.path)
    except ValueError:
        sound = False
    if sound and not re.search(r"[\s<>\"\\^`{|}\u200b-\u200f\u202a-\u202e\u2066-\u2069]", value):
        return value
    out.append(
        error(
            tree.position,
            f"tautan '{value}' tidak dapat dipakai",
            "tautan harus mulai dengan https://, http:// atau mailto:",
        )
    )
    return None


def like_id(value: str) -> str:
    """The id nearest to a free text."""
    return re.sub(r"[^a-z0-9]+", "-", value.lower())[:MAX_ID].strip("-")


def is_slug(value: str) -> bool:
    """Whether an SOP can have this name: it is a file's, a folder's and a part of an address."""
    return bool(SLUG.fullmatch(value)) and len(value) <= MAX_ID and value not in RESERVED_NAMES


def fit_for_agency(id: str) -> bool:
    """Whether an id can be a folder of a portal and nothing else."""
    return is_slug(id) and id[0].isalpha() and id not in TAKEN


def like_slug(value: str, otherwise: str = "sop") -> str:
    """The slug nearest to a free text."""
    like = like_id(value) or otherwise
    return like if is_slug(like) else f"sop-{like[: MAX_ID - 4].rstrip('-')}"


def exclusive(tree: Tree, pairs: tuple[tuple[str, str], ...], out: Problems) -> None:
    """Tell keys of a mapping that cannot stand together, as pairs."""
    assert isinstance(tree, MappingNode)
    for one, other in pairs:
        entry = tree.entries.get(other)
        if entry and one in tree.entries and not is_blank(entry.value):
            out.append(
                error(
                    entry.key.position, f"'{other}' tidak dapat dipakai bersama '{one}'", "pilih salah satu"
                )
            )
