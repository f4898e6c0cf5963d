"""Random editing sessions: acts of several pages, kills, saves, and edits of the file by another program.

After every act the text that a new process reads must be the one that was answered; the file on the disk must
always be readable, and after saving be what ``sop fmt`` leaves.
"""

from __future__ import annotations

import random
from functools import lru_cache
from pathlib import Path
from typing import Any

from msgspec import structs

from generator.data.load import load_text
from generator.data.validate.schema import read_sop
from generator.data.writing.tidy import tidy
from generator.edit import acts
from generator.edit.fields import Refused
from generator.edit.journal import FILE
from generator.edit.session import Session, Stale
from generator.edit.symbols import forms_of
from tests.edit.desk import SLUG, desk

WORDS = (
    "Menulis",
    "Memeriksa konsep",
    "12:30",
    "no",
    "a: b #c",
    "- satu\n- dua",
    '"kutip"',
    "010",
    "<b>x</b>",
    "=1+1",
    "🙂",
)


def random_session(folder: Path, seed: int, count: int) -> int:
    """One session of so many operations; gives how many were answered. Raises AssertionError at any loss."""
    rng = random.Random(seed)
    pages = [_opened(folder), _opened(folder)]
    seen = [page.look().revision for page in pages]
    answered = 0
    expected = pages[0].look().text
    for _ in range(count):
        n = rng.randrange(len(pages))
        page = pages[n]
        kind = rng.random()
        if kind < 0.08:  # killed, perhaps in the middle of a record that nobody was told of
            _tear(folder, rng)
            pages[n] = page = _opened(folder)
            assert page.look().text == expected, "an answered operation is lost"
        elif kind < 0.14:
            expected = _outside(page, rng, expected)
        elif kind < 0.24:
            expected = _save(page, expected)
        else:
            try:
                _act(page, rng, seen[n] if rng.random() < 0.2 else page.look().revision)
                answered += 1
            except (Refused, Stale):
                assert page.look().text == expected, "what is refused changes nothing"
            expected = page.look().text
        seen[n] = page.look().revision
        assert _readable(page), "the file is no longer readable"
        assert _opened(folder).look().text == expected, "another process reads something else"
    return answered


_desk = lru_cache(maxsize=1)(desk)


def _opened(folder: Path) -> Session:
    """A session as another process opens it; only what it knows of the registers is read once."""
    first = _desk(folder)
    session = Session(first.data, "sop", SLUG, first.store, first.reading)
    session.look()
    return session


def _act(page: Session, rng: random.Random, base: int) -> None:
    kind = rng.random()
    if kind < 0.1:
        page.undo()
    elif kind < 0.18:
        page.redo()
    else:
        page.act(_some(page, rng), base, rng.choice(["", "a", "b"]))
    page.understood()


def _some(page: Session, rng: random.Random) -> Any:
    values: Any = page.understood().values
    rows = len(values.get("kegiatan") or ())
    columns = len(values.get("pelaksana") or ())
    row, to = rng.randrange(max(rows, 1)), rng.randrange(max(rows, 1))
    actors = values.get("pelaksana") or ["kasi"]
    target = rng.choice(
        [acts.Target(), acts.Target(row=to), acts.Target(end=True), acts.Target(sop="pembentukan-kim")]
    )
    return rng.choice(
        [
            acts.SetText(
                ["kegiatan", row, rng.choice(["uraian", "waktu", "output", "kelengkapan"])], rng.choice(WORDS)
            ),
            acts.SetText(["tanggal", "efektif"], rng.choice(["1/2/2027", "-", "", "besok"])),
            acts.SetText(["peringatan"], rng.choice(WORDS)),
            acts.AddStep(0, rng.randrange(rows + 1)),
            acts.RemoveStep(0, row),
            acts.MoveStep(0, row, to),
            acts.SplitStep(0, row, "Bagian satu", "Bagian dua"),
            acts.SetActors(0, row, rng.sample(actors, rng.randint(1, min(2, len(actors))))),
            acts.SetDecision(0, row, rng.random() < 0.7),
            acts.SetBranch(0, row, rng.randrange(3), rng.choice(["Ya", "Tidak", ""]), target),
            acts.RemoveBranch(0, row, rng.randrange(2)),
            acts.SetOnward(0, row, target),
            acts.AddSymbol(0, row),
            acts.SetSymbols(0, row, _symbols(values, row, rng)),
            acts.AddColumn(0, rng.choice(["Sekretaris", "Tim", "Kabid"])),
            acts.MoveColumn(0, rng.randrange(max(columns, 1)), rng.randrange(max(columns, 1))),
            acts.RemoveColumn(0, rng.randrange(max(columns, 1))),
            acts.AddItem("dasar_hukum", rng.choice(["UU Nomor 1 Tahun 2020 tentang Contoh", "tidak jelas"])),
            acts.RemoveItem("dasar_hukum", rng.randrange(9)),
            acts.AddItem("keterkaitan", rng.choice(WORDS)),
        ]
    )


def _symbols(values: Any, row: int, rng: random.Random) -> list[acts.SymbolForm]:
    """The symbols of a row, one of them away or another shape."""
    steps = values.get("kegiatan") or ()
    forms = forms_of(steps[row]) if row < len(steps) else []
    if not forms or rng.random() < 0.5:
        return forms[1:]
    shape = rng.choice(["kotak", "belah-ketupat", "kapsul"])
    return [*forms[:-1], structs.replace(forms[-1], shape=shape, onward=acts.Target(symbol=0))]


def _save(page: Session, expected: str) -> str:
    try:
        page.save()
    except Refused:
        assert page.look().text == expected
        return expected
    written = page.path.read_text()
    assert tidy(written, f"sop/{SLUG}.yml")[0] == written, "saved bytes are not those of sop fmt"
    return page.look().text


def _outside(page: Session, rng: random.Random, expected: str) -> str:
    """Another program writes the file; where something is unsaved, somebody chooses."""
    if not page.path.exists():
        return expected
    theirs = f"{page.path.read_text().rstrip()}\n# dari luar {rng.randrange(10**6)}\n"
    page.path.write_text(theirs)
    if page.look().outside is None:
        assert theirs.strip().rpartition("\n")[2] in page.look().text
        return page.look().text
    assert page.look().text == expected
    page.choose(rng.random() < 0.5)
    return page.look().text


def _tear(folder: Path, rng: random.Random) -> None:
    journal = next((folder / ".sop-sunting").rglob(FILE))
    with journal.open("ab") as stream:
        stream.write(b'{"jenis":"ubah","at":"2026-01-01","splice":[1'[: rng.randrange(1, 40)])


def _readable(page: Session) -> bool:
    if not page.path.exists():
        return True
    tree, problems = load_text(page.path.read_text(), "")
    return tree is not None and not problems and read_sop(tree, SLUG, []) is not None
