"""Operations on the text of an SOP: they mean what they say, touch nothing else, and can be taken back."""

from __future__ import annotations

import random
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from generator.data.load import load_text
from generator.data.writing.draft import file_text, new_sop
from generator.data.writing.lines import plain
from generator.data.writing.operations import (
    Insert,
    Move,
    NotApplied,
    Operation,
    Put,
    Remove,
    Splice,
    apply,
    on_plain,
    splice,
    value_at,
)
from generator.data.writing.record import edited
from generator.data.writing.tidy import tidy
from generator.edit.difference import difference
from tests.edit.desk import SEED
from tests.writing.forms import FILLED, LINES, SOP_FORMS, STEP, TEXT

_QUICK: dict[str, Any] = {
    "deadline": None,
    "suppress_health_check": list(HealthCheck),
    "phases": [Phase.explicit, Phase.reuse, Phase.generate],  # shrinking texts of YAML takes minutes
}


def _values(text: str) -> Any:
    tree, problems = load_text(text, "")
    assert tree is not None
    assert not problems
    return plain(tree)


def _bare(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _bare(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_bare(item) for item in value]
    return None if value is None else str(value).strip()


@st.composite
def _sessions(draw: st.DrawFn) -> tuple[str, list[Operation]]:
    """A tidy file with comments, and operations that fit it one after the other."""
    text = file_text(draw(SOP_FORMS))
    text, _ = tidy(_commented(text, draw(st.integers(0, 10**6))), "sop/x.yml")
    value, found = _values(text), []
    for _ in range(draw(st.integers(1, 5))):
        operation = draw(_operations(value))
        found.append(operation)
        value = on_plain(value, operation)
    return text, found


def _commented(text: str, seed: int) -> str:
    """The text with comments put in where they change nothing: above keys and items."""
    rng, lines = random.Random(seed), text.split("\n")
    for n in reversed(range(len(lines))):
        indent = len(lines[n]) - len(lines[n].lstrip())
        trial = [*lines[:n], " " * indent + f"# catatan {n}", *lines[n:]]
        if lines[n].strip() and rng.random() < 0.15 and _harmless(trial, lines):
            lines = trial
    return "\n".join(lines)


def _harmless(trial: list[str], lines: list[str]) -> bool:
    tree, problems = load_text("\n".join(trial), "")
    return tree is not None and not problems and plain(tree) == _values("\n".join(lines))


@st.composite
def _operations(draw: st.DrawFn, value: dict[str, Any]) -> Operation:
    lists: list[tuple[Any, ...]] = []
    steps: list[tuple[Any, ...]] = []
    for base, table in (((), value), *(((("alur", n)), t) for n, t in enumerate(value.get("alur") or []))):
        if isinstance(table.get("kegiatan"), list):
            lists.append((*base, "kegiatan"))
            steps += [(*base, "kegiatan", n) for n in range(len(table["kegiatan"]))]
    fields: list[st.SearchStrategy[Operation]] = [
        st.builds(Put, st.sampled_from([("nomor",), ("tujuan",), ("judul_tabel",)]), st.none() | TEXT),
        st.builds(Put, st.sampled_from([("peringatan",), ("kualifikasi_pelaksana",)]), LINES),
        st.builds(Put, st.just(("nama",)), FILLED),
        st.builds(Put, st.sampled_from([("tanggal", "efektif"), ("disahkan_oleh", "nip")]), st.none() | TEXT),
        st.builds(Put, st.just(("dasar_hukum",)), st.lists(st.sampled_from(["uu-1", "pp-2"]), max_size=3)),
    ]
    if steps:
        at = draw(st.sampled_from(steps))
        fields += [
            st.builds(Put, st.sampled_from([(*at, "waktu"), (*at, "id")]), st.none() | TEXT.filter(bool)),
            st.builds(Put, st.just((*at, "kelengkapan")), LINES),
            st.builds(Put, st.just((*at, "keputusan")), st.just({"Ya": None, "Tidak": "a"})),
        ]
    if lists:
        path = draw(st.sampled_from(lists))
        many = len(_get(value, path))
        fields.append(st.builds(Insert, st.just(path), st.integers(0, many), STEP))
        if many:
            fields.append(st.builds(Remove, st.just(path), st.integers(0, many - 1)))
            fields.append(st.builds(Move, st.just(path), st.integers(0, many - 1), st.integers(0, many - 1)))
    return draw(st.one_of(fields))


def _get(value: Any, path: tuple[Any, ...]) -> Any:
    for step in path:
        value = value[step]
    return value


@settings(max_examples=50, **_QUICK)
@given(_sessions())
def test_operations_mean_what_they_say_and_can_be_taken_back(session: tuple[str, list[Operation]]) -> None:
    text, operations = session
    for operation in operations:
        done = apply(text, [operation])
        assert _values(done) == _bare(on_plain(_values(text), operation))
        change = splice(text, done)
        assert change.apply(text) == done
        assert change.inverse.apply(done) == text
        if isinstance(operation, Put | Move | Insert):
            assert _comments(text) <= _comments(done), "a comment is lost"
        text = done


def _comments(text: str) -> set[str]:
    return {line.strip() for line in text.split("\n") if line.strip().startswith("# catatan")}


@settings(max_examples=20, **_QUICK)
@given(_sessions())
def test_what_is_not_touched_stays_to_the_byte(session: tuple[str, list[Operation]]) -> None:
    """A change of one key leaves every line of the others."""
    text, operations = session
    top = str(operations[0].path[0])
    done = apply(text, operations[:1])
    assert _without(text, top) == _without(done, top)


def _without(text: str, top: str) -> list[str]:
    """The lines of a file but those of a key at its top and comments or blank lines beside it."""
    kept, inside = [], False
    for line in text.split("\n"):
        if line and not line.startswith((" ", "#", "-")):
            inside = line.startswith((f"{top}:", f'"{top}"'))
        if not inside and line.strip() and not line.startswith("#"):
            kept.append(line)
    return kept


@settings(max_examples=60, **_QUICK)
@given(SOP_FORMS, SOP_FORMS, st.integers(0, 10**6))
def test_any_two_versions_are_a_list_of_operations(old: Any, new: Any, seed: int) -> None:
    text, _ = tidy(_commented(file_text(old), seed), "sop/x.yml")
    wanted = _filled(_values(tidy(file_text(new), "sop/x.yml")[0]))
    operations = difference(_values(text), wanted)
    done = apply(text, operations)
    assert _filled(_values(done)) == wanted
    assert difference(_values(done), wanted) == []
    assert splice(text, done).inverse.apply(done) == text


def _filled(value: Any, ways: bool = False) -> Any:
    """Values without the keys that hold nothing, which say as much as keys that are not there; a branch
    without a target (``ways``) says something."""
    if isinstance(value, list):
        return [_filled(item) for item in value]
    if not isinstance(value, dict):
        return value
    return {key: _filled(item, key == "keputusan") for key, item in value.items() if item is not None or ways}


@settings(max_examples=40, **_QUICK)
@given(form=SOP_FORMS, seed=st.integers(0, 10**6), number=st.none() | st.sampled_from(["9", "800/1"]))
def test_what_opening_a_version_sets_can_be_taken_back_and_leaves_the_rest(
    form: Any, seed: int, number: str | None
) -> None:
    """``sop revise``, ``sahkan`` and ``review`` set their values by the same operations as the page."""
    before, _ = tidy(_commented(file_text(form), seed), "sop/x.yml")
    values: dict[tuple[str, ...], Any] = {
        ("versi",): {"nomor": 2, "perubahan": "a: b #c", "alasan": "- satu"},
        ("tanggal", "efektif"): "-",
        ("dokumen_resmi",): None,
        ("tinjauan",): None,
        **({("nomor",): number} if number else {}),
    }
    after = edited(before, values)
    assert after is not None
    for path, value in values.items():
        assert value_at(_values(after), path) == _bare(value)
    tops = {path[0] for path in values}
    kept = [(key, value) for key, value in _values(before).items() if key not in tops]
    assert [(key, value) for key, value in _values(after).items() if key not in tops] == kept
    if not {"versi", "dokumen_resmi", "tinjauan"} & form.keys():  # what goes takes its comments with it
        assert _comments(before) <= _comments(after)
    assert splice(before, after).inverse.apply(after) == before


def test_a_step_that_moved_is_a_move_and_keeps_its_comment() -> None:
    text = (SEED / "sop" / "surat-dan-jadwal.yml").read_text()
    text = text.replace("  - uraian: Mengetik", "  # periksa: siapa?\n  - uraian: Mengetik")
    wanted = _values(text)
    wanted["kegiatan"].insert(5, wanted["kegiatan"].pop(1))
    wanted["kegiatan"][5]["waktu"] = "20 Menit"
    operations = difference(_values(text), wanted)
    assert operations == [
        *(Move(("kegiatan",), at, at - 1) for at in (2, 3, 4, 5)),
        Put(("kegiatan", 5, "waktu"), "20 Menit"),
    ]
    done = apply(text, operations)
    assert _values(done) == wanted
    assert done.index("# periksa") > done.index("Memeriksa dan menandatangani")


def test_a_branch_that_goes_on_to_the_next_step_is_no_branch_taken_out() -> None:
    text = "kegiatan:\n  - uraian: A\n    keputusan: {Ya: b, Tidak: c}\n  - uraian: B\n"
    wanted = _values(text)
    wanted["kegiatan"][0]["keputusan"]["Ya"] = None
    assert _values(apply(text, difference(_values(text), wanted))) == wanted


def test_a_comment_behind_a_value_stays_behind_it() -> None:
    text = new_sop("Contoh", "seksi", ["staf"], [("Menulis", "staf")])
    done = apply(text, [Put(("disahkan_oleh", "nip"), "19700131 199003 1 001")])
    assert "  nip: 19700131 199003 1 001 # dalam tanda kutip" in done
    assert apply(text, [Put(("nomor",), "1")]).count("#") == text.count("#")


def test_a_step_goes_with_the_comments_above_it_and_inside() -> None:
    text = """nama: A
unit: u
pelaksana: [a]
kegiatan:
  # untuk semua
  - uraian: Satu
    pelaksana: a # siapa

  # tentang dua
  - uraian: Dua
    # periksa: waktu
    pelaksana: a

  - uraian: Tiga
    pelaksana: a
"""
    done = apply(text, [Move(("kegiatan",), 1, 2)])
    assert done.index("Tiga") < done.index("# tentang dua") < done.index("Dua") < done.index("# periksa")
    assert apply(done, [Move(("kegiatan",), 2, 1)]) == text
    without = apply(text, [Remove(("kegiatan",), 1)])
    assert "# tentang dua" not in without
    assert "# untuk semua" in without
    assert splice(text, without).inverse.apply(without) == text


def test_a_first_key_taken_out_leaves_its_comments_above_the_item() -> None:
    text = "kegiatan:\n  - id: a\n    # periksa: nomor\n    uraian: Satu\n    pelaksana: x\n"
    done = apply(text, [Put(("kegiatan", 0, "id"), None)])
    assert done == "kegiatan:\n  # periksa: nomor\n  - uraian: Satu\n    pelaksana: x\n"


@pytest.mark.parametrize(
    "operation",
    [
        Remove(("kegiatan",), 7),
        Move(("kegiatan",), 0, 9),
        Put(("kegiatan", 4, "waktu"), "x"),
        Insert(("nama",), 0, 1),
    ],
)
def test_what_does_not_fit_is_refused(operation: Operation) -> None:
    text = new_sop("Contoh", "seksi", ["staf"], [("Menulis", "staf")])
    with pytest.raises(NotApplied):
        apply(text, [operation])


def test_a_splice_of_other_lines_is_refused() -> None:
    with pytest.raises(NotApplied):
        Splice(0, ("x",), ("y",)).apply("a\nb")
