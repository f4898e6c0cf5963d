"""The values that the page sets as text: which there are, their names, how what was typed is cleaned."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from generator.data.load import forbidden
from generator.data.writing.lines import Path
from generator.form import LABEL_RESMI
from generator.form.boxes import BOXES, FIELDS, ValueKind
from generator.form.columns import CELLS, COLUMNS
from generator.form.papers import PAPERS
from generator.model.dates import date_text, parse_date
from generator.model.klasifikasi import Klasifikasi
from generator.model.sop import Hubungan, Kapsul


class Refused(Exception):
    """An act that cannot be done; says why, in words for a clerk."""


_LINES = frozenset({"kop", *(box.key for box in BOXES if box.kind is ValueKind.LINES)})
_TOP = frozenset({"nama", "nomor", "tujuan", "judul_tabel", "dokumen_resmi", "sidik_data", *_LINES})
_CHOICES: Mapping[str, frozenset[str]] = {
    "klasifikasi": frozenset(Klasifikasi),
    "judul_terbuka": frozenset({"ya", "tidak"}),
    "kertas": frozenset(PAPERS),
    "mulai": frozenset(Kapsul),
    "selesai": frozenset(Kapsul),
    "hubungan": frozenset(Hubungan),
}
_DATES = frozenset(box.path[-1] for box in FIELDS if box.kind is ValueKind.DATE)
_UNDER: Mapping[str, frozenset[str]] = {
    "tanggal": _DATES,
    "disahkan_oleh": frozenset({"jabatan", "nama", "nip"}),
    "versi": frozenset({"perubahan", "alasan"}),
}
_CELLS = frozenset(column.field for column in CELLS)
_STEP = frozenset({"uraian", "no", "pertanyaan", "mulai", "selesai", "hubungan", *_CELLS})
_REQUIRED = frozenset({"nama", "uraian"})
MOST = 20_000
"""Letters of one value; the reader allows less and says so."""
_BREAKS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
NAMES = {
    **LABEL_RESMI,
    **{column.field: column.label for column in COLUMNS},
    "unit": "Unit",
    "klasifikasi": "Klasifikasi",
    "kop": "Kop",
    "tujuan": "Tujuan",
    "judul_tabel": "Judul tabel",
    "judul": "Judul tabel",
    "pertanyaan": "Pertanyaan",
    "mulai": "Mulai",
    "selesai": "Selesai",
    "hubungan": "Penghubung",
    "kertas": "Kertas",
    "judul_terbuka": "Judul terbuka",
    "jabatan": "Jabatan yang mengesahkan",
    "nip": "NIP",
    "pembuatan": LABEL_RESMI["tanggal_pembuatan"],
    "revisi": LABEL_RESMI["tanggal_revisi"],
    "efektif": LABEL_RESMI["tanggal_efektif"],
    "perubahan": "Apa yang berubah",
    "alasan": "Alasan",
}
"""What people call each value."""


def cleaned(path: Path, typed: str) -> Any:
    """A value as it is kept; None where nothing is left of it. Raises ``Refused`` for what the page does not
    set, or what is no choice."""
    _check(path)
    key = str(path[-1])
    if len(typed) > MOST:
        raise Refused(f"teks ini terlalu panjang ({len(typed)} huruf)")
    text = _BREAKS.sub("\n", typed).replace("\t", " ").replace("\ufeff", "")
    while (sign := forbidden(text)) is not None:
        text = text.replace(sign, " " if sign.isspace() else "")
    lines = [line.strip() for line in text.split("\n")]
    if key in _CELLS | {"uraian"} | _LINES:
        text = "\n".join(line for line in lines if line or key not in (*_LINES, "kelengkapan"))
    else:
        text = " ".join(filter(None, lines))
    text = text.strip()
    if key in _CHOICES and text and text not in _CHOICES[key]:
        raise Refused(f"'{text}' bukan pilihan di sini")
    if path[0] == "tanggal" and (day := parse_date(text)):
        text = date_text(day)
    return text or ("" if key in _REQUIRED and len(path) != 2 else None)


def _check(path: Path) -> None:
    """Only what the page shows can be set."""
    names = [step for step in path if isinstance(step, str)]
    if len(path) == 1 and names and (names[0] in _TOP or names[0] in _CHOICES):
        return
    if len(path) == 2 and len(names) == 2 and names[1] in _UNDER.get(names[0], ()):
        return
    rest = path[2:] if len(path) > 2 and path[0] == "alur" and isinstance(path[1], int) else path
    if rest == ("judul",):
        return
    if len(rest) == 3 and rest[0] == "kegiatan" and isinstance(rest[1], int) and rest[2] in _STEP:
        return
    raise Refused("bagian ini tidak dapat diisi dari halaman ini")


def words_of(path: Path, values: Mapping[str, Any]) -> str:
    """What people call the place at a path."""
    name = NAMES.get(str(path[-1]), str(path[-1]))
    rows = [step for step in path if isinstance(step, int)]
    if "kegiatan" not in path or not rows:
        return name
    table = f"tabel {rows[0] + 1}, " if path[0] == "alur" else ""
    return (
        f"{table}langkah {rows[-1] + 1}: {name}".capitalize() if table else f"Langkah {rows[-1] + 1}: {name}"
    )
