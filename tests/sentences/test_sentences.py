"""The program speaks as a good civil servant writes: no turn of phrase that only a translation has."""

from __future__ import annotations

import re

import pytest

from tests.sentences.listed import Said, sentences

CLUMSY = {
    r"\bberdiri (?:di|pada|dalam)\b": "tercantum, digambar, ditulis",
    r"\bberdasar (?:padanya|peraturan)\b": "didasarkan pada; yang menjadi dasarnya",
    r"\bKeadaan(?: sekarang)?$": "Status",
    r"\byang disebutnya berubah\b": "acuannya berubah",
    r"\bbelum ada tanggal\b": "tanggal … belum ada",
    r"\bdikerjakan sekali\b": "total waktu satu kali pengerjaan",
    r"\b[Jj]alan kembali\b": "pengembalian",
    r"\b(?:dan )?dikatakan begitu\b": "dinyatakan",
    r"\bkata-kata$": "bentuk kalimat",
    r"\bnaskah diam\b": "naskah tidak menyebutnya",
    r"\bdi sampingnya yang terbaca\b": "beserta hasil pembacaannya",
    r"\bberkata lain\b": "menentukan lain",
}
"""Patterns, and what to write instead."""


@pytest.fixture(scope="module")
def said() -> list[Said]:
    return sentences()


def test_the_list_has_every_room_and_kind_of_source(said: list[Said]) -> None:
    places = {one.path for one in said}
    for room in ("cli", "data", "flow", "formats", "site", "edit", "reading", "check_page", "default"):
        assert any(path.startswith(f"generator/{room}/") for path in places), room
    assert {path.rpartition(".")[2] for path in places} >= {"py", "js", "html", "md", "yml"}
    texts = {one.text for one in said}
    assert "Alur selesai di sini." in texts  # Python
    assert "Isi kedua versi sama." in texts  # a template
    assert "Tutup pencarian" in texts  # a script
    assert any("satu kolom di bawah **Pelaksana**" in text for text in texts)  # a page
    assert any(text.startswith("Buat PDF resmi SOP") for text in texts)  # what a command says of itself


@pytest.mark.parametrize("pattern", CLUMSY)
def test_no_sentence_is_clumsy(said: list[Said], pattern: str) -> None:
    found = [str(one) for one in said if re.search(pattern, one.text)]
    assert found == [], f"tulis: {CLUMSY[pattern]}"
