"""The lexicon: ours is right, and what is wrong in one is told with its place."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.data.lexicon import Lexicon, read_lexicon, whole_lexicon

SHIPPED = Path(__file__).parents[2] / "generator/default/leksikon.yml"


def read(tmp_path: Path, text: str) -> tuple[Lexicon, list[str]]:
    file = tmp_path / "leksikon.yml"
    file.write_text(text, encoding="utf-8")
    lexicon, problems = read_lexicon(file, "leksikon.yml")
    return lexicon, [f"{problem.position}: {problem.message}" for problem in problems]


def test_the_shipped_lexicon_has_no_problem() -> None:
    lexicon, problems = read_lexicon(SHIPPED)
    assert problems == []
    assert (("surat", "keputusan"), ("sk",)) in lexicon.groups
    assert {"sk", "tte"} <= lexicon.short
    assert "pemerintah" in lexicon.own
    assert "yang" in lexicon.ignored


def test_no_file_is_an_empty_lexicon(tmp_path: Path) -> None:
    assert read_lexicon(tmp_path / "leksikon.yml") == (Lexicon(), [])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("padana: []", "leksikon.yml:1:1: kunci 'padana' tidak dikenal pada leksikon"),
        ("padanan: SK", "leksikon.yml:1:10: padanan harus berupa daftar"),
        ("padanan:\n  - SK", "leksikon.yml:2:5: tiap padanan harus berupa daftar tulisan yang searti"),
        ("padanan:\n  - [SK]", "leksikon.yml:2:5: padanan memerlukan sedikitnya dua tulisan yang berbeda"),
        (
            "padanan:\n  - [SK, sk]",
            "leksikon.yml:2:5: padanan memerlukan sedikitnya dua tulisan yang berbeda",
        ),
        ("padanan:\n  - [izin, ijin, '?']", "leksikon.yml:2:18: tulisan ini tidak memuat kata"),
        (
            "padanan:\n  - [izin, ijin]\n  - [izin, perkenan]",
            "leksikon.yml:3:6: 'izin' sudah menjadi tulisan pertama pada baris 2",
        ),
        ("tersendiri:\n  - dua kata", "leksikon.yml:2:5: di sini hanya boleh satu kata"),
        ("- SK", "leksikon.yml:1:1: leksikon harus berupa kelompok kunci"),
    ],
)
def test_what_is_wrong_is_told_with_its_place(tmp_path: Path, text: str, expected: str) -> None:
    assert read(tmp_path, text)[1] == [expected]


def test_an_agency_adds_its_words(tmp_path: Path) -> None:
    lexicon, problems = read(tmp_path, "padanan:\n  - [Balai Warga Digital, BWD]\n")
    assert problems == []
    assert lexicon.groups == ((("balai", "warga", "digital"), ("bwd",)),)


def test_an_agency_adds_to_the_whole_lexicon_the_program(tmp_path: Path) -> None:
    given, _ = read_lexicon(SHIPPED)
    assert whole_lexicon([tmp_path / "leksikon.yml"]) == (given, [])
    text = "padanan:\n  - [surat keputusan, SKep]\n  - [balai warga digital, BWD]\nabaikan: [kami]\n"
    (tmp_path / "leksikon.yml").write_text(text, encoding="utf-8")
    found, problems = whole_lexicon([tmp_path / "leksikon.yml"])
    assert problems == []
    assert [group for group in found.groups if group[0] == ("surat", "keputusan")] == [
        (("surat", "keputusan"), ("skep",))
    ]
    assert {"bwd", "sk"} <= found.short
    assert found.ignored == given.ignored | {"kami"}
    assert (found.base, found.own) == (given.base, given.own)


def test_everyday_words_ask_for_official_ones_and_not_the_other_way_round(tmp_path: Path) -> None:
    lexicon, problems = read(tmp_path, "sehari_hari:\n  - [lemot, kerusakan, pemeliharaan rutin]\n")
    assert problems == []
    assert lexicon.everyday == ((("lemot",), (("kerusakan",), ("pemeliharaan", "rutin"))),)
    assert lexicon.groups == ()
    assert read(tmp_path, "sehari_hari:\n  - [lemot]\n")[1] == [
        "leksikon.yml:2:5: padanan memerlukan sedikitnya dua tulisan yang berbeda"
    ]


def test_what_of_everyday_words_concerns_a_site_is_what_it_can_find(tmp_path: Path) -> None:
    lexicon, _ = read(
        tmp_path, "sehari_hari:\n  - [lemot, kerusakan, pemeliharaan rutin]\n  - [bos, pimpinan]\n"
    )
    words = {"rusak", "rutin"}

    def keys(word: str) -> list[str]:
        return [word, {"kerusakan": "rusak", "pemeliharaan": "pelihara"}.get(word, word)]

    assert lexicon.among(words, keys).everyday == ((("lemot",), (("kerusakan",),)),)
    assert lexicon.among(words, keys).digest() != lexicon.digest()


def test_an_agency_says_itself_what_an_everyday_word_means(tmp_path: Path) -> None:
    (tmp_path / "leksikon.yml").write_text("sehari_hari:\n  - [lemot, gangguan]\n", encoding="utf-8")
    found, _ = whole_lexicon([tmp_path / "leksikon.yml"])
    assert [official for said, official in found.everyday if said == ("lemot",)] == [(("gangguan",),)]
