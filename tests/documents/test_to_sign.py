"""The sheet that is signed: of the open version, with no word of a copy, and for nobody outside."""

from __future__ import annotations

import io
import re
import shutil
import zipfile
from datetime import date
from pathlib import Path

import pdfplumber
import pikepdf
import pytest
from click.testing import CliRunner, Result

from generator.cli import main
from generator.data.catalogue import Catalogue
from generator.data.excerpt import Excerpts
from generator.data.sources import read_catalogue
from generator.data.writing.yaml_style import with_values
from generator.documents import paper_jobs, paths_of, set_papers, with_excerpt
from generator.figure.paper.content import fingerprint
from generator.formats.html.offer import Offer
from generator.site.changes import version_pages
from tests.documents.cases import DATA

SLUG = "surat-dan-jadwal"
DAY = date(2026, 1, 1)
SECRET = "Rahasia Penyunting"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """The real data; of one SOP a version of 2020 and a draft under another official."""
    folder = Path(shutil.copytree(DATA, tmp_path / "sop_data"))
    path = folder / "sop" / f"{SLUG}.yml"
    old = path.read_text(encoding="utf-8").replace('efektif: "-"', "efektif: 1 Mei 2020", 1)
    path.write_text(old, encoding="utf-8")
    revise(folder)
    new = with_values(path.read_text(encoding="utf-8"), {("nama",): "Surat Baru", ("catatan",): SECRET})
    path.write_text(new, encoding="utf-8")
    return folder


def revise(folder: Path, *more: str) -> None:
    words = ["revise", SLUG, "--perubahan", "a", "--alasan", "b", "--tanggal", "2025-12-01"]
    done = CliRunner().invoke(main, [*words, "--data", str(folder), *more])
    assert done.exit_code == 0, done.output


def run(data: Path, *words: str) -> Result:
    out = str(data.parent / "dokumen")
    return CliRunner().invoke(main, [*words, "--data", str(data), "--out", out, "--date", str(DAY)])


def whole(data: Path) -> Catalogue:
    found, problems = read_catalogue(data)
    assert found is not None, problems
    return found


def words_of(pdf: bytes) -> str:
    with pdfplumber.open(io.BytesIO(pdf)) as file:
        return "\n".join(page.extract_text() for page in file.pages)


@pytest.mark.parametrize("kind", ["pdf", "docx"])
def test_asking_for_a_copy_tells_that_a_newer_version_is_open(data: Path, kind: str) -> None:
    done = run(data, kind, SLUG)
    assert done.exit_code == 0, done.output
    assert "dibuat dari versi 1" in done.output
    assert f"sop {kind} {SLUG} --rancangan" in done.output


def test_nothing_is_told_of_an_sop_without_another_version(data: Path) -> None:
    assert "Perhatian" not in run(data, "pdf", "pembentukan-kim").output


def test_the_sheet_is_of_the_open_version_and_no_copy(data: Path) -> None:
    assert run(data, "pdf", SLUG, "--rancangan").exit_code == 0
    sheet = (data.parent / "dokumen" / f"{SLUG}.naskah-versi-2.pdf").read_bytes()
    text = words_of(sheet)
    assert "Surat Baru" in text
    assert "naskah untuk ditandatangani, versi 2" in text
    assert "salinan" not in text.casefold()
    catalogue = whole(data)
    assert fingerprint(catalogue, catalogue.sop[SLUG])[:12] in text
    assert re.search(r"Tanggal Efektif :\s*$", text, re.M), "left blank, to be filled in by hand"


def test_the_word_sheet_says_the_same(data: Path) -> None:
    assert run(data, "docx", SLUG, "--rancangan").exit_code == 0
    made = (data.parent / "dokumen" / f"{SLUG}.naskah-versi-2.docx").read_bytes()
    with zipfile.ZipFile(io.BytesIO(made)) as package:
        parts = "".join(package.read(name).decode() for name in package.namelist() if name.endswith(".xml"))
    assert "naskah untuk ditandatangani, versi 2" in parts
    assert "salinan" not in parts.casefold()


def test_there_is_more_room_to_sign_than_on_a_copy(data: Path) -> None:
    rooms = []
    for more in ((), ("--rancangan",)):
        run(data, "pdf", SLUG, *more)
    for path in sorted((data.parent / "dokumen").glob("*.pdf")):
        with pdfplumber.open(path) as file:
            tops = {w["text"]: w["top"] for w in file.pages[0].extract_words()}
        rooms.append(tops["Nama"] - tops["Disahkan"])
    sheet, copy = rooms
    assert sheet - copy > 30


def test_what_is_attached_holds_no_notes_of_editors(data: Path) -> None:
    run(data, "pdf", SLUG, "--rancangan")
    with pikepdf.open(data.parent / "dokumen" / f"{SLUG}.naskah-versi-2.pdf") as file:
        attached = b"".join(one.get_file().read_bytes() for one in file.attachments.values())
    assert attached
    assert SECRET.encode() not in attached


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((SLUG,), "sudah berlaku sejak 1 Mei 2025"),
        ((SLUG, "--audience", "public"), "tidak memakai --audience"),
        (("tidak-ada",), "SOP 'tidak-ada' tidak ada"),
    ],
)
def test_what_cannot_be_signed_is_refused_in_words(data: Path, words: tuple[str, ...], said: str) -> None:
    path = data / "sop" / f"{SLUG}.yml"
    text = path.read_text(encoding="utf-8").replace('efektif: "-"', "efektif: 1 Mei 2025", 1)
    path.write_text(text, encoding="utf-8")
    done = run(data, "pdf", *words, "--rancangan")
    assert done.exit_code != 0
    assert said in done.output
    assert not (data.parent / "dokumen").exists()


def test_the_inside_site_has_the_sheet_and_the_public_none(data: Path) -> None:
    names = {}
    for audience in ("publik", "internal"):
        excerpts = Excerpts(whole(data).for_audience(audience, DAY))
        jobs = list(paper_jobs(excerpts, data, "x", DAY))
        names[audience] = [path for job in jobs for path in paths_of(job) if "naskah" in path]
        signing = [job for job in jobs if job.to_sign]
        pages = version_pages(excerpts.catalogue.sop[SLUG], excerpts.catalogue, DAY)
        offered = [page.path for page in pages if "naskah-versi" in page.html()]
        assert offered == ([f"sop/{SLUG}/versi/2/"] if audience == "internal" else [])
    place = f"sop/{SLUG}/versi/2/{SLUG}.naskah-versi-2"
    assert names == {"publik": [], "internal": [f"{place}.pdf", f"{place}.docx"]}
    (paper,) = set_papers([with_excerpt(job, excerpts) for job in signing])
    assert "naskah untuk ditandatangani" in words_of(paper.files[0][1])


def test_a_sheet_that_cannot_be_made_is_said_and_not_linked(data: Path) -> None:
    inside = whole(data).for_audience("internal", DAY)
    pages = {page.path: page.html() for page in version_pages(inside.sop[SLUG], inside, DAY, Offer.FAILED)}
    page = pages[f"sop/{SLUG}/versi/2/"]
    assert "belum dapat dibuat" in page
    assert "naskah-versi" not in page
