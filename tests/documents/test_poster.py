"""Posters and leaflets: every step in order on one page, in large letters, with the address as a QR code."""

from __future__ import annotations

import io
from pathlib import Path

import pdfplumber
import pikepdf
import pytest
from click.testing import CliRunner
from msgspec.structs import replace

from generator.cli import main
from generator.data.catalogue import Audience, Catalogue
from generator.data.sources import read_catalogue
from generator.documents.poster import make_poster
from tests.publish.sites import write_data

ROOT = Path(__file__).parents[2]
REAL = ("pelaksanaan-pembinaan", "pembentukan-kim", "surat-dan-jadwal")


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    found, _ = read_catalogue(write_data(tmp_path_factory.mktemp("poster") / "data"))
    assert found is not None
    return found


def made(catalogue: Catalogue, slug: str, large: bool) -> bytes:
    found, problems = make_poster(catalogue, slug, large, ROOT / "sop_data")
    assert found is not None, problems
    return found


@pytest.mark.parametrize("large", [True, False])
@pytest.mark.parametrize("slug", REAL)
def test_it_tells_every_step_in_order_on_one_page(whole: Catalogue, slug: str, large: bool) -> None:
    with pdfplumber.open(io.BytesIO(made(whole, slug, large))) as pdf:
        [page] = pdf.pages
        assert (round(page.width), round(page.height)) == ((842, 1191) if large else (595, 842))
        text = "".join((page.extract_text() or "").split())
        sizes = {char["size"] for char in page.chars}
    at = 0
    for alur in whole.sop[slug].alur:
        for step in alur.kegiatan:
            at = text.find("".join(step.uraian.split())[:25], at)
            assert at >= 0, step.uraian
    assert min(sizes) >= (13 if large else 8)
    assert max(sizes) >= (30 if large else 18)


def test_any_text_can_be_set_and_is_tagged(whole: Catalogue) -> None:
    for slug in whole.sop:
        with pikepdf.open(io.BytesIO(made(whole, slug, True))) as pdf:
            assert pdf.Root.MarkInfo.Marked
            assert str(pdf.Root.Lang).startswith("id")


def test_it_leads_to_its_page_where_that_is_known(whole: Catalogue) -> None:
    known = replace(whole, instansi=replace(whole.instansi, situs="https://sop.contoh.go.id"))
    public = known.for_audience(Audience.PUBLIK)
    with pikepdf.open(io.BytesIO(made(public, REAL[0], True))) as pdf:
        [page] = pdf.pages
        assert str(page.Annots[0].A.URI) == f"https://sop.contoh.go.id/sop/{REAL[0]}/"


def test_the_same_data_make_the_same_bytes(whole: Catalogue) -> None:
    assert made(whole, REAL[2], False) == made(whole, REAL[2], False)


def test_the_command_makes_both_and_nothing_hidden(tmp_path: Path) -> None:
    data = write_data(tmp_path / "data")
    for more, name in ((), "poster"), (("--selebaran",), "selebaran"):
        told = [*more, "--data", str(data), "--out", str(tmp_path / "dokumen")]
        assert CliRunner().invoke(main, ["poster", REAL[2], *told]).exit_code == 0
        assert (tmp_path / "dokumen" / f"{REAL[2]}.{name}.pdf").is_file()
        refused = CliRunner().invoke(main, ["poster", "rahasia", *told])
        assert refused.exit_code == 1
        assert "--audience internal" in refused.output
