"""What the official form consists of (PermenPAN-RB 35/2012), declared once. Imports nothing of ours.

Every format, the data files, the guide, comparison, health, search and the reading of other people's files
follow from these entries: a box is added in ``boxes``, a column in ``columns``, a symbol in
``symbols``, a paper in ``papers`` (and the field that holds it in ``model``).
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from generator.form.boxes import BOXES, FIELDS
from generator.form.columns import COLUMNS, MUTU_BAKU, NUMBERED, PELAKSANA

LABEL_RESMI: Mapping[str, str] = MappingProxyType(
    {box.key: box.label for box in (*FIELDS, *BOXES)}
    | {"no": COLUMNS[0].label, "kegiatan": COLUMNS[1].label}
    | {PELAKSANA.key: PELAKSANA.label, MUTU_BAKU.key: MUTU_BAKU.label}
    | {column.key: column.label for column in COLUMNS[2:]}
)
"""Headings of the official form; ``label`` of the agency and of an SOP may differ from them."""
LABELS: Mapping[str, str] = MappingProxyType(
    {**LABEL_RESMI, NUMBERED: "tidak dicetak; (1) mencetak baris nomor kolom"}
)
"""What ``label`` may say, and what holds where it does not."""
