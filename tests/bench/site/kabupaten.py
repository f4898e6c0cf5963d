"""A made-up kabupaten of many dinas, to look at the portal and to measure it.

    python -m tests.bench.site.kabupaten FOLDER [agencies] [SOPs of each]

writes a data folder, with what citizens come for; then ``sop build --data FOLDER --out …``.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import yaml

from tests.bench.site.seals import png_seal, svg_seal
from tests.bench.site.services import service_sops

DINAS = (
    ("dinkes", "Dinas Kesehatan", "#0b6e4f"),
    ("disdik", "Dinas Pendidikan", "#7a1f2b"),
    ("dishub", "Dinas Perhubungan", "#1f4e79"),
    ("diskominfo", "Dinas Komunikasi dan Informatika", "#12395b"),
    ("disdukcapil", "Dinas Kependudukan dan Pencatatan Sipil", "#5b2a86"),
    ("dinsos", "Dinas Sosial", "#8a3b12"),
    ("dispar", "Dinas Pariwisata", "#00606b"),
    ("distan", "Dinas Pertanian dan Pangan", "#3b5d1a"),
    ("dlhk", "Dinas Lingkungan Hidup dan Kebersihan", "#20603d"),
    ("dpupr", "Dinas Pekerjaan Umum dan Penataan Ruang", "#6b4e00"),
    ("dpmptsp", "Dinas Penanaman Modal dan Pelayanan Terpadu Satu Pintu", "#003f88"),
    ("satpolpp", "Satuan Polisi Pamong Praja", "#4a4a2a"),
)
MATTERS = (
    "Penerbitan Surat Rekomendasi",
    "Penanganan Pengaduan Masyarakat",
    "Permohonan Informasi Publik",
    "Penyusunan Laporan Bulanan",
    "Peminjaman Ruang Rapat",
    "Pengelolaan Surat Masuk",
    "Pengadaan Barang",
    "Pelayanan Konsultasi",
)
PLACE = "Kabupaten Nusa Contoh"


def write_kabupaten(target: Path, agencies: int = 12, sops: int = 6, services: bool = False) -> Path:
    """Write the data folder; every second SOP is public, one in four internal, one in four a draft. With
    ``services`` each agency has also what citizens come for."""
    _write(target / "portal.yml", {"nama": f"SOP Pemerintah {PLACE}"})
    for name, entries in _shared().items():
        _write(target / "bersama" / f"{name}.yml", entries)
    ids = [_id(number) for number in range(agencies)]
    for number, id in enumerate(ids):
        folder = target / "instansi" / id
        _agency(folder, ids[(number + 1) % agencies], number, sops)
        for slug, sop in (service_sops(id, frozenset(ids)) if services else {}).items():
            _write(folder / "sop" / f"{slug}.yml", sop)
    return target


def write_alone(target: Path, sops: int) -> Path:
    """Write the data folder of one agency with so many SOPs, on registers of its own."""
    _agency(target, target.name, 0, sops)
    for register, entries in _shared().items():
        own = yaml.safe_load((target / f"{register}.yml").read_text(encoding="utf-8"))
        _write(target / f"{register}.yml", {**own, **entries})
    return target


def _shared() -> dict[str, dict[str, Any]]:
    """What all agencies share, by register."""
    laws = {
        "uu-14-2008": _law("Undang-Undang", "14", "2008", "Keterbukaan Informasi Publik"),
        "uu-25-2009": _law("Undang-Undang", "25", "2009", "Pelayanan Publik"),
        "permenpan-35-2012": {
            **_law("Peraturan Menteri PANRB", "35", "2012", "Pedoman Penyusunan SOP"),
            "status": "dicabut",
            "catatan": "Berakhir 1 Maret 2026; dasar yang baru sedang disiapkan Bagian Hukum.",
        },
    }
    titles = {
        "kadis": {"nama": "Kepala Dinas"},
        "sekretaris": {"nama": "Sekretaris"},
        "staf": {"nama": "Staf"},
    }
    return {"hukum": laws, "pelaksana": titles}


def _id(number: int) -> str:
    again, place = divmod(number, len(DINAS))
    return f"{DINAS[place][0]}-{again}" if again else DINAS[place][0]


def _agency(folder: Path, after: str, number: int, sops: int) -> None:
    id, plain, colour = DINAS[number % len(DINAS)]
    again, short = number // len(DINAS), id.upper()
    name = f"{plain} {again}" if again else plain
    seal = svg_seal(number, colour, short).encode() if number % 4 != 3 else png_seal(number, colour)
    logo = "lambang.svg" if number % 4 != 3 else "lambang.png"
    agency = {
        "format": 2,
        "nama": f"{name} {PLACE}",
        "singkatan": short,
        "pemerintah": f"Pemerintah {PLACE}",
        "alamat": ["Jalan Merdeka Nomor 1"],
        "logo": logo,
        "warna": colour,
    }
    _write(folder / "instansi.yml", agency)
    (folder / logo).write_bytes(seal)
    _write(folder / "unit.yml", {"dinas": {"nama": name}, "umum": {"nama": "Bagian Umum", "induk": "dinas"}})
    _write(folder / "pelaksana.yml", {"pemohon": {"nama": "Pemohon"}})
    _write(folder / "hukum.yml", {"perbup-1-2020": _law("Peraturan Bupati", "1", "2020", f"Tugas {name}")})
    for number in range(sops):
        matter = MATTERS[number % len(MATTERS)]
        slug = f"{matter.lower().replace(' ', '-')}-{number}"
        level = ("publik", "internal", "publik", None)[number % 4]
        sop = _sop(f"{matter} {short}", level, number) | _past(sum(map(ord, folder.name)) + number)
        if number == 0 and after != folder.name:
            sop["keterkaitan"] = [{"sop": f"{after}/{slug}"}]
            sop["kegiatan"][-1]["lanjut"] = {"sop": f"{after}/{slug}"}
        _write(folder / "sop" / f"{slug}.yml", sop)


def _law(kind: str, number: str, year: str, title: str) -> dict[str, str]:
    cited = f"{kind} Nomor {number} Tahun {year} tentang {title}"
    told = {"kutipan": cited, "jenis": kind, "nomor": number, "tahun": year, "judul": title}
    return {**told, "status": "berlaku", "keyakinan": "pasti"}


def _sop(name: str, level: str | None, number: int) -> dict[str, Any]:
    steps: list[dict[str, Any]] = [
        {"uraian": "Mengajukan permohonan", "pelaksana": "pemohon", "waktu": "5 menit"},
        {"uraian": "Memeriksa berkas", "pelaksana": "staf", "waktu": "15 menit"},
        {"uraian": "Menyetujui", "pelaksana": "kadis", "waktu": "1 hari", "output": "Surat"},
    ]
    told: dict[str, Any] = {"nama": name, "nomor": f"065/{number + 1}/2026", "unit": "umum"}
    told |= {"klasifikasi": level} if level else {}
    law = ("uu-14-2008", "uu-25-2009", "perbup-1-2020", "permenpan-35-2012")[number % 4]
    return {
        **told,
        "dasar_hukum": [law],
        "pelaksana": ["pemohon", "staf", "kadis"],
        "kegiatan": steps,
    }


def _past(seed: int) -> dict[str, Any]:
    """How far an SOP has come: most are in force, some are signed, a few have no number."""
    told: dict[str, Any] = {"tanggal": {"pembuatan": "2 Januari 2024"}}
    if seed % 5:
        told["tanggal"]["efektif"] = f"{1 + seed % 28} Februari {2024 + seed % 3}"
    if seed % 3 == 0:
        told["dokumen_resmi"] = f"https://arsip.contoh.go.id/sop/{seed}.pdf"
    if seed % 7 == 0:
        told["nomor"] = "-"
    return told


def _write(path: Path, value: object) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(yaml.safe_dump(value, allow_unicode=True, sort_keys=False), encoding="utf-8")


if __name__ == "__main__":
    agencies, sops = [*map(int, sys.argv[2:4]), *(12, 6)[len(sys.argv[2:4]) :]]
    write_kabupaten(Path(sys.argv[1]), agencies, sops, services=True)
