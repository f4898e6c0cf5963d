"""``sop revise``, ``diff`` and ``review``: a revision in one step that loses nothing, and what it changed."""

from __future__ import annotations

import json
import shutil
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from icalendar import Calendar

from generator.cli import main
from generator.data.sources import read_catalogue
from generator.data.writing import files
from generator.model.problems import Severity

ROOT = Path(__file__).parents[2]
SLUG = "surat-dan-jadwal"
ARGS = ("--perubahan", "Waktu dipersingkat", "--alasan", "Hasil evaluasi: cepat", "--tanggal", "2026-01-02")


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return Path(shutil.copytree(ROOT / "sop_data", tmp_path / "data"))


def run(*args: str | Path, answers: str | None = None) -> Result:
    return CliRunner().invoke(main, [str(arg) for arg in args], input=answers)


def test_revise_keeps_the_version_in_force_byte_for_byte_and_opens_the_next(data: Path) -> None:
    path = data / "sop" / f"{SLUG}.yml"
    before = path.read_bytes() + b"\r\n# ulasan di akhir\r\n"
    path.write_bytes(before)
    result = run("revise", SLUG, "--data", data, *ARGS, "--efektif", "2026-02-01", "--nomor", "9")
    assert result.exit_code == 0, result.output
    assert (data / "versi" / SLUG / "1.yml").read_bytes() == before
    catalogue, _ = read_catalogue(data)
    assert catalogue is not None
    new, (old,) = catalogue.sop[SLUG], catalogue.versi[SLUG]
    assert (new.versi.nomor, new.versi.perubahan) == (2, "Waktu dipersingkat")
    assert (new.tanggal.revisi, new.tanggal.efektif, new.nomor) == ("2 Januari 2026", "1 Februari 2026", "9")
    assert new.alur == old.alur
    text = path.read_text(encoding="utf-8")
    assert all(f"# {words}" in text for words in ("Sumber: naskah", "ulasan di akhir"))
    assert run("fmt", "--data", data, "--check").exit_code == 0


def test_revise_asks_what_and_why(data: Path) -> None:
    result = run("revise", SLUG, "--data", data, answers="Kabid tidak memaraf\nPenyederhanaan\n")
    assert result.exit_code == 0, result.output
    catalogue, _ = read_catalogue(data)
    assert catalogue is not None
    assert catalogue.sop[SLUG].versi.alasan == "Penyederhanaan"
    assert catalogue.sop[SLUG].tanggal.efektif == "-"


def test_the_link_to_the_signed_copy_stays_with_the_version_that_was_signed(data: Path) -> None:
    path = data / "sop" / f"{SLUG}.yml"
    path.write_text(
        path.read_text(encoding="utf-8") + "dokumen_resmi: https://contoh.go.id/a.pdf\n", encoding="utf-8"
    )
    assert run("revise", SLUG, "--data", data, *ARGS).exit_code == 0
    catalogue, _ = read_catalogue(data)
    assert catalogue is not None
    assert catalogue.sop[SLUG].dokumen_resmi is None
    assert catalogue.versi[SLUG][0].dokumen_resmi == "https://contoh.go.id/a.pdf"


def test_a_revocation_stays_with_the_version_that_was_revoked(data: Path) -> None:
    path = data / "sop" / f"{SLUG}.yml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("dasar_hukum:", "pencabutan: {tanggal: 1 Mei 2025}\ndasar_hukum:", 1))
    for day in ("2025-04-30", "2025-05-01"):  # what will be revoked is not reviewed any more, either
        listed = json.loads(run("review", "--data", data, "--date", day, "--all", "--json").output)
        assert {row["sop"] for row in listed} == {"pelaksanaan-pembinaan", "pembentukan-kim"}
    assert run("revise", SLUG, "--data", data, *ARGS, "--efektif", "2026-02-01").exit_code == 0
    catalogue, _ = read_catalogue(data)
    assert catalogue is not None
    assert catalogue.sop[SLUG].pencabutan is None
    assert catalogue.versi[SLUG][0].pencabutan is not None


def test_a_revision_says_when_nothing_tells_it_from_the_version_in_force(data: Path) -> None:
    told = "situs menampilkan versi 2 sejak sekarang"
    assert told in run("revise", SLUG, "--data", data, *ARGS).output
    assert (
        told not in run("revise", "pembentukan-kim", "--data", data, *ARGS, "--efektif", "2026-02-01").output
    )


