"""What a citizen would come for, by agency: each a real-looking SOP of more than three steps."""

from __future__ import annotations

from typing import Any

SERVICES: dict[str, tuple[tuple[str, str], ...]] = {
    "dinkes": (
        ("Penerbitan Surat Izin Praktik Dokter", "Memeriksa ijazah dan surat tanda registrasi dokter"),
        ("Penanganan Kejadian Luar Biasa Demam Berdarah", "Menyelidiki rumah penderita dan jentik nyamuk"),
    ),
    "disdik": (
        ("Legalisasi Ijazah Sekolah", "Mencocokkan salinan ijazah dengan aslinya"),
        ("Mutasi Siswa Antarsekolah", "Memeriksa rapor dan surat pindah sekolah"),
    ),
    "dishub": (("Uji Berkala Kendaraan Angkutan (KIR)", "Menguji rem, lampu dan emisi kendaraan"),),
    "diskominfo": (("Permohonan Subdomain Perangkat Daerah", "Memeriksa keamanan aplikasi"),),
    "disdukcapil": (
        ("Penerbitan Akta Kelahiran", "Memeriksa surat keterangan lahir, KTP dan kartu keluarga"),
        ("Perekaman KTP Elektronik", "Merekam sidik jari dan foto pemohon"),
        ("Pencatatan Perpindahan Penduduk", "Memeriksa kartu keluarga dan alamat tujuan"),
    ),
    "dinsos": (("Penyaluran Bantuan Sosial", "Mencocokkan nama penerima dengan data terpadu"),),
    "dispar": (("Rekomendasi Usaha Pariwisata", "Meninjau penginapan dan rumah makan"),),
    "distan": (("Vaksinasi Rabies Hewan Peliharaan", "Menyuntik anjing dan kucing warga"),),
    "dlhk": (("Pengangkutan Sampah Rumah Tangga", "Mengangkut sampah ke tempat pemrosesan akhir"),),
    "dpupr": (("Perbaikan Jalan Berlubang", "Mengukur lubang dan menutupnya dengan aspal"),),
    "dpmptsp": (("Penerbitan Persetujuan Bangunan Gedung", "Memeriksa gambar rencana bangunan"),),
    "satpolpp": (("Penertiban Pedagang Kaki Lima", "Menyampaikan teguran tertulis kepada pedagang"),),
}


def service_sops(id: str, there: frozenset[str]) -> dict[str, dict[str, Any]]:
    """The SOPs of these services by their slugs; ``there``: the agencies that one may be handed on to."""
    return {slug(name): _sop(name, work, id, there) for name, work in SERVICES.get(id, ())}


def slug(name: str) -> str:
    words = "".join(sign if sign.isalnum() else " " for sign in name.lower()).split()
    return "-".join(words)


def _sop(name: str, work: str, id: str, there: frozenset[str]) -> dict[str, Any]:
    last: dict[str, Any] = {
        "uraian": "Menyerahkan hasil kepada pemohon",
        "pelaksana": "staf",
        "waktu": "10 menit",
    }
    if id == "disdukcapil" and "dinsos" in there:
        last["lanjut"] = {"sop": f"dinsos/{slug('Penyaluran Bantuan Sosial')}"}
    steps = [
        {
            "id": "ajukan",
            "uraian": "Mengajukan permohonan",
            "pelaksana": "pemohon",
            "waktu": "5 menit",
        },
        {"id": "periksa", "uraian": work, "pelaksana": "staf", "waktu": "30 menit", "output": "Berita acara"},
        {
            "uraian": "Memastikan persyaratan lengkap",
            "pelaksana": "sekretaris",
            "keputusan": {"Ya": "setuju", "Tidak": "ajukan"},
            "waktu": "15 menit",
        },
        {"id": "setuju", "uraian": "Menandatangani hasil", "pelaksana": "kadis", "waktu": "1 hari"},
        last,
    ]
    return {
        "nama": name,
        "nomor": f"065/{100 + len(name)}/2026",
        "unit": "umum",
        "klasifikasi": "publik",
        "tanggal": {"pembuatan": "2 Januari 2025", "efektif": "3 Februari 2025"},
        "dasar_hukum": ["uu-25-2009", "perbup-1-2020"],
        "pelaksana": ["pemohon", "staf", "sekretaris", "kadis"],
        "kegiatan": steps,
    }
