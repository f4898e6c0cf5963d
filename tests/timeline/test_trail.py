"""Documents that pass from step to step, by their words."""

from __future__ import annotations

from pathlib import Path

from generator.data.sources import read_catalogue
from generator.flow.trail import Stop, find_trails
from generator.model.sop import Alur, Kegiatan

DATA = Path(__file__).parents[2] / "sop_data"


def alur(*steps: tuple[str, str]) -> Alur:
    rows = (
        Kegiatan(uraian="x", kelengkapan=tuple(need.split("\n")) if need else (), output=made)
        for need, made in steps
    )
    return Alur(id="a", pelaksana=("p",), kegiatan=tuple(rows))


def test_the_same_words_are_the_same_document() -> None:
    found = find_trails(
        alur(("", "Konsep Surat"), ("1. konsep  surat.\n2. Disposisi", "- DPA"), ("DPA", "-"))
    )
    assert [(trail.text, trail.stops) for trail in found] == [
        ("Konsep Surat", (Stop(0, False, True), Stop(1, True, False))),
        ("DPA", (Stop(1, False, True), Stop(2, True, False))),
    ]


def test_like_words_are_not_the_same_document_and_dashes_are_none() -> None:
    assert find_trails(alur(("-", "Konsep Surat"), ("-", "Konsep Surat Dinas"), ("", "-"))) == ()


def test_each_output_of_the_seed_goes_on_to_the_next_step() -> None:
    catalogue, _ = read_catalogue(DATA)
    assert catalogue is not None
    for slug in ("surat-dan-jadwal", "pelaksanaan-pembinaan"):
        (flow,) = catalogue.sop[slug].alur
        found = find_trails(flow)
        assert [[stop.row for stop in trail.stops] for trail in found] == [
            [row, row + 1] for row in range(len(flow.kegiatan) - 1)
        ]
        assert all(trail.stops[0].made and trail.stops[1].needed for trail in found)
