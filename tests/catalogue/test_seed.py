"""Every piece of text of the seed stands in the data, literally."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from generator.data.catalogue import Catalogue
from generator.data.sources import read_catalogue
from generator.form import LABEL_RESMI
from generator.model.durations import total_of, total_text
from generator.model.lists import read_list
from generator.model.problems import Problem
from generator.model.registers import label_untuk
from tests.seed import SEED as SEED_TEXT
from tests.seed import SeedSOP, seed_sops, squeeze

DATA = Path(__file__).parents[2] / "sop_data"
SEED = pytest.mark.parametrize("seed", seed_sops(), ids=lambda seed: seed.slug)


@pytest.fixture(scope="module")
def read() -> tuple[Catalogue, list[Problem]]:
    catalogue, problems = read_catalogue(DATA)
    assert catalogue is not None
    return catalogue, problems


def test_the_seed_itself_is_parsed_whole() -> None:
    assert [len(seed.steps) for seed in seed_sops()] == [12, 7, 6]
    assert [len(seed.dasar_hukum) for seed in seed_sops()] == [8, 8, 8]
    known = {text for seed in seed_sops() for _, text in seed.cells()} | set(LABEL_RESMI.values())
    known |= {f"- {text}" for seed in seed_sops() for text in seed.keterkaitan}
    known |= {f"{n}. {text}" for seed in seed_sops() for n, text in enumerate(seed.dasar_hukum, 1)}
    for line in SEED_TEXT.read_text(encoding="utf-8").replace("**", "").splitlines():
        for piece in filter(None, map(squeeze, line.split("\t"))):
            assert (
                piece in known or set(filter(None, re.split("(?:^| ?):(?: |$)", piece, maxsplit=1))) <= known
            )


@SEED
def test_the_identity_block_is_in_the_data(seed: SeedSOP, read: tuple[Catalogue, list[Problem]]) -> None:
    catalogue, _ = read
    sop = catalogue.sop[seed.slug]
    assert catalogue.kop(sop) == seed.kop
    assert catalogue.instansi.alamat == seed.alamat
    labels = label_untuk(catalogue.instansi, sop)
    said = {
        labels["nomor"]: sop.nomor,
        labels["tanggal_pembuatan"]: sop.tanggal.pembuatan,
        labels["tanggal_revisi"]: sop.tanggal.revisi,
        labels["tanggal_efektif"]: sop.tanggal.efektif,
        labels["nama"]: sop.nama,
    }
    if sop.disahkan_oleh:
        said[labels["disahkan_oleh"]] = sop.disahkan_oleh.jabatan
    assert said == seed.identity
    assert tuple(catalogue.hukum[id].kutipan for id in sop.dasar_hukum) == seed.dasar_hukum
    assert sop.kualifikasi_pelaksana == seed.kualifikasi
    assert tuple(related.teks for related in sop.keterkaitan) == seed.keterkaitan
    assert sop.peralatan_perlengkapan == seed.peralatan
    assert sop.peringatan == seed.peringatan
    assert sop.pencatatan_pendataan == seed.pencatatan


@SEED
def test_the_activity_table_is_in_the_data(seed: SeedSOP, read: tuple[Catalogue, list[Problem]]) -> None:
    catalogue, _ = read
    sop = catalogue.sop[seed.slug]
    (alur,) = sop.alur
    labels = label_untuk(catalogue.instansi, sop)
    assert squeeze(alur.judul or "") == seed.judul_tabel
    headings = {catalogue.pelaksana[id].nama for id in alur.pelaksana} | set(labels.values())
    assert set(seed.headings) <= headings
    numbers = [row.number for row in catalogue.charts[seed.slug][0].rows]
    assert numbers == [step.no for step in seed.steps]
    for step, source in zip(alur.kegiatan, seed.steps, strict=True):
        assert squeeze(step.uraian) == source.kegiatan
        assert " ".join(step.kelengkapan) == source.kelengkapan
        assert " ".join(read_list(step.kelengkapan).lines()) == source.kelengkapan
        assert (step.waktu or "", step.output or "", step.keterangan or "") == (
            source.waktu,
            source.output,
            source.keterangan,
        )


@SEED
def test_where_the_seed_is_silent_the_data_is_silent(
    seed: SeedSOP, read: tuple[Catalogue, list[Problem]]
) -> None:
    sop = read[0].sop[seed.slug]
    assert sop.tujuan is None
    assert (sop.disahkan_oleh is None) == ("Disahkan Oleh" not in seed.identity)
    assert not sop.disahkan_oleh or (sop.disahkan_oleh.nama, sop.disahkan_oleh.nip) == (None, None)


def test_the_total_times_are_those_of_the_form(read: tuple[Catalogue, list[Problem]]) -> None:
    totals = {
        slug: total_text(total_of(k.waktu for k in sop.alur[0].kegiatan)) for slug, sop in read[0].sop.items()
    }
    assert totals == {
        "pembentukan-kim": "13 hari dan 1 langkah tanpa waktu",
        "surat-dan-jadwal": "75 menit (1 jam 15 menit)",
        "pelaksanaan-pembinaan": "260 menit (4 jam 20 menit)",
    }


@pytest.mark.parametrize(
    ("file", "rule", "part"),
    [
        ("hukum.yml", "hukum_tidak_cocok", "(nomor)"),
        ("hukum.yml", "hukum_tidak_cocok", "(jenis)"),
        ("hukum.yml", "hukum_tidak_cocok", "(judul)"),
        ("hukum.yml", "hukum_diragukan", "permenkominfo-27-2011"),
        ("surat-dan-jadwal.yml", "salah_ketik", "'Mutu Buku'"),
        ("surat-dan-jadwal.yml", "salah_ketik", "'stampel'"),
        ("surat-dan-jadwal.yml", "pengesahan_kosong", ""),
        ("pelaksanaan-pembinaan.yml", "salah_ketik", "'Meteri'"),
        ("pembentukan-kim.yml", "waktu_seragam", "'Hari' dan 'hari'"),
        ("pembentukan-kim.yml", "terkait_diri", ""),
        ("pembentukan-kim.yml", "judul_tabel", ""),
        ("pembentukan-kim.yml", "nomor_kosong", ""),
        ("pembentukan-kim.yml", "tanggal_kosong", "revisi, efektif"),
        ("pembentukan-kim.yml", "kualifikasi_tujuan", ""),
        ("pembentukan-kim.yml", "peringatan_kosong", ""),
        ("pembentukan-kim.yml", "dugaan", "lemah"),
        ("pembentukan-kim.yml", "waktu_kosong", "ke-6"),
        ("pembentukan-kim.yml", "rantai_output", "output langkah baris ke-5"),
        *(
            ("pembentukan-kim.yml", "rantai_output", f"kelengkapan langkah baris ke-{n} belum")
            for n in (3, 4, 9, 10, 11, 12)
        ),
    ],
)
def test_each_fault_of_the_seed_is_flagged(
    file: str, rule: str, part: str, read: tuple[Catalogue, list[Problem]]
) -> None:
    _, problems = read
    assert any(p.position.file.endswith(file) and p.rule == rule and part in p.message for p in problems)


def test_the_chains_of_the_second_and_third_sop_have_no_gap(read: tuple[Catalogue, list[Problem]]) -> None:
    gaps = {Path(p.position.file).stem for p in read[1] if p.rule == "rantai_output"}
    assert gaps == {"pembentukan-kim"}
