"""What strangers type, over made-up SOPs: each group of questions finds its SOP, words of the dictionary stay
as they are, and what was left out or not known is said. No list of questions that is measured was copied."""

from __future__ import annotations

import functools
import http.server
import shutil
import threading
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from generator.data.lexicon import whole_lexicon
from generator.search.index import write_bundle
from generator.search.pages import SearchPage, Section
from tests.bench.search.measure import ASSETS, LOAD

pytestmark = pytest.mark.browser

SOPS: dict[str, tuple[str, ...]] = {
    "Pembelian Bahan Habis Pakai di Atas 20 Juta sampai dengan 80 Juta": (
        "Staf: Menghimpun tiga penawaran bahan habis pakai sampai 80 juta",
        "Kasubbag: Membandingkan penawaran sampai juta terakhir",
    ),
    "Pembelian Bahan Habis Pakai sampai dengan 20 Juta": (
        "Staf: Meminta satu penawaran",
        "Kasubbag: Memesan bahan",
    ),
    "Aplikasi Arsip, Informasi Publik, dan Sistem Kearsipan": ("Arsiparis: Memasukkan arsip",),
    "Pembuatan dan Pengembangan Sistem Informasi Aplikasi Bagian": ("Pranata: Merancang basis data",),
    "Perbaikan PC dan Perangkat Teknologi Informasi": (
        "Pegawai: Mengisi tiket kerusakan perangkat",
        "Teknisi: Memeriksa kerusakan",
        "Teknisi: Memperbaiki perangkat",
    ),
    "Pemeliharaan Kendaraan Dinas": (
        "Pengemudi: Melaporkan keadaan kendaraan",
        "Kasubbag: Menyetujui perbaikan di bengkel",
    ),
    "Layanan Pengaduan Masyarakat": (
        "Petugas: Menerima pengaduan dari masyarakat",
        "Kasi: Menyusun jawaban pengaduan",
    ),
    "Pelayanan Konsultasi": ("Petugas: Mencatat keperluan tamu", "Petugas: Memberikan konsultasi"),
    "Peminjaman Ruang Rapat": (
        "Pemohon: Mengajukan permohonan peminjaman ruang rapat",
        "Staf: Mencatat jadwal",
    ),
    "Pengajuan Cuti Pegawai": ("Pegawai: Mengisi formulir cuti", "Kepala: Menyetujui cuti"),
    "Pembayaran Gaji Pegawai": ("Bendahara: Menyusun daftar gaji", "Bendahara: Mengajukan SPM ke KPPN"),
    "Perjalanan Dinas": ("Pegawai: Mengajukan surat tugas", "Bendahara: Membayar biaya perjalanan dinas"),
    "Pengelolaan Persediaan": (
        "Pemohon: Mengajukan permintaan alat tulis kantor",
        "Petugas: Mengeluarkan barang persediaan dari gudang",
        "Petugas: Melakukan opname fisik setiap triwulan",
    ),
    "Pengadaan Barang dan Jasa": ("PPK: Menyusun kerangka acuan kerja", "Pejabat: Memilih penyedia"),
    "Pemusnahan Arsip": (
        "Arsiparis: Mendaftar arsip yang habis masa simpannya",
        "Panitia: Memusnahkan arsip",
    ),
    "Pengiriman Surat Dinas": ("Petugas: Memberi nomor surat", "Kurir: Mengantar surat ke alamat"),
    "Layanan Perpustakaan": ("Pemustaka: Mencari buku pada katalog", "Pustakawan: Mencatat peminjaman buku"),
    "Pengunggahan Publikasi": ("Operator: Mengunggah publikasi ke situs", "Kasi: Memeriksa tayangan"),
    "Survei Angkatan Kerja": ("Petugas: Mencacah rumah tangga sampel", "Pengawas: Memeriksa isian kuesioner"),
    "Survei Harga Konsumen": (
        "Petugas: Mencatat harga di pasar",
        "Pengolah: Menghitung indeks harga konsumen",
    ),
    "Penerbitan Izin Penelitian": ("Pemohon: Mengajukan izin penelitian", "Kabid: Menandatangani izin"),
    "Penghapusan Barang Milik Negara": ("Panitia: Menilai barang", "KPKNL: Menjual barang milik negara"),
    "Penyusunan Laporan Kinerja Triwulan III": (
        "Kasi: Mengumpulkan capaian kinerja",
        "Kepala: Mengesahkan laporan",
    ),
    "Pelaporan Gratifikasi": ("Pegawai: Melaporkan gratifikasi kepada UPG", "UPG: Meneruskan laporan ke KPK"),
    "Pencadangan Data Server": ("Admin: Menyalin data server", "Admin: Memeriksa salinan"),
    "Presensi Pegawai": ("Pegawai: Merekam presensi", "Kepegawaian: Merekap kehadiran"),
    "Pelaksanaan Padat Karya Tipe II": ("Camat: Membentuk tim", "Tim: Menata jalan"),
    "Pelaksanaan Padat Karya Tipe IV": ("Camat: Membentuk 2 tim", "Tim: Menata taman"),
    "Pemilihan Pegawai Terbaik": ("Tim: Menilai pegawai", "Kepala: Menetapkan pegawai terbaik"),
    "Sewa Rumah Dinas": (
        "Pemohon: Mengajukan sewa",
        "Staf: Mencatat",
        "Kasubbag: Memeriksa",
        "Kepala: Memutuskan",
    ),
    "Kerja Bakti": ("Pegawai: Menyapu · " + "daun " * 160 + "kemarin dekat sewa yang rumah",),
}
LAWS = {"Pengadaan Barang dan Jasa": "Peraturan Presiden Nomor 16 Tahun 2018 tentang Pengadaan"}

