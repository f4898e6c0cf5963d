"""One built site for all tests of a run: the first worker builds it, the others wait for it."""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from msgspec import Struct

from generator.build.site import Sources, build_sites
from generator.data.catalogue import Audience, Catalogue
from generator.data.sources import read_catalogue
from generator.formats.html import pagination
from generator.workers import Workers
from tests.publish.sites import ROOT, write_data


class Site(Struct, frozen=True):
    """``data`` and the two sites built from it."""

    data: Path
    out: Path

    @property
    def sources(self) -> Sources:
        return Sources(self.data, ROOT / "docs", ROOT / "mkdocs.yml")

    @property
    def catalogue(self) -> Catalogue:
        catalogue, _ = read_catalogue(self.data)
        assert catalogue is not None
        return catalogue

    def pages(self, audience: str) -> list[Path]:
        return sorted((self.out / audience).rglob("*.html"))


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    """What the public sees of our own data."""
    read, _ = read_catalogue(ROOT / "sop_data")
    assert read is not None
    return read.for_audience(Audience.PUBLIK)


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Site:
    """The real SOPs and hostile ones, built for both audiences."""

    def build(made: Site) -> None:
        write_data(made.data)
        build_sites(made.catalogue, list(Audience), made.out, made.sources)

    return _once(tmp_path_factory, worker_id, "situs", build)


SHORT = 13
"""Rows on one page of ``parted_site``: one more than are seen at a glance."""


@pytest.fixture(scope="session")
def parted_site(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Site:
    """The same without documents at an address of its own, with long lists in parts of few rows."""

    def build(made: Site) -> None:
        write_data(made.data)
        agency = made.data / "instansi.yml"
        text = agency.read_text(encoding="utf-8")
        agency.write_text(text.replace("situs:", "situs: https://contoh.go.id/sop/"), encoding="utf-8")
        workers = Workers(lambda: (ThreadPoolExecutor(1), 1))
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(pagination, "MAX_ROWS", SHORT)  # other processes would not know of it
            build_sites(made.catalogue, list(Audience), made.out, made.sources, papers=False, workers=workers)
        workers.close()

    return _once(tmp_path_factory, worker_id, "berbagian", build)


def _once(
    tmp_path_factory: pytest.TempPathFactory, worker_id: str, name: str, build: Callable[[Site], None]
) -> Site:
    base = tmp_path_factory.getbasetemp()
    shared = (base if worker_id == "master" else base.parent) / name
    made = Site(shared / "data", shared / "site")
    done = shared / "selesai"
    try:
        shared.mkdir()
    except FileExistsError:
        for _ in range(1200):
            if done.exists():
                return made
            time.sleep(0.1)
        pytest.fail("the worker that builds the site did not finish")
    try:
        build(made)
    finally:
        done.touch()
    return made
