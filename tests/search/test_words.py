"""The rules of words: what they keep, what they find, and that the browser has the same."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from playwright.sync_api import Browser

from generator.data.words import root, split, stems, variants
from generator.search.dictionary import base_words

SCRIPT = Path(__file__).parents[2] / "generator/site/theme/assets/search/kata.js"
LETTERS = st.text("abcdefghijklmnopqrstuvwxyz", min_size=1, max_size=18)

FAMILIES = {
    "periksa": "memeriksa diperiksa pemeriksaan pemeriksa terperiksa periksalah",
    "mohon": "memohon pemohon permohonan dimohonkan permohonannya",
    "perintah": "memerintahkan diperintahkan perintahnya",
    "distribusi": "mendistribusikan didistribusikan pendistribusian terdistribusi",
    "susun": "menyusun disusun penyusunan tersusun susunan",
    "kirim": "mengirim mengirimkan dikirim pengiriman pengirim kiriman",
    "ubah": "mengubah diubah perubahan berubah",
    "tarik": "menarik ditarik penarikan",
    "beri": "memberi memberikan diberikan pemberian",
    "proses": "memproses diproses pemrosesan",
    "kenal": "mengenal dikenal pengenalan",
    "edar": "mengedarkan diedarkan edaran peredaran pengedar",
    "koordinasi": "mengoordinasikan mengkoordinasikan dikoordinasikan pengoordinasian",
    "ajar": "belajar pelajar pembelajaran mengajar pengajar",
    "alat": "peralatan",
    "terang": "keterangan menerangkan diterangkan",
}


@pytest.mark.parametrize("base", FAMILIES)
def test_inflected_words_lead_to_their_root(base: str) -> None:
    assert {word: root(word, base_words()) for word in FAMILIES[base].split()} == dict.fromkeys(
        FAMILIES[base].split(), base
    )


@given(LETTERS, st.frozensets(LETTERS))
def test_a_root_is_a_known_word_or_nothing(word: str, roots: frozenset[str]) -> None:
    found = root(word, roots)
    assert found in roots or found is None
    if word in roots:
        assert found == word


@given(LETTERS)
def test_stems_begin_with_the_word_and_only_take_from_it(word: str) -> None:
    found = list(stems(word))
    assert found[0] == word
    assert len(found) == len(set(found))
    assert all(3 <= len(stem) <= len(word) for stem in found[1:])


@given(st.text())
def test_words_are_plain_and_splitting_again_changes_nothing(text: str) -> None:
    words = split(text)
    assert all(word.isascii() and word.isalnum() and word == word.lower() for word in words)
    assert split(" ".join(words)) == words


def test_old_spellings_find_the_right_one() -> None:
    found = [root(word, base_words()) for word in ("aktifitas", "kwitansi")]
    assert found == ["aktivitas", "kuitansi"]
    assert "izinkan" in variants("ijinkan")


@pytest.mark.browser
def test_the_browser_has_the_same_rules(browser: Browser) -> None:
    """The same roots for the words of the families, for affixes around dictionary words, and for noise."""
    bases = sorted(base_words())[::151]
    words = [word for family in FAMILIES.values() for word in family.split()] + bases
    words += [
        f"{a}{b}{c}"
        for b in bases[::3]
        for a in ("me", "peng", "di", "memper", "ke")
        for c in ("an", "kan", "i")
    ]
    words += ["Jum’at", "x" * 60, "pp", "aktifitas", "perijinan", "a1b2", "", "café"]
    page = browser.new_page()
    page.add_script_tag(path=SCRIPT)
    theirs = page.evaluate(
        """([words, roots]) => {
             const known = new Set(roots);
             const { stems, root, split } = sopCari;
             return words.map((word) => [stems(word), root(word, known), split(word)]);
           }""",
        [words, sorted(base_words())],
    )
    page.close()
    ours = [[list(stems(word)), root(word, base_words()), split(word)] for word in words]
    assert theirs == ours
