"""Catalogue → official documents: the PDF and the Word file of each SOP and whole books, as bytes.

Here is what a site asks of documents without making one; ``setting``, ``many``, ``book`` and ``papers`` make
them, and load the typesetter.
"""

from __future__ import annotations

from generator.documents.cache import FILE, forget_gone
from generator.documents.jobs import CARD, KINDS, DocumentFiles, PaperJob, sheet_name
from generator.documents.signed import SignedCopy, signed_copies, signed_copy
from generator.documents.site import (
    from_cache,
    has_cards,
    keep_paper,
    paper_jobs,
    paths_of,
    set_papers,
    sheet_of,
    sheet_place,
    sops_under,
    with_excerpt,
)
from generator.figure.paper.content import fingerprint

__all__ = [
    "CARD",
    "FILE",
    "KINDS",
    "DocumentFiles",
    "PaperJob",
    "SignedCopy",
    "fingerprint",
    "forget_gone",
    "from_cache",
    "has_cards",
    "keep_paper",
    "paper_jobs",
    "paths_of",
    "set_papers",
    "sheet_name",
    "sheet_of",
    "sheet_place",
    "signed_copies",
    "signed_copy",
    "sops_under",
    "with_excerpt",
]
