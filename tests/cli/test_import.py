"""``sop import`` of files with drawn flows: drafts, check pages, what is open, and ``--terima``."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from generator.cli import main
from generator.data.sources import read_catalogue
from tests.reading.forms import Form, form
from tests.reading.painted import pdf

ROOT = Path(__file__).parents[2]


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return Path(shutil.copytree(ROOT / "sop_data", tmp_path / "data"))


def run(*args: str | Path) -> Result:
    return CliRunner().invoke(main, [str(arg) for arg in args])


def clear() -> Form:
    """A start, a step and an end, all joined."""
    rows = [{"No": str(n), "Kegiatan": f"Menyusun naskah bagian {n}"} for n in (1, 2, 3)]
    made = form(["Kasi", "Juru Arsip"], rows)
    symbols = made.capsule(0, 0), made.box(1, 0), made.capsule(2, 0)
    made.down(symbols[0], symbols[1])
    made.down(symbols[1], symbols[2])
    return made


def broken_off() -> Form:
    """The same without the last arrow: the step leads nowhere, the end is come to from nowhere."""
    rows = [{"No": str(n), "Kegiatan": f"Menyusun naskah bagian {n}"} for n in (1, 2, 3)]
    made = form(["Kasi", "Juru Arsip"], rows)
    symbols = made.capsule(0, 0), made.box(1, 0), made.box(2, 1)
    made.down(symbols[0], symbols[1])
    return made


def save(made: Form, path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(pdf([(842, 595, str(made.pen))]))
    return path


def settle(data: Path, slug: str) -> None:
    """What a clerk does: unit and name are filled in, each mark is deleted."""
    path = data / "draf" / f"{slug}.yml"
    text = re.sub(r"(?m)^ *# periksa:.*\n", "", path.read_text(encoding="utf-8"))
    text = re.sub(r"(?m)^unit:.*$", "unit: dinas-komunikasi-dan-informatika", text)
    path.write_text(text, encoding="utf-8")


def test_a_folder_becomes_drafts_with_a_line_for_each_file(data: Path, tmp_path: Path) -> None:
    folder = tmp_path / "naskah"
    save(clear(), folder / "satu.pdf")
    save(broken_off(), folder / "bagian" / "dua.pdf")
    (folder / "rusak.pdf").write_bytes(b"%PDF-1.7\n")
    (folder / "foto.png").write_bytes(b"x")
    result = run("import", folder, "--data", data)
    assert result.exit_code == 0, result.output
    lines = [line for line in result.output.splitlines() if line.startswith("[")]
    assert [line.split("]")[0] for line in lines] == ["[1/3", "[2/3", "[3/3"]
    assert "rusak.pdf: ditolak: berkas ini bukan PDF yang benar" in result.output
    assert "3 berkas: 0 terbaca, 2 dengan keraguan, 1 ditolak." in result.output
    names = {path.name for path in (data / "draf").iterdir() if path.is_file()}
    assert names == {"satu.yml", "satu.periksa.html", "dua.yml", "dua.periksa.html"}
    assert read_catalogue(data)[0] is not None, "drafts do not disturb the data in force"


def test_where_nothing_is_read_nothing_is_written(data: Path, tmp_path: Path) -> None:
    (tmp_path / "rusak.pdf").write_bytes(b"%PDF-1.7\n")
    result = run("import", tmp_path / "rusak.pdf", "--data", data)
    assert result.exit_code == 1
    assert not (data / "draf").exists()


def test_doubts_stand_above_their_keys_and_on_the_page(data: Path, tmp_path: Path) -> None:
    run("import", save(broken_off(), tmp_path / "dua.pdf"), "--data", data)
    lines = (data / "draf" / "dua.yml").read_text(encoding="utf-8").splitlines()
    marks = [n for n, line in enumerate(lines) if line.lstrip().startswith("# periksa:")]
    below = {lines[n].split(": ", 1)[1].split(":")[0]: lines[n + 1].strip() for n in marks}
    assert below["kotak Kasi langkah 2"] == "pelaksana: kasi"
    assert below["kotak Juru Arsip langkah 3"] == "pelaksana: juru-arsip"
    page = (data / "draf" / "dua.periksa.html").read_text(encoding="utf-8")
    for n in marks:
        said = lines[n].split("# periksa: ", 1)[1].split(" (")[0]
        assert said.replace("'", "&#39;") in page
        assert f"Baris {n + 1} draf" in page


def test_a_dead_end_stays_one(data: Path, tmp_path: Path) -> None:
    run("import", save(broken_off(), tmp_path / "dua.pdf"), "--data", data)
    settle(data, "dua")
    assert run("import", "--terima", "dua", "--data", data).exit_code == 0
    catalogue, _ = read_catalogue(data)
    assert catalogue is not None
    (chart,) = catalogue.charts["dua"]
    names = {node.id: (node.row, node.lane) for node in chart.nodes}
    assert [(names[e.source], names[e.target]) for e in chart.edges] == [((0, 0), (1, 0))]


def test_an_open_draft_is_not_accepted(data: Path, tmp_path: Path) -> None:
    run("import", save(clear(), tmp_path / "satu.pdf"), "--data", data)
    lines = (data / "draf" / "satu.yml").read_text(encoding="utf-8").splitlines()
    result = run("import", "--terima", "satu", "--data", data)
    assert result.exit_code == 1
    for n, line in enumerate(lines, 1):
        if line.startswith("# periksa:"):
            assert f"satu.yml:{n}:1: belum diperiksa: " in result.output
    assert not (data / "sop" / "satu.yml").exists()


def test_an_accepted_draft_brings_the_actors_it_needs(data: Path, tmp_path: Path) -> None:
    run("import", save(clear(), tmp_path / "satu.pdf"), "--data", data)
    assert "juru-arsip:" in (data / "draf" / "daftar" / "pelaksana.yml").read_text(encoding="utf-8")
    settle(data, "satu")
    result = run("import", "--terima", "satu", "--data", data)
    assert result.exit_code == 0, result.output
    assert {path.name for path in (data / "draf").rglob("*") if path.is_file()} == set()
    catalogue, _ = read_catalogue(data)
    assert catalogue is not None
    sop = catalogue.sop["satu"]
    assert sop.klasifikasi is None
    assert sop.alur[0].pelaksana == ("kasi", "juru-arsip")
    assert catalogue.pelaksana["juru-arsip"].nama == "Juru Arsip"
    assert "periksa" not in (data / "sop" / "satu.yml").read_text(encoding="utf-8")


def test_an_sop_is_never_written_over(data: Path, tmp_path: Path) -> None:
    slug = "surat-dan-jadwal"
    run("import", save(clear(), tmp_path / f"{slug}.pdf"), "--data", data)
    settle(data, slug)
    old = (data / "sop" / f"{slug}.yml").read_bytes()
    result = run("import", "--terima", slug, "--data", data)
    assert result.exit_code == 1
    assert f"sop revise {slug}" in result.output
    assert (data / "sop" / f"{slug}.yml").read_bytes() == old


def test_a_draft_is_not_written_over_unasked(data: Path, tmp_path: Path) -> None:
    file = save(clear(), tmp_path / "satu.pdf")
    run("import", file, "--data", data)
    settle(data, "satu")
    old = (data / "draf" / "satu.yml").read_bytes()
    assert run("import", file, "--data", data).exit_code == 1
    assert (data / "draf" / "satu.yml").read_bytes() == old
    assert run("import", file, "--data", data, "--force").exit_code == 0
    assert (data / "draf" / "satu.yml").read_bytes() != old


def test_a_draft_that_is_read_again_has_the_same_doubts(data: Path, tmp_path: Path) -> None:
    """A law in doubt that waits for no other draft is not known for that; one that does is asked once."""
    for name in ("satu", "dua"):
        (tmp_path / f"{name}.csv").write_text(
            f"Nama SOP;:;{name};\nDasar Hukum;;Kualifikasi Pelaksana;\n1. Pedoman Kartu Terpadu;;Sarjana;\n"
            "No;Kegiatan;Kasi;Waktu\n1;Menerima berkas;v;5 menit\n2;Memeriksa berkas;v;10 menit\n"
        )
    for _ in range(2):
        assert run("import", tmp_path / "satu.csv", "--data", data, "--force").exit_code == 0
        first = (data / "draf" / "satu.yml").read_text(encoding="utf-8")
        assert "Pedoman Kartu Terpadu" in "".join(re.findall(r"# periksa: .*\n.*", first))
    run("import", tmp_path / "dua.csv", "--data", data)
    assert (data / "draf" / "dua.yml").read_text(encoding="utf-8").count("periksa:") < first.count("periksa:")
    assert "Pedoman Kartu Terpadu" in (data / "draf" / "daftar" / "hukum.yml").read_text(encoding="utf-8")


def test_two_files_of_one_name_are_two_drafts(data: Path, tmp_path: Path) -> None:
    for folder in ("a", "b"):
        save(clear(), tmp_path / folder / "satu.pdf")
    assert run("import", tmp_path / "a", tmp_path / "b", "--data", data).exit_code == 0
    assert {path.name for path in (data / "draf").glob("*.yml")} == {"satu.yml", "satu-2.yml"}
