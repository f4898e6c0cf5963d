"""``sop fmt``: one order and style; the data, the comments and what cannot be read stay as they are."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator.data.load import load_text
from generator.data.writing.order import SOP_ORDER
from generator.data.writing.tidy import same, tidy
from generator.data.writing.trees import read_tree
from generator.data.writing.yaml_style import to_yaml
from tests.catalogue.cases import CASES
from tests.writing.forms import SOP_FORMS

DATA = Path(__file__).parents[2] / "sop_data"

MESSY = """# atas
unit: x

nama:    'x: y'   # apa
# tentang nomor
nomor: 010
tanggal: {revisi: "-", pembuatan: }
kegiatan:
# tentang langkah
- output: |
     a
       b

  waktu: >-
     a
     b
  # tentang uraian
  uraian: no   # satu


  # lalu
- pelaksana: staf
  uraian: aaa
     bbb
  keputusan: {Tidak: , Ya: x}
# akhir
"""
NEAT = """# atas
nama: 'x: y'      # apa
# tentang nomor
nomor: 010
unit: x

tanggal: {revisi: "-", pembuatan: }
kegiatan:
# tentang langkah
  # tentang uraian
  - uraian: no # satu
    waktu: >-
      a
      b
    output: |
      a
        b

  # lalu
  - uraian: aaa bbb
    pelaksana: staf
    keputusan: {Tidak: , Ya: x}
# akhir
"""


def test_keys_come_into_order_with_their_comments() -> None:
    assert tidy(MESSY, "sop/uji.yml") == (NEAT, [])
    assert tidy(NEAT, "sop/uji.yml") == (NEAT, [])


@pytest.mark.parametrize("text", ["unit: s\n? nama\n: A\n", "unit: s\n? ''\n: [x]\nnama: A\n"])
def test_a_key_with_a_question_mark_comes_into_order_at_once(text: str) -> None:
    """Seeds 1008980, 1009235, 2002495 and 2015230 of the fuzz: it did only when tidied again."""
    once, problems = tidy(text, "sop/uji.yml")
    assert not problems
    assert once.startswith("nama: A\nunit: s")
    assert tidy(once, "sop/uji.yml") == (once, [])


def test_line_ends_and_byte_order_mark_become_plain() -> None:
    assert tidy("\ufeff" + MESSY.replace("\n", "\r\n"), "sop/uji.yml") == (NEAT, [])


FILES = [
    *sorted((DATA / "sop").glob("*.yml")),
    *(DATA / f"{name}.yml" for name in ("unit", "pelaksana", "hukum")),
]


@pytest.mark.parametrize("path", [*FILES, DATA / "instansi.yml"], ids=lambda path: path.stem)
def test_our_own_files_are_tidy(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert tidy(text, path.as_posix()) == (text, [])


@pytest.mark.parametrize("path", sorted(CASES.glob("*.yml")), ids=lambda path: path.stem)
def test_any_file_keeps_its_data_and_comments_or_stays(path: Path) -> None:
    text = path.read_bytes().decode("utf-8", "replace")
    after, problems = tidy(text, path.as_posix())
    if problems:
        assert after == text
        assert all(problem.position.line >= 1 and problem.hint for problem in problems)
        return
    old, new = (load_text(version, "uji.yml")[0] for version in (text, after))
    assert old is not None
    assert new is not None
    assert same(old, new, SOP_ORDER)
    assert sorted(text.partition("#")[2]) == sorted(text.partition("#")[2])
    assert tidy(after, path.as_posix())[0] == after


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True)
@given(SOP_FORMS, st.randoms(use_true_random=False))
def test_shuffled_and_commented_files_keep_data_and_comments(
    form: dict[str, Any], chance: random.Random
) -> None:
    text = commented(to_yaml(shuffled(form, chance)), chance)
    after, problems = tidy(text, "sop/uji.yml")
    assert not problems
    old, new = (load_text(version, "uji.yml")[0] for version in (text, after))
    assert old is not None
    assert new is not None
    assert same(old, new, SOP_ORDER)
    for number in range(text.count("# ulasan-")):
        assert after.count(f"# ulasan-{number}.") == 1
    assert tidy(after, "sop/uji.yml") == (after, [])


def shuffled(value: Any, chance: random.Random) -> Any:
    """Known mappings in any order; branches keep theirs, which counts."""
    if isinstance(value, list):
        return [shuffled(item, chance) for item in value]
    if not isinstance(value, dict):
        return value
    keys = list(value)
    chance.shuffle(keys)
    kept = ("keputusan", "lanjut", "label")
    return {key: value[key] if key in kept else shuffled(value[key], chance) for key in keys}


def commented(text: str, chance: random.Random) -> str:
    """Comment lines above some of the keys."""
    lines: list[str] = []
    number = 0
    inside: int | None = None
    for line in text.split("\n"):
        indent = len(line) - len(line.lstrip(" "))
        if inside is not None and line.strip() and indent <= inside:
            inside = None
        if inside is None and line.strip() and chance.random() < 0.3:
            lines.append(f"{' ' * indent}# ulasan-{number}.")
            number += 1
        if inside is None and line.rstrip().endswith(("|", "|-", ">", ">-")):
            inside = indent
        lines.append(line)
    return "\n".join(lines)


def test_what_is_told_of_a_comment_is_still_told_when_tidy() -> None:
    for messy in ("unit: x\nnama: a #12 register\n", "unit: x\nnama:   a #12 register\n"):
        done, problems = tidy(messy, "sop/a.yml")  # a comment keeps its column, and would stand apart then
        assert done.startswith("nama:")
        assert not problems
        assert [problem.rule for problem in read_tree(done, "")[1]] == ["komentar_tertelan"]
