"""Cells that are one over several steps, columns left out, ways as drawn: shown, edited, never lost."""

from __future__ import annotations

import random
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from generator.data.load import load_text
from generator.data.writing.draft import file_text
from generator.data.writing.lines import plain
from generator.data.writing.operations import apply, splice
from generator.data.writing.tidy import tidy
from generator.edit import acts
from generator.edit.cells import KEYS, merged
from generator.edit.changes import change_of
from generator.edit.fields import Refused
from generator.edit.known import Reading
from generator.edit.steps import Table, listed, tables
from generator.edit.symbols import led
from tests.edit.desk import SEED, SLUG, Client, desk

KNOWN = Reading(SEED).known()
Groups = list[tuple[int, str]]


def _text(rng: random.Random) -> str:
    """An SOP whose cells are merged at random; texts say where they stood."""
    steps: list[dict[str, Any]] = []
    for row in range(rng.randint(2, 7)):
        step: dict[str, Any] = {"uraian": f"Langkah {row}", "pelaksana": "kasi"}
        one = [key for key in KEYS if row and rng.random() < 0.45]
        step |= {key: f"{key} {row}" for key in KEYS if key not in one and rng.random() < 0.8}
        step |= {"gabung": one} if one else {}
        steps.append(step)
    form: dict[str, Any] = {"nama": "A", "unit": "x", "pelaksana": ["kasi", "kabid"], "kegiatan": steps}
    return tidy(file_text(form), "sop/x.yml")[0]


def _values(text: str) -> Any:
    tree, problems = load_text(text, "")
    assert tree is not None
    assert not problems
    return plain(tree)


def _said(table: Table, key: str) -> dict[str, int]:
    """For each step by its words, the number of its group."""
    found: dict[str, int] = {}
    for row, step in enumerate(table.steps):
        last = max(found.values(), default=0)
        found[str(step["uraian"])] = last if key in merged(table, row) else last + 1
    return found


def _texts(table: Table) -> Counter[Any]:
    return Counter(step[key] for step in table.steps for key in KEYS if step.get(key))


@pytest.mark.parametrize("seed", range(150))
def test_merged_cells_outlive_rows_that_come_go_and_move(seed: int) -> None:
    rng = random.Random(seed)
    text = _text(rng)
    (before,) = tables(_values(text))
    rows = len(before.steps)
    row, to = rng.randrange(rows), rng.randrange(rows)
    some: list[acts.AnyAct] = [
        acts.AddStep(0, rng.randrange(rows + 1)),
        acts.RemoveStep(0, row),
        acts.MoveStep(0, row, to),
        acts.SplitStep(0, row, f"Langkah {row}", "Bagian dua"),
    ]
    act = rng.choice(some)
    after_text = apply(text, change_of(act, _values(text), KNOWN).operations)
    assert splice(text, after_text).inverse.apply(after_text) == text
    (after,) = tables(_values(after_text))
    for number, step in enumerate(after.steps):
        assert listed(step.get("gabung")) == merged(after, number), "a merged cell says nothing of its own"
    lost = _texts(before) - _texts(after)
    if not isinstance(act, acts.RemoveStep):
        assert not lost
    assert not _texts(after) - _texts(before)
    for key in KEYS:
        groups = _said(before, key)
        if isinstance(act, acts.RemoveStep):
            alone = list(groups.values()).count(groups[f"Langkah {row}"]) == 1
            assert alone or not [one for one in lost if str(one).startswith(key)]
        kept = {name: group for name, group in groups.items() if name != f"Langkah {row}"}
        now = _said(after, key)
        for one, group in kept.items():
            for other, its in kept.items():
                if one in now and other in now:
                    assert (now[one] == now[other]) == (group == its), (key, one, other)


def test_a_step_moves_past_a_merged_cell_and_not_into_it() -> None:
    text = (
        "nama: A\nunit: x\npelaksana: [kasi]\nkegiatan:\n"
        "  - {uraian: a, waktu: 1 hari}\n  - {uraian: b, waktu: 3 hari}\n"
        "  - {uraian: c, gabung: waktu}\n  - {uraian: d, gabung: waktu}\n"
    )
    done = apply(text, change_of(acts.MoveStep(0, 0, 1), _values(text), KNOWN).operations)
    assert [step["uraian"] for step in _values(done)["kegiatan"]] == ["b", "c", "d", "a"]
    back = apply(done, change_of(acts.MoveStep(0, 3, 2), _values(done), KNOWN).operations)
    assert [step["uraian"] for step in _values(back)["kegiatan"]] == ["a", "b", "c", "d"]


