"""Changes of a document that came back: all of them make the new version, some only what they say."""

from __future__ import annotations

import random
from copy import deepcopy
from typing import Any

import pytest

from generator.data.writing.operations import on_plain
from generator.edit.returned.changes import Change, changes, taken_over

WORDS = "mencatat memeriksa menyusun mengirim menyimpan menelaah menetapkan membagikan mengarsipkan".split()  # noqa: SIM905


def form(count: int) -> dict[str, Any]:
    steps = [
        {"uraian": f"{WORDS[n].title()} naskah {WORDS[-n]} ke-{n}", "pelaksana": "staf"} for n in range(count)
    ]
    return {"nama": "Surat", "tanggal": {"efektif": "1 Mei 2024"}, "pelaksana": ["staf"], "kegiatan": steps}


def edited(before: dict[str, Any], chance: random.Random) -> dict[str, Any]:
    """What somebody may do in Word: other texts, steps that come, go and move."""
    after = deepcopy(before)
    steps = after["kegiatan"]
    for _ in range(chance.randrange(1, 5)):
        at = chance.randrange(len(steps))
        match chance.randrange(5):
            case 0:
                steps[at]["waktu"] = f"{chance.randrange(1, 9)} hari"
            case 1:
                after["tanggal"] = {"efektif": f"{chance.randrange(1, 28)} Juni 2024"}
            case 2:
                steps.insert(at, {"uraian": f"Langkah baru nomor {chance.random():.6f}", "pelaksana": "kasi"})
            case 3 if len(steps) > 2:
                del steps[at]
            case _:
                steps.insert(chance.randrange(len(steps)), steps.pop(at))
    return after


def made(own: dict[str, Any], before: dict[str, Any], after: dict[str, Any], chosen: list[Change]) -> Any:
    value: Any = own
    for operation in taken_over(own, before, after, chosen):
        value = on_plain(value, operation)
    return value


@pytest.mark.parametrize("seed", range(60))
def test_all_changes_make_the_new_version(seed: int) -> None:
    chance = random.Random(seed)
    before = form(chance.randrange(2, 8))
    after = edited(before, chance)
    found = changes(before, after, before)
    assert all(one.offered for one in found)
    assert made(before, before, after, found) == after
    assert made(before, before, after, []) == before


def test_one_change_leaves_the_others() -> None:
    before = form(4)
    after = deepcopy(before)
    after["kegiatan"][2]["waktu"] = "2 hari"
    after["kegiatan"].insert(1, {"uraian": "Menyela", "pelaksana": "kasi"})
    after["nama"] = "Surat Keluar"
    name, new, time = changes(before, after, before)
    value = made(before, before, after, [time])
    assert [step.get("waktu") for step in value["kegiatan"]].count("2 hari") == 1
    assert (value["nama"], len(value["kegiatan"])) == ("Surat", 4)
    assert made(before, before, after, [new])["kegiatan"][1]["uraian"] == "Menyela"
    assert made(before, before, after, [name])["nama"] == "Surat Keluar"


def test_what_the_file_says_in_another_way_is_not_offered() -> None:
    before, own = form(3), form(3)
    own["kegiatan"][1]["keputusan"] = {"Ya": "akhir"}
    before["kegiatan"][1]["keputusan"] = {"Ya": "menyusun"}
    after = deepcopy(before)
    after["kegiatan"][1]["keputusan"] = {"Ya": "mencatat"}
    (change,) = changes(before, after, own)
    assert not change.offered
