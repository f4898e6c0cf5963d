"""Catalogue → official documents: the PDF and the Word file of each SOP and whole books, as bytes."""

from __future__ import annotations

from generator.documents.book import make_book, sops_under
from generator.documents.many import FORMATS, Made, make_documents
from generator.documents.setting import (
    Document,
    SignedCopy,
    day_of,
    make_docx,
    make_pdf,
    marks_of,
    set_content,
    set_document,
    signed_copy,
)
from generator.documents.site import SiteFiles, site_files

__all__ = [
    "FORMATS",
    "Document",
    "Made",
    "SignedCopy",
    "SiteFiles",
    "day_of",
    "make_book",
    "make_documents",
    "make_docx",
    "make_pdf",
    "marks_of",
    "set_content",
    "set_document",
    "signed_copy",
    "site_files",
    "sops_under",
]