def test_two_cells_become_one_and_two_again(tmp_path: Path) -> None:
    client = Client(desk(tmp_path)).enter()
    told = client.act({"laku": "gabung", "table": 0, "row": 1, "column": "waktu", "on": True})
    assert told.status == 422, "two different times are not put into one cell"
    client.act({"laku": "isi", "path": ["kegiatan", 1, "waktu"], "value": ""})
    assert client.act({"laku": "gabung", "table": 0, "row": 1, "column": "waktu", "on": True}).status == 200
    told = client.ask("GET", f"/sop/{SLUG}/keadaan?baris=0,1").told
    assert 'class="alur-waktu" rowspan="2"' in told["bagian"]["baris-0-0"]
    assert "alur-waktu" not in told["bagian"]["baris-0-1"]
    assert "l-0-1-waktu" not in told["isi"]
    assert 'id="r-gabung-waktu" data-gabung="waktu" checked' in told["rincian"]
    client.act({"laku": "gabung", "table": 0, "row": 1, "column": "waktu", "on": False})
    told = client.ask("GET", f"/sop/{SLUG}/keadaan").told
    assert told["isi"]["l-0-1-waktu"] == ""
    assert told["isi"]["l-0-0-waktu"] == "30 menit"


def test_a_column_is_left_out_when_it_says_nothing_and_comes_back(tmp_path: Path) -> None:
    client = Client(desk(tmp_path)).enter()
    without = {"laku": "kolom-isi", "columns": ["waktu", "output", "keterangan"]}
    assert "masih berisi" in client.act(without).told["pesan"]
    for row in range(7):
        client.act({"laku": "isi", "path": ["kegiatan", row, "kelengkapan"], "value": ""})
    assert client.act(without).status == 200
    told = client.ask("GET", f"/sop/{SLUG}/keadaan").told
    assert "alur-kelengkapan" not in told["bagian"]["baris-0-0"]
    assert 'id="kolom-isi-kelengkapan">' in told["bagian"]["kolom-isi"]
    client.act({**without, "columns": ["kelengkapan", *without["columns"]]})
    views = desk(tmp_path).views("sop", SLUG)
    assert views is not None
    assert "kolom:" not in views.session.look().text, "the columns of the agency need no word"


@pytest.mark.parametrize(
    "way",
    [
        None,
        "selesai",
        "lepas",
        "tulis",
        {"garis": "putus-putus"},
        {"ke": "tulis", "dari": "kasi", "pelaksana": "kabid"},
        {"ke": "tulis", "garis": "putus-putus"},
        {"sop": "lain"},
        ["tulis", "selesai"],
    ],
)
def test_a_way_is_as_it_was_where_the_page_says_nothing_of_it(way: Any) -> None:
    assert led(way, way, None) == way
    if not isinstance(way, list):
        assert led(led(way, way, True), led(way, way, True), isinstance(way, dict) and "garis" in way) == way


def test_a_label_changes_neither_the_line_nor_a_loose_end() -> None:
    text = (
        "nama: A\nunit: x\npelaksana: [kasi]\nkegiatan:\n  - uraian: a\n    pelaksana: kasi\n"
        "    keputusan: {Ya: lepas, Tidak: {ke: b, garis: putus-putus}}\n"
        "  - {uraian: b, id: b, pelaksana: kasi}\n"
    )
    for number, label in enumerate(("Setuju", "Tidak setuju")):
        act = acts.SetBranch(0, 0, number, label, acts.Target(keep=True))
        text = apply(text, change_of(act, _values(text), KNOWN).operations)
    ways = _values(text)["kegiatan"][0]["keputusan"]
    assert ways == {"Setuju": "lepas", "Tidak setuju": {"ke": "b", "garis": "putus-putus"}}
    act = acts.SetBranch(0, 0, 1, "Tidak", acts.Target(end=True), dashed=False)
    text = apply(text, change_of(act, _values(text), KNOWN).operations)
    assert _values(text)["kegiatan"][0]["keputusan"]["Tidak"] == "selesai"


def test_the_first_step_has_no_cell_above() -> None:
    with pytest.raises(Refused):
        change_of(acts.SetMerged(0, 0, "waktu", True), _values(_text(random.Random(1))), KNOWN)
