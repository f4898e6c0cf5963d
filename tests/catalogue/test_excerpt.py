"""A page made from its excerpt is the page made from the whole catalogue."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.catalogue import Audience, Catalogue, read_catalogue
from generator.excerpt import Excerpts
from generator.publish.open_files import open_files
from generator.publish.pages import actor_page, law_page, sop_page, unit_page
from tests.bench.scale.data import write_folder, write_sop
from tests.publish.sites import write_data


def whole(data: Path, audience: Audience) -> Catalogue:
    catalogue, problems = read_catalogue(data)
    assert catalogue is not None, problems
    return catalogue.for_audience(audience)


@pytest.fixture(scope="module", params=["kenari", "buatan"])
def data(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("data") / "data"
    return write_data(target) if request.param == "kenari" else write_folder(target, 30)


@pytest.mark.parametrize("audience", list(Audience))
def test_a_page_of_an_excerpt_is_the_page_of_the_whole(data: Path, audience: Audience) -> None:
    catalogue = whole(data, audience)
    excerpts = Excerpts(catalogue)
    files = dict(open_files(catalogue))
    for slug in catalogue.sop:
        part = excerpts.of_sop(slug)
        assert sop_page(part.sop[slug], part, None) == sop_page(catalogue.sop[slug], catalogue, None)
        made = dict(open_files(part))
        assert {path: text for path, text in made.items() if f"/{slug}" in path} == {
            path: text for path, text in files.items() if f"/{slug}" in path
        }
    for id in catalogue.unit:
        assert unit_page(id, excerpts.of_unit(id), None) == unit_page(id, catalogue, None)
    for id in catalogue.pelaksana:
        assert actor_page(id, excerpts.of_actor(id)) == actor_page(id, catalogue)
    for id in catalogue.hukum:
        assert law_page(id, excerpts.of_law(id), None) == law_page(id, catalogue, None)


def test_the_digest_tells_what_a_page_shows_and_nothing_else(tmp_path: Path) -> None:
    """Another aim of an SOP is of no concern to its neighbours, another name is."""
    data = write_folder(tmp_path / "data", 30)
    before = Excerpts(whole(data, Audience.PUBLIK))
    digests = {slug: before.digest(before.of_sop(slug)) for slug in before.catalogue.sop}
    path = write_sop(data, 7, 30, note=" Baru.")
    after = Excerpts(whole(data, Audience.PUBLIK))
    changed = {slug for slug in digests if digests[slug] != after.digest(after.of_sop(slug))}
    assert changed == {path.stem}
    path.write_text(path.read_text(encoding="utf-8").replace("nama: ", "nama: Baru ", 1), encoding="utf-8")
    named = Excerpts(whole(data, Audience.PUBLIK))
    changed = {slug for slug in digests if digests[slug] != named.digest(named.of_sop(slug))}
    near = {
        slug for slug, sop in named.catalogue.sop.items() if any(r.sop == path.stem for r in sop.keterkaitan)
    }
    near |= {related.sop for related in named.catalogue.sop[path.stem].keterkaitan if related.sop}
    assert changed == {path.stem} | near
