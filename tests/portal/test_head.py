"""How the SOPs of all agencies stand, as their head is told: counted, ranked, on pages and on paper."""

from __future__ import annotations

import csv
import io
import json
from contextlib import chdir
from datetime import date
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result
from playwright.sync_api import Browser

from generator.cli import main
from generator.portal.agencies import read_portal
from generator.portal.head import Overview, overview
from tests.bench.site.kabupaten import write_kabupaten
from tests.publish.test_accessible import faults

DAY = date(2026, 11, 28)


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Four agencies; one of them cannot be read."""
    found = write_kabupaten(tmp_path_factory.mktemp("kab") / "data", 4, 4)
    (found / "instansi" / "dishub" / "unit.yml").write_text("dinas: [\n")
    file = found / "instansi" / "disdik" / "sop" / "peminjaman-ruang-rapat-4.yml"
    hidden = {"nama": "Kenari", "unit": "umum", "klasifikasi": "dikecualikan", "pelaksana": ["staf"]}
    file.write_text(yaml.safe_dump(hidden | {"kegiatan": [{"uraian": "x", "pelaksana": "staf"}]}))
    return found


@pytest.fixture(scope="module")
def found(data: Path) -> Overview:
    return overview(read_portal(data)[0].agencies, data, DAY, None)


def run(data: Path, *more: str) -> Result:
    with chdir(data.parent):
        return CliRunner().invoke(main, ["health", "--data", "data", "--date", DAY.isoformat(), *more])


def test_what_is_counted_is_what_the_data_say(data: Path, found: Overview) -> None:
    for one in found.instansi:
        if one.galat:
            assert one.id == "dishub"
            continue
        files = [yaml.safe_load(path.read_text()) for path in (data / "instansi" / one.id / "sop").iterdir()]
        files = [sop for sop in files if sop.get("klasifikasi") != "dikecualikan"]
        assert one.sop == len(files) == 4
        assert one.bernomor == sum(sop["nomor"] != "-" for sop in files)
        assert one.ditandatangani == sum("dokumen_resmi" in sop for sop in files)
        assert one.berlaku == sum("efektif" in sop["tanggal"] for sop in files)
        assert one.hukum_berakhir == sum("permenpan-35-2012" in sop["dasar_hukum"] for sop in files) == 1
        assert max(one.terlambat, one.hukum_berakhir, 4 - one.bernomor) <= one.kerja <= 4
    assert found.total.sop == 12


def test_the_broken_stand_first_then_those_with_most_to_do(found: Overview) -> None:
    assert found.instansi[0].tugas == ("betulkan 1 galat: sop check --instansi dishub",)
    work = [one.kerja for one in found.instansi[1:]]
    assert work == sorted(work, reverse=True)
    assert all(one.tugas for one in found.instansi if one.kerja)


def test_a_law_that_ended_names_every_sop_by_agency(found: Overview) -> None:
    [law] = found.hukum
    assert "Nomor 35 Tahun 2012" in law.nama
    assert "Berakhir 1 Maret 2026" in law.keterangan
    assert [one.instansi for one in law.sop] == ["dinkes", "disdik", "diskominfo"]


def test_pages_tables_and_paper_say_the_same(data: Path, found: Overview) -> None:
    told = run(data, "--out", "ringkas")
    assert told.exit_code == 0, told.output
    folder = data.parent / "ringkas"
    assert sorted(path.name for path in folder.iterdir()) == [
        *("hukum.csv", "hukum.html", "index.html", "instansi.csv", "rapat.pdf")
    ]
    rows = list(csv.DictReader(io.StringIO((folder / "instansi.csv").read_text("utf-8-sig"))))
    assert [row["id"] for row in rows] == [one.id for one in found.instansi]
    assert [int(row["terlambat"]) for row in rows] == [one.terlambat for one in found.instansi]
    assert run(data, "--csv").output.splitlines() == (folder / "instansi.csv").read_text("utf-8").splitlines()
    assert [one["id"] for one in json.loads(run(data, "--json").output)["instansi"]] == [
        row["id"] for row in rows
    ]
    laws = list(csv.DictReader(io.StringIO((folder / "hukum.csv").read_text("utf-8-sig"))))
    assert [(row["instansi"], row["id"]) for row in laws] == [
        (one.instansi, one.id) for one in found.hukum[0].sop
    ]
    pdf = (folder / "rapat.pdf").read_bytes()
    assert pdf.count(b"/Type /Page\n") + pdf.count(b"/Type/Page\n") <= 1
    assert all(b"Kenari" not in path.read_bytes() for path in folder.iterdir()), "dikecualikan is nobody's"


def test_one_agency_is_told_as_ever(data: Path) -> None:
    told = run(data, "--instansi", "dinkes")
    assert told.exit_code == 0, told.output
    assert "Kelengkapan tiap unit" in told.output
    assert run(data, "--instansi", "dinkess").exit_code == 1


@pytest.mark.browser
def test_the_pages_are_for_everyone(data: Path, browser: Browser) -> None:
    run(data, "--out", "layar")
    page = browser.new_context(viewport={"width": 1280, "height": 900}).new_page()
    for name in ("index.html", "hukum.html"):
        page.goto((data.parent / "layar" / name).as_uri())
        for width in (320, 390, 1280):
            page.set_viewport_size({"width": width, "height": 900})
            wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
            assert page.evaluate(wide) <= 0, (name, width)
        assert faults(page, 390, 1280) == [], name
    page.context.close()
