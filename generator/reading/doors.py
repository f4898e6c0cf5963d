"""A file's bytes → what its door sees, by what its first bytes say and its name confirms."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import PurePath

from generator.model.problems import Problem
from generator.reading.seen import Seen

MOST_BYTES = 100_000_000
"""No file larger than this is opened."""

Door = Callable[[bytes, str], tuple[Seen | None, list[Problem]]]

ENDINGS = (
    ".pdf",
    ".docx",
    ".docm",
    ".xlsx",
    ".xlsm",
    ".xls",
    ".ods",
    ".csv",
    ".tsv",
    ".txt",
    ".md",
    ".html",
    ".htm",
)
"""What files are called that a door opens."""
_OLD = b"\xd0\xcf\x11\xe0"


def door(name: str, data: bytes) -> Door | None:
    """The door for a file; nothing where none of ours opens it. Libraries load only where they are used."""
    ending = PurePath(name).suffix.lower()
    if ending == ".pdf" or data[:5] == b"%PDF-":
        from generator.reading.pdf.document import read_pdf

        return read_pdf
    if ending in (".docx", ".docm", ".dotx"):
        from generator.reading.docx.document import read_docx

        return read_docx
    if ending in (".html", ".htm") or (ending == ".xls" and _is_page(data)):
        from generator.reading.html.document import read_html

        return read_html
    if ending == ".xls" and (
        data.startswith(_OLD) or (not data.startswith(b"PK") and b"\t" not in data[:2000])
    ):
        from generator.reading.xls.workbook import read_xls

        return read_xls
    if ending == ".ods":
        from generator.reading.ods.document import read_ods

        return read_ods
    if ending in (".xlsx", ".xlsm") or (ending == ".xls" and data.startswith(b"PK")):
        from generator.reading.xlsx.workbook import read_xlsx

        return read_xlsx
    if ending in (".csv", ".tsv", ".txt", ".md", ".xls", ".json", ".sql"):
        from generator.reading.text.document import read_text

        return read_text
    return None


def _is_page(data: bytes) -> bool:
    """Whether a file that is called a workbook is a page of HTML, as many systems write them."""
    begin = data[:2000].lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    return begin.startswith((b"<html", b"<!doctype html", b"<table", b"<meta", b"<head", b"<?xml")) or (
        b"<table" in begin and begin.startswith(b"<")
    )
