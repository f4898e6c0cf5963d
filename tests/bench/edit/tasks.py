"""Whole tasks of a clerk, done in a real browser; each gives what was counted and its time by the model."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

from generator.data.load import load_file
from generator.data.writing.lines import plain
from tests.bench.edit.clerk import Clerk, browser, enter, open_sop, server
from tests.bench.edit.naskah import NINE, SEED, Paper, seed_paper, type_in

Counted = tuple[dict[str, int], float]


@contextmanager
def office(folder: Path) -> Iterator[tuple[Clerk, str]]:
    """A clerk before the first page, on a copy of the seed."""
    if not (folder / "sop_data").exists():
        shutil.copytree(SEED, folder / "sop_data")
    with server(folder) as address, browser() as page:
        yield Clerk(page), enter(page, address)


def entering(paper: Paper, folder: Path) -> Counted:
    """Enter an SOP from paper."""
    with office(folder) as (clerk, _):
        type_in(clerk, paper)
        assert_entered(paper, folder)
        assert clerk.page.inner_text("#keadaan") == "Tersimpan di berkas", clerk.page.inner_text("body")
        return clerk.counts, clerk.seconds


def assert_entered(paper: Paper, folder: Path) -> None:
    """Every word of the paper stands in the file."""
    (path,) = [p for p in (folder / "sop_data" / "sop").glob("*.yml") if not (SEED / "sop" / p.name).exists()]
    tree, _ = load_file(path)
    assert tree is not None
    values: Any = plain(tree)
    told = [
        (
            s["uraian"],
            s.get("kelengkapan", ""),
            s.get("waktu", ""),
            s.get("output", ""),
            s.get("keterangan", ""),
        )
        for s in values["kegiatan"]
    ]
    assert told == [(s.what, s.needs, s.time, s.result, s.note) for s in paper.steps]
    found = {key: values.get(key) for key, _ in paper.boxes}
    assert found == dict(paper.boxes)
    assert values["nama"] == paper.name


def revising(folder: Path) -> Counted:
    """A new version with three changes: a time, a step more, another actor."""
    with office(folder) as (clerk, top):
        open_sop(clerk.page, top, "surat-dan-jadwal")
        clerk.think()
        clerk.click("#buka-revisi")
        for text in ("Waktu, langkah dan pelaksana", "Evaluasi tahunan", "1 Februari 2027"):
            clerk.think()
            clerk.type(text)
            clerk.press("Tab")
        clerk.press("Enter")
        clerk.settle()
        clerk.think()
        clerk.click("#l-0-0-waktu")
        clerk.press("Control+a")
        clerk.type("45 menit")
        clerk.think()
        clerk.click("#l-0-2-uraian")
        clerk.press("Control+Enter")
        clerk.settle()
        clerk.type("Mencatat pada agenda surat")
        clerk.press("Tab")
        clerk.think()
        clerk.press("2")
        clerk.settle()
        clerk.press("Tab", "ArrowRight", "Tab", "ArrowRight", "Tab")
        clerk.think()
        clerk.type("Surat tercatat")
        clerk.think()
        clerk.click("#p-0-4-0")
        clerk.settle()
        clerk.think()
        clerk.press("Control+s")
        clerk.settle()
        assert clerk.page.inner_text("#keadaan") == "Tersimpan di berkas", clerk.page.inner_text("body")
        return clerk.counts, clerk.seconds


def _apart(task: Callable[[Path], Counted]) -> Counted:
    folder = Path(tempfile.mkdtemp())
    try:
        return task(folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


ALL: dict[str, tuple[int, Callable[[], Counted]]] = {
    "SOP 2 naskah benih, 7 langkah": (10, partial(_apart, partial(entering, seed_paper()))),
    "SOP 9 langkah dengan dua keputusan": (10, partial(_apart, partial(entering, NINE))),
    "Revisi dengan tiga perubahan": (2, partial(_apart, revising)),
}
"""Each task with the most minutes that it may take."""