QUESTIONS: dict[str, dict[str, str]] = {
    "kata sehari-hari": {
        "komputer lemot": "Perbaikan PC dan Perangkat Teknologi Informasi",
        "laptop rusak": "Perbaikan PC dan Perangkat Teknologi Informasi",
        "printer error": "Perbaikan PC dan Perangkat Teknologi Informasi",
        "mobil mogok": "Pemeliharaan Kendaraan Dinas",
        "servis motor": "Pemeliharaan Kendaraan Dinas",
        "sopir": "Pemeliharaan Kendaraan Dinas",
        "komplain": "Layanan Pengaduan Masyarakat",
        "kritik pelayanan": "Layanan Pengaduan Masyarakat",
        "tanya petugas": "Pelayanan Konsultasi",
        "libur": "Pengajuan Cuti Pegawai",
        "hamil": "Pengajuan Cuti Pegawai",
        "tunjangan": "Pembayaran Gaji Pegawai",
        "dinas luar": "Perjalanan Dinas",
        "uang jalan": "Perjalanan Dinas",
        "pulpen dan kertas": "Pengelolaan Persediaan",
        "stok opname": "Pengelolaan Persediaan",
        "tender": "Pengadaan Barang dan Jasa",
        "beli barang": "Pengadaan Barang dan Jasa",
        "buang dokumen lama": "Pemusnahan Arsip",
        "pinjam buku": "Layanan Perpustakaan",
        "pengangguran": "Survei Angkatan Kerja",
        "inflasi": "Survei Harga Konsumen",
        "harga sembako": "Survei Harga Konsumen",
        "skripsi": "Penerbitan Izin Penelitian",
        "barang bekas": "Penghapusan Barang Milik Negara",
        "hadiah": "Pelaporan Gratifikasi",
        "backup": "Pencadangan Data Server",
        "absen": "Presensi Pegawai",
    },
    "bentuk lisan": {
        "benerin komputer": "Perbaikan PC dan Perangkat Teknologi Informasi",
        "laptop minta dibetulin": "Perbaikan PC dan Perangkat Teknologi Informasi",
        "ngirim surat": "Pengiriman Surat Dinas",
        "ngirim lewat kurir": "Pengiriman Surat Dinas",
        "minjem ruang rapat": "Peminjaman Ruang Rapat",
        "pinjemin ruang": "Peminjaman Ruang Rapat",
        "musnahin arsip": "Pemusnahan Arsip",
        "bayarin gaji": "Pembayaran Gaji Pegawai",
        "nyusun laporan kinerja": "Penyusunan Laporan Kinerja Triwulan III",
    },
    "salah ketik": {
        "pengaduhan": "Layanan Pengaduan Masyarakat",
        "pemusnaan arsip": "Pemusnahan Arsip",
        "kendaran dinas": "Pemeliharaan Kendaraan Dinas",
        "gratifikasii": "Pelaporan Gratifikasi",
        "presnsi": "Presensi Pegawai",
        "cutu": "Pengajuan Cuti Pegawai",
        "konsultsai": "Pelayanan Konsultasi",
        "tehnologi": "Perbaikan PC dan Perangkat Teknologi Informasi",
    },
    "dipisah dan disambung": {
        "rumahtangga sampel": "Survei Angkatan Kerja",
        "perjalanandinas": "Perjalanan Dinas",
        "masa simpan": "Pemusnahan Arsip",
    },
    "singkatan dan angka": {
        "ATK": "Pengelolaan Persediaan",
        "KAK": "Pengadaan Barang dan Jasa",
        "BMN": "Penghapusan Barang Milik Negara",
        "laporan triwulan 3": "Penyusunan Laporan Kinerja Triwulan III",
        "Perpres 16/2018": "Pengadaan Barang dan Jasa",
        "SPM ke KPPN": "Pembayaran Gaji Pegawai",
    },
    "pertanyaan": {
        "bagaimana cara mengajukan cuti": "Pengajuan Cuti Pegawai",
        "kapan opname fisik dilakukan": "Pengelolaan Persediaan",
        "siapa yang menandatangani izin penelitian": "Penerbitan Izin Penelitian",
        "bagaimana memusnahkan arsip yang sudah habis masa simpannya": "Pemusnahan Arsip",
        "komputer saya rusak harus lapor ke mana": "Perbaikan PC dan Perangkat Teknologi Informasi",
        "bagaimana mengirim surat ke kantor lain": "Pengiriman Surat Dinas",
    },
    "tugas": {
        "mengunggah publikasi": "Pengunggahan Publikasi",
        "memeriksa kuesioner": "Survei Angkatan Kerja",
        "menyetujui cuti": "Pengajuan Cuti Pegawai",
        "memilih penyedia": "Pengadaan Barang dan Jasa",
        "mencatat harga": "Survei Harga Konsumen",
        "merekap kehadiran": "Presensi Pegawai",
    },
}


