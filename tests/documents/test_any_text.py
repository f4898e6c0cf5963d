"""Any text that the check lets through, in any field, comes through every output: PDF, Word, book, card,
pages, pictures, BPMN, open data, feed and workbook; where the check does not let it through it says where."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from pathlib import Path

import openpyxl
import pikepdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree, html

from generator.data.audience import Audience
from generator.data.catalogue import Catalogue
from generator.data.excerpt import Excerpts
from generator.data.sources import read_catalogue
from generator.documents import paper_jobs, set_papers, with_excerpt
from generator.formats.xlsx.workbook import TooLong, to_workbook
from generator.model.problems import Severity
from generator.site.changes import history_files
from generator.site.lists.history import all_news
from tests.open_files import open_files
from tests.publish.staging import all_pages

DAY = date(2026, 1, 15)
TEXTS = {
    "ibrani": "Surat שלום (123) ab",
    "arab": "السلام عليكم 123",
    "balik": "abc\u202edef\u2067ghi\u2069",
    "gabungan": "a" + "\u0301" * 200,
    "tanpa-lebar": "a\u200bb\u200cc\u200dd\u2060e",
    "lunak": "ad\u00administrasi",
    "emoji": "😀👨‍👩‍👧‍👦🇮🇩",
    "han": "漢字" * 80,
    "thai": "ภาษาไทย" * 20,
    "dewanagari": "नमस्ते",
    "pribadi": "\ue000\U000f0000",
    "bukan-huruf": "\U0001fffe\ufdd0",
    "tanda": "\"'\\#$%&*_`~<>@[]{}|^=+;:,.?!/-–—…",
    "markah": "<script>alert(1)</script> {{ 7*7 }} {% raw %} &amp; ]]> <!-- #set page()",
    "markdown": "# a\n- b\n1. c\n| d | e |\n[f](javascript:g)",
    "rumus": "=1+1",
    "alamat": "https://sop.example.go.id/" + "a/" * 100 + "?" + "b=c&" * 40,
    "kata": "a" * 480,
    "garis": "a/" * 240,
    "tanda-hubung": "-" * 480,
    "spasi": "a" + "\u00a0" * 200 + "b",
    "baris": "\n".join(f"{n}. butir" for n in range(40)),
    "nol": "0",
}
_FIELDS = (
    *("nama", "nomor", "kop", "judul_tabel", "tujuan", "peringatan", "kualifikasi_pelaksana", "keterkaitan"),
    *("peralatan_perlengkapan", "pencatatan_pendataan", "jabatan", "pejabat", "nip", "pembuatan"),
    *("uraian", "no", "kelengkapan", "waktu", "output", "keterangan", "pertanyaan", "cabang"),
    *("pelaksana", "unit", "instansi", "pemerintah", "alamat", "kutipan", "judul", "perubahan", "catatan"),
)


def folder(where: Path, said: dict[str, str]) -> Path:
    """A data folder of one SOP in which every field says its own name, or what is said for it."""
    f = {name: name for name in _FIELDS} | said
    step = {key: f[key] for key in ("uraian", "waktu", "output", "keterangan", "no")}
    sop = {
        "nama": f["nama"],
        "nomor": f["nomor"],
        "unit": "umum",
        "klasifikasi": "publik",
        "kop": [f["kop"]],
        "judul_tabel": f["judul_tabel"],
        "tujuan": f["tujuan"],
        **{key: [f[key]] for key in _FIELDS[5:10]},
        "versi": {"nomor": "1", "perubahan": f["perubahan"]},
        "tanggal": {"pembuatan": f["pembuatan"]},
        "disahkan_oleh": {"jabatan": f["jabatan"], "nama": f["pejabat"], "nip": f["nip"]},
        "dasar_hukum": ["uu"],
        "catatan": [f["catatan"]],
        "pelaksana": ["a", "b"],
        "kegiatan": [
            {**step, "id": "satu", "pelaksana": "a", "mulai": "pengganti", "kelengkapan": [f["kelengkapan"]]},
            {
                "uraian": "periksa",
                "pelaksana": "b",
                "pertanyaan": f["pertanyaan"],
                "keputusan": {f["cabang"]: "", "Tidak!": "satu"},
            },
            {"uraian": "selesai", "pelaksana": "a", "selesai": "pengganti"},
        ],
    }
    files = {
        "instansi.yml": {
            "nama": f["instansi"],
            "singkatan": "D",
            "pemerintah": f["pemerintah"],
            "alamat": [f["alamat"]],
            "situs": "https://sop.example.go.id/",
        },
        "unit.yml": {"umum": {"nama": f["unit"]}},
        "pelaksana.yml": {"a": {"nama": f["pelaksana"]}, "b": {"nama": "B"}},
        "hukum.yml": {
            "uu": {"kutipan": f["kutipan"], "jenis": "UU", "nomor": "1", "tahun": "2", "judul": f["judul"]}
        },
        "sop/satu.yml": sop,
    }
    (where / "sop").mkdir(parents=True, exist_ok=True)
    for name, value in files.items():
        (where / name).write_text(json.dumps(value, ensure_ascii=False), encoding="utf-8")
    return where


def outputs(data: Path, whole: Catalogue) -> Iterator[tuple[str, bytes]]:
    """Every file that the catalogue's two sites have, by its path, and the workbook."""
    for audience in Audience:
        part = whole.for_audience(audience, DAY)
        excerpts = Excerpts(part)
        for job in paper_jobs(excerpts, data, "program", DAY):
            [paper] = set_papers([with_excerpt(job, excerpts)])
            wrong = [one for one in paper.problems if one.severity is Severity.ERROR]
            assert not wrong
            assert paper.files
            yield from paper.files
        for page in all_pages(part, DAY):
            yield f"{page.path}index.html", page.html().encode()
        yield from (*open_files(part), *history_files(all_news(part, DAY), part, DAY))
    with suppress(TooLong):  # told by `sop export`: Excel has no room for it
        yield "buku.xlsx", to_workbook(whole, list(whole.sop.values()))


