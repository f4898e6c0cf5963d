"""A small register and a reader for the case files: what their comments expect, what the check finds.

A case is one SOP file; a line at fault ends in ``# galat: message`` or ``# peringatan: message``, with
`` -> hint`` behind it where the hint matters (``⏎`` ends a line of it), `` # `` between several.
"""

from __future__ import annotations

import re
from pathlib import Path

from generator.data.load import load_file
from generator.data.validate import KeptFile, Register, validate_sop
from generator.model.problems import Problem
from generator.model.registers import Instansi, Pelaksana, Peraturan, Status, Unit

CASES = Path(__file__).parents[1] / "data" / "kasus"

REGISTER = Register(
    instansi=Instansi(nama="Dinas Contoh", singkatan="Contoh", pemerintah="Pemerintah Contoh"),
    unit={"seksi": Unit(id="seksi", nama="Seksi Contoh")},
    pelaksana={
        "staf": Pelaksana(id="staf", nama="Staf"),
        "kasi": Pelaksana(id="kasi", nama="Kasi", lengkap="Kepala Seksi"),
        "kabid": Pelaksana(id="kabid", nama="Kabid"),
    },
    hukum={
        "uu-14-2008": Peraturan(
            id="uu-14-2008",
            kutipan="UU Nomor 14 Tahun 2008 tentang Keterbukaan Informasi Publik",
            jenis="Undang-Undang",
            nomor="14",
            tahun="2008",
            judul="Keterbukaan Informasi Publik",
            status=Status.BERLAKU,
        )
    },
    slugs=frozenset({"surat-masuk", "terkait-diri"}),
)

INCOMPLETE = frozenset(
    {
        "draf",
        "nomor_kosong",
        "tanggal_kosong",
        "pengesahan_kosong",
        "peringatan_kosong",
        "waktu_kosong",
        "rantai_output",
    }
)
"""Rules that nearly every case breaks; they count only where a case names one of them."""

_EXPECTED = re.compile(r"# (galat|peringatan): (.+?)(?= # (?:galat|peringatan): |$)")


def expected(path: Path) -> set[tuple[int, str, str]]:
    """(line, severity, message) of the comments."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return {
        (number, severity, said.strip().replace("⏎", "\n"))
        for number, line in enumerate(lines, 1)
        for severity, said in _EXPECTED.findall(line)
    }


def check_case(path: Path) -> tuple[KeptFile | None, list[Problem]]:
    """The outline of a case file, and all that the check says of it."""
    tree, problems = load_file(path, path.name)
    if tree is None:
        return None, problems
    outline, found = validate_sop(tree, path.stem, REGISTER)
    return outline, sorted({*problems, *found})
