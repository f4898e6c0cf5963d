"""Paths of values ↔ the ids of their places on the page; problems at their places, in words for a clerk."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from msgspec import Struct

from generator.data.writing.lines import Path
from generator.edit.fields import NAMES
from generator.edit.understood import Finding
from generator.form.boxes import BOXES, FIELDS
from generator.form.columns import CELLS
from generator.model.problems import Severity


class Note(Struct, frozen=True):
    """A problem as the page tells it: whether it must be mended, what is wrong, the cure, and the id of the
    place with its name in words."""

    galat: bool
    teks: str
    saran: str
    tempat: str
    nama: str


_CELLS = frozenset({"uraian", *(column.field for column in CELLS)})
_TOP = frozenset({box.path[0] for box in (*FIELDS, *BOXES)} | {"unit", "klasifikasi", "kop", "judul_tabel"})

_SAID: tuple[tuple[str, str], ...] = (
    (r"langkah tidak memuat 'pelaksana'|langkah ini tidak punya pelaksana", "belum ada pelaksananya"),
    (r"langkah tidak memuat 'uraian'|teks ini tidak boleh kosong|'\w+' pada \w+ belum diisi", "belum diisi"),
    (r"(?:SOP|alur|tabel ini) tidak memuat '?pelaksana'?", "belum ada kolom pelaksana"),
    (r"(?:SOP|alur|tabel ini) tidak memuat '?kegiatan'?", "belum ada langkah"),
    (r"SOP tidak memuat 'unit'", "unit pemilik belum dipilih"),
    (r"SOP tidak memuat 'nama'", "nama SOP belum diisi"),
    (r"'selesai' pada langkah yang masih berlanjut", "ditandai akhir, tetapi masih berlanjut"),
    (r"'selesai: \w+' pada langkah yang punya jalan lain", "ditandai akhir, tetapi punya jalan lain"),
)
"""What the check says of a file, and what that means to who sees none."""
_BRANCHES = "klik langkah ini, lalu atur cabangnya di bawah"
_ONWARD = "klik langkah ini, lalu atur lanjutannya di bawah"
_CURES: Mapping[str, str] = {
    "bentuk": "",
    "tabel_terisi": "tambahkan di tabel",
    "draf": "pilih klasifikasi bila SOP ini siap terbit",
    "unit_dikenal": "pilih unit, atau ketik namanya untuk menambahkannya",
    "hukum_dikenal": "hapus dari daftar ini, lalu tambahkan lagi dengan mengetik peraturannya",
    "sop_dikenal": "hapus, lalu pilih lagi dari daftar",
    "kolom_ada": "centang kolom itu di bawah tabel, lalu kosongkan selnya",
    "sel_gabungan": "kosongkan sel ini, atau lepaskan gabungannya di bawah tabel",
    "kolom_dikenal": "hapus kolom itu, lalu tambahkan lagi dengan mengetik namanya",
    "pelaksana_punya_kolom": "klik kolom pelaksana yang mengerjakannya",
    "tujuan_dikenal": _BRANCHES,
    "jalan_buntu": _ONWARD,
    "tidak_terjangkau": "arahkan langkah lain ke sini, atau tandai langkah ini sebagai awal",
    "tidak_sampai_akhir": "beri jalan keluar dari putaran ini",
    "dua_cabang": _BRANCHES,
    "cabang_berlabel": "tulis Ya, Tidak atau kata lain pada cabangnya",
    "cabang_setujuan": _BRANCHES,
    "kapsul_keliru": "atur kapsulnya di bawah tabel",
    "kapsul_lengkap": "tandai awal dan akhirnya",
    "banyak_jalan_keluar": "jadikan keputusan bila jalannya dipilih; biarkan bila semuanya dijalankan",
    "dugaan": "tanyakan kepada pemilik SOP",
}
"""The cure on the page, by the rule; of the others the cure of the check holds here too."""


_DOUBTED = ((r"; isi id dari \w+\.yml", ": pilih atau ketik namanya"), (r" \(lanjut: selesai\)", ""))


def doubt_words(words: str) -> str:
    """A doubt as the page tells it, without what only a file needs."""
    for pattern, said in _DOUBTED:
        words = re.sub(pattern, said, words)
    return words


def place(path: Path) -> str:
    """The id of the place of a value, or of the nearest one around it; "" for the SOP as a whole."""
    number, rest = (path[1], path[2:]) if path[:1] == ("alur",) and len(path) > 1 else (0, path)
    if rest[:1] == ("kegiatan",) and len(rest) > 1:
        row = f"l-{number}-{rest[1]}"
        key = rest[2] if len(rest) > 2 else "alur"
        return f"{row}-{key}" if key in _CELLS else f"{row}-alur"
    if rest[:1] == ("pelaksana",) or rest[:1] == ("kegiatan",):
        return f"kolom-baru-{number}"
    if rest[:1] == ("judul",):
        return f"judul-{number}"
    if not path or path[0] not in _TOP:
        return ""
    deeper = path[0] in ("tanggal", "disahkan_oleh") and len(path) > 1
    return f"i-{path[0]}-{path[1]}" if deeper else f"i-{path[0]}"


def place_name(path: Path) -> str:
    """What people call the place of a value."""
    rest = path[2:] if path[:1] == ("alur",) else path
    keys = [NAMES[str(step)] for step in rest if str(step) in NAMES and step != "kegiatan"]
    if rest[:1] == ("kegiatan",) and len(rest) > 1:
        return f"Langkah {int(rest[1]) + 1}" + (f", {keys[0]}" if keys else "")
    return keys[-1] if keys else "SOP"


def notes(findings: Iterable[Finding]) -> list[Note]:
    """Problems in words for a clerk, errors first, each once."""
    found = dict.fromkeys(_note(one) for one in findings)
    return sorted(found, key=lambda note: not note.galat)


_MISSING: Mapping[str, Path] = {
    "draf": ("klasifikasi",),
    "nomor_kosong": ("nomor",),
    "pengesahan_kosong": ("disahkan_oleh", "jabatan"),
    "peringatan_kosong": ("peringatan",),
}
_MISSING_CELL = re.compile(r"(waktu|output|kelengkapan) langkah .* belum diisi")
_MISSING_DATE = re.compile(r"tanggal (\w+)\b.* belum ada")


def _where(finding: Finding) -> Path:
    """The path of what a problem is about; what is missing has no place in the file, but one on the form."""
    problem, path = finding.problem, finding.path
    if found := _MISSING_DATE.match(problem.message):
        return ("tanggal", found[1])
    if (found := _MISSING_CELL.match(problem.message)) and "kegiatan" in path:
        return (*path[: path.index("kegiatan") + 2], found[1])
    return _MISSING.get(problem.rule, path)


def _note(finding: Finding) -> Note:
    problem, path = finding.problem, _where(finding)
    said = next((words for pattern, words in _SAID if re.match(pattern, problem.message)), problem.message)
    cure = _CURES.get(problem.rule, problem.hint)
    galat = problem.severity is Severity.ERROR
    return Note(galat, said, cure, place(path), place_name(path))
