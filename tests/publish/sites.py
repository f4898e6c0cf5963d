"""Data for site tests: the real data folder with SOPs of hostile text, an internal one and a draft."""

from __future__ import annotations

import shutil
from pathlib import Path

import yaml

from tests.publish.canaries import plant

ROOT = Path(__file__).parents[2]
NASTY = (
    "{{ 7*7 }} {% raw %} {# x #} <script>window.pwned=1</script> <img src=x onerror=window.pwned=1> "
    "javascript:alert(1) [tautanuji](javascript:alert(1)) ]]> --> **tebaluji** _miringuji_ `kodeuji` "
    "# judul | kolom "
    "\\N \\G \\ \"' &lt;b&gt; &amp; &#123; ${x} \u202eterbalik \u200f ujung"
)
"""Text that means something to Jinja, HTML, JavaScript, Markdown, XML, DOT or a bidirectional reader."""
CANARY = "kenari-rahasia"


def nasty(field: str) -> str:
    """Hostile text that says which field it stands in."""
    return f"{field} {NASTY}"


def write_data(target: Path) -> Path:
    """Copy the real data and add the SOPs of this module; returns ``target``."""
    shutil.copytree(ROOT / "sop_data", target)
    for name, key, value in (
        ("unit", "unit-uji", {"nama": nasty("unit-nama"), "induk": "dinas-komunikasi-dan-informatika"}),
        ("pelaksana", "uji", {"nama": nasty("pelaksana-nama"), "lengkap": nasty("pelaksana-lengkap")}),
        ("hukum", "uu-uji", _law()),
    ):
        path = target / f"{name}.yml"
        data = yaml.safe_load(path.read_text(encoding="utf-8"))
        _write(path, {**data, key: value})
    _write(target / "sop" / "uji-teks.yml", _nasty_sop())
    _write_versions(target)
    _write(target / "sop" / "rahasia.yml", _internal_sop())
    _write(
        target / "sop" / "rancangan.yml", {**_internal_sop(), "nama": "Rancangan uji", "klasifikasi": None}
    )
    plant(target)
    return target


class _Dumper(yaml.SafeDumper):
    """Writes nothing for None, as people do."""


_Dumper.add_representer(type(None), lambda dumper, _: dumper.represent_scalar("tag:yaml.org,2002:null", ""))


def _write(path: Path, value: object) -> None:
    path.write_text(yaml.dump(value, Dumper=_Dumper, allow_unicode=True, sort_keys=False), encoding="utf-8")


def _law() -> dict[str, str]:
    return {
        "kutipan": nasty("hukum-kutipan"),
        "jenis": nasty("hukum-jenis"),
        "nomor": "9",
        "tahun": "2020",
        "judul": nasty("hukum-judul"),
        "dimaksud": nasty("hukum-dimaksud"),
        "status": "diragukan",
        "keyakinan": "hampir-pasti",
        "catatan": nasty("hukum-catatan"),
    }


def _nasty_sop() -> dict[str, object]:
    step = {
        "uraian": nasty("uraian"),
        "pelaksana": "uji",
        "kelengkapan": nasty("kelengkapan"),
        "waktu": nasty("waktu"),
        "output": nasty("output"),
        "keterangan": nasty("keterangan"),
    }
    decision = {
        "id": "pilih",
        "uraian": nasty("pilihan"),
        "pelaksana": "kasi",
        "pertanyaan": nasty("pertanyaan"),
        "keputusan": {nasty("ya"): None, nasty("tidak"): "pilih-lagi"},
        "waktu": "5 menit",
    }
    return {
        "nama": nasty("nama"),
        "nomor": nasty("nomor"),
        "versi": {"nomor": 2, "perubahan": nasty("perubahan-versi"), "alasan": nasty("alasan-versi")},
        "unit": "unit-uji",
        "klasifikasi": "publik",
        "kop": [nasty("kop")],
        "tanggal": {"pembuatan": "1 Januari 2020", "revisi": nasty("revisi"), "efektif": "2 Januari 2020"},
        "disahkan_oleh": {"jabatan": nasty("jabatan"), "nama": nasty("pejabat")},
        "tujuan": nasty("tujuan"),
        "dasar_hukum": ["uu-uji"],
        "kualifikasi_pelaksana": [nasty("kualifikasi")],
        "keterkaitan": [{"teks": nasty("keterkaitan")}, {"sop": "rahasia"}, {"sop": "surat-dan-jadwal"}],
        "peralatan_perlengkapan": [nasty("peralatan")],
        "peringatan": [nasty("peringatan")],
        "pencatatan_pendataan": [nasty("pencatatan")],
        "dugaan": [{"hal": nasty("hal"), "alasan": nasty("alasan")}],
        "catatan": [nasty("catatan-penyunting")],
        "label": {"waktu": nasty("label")},
        "judul_tabel": nasty("judul"),
        "pelaksana": ["uji", "kasi"],
        "kegiatan": [{**step, "id": "pilih-lagi"}, decision, {**step, "pelaksana": ["uji", "kasi"]}],
    }