def opened(path: str, content: bytes) -> None:
    """Open a file as those do who receive it."""
    match path.rpartition(".")[2]:
        case "pdf":
            assert len(pikepdf.open(io.BytesIO(content)).pages) > 0
        case "docx":
            with zipfile.ZipFile(io.BytesIO(content)) as package:
                for name in package.namelist():
                    if name.endswith((".xml", ".rels")):
                        etree.fromstring(package.read(name))
        case "png":
            assert content.startswith(b"\x89PNG")
        case "xlsx":
            openpyxl.load_workbook(io.BytesIO(content))
        case "json":
            json.loads(content)
        case "svg" | "bpmn" | "xml":
            etree.fromstring(content)
        case "html":
            found = html.fromstring(content or b"<p></p>")
            assert not found.xpath("//script[contains(., 'alert')]")


def through(data: Path) -> None:
    whole, problems = read_catalogue(data)
    if whole is None:
        wrong = [one for one in problems if one.severity is Severity.ERROR]
        assert wrong
        assert all(one.position.line > 0 and one.hint for one in wrong)
        return
    for path, content in outputs(data, whole):
        opened(path, content)


@pytest.mark.parametrize("name", TEXTS)
def test_a_text_in_every_field_at_once(tmp_path: Path, name: str) -> None:
    text = TEXTS[name]
    through(folder(tmp_path, dict.fromkeys(_FIELDS, text)))


_LETTERS = st.characters(exclude_categories=["Cs"]) | st.sampled_from("שא漢\u0301\u200d\u202e😀 /-\n")


@settings(
    max_examples=20,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(said=st.dictionaries(st.sampled_from(_FIELDS), st.text(_LETTERS, min_size=1, max_size=60), min_size=1))
def test_any_letters_in_any_fields(tmp_path: Path, said: dict[str, str]) -> None:
    through(folder(tmp_path, said))
