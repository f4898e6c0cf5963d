"""File of a hand-written page → the page, its head read and judged.

It comes from whoever may propose a page: a link in the folder would publish what it points to, and a key of
the engine's in a head would choose another template.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from generator.data.files.inputs import files_in, odd_in, read_file
from generator.data.files.plain import odd_words, why
from generator.data.load import Entry, MappingNode, ScalarNode, load_text
from generator.formats.html.pagination import FOLDER
from generator.model.problems import Position, Problem, Severity
from generator.site.handwritten.expressions import Namespace, fill, holds_expression, judge

READERS = ("publik", "internal", "pengembang")
"""Whom a page may say that it is for; the last are no readers of any site."""
_KEYS = ("title", "description", "pembaca", "urutan")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")


class StageError(ValueError):
    """A page or document that cannot be staged; the message names the file, in Indonesian."""


class PageError(StageError):
    """Hand-written pages or settings that are refused."""


class Written(Struct, frozen=True):
    """A hand-written page: its path in ``docs/``, its front matter, its Markdown with macros; whether there
    are marks in it in the place of numbers (see ``counts``); how many lines of its file stand above; line and
    column of its title; the file, if there is one."""

    path: str
    meta: Mapping[str, Any]
    body: str
    counts: bool = False
    above: int = 0
    titled: tuple[int, int] = (1, 1)
    file: Path | None = None


def refuse(problems: Iterable[Problem], kind: type[StageError] = StageError) -> None:
    """Raises what stops the site for errors among the problems."""
    wrong = sorted(problem for problem in problems if problem.severity is Severity.ERROR)
    if wrong:
        told = (
            f"{one.position}: {one.message}\n  saran: {one.hint}" if one.hint else _bare(one) for one in wrong
        )
        raise kind("\n".join(told))


def _bare(problem: Problem) -> str:
    return f"{problem.position}: {problem.message}"


def files_of(docs: Path) -> list[tuple[str, Path]]:
    """The files of the folder by their path in it, sorted; hidden ones are not looked at. Raises PageError
    for a link or what is no file."""
    found, wrong = [], []
    for path in odd_in(docs):
        wrong.append(_error(Position(_shown(path), 1, 1), *odd_words(path)))
    for path in files_in(docs):
        if (shown := _shown(path)) != path.as_posix():
            wrong.append(_error(Position(shown, 1, 1), "nama berkas bukan UTF-8", "ganti namanya"))
        else:
            found.append((path.relative_to(docs).as_posix(), path))
    refuse(wrong, PageError)
    return sorted(found)


def _shown(path: Path) -> str:
    return path.as_posix().encode("utf-8", "backslashreplace").decode()


def judged(pages: Iterable[Written], docs: Path, words: Namespace) -> Iterator[Problem]:
    """What is wrong with the expressions on pages."""
    for page in pages:
        if fault := judge(page.body, words):
            yield _error(place(page, docs, fault.line, fault.column), fault.message, fault.hint)


def place(page: Written, docs: Path, line: int, column: int) -> Position:
    """Where a line of a page's body stands in its file."""
    return Position((page.file or docs / page.path).as_posix(), page.above + line, column)


def read_page(path: Path, name: str) -> tuple[Written | None, list[Problem]]:
    """A page, and what is wrong with it."""
    if re.fullmatch(rf"{FOLDER}.+/\d+(/index)?\.md", name):
        raise PageError(f"docs/{name}: alamat itu milik bagian dari daftar yang panjang; beri nama lain")
    shown = path.as_posix()
    try:
        data = read_file(path)
    except OSError as error:
        what = f"berkas tidak dapat dibaca ({why(error)})"
        return None, [_error(Position(shown, 1, 1), what, "periksa izin berkas")]
    try:
        text = data.removeprefix(b"\xef\xbb\xbf").decode("utf-8")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8", "replace")
        hint = "simpan ulang berkas dengan pengodean UTF-8"
        return None, [_error(_after(shown, before), "berkas bukan UTF-8", hint)]
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if found := _CONTROL.search(text):
        what = f"tanda kendali U+{ord(found[0]):04X} tidak boleh dipakai"
        return None, [_error(_after(shown, text[: found.start()]), what, "hapus tanda itu")]
    head, body, problems = _parted(text, shown)
    meta, at, more = _meta(head, shown)
    problems += more
    above = text.count("\n") - body.count("\n")
    heading = re.search(r"^# +(.+?)\s*#*$", body, re.MULTILINE)
    title = meta.get("title") or (heading[1] if heading else None)
    if not title and not problems:
        raise PageError(f"docs/{name}: halaman tidak berjudul; tulis 'title' di kepalanya")
    if "title" not in meta and heading:
        at = (above + body.count("\n", 0, heading.start()) + 1, 1)
    return Written(name, {**meta, "title": str(title)}, body, above=above, titled=at, file=path), problems


