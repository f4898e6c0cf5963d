"""What is wrong with one agency, or with the list of them, as a clerk meets it: told with place and cure,
nothing of others lost, nothing hidden published."""

from __future__ import annotations

import builtins
import io
import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import Result

from generator.data.audience import Audience
from generator.data.sources import read_catalogue
from generator.portal.agencies import read_portal
from generator.portal.head import overview
from generator.portal.standing import State
from tests.bench.site.kabupaten import write_kabupaten
from tests.portal.test_crossing import OTHER, SLUG, change, shown
from tests.portal.test_head import DAY
from tests.portal.test_portal_build import files, invoke


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return write_kabupaten(tmp_path / "data", 3, 2)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two agencies, one of them in a folder of its own that ``portal.yml`` names; built."""
    top = tmp_path_factory.mktemp("dua")
    data = write_kabupaten(top / "data", 2, 2)
    elsewhere(data)
    made = build(top)
    assert made.exit_code == 0, made.output
    return top


def elsewhere(data: Path) -> Path:
    """An agency in a repository of its own, with what it used to share."""
    own = data.parent / "repo" / "sop_data"
    own.parent.mkdir()
    (data / "instansi" / "disdik").rename(own)
    for name in ("hukum", "pelaksana"):
        shared = yaml.safe_load((data / "bersama" / f"{name}.yml").read_text())
        kept = yaml.safe_load((own / f"{name}.yml").read_text())
        (own / f"{name}.yml").write_text(yaml.safe_dump(shared | kept))
    (data / "portal.yml").write_text("nama: SOP Kabupaten\ninstansi:\n  disdik: ../repo/sop_data\n")
    return own


def build(top: Path, *more: str) -> Result:
    return invoke(top, "build", "--data", "data", "--out", "out", "--no-documents", "--no-fsync", *more)


def states(top: Path) -> dict[str, str]:
    rows = json.loads((top / "out" / "public" / "instansi.json").read_bytes())
    return {row["id"]: row["keadaan"] for row in rows}


@contextmanager
def shut(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A folder that may not be entered, whoever runs the tests."""

    def refusing(do: Callable[..., Any]) -> Callable[..., Any]:
        def refuse(path: Any, *more: Any, **others: Any) -> Any:
            if isinstance(path, str | os.PathLike):
                place = Path(os.path.abspath(os.fspath(path)))
                inside = folder in place.parents or (place == folder and do in (listed, scanned))
                if inside:
                    raise PermissionError(13, "Permission denied", os.fspath(path))
            return do(path, *more, **others)

        return refuse

    listed, scanned = os.listdir, os.scandir
    with monkeypatch.context() as patch:
        for place, name in ((os, "stat"), (os, "lstat"), (os, "listdir"), (os, "scandir")):
            patch.setattr(place, name, refusing(getattr(place, name)))
        for place in (io, builtins):
            patch.setattr(place, "open", refusing(open))
        yield


