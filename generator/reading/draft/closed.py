"""The values of an SOP from a file that came in → the same without what would open it to the public."""

from __future__ import annotations

from typing import Any

from generator.data.catalogue import Catalogue
from generator.data.writing.form import sop_form

OPENING = ("klasifikasi", "judul_terbuka", "dokumen_resmi", "sidik_data", "tanda_tangan", "tinjauan")
"""Keys by which something becomes public, or is said to be signed or reviewed."""


def closed(slug: str, form: dict[str, Any], registers: Catalogue | None) -> list[str]:
    """Take from the values of an SOP what would make it public, unless the SOP of that name in the data says
    just the same: who may read an SOP is said by its agency, not by a file that came in. What was taken."""
    known = registers.sop.get(slug) if registers else None
    said = sop_form(known) if known else {}
    taken = [key for key in OPENING if key in form and form[key] != said.get(key)]
    return [f"{key} '{form.pop(key)}' dari buku kerja tidak dibawa; isi sendiri bila benar" for key in taken]
