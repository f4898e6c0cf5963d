"""The fingerprint that a document bears → the version that it was made from, and that version as Word."""

from __future__ import annotations

from pathlib import Path

from generator.data.catalogue import Catalogue
from generator.documents.setting import make_docx, set_document
from generator.figure.paper.content import fingerprint
from generator.model.sop import SOP


def version_of(catalogue: Catalogue, mark: str) -> tuple[Catalogue, SOP] | None:
    """The version whose fingerprint this is or begins with this, and the catalogue in which it stands; the
    newest where several say the same."""
    for slug in catalogue.sop:
        for version in reversed(catalogue.versions(slug)):
            for one in (catalogue, catalogue.with_version(version)):
                if mark and fingerprint(one, version).startswith(mark):
                    return one, version
    return None


def word_file_of(catalogue: Catalogue, version: SOP, data: Path) -> bytes | None:
    """The Word file of a version as it is made now; nothing where it does not fit its paper."""
    document, _ = set_document(catalogue.with_version(version), version.slug, data)
    return make_docx(document) if document else None