def test_a_shut_folder_stops_nobody_who_names_an_sop_in_it(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole, _ = read_catalogue(data / "instansi" / "dinkes", home=data)
    assert whole is not None
    assert OTHER in whole.lain
    with shut(data / "instansi" / "disdik", monkeypatch):
        portal, problems = read_portal(data)
        assert [one.id for one in portal.agencies] == ["dinkes", "dishub"]
        assert [problem.message for problem in problems] == [
            f"folder {(data / 'instansi' / 'disdik').as_posix()} tidak boleh dibaca"
        ]
        found, told = read_catalogue(data / "instansi" / "dinkes", home=data)
    assert found is not None, told
    assert OTHER not in found.lain
    [said, _] = [problem for problem in told if problem.rule == "sop_instansi_lain"]
    assert "data instansi 'disdik' tidak terbaca" in said.message
    assert "sop check --instansi disdik" in said.hint


def test_a_shut_folder_elsewhere_stops_nobody(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own = elsewhere(data)
    with shut(own.parent, monkeypatch):
        portal, [told] = read_portal(data)
    assert [one.id for one in portal.agencies] == ["dinkes", "dishub"]
    assert portal.closed == {"disdik"}
    assert "tidak boleh dibuka" in told.message


def test_who_cannot_be_read_stands_first_before_the_head(data: Path) -> None:
    for file in (data / "instansi" / "disdik").rglob("*"):
        if file.is_file():
            file.unlink()
    (data / "instansi" / "disdik" / "sop").rmdir()
    portal, _ = read_portal(data)
    found = overview(portal.agencies, data, DAY, None, portal.closed)
    assert (found.instansi[0].id, found.instansi[0].galat) == ("disdik", 1)
    table = invoke(data.parent, "health", "--data", "data", "--csv").output
    assert "disdik" in table.splitlines()[1]


@pytest.mark.parametrize("broken", ["nama: [", "", "versi: {nomor: satu}"])
def test_a_draft_stays_unknown_while_its_version_in_force_cannot_be_read(data: Path, broken: str) -> None:
    """Without the version that is in force the newest, an undated draft, would look as if it were."""
    folder = data / "instansi" / "disdik" / "versi" / SLUG
    folder.mkdir(parents=True)
    old = yaml.safe_load((data / "instansi" / "disdik" / "sop" / f"{SLUG}.yml").read_text())
    old |= {"nama": "Nama Lama", "tanggal": {"efektif": "1 Januari 2020"}}
    (folder / "1.yml").write_text(yaml.safe_dump(old))
    change(data, "disdik", nama="Kenari Draf", versi={"nomor": 2}, tanggal=None)
    whole, _ = read_catalogue(data / "instansi" / "dinkes", home=data)
    assert whole is not None
    assert whole.for_audience(Audience.PUBLIK).lain[OTHER].nama == "Nama Lama"
    (folder / "1.yml").write_text(broken)
    whole, _ = read_catalogue(data / "instansi" / "dinkes", home=data)
    assert whole is not None
    for audience in Audience:
        assert "enari" not in shown(whole.for_audience(audience))


def test_what_lies_one_folder_too_deep_is_told_with_where_it_is(data: Path) -> None:
    deep = data / "instansi" / "dishub" / "sop_data"
    (data / "instansi" / "dishub").rename(data / "x")
    deep.parent.mkdir()
    (data / "x").rename(deep)
    own = elsewhere(data)
    (data / "portal.yml").write_text("nama: SOP\ninstansi:\n  disdik: ../repo/\n")
    portal, problems = read_portal(data)
    assert [one.id for one in portal.agencies] == ["dinkes"]
    assert {problem.hint for problem in problems} == {
        f"pindahkan isi {deep.as_posix()}/ ke {deep.parent.as_posix()}/",
        "tulis disdik: ../repo/sop_data",
    }
    assert any(own.as_posix() in problem.message for problem in problems)


def test_paths_of_other_repositories_are_told_without_steps_back(data: Path) -> None:
    own = elsewhere(data)
    assert {one.id: one.data for one in read_portal(data)[0].agencies}["disdik"] == own


@pytest.mark.parametrize("told", ["nama: [", "instansi: disdik", "instasi: {disdik: x}", "situs: x"])
def test_a_list_that_cannot_be_read_changes_nothing(built: Path, told: str) -> None:
    """Agencies that it names would be gone, and all would have another portal."""
    before, file = files(built / "out"), built / "data" / "portal.yml"
    text = file.read_text()
    try:
        file.write_text(f"{text}{told}\n" if told.startswith(("instasi", "situs")) else f"{told}\n")
        made = build(built)
        assert made.exit_code == 1
        assert "portal.yml:" in made.output
        assert "Tidak satu pun situs diganti" in made.output
        assert files(built / "out") == before
        assert invoke(built, "health", "--data", "data").exit_code == 1
    finally:
        file.write_text(text)


@pytest.mark.parametrize("id", ["../internal/dinkes", "/etc", "Dinkes", "internal/../x"])
def test_a_name_that_would_leave_the_portal_shows_nothing_of_what_lies_there(built: Path, id: str) -> None:
    """A folder of an internal site has a list of SOPs too."""
    file = built / "data" / "portal.yml"
    text = file.read_text()
    try:
        file.write_text(f"{text}  {id}: ../tiada\n")
        made = build(built)
        assert made.exit_code == 1
        assert f"id instansi '{id}'" in made.output
        assert states(built) == {"dinkes": "terbit", "disdik": "terbit"}
        public = built / "out" / "public"
        assert id not in (public / "index.html").read_text()
        assert "penanganan-pengaduan-masyarakat-1" not in (public / "sop.json").read_text(), "it is internal"
    finally:
        file.write_text(text)


def test_checkouts_that_others_lack_are_no_fault_of_one(built: Path) -> None:
    (built / "repo").rename(built / "tidak-diambil")
    try:
        for command in ("check", "build"):
            more = ("--out", "out", "--no-documents") if command == "build" else ()
            one = invoke(built, command, "--data", "data", "--instansi", "dinkes", *more)
            assert one.exit_code == 0, one.output
            other = invoke(built, command, "--data", "data", "--instansi", "disdik", *more)
            assert other.exit_code == 1
            assert "git submodule update --init" in other.output
        assert states(built) == {"dinkes": "terbit", "disdik": State.TERTAHAN}
        told = build(built).output
        assert "disdik  GAGAL; halaman terakhir yang baik tetap tayang" in told
        assert "2 instansi, 1 gagal" in told
        fresh = build(built, "--out", "baru").output
        assert "disdik  GAGAL; belum ada halamannya" in fresh
    finally:
        (built / "tidak-diambil").rename(built / "repo")
        assert build(built).exit_code == 0


def test_one_agency_alone_has_no_others_to_choose_from(data: Path) -> None:
    alone = data.parent / "sendiri"
    elsewhere(data).rename(alone)
    for command in ("check", "build", "health"):
        told = invoke(data.parent, command, "--data", "sendiri", "--instansi", "disdik")
        assert told.exit_code == 1
        assert "jalankan tanpa --instansi" in told.output, told.output
