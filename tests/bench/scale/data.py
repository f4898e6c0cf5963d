"""Seed → a data folder of any size, in the proportions of the real ones: one unit for 20 SOPs with its own
actors, a law for 8, flows with decisions, returns and joint actors, relations between neighbours."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import yaml

from tests.bench.search.corpus import FILLERS, NOUNS, OBJECTS, TOPICS

DOCUMENTS = (
    "Disposisi",
    "Konsep surat",
    "Berkas lengkap",
    "Laporan",
    "Surat yang disahkan",
    "Daftar",
    "Arsip",
)
OFFICES = ("Kepala", "Sekretaris", "Kepala Seksi", "Analis", "Pengelola Data", "Staf")
TOP = "pemerintah-kabupaten"
_Dumper = getattr(yaml, "CSafeDumper", yaml.SafeDumper)


def write_folder(target: Path, count: int, seed: int = 1) -> Path:
    """Write ``count`` SOPs and their registers into ``target``; gives it back."""
    (target / "sop").mkdir(parents=True)
    units = max(1, count // 20)
    laws = max(3, count // 8)
    _write(
        target / "instansi.yml",
        {
            "nama": "Pemerintah Kabupaten Contoh",
            "singkatan": "Kabupaten Contoh",
            "pemerintah": "Kabupaten Contoh",
            "situs": "https://sop.contoh.go.id/",
            "tinjau_ulang_bulan": "24",
        },
    )
    _write(
        target / "unit.yml",
        {TOP: {"nama": "Pemerintah Kabupaten Contoh"}}
        | {f"unit-{n}": {"nama": f"Bidang {_topic(n).title()} {n}", "induk": TOP} for n in range(units)},
    )
    _write(
        target / "pelaksana.yml",
        {
            f"p{n}-{k}": {
                "nama": f"{office} {n}",
                "lengkap": f"{office} {_topic(n).title()} {n}",
                "unit": f"unit-{n}",
            }
            for n in range(units)
            for k, office in enumerate(OFFICES)
        },
    )
    _write(target / "hukum.yml", {f"hukum-{n}": _law(n) for n in range(laws)})
    for number in range(count):
        write_sop(target, number, count, seed)
    return target


def slug(number: int) -> str:
    return f"sop-{number:05}"


def write_sop(target: Path, number: int, count: int, seed: int = 1, note: str = "") -> Path:
    """Write SOP ``number`` of ``count``; ``note`` is added to its aim."""
    path = target / "sop" / f"{slug(number)}.yml"
    _write(path, _sop(number, count, random.Random(f"{seed}-{number}"), note))
    return path


def add_step(target: Path, number: int) -> None:
    """Add a step to an SOP that ``write_sop`` wrote."""
    path = target / "sop" / f"{slug(number)}.yml"
    sop = yaml.safe_load(path.read_text(encoding="utf-8"))
    step = {"id": "akhir", "uraian": "Menutup buku", "pelaksana": sop["pelaksana"][0], "waktu": "5 menit"}
    _write(path, {**sop, "kegiatan": [*sop["kegiatan"], step]})


def _sop(number: int, count: int, rng: random.Random, note: str) -> dict[str, Any]:
    topic, unit = rng.choice(TOPICS), number % max(1, count // 20)
    lanes = [f"p{unit}-{k}" for k in sorted(rng.sample(range(6), rng.choice((3, 4, 4, 5))))]
    steps = max(3, min(30, round(rng.lognormvariate(2.43, 0.38))))
    near = [n for n in (number - 1, number + 1, number + 20) if 0 <= n < count]
    return {
        "nama": f"{rng.choice(NOUNS)} {topic} {number}".title(),
        "nomor": f"065/{number}/ORG/2021",
        "unit": f"unit-{unit}",
        "klasifikasi": "publik",
        "tanggal": {
            "pembuatan": "4 Januari 2021",
            "revisi": "-",
            "efektif": f"{rng.randint(1, 28)} Maret 2021",
        },
        "disahkan_oleh": {"jabatan": "Sekretaris Daerah"},
        "tujuan": f"Menjamin {topic} berjalan menurut ketentuan.{note}",
        "dasar_hukum": [f"hukum-{n}" for n in sorted(rng.sample(range(max(3, count // 8)), 3))],
        "kualifikasi_pelaksana": ["1. Memahami tata naskah dinas", f"2. Memahami urusan {topic}"],
        "keterkaitan": [{"sop": slug(n)} for n in rng.sample(near, min(len(near), rng.choice((0, 1, 2))))],
        "peralatan_perlengkapan": ["1. Komputer", "2. Alat tulis kantor", "3. Jaringan internet"],
        "peringatan": [f"Bila SOP ini tidak dijalankan, {topic} akan terhambat."],
        "pencatatan_pendataan": ["1. Buku agenda", "2. Arsip elektronik"],
        "pelaksana": lanes,
        "kegiatan": _steps(rng, steps, lanes, topic),
    }


def _steps(rng: random.Random, count: int, lanes: list[str], topic: str) -> list[dict[str, Any]]:
    """What one step gives is what the next one needs."""
    outputs = [f"{rng.choice(DOCUMENTS)} {topic}" for _ in range(count)]
    return [
        _step(rng, n, count, lanes, topic) | {"kelengkapan": outputs[n - 1], "output": outputs[n]}
        for n in range(count)
    ]


def _step(rng: random.Random, n: int, steps: int, lanes: list[str], topic: str) -> dict[str, Any]:
    step: dict[str, Any] = {
        "id": f"l{n + 1}",
        "uraian": f"{rng.choice(FILLERS).format(t=topic)} {rng.choice(OBJECTS)} ke-{n + 1}",
        "pelaksana": rng.choice(lanes),
        "waktu": f"{rng.choice((5, 10, 15, 30, 60))} menit",
    }
    if 0 < n < steps - 1 and rng.random() < 0.15:
        step |= {
            "pertanyaan": "Lengkap?",
            "keputusan": {"Ya": None, "Tidak": f"l{rng.randint(max(1, n - 3), n)}"},
        }
    elif rng.random() < 0.06:
        step["pelaksana"] = rng.sample(lanes, 2)
    return step


def _law(n: int) -> dict[str, str]:
    year, topic = str(2000 + n % 24), _topic(n).title()
    return {
        "kutipan": f"Peraturan Daerah Nomor {n + 1} Tahun {year} tentang {topic}",
        "jenis": "Peraturan Daerah",
        "nomor": str(n + 1),
        "tahun": year,
        "judul": topic,
        "status": "berlaku",
        "keyakinan": "pasti",
    }


def _topic(n: int) -> str:
    return TOPICS[n % len(TOPICS)]


def _write(path: Path, value: object) -> None:
    text = yaml.dump(
        value, Dumper=_Dumper, allow_unicode=True, sort_keys=False, default_flow_style=False, width=110
    )
    path.write_text(text.replace(": null", ":"), encoding="utf-8")
