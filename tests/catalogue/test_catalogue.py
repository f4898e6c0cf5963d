"""The data folder as a whole: registers, links both ways, and two audiences that share nothing hidden."""

# ruff: noqa: E501 - a case reads best on one line

from __future__ import annotations

import pickle
import shutil
from pathlib import Path

import msgspec
import pytest

from generator.data.catalogue import Audience, Catalogue
from generator.data.sources import read_catalogue
from generator.model.hidden import SOP_INTERNAL
from generator.model.klasifikasi import Klasifikasi
from generator.model.named import StepRef
from generator.model.problems import Problem, Severity
from generator.model.registers import Unit
from generator.model.sop import SOP, Versi
from generator.model.values import stated
from tests.publish.sites import write_data

DATA = Path(__file__).parents[2] / "sop_data"

AGENCY = "nama: Dinas Contoh\nsingkatan: Contoh\npemerintah: Kabupaten Contoh\n"
UNITS = (
    "dinas: {nama: Dinas Contoh}\nseksi: {nama: Seksi Contoh, induk: dinas}\n"
    "rahasia: {nama: UNIT_RAHASIA, induk: dinas}\n"
)
ACTORS = "staf: {nama: Staf}\nkasi: {nama: Kasi, unit: seksi}\nintel: {nama: AKTOR_RAHASIA, unit: rahasia}\n"
LAWS = (
    "uu-1-2000: {kutipan: UU Nomor 1 Tahun 2000 tentang Surat, jenis: Undang-Undang, nomor: 1, tahun: 2000, judul: Surat}\n"
    "uu-2-2000: {kutipan: HUKUM_RAHASIA Nomor 2 Tahun 2000 tentang X, jenis: Undang-Undang, nomor: 2, tahun: 2000, judul: X}\n"
)
PUBLIC = """nama: Surat Masuk
unit: seksi
klasifikasi: publik
dasar_hukum: [uu-1-2000]
keterkaitan: [{sop: dalam, teks: TEKS_RAHASIA}, {sop: terbuka, teks: SOP yang boleh disebut}, {sop: keluar}, Teks saja]
dugaan: [{hal: pelaksana, alasan: simbol hilang}]
catatan: CATATAN_RAHASIA
pelaksana: [staf, kasi]
kegiatan:
  - {uraian: Menerima surat, pelaksana: staf, sop: dalam}
  - uraian: Memeriksa
    pelaksana: kasi
    keputusan: {Ya: , Tidak: {sop: dalam}}
  - uraian: Meneruskan
    simbol:
      - {pelaksana: staf, sop: keluar}
      - {pelaksana: kasi, lanjut: {sop: keluar}}
"""


def sop(name: str, more: str = "", who: str = "staf") -> str:
    return f"nama: {name}\nunit: seksi\n{more}pelaksana: [{who}]\nkegiatan:\n  - {{uraian: RAHASIA, pelaksana: {who}}}\n"


FILES = {
    "instansi.yml": AGENCY,
    "unit.yml": UNITS,
    "pelaksana.yml": ACTORS,
    "hukum.yml": LAWS,
    "sop/masuk.yml": PUBLIC,
    "sop/keluar.yml": sop("Surat Keluar", "klasifikasi: publik\nketerkaitan: [{sop: masuk}]\n").replace(
        "RAHASIA", "x"
    ),
    "sop/dalam.yml": sop(
        "JUDUL_RAHASIA", "klasifikasi: internal\ndasar_hukum: [uu-2-2000]\n", "intel"
    ).replace("unit: seksi", "unit: rahasia"),
    "sop/terbuka.yml": sop("Judul Terbuka", "klasifikasi: internal\njudul_terbuka: ya\n"),
    "sop/draf.yml": sop("DRAF_RAHASIA"),
    "sop/tutup.yml": sop("DIKECUALIKAN", "klasifikasi: dikecualikan\n"),
}


