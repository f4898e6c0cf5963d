"""What texts of a table say of its ways ("kembali ke langkah 6", "Tidak: kembali ke 1") → proposed branches.

They are doubts: nobody drew them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from generator.reading.understood import Doubt, Row

_BACK = re.compile(
    r"(?:(?P<when>\b(?:ya|tidak|tdk|(?:jika|bila|apabila|kalau|klo)[^.;,:]{1,60}?)\s*[:,=]?\s*(?:maka\s+)?)?"
    r"(?P<way>(?:di)?kembali(?:kan)?|(?:di)?balik(?:kan)?(?=\s+(?:lagi\s+)?ke\b)"
    r"|lanjut(?:kan)?|menuju|langsung|ulang(?:i)?)\s+(?:lagi\s+)?(?:ke\s*|pada\s*|dari\s*)?"
    r"(?:langkah|no(?:mor)?\.?|kegiatan|tahap|aktivitas|poin|butir|proses|step|#)?\s*#?\s*"
    r"(?P<to>\d{1,3}[a-z]?)\b)",
    re.IGNORECASE,
)
_TO = re.compile(r"\(\s*(?P<when>ya|tidak|yes|no)\s*\)\W*(?:ke)\s*#?\s*(?P<to>\d{1,3})", re.IGNORECASE)
_YES = re.compile(r"\bya\b\s*[:,=]?\s*(?:lanjut|ke)", re.IGNORECASE)


def branches(rows: Sequence[Row], signs: Sequence[tuple[int, str]] = ()) -> list[tuple[int, str, Doubt]]:
    """A doubt for each way that the texts of rows name; ``signs`` are texts below actors, by row."""
    numbers = {row.no.strip("(). #").casefold(): n for n, row in enumerate(rows) if row.no}
    found: list[tuple[int, str, Doubt]] = []
    for n, row in enumerate(rows):
        texts = [(key, words.text, words.place) for key, words in row.cells.items()]
        texts += [("pelaksana", text, row.place) for r, text in signs if r == n]
        told: set[str] = set()
        for key, text, place in texts:
            flat = " ".join(text.split())
            for hit in [*_BACK.finditer(flat), *_TO.finditer(flat)]:
                to = hit["to"].casefold()
                if to in told:
                    continue
                told.add(to)
                there = "" if to in numbers else f" (tidak ada langkah {to})"
                when = " ".join((hit["when"] or "").strip(" :,=").split())
                also = "; Ya: lanjut" if _YES.search(flat) else ""
                label = f"'{when}' " if when else ""
                said = (
                    f"teks menyebut cabang {label}ke langkah {to}{there}{also}; tambahkan panahnya bila benar"
                )
                found.append((n, key, Doubt("", said, place or row.place, (f"{when or 'Tidak'} > {to}",))))
    return found
