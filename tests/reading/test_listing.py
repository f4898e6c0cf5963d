"""A list of SOPs is told, and becomes SOPs without steps on request."""

from __future__ import annotations

import pytest

from generator.reading.doors import door
from generator.reading.draft.draft import drafts
from generator.reading.understand import understand

REGISTER = [
    ["Daftar SOP Dinas Contoh"],
    ["No", "Nama SOP", "Nomor SOP", "Tanggal Efektif", "Bidang", "PIC"],
    ["1", "Pelayanan Informasi", "065/12/2024", "2 Januari 2024", "Bidang IKP", "Budi"],
    ["", "", "065/14/2024", "", "", ""],
    ["2", "Peminjaman Alat", "-", "-", "Sekretariat", ""],
]


def csv_of(rows: list[list[str]]) -> bytes:
    return "\n".join(",".join(row) for row in rows).encode()


@pytest.mark.parametrize("extra", [[], [["Keterangan: data per Januari"]]])
def test_a_register_gives_an_sop_a_row_on_request_and_loses_nothing(extra: list[list[str]]) -> None:
    rows = [*extra, *REGISTER]
    read = door("daftar.csv", csv_of(rows))
    assert read is not None
    seen, _ = read(csv_of(rows), "daftar.csv")
    assert seen is not None
    told = understand(seen)
    assert not told.identities
    assert "--daftar" in told.doubts[0].said
    reading = understand(seen, registers=True)
    assert [block.values["nama"].text for block in reading.identities] == [
        "Pelayanan Informasi",
        "Peminjaman Alat",
    ]
    assert reading.identities[0].values["nomor"].text == "065/12/2024"
    made = drafts(reading, None)
    assert [draft.form["nama"] for draft in made] == ["Pelayanan Informasi", "Peminjaman Alat"]
    left = {words.text for words in made[0].left_over}
    assert left >= {"Daftar SOP Dinas Contoh", "065/14/2024", *(text for row in extra for text in row)}
    assert any("Budi" in note.said for note in made[0].notes)