def write(folder: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def problems_of(folder: Path, files: dict[str, str]) -> list[Problem]:
    return read_catalogue(write(folder, FILES | files))[1]


@pytest.fixture
def whole(tmp_path: Path) -> Catalogue:
    catalogue, problems = read_catalogue(write(tmp_path, FILES))
    assert catalogue is not None, problems
    return catalogue


def everything(catalogue: Catalogue) -> str:
    """All text that a catalogue holds."""
    registers = (catalogue.unit, catalogue.pelaksana, catalogue.hukum, catalogue.sop)
    rows = [msgspec.json.encode(value).decode() for register in registers for value in register.values()]
    links = (catalogue.citing, catalogue.of_unit, catalogue.referring, catalogue.duties)
    return "\n".join(
        [*rows, repr(links), repr(catalogue.charts), repr(catalogue.problems), repr(catalogue.instansi)]
    )


def test_the_public_catalogue_never_held_the_rest(whole: Catalogue) -> None:
    public = whole.for_audience("publik")
    assert list(public.sop) == ["keluar", "masuk"]
    said = everything(public)
    assert "RAHASIA" not in said
    assert "DIKECUALIKAN" not in said
    assert not any(
        f"'{slug}'" in said or f'"{slug}"' in said for slug in ("dalam", "terbuka", "draf", "tutup")
    )
    assert public.problems == ()
    assert public.sop["masuk"].dugaan == whole.sop["masuk"].dugaan
    assert (list(public.unit), list(public.pelaksana), list(public.hukum)) == (
        ["dinas", "seksi"],
        ["staf", "kasi"],
        ["uu-1-2000"],
    )


def test_a_relation_that_may_not_be_named_says_so(whole: Catalogue) -> None:
    related = whole.for_audience(Audience.PUBLIK).sop["masuk"].keterkaitan
    assert [(r.teks, r.sop) for r in related] == [
        (SOP_INTERNAL, None),
        ("SOP yang boleh disebut", None),
        (None, "keluar"),
        ("Teks saja", None),
    ]


def test_the_flow_keeps_its_shape_without_the_names(whole: Catalogue) -> None:
    (inside,), (outside,) = whole.charts["masuk"], whole.for_audience("publik").charts["masuk"]
    assert outside.edges == inside.edges
    assert [(n.id, n.shape, n.row, n.lane) for n in outside.nodes] == [
        (n.id, n.shape, n.row, n.lane) for n in inside.nodes
    ]
    assert [node.text for node in outside.nodes if node.text] == [SOP_INTERNAL]
    assert {node.sop for node in outside.nodes} == {None, "keluar"}


def test_the_internal_catalogue_holds_drafts_but_nothing_withheld(whole: Catalogue) -> None:
    internal = whole.for_audience("internal")
    assert list(internal.sop) == ["dalam", "draf", "keluar", "masuk", "terbuka"]
    assert "DIKECUALIKAN" not in everything(internal)
    assert not any("tutup" in problem.position.file for problem in internal.problems)
    assert any("draf.yml" in problem.position.file for problem in internal.problems)
    assert internal.sop["masuk"] == whole.sop["masuk"]
    assert list(internal.hukum) == list(whole.hukum)


def test_a_smaller_catalogue_can_be_made_smaller_again_but_not_larger(whole: Catalogue) -> None:
    public = whole.for_audience("publik")
    assert everything(whole.for_audience("internal").for_audience("publik")) == everything(public)
    assert list(public.for_audience("internal").sop) == list(public.sop)


def test_links_lead_both_ways(whole: Catalogue) -> None:
    assert whole.citing == {"uu-1-2000": ("masuk",), "uu-2-2000": ("dalam",)}
    assert whole.of_unit["seksi"] == ("draf", "keluar", "masuk", "terbuka", "tutup")
    assert whole.referring["keluar"] == ("masuk",)
    assert whole.referring["masuk"] == ("keluar",)
    assert whole.referring["dalam"] == ("masuk",)
    assert whole.steps("kasi") == (StepRef("masuk", 0, 1), StepRef("masuk", 0, 2))
    assert whole.duties["kasi"] == {"masuk": 2}
    assert whole.kop(whole.sop["masuk"]) == ("Dinas Contoh", "Seksi Contoh")


def test_the_order_of_everything_is_that_of_the_data(whole: Catalogue, tmp_path: Path) -> None:
    assert list(whole.sop) == sorted(whole.sop)
    assert list(whole.pelaksana) == ["staf", "kasi", "intel"]
    again, _ = read_catalogue(tmp_path)
    assert again == whole


@pytest.mark.parametrize(
    ("files", "where", "message"),
    [
        ({"unit.yml": UNITS + "a: {nama: A, induk: seksii}\n"}, "unit.yml:4:21", "induk 'seksii' tidak ada di unit.yml"),
        ({"unit.yml": UNITS + "a: {nama: A, induk: a}\n"}, "unit.yml:4:21", "unit 'a' menjadi induk dirinya sendiri"),
        ({"unit.yml": UNITS + "A b: {nama: A}\n"}, "unit.yml:4:1", "id 'A b' harus huruf kecil, angka dan tanda hubung, mulai dengan huruf"),
        ({"pelaksana.yml": ACTORS + "b: {nama: B, unit: x}\n"}, "pelaksana.yml:4:20", "unit 'x' tidak ada di unit.yml"),
        ({"instansi.yml": AGENCY + "kertas: A5\n"}, "instansi.yml:4:9", "ukuran kertas 'A5' tidak dikenal"),
        ({"instansi.yml": AGENCY + "logo: ../x.svg\n"}, "instansi.yml:4:7", "lambang '../x.svg' tidak dapat dipakai"),
        ({"instansi.yml": AGENCY + "tinjau_ulang_bulan: 0\n"}, "instansi.yml:4:21", "'0' bukan bilangan bulat dari 1 sampai 999"),
        ({"instansi.yml": AGENCY + "label: {kegiatn: x}\n"}, "instansi.yml:4:9", "label 'kegiatn' tidak dikenal"),
        ({"hukum.yml": LAWS + "- x\n"}, "hukum.yml:3:1", "lekukan tidak rata"),
        ({"hukum.yml": "- x\n"}, "hukum.yml:1:1", "berkas ini harus memuat id peraturan, bukan daftar"),
        ({"sop/A b.yml": sop("X").replace("RAHASIA", "x")}, "sop/A b.yml:1:1", "nama berkas 'A b.yml' tidak dapat menjadi alamat halaman"),
        ({"sop/con.yml": sop("X").replace("RAHASIA", "x")}, "sop/con.yml:1:1", "nama berkas 'con.yml' tidak dapat menjadi alamat halaman"),
        ({"sop/lagi.yml": ""}, "sop/lagi.yml:1:1", "berkas kosong"),
    ],
)  # fmt: skip
def test_a_faulty_file_gives_no_catalogue(
    files: dict[str, str], where: str, message: str, tmp_path: Path
) -> None:
    catalogue, problems = read_catalogue(write(tmp_path, FILES | files))
    assert catalogue is None
    errors = [p for p in problems if p.severity is Severity.ERROR]
    assert (tmp_path.as_posix() + "/" + where, message) in [(str(p.position), p.message) for p in errors]
    assert problems == sorted(problems)
    assert all(p.hint for p in errors)
    assert len(errors) == 1


@pytest.mark.parametrize(
    ("files", "where", "rule"),
    [
        ({"sop/lagi.yml": sop(" surat  MASUK").replace("RAHASIA", "x")}, "sop/masuk.yml:1:7", "nama_ganda"),
        (
            {"sop/x.yml": sop("X", "nomor: 1/2\n"), "sop/y.yml": sop("Y", "nomor: 1/2\n")},
            "sop/y.yml:3:8",
            "nomor_ganda",
        ),
        ({}, "sop/masuk.yml:5:15", "terkait_tertutup"),
        (
            {
                "sop/x.yml": sop("X", "pencabutan: {tanggal: 1 Mei 2020}\n"),
                "sop/y.yml": sop("Y", "keterkaitan: [{sop: x}]\n"),
            },
            "sop/y.yml:3:15",
            "terkait_dicabut",
        ),
        ({"sop/lagi.yaml": "x"}, "sop/lagi.yaml:1:1", "berkas"),
        ({"hukum.yml": LAWS.replace("nomor: 1,", "nomor: 7,")}, "hukum.yml:1:22", "hukum_tidak_cocok"),
        (
            {"hukum.yml": LAWS.replace("judul: X", "judul: X, status: dicabut")},
            "hukum.yml:2:",
            "hukum_diragukan",
        ),
        ({"unit.yml": UNITS.replace("Seksi", '"Seksi\\u200b"')}, "unit.yml:2:15", "tanda_tak_terlihat"),
    ],
)
def test_what_is_odd_about_the_whole_is_said(
    files: dict[str, str], where: str, rule: str, tmp_path: Path
) -> None:
    if "unit.yml" in files:
        files = {"unit.yml": UNITS.replace("nama: Seksi Contoh", 'nama: "Seksi\\u200b"')}
    found = [p for p in problems_of(tmp_path, files) if p.rule == rule]
    assert any(str(p.position).startswith(f"{tmp_path.as_posix()}/{where}") for p in found), found


@pytest.mark.parametrize("gone", ["instansi.yml", "unit.yml", "sop"])
def test_a_missing_file_is_a_problem(gone: str, tmp_path: Path) -> None:
    write(tmp_path, FILES)
    path = tmp_path / gone
    shutil.rmtree(path) if path.is_dir() else path.unlink()
    catalogue, problems = read_catalogue(tmp_path)
    assert catalogue is None
    assert any(gone in p.position.file for p in problems if p.severity is Severity.ERROR)


def test_our_own_data_has_no_error_and_is_all_public() -> None:
    catalogue, problems = read_catalogue(DATA)
    assert catalogue is not None
    assert [p for p in problems if p.severity is Severity.ERROR] == []
    assert list(catalogue.for_audience("publik").sop) == list(catalogue.sop)
    assert catalogue.sop["surat-dan-jadwal"].nama == "Surat dan Jadwal"


@pytest.mark.parametrize("data", [DATA, None])
def test_values_come_back_from_json_as_they_were(data: Path | None, tmp_path: Path) -> None:
    """So each field holds what the model says that it holds: a mapping of words and no enumeration, a tuple
    and no list."""
    catalogue, problems = read_catalogue(data or write_data(tmp_path / "data"))
    assert catalogue is not None, problems
    registers = (catalogue.unit, catalogue.pelaksana, catalogue.hukum, catalogue.sop)
    for value in (catalogue.instansi, *(value for register in registers for value in register.values())):
        kind = type(value)
        told = (
            msgspec.json.decode(msgspec.json.encode(value), type=kind),
            msgspec.convert(stated(value), kind),
            pickle.loads(pickle.dumps(value)),
        )
        assert {repr(one) for one in told} == {repr(value)}


def test_what_has_its_default_is_not_stated() -> None:
    assert stated(Unit(id="a", nama="A")) == {"id": "a", "nama": "A"}
    assert stated(Unit(id="a", nama="A", kop=("Satu",)), leave=["nama"]) == {"id": "a", "kop": ["Satu"]}
    sop = SOP(slug="a", nama="A", unit="u", versi=Versi(nomor=1), label={}, klasifikasi=Klasifikasi.PUBLIK)
    assert stated(sop) == {"slug": "a", "nama": "A", "unit": "u", "klasifikasi": "publik"}
