"""The bytes of a Word file → ``Seen``, or a problem; memory and time are bounded."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

from msgspec.structs import replace

from generator.model.problems import Position, Problem, Severity
from generator.reading.bounds import TooMuch
from generator.reading.docx.layout import MOST_PAGES, Layout
from generator.reading.docx.paragraphs import paragraph
from generator.reading.docx.styles import Styles, styles
from generator.reading.office.parts import Damaged, Parts
from generator.reading.seen import Box, Page, Seen, Text

_OLD = b"\xd0\xcf\x11\xe0"
_MARK = re.compile(r"[0-9a-f]{64}")
_FOOT = re.compile(r"sidik data ([0-9a-f]{12})\b")


def read_docx(data: bytes, name: str) -> tuple[Seen | None, list[Problem]]:
    """What is seen in a Word file; never raises for what is in it."""
    if not data.strip():
        return None, [_problem(name, "berkas kosong", "ambil ulang berkas Word-nya")]
    if data.startswith(_OLD):
        said = "berkas ini dikunci dengan kata sandi atau berformat Word lama (.doc)"
        return None, [
            _problem(name, said, "buka di Word atau LibreOffice, lalu simpan tanpa sandi sebagai .docx")
        ]
    try:
        return _read(Parts(data), name)
    except TooMuch as error:
        return None, [_problem(name, error.message, error.hint)]
    except (*Damaged, RecursionError):
        said = "berkas ini bukan berkas Word (.docx) yang utuh"
        return None, [_problem(name, said, "buka di Word lalu simpan ulang sebagai .docx")]


def _read(parts: Parts, name: str) -> tuple[Seen | None, list[Problem]]:
    main = next(
        (to for kind, to in parts.related("").values() if kind == "officeDocument"), "word/document.xml"
    )
    root = parts.tree(main)
    body = root.find("body") if root is not None else None
    if body is None:
        raise ValueError("no body")
    related = parts.related(main)
    look = styles(parts, related)
    margins_texts = _margin_texts(parts, related, look)
    mark = _fingerprint(parts, margins_texts)
    layout = Layout(look, trust=bool(mark))
    layout.body(body)
    if not layout.pages:
        return None, [_problem(name, "berkas Word ini tidak berisi apa-apa", "pilih berkas yang berisi SOP")]
    pages = _with_margins(layout.pages, [] if mark else margins_texts)
    pages[0] = replace(pages[0], remarks=(*pages[0].remarks, *_unread(parts, related)))
    problems = []
    if len(pages) >= MOST_PAGES:
        said = f"berkas ini lebih dari {MOST_PAGES} halaman; sisanya tidak dibaca"
        problems.append(
            Problem(Position(name, MOST_PAGES, 1), Severity.WARNING, said, "bagi berkasnya", "impor")
        )
    return Seen(name, "docx", tuple(pages), mark), problems


def _margin_texts(parts: Parts, related: dict[str, tuple[str, str]], look: Styles) -> list[tuple[str, str]]:
    """The lines of headers and footers: which of the two, and the text."""
    found: list[tuple[str, str]] = []
    for kind, to in related.values():
        if kind in ("header", "footer") and (root := parts.tree(to)) is not None:
            lines = [paragraph(p, look).words for p in root.iter("p")]
            found += [(kind, line) for line in lines if line]
    return list(dict.fromkeys(found))


def _fingerprint(parts: Parts, margins: list[tuple[str, str]]) -> str:
    """The digest of our own SOP: in full where the file was only changed in Word, the beginning of it that
    the foot prints where a program forgot the rest."""
    for kind, to in parts.related("").values():
        if kind == "core-properties" and (root := parts.tree(to)) is not None:
            said = root.findtext("identifier") or ""
            if _MARK.fullmatch(said.strip()):
                return said.strip()
    for _, line in margins:
        if hit := _FOOT.search(line):
            return hit[1]
    return ""


def _with_margins(pages: list[Page], margins: list[tuple[str, str]]) -> list[Page]:
    """Headers above the first page, footers below the last."""
    for kind in ("header", "footer"):
        lines = [line for own, line in margins if own == kind]
        n = 0 if kind == "header" else len(pages) - 1
        page = pages[n]
        top = 4.0 if kind == "header" else page.height - 4 - 11 * len(lines)
        texts = [
            Text(
                line, Box(40.0, top + 11 * k, 40.0 + 5 * len(line), top + 11 * k + 10), 10.0, place=page.name
            )
            for k, line in enumerate(lines)
        ]
        pages[n] = replace(page, texts=(*page.texts, *texts))
    return pages


_OTHER = {"comments": "komentar", "footnotes": "catatan kaki", "endnotes": "catatan akhir", "chart": "bagan"}


def _unread(parts: Parts, related: dict[str, tuple[str, str]]) -> list[str]:
    """What of the file is not read, in words."""
    found = []
    for kind, to in related.values():
        if kind not in _OTHER or (root := parts.tree(to)) is None:
            continue
        said = " ".join(_said(root).split())
        if said or kind == "chart":
            short = said[:80] + ("…" if len(said) > 80 else "")
            found.append(f"{_OTHER[kind]} dalam berkas Word tidak dibaca" + (f": {short}" if short else ""))
    return found


def _said(root: Element) -> str:
    return " ".join(t.text or "" for t in root.iter("t"))


def _problem(name: str, message: str, hint: str) -> Problem:
    return Problem(Position(name, 1, 1), Severity.ERROR, message, hint, "impor")