def slug(name: str) -> str:
    return name.lower().replace(" ", "-")


def written() -> Iterator[SearchPage]:
    for name, steps in SOPS.items():
        told = [Section(f"langkah-{n}", f"Langkah {n}", one) for n, one in enumerate(steps, 1)]
        laws = [Section("hukum", "Dasar hukum", LAWS[name])] if name in LAWS else []
        marks = (("keadaan", "Berlaku"), ("satuan", "Bagian Umum"), ("unit", "Bagian Umum"))
        yield SearchPage(f"sop/{slug(name)}/", name, (*told, *laws), marks)
    yield SearchPage("unit/umum/", "Bagian Umum", (Section("", "", " · ".join(SOPS)),), ())


@pytest.fixture(scope="module")
def opened(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    """A page with our search open over the made-up SOPs."""
    top = tmp_path_factory.mktemp("situs")
    write_bundle(written(), top / "cari", whole_lexicon([])[0])
    shutil.copytree(ASSETS, top / "alat")
    (top / "index.html").write_text("<!doctype html><title>x</title>", encoding="utf-8")

    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, format: str, *args: Any) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(top)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    page = browser.new_page()
    address = f"http://127.0.0.1:{server.server_port}/"
    page.goto(address)
    page.evaluate(LOAD, [address])
    yield page
    page.close()
    server.shutdown()
    server.server_close()


def search(page: Page, question: str) -> dict[str, Any]:
    found: dict[str, Any] = page.evaluate("(question) => cariSitus.search(question)", question)
    return found


def names(found: dict[str, Any]) -> list[str]:
    return ["".join(text for text, _ in hit["title"]) for hit in found["results"] if hit["sop"]]


@pytest.mark.parametrize("group", QUESTIONS)
def test_each_group_of_questions_finds_its_sop(opened: Page, group: str) -> None:
    found = {question: names(search(opened, question))[:1] for question in QUESTIONS[group]}
    assert found == {question: [name] for question, name in QUESTIONS[group].items()}