def _write_versions(target: Path) -> None:
    """An SOP with versions in order, one with hostile text in its versions, one that is revoked."""
    for slug in ("uji-versi", "uji-teks"):
        (target / "versi" / slug).mkdir(parents=True)
    _write(target / "versi" / "uji-teks" / "1.yml", _old_nasty_sop())
    for number, start in enumerate(("1 Januari 2019", "1 Maret 2021", "-"), 1):
        _write(target / "versi" / "uji-versi" / f"{number}.yml", versioned(number, start))
    _write(target / "sop" / "uji-versi.yml", versioned(4, "1 Juni 2024"))
    revoked = {"tanggal": "1 Maret 2025", "dasar": nasty("dasar-pencabutan"), "pengganti": "uji-versi"}
    _write(target / "sop" / "uji-dicabut.yml", {**versioned(1, "2 Mei 2020"), "pencabutan": revoked})


def versioned(number: int, start: str) -> dict[str, object]:
    """A version of an SOP in which a step is added with the second, reworded with the third and moved and
    removed with the fourth."""
    steps = [
        {"id": "terima", "uraian": "Menerima surat", "pelaksana": "kasi", "waktu": "5 menit"},
        {
            "id": "catat",
            "uraian": "Mencatat surat dalam buku agenda",
            "pelaksana": "staf",
            "waktu": "5 menit",
        },
        {"id": "teruskan", "uraian": "Meneruskan surat kepada Kadis", "pelaksana": "kasi", "waktu": "1 hari"},
    ]
    if number > 1:
        steps.insert(
            1, {"id": "periksa", "uraian": "Memeriksa lampiran", "pelaksana": "kasi", "waktu": "10 menit"}
        )
    if number > 2:
        steps[2] = {**steps[2], "uraian": "Mencatat surat dalam aplikasi", "waktu": "3 menit"}
    if number > 3:
        steps = [steps[0], steps[2], steps[1]]
    return {
        "nama": "Versi Uji" if number < 3 else "Versi Uji Baru",
        "unit": "unit-uji",
        "klasifikasi": "publik",
        "versi": {"nomor": number, "perubahan": f"Perubahan ke-{number}", "alasan": f"Alasan ke-{number}"},
        "tanggal": {"pembuatan": "1 Januari 2019", "revisi": None, "efektif": start},
        "pelaksana": ["kasi", "staf"],
        "kegiatan": steps,
    }


def _old_nasty_sop() -> dict[str, object]:
    """The first version of the hostile SOP: other words, a step less."""
    sop = _nasty_sop()
    steps = sop["kegiatan"]
    assert isinstance(steps, list)
    first = {**steps[0], "uraian": nasty("uraian-lama"), "waktu": nasty("waktu-lama")}
    dates = {"pembuatan": "1 Januari 2018", "efektif": "2 Januari 2018"}
    return {
        **sop,
        "nama": nasty("nama-lama"),
        "tanggal": dates,
        "versi": None,
        "kegiatan": [first, *steps[1:2]],
    }


def _internal_sop() -> dict[str, object]:
    return {
        "nama": f"SOP {CANARY}",
        "unit": "unit-uji",
        "klasifikasi": "internal",
        "pelaksana": ["kasi"],
        "kegiatan": [{"uraian": CANARY, "pelaksana": "kasi", "waktu": "1 hari", "output": CANARY}],
    }
