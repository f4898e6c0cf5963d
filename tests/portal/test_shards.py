"""Agencies made several at a time: the bytes of each made alone, whatever happens on the way."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterable
from pathlib import Path

import pytest

from generator.build.order import BuildError
from generator.build.site import held_together
from generator.cli.publish import shards
from generator.cli.publish.once import Asked, Done
from generator.cli.publish.shards import Told, make_agencies
from generator.data.audience import AUDIENCES
from tests.bench.site.kabupaten import write_kabupaten
from tests.portal.test_portal_build import files
from tests.publish.test_workers import cluster, wait_for

AGENCIES, SOPS = 3, 1


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_kabupaten(tmp_path_factory.mktemp("pecahan") / "data", AGENCIES, SOPS)


@pytest.fixture(scope="module")
def together(data: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    place = tmp_path_factory.mktemp("bersama")
    done(build(data, place))
    return files(place / "situs")


def build(data: Path, place: Path, *more: str, stderr: int | None = None) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "generator", "build", "--data", str(data), "--out", "situs", *more]
    env = {**os.environ, "PYTHONPATH": os.getcwd(), "SOP_CACHE_RAHASIA": "rahasia"}
    options = ["--no-documents", "--no-fsync", "--date", "2026-11-29"]
    return subprocess.Popen(
        [*command, *options], cwd=place, env=env, text=True, stdout=subprocess.PIPE, stderr=stderr
    )


def done(run: subprocess.Popen[str]) -> str:
    said, _ = run.communicate()
    assert run.returncode == 0, said
    return said


def test_the_bytes_are_those_of_one_made_alone(data: Path, together: dict[str, str], tmp_path: Path) -> None:
    done(build(data, tmp_path, "--instansi", "disdik"))
    alone = {name: told for name, told in files(tmp_path / "situs").items() if "disdik" in name}
    assert alone == {name: told for name, told in together.items() if "disdik" in name}


def test_a_killed_build_leaves_nothing_that_the_next_does_not_mend(
    data: Path, together: dict[str, str], tmp_path: Path
) -> None:
    killed = build(data, tmp_path)
    deadline = time.monotonic() + 60
    while not list((tmp_path / "situs" / "public").glob("*/MANIFEST.json")) and time.monotonic() < deadline:
        time.sleep(0.02)
    killed.send_signal(signal.SIGKILL)
    killed.communicate()
    done(build(data, tmp_path))
    assert files(tmp_path / "situs") == together
    assert not list((tmp_path / "situs").glob(".sop-build-*"))


def test_machines_that_share_make_agencies_together_too(
    data: Path, together: dict[str, str], tmp_path: Path
) -> None:
    """The second makes no page, and all say so to the one that is asked."""
    told = []
    for name in ("satu", "dua"):
        (place := tmp_path / name).mkdir()
        told.append(done(build(data, place, "--cache", str(tmp_path / "bersama"), "--json")))
        assert files(place / "situs") == together
    rows = [[one["halaman_dibuat"] for one in json.loads(said)["instansi"]] for said in told]
    assert all(rows[0])
    assert rows[1] == [0] * AGENCIES


def test_agencies_go_to_a_cluster_together_too(data: Path, tmp_path: Path) -> None:
    """Documents as well; one of its two workers is killed on the way."""
    for name in ("sini", "klaster"):
        (tmp_path / name).mkdir()
    few = ("--documents", "--audience", "public")
    done(build(data, tmp_path / "sini", *few))
    with cluster(tmp_path) as (address, processes):
        run = build(data, tmp_path / "klaster", *few, "--executor", address)
        wait_for(lambda: any((tmp_path / "klaster" / "situs").glob(".sop-build-*/*/*/site")), 60)
        processes[0].kill()
        done(run)
    assert files(tmp_path / "klaster" / "situs") == files(tmp_path / "sini" / "situs")


def test_two_builds_do_not_make_the_same_sites(tmp_path: Path) -> None:
    audiences = list(AUDIENCES.values())
    with (
        held_together(tmp_path, audiences, ["a", "b"]),
        pytest.raises(BuildError, match="sedang diisi build lain"),
        held_together(tmp_path, audiences, ["b"]),
    ):
        pass


def asked(place: Path, names: Iterable[str]) -> list[Asked]:
    def one(name: str) -> Asked:
        there = place / name
        return Asked(
            there,
            there,
            there,
            place / "out",
            ("public",),
            None,
            False,
            False,
            False,
            None,
            there,
            True,
            name,
        )

    return [one(name) for name in names]


def _end(jobs: Iterable[tuple[int, Asked]]) -> list[tuple[int, Told]]:
    """A program that ends its process for one agency."""
    found = []
    for number, one in jobs:
        if one.place == "b":
            os._exit(9)
        found.append((number, Told(Done(), ((False, f"{one.place}\n"),))))
    return found


def test_one_that_ends_its_process_stops_no_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(shards, "make_shards", _end)
    found = list(make_agencies(asked(tmp_path, "abcde")))
    assert [done is not None for done in found] == [True, False, True, True, True]
    told = capsys.readouterr()
    assert told.out.split() == ["a", "c", "d", "e"]
    assert "yang lama tetap ada" in told.err


@pytest.mark.parametrize("names", [("disdik", "dinkes"), ()], ids=["here", "in other processes"])
def test_a_fault_in_what_all_share_is_told_once(data: Path, tmp_path: Path, names: tuple[str, ...]) -> None:
    """Nothing but JSON on the standard output, where a program asked for it."""
    copy = tmp_path / "data"
    shutil.copytree(data, copy)
    for folder in (copy / "instansi").iterdir():
        if names and folder.name not in names:
            shutil.rmtree(folder)
    register = copy / "bersama" / "hukum.yml"
    register.write_text(register.read_text() + "uu-rusak: {jenis: [}\n")
    own = copy / "instansi/disdik/unit.yml"
    own.write_text(own.read_text() + "rusak: {nama: [}\n")
    for more in ((), ("--json",)):
        run = build(copy, tmp_path, *more, stderr=subprocess.PIPE)
        said, wrong = run.communicate()
        assert run.returncode == 1
        told = wrong if more else said
        assert told.count("bersama/hukum.yml:") == 1
        assert told.count("disdik/unit.yml:") == 1
        assert wrong.count("Galat pada bersama/ sudah disebut di atas.") == (len(names) or AGENCIES) - 1
        if more:
            assert [row["jadi"] for row in json.loads(said)["instansi"]] == [False] * (len(names) or AGENCIES)
