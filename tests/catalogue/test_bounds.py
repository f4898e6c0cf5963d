"""Texts, lists, steps, columns and ways have bounds; what is over one is told with its place, for any reader
of the data."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.data.sources import read_catalogue
from generator.data.validate.read import LONG, MANY, SHORT, STACKED
from generator.data.validate.steps import STEPS
from generator.model.problems import Problem, Severity
from tests.catalogue.test_catalogue import FILES, write

_SOP = "sop/masuk.yml"


def _told(tmp_path: Path, files: dict[str, str]) -> list[Problem]:
    _, problems = read_catalogue(write(tmp_path, FILES | files))
    return [p for p in problems if p.severity is Severity.ERROR]


def _step(**cells: str) -> str:
    return "\n".join(
        ["  - uraian: langkah", "    pelaksana: staf", *(f"    {k}: {v}" for k, v in cells.items())]
    )


def _sop(head: str = "", steps: str = "", lanes: str = "[staf]") -> str:
    begin = _step(mulai="pengganti", id="satu")
    rows = [f"nama: Masuk\nunit: dinas\npelaksana: {lanes}", head, "kegiatan:", begin, steps]
    return "\n".join([*rows, _step(selesai="pengganti"), ""])


@pytest.mark.parametrize(
    ("sop", "line"),
    [
        (_sop(f"tujuan: {'a' * (LONG + 1)}"), 4),
        (_sop(f"nomor: {'a' * (SHORT + 1)}"), 4),
        (_sop(f"tujuan: a{chr(0x301) * (STACKED + 1)}"), 4),
        (_sop('peringatan: [baik, "a' + r"\u0e34" * (STACKED + 1) + '"]'), 4),
        (_sop("", _step(output="a" + chr(0x301) * (STACKED + 1))), 12),
        (_sop(f"peringatan: [baik, {'a ' * LONG}]"), 4),
        (_sop("peringatan: [" + ", ".join("a" for _ in range(MANY + 1)) + "]"), 4),
        (_sop("tujuan: |\n" + "  a\n" * (MANY + 2)), 4),
        (_sop("", _step(output="a" * (LONG + 1))), 12),
        (_sop("", _step(pertanyaan="a" * (SHORT + 1), keputusan="{Ya: , Tidak: satu}")), 12),
        (_sop("", _step(keputusan="{? " + "a" * (SHORT + 1) + " : , Tidak: satu}")), 12),
        (_sop("", _step(keputusan="{" + ", ".join(f"c{n}: satu" for n in range(21)) + "}")), 12),
        (_sop("", "\n".join([_step()] * (STEPS - 1))), 1),
        (_sop("", "\n".join([_step(output="a " * 9_000)] * 12)), 1),
        (_sop("", "\n".join([_step().replace("staf", "[a, b, c]")] * 110)), 1),
        (_sop("", "\n".join([_step(kelengkapan="[" + "a, " * 400 + "]")] * 27)), 1),
        (_sop("", "", "[" + ", ".join(["staf"] * 61) + "]"), 3),
    ],
)
def test_what_is_over_a_bound_is_told_with_its_place(tmp_path: Path, sop: str, line: int) -> None:
    found = [p for p in _told(tmp_path, {_SOP: sop}) if p.rule == "panjang"]
    assert found
    assert all(p.hint for p in found)
    assert line in {p.position.line for p in found}


@pytest.mark.parametrize(
    "sop",
    [
        _sop(f"nomor: {'a' * SHORT}\ntujuan: {'a' * LONG}"),
        _sop("peringatan: [" + ", ".join("a" for _ in range(MANY)) + "]"),
        _sop("", "\n".join([_step()] * (STEPS - 2))),
    ],
)
def test_what_is_just_within_its_bound_passes(tmp_path: Path, sop: str) -> None:
    assert not [p for p in _told(tmp_path, {_SOP: sop}) if p.rule == "panjang"]


def test_names_of_registers_are_bounded_too(tmp_path: Path) -> None:
    [found] = [
        p
        for p in _told(tmp_path, {"pelaksana.yml": f"staf: {{nama: {'a' * (SHORT + 1)}}}\n"})
        if p.rule == "panjang"
    ]
    assert found.position.file.endswith("pelaksana.yml")
    assert found.message == f"teks terlalu panjang ({SHORT + 1} huruf, paling banyak {SHORT})"
