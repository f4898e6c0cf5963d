"""What changed between two SOPs: every step accounted for once, every visible change told, nothing else."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from generator.data.revisions import FieldChange, Names, PieceKind, StepChange, changes
from generator.data.revisions.match import match, moved
from generator.data.writing.yaml_style import to_yaml
from generator.model.klasifikasi import Klasifikasi
from generator.model.records import Peninjauan, TandaTangan
from generator.model.sop import SOP, Alur, Arah, Kegiatan, Pencabutan, Pengesahan, Rujukan, Tanggal, Versi
from tests.writing.forms import SOP_FORMS, TEXT
from tests.writing.test_forms import read

few = settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True)

WORDS = ("Mengetik surat", "Memeriksa surat", "Menandatangani surat", "Mengarsip", "Mengirim surat ke unit")


def sop(*steps: Kegiatan | str, **values: Any) -> SOP:
    rows = tuple(Kegiatan(uraian=s, pelaksana=("staf",)) if isinstance(s, str) else s for s in steps)
    return SOP(
        slug="uji",
        nama="Uji",
        unit="seksi",
        alur=(Alur(id="alur", pelaksana=("staf",), kegiatan=rows),),
        **values,
    )


def told(old: SOP, new: SOP) -> list[tuple[str, str]]:
    """(what became of it, its words) of the steps that changed."""
    return [(kind(step), step.uraian) for table in changes(old, new).tabel for step in table.langkah]


def kind(step: StepChange) -> str:
    if step.baris_lama is None:
        return "baru"
    return "dihapus" if step.baris_baru is None else "pindah" if step.pindah else "berubah"


@few
@given(SOP_FORMS)
def test_nothing_changed_says_nothing(form: dict[str, Any]) -> None:
    one = read(to_yaml(form))
    assert changes(one, replace(one, versi=Versi(nomor=9, alasan="x"))).kosong


@few
@given(SOP_FORMS, SOP_FORMS)
def test_every_step_is_accounted_for_once(before: dict[str, Any], after: dict[str, Any]) -> None:
    old, new = read(to_yaml(before)), read(to_yaml(after))
    for table in changes(old, new).tabel:
        n = table.nomor - 1
        rows = [len(s.alur[n].kegiatan) if n < len(s.alur) else 0 for s in (old, new)]
        gone = [step.baris_lama for step in table.langkah if step.baris_lama]
        come = [step.baris_baru for step in table.langkah if step.baris_baru]
        assert len(gone) == len(set(gone))
        assert len(come) == len(set(come))
        assert set(gone) <= set(range(1, rows[0] + 1))
        assert set(come) <= set(range(1, rows[1] + 1))
        removed = sum(step.baris_baru is None for step in table.langkah)
        added = sum(step.baris_lama is None for step in table.langkah)
        assert rows[0] - removed == rows[1] - added


@few
@given(TEXT, TEXT)
def test_the_pieces_of_a_text_make_up_the_old_and_the_new(old: str, new: str) -> None:
    pieces = FieldChange("x", "X", old, new).potongan
    assert "".join(p.teks for p in pieces if p.jenis is not PieceKind.TAMBAH) == old
    assert "".join(p.teks for p in pieces if p.jenis is not PieceKind.HAPUS) == new
    assert all(piece.teks for piece in pieces)


def test_words_are_told_apart() -> None:
    pieces = FieldChange("x", "X", "Memeriksa konsep surat", "Memeriksa dan memaraf konsep").potongan
    assert [(p.jenis.value, p.teks) for p in pieces] == [
        ("sama", "Memeriksa "),
        ("tambah", "dan memaraf "),
        ("sama", "konsep"),
        ("hapus", " surat"),
    ]


def test_steps_added_removed_moved_and_reworded() -> None:
    old = sop(*WORDS)
    assert told(old, sop(*WORDS[:2], "Meminta nomor agenda", *WORDS[2:])) == [
        ("baru", "Meminta nomor agenda")
    ]
    assert told(old, sop(*WORDS[:1], *WORDS[2:])) == [("dihapus", WORDS[1])]
    assert told(old, sop(WORDS[4], *WORDS[:4])) == [("pindah", WORDS[4])]
    reworded = sop(*WORDS[:3], "Mengarsipkan", WORDS[4])
    assert told(old, reworded) == [("berubah", "Mengarsipkan")]
    assert [field.kunci for field in changes(old, reworded).tabel[0].langkah[0].isian] == ["uraian"]


def test_a_step_keeps_its_id_through_any_rewording() -> None:
    old = sop(Kegiatan(id="a", uraian="Satu", pelaksana=("staf",)), "Dua")
    new = sop(Kegiatan(id="a", uraian="Sama sekali lain", pelaksana=("staf",)), "Dua")
    assert told(old, new) == [("berubah", "Sama sekali lain")]


def decide(target: str, yes: str | None = None) -> Kegiatan:
    ways = (Arah(label="Ya", ke=yes), Arah(label="Tidak", ke=target))
    return Kegiatan(uraian="Memutuskan", pelaksana=("staf",), keputusan=True, arah=ways)


def step(id: str, words: str) -> Kegiatan:
    return Kegiatan(id=id, uraian=words, pelaksana=("staf",))


def test_a_flow_changes_when_it_leads_to_another_step_not_when_numbers_shift() -> None:
    old = sop(step("a", WORDS[0]), step("b", WORDS[1]), decide("a"))
    assert told(old, sop("Meminta nomor", step("x", WORDS[0]), step("y", WORDS[1]), decide("x"))) == [
        ("baru", "Meminta nomor")
    ]
    found = changes(old, sop(step("a", WORDS[0]), step("b", WORDS[1]), decide("b"))).tabel[0].langkah
    assert [(s.uraian, [(f.kunci, f.baru) for f in s.isian]) for s in found] == [
        ("Memutuskan", [("alur", "keputusan; jika Ya ke langkah berikutnya; jika Tidak ke langkah 2")])
    ]


def test_a_flow_to_another_step_of_the_same_number_is_told_with_its_words() -> None:
    old = sop(step("a", WORDS[0]), step("b", WORDS[3]), decide("a"))
    new = sop(step("b", WORDS[3]), step("a", WORDS[0]), decide("b"))
    fields = [f for s in changes(old, new).tabel[0].langkah for f in s.isian]
    assert [(WORDS[0] in f.lama, WORDS[3] in f.baru) for f in fields] == [(True, True)]


VISIBLE: tuple[dict[str, Any], ...] = (
    {"nama": "Lain"},
    {"nomor": "1"},
    {"unit": "dinas"},
    {"kop": ("A",)},
    {"klasifikasi": Klasifikasi.PUBLIK},
    {"tanggal": Tanggal(efektif="1 Mei 2026")},
    {"pencabutan": Pencabutan(tanggal="1 Mei 2026", pengganti="lain")},
    {"disahkan_oleh": Pengesahan(nip="1")},
    {"tujuan": "x"},
    {"dasar_hukum": ("uu",)},
    {"kualifikasi_pelaksana": ("x",)},
    {"keterkaitan": (Rujukan(sop="lain"),)},
    {"peralatan_perlengkapan": ("x",)},
    {"peringatan": ("x",)},
    {"pencatatan_pendataan": ("x",)},
    {"label": {"no": "No."}},
    {"kolom": ("waktu", "output")},
    {"dokumen_resmi": "https://contoh.go.id/x.pdf"},
    {"sidik_data": "0" * 64},
    {"tanda_tangan": (TandaTangan(nama="x"),)},
    {"tinjau_ulang_bulan": 6},
    {"tinjauan": (Peninjauan(tanggal="1 Mei 2026", oleh="x"),)},
    {"kertas": "F4"},
    {"judul_terbuka": True},
    {"catatan": ("x",)},
)


@pytest.mark.parametrize("change", VISIBLE, ids=lambda change: next(iter(change)))
def test_every_value_of_the_identity_block_counts(change: dict[str, Any]) -> None:
    found = changes(sop("A"), replace(sop("A"), **change))
    assert len(found.isian) == 1
    assert not found.tabel


def test_every_field_of_an_sop_is_compared() -> None:
    tried = {key for change in VISIBLE for key in change}
    assert set(SOP.__struct_fields__) - tried == {"slug", "alur", "versi", "dugaan"}


def test_names_stand_for_ids() -> None:
    new = replace(sop("A"), dasar_hukum=("uu-1",))
    found = changes(sop("A"), new, Names(hukum={"uu-1": "UU Nomor 1"}))
    assert found.isian[0].baru == "UU Nomor 1"


@few
@given(st.permutations(range(7)))
def test_as_few_steps_as_can_be_have_moved(order: list[int]) -> None:
    steps = [f"{chr(97 + n) * 9} langkah" for n in range(7)]
    old = sop(*steps).alur[0].kegiatan
    new = sop(*(steps[n] for n in order)).alur[0].kegiatan
    pairs = match(old, new)
    assert pairs == dict(enumerate(order))
    kept = [pairs[row] for row in sorted(set(pairs) - moved(pairs))]
    assert kept == sorted(kept)
    longest = max(
        bin(mask).count("1")
        for mask in range(1 << 7)
        if (chosen := [order[n] for n in range(7) if mask >> n & 1]) == sorted(chosen)
    )
    assert len(kept) == longest
