"""What is told of an SOP → a poster (A3) or a leaflet (A4) as PDF (PDF/A-3a, PDF/UA-1), in letters as large
as one page allows; what has no room in the smallest goes on to a second.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from generator.figure.paper.measure import items, printable
from generator.formats.pdf.write import pdf_of
from generator.formats.plain.told import COPY, StepTold, Told
from generator.formats.qr import svg_code

_HERE = Path(__file__).parent
_FACTS = ("Status", "Nomor", "Berapa lama", "Siapa yang memulai", "Siapa yang menandatangani", "Apa hasilnya")


def poster(told: Told, agency: str, time: str, day: date, large: bool) -> bytes:
    """The poster, or where not ``large`` the leaflet. ``time`` is the heading of the column Waktu,
    ``day`` the date that the file carries."""
    guess = "; ".join(what for what, _ in told.guesses)
    data = {
        "title": printable(told.title),
        "author": [printable(agency)],
        "date": [day.year, day.month, day.day],
        "large": large,
        "agency": items([agency]),
        "name": items([told.title]),
        "facts": [[name, items([text])] for name, text in told.facts if name in _FACTS],
        "flows": [
            {"heading": items([heading]) if heading else [], "steps": [_step(step, time) for step in steps]}
            for heading, steps in told.flows
        ],
        "guess": items([f"Masih dugaan, belum dipastikan pemilik SOP: {guess}."]) if guess else [],
        "copy": items([COPY]),
        "url": told.page,
        "qr": svg_code(told.page) if told.page else None,
    }
    return pdf_of(_HERE / "poster.typ", data, day)


def _step(step: StepTold, time: str) -> Mapping[str, Any]:
    took = [text for name, text in step.cells if name == time]
    more = " · ".join(part for part in (step.actors, *took) if part)
    return {
        "number": printable(step.name.rpartition(" ")[2])[:4],
        "text": items([step.text]),
        "more": items([more]) if more else [],
    }