def test_words_that_only_join_others_are_not_asked_for(opened: Page) -> None:
    """Pronouns, prepositions, conjunctions: rare in SOPs, so that each would outweigh the subject."""
    question = "kami belum pernah mendapat cuti sebelum lebaran lewat sini, padahal mereka udah dong"
    found = search(opened, question)
    asked = {unit["said"] for unit in found["units"]} | set(found["unknown"])
    assert asked == {"cuti", "lebaran"}


@pytest.mark.parametrize(
    ("said", "meant"),
    [("benerin", "benarkan"), ("cepet", "cepat"), ("anterin", "antarkan"), ("dibalesin", "dibalaskan")],
)
def test_an_e_that_is_spoken_for_an_a_is_read_as_it_is_written(opened: Page, said: str, meant: str) -> None:
    assert meant in opened.evaluate("(said) => [...sopCari.spoken(said)]", said)


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("bagaimana membeli bahan sampai 20 juta", "Pembelian Bahan Habis Pakai sampai dengan 20 Juta"),
        (
            "bagaimana pembelian bahan di atas 20 juta",
            "Pembelian Bahan Habis Pakai di Atas 20 Juta sampai dengan 80 Juta",
        ),
        ("sistem informasi aplikasi", "Pembuatan dan Pengembangan Sistem Informasi Aplikasi Bagian"),
        ("padat karya tipe 2", "Pelaksanaan Padat Karya Tipe II"),
        ("padat karya tipe 4", "Pelaksanaan Padat Karya Tipe IV"),
        ("sewa rumah kemarin", "Sewa Rumah Dinas"),
    ],
)
def test_words_that_stand_together_in_a_name_count_for_more(opened: Page, question: str, name: str) -> None:
    assert names(search(opened, question))[0] == name


def test_a_derived_everyday_word_says_nothing_of_its_root(opened: Page) -> None:
    """ "penghargaan" may mean the best employee; "harga" does not, though it is the root of that."""
    assert "Pemilihan Pegawai Terbaik" in names(search(opened, "penghargaan"))
    assert "Pemilihan Pegawai Terbaik" not in names(search(opened, "harga"))


@pytest.mark.parametrize(
    ("typed", "meant"), [("perdesan", "perdesaan"), ("keadan", "keadaan"), ("tannda", "tanda")]
)
def test_a_letter_doubled_or_not_is_the_first_slip_thought_of(opened: Page, typed: str, meant: str) -> None:
    known = ["desa", "desain", "ada", "adab", "tanda", "tannin"]
    said = "([typed, known]) => sopCari.nearest(typed, new Set(known))"
    assert opened.evaluate(said, [typed, known]) == meant


def test_there_are_enough_questions() -> None:
    assert sum(map(len, QUESTIONS.values())) >= 60


@pytest.mark.parametrize("word", ["menyanyi", "kelinci", "berenang", "matahari", "penggorengan", "sepatu"])
def test_a_word_of_the_dictionary_is_never_corrected(opened: Page, word: str) -> None:
    found = search(opened, word)
    assert (found["corrected"], found["unknown"], found["results"]) == ([], [word], [])


def test_sops_stand_before_other_pages(opened: Page) -> None:
    kinds = [hit["sop"] for hit in search(opened, "pengaduan masyarakat")["results"]]
    assert kinds == sorted(kinds, reverse=True)
    assert False in kinds


def test_what_was_left_out_and_what_is_unknown_is_said(opened: Page) -> None:
    found = search(opened, "pengaduan gratifikasi kelinci")
    assert found["unknown"] == ["kelinci"]
    assert found["full"] == 0
    assert {tuple(hit["without"]) for hit in found["results"] if hit["sop"]} >= {
        ("pengaduan",),
        ("gratifikasi",),
    }


def test_the_hit_leads_to_the_step_that_answers_and_says_what_it_is(opened: Page) -> None:
    first = search(opened, "opname fisik")["results"][0]
    assert first["url"].endswith(f"sop/{slug('Pengelolaan Persediaan')}/#langkah-3")
    assert first["marks"] == ["Bagian Umum", "Berlaku"]
    assert first["heading"] == "Langkah 3"
    assert [text for text, marked in first["excerpt"] if marked] == ["opname fisik"]
