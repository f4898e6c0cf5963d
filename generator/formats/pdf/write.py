"""Content + Sheets → the bytes of a PDF (PDF/A-3a, PDF/UA-1), the data attached."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import Any

import typst
from msgspec import Struct

from generator.figure.paper.measure import printable, query
from generator.figure.paper.typesetter import Unsettable, compiler, fonts, fresh, handed, setting

_HERE = Path(__file__).parent
STANDARDS: list[Any] = ["a-3a", "ua-1"]


class Attachment(Struct, frozen=True):
    """A text file that travels inside the PDF."""

    name: str
    text: str
    type: str
    description: str


def pdf_bytes(
    sops: Sequence[Mapping[str, Any]],
    title: str,
    author: str,
    day: date,
    attachments: Sequence[Attachment] = (),
    book: Mapping[str, Any] | None = None,
) -> bytes:
    """The PDF of SOPs prepared by ``data.sop_data``; ``day`` is the date that the file carries."""
    data = {
        "title": title,
        "author": [author] if author else [],
        "keywords": ["SOP", "standar operasional prosedur"],
        "description": title,
        "date": [day.year, day.month, day.day],
        "sops": sops,
        "book": book,
        "attachments": {
            a.name: {"text": a.text, "type": a.type, "description": a.description} for a in attachments
        },
    }
    return pdf_of(_HERE / "sop.typ", data, day)


def front_pages(sops: Sequence[Mapping[str, Any]], book: Mapping[str, Any]) -> int:
    """How many pages of a book come before its SOPs, no page number being longer than four digits."""
    named = [{"slug": sop["slug"], "paper": sop["paper"], "name": sop["face"]["name"][1]} for sop in sops]
    ahead = {sop["slug"]: 8887 for sop in sops}
    found = query(_HERE / "front.typ", {"sops": named, "book": {**book, "ahead": ahead}})
    return int(found)


def pdf_of(template: Path, data: Mapping[str, Any], day: date) -> bytes:
    """What a template makes of its data, as a PDF of our standards that carries this date."""
    with setting():
        made = compiler().compile(
            handed(template, data),
            format="pdf",
            pdf_standards=STANDARDS,
            timestamp=datetime(day.year, day.month, day.day, tzinfo=UTC),
        )
    if not isinstance(made, bytes):
        raise TypeError("the typesetter gave no PDF")
    return made


def settable(texts: Sequence[str]) -> bool:
    """Whether the typesetter can set these texts at all."""
    data = {"texts": [printable(text) for text in texts]}
    with suppress(Unsettable), setting():
        fresh(handed(_HERE / "texts.typ", data)).compile(format="pdf", pdf_standards=STANDARDS)
        return True
    return False


@cache
def svg_to_png(svg: str) -> bytes:
    """A picture of an SVG, for where only points will do."""
    source = (
        b'#set page(width: auto, height: auto, margin: 0pt)\n#image(bytes(sys.inputs.svg), format: "svg")'
    )
    given = {"svg": svg}
    with setting():
        made = typst.compile(
            source, format="png", ppi=300, sys_inputs=given, font_paths=fonts(), ignore_system_fonts=True
        )
    if not isinstance(made, bytes):
        raise TypeError("the typesetter gave no picture")
    return made