def with_titles(pages: Iterable[Written], docs: Path, words: Namespace) -> Iterator[Written]:
    """The pages with the expressions in their titles filled in; ``words``: plain values, not escaped. A title
    goes to places that no engine reads as Markdown. Raises PageError."""
    wrong = []
    for page in pages:
        title = fill(page.meta["title"], words)
        if isinstance(title, str):
            yield replace(page, meta={**page.meta, "title": title.strip()})
        else:
            at = Position((page.file or docs / page.path).as_posix(), *page.titled)
            wrong.append(_error(at, f"judul: {title.message}", title.hint))
    refuse(wrong, PageError)


def _parted(text: str, shown: str) -> tuple[str, str, list[Problem]]:
    """The head of a page and what stands below it."""
    if not re.match(r"---[ \t]*\n", text):
        return "", text, []
    end = re.compile(r"^(?:---|\.\.\.)[ \t]*$\n?", re.MULTILINE).search(text, text.index("\n") + 1)
    if end is None:
        return (
            "",
            text,
            [_error(Position(shown, 1, 1), "kepala halaman tidak ditutup", "tulis baris '---' di bawahnya")],
        )
    return text[: end.start()], text[end.end() :], []


def _meta(head: str, shown: str) -> tuple[dict[str, Any], tuple[int, int], list[Problem]]:
    """What the head of a page says, and where its title stands."""
    at = (1, 1)
    if not head.partition("\n")[2].strip():
        return {}, at, []
    tree, problems = load_text(head, shown)
    if not isinstance(tree, MappingNode):
        what = "kepala halaman bukan daftar kunci dan nilai"
        hint = "tulis satu 'kunci: nilai' tiap baris"
        return {}, at, problems or [_error(Position(shown, 1, 1), what, hint)]
    meta: dict[str, Any] = {}
    for key, entry in tree.entries.items():
        value, wrong = _value(key, entry)
        problems += wrong
        if value is not None:
            meta[key] = value
        if key == "title":
            at = (entry.value.position.line, entry.value.position.column)
    return meta, at, problems


def _value(key: str, entry: Entry) -> tuple[str | int | None, list[Problem]]:
    """The value of a key of a head; None for none."""
    value = entry.value
    if key not in _KEYS:
        known = f"yang dikenal: {', '.join(_KEYS)}"
        return None, [_error(entry.key.position, f"kunci '{key}' tidak dikenal di kepala halaman", known)]
    if not isinstance(value, ScalarNode):
        return None, [
            _error(value.position, f"'{key}' harus satu nilai", "tulis sebagai teks dalam satu baris")
        ]
    if value.blank:
        return None, []
    if key == "urutan":
        if not re.fullmatch(r"-?\d{1,9}", value.value):
            return None, [_error(value.position, f"'urutan' bukan bilangan: '{value.value}'", "misalnya 10")]
        return int(value.value), []
    if key == "pembaca" and value.value not in READERS:
        what, hint = f"pembaca '{value.value}' tidak dikenal", f"pilih {' atau '.join(READERS)}"
        return None, [_error(value.position, what, hint)]
    if key != "title" and holds_expression(value.value):
        return None, [
            _error(value.position, f"'{key}' memuat makro", "makro hanya boleh di isi dan judul halaman")
        ]
    return value.value, []


def _after(shown: str, before: str) -> Position:
    return Position(shown, before.count("\n") + 1, len(before) - before.rfind("\n"))


def _error(at: Position, message: str, hint: str) -> Problem:
    return Problem(at, Severity.ERROR, message, hint)
