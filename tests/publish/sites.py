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


def _internal_sop() -> dict[str, object]:
    return {
        "nama": f"SOP {CANARY}",
        "unit": "unit-uji",
        "klasifikasi": "internal",
        "pelaksana": ["kasi"],
        "kegiatan": [{"uraian": CANARY, "pelaksana": "kasi", "waktu": "1 hari", "output": CANARY}],
    }
