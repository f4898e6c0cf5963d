"""Work goes to processes of this machine or to a cluster, and comes to the same; what dies is replaced."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest

from generator.build.manifest import file_hashes
from generator.build.site import Sources, build_sites
from generator.data.catalogue import Audience
from generator.data.sources import read_catalogue
from generator.workers import FEW, ExecutorError, Workers, workers_at
from tests.bench.scale.data import write_folder
from tests.publish.sites import ROOT


def squares(numbers: Sequence[int]) -> list[int]:
    return [number**2 for number in numbers]


def fault(numbers: Sequence[int]) -> list[int]:
    raise ValueError(f"tidak bisa {len(numbers)}")


@pytest.mark.parametrize("count", [0, 1, FEW, FEW + 1, 200])
def test_every_job_is_done_once(count: int) -> None:
    workers = Workers()
    try:
        assert sorted(workers.each(squares, iter(range(count)))) == [n**2 for n in range(count)]
    finally:
        workers.close()


@pytest.mark.parametrize("count", [1, 60])
def test_what_a_job_raises_is_raised(count: int) -> None:
    workers = Workers()
    try:
        with pytest.raises(ValueError, match="tidak bisa"):
            list(workers.each(fault, range(count)))
    finally:
        workers.close()


def who(numbers: Sequence[int]) -> list[int]:
    return [os.getpid() for _ in numbers]


def test_processes_that_rest_are_gone_until_there_is_work_again() -> None:
    workers = Workers()
    try:
        before = set(workers.each(who, range(60)))
        workers.rest()
        assert not any(Path(f"/proc/{pid}").exists() for pid in before)
        after = set(workers.each(who, range(60)))
        assert os.getpid() not in before | after
        assert before.isdisjoint(after)
    finally:
        workers.close()


def nap(folders: Sequence[str]) -> list[int]:
    (Path(folders[0]) / str(os.getpid())).touch()
    time.sleep(60)
    return []


def test_processes_end_with_a_build_that_is_killed(tmp_path: Path) -> None:
    code = (
        "from generator.workers import Workers; from tests.publish.test_workers import nap; import sys;"
        "list(Workers().each(nap, sys.argv[1:] * 60))"
    )
    build = subprocess.Popen([sys.executable, "-c", code, str(tmp_path)], cwd=ROOT)
    try:
        wait_for(lambda: any(tmp_path.iterdir()))
        started = [int(path.name) for path in tmp_path.iterdir()]
    finally:
        build.kill()
        build.wait()
    wait_for(lambda: not any(Path(f"/proc/{pid}/cmdline").is_file() for pid in started))


def wait_for(held: Callable[[], bool], seconds: float = 20) -> None:
    end = time.monotonic() + seconds
    while not held():
        assert time.monotonic() < end
        time.sleep(0.05)


def test_no_more_jobs_are_taken_than_are_waited_for() -> None:
    taken = 0

    def jobs() -> Iterator[int]:
        nonlocal taken
        for number in range(10_000):
            taken += 1
            yield number

    workers = Workers()
    try:
        next(workers.each(squares, jobs()))
        assert taken < 500
    finally:
        workers.close()


@pytest.mark.parametrize("address", ["dask://", "http://contoh", "127.0.0.1:8786"])
def test_an_address_that_is_none_is_told(address: str) -> None:
    with pytest.raises(ExecutorError, match="dask://HOST:PORT"):
        workers_at(address)


def test_a_cluster_that_does_not_answer_is_told() -> None:
    with pytest.raises(ExecutorError, match="tidak menjawab"):
        workers_at("dask://127.0.0.1:9", timeout=1)


@contextmanager
def cluster(folder: Path, many: int = 2) -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    """A scheduler and so many workers, each a program of its own: the address, and all of them."""
    told = folder / "penjadwal.json"
    run = [sys.executable, "-m", "distributed.cli.dask_scheduler", "--port", "0", "--no-dashboard"]
    quiet = {"cwd": ROOT, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    scheduler = subprocess.Popen([*run, "--scheduler-file", str(told)], **quiet)  # type: ignore[call-overload]
    work = [sys.executable, "-m", "distributed.cli.dask_worker", "--scheduler-file", str(told)]
    work += ["--nworkers", "1", "--nthreads", "1", "--no-nanny", "--no-dashboard"]
    workers: list[subprocess.Popen[bytes]] = []
    try:
        address = ""
        for _ in range(300):
            if told.is_file() and (text := told.read_text(encoding="utf-8")) and '"address"' in text:
                address = text.split('"address": "tcp://')[1].split('"')[0]
                break
            time.sleep(0.1)
        assert address, "the scheduler did not start"
        for name in map(str, range(many)):
            own = ["--name", name, "--local-directory", str(folder / f"pekerja-{name}")]
            workers.append(subprocess.Popen([*work, *own], **quiet))  # type: ignore[call-overload]
        yield f"dask://{address}", [*workers, scheduler]
    finally:
        for process in (*workers, scheduler):
            process.kill()
            process.wait()


@pytest.mark.parametrize(("lost_at", "count"), [("halaman", 40), ("dokumen", 12)])
def test_a_cluster_that_loses_a_worker_makes_the_same_site(tmp_path: Path, lost_at: str, count: int) -> None:
    papers = lost_at == "dokumen"
    data = write_folder(tmp_path / "data", count)
    catalogue, _ = read_catalogue(data)
    assert catalogue is not None
    sources = Sources(data, ROOT / "docs", ROOT / "mkdocs.yml")
    killed = False
    with cluster(tmp_path) as (address, processes):
        workers = workers_at(address)
        try:
            for _ in range(300):
                if workers.width() == 2:
                    break
                time.sleep(0.1)
            assert workers.width() == 2

            def tell(what: str, done: int, _of: int) -> None:
                nonlocal killed
                if what == lost_at and done > 5 and not killed:
                    os.kill(processes[0].pid, signal.SIGKILL)
                    killed = True

            build_sites(
                catalogue,
                [Audience.PUBLIK],
                tmp_path / "klaster",
                sources,
                papers=papers,
                workers=workers,
                tell=tell,
            )
            assert killed
            assert processes[0].wait(10) == -signal.SIGKILL
        finally:
            workers.close()
    build_sites(catalogue, [Audience.PUBLIK], tmp_path / "sini", sources, papers=papers)
    assert file_hashes(tmp_path / "klaster" / "public") == file_hashes(tmp_path / "sini" / "public")


def slow(numbers: Sequence[int]) -> list[int]:
    time.sleep(0.3)
    return squares(numbers)


@pytest.mark.parametrize(
    ("lost", "said"), [(slice(0, 2), "tidak mempunyai pekerja lagi"), (slice(2, 3), "tidak menjawab lagi")]
)
def test_a_cluster_of_which_nothing_is_left_is_told_and_not_waited_for(
    tmp_path: Path, lost: slice, said: str
) -> None:
    with cluster(tmp_path) as (address, processes):
        workers = workers_at(address, patience=2)
        begun = time.monotonic()
        done = workers.each(slow, range(60), batch=1)
        try:
            next(done)
            for process in processes[lost]:
                process.kill()
            with pytest.raises(ExecutorError, match=said):
                list(done)
        finally:
            workers.close()
        assert time.monotonic() - begun < 60


def dies(numbers: Sequence[int]) -> list[int]:
    os.kill(os.getpid(), signal.SIGKILL)
    return []


def test_a_process_that_dies_of_its_work_is_told() -> None:
    workers = Workers()
    try:
        with pytest.raises(ExecutorError, match="berhenti sendiri"):
            list(workers.each(dies, range(60)))
    finally:
        workers.close()