@pytest.mark.parametrize("fatal", [0, 1])
@pytest.mark.parametrize("moment", ["before", "after"])
def test_a_revision_killed_at_any_write_loses_nothing_and_can_be_done_again(
    data: Path, monkeypatch: pytest.MonkeyPatch, fatal: int, moment: str
) -> None:
    path = data / "sop" / f"{SLUG}.yml"
    before = path.read_bytes()
    count = 0

    def dying(target: Path, content: bytes) -> None:
        nonlocal count
        count += 1
        if count - 1 == fatal and moment == "before":
            raise KeyboardInterrupt
        files.write_whole(target, content)
        if count - 1 == fatal:
            raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(sys.modules["generator.cli.versions.revise"], "write_whole", dying)
        run("revise", SLUG, "--data", data, *ARGS)
    assert before in [p.read_bytes() for p in (path, *(data / "versi").rglob("*.yml"))]
    catalogue, problems = read_catalogue(data)
    assert catalogue is not None, problems
    if catalogue.sop[SLUG].versi.nomor == 1:
        assert catalogue.versi == {}
        assert run("revise", SLUG, "--data", data, *ARGS).exit_code == 0
    catalogue, _ = read_catalogue(data)
    assert catalogue is not None
    assert catalogue.sop[SLUG].versi.nomor == 2
    assert (data / "versi" / SLUG / "1.yml").read_bytes() == before


def test_revise_refuses_what_would_lose_a_kept_version(data: Path) -> None:
    home = data / "versi" / SLUG / "1.yml"
    home.parent.mkdir(parents=True)
    home.write_text("lain\n", encoding="utf-8")
    before = (data / "sop" / f"{SLUG}.yml").read_bytes()
    result = run("revise", SLUG, "--data", data, *ARGS)
    assert result.exit_code == 1
    assert "sudah tersimpan" in result.output
    assert home.read_text(encoding="utf-8") == "lain\n"
    assert (data / "sop" / f"{SLUG}.yml").read_bytes() == before


def test_revise_names_the_sop_that_was_meant(data: Path) -> None:
    result = run("revise", "surat-dan-jadwl", "--data", data, *ARGS)
    assert result.exit_code == 1
    assert f"maksud Anda '{SLUG}'?" in result.output


def change(data: Path, old: str, new: str) -> None:
    path = data / "sop" / f"{SLUG}.yml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_diff_tells_what_changed_for_people_and_machines(data: Path) -> None:
    run("revise", SLUG, "--data", data, *ARGS)
    change(data, "waktu: 30 menit", "waktu: 20 menit")
    result = run("diff", SLUG, "--data", data)
    assert result.exit_code == 0
    assert "Waktu: [-30-]{+20+} menit" in result.output
    assert "Waktu dipersingkat" in result.output
    found: dict[str, Any] = json.loads(run("diff", SLUG, "1", "2", "--data", data, "--json").output)
    (step,) = found["tabel"][0]["langkah"]
    assert (step["jenis"], step["baris_baru"]) == ("ubah", 1)
    assert [field["kunci"] for field in step["isian"]] == ["waktu"]
    backwards = json.loads(run("diff", SLUG, "2", "1", "--data", data, "--json").output)
    assert backwards["tabel"][0]["langkah"][0]["isian"][0]["baru"] == "30 menit"


def test_diff_without_versions_says_so(data: Path) -> None:
    assert "belum punya versi lain" in run("diff", SLUG, "--data", data).output
    result = run("diff", SLUG, "4", "--data", data)
    assert result.exit_code == 2
    assert "yang ada: 1" in result.output


def test_review_lists_what_is_due_in_order(data: Path) -> None:
    change(data, 'efektif: "-"', "efektif: 1 Maret 2025")
    rows = json.loads(run("review", "--data", data, "--date", "2026-02-01", "--json").output)
    assert [(row["sop"], row["keadaan"], row["tinjau_sebelum"]) for row in rows] == [
        ("pembentukan-kim", "terlambat", "2020-01-16"),
        (SLUG, "segera", "2026-03-01"),
        ("pelaksanaan-pembinaan", "tanpa tanggal", None),
    ]
    calm = json.loads(run("review", "--data", data, "--date", "2025-06-01", "--days", "30", "--json").output)
    assert SLUG not in [row["sop"] for row in calm]
    every = json.loads(run("review", "--data", data, "--date", "2025-06-01", "--all", "--json").output)
    assert SLUG in [row["sop"] for row in every]
    table = run("review", "--data", data, "--date", "2026-02-01")
    assert "28 hari lagi" in " ".join(table.output.split())
    assert all(row["sop"] in table.output for row in rows), "a slug is what one types next"


