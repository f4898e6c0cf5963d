"""What words stand for: the lexicon, abbreviations that texts explain, roots that inflected words show."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.data.lexicon import read_lexicon
from generator.data.words import split
from generator.search.vocabulary import spells
from tests.search.vocabularies import vocabulary

LEXICON, _ = read_lexicon(Path(__file__).parents[2] / "generator/default/leksikon.yml")
WORDS = vocabulary([], LEXICON)


def tokens(text: str) -> set[str]:
    return set(WORDS.index_tokens(split(text)))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("SK", "surat keputusan"),
        ("SK", "Surat Keputusannya"),
        ("TTE", "tanda tangan elektronik"),
        ("Kadis", "kepala dinas"),
        ("ijin", "perizinan"),
        ("perijinan", "diizinkan"),
        ("aktifitas", "aktivitas"),
        ("tanda tangan", "ditandatangani"),
        ("tanda-tangan", "penandatanganan"),
        ("tindak lanjut", "menindaklanjuti"),
        ("kerjasama", "bekerja sama"),
        ("fotocopy", "foto kopi"),
        ("IMB", "ijin mendirikan bangunan"),
        ("perjanjian kerjasama", "PKS"),
        ("koordinator", "mengkoordinir"),
        ("UU", "undang-undang"),
    ],
)
def test_both_have_a_token_in_common(one: str, other: str) -> None:
    assert tokens(one) & tokens(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("pemerintah", "perintah"),
        ("undang-undang", "undangan"),
        ("pengadaan", "ada"),
        ("penduduk", "duduk"),
        ("SK", "surat"),
        ("pengeluaran", "luaran"),
    ],
)
def test_what_only_looks_alike_has_none(one: str, other: str) -> None:
    assert not tokens(one) & tokens(other)


def test_an_abbreviation_of_two_expressions_finds_both() -> None:
    assert tokens("PPK") >= {"pejabatpembuatkomitmen", "pejabatpenatausahaankeuangan"}


def test_a_text_explains_its_own_abbreviations() -> None:
    words = vocabulary(["Rencana dari Forum Warga Peduli Sungai (FWPS) dibahas."], LEXICON)
    whole = words.index_tokens(split("forum warga peduli sungai"))
    assert set(words.index_tokens(["fwps"])) <= set(whole)


def test_two_inflected_words_show_a_root_that_no_dictionary_knows() -> None:
    words = vocabulary(["menyublasi data", "data yang disublasi"], LEXICON)
    assert words.tokens("penyublasian") == words.tokens("menyublasi") == words.tokens("disublasi")


@pytest.mark.parametrize(
    ("short", "phrase", "fits"),
    [
        ("kim", "kelompok informasi masyarakat", True),
        ("perbup", "peraturan bupati", True),
        ("ppid", "pejabat pengelola informasi dan dokumentasi", True),
        ("kim", "kelompok masyarakat", False),
        ("sk", "surat", False),
    ],
)
def test_an_abbreviation_is_made_of_the_beginnings_of_words(short: str, phrase: str, fits: bool) -> None:
    assert spells(short, phrase.split()) is fits
