"""Several symbols of a row: what the page leaves stays, what it takes away leaves nobody leading nowhere."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from msgspec.structs import replace

from generator.data.load import load_text
from generator.data.validate.steps import RESERVED
from generator.data.writing.draft import file_text
from generator.data.writing.lines import plain
from generator.data.writing.operations import apply, on_plain
from generator.data.writing.tidy import tidy
from generator.edit.acts import SymbolForm, Target
from generator.edit.steps import branches, ids, listed, symbols, tables
from generator.edit.symbols import forms_of, set_symbols
from tests.edit.desk import SLUG, Client, desk
from tests.writing.forms import SOP_FORMS

LONG = """nama: A
unit: u
pelaksana: [a, b]
kegiatan:
  - uraian: Satu
    simbol:
      - {bentuk: kapsul, pelaksana: a}
      # periksa: siapa?
      - {id: hitung, pelaksana: [a, b], hubungan: panah}
  - uraian: Dua
    simbol:
      - {id: x, pelaksana: b}
      - pelaksana: a
        teks: Sesuai?
        keputusan: {Ya: , Tidak: {ke: hitung, pelaksana: a}}
  - {uraian: Tiga, pelaksana: a, lanjut: x}
"""


def _values(text: str) -> Any:
    tree, problems = load_text(text, "")
    assert tree is not None
    assert not problems
    return plain(tree)


def _set(text: str, row: int, forms: list[SymbolForm]) -> str:
    values = _values(text)
    table = tables(values)[0]
    return apply(text, set_symbols(values, table, row, forms, lambda to: ("selesai" if to.end else None, [])))


def test_a_joint_line_stays_until_nothing_stands_before_it() -> None:
    text = LONG.replace("{id: hitung, pelaksana: [a, b], hubungan: panah}", "{pelaksana: b, bersama: ya}")
    forms = forms_of(_values(text)["kegiatan"][0])
    apart = _set(text, 0, [forms[0], replace(forms[1], joined=False)])
    assert symbols(_values(apart)["kegiatan"][0])[1] == {"pelaksana": "b"}
    moved = _set(text, 0, [*forms, SymbolForm(shape="kotak", actors=["b"], joined=True)])
    assert symbols(_values(moved)["kegiatan"][0])[2] == {"pelaksana": "b", "bersama": "ya"}
    assert symbols(_values(moved)["kegiatan"][0])[1] == {"pelaksana": "b", "bersama": "ya"}
    first = _set(text, 0, [forms[1], SymbolForm(shape="kapsul", actors=["a"])])
    assert [one.get("bersama") for one in symbols(_values(first)["kegiatan"][0])] == [None, None]


def _aims(values: Any) -> set[str]:
    """The ids that ways of a file lead to."""
    found: set[str] = set()
    for step in tables(values)[0].steps:
        for one in (step, *symbols(step)):
            targets = [way.target for way in branches(one)] + listed(one.get("lanjut"))
            for target in targets:
                aim = target.get("ke") if isinstance(target, dict) else target
                if aim not in (None, *RESERVED):
                    found.add(str(aim))
    return found


@settings(
    max_examples=30,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[*HealthCheck],
)
@given(SOP_FORMS)
def test_what_the_page_leaves_stays_as_it_was(form: Any) -> None:
    values = _values(file_text(form))
    for table in tables(values):
        for row, step in enumerate(table.steps):
            if symbols(step):
                done = values
                for operation in set_symbols(values, table, row, forms_of(step), lambda to: (None, [])):
                    done = on_plain(done, operation)
                assert done == values


def test_a_symbol_more_and_away_again_is_what_there_was() -> None:
    text = tidy("nama: A\nunit: u\npelaksana: [a, b]\nkegiatan:\n  - uraian: Satu\n    pelaksana: b\n", "x")[
        0
    ]
    one = forms_of(tables(_values(text))[0].steps[0])
    more = _set(text, 0, [*one, SymbolForm(shape="belah-ketupat", actors=["a"], text="Lengkap?")])
    (step,) = _values(more)["kegiatan"]
    assert step == {
        "uraian": "Satu",
        "simbol": [
            {"pelaksana": "b"},
            {"pelaksana": "a", "teks": "Lengkap?", "keputusan": {"Ya": None, "Tidak": None}},
        ],
    }
    assert _values(_set(more, 0, forms_of(step)[:1])) == _values(text)


def test_a_way_to_another_symbol_of_the_row_gives_it_an_id() -> None:
    forms = [*forms_of(tables(_values(LONG))[0].steps[0])]
    forms.append(SymbolForm("belah-ketupat", ["b"], "Ya?", [("Ya", Target()), ("Tidak", Target(symbol=0))]))
    step = _values(_set(LONG, 0, forms))["kegiatan"][0]
    assert step["simbol"][0] == {"id": "simbol-1", "bentuk": "kapsul", "pelaksana": "a"}
    assert step["simbol"][2]["keputusan"] == {"Ya": None, "Tidak": "simbol-1"}
    assert step["simbol"][1] == {"id": "hitung", "pelaksana": ["a", "b"], "hubungan": "panah"}


@pytest.mark.parametrize(("row", "keep"), [(0, [0]), (0, [1]), (1, [0]), (1, [1])])
def test_nobody_leads_to_a_symbol_that_is_gone(row: int, keep: list[int]) -> None:
    forms = forms_of(tables(_values(LONG))[0].steps[row])
    values = _values(_set(LONG, row, [forms[n] for n in keep]))
    assert _aims(values) <= set(ids(values))


def test_the_page_shows_and_sets_several_symbols(tmp_path: Path) -> None:
    client = Client(desk(tmp_path)).enter()
    assert client.act({"laku": "simbol-baru", "table": 0, "row": 1}).status == 200
    told = client.ask("GET", f"/sop/{SLUG}/keadaan?baris=0,1").told["rincian"]
    assert told.count('class="simbol"') == 2
    forms = [
        {"shape": "kotak", "actors": ["jfu"], "onward": {"keep": True}, "was": 0},
        {
            "shape": "belah-ketupat",
            "actors": ["kasi"],
            "text": "Sesuai?",
            "ways": [["Ya", {}], ["Tidak", {"symbol": 0}]],
            "was": 1,
        },
    ]
    assert client.act({"laku": "simbol", "table": 0, "row": 1, "symbols": forms}).status == 200
    assert client.verb("simpan").told["keadaan"]["tersimpan"]
    written = (tmp_path / "sop_data" / "sop" / f"{SLUG}.yml").read_text()
    assert "Sesuai?" in written
    assert "Tidak: simbol-1" in written
    for bad in ([], [{"shape": "awan", "actors": ["jfu"]}], [{"shape": "kotak", "actors": ["siapa"]}]):
        assert client.act({"laku": "simbol", "table": 0, "row": 1, "symbols": bad}).status == 422