def test_the_interval_is_the_agency_s_setting(data: Path) -> None:
    agency = data / "instansi.yml"
    agency.write_text(agency.read_text(encoding="utf-8").replace("bulan: 12", "bulan: 24"), encoding="utf-8")
    rows = json.loads(run("review", "--data", data, "--date", "2026-02-01", "--json").output)
    assert rows[0]["tinjau_sebelum"] == "2021-01-16"


def test_the_calendar_holds_every_date_and_is_the_same_each_time(data: Path, tmp_path: Path) -> None:
    change(data, 'efektif: "-"', "efektif: 1 Maret 2025")
    for name in ("a.ics", "b.ics"):
        assert run("review", "--data", data, "--date", "2026-02-01", "--ics", tmp_path / name).exit_code == 0
    assert (tmp_path / "a.ics").read_bytes() == (tmp_path / "b.ics").read_bytes()
    events = Calendar.from_ical((tmp_path / "a.ics").read_bytes()).walk("VEVENT")
    assert [(str(e["uid"]).split("@")[0], e.decoded("dtstart")) for e in events] == [
        ("pembentukan-kim-tinjau", date(2020, 1, 16)),
        (f"{SLUG}-tinjau", date(2026, 3, 1)),
    ]


def test_commands_on_broken_data_print_problems(data: Path) -> None:
    (data / "sop" / f"{SLUG}.yml").write_text("nama: [\n", encoding="utf-8")
    for command in (("revise", SLUG, *ARGS), ("diff", SLUG), ("review",)):
        result = run(*command, "--data", data)
        assert result.exit_code == 1
        assert f"{SLUG}.yml:" in result.output
        assert Severity.ERROR.value in result.output


def test_a_second_revise_asks_before_it_opens_a_version_over_an_unchanged_one(data: Path) -> None:
    path = data / "sop" / f"{SLUG}.yml"
    run("revise", SLUG, "--data", data, *ARGS)
    opened = path.read_bytes()
    asked = run("revise", SLUG, "--data", data, *ARGS, answers="n\n")
    assert asked.exit_code == 1
    assert "Versi 2 sudah terbuka dan isinya belum berubah dari versi 1" in asked.output
    assert path.read_bytes() == opened
    assert not (data / "versi" / SLUG / "2.yml").exists()
    assert run("revise", SLUG, "--data", data, *ARGS, answers="y\n").exit_code == 0
    assert (data / "versi" / SLUG / "2.yml").read_bytes() == opened


def test_a_revision_is_taken_back_whole(data: Path) -> None:
    path = data / "sop" / f"{SLUG}.yml"
    before = path.read_bytes()
    run("revise", SLUG, "--data", data, *ARGS, "--efektif", "1 Februari 2099")
    result = run("revise", SLUG, "--data", data, "--batal")
    assert result.exit_code == 0, result.output
    assert path.read_bytes() == before
    assert not (data / "versi" / SLUG).exists()
    again = run("revise", SLUG, "--data", data, "--batal")
    assert again.exit_code == 1
    assert "tidak ada versi sebelum versi 1" in again.output


def test_what_was_written_in_a_version_taken_back_is_kept(data: Path) -> None:
    path = data / "sop" / f"{SLUG}.yml"
    before = path.read_bytes()
    run("revise", SLUG, "--data", data, *ARGS)
    change(data, "waktu: 30 menit", "waktu: 20 menit")
    edited = path.read_bytes()
    assert run("revise", SLUG, "--data", data, "--batal", answers="n\n").exit_code == 1
    assert path.read_bytes() == edited
    assert run("revise", SLUG, "--data", data, "--batal", answers="y\n").exit_code == 0
    assert path.read_bytes() == before
    assert (data / "draf" / f"{SLUG}-versi-2.yml").read_bytes() == edited


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("dokumen_resmi: https://contoh.go.id/a.pdf\n", "sudah ditandatangani"),
        ("", "sudah berlaku sejak 1 Februari 2020"),
    ],
)
def test_a_version_that_is_signed_or_in_force_is_not_taken_back(data: Path, text: str, said: str) -> None:
    path = data / "sop" / f"{SLUG}.yml"
    run("revise", SLUG, "--data", data, *ARGS, *(() if text else ("--efektif", "1 Februari 2020")))
    path.write_text(path.read_text(encoding="utf-8") + text, encoding="utf-8")
    kept = path.read_bytes()
    result = run("revise", SLUG, "--data", data, "--batal", answers="y\n")
    assert result.exit_code == 1
    assert said in result.output
    assert path.read_bytes() == kept
