"""Many documents, books, signed copies, and the commands that write them: all or nothing."""

from __future__ import annotations

import io
import re
import shutil
import zipfile
from pathlib import Path

import pdfplumber
import pikepdf
import pytest
from click.testing import CliRunner

from generator.cli import main
from generator.data.catalogue import Catalogue
from generator.data.excerpt import Excerpts
from generator.data.sources import read_catalogue
from generator.documents import (
    from_cache,
    keep_paper,
    many,
    paper_jobs,
    set_papers,
    signed_copies,
    signed_copy,
    sops_under,
    with_excerpt,
)
from generator.documents.book import make_book
from generator.documents.jobs import KINDS
from generator.documents.many import make_documents
from generator.documents.setting import make_pdf, set_document
from generator.figure.paper.content import fingerprint
from generator.model.named import named_sops
from generator.model.problems import Severity
from generator.program import program
from generator.store import stored
from tests.bench.scale.data import write_folder
from tests.documents.cases import DATA, catalogue

SLUG = "surat-dan-jadwal"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A copy of the data that a test may change."""
    folder = tmp_path / "sop_data"
    shutil.copytree(DATA, folder)
    return folder


def change(data: Path, before: str, after: str) -> None:
    file = data / "sop" / f"{SLUG}.yml"
    text = file.read_text(encoding="utf-8")
    assert before in text
    file.write_text(text.replace(before, after, 1), encoding="utf-8")


def test_several_processes_make_the_same_bytes_as_one(monkeypatch: pytest.MonkeyPatch) -> None:
    found = catalogue()
    slugs = list(found.sop) * 3
    one = list(make_documents(found, slugs, ["pdf", "docx"], DATA, jobs=1))
    monkeypatch.setattr(many, "_ALONE", 0)
    two = list(make_documents(found, slugs, ["pdf", "docx"], DATA, jobs=2))
    assert [made.slug for made in two] == slugs
    assert one == two


def test_what_has_not_changed_comes_from_the_cache(data: Path, tmp_path: Path) -> None:
    found, _ = read_catalogue(data)
    assert found is not None
    first = list(make_documents(found, list(found.sop), ["pdf"], data, tmp_path / "cache"))
    again = list(make_documents(found, list(found.sop), ["pdf"], data, tmp_path / "cache"))
    assert not any(made.cached for made in first)
    assert all(made.cached for made in again)
    assert [made.files for made in first] == [made.files for made in again]
    change(data, "30 menit", "45 menit")
    found, _ = read_catalogue(data)
    assert found is not None
    changed = list(make_documents(found, list(found.sop), ["pdf"], data, tmp_path / "cache"))
    assert [made.slug for made in changed if not made.cached] == [SLUG]


def test_the_hash_of_the_data_changes_with_what_is_printed_and_with_nothing_else(data: Path) -> None:
    def now() -> str:
        found, _ = read_catalogue(data)
        assert found is not None
        return fingerprint(found, found.sop[SLUG])

    before = now()
    change(data, "klasifikasi: publik", "klasifikasi: internal\nkertas: F4")
    assert now() == before
    change(data, "30 menit", "31 menit")
    assert now() != before


def test_a_signed_copy_is_taken_byte_for_byte_and_says_whether_the_data_changed(data: Path) -> None:
    signed = b"%PDF-1.7\n\x00\xff tanda tangan elektronik\r\n%%EOF"
    (data / "naskah").mkdir()
    (data / "naskah" / "surat.pdf").write_bytes(signed)
    found, _ = read_catalogue(data)
    assert found is not None
    mark = fingerprint(found, found.sop[SLUG])[:12]
    change(data, "unit:", f"dokumen_resmi: naskah/surat.pdf\nsidik_data: '{mark}'\nunit:")
    found, problems = read_catalogue(data)
    assert found is not None, problems
    copy, problems = signed_copy(found, SLUG, data)
    assert copy is not None
    assert (copy.bytes, copy.changed, problems) == (signed, False, [])
    change(data, "30 menit", "31 menit")
    found, _ = read_catalogue(data)
    assert found is not None
    copy, _ = signed_copy(found, SLUG, data)
    assert copy is not None
    assert copy.changed is True


def test_a_missing_signed_copy_is_a_problem_with_its_line_and_nothing_is_written(
    data: Path, tmp_path: Path
) -> None:
    change(data, "unit:", "dokumen_resmi: naskah/hilang.pdf\nunit:")
    out = tmp_path / "dokumen"
    result = CliRunner().invoke(main, ["pdf", "--fresh", "--data", str(data), "--out", str(out)])
    assert result.exit_code == 1
    assert re.search(
        rf"{SLUG}\.yml:4:\d+: naskah yang ditandatangani 'naskah/hilang.pdf' tidak ada", result.output
    )
    assert not out.exists()


@pytest.mark.parametrize(("more", "paper"), [(8, "F4"), (24, None)])
def test_too_many_actors_are_a_problem_that_names_the_paper_they_fit_on(
    data: Path, more: int, paper: str | None
) -> None:
    with (data / "pelaksana.yml").open("a", encoding="utf-8") as file:
        file.writelines(f"p{n}: {{nama: Penanggung Jawab {n}}}\n" for n in range(more))
    actors = ", ".join(f"p{n}" for n in range(more))
    change(data, "pelaksana: [kasi, jfu, kabid, kadis]", f"pelaksana: [kasi, jfu, kabid, kadis, {actors}]")
    change(data, "unit:", "kertas: Letter\nunit:")
    found, problems = read_catalogue(data)
    assert found is not None, problems
    document, problems = set_document(found, SLUG, data)
    (problem,) = problems
    assert "tidak muat pada kertas Letter" in problem.message
    assert problem.position.line > 1
    if paper is None:
        assert document is None
        assert (problem.severity, problem.hint) == (Severity.ERROR, "bagi alurnya menjadi beberapa tabel")
    else:
        assert document is not None
        assert problem.severity is Severity.WARNING
        assert (document.paper.name, document.content.paper) == (paper, paper)
        assert f"kertas: {paper}" in (problem.hint or "")
        assert all(sheet.columns.text >= 7.5 for sheet in document.sheets)


def test_letters_that_cannot_be_printed_are_a_warning(data: Path) -> None:
    change(data, "30 menit", "30 menit \U0001f600")
    found, _ = read_catalogue(data)
    assert found is not None
    document, problems = set_document(found, SLUG, data)
    assert document is not None
    assert ["U+1F600" in problem.message for problem in problems] == [True]


def test_a_book_has_cover_contents_summary_laws_and_the_sops_in_order() -> None:
    found = catalogue()
    slugs = sops_under(found, found.sop[SLUG].unit)
    assert set(slugs) == set(found.sop)
    made, problems = make_book(found, slugs, "Seksi", DATA)
    assert made is not None
    assert not problems
    assert made == make_book(found, slugs, "Seksi", DATA)[0]
    with pdfplumber.open(io.BytesIO(made)) as pdf:
        texts = [page.extract_text() for page in pdf.pages]
    assert "DOKUMEN STANDAR OPERASIONAL PROSEDUR" in texts[0]
    front = "\n".join(texts[1 : next(n for n, text in enumerate(texts) if "halaman 1 dari" in text)])
    chapters = ["Keputusan Penetapan", "Daftar Isi", "Ringkasan", "Daftar Peraturan"]
    assert [line for line in front.split("\n") if line in chapters] == chapters
    for slug in slugs:
        name = found.sop[slug].nama
        told = re.search(rf"{re.escape(name)} [. ]*(\d+)", front)
        assert told is not None
        number = int(told[1])
        assert name.split()[0] in texts[number - 1]
        assert "halaman 1 dari" in texts[number - 1]
    with pikepdf.open(io.BytesIO(made)) as pdf:
        titles = [str(item.title) for item in pdf.open_outline().root]
    assert titles[:4] == ["Keputusan Penetapan", "Daftar Isi", "Ringkasan", "Daftar Peraturan"]
    assert titles[4:] == [found.sop[slug].nama for slug in slugs]


def test_the_commands_write_their_files_and_leave_the_same_ones_alone(tmp_path: Path) -> None:
    out = tmp_path / "dokumen"
    run = CliRunner().invoke
    for command in ("pdf", "docx"):
        arguments = [command, SLUG, "--fresh", "--data", str(DATA), "--out", str(out)]
        assert run(main, arguments).exit_code == 0
        stamp = (out / f"{SLUG}.{command}").stat().st_mtime_ns
        assert "1 berkas tidak berubah" in run(main, arguments).output
        assert (out / f"{SLUG}.{command}").stat().st_mtime_ns == stamp
    result = run(main, ["book", "--data", str(DATA), "--out", str(out / "buku.pdf")])
    assert result.exit_code == 0, result.output
    assert (out / "buku.pdf").read_bytes().startswith(b"%PDF-1.7")
    result = run(main, ["pdf", "surat-dan-jadwl", "--data", str(DATA), "--out", str(out)])
    assert result.exit_code == 1
    assert "maksud Anda 'surat-dan-jadwal'" in result.output


def test_the_commands_make_what_the_public_may_read_unless_told(data: Path, tmp_path: Path) -> None:
    change(data, "klasifikasi: publik", "klasifikasi: internal")
    run, out = CliRunner().invoke, tmp_path / "dokumen"
    arguments = ["pdf", "--fresh", "--data", str(data), "--out", str(out)]
    assert run(main, arguments).exit_code == 0
    assert SLUG not in {path.stem for path in out.iterdir()}
    refused = run(main, [*arguments, SLUG])
    assert refused.exit_code == 1
    assert "--audience internal" in refused.output
    assert run(main, [*arguments, SLUG, "--audience", "internal"]).exit_code == 0
    assert (out / f"{SLUG}.pdf").is_file()


def test_a_site_offers_every_document_its_signed_copy_and_a_book_a_unit(data: Path, tmp_path: Path) -> None:
    (data / "naskah").mkdir()
    (data / "naskah" / "surat.pdf").write_bytes(b"%PDF-1.7 asli")
    change(data, "unit:", "dokumen_resmi: naskah/surat.pdf\nunit:")
    whole, _ = read_catalogue(data)
    assert whole is not None
    public = whole.for_audience("publik")
    excerpts = Excerpts(public)
    jobs = [with_excerpt(job, excerpts) for job in paper_jobs(excerpts, data, "")]
    papers = set_papers(jobs)
    assert not [problem for paper in papers for problem in paper.problems]
    unit = whole.sop[SLUG].unit
    wanted = {f"sop/{slug}/{slug}.{kind}" for slug in public.sop for kind in ("pdf", "docx")}
    assert {name for paper in papers for name, _ in paper.files} == wanted | {f"unit/{unit}/buku-sop.pdf"}
    signed, problems = signed_copies(public, data)
    assert not problems
    assert signed[SLUG].bytes == b"%PDF-1.7 asli"
    with stored(tmp_path / "simpanan") as store:
        for job, paper in zip(jobs, papers, strict=True):
            keep_paper(paper, store)
            assert from_cache(job, store) == paper
    document, _ = set_document(public, SLUG, data)
    assert document is not None
    assert dict(papers[list(public.sop).index(SLUG)].files)[f"sop/{SLUG}/{SLUG}.pdf"] == make_pdf(document)


@pytest.mark.parametrize("audience", ["public", "internal"])
def test_what_a_site_has_made_no_command_makes_again(data: Path, tmp_path: Path, audience: str) -> None:
    """Its PDF and Word files are the same jobs, so that both know them under one key."""
    whole, _ = read_catalogue(data)
    assert whole is not None
    shown = whole.for_audience("publik" if audience == "public" else "internal")
    excerpts = Excerpts(shown)
    cache = tmp_path / "simpanan"
    jobs = [with_excerpt(job, excerpts) for job in paper_jobs(excerpts, data, program())]
    site = dict(file for paper in set_papers(jobs) for file in paper.files)
    with stored(cache) as store:
        for paper in set_papers(jobs):
            keep_paper(paper, store)
    for kinds in (["pdf"], ["docx"], ["pdf", "docx"]):
        for made in make_documents(shown, list(shown.sop), kinds, data, cache):
            assert made.cached
            assert made.files == {kind: site[f"sop/{made.slug}/{made.slug}.{kind}"] for kind in kinds}


def test_renaming_an_sop_sets_only_what_names_it_again(data: Path, tmp_path: Path) -> None:
    found, _ = read_catalogue(data)
    assert found is not None
    cache = tmp_path / "simpanan"
    list(make_documents(found, list(found.sop), ["pdf"], data, cache))
    file = data / "sop" / f"{SLUG}.yml"
    text = file.read_text(encoding="utf-8")
    file.write_text(re.sub(r"(?m)^nama: .*$", "nama: Nama yang lain", text), encoding="utf-8")
    found, _ = read_catalogue(data)
    assert found is not None
    again = {made.slug: made.cached for made in make_documents(found, list(found.sop), ["pdf"], data, cache)}
    naming = {slug for slug, sop in found.sop.items() if SLUG in named_sops(sop)}
    named = {SLUG, *naming, *named_sops(found.sop[SLUG])}
    assert {slug for slug, cached in again.items() if not cached} <= named
    assert any(again.values())


def test_every_audience_prints_the_same_hash(data: Path) -> None:
    change(data, "  - Kelompok Informasi Masyarakat", "  - {sop: pembentukan-kim}")
    kim = data / "sop" / "pembentukan-kim.yml"
    kim.write_text(
        kim.read_text(encoding="utf-8").replace("klasifikasi: publik", "klasifikasi: internal"),
        encoding="utf-8",
    )
    whole, problems = read_catalogue(data)
    assert whole is not None, problems
    public = whole.for_audience("publik")
    assert fingerprint(public, public.sop[SLUG]) == fingerprint(whole, whole.sop[SLUG])
    document, _ = set_document(public, SLUG, data)
    assert document is not None
    assert document.content.mark == fingerprint(whole, whole.sop[SLUG])
    assert "SOP internal" in str(document.content.boxes)


def mark_of(whole: Catalogue) -> str:
    return fingerprint(whole, whole.sop[SLUG])


@pytest.mark.parametrize("kind", ["pdf", "docx"])
def test_a_revoked_sop_says_so_on_every_page(data: Path, kind: str) -> None:
    before = mark_of(catalogue())
    revoked = "pencabutan: {tanggal: 1 Maret 2026, dasar: SK 12, pengganti: pembentukan-kim}\nunit:"
    change(data, "unit:", revoked)
    whole, _ = read_catalogue(data)
    assert whole is not None
    assert mark_of(whole) == before  # what was signed has not changed
    document, problems = set_document(whole.for_audience("publik"), SLUG, data)
    assert document is not None
    assert not problems
    made = KINDS[kind].make(document)
    if kind == "pdf":
        with pdfplumber.open(io.BytesIO(made)) as paper:
            pages = [page.extract_text() for page in paper.pages]
        assert len(pages) > 1
        assert all("DICABUT MULAI 1 MARET 2026" in page for page in pages)
        assert "SK 12" in pages[0]
    else:
        with zipfile.ZipFile(io.BytesIO(made)) as package:
            assert "DICABUT MULAI 1 MARET 2026" in package.read("word/footer1.xml").decode()
            body = package.read("word/document.xml").decode()
        assert "SK 12" in body
        assert whole.sop["pembentukan-kim"].nama in body


def test_the_foot_has_no_bare_dash_and_says_why_there_is_no_code(data: Path) -> None:
    """In PDF and Word alike; with an address it stands there and the code does too."""
    agency = data / "instansi.yml"
    for site in ("", "situs: https://sop.example.go.id/\n"):
        agency.write_text(re.sub(r"(?m)^situs:.*\n", "", agency.read_text("utf-8")) + site, "utf-8")
        found, problems = read_catalogue(data)
        assert found is not None, problems
        [made] = make_documents(found, [SLUG], ["pdf", "docx"], data, jobs=1)
        with pdfplumber.open(io.BytesIO(made.files["pdf"])) as pdf:
            printed = pdf.pages[-1].extract_text()
        with zipfile.ZipFile(io.BytesIO(made.files["docx"])) as word:
            written = "".join(
                word.read(name).decode() for name in word.namelist() if re.search(r"footer\d*\.xml", name)
            )
        for text in (printed, written):
            assert "· -" not in text
            assert re.search("sidik data [0-9a-f]{12} · ", text)
            assert ("tanpa kode QR" in text) == (not site)
            assert (f"https://sop.example.go.id/sop/{SLUG}/" in text) == bool(site)


def test_the_front_of_a_small_book_is_no_row_of_empty_pages() -> None:
    found = catalogue()
    made, _ = make_book(found, list(found.sop), "Seksi", DATA)
    assert made is not None
    with pdfplumber.open(io.BytesIO(made)) as pdf:
        front = next(n for n, page in enumerate(pdf.pages) if "halaman 1 dari" in page.extract_text())
    assert front == 2


def test_every_page_of_a_book_says_its_own_number_also_behind_a_long_front(tmp_path: Path) -> None:
    write_folder(tmp_path, 20)
    found, _ = read_catalogue(tmp_path)
    assert found is not None
    made, _ = make_book(found, list(found.sop), "Seksi", tmp_path)
    assert made is not None
    with pdfplumber.open(io.BytesIO(made)) as pdf:
        texts = {n: pdf.pages[n - 1].extract_text() for n in (*range(2, 8), len(pdf.pages))}
    assert all(f"buku: {n}" in text.split("\n")[-1] or f"buku: {n}\n" in text for n, text in texts.items())
    assert next(n for n, text in texts.items() if "halaman 1 dari" in text) > 3
