"""One built site for all tests of a run: the first worker builds it, the others wait for it."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path

import pytest

from generator.catalogue import Audience, Catalogue
from generator.publish.site import Sources, build_sites
from generator.reading import read_catalogue
from tests.publish.sites import ROOT, write_data


@dataclass(frozen=True)
class Site:
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


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Site:
    """The real SOPs and hostile ones, built for both audiences."""
    base = tmp_path_factory.getbasetemp()
    shared = (base if worker_id == "master" else base.parent) / "situs"
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
        write_data(made.data)
        build_sites(made.catalogue, list(Audience), made.out, made.sources)
    finally:
        done.touch()
    return made
