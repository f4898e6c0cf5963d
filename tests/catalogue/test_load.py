"""Reading YAML: text stays text, everything has a place, and whatever comes in, a problem comes out."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from generator.data import load
from generator.data.load import Items, MappingNode, ScalarNode, Tree, load_bytes, load_file, load_text, locate

ROOT = Path(__file__).parents[2]
FILES = sorted([*(ROOT / "sop_data").rglob("*.yml"), *(ROOT / "tests/data/kasus").glob("*.yml")])


def plain(tree: Tree | None) -> object:
    """The tree without positions."""
    if isinstance(tree, MappingNode):
        return {key: plain(entry.value) for key, entry in tree.entries.items()}
    if isinstance(tree, Items):
        return [plain(item) for item in tree.items]
    return tree.value if tree else None


def test_scalars_stay_the_text_that_was_written() -> None:
    tree, problems = load_text("a: 010\nb: 12:30\nc: no\nd: 1.50\ne: 2019-01-16\nf: ~\ng: 0x1F\n", "f.yml")
    assert problems == []
    assert plain(tree) == {
        "a": "010",
        "b": "12:30",
        "c": "no",
        "d": "1.50",
        "e": "2019-01-16",
        "f": "~",
        "g": "0x1F",
    }


def test_nothing_and_an_empty_text_are_two_things() -> None:
    tree, _ = load_text('a:\nb: ""\n', "f.yml")
    assert isinstance(tree, MappingNode)
    a, b = tree.get("a"), tree.get("b")
    assert isinstance(a, ScalarNode)
    assert isinstance(b, ScalarNode)
    assert (a.blank, b.blank) == (True, False)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_value_stands_where_its_position_says(path: Path) -> None:
    tree, _ = load_file(path)
    lines = path.read_text(encoding="utf-8").splitlines()

    def check(node: Tree) -> None:
        if isinstance(node, ScalarNode):
            rest = lines[node.position.line - 1][node.position.column - 1 :]
            if node.blank:
                assert rest[:1] in ("", " ", ",", "}", "]", "\n")
            elif rest[0] not in "\"'|>":
                first = node.value.split()[0]
                assert rest.startswith(first)
        for child in node.items if isinstance(node, Items) else ():
            check(child)
        for entry in node.entries.values() if isinstance(node, MappingNode) else ():
            check(entry.key)
            check(entry.value)

    if tree is not None:
        check(tree)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_the_fast_parser_and_the_pure_one_read_the_same(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fast = load_file(path)
    monkeypatch.setattr(load, "_FAST", yaml.SafeLoader)
    assert load_file(path) == fast


YAMLISH = st.text(st.sampled_from("ab:- \n[]{}\"'#|>&*!?,%@é日\\"), max_size=40)


@settings(max_examples=300, deadline=None)
@given(YAMLISH)
@example("a: - b")
@example("a: [b, c")
@example('a: "\\ud800"')
@example("? a\n? b")
def test_no_text_raises_and_both_parsers_agree_on_what_they_accept(text: str) -> None:
    fast, problems = load_text(text, "f.yml")
    assert (fast is None) <= bool(problems)
    assert all(p.hint and p.position.line >= 1 and p.position.column >= 1 for p in problems)
    swift = load._FAST
    load._FAST = load._PURE
    try:
        pure, _ = load_text(text, "f.yml")
    finally:
        load._FAST = swift
    if fast is not None and pure is not None:
        assert fast == pure


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=60))
@example(b"\xff\xfea\x00")
@example(b"a: \xed\xa0\x80")
@example(b"\xef\xbb\xbf")
def test_no_bytes_raise(data: bytes) -> None:
    tree, problems = load_bytes(data, "f.yml")
    assert tree is not None or problems


@pytest.mark.parametrize(
    ("data", "message", "line", "column"),
    [
        (b"a: caf\xe9\n", "berkas bukan UTF-8", 1, 7),
        ("ü: x\nb: ".encode() + b"\xff", "berkas bukan UTF-8", 2, 4),
        (b"a: b\n\tc: d\n", "tanda tab tidak boleh dipakai", 2, 1),
        (b"a: b\r\nc: d\x00e\n", "tanda kendali U+0000 tidak boleh dipakai", 2, 5),
        (b"a: b\x1b[31m\n", "tanda kendali U+001B tidak boleh dipakai", 1, 5),
        ("a: b\u2028c\n".encode(), "tanda kendali U+2028 tidak boleh dipakai", 1, 5),
        (b'a: "\\0"\n', "teks memuat tanda kendali U+0000", 1, 4),
        (b"", "berkas kosong", 1, 1),
        (b"\xef\xbb\xbf# tidak ada\n", "berkas kosong", 1, 1),
        (b"a: " + b"x" * load.MAX_BYTES, "berkas terlalu besar (lebih dari 1000 kB)", 1, 1),
        (b"[" * 100_000, "susunan terlalu dalam (lebih dari 20 tingkat)", 1, 21),
        (b"- " * 100_000, "susunan terlalu dalam (lebih dari 20 tingkat)", 1, 41),
    ],
)
def test_what_is_refused(data: bytes, message: str, line: int, column: int) -> None:
    tree, problems = load_bytes(data, "f.yml")
    assert tree is None
    assert [(p.message, p.position.line, p.position.column) for p in problems] == [(message, line, column)]


def test_an_alias_bomb_costs_nothing() -> None:
    bomb = "a: &a [x, x]\n" + "".join(
        f"{c}: &{c} [*{p}, *{p}]\n" for p, c in zip("abcdefgh", "bcdefghi", strict=True)
    )
    tree, (problem,) = load_text(bomb, "f.yml")
    assert tree is None
    assert problem.message == "jangkar (&a) tidak dipakai di sini"


def test_a_byte_order_mark_at_the_start_is_no_text() -> None:
    tree, problems = load_bytes(b"\xef\xbb\xbfnama: x\n", "f.yml")
    assert (plain(tree), problems) == ({"nama": "x"}, [])


def test_windows_line_ends_are_read() -> None:
    tree, problems = load_bytes(b"nama: x\r\nteks: |\r\n  a\r\n  b\r\n", "f.yml")
    assert (plain(tree), problems) == ({"nama": "x", "teks": "a\nb\n"}, [])


def test_a_file_that_is_not_there_is_a_problem(tmp_path: Path) -> None:
    for path in (tmp_path / "tidak-ada.yml", tmp_path):
        tree, (problem,) = load_file(path)
        assert tree is None
        assert problem.message.startswith("berkas tidak dapat dibaca")


def test_a_path_leads_to_the_nearest_value_that_exists() -> None:
    tree, _ = load_text("a:\n  b: [x, y]\nc: z\n", "f.yml")
    assert [
        str(locate(tree, *path)) for path in (("a", "b", 1), ("a", "b", 7), ("a", "q"), ("c", 0), ("q",))
    ] == [
        "f.yml:2:10",
        "f.yml:2:6",
        "f.yml:2:3",
        "f.yml:3:4",
        "f.yml:1:1",
    ]


_SLIPS = {
    "a quotation mark that nothing closes": (
        'nama: "Surat\nunit: x\nkegiatan:\n  - uraian: A\n',
        1,
        7,
        "tutup",
    ),
    "one that a text far below closes": (
        'nama: "Surat\n' + "".join(f"k{n}: x\n" for n in range(34)) + 'z: "baik"\ny: 1\n',
        *(1, 7, "tutup"),
    ),
    "a colon without a blank": (
        "a:\n  - uraian: X\n    waktu:2 hari\n    output: Y\n",
        3,
        11,
        "waktu: 2 hari",
    ),
    "one at the end": ("a:\n  - uraian: X\n    waktu:2 hari\n", 3, 11, "waktu: 2 hari"),
    "one at the beginning": ("nama:Surat\nunit: x\n", 1, 6, "nama: Surat"),
    "one with a blank of Word": ("a:\n  - b: c\n    waktu:\u00a02 hari\n    d: e\n", 3, 11, "waktu: 2 hari"),
    "a word in quotation marks": (
        'a:\n  - b: c\n    output: "Nomor" register\n',
        3,
        13,
        "'\"Nomor\" register'",
    ),
    "a blank of Word as indent": ("a:\n  - uraian: X\n\u00a0\u00a0\u00a0\u00a0output: Y\n", 3, 1, "Word"),
    "one after a blank": ("a:\n  - uraian: X\n   \u00a0output: Y\n", 3, 4, "Word"),
    "one before a list": ("a:\n\u00a0 - uraian: X\n    output: Y\n", 2, 1, "Word"),
}


@pytest.mark.parametrize("slip", _SLIPS)
def test_a_slip_is_told_where_it_was_made_with_its_cure(slip: str) -> None:
    text, line, column, cure = _SLIPS[slip]
    tree, (problem,) = load_bytes(text.encode(), "f.yml")
    assert tree is None
    assert (problem.position.line, problem.position.column) == (line, column), problem
    assert cure in problem.hint


@pytest.mark.parametrize("parser", ["fast", "pure"])
@pytest.mark.parametrize(
    ("text", "line", "cure"),
    [
        ("a: x\noutput: Nomor #12 register\n", 2, "'Nomor #12 register'"),
        ("output: #12\n", 1, "'#12'"),
        ("output: Nomor # 12\n", 1, "'Nomor # 12'"),
        ("output:\n  - Berkas\n  - Kutipan '04 #5\n", 3, "'Kutipan ''04 #5'"),
        ("output: [a,\n  b #5\n  ]\n", 2, "'b #5'"),
    ],
)
def test_text_that_would_vanish_as_a_comment_is_told(
    monkeypatch: pytest.MonkeyPatch, parser: str, text: str, line: int, cure: str
) -> None:
    if parser == "pure":
        monkeypatch.setattr(load, "_FAST", yaml.SafeLoader)
    tree, (problem,) = load_bytes(text.encode(), "f.yml")
    assert tree is not None
    assert problem.position.line == line
    assert f"beri tanda kutip: {cure};" in problem.hint


def test_comments_as_people_write_them_and_texts_with_the_sign_are_not_told() -> None:
    text = "a: x # periksa\n# 1\nb: '#1 x #2'\nc: x#1\nd: |\n  y #3\ne: \"z\"  #z\nf:  # nanti\n"
    assert load_bytes(text.encode(), "f.yml")[1] == []
