"""Words of the form → what they head: columns of the table, fields and lists of the identity block."""

from __future__ import annotations

import difflib
import re
import unicodedata
from functools import lru_cache

from generator.form.boxes import FIELDS

_HEADS: dict[str, str] = {
    "no": "no nomor nomer no urut",
    "kegiatan": "kegiatan aktivitas aktifitas uraian prosedur tahapan tahap langkah proses kerja deskripsi",
    "pelaksana": "pelaksana pelaku aktor",
    "mutu_baku": "mutu baku buku",
    "kelengkapan": "kelengkapan persyaratan perlengkapan syarat input masukan bahan sumber data dokumen",
    "waktu": "waktu durasi lama",
    "output": "output out put hasil keluaran luaran",
    "keterangan": "keterangan ket catatan",
}
_ALSO: dict[str, str] = {
    "no": "urut",
    "kegiatan": "rincian dan urutan pekerjaan pelaksanaan sop",
    "pelaksana": "kegiatan unit",
    "mutu_baku": "",
    "kelengkapan": "dan mutu baku peralatan",
    "waktu": "penyelesaian jangka menit jam hari kerja mutu baku proses pelaksanaan dan yang dibutuhkan",
    "output": "mutu baku dan kegiatan",
    "keterangan": "dan",
}
_ORDER = ("pelaksana", "no", "kelengkapan", "waktu", "output", "keterangan", "mutu_baku", "kegiatan")
_KNOWN = {key: tuple(words.split()) for key, words in _HEADS.items()}
_BESIDE = {key: tuple(words.split()) for key, words in _ALSO.items()}
_LONGEST = 200
"""No heading and no label has more letters. The latest are kept, as tables repeat theirs."""
_LONG = sorted({word for words in _KNOWN.values() for word in words if len(word) >= 6})


def plain(text: str) -> str:
    """Small letters and digits with single blanks between words."""
    flat = unicodedata.normalize("NFKC", text).casefold()
    return " ".join(re.findall(r"[^\W_]+", flat))


def heading(text: str) -> str:
    """The column that a text heads ("no", "kegiatan", …, "pelaksana", "mutu_baku"), or nothing."""
    return _heading(text) if len(text) <= _LONGEST else ""


@lru_cache(maxsize=2048)
def _heading(text: str) -> str:
    words = [word for word in plain(text).split() if not word.isdigit()]
    if not words or len(words) > 6:
        return ""
    words = [_nearest(word) for word in words]
    for key in _ORDER:
        own = _KNOWN[key]
        if any(word in own for word in words) and all(word in own or word in _BESIDE[key] for word in words):
            return key
    return ""


def _nearest(word: str) -> str:
    """A word of a heading, mended where a letter of it is wrong ("Kelengakapan")."""
    if len(word) < 6 or word in _LONG:
        return word
    near = difflib.get_close_matches(word, _LONG, n=1, cutoff=0.86)
    return near[0] if near else word


NUMBER = re.compile(
    r"[\(\[]?\s*(?:\d{1,3}|[a-z]|[ivx]{1,5})(?:[.\-]\d{1,3})*[a-z]?\s*[\)\].]*", re.IGNORECASE
)
"""What stands in a cell of the No column."""


def is_number(text: str) -> bool:
    return NUMBER.fullmatch(text.strip()) is not None


LABELS: dict[str, str] = {
    "nomor": r"(?:nomor|no)(?: (?:sop|dokumen))?(?: ap)?",
    "pembuatan": r"(?:tanggal|tgl) (?:pembuatan|penyusunan|dibuat)",
    "revisi": r"(?:tanggal|tgl) (?:revisi|perbaikan)|revisi(?: ke)?",
    "efektif": r"(?:tanggal|tgl) (?:efektif|pengesahan|berlaku|disahkan|ditetapkan|penetapan|mulai berlaku"
    r"|pemberlakuan|diberlakukan)",
    "disahkan_oleh": r"(?:di ?sahkan|disetujui|ditetapkan)(?: oleh)?",
    "nama": r"(?:nama|judul)(?: sop)?(?: ap)?",
    "tujuan": r"(?:maksud (?:dan )?)?tujuan(?: sop)?",
    "dasar_hukum": r"dasar hukum",
    "kualifikasi_pelaksana": r"kualifikasi (?:pelaksana|pelaksanaan|petugas)",
    "keterkaitan": r"keterkaitan(?: (?:dengan )?sop)?(?: lain(?:nya)?)?",
    "peralatan_perlengkapan": r"(?:peralatan|perlengkapan)(?: (?:dan )?(?:peralatan|perlengkapan))?",
    "peringatan": r"peringatan",
    "pencatatan_pendataan": r"(?:pencatatan|pendataan)(?: (?:dan )?(?:pencatatan|pendataan|pelaporan))?",
}
VALUES = tuple(box.path[-1] for box in FIELDS)


FORM_NAME = re.compile(
    r"\W*(?:standar[dt]?(?:isasi)? operasional prosedur|standard operating procedures?|s\.?o\.?p\.?)"
    r"(?:\W*(?:administrasi pemerintah(?:an)?|ap|s\.?o\.?p\.?))*\W*",
    re.IGNORECASE,
)
"""A line that only says what sort of document this is, and no agency."""


def label(text: str) -> str:
    """The key of the identity block that a text names, or nothing."""
    return _label(text) if len(text) <= _LONGEST else ""


@lru_cache(maxsize=2048)
def _label(text: str) -> str:
    flat = plain(text)
    return next((key for key, form in LABELS.items() if re.fullmatch(form, flat)), "")


def split_label(text: str) -> tuple[str, str]:
    """A key and the value behind its colon on the same line ("Nomor SOP : 12/2024"), or two blanks."""
    head, colon, rest = text.partition(":")
    key = label(head) if colon else ""
    return (key, rest.strip()) if key else ("", "")
