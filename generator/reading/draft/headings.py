"""Charts as read + registers → what the draft says of their headings and columns."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from generator.data.catalogue import Catalogue
from generator.data.writing.yaml_style import Plain
from generator.form import LABEL_RESMI
from generator.form.columns import CELLS, MUTU_BAKU
from generator.reading.understood import Chart


def headings(charts: Sequence[Chart], registers: Catalogue | None) -> dict[str, Plain]:
    """Headings in other words than those of the agency, and the columns right of the actors where they are
    others, as the first table has them."""
    agency = registers.instansi if registers else None
    usual = {**LABEL_RESMI, **(agency.label if agency else {})}
    said = {key: text for chart in reversed(charts) for key, text in chart.headings.items() if text}
    form: dict[str, Plain] = {
        "label": {
            key: " ".join(said[key].split())
            for key in usual
            if key in said and " ".join(said[key].split()).casefold() != usual[key].casefold()
        }
    }
    own = {one.key: one for one in CELLS}
    heads = charts[0].headings if charts else {}
    found = [key for key in heads if key in own]
    runs = [grouped for grouped, _ in groupby(found, key=lambda key: own[key].group)]
    official = MUTU_BAKU.key in heads or (charts and charts[0].symbols and not charts[0].marks)
    columns = (agency.kolom if agency else None) or tuple(own)
    if official and len(found) > 1 and len(runs) == len(set(runs)) and tuple(found) != columns:
        form["kolom"] = found
    return form
