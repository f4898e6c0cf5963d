"""What a page is told part by part, whatever of it is lost on the way, is what a new page is told."""

from __future__ import annotations

import os
import random
import shutil
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from generator.edit import acts
from generator.edit.fields import Refused
from generator.edit.page.table import row_of_cell
from tests.bench.edit.clerk import CHROMIUM, SETTLED, enter, open_sop, server
from tests.bench.edit.clerk import browser as clerk_page
from tests.bench.edit.naskah import SEED
from tests.edit.desk import SLUG, desk


class Page:
    """A page as the script of ours keeps it: a row that comes anew is empty of its cells and notes."""

    def __init__(self) -> None:
        self.shown, self.parts, self.texts = "", dict[str, str](), dict[str, str]()
        self.notes: Any = None

    def take(self, told: Any) -> None:
        self.shown = told["tampilan"]
        for id in told["bagian"]:
            self.parts = {one: html for one, html in self.parts.items() if row_of_cell(one) != id}
            self.parts[id] = told["bagian"][id]
        rows, lanes = told["baris"][0], self.parts["kepala-0"].count('class="kolom"')
        self.parts = {id: html for id, html in self.parts.items() if _there(id, rows, lanes)}
        self.texts |= told["isi"]
        self.notes = self.notes if told["catatan"] is None else told["catatan"]


def _there(id: str, rows: int, lanes: int) -> bool:
    if not id.startswith(("baris-", "sel-")):
        return True
    _, row, lane = (*map(int, id.split("-")[1:]), 0)[:3]
    return row < rows and lane < lanes


@pytest.mark.parametrize("seed", range(3))
def test_what_pages_are_told_bit_by_bit_is_what_a_new_one_is_told(tmp_path: Path, seed: int) -> None:
    views = desk(tmp_path).views("sop", SLUG)
    assert views is not None
    session, rng = views.session, random.Random(seed)
    pages = [Page(), Page()]
    for n in range(40):
        base, rows = session.look().revision, len(session.understood().values["kegiatan"])
        row = rng.randrange(rows)
        some: list[acts.AnyAct] = [
            acts.SetActors(0, row, [rng.choice(["kasi", "kabid", "kadis"])]),
            acts.SetDecision(0, row, rng.random() < 0.5),
            acts.AddStep(0, row),
            acts.MoveStep(0, row, rng.randrange(rows)),
            acts.MoveColumn(0, 0, 1),
            acts.AddColumn(0, f"Pelaksana {n}"),
            acts.SetText(["kegiatan", row, "waktu"], rng.choice(["2 hari", "", "nanti"])),
        ]
        try:
            session.undo() if rng.random() < 0.2 else session.act(rng.choice(some), base, "")
        except Refused:
            continue
        for page in pages:
            told = views.told(page.shown, None)
            if rng.random() < 0.6:  # else the page was busy, or the answer never came
                page.take(told)
    whole = views.told("", None)
    for page in pages:
        page.take(views.told(page.shown, None))
        assert page.parts == whole["bagian"]
        assert {id: page.texts[id] for id in whole["isi"]} == whole["isi"]
        assert page.notes == whole["catatan"]


def test_a_key_is_told_only_what_it_changed(tmp_path: Path) -> None:
    views = desk(tmp_path).views("sop", SLUG)
    assert views is not None
    base = views.session.look().revision
    shown = views.told("", None)["tampilan"]
    views.session.act(acts.SetText(["kegiatan", 0, "output"], "Lain"), base, "")
    told = views.told(shown, None)
    assert not [id for id in told["bagian"] if id.startswith(("baris", "sel", "kepala"))]
    assert list(told["isi"]) == ["l-0-0-output"]
    assert views.told(told["tampilan"], None)["bagian"] == {}


@pytest.mark.browser
@pytest.mark.skipif(not os.path.exists(CHROMIUM), reason="no Chromium")
def test_a_table_changed_in_place_is_that_of_a_page_opened_anew(tmp_path: Path, browser: Browser) -> None:
    shutil.copytree(SEED, tmp_path / "sop_data")
    table = "() => [...document.querySelectorAll('table.alur td.alur-lajur')].map((one) => one.outerHTML)"
    with server(tmp_path) as address, clerk_page(chromium=browser) as page:
        top = enter(page, address)
        other = page.context.new_page()
        open_sop(page, top, SLUG)
        for keys in ("3", "2", "k", "1", "Control+Enter", "Control+z", "4", "Control+z"):
            page.focus("#p-0-2-0")
            kept = page.query_selector("#p-0-2-1")
            page.keyboard.press(keys)
            page.evaluate(SETTLED)
            open_sop(other, top, SLUG)
            assert page.evaluate(table) == other.evaluate(table), keys
            if keys in "1234":
                assert kept.evaluate("(one) => one.isConnected"), "a cell that changes keeps its button"
                assert page.evaluate("document.activeElement.id") == f"p-0-2-{int(keys) - 1}"
