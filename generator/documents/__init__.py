"""Catalogue → official documents: the PDF and the Word file of each SOP and whole books, as bytes."""

from __future__ import annotations

from generator.documents.book import make_book, sops_under
from generator.documents.many import FORMATS, Made, make_documents
from generator.documents.setting import (
    Document,
    Marks,
    SignedCopy,
    day_of,
    make_docx,
    make_pdf,
    marks_of,
    set_content,
    set_document,
    signed_copy,
)
from generator.documents.site import (
    Paper,
    PaperJob,
    from_cache,
    has_cards,
    keep_paper,
    paper_jobs,
    set_papers,
    signed_copies,
    with_excerpt,
)

__all__ = [
    "FORMATS",
    "Document",
    "Made",
    "Marks",
    "Paper",
    "PaperJob",
    "SignedCopy",
    "day_of",
    "from_cache",
    "has_cards",
    "keep_paper",
    "make_book",
    "make_documents",
    "make_docx",
    "make_pdf",
    "marks_of",
    "paper_jobs",
    "set_content",
    "set_document",
    "set_papers",
    "signed_copies",
    "signed_copy",
    "sops_under",
    "with_excerpt",
]
