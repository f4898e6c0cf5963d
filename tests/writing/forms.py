"""Random SOP files: plain values in every form that a file may have, with text that YAML finds hard."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from generator.data.validate.spelling import UNSEEN

HARD = (
    *(
        '"',
        "'",
        "- x",
        "010",
        "no",
        "~",
        "null",
        "12:30",
        "a: b",
        "# bukan komentar",
        "a #b",
        "{{ x }}",
        "*a",
    ),
    *(
        "&b",
        "!c",
        "%d",
        "@e",
        "`f",
        "[g",
        "{h",
        "| i",
        "> j",
        "a\nb",
        "1. a\n2. b",
        "- a\n- b",
        "=1+1",
        "+1",
        "-",
    ),
    *(
        "@SUM",
        "\u202ehalo",
        "a\u00adb",
        "😀",
        "1e3",
        "0x1F",
        "2019-01-16",
        "ya",
        "x" * 300,
    ),
)
_CHARACTERS = st.characters(
    exclude_categories=("Cc", "Cs", "Zl", "Zp"), exclude_characters="\ufeff\ufffe\uffff"
)
TEXT = st.one_of(
    st.sampled_from(HARD), st.text(_CHARACTERS, max_size=12), st.text("ab :#-'\"\n,{}[]", max_size=12)
).map(str.strip)
FILLED = TEXT.filter(lambda text: bool(UNSEEN.sub("", text).strip()))
LINE = FILLED.map(lambda text: " ".join(text.split())).filter(bool)
LINES = st.lists(LINE, max_size=3).map(lambda lines: "\n".join(lines) or None)
IDS = st.sampled_from(["a", "b", "periksa", "c-1", "langkah-x"])
ACTORS = st.sampled_from(["staf", "kasi", "kabid"])
SLUGS = st.sampled_from(["lain", "surat-masuk"])
TARGET = st.one_of(
    *(IDS, st.just("selesai"), st.just("lepas"), st.just("berikutnya")),
    SLUGS.map(lambda slug: {"sop": slug}),
    IDS.map(lambda id: {"ke": id, "garis": "putus-putus"}),
)
BRANCHES = st.dictionaries(
    st.sampled_from(["Ya", "Tidak", "no", "Setuju, lanjut", "a: b"]),
    st.one_of(st.none(), TARGET, st.lists(TARGET, min_size=2, max_size=3)),
    min_size=1,
    max_size=3,
)
YES = st.sampled_from(["ya", "tidak"])
STYLES = st.sampled_from(["garis", "panah", "tanpa"])


def _some(required: dict[str, Any], optional: dict[str, Any]) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries(required, optional=optional)


_WHO = st.one_of(ACTORS, st.lists(ACTORS, min_size=1, max_size=3, unique=True))
_ONWARD = {"lanjut": st.one_of(TARGET, st.lists(TARGET, max_size=2))}
_ASKED = {"keputusan": BRANCHES}
_CELLS = {
    "kelengkapan": LINES,
    "waktu": TEXT,
    "output": TEXT,
    "keterangan": TEXT,
    "no": TEXT,
    "gabung": st.lists(st.sampled_from(["waktu", "output"]), min_size=1, unique=True),
}
_CAPSULES = {name: st.sampled_from(["sendiri", "pengganti", "tidak"]) for name in ("mulai", "selesai")}
_SYMBOL = st.one_of(
    *(
        _some(
            {"pelaksana": _WHO},
            {
                "id": IDS,
                "bentuk": _shape,
                "hubungan": STYLES,
                "teks": TEXT,
                "sop": SLUGS,
                "bersama": YES,
                **ways,
            },
        )
        for _shape in [st.sampled_from(["kapsul", "kotak", "belah-ketupat"])]
        for ways in (_ONWARD, _ASKED)
    )
)


def _merged(step: dict[str, Any]) -> dict[str, Any]:
    """A step whose merged cells stand empty, as they must."""
    return {key: value for key, value in step.items() if key not in step.get("gabung", ())}


STEP = st.one_of(
    _some(
        {"uraian": FILLED, "pelaksana": _WHO},
        {"id": IDS, "hubungan": STYLES, "sop": SLUGS, **_CELLS, **_CAPSULES, **_ONWARD},
    ),
    _some(
        {"uraian": FILLED, "pelaksana": _WHO, "keputusan": BRANCHES},
        {"id": IDS, "pertanyaan": TEXT, **_CELLS},
    ),
    _some(
        {"uraian": FILLED, "simbol": st.lists(_SYMBOL, min_size=1, max_size=3)},
        {"id": IDS, **_CELLS, **_CAPSULES},
    ),
).map(_merged)
_COLUMNS = st.lists(ACTORS, min_size=1, max_size=3, unique=True)
_CHART = _some({"pelaksana": _COLUMNS, "kegiatan": st.lists(STEP, min_size=1, max_size=3)}, {"judul": TEXT})
_HEAD: dict[str, Any] = {
    **dict.fromkeys(("nomor", "tujuan"), TEXT),
    **dict.fromkeys(("kop", "kualifikasi_pelaksana", "peralatan_perlengkapan"), LINES),
    **dict.fromkeys(("peringatan", "pencatatan_pendataan"), LINES),
    "klasifikasi": st.sampled_from(["publik", "internal", "dikecualikan"]),
    "judul_terbuka": st.sampled_from(["ya", "tidak"]),
    "dokumen_resmi": st.just("https://contoh.go.id/a.pdf"),
    "sidik_data": st.just("0123456789abcdef" * 4),
    "kertas": st.sampled_from(["A4", "F4"]),
    "tanda_tangan": st.lists(
        _some(
            {"nama": LINE},
            {
                "jabatan": FILLED,
                "waktu": st.just("2026-11-20T09:15:00+07:00"),
                "cap_waktu": st.sampled_from(["ya", "tidak"]),
                "keadaan": st.sampled_from(["utuh", "tidak-dapat-dinilai"]),
                "sertifikat": st.sampled_from(["dipercaya", "belum-dinilai"]),
            },
        ),
        max_size=2,
    ),
    "tinjau_ulang_bulan": st.integers(1, 999).map(str),
    "tinjauan": st.lists(
        _some(
            {"tanggal": st.sampled_from(["1 Mei 2024", "2024-05-01"]), "oleh": LINE},
            {"catatan": FILLED, "dilihat": st.dictionaries(st.just("hukum/uu-1"), st.just("1f2e3d4c"))},
        ),
        max_size=2,
    ),
    "versi": _some({"nomor": st.integers(1, 999).map(str)}, {"perubahan": TEXT, "alasan": TEXT}),
    "tanggal": _some({}, dict.fromkeys(("pembuatan", "revisi", "efektif"), TEXT)),
    "pencabutan": _some(
        {"tanggal": st.sampled_from(["1 Mei 2024", "2024-05-01"])}, {"dasar": FILLED, "pengganti": SLUGS}
    ),
    "disahkan_oleh": _some({}, dict.fromkeys(("jabatan", "nama", "nip"), TEXT)),
    "dasar_hukum": st.lists(st.sampled_from(["uu-1", "uu-2"]), max_size=2),
    "keterkaitan": st.lists(st.one_of(FILLED, _some({"sop": SLUGS}, {"teks": FILLED})), max_size=3),
    "label": st.dictionaries(st.sampled_from(["no", "kegiatan", "mutu_baku"]), TEXT, max_size=2),
    "kolom": st.lists(st.sampled_from(["output", "waktu", "kelengkapan"]), min_size=1, unique=True),
    "dugaan": st.lists(
        _some({"hal": FILLED, "alasan": FILLED}, {"keyakinan": st.sampled_from(["kuat", "lemah"])}),
        max_size=2,
    ),
    "catatan": st.lists(LINE, max_size=2),
}
SOP_FORMS = st.one_of(
    _some(
        {
            "nama": FILLED,
            "unit": st.just("seksi"),
            "pelaksana": _COLUMNS,
            "kegiatan": st.lists(STEP, min_size=1, max_size=4),
        },
        {**_HEAD, "judul_tabel": TEXT},
    ),
    _some(
        {"nama": FILLED, "unit": st.just("seksi"), "alur": st.lists(_CHART, min_size=2, max_size=3)}, _HEAD
    ),
)
"""Files of all keys; ids and names may be unknown, which is no matter of form."""
