"""``sop init --gabung`` and ``--instansi``: from one agency to many, nothing lost wherever it stops."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import chdir
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from generator.cli import main
from generator.data.sources import read_catalogue
from generator.data.writing import one_to_many as module
from generator.data.writing.files import write_whole
from generator.data.writing.one_to_many import NotMoved, one_to_many


def sop(folder: Path, *arguments: str) -> Result:
    with chdir(folder):
        return CliRunner().invoke(main, arguments)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """One agency with comments, an address, pages and settings of its own."""
    made = sop(tmp_path, "init", "kantor", "--nama", "Dinas Kesehatan Kabupaten Contoh")
    assert made.exit_code == 0, made.output
    place = tmp_path / "kantor"
    file = place / "sop_data" / "instansi.yml"
    address = "situs: https://sop.contoh.go.id/  # alamat umum"
    file.write_text("# pengantar\n" + re.sub(r"^situs:.*$", address, file.read_text(), flags=re.MULTILINE))
    (place / "docs").mkdir()
    (place / "docs" / "index.md").write_text("# Beranda\n")
    (place / "mkdocs.yml").write_text("extra: {}\n")
    return place


def files(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def expected(before: dict[str, bytes]) -> dict[str, bytes]:
    """The same files in their new place, to the byte but for the address; and the portal's own."""
    moved = {}
    for name, content in before.items():
        own = name.removeprefix("sop_data/") if name.startswith("sop_data/") else None
        if name.startswith("docs/") or name == "mkdocs.yml":
            own = name
        moved[name if own is None else f"sop_data/instansi/dinkes/{own}"] = content
    agency = "sop_data/instansi/dinkes/instansi.yml"
    moved[agency] = moved[agency].replace(b"https://sop.contoh.go.id/", b"https://sop.contoh.go.id/dinkes/")
    said = b"nama: SOP Pemerintah Kabupaten Contoh\nsitus: https://sop.contoh.go.id/\n"
    return moved | {"sop_data/portal.yml": said}


def test_one_agency_becomes_one_of_many_to_the_byte(folder: Path) -> None:
    before = files(folder)
    whole, _ = read_catalogue(folder / "sop_data")
    moved = sop(folder, "init", "--gabung", "dinkes")
    assert moved.exit_code == 0, moved.output
    assert files(folder) == expected(before)
    after, _ = read_catalogue(folder / "sop_data" / "instansi" / "dinkes")
    assert whole is not None
    assert after is not None
    assert (after.sop, after.unit, after.hukum) == (whole.sop, whole.unit, whole.hukum)
    assert "/dinkes/$1/$2" in moved.output, "what becomes of the old addresses is told"
    again = sop(folder, "init", "--gabung", "dinkes")
    assert "sudah memuat beberapa instansi" in again.output
    assert files(folder) == expected(before)
    added = sop(folder, "init", "--instansi", "disdik", "--nama", "Dinas Pendidikan Kabupaten Contoh")
    assert added.exit_code == 0, added.output
    assert {name: content for name, content in files(folder).items() if "/disdik/" not in name} == expected(
        before
    )
    assert sop(folder, "check").exit_code == 0


@pytest.mark.parametrize("stop", range(1, 7))
def test_wherever_it_stops_nothing_is_lost_and_it_goes_on(
    folder: Path, stop: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, left = files(folder), stop

    def until(do: Callable[..., object]) -> Callable[..., object]:
        def step(*arguments: object) -> object:
            nonlocal left
            left -= 1
            if not left:
                raise KeyboardInterrupt
            return do(*arguments)

        return step

    with monkeypatch.context() as patch:
        patch.setattr(Path, "rename", until(Path.rename))
        patch.setattr(module, "write_whole", until(write_whole))
        try:
            one_to_many(folder, "dinkes")
        except KeyboardInterrupt:
            assert set(before.values()) - {before["sop_data/instansi.yml"]} <= set(files(folder).values())
            one_to_many(folder, "dinkes")
    if left > 0:
        one_to_many_refuses(folder)
    assert files(folder) == expected(before)


def one_to_many_refuses(folder: Path) -> None:
    with pytest.raises(NotMoved):
        one_to_many(folder, "dinkes")


@pytest.mark.parametrize("id", ["", "../x", "Dinkes", "cari", "con", "a b", "1x"])
def test_an_id_that_is_no_folder_is_refused(folder: Path, id: str) -> None:
    before = files(folder)
    for option in ("--gabung", "--instansi"):
        told = sop(folder, "init", option, id, "--nama", "X")
        assert told.exit_code != 0
        assert "tidak dapat dipakai" in told.output
    assert files(folder) == before


def test_half_states_are_refused(folder: Path) -> None:
    (folder / "sop_data" / "docs").mkdir()
    assert "gabungkan dahulu" in sop(folder, "init", "--gabung", "dinkes").output
    (folder / "sop_data" / "docs").rmdir()
    (folder / ".sop-gabung" / "instansi" / "lain").mkdir(parents=True)
    assert "ada bersamaan" in sop(folder, "init", "--gabung", "dinkes").output
    (folder / ".sop-gabung" / "instansi" / "lain").rmdir()
    (folder / "sop_data" / "instansi.yml").rename(folder / "instansi.yml")
    assert "bukan folder data satu instansi" in sop(folder, "init", "--gabung", "dinkes").output
    told = sop(folder, "init", "--instansi", "disdik", "--nama", "X")
    assert "masih satu instansi" in told.output


def test_a_new_folder_may_begin_with_many(tmp_path: Path) -> None:
    made = sop(tmp_path, "init", "kab", "--instansi", "dinkes", "--nama", "Dinas Kesehatan Kabupaten Contoh")
    assert made.exit_code == 0, made.output
    place = tmp_path / "kab"
    assert (place / "README.md").is_file()
    portal = (place / "sop_data" / "portal.yml").read_text()
    assert portal == "nama: SOP Pemerintah Kabupaten Contoh\n", "as --gabung has it"
    assert sop(place, "check").exit_code == 0
    told = sop(place, "pdf", "contoh-surat-masuk")
    assert told.exit_code == 1
    assert "memuat beberapa instansi\n  saran: sebut satu: --data sop_data/instansi/dinkes" in told.output


def test_what_the_example_for_ci_runs_knows_several_agencies(tmp_path: Path) -> None:
    sop(tmp_path, "init", "kab", "--instansi", "dinkes", "--nama", "Dinas Kesehatan Kabupaten Contoh")
    place = tmp_path / "kab"
    readme = (place / "README.md").read_text()
    assert readme.startswith(
        "# SOP Pemerintah Kabupaten Contoh\n\nFolder ini memuat SOP Pemerintah Kabupaten "
    )
    assert "sop serve --data sop_data/instansi/dinkes`" in readme
    assert "`sop_data/instansi/dinkes/unit.yml`" in readme
    assert sop(place, "fmt", "--check").exit_code == 0
    assert sop(place, "fmt", "--check", "--instansi", "dinkes").exit_code == 0
    file = place / "sop_data" / "instansi" / "dinkes" / "unit.yml"
    (place / "sop_data" / "bersama").mkdir()
    (place / "sop_data" / "bersama" / "pelaksana.yml").write_text("kadis:   {nama:   Kepala Dinas}\n")
    file.write_text(file.read_text().replace(": ", ":   ", 1))
    told = sop(place, "fmt", "--check")
    assert told.exit_code == 1
    assert "instansi/dinkes/unit.yml" in told.output
    assert "bersama/pelaksana.yml" in told.output
