"""A page made from its excerpt is the page made from the whole catalogue."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterable
from pathlib import Path
from random import Random

import pytest
from msgspec.structs import replace

from generator.data.catalogue import Audience, Catalogue
from generator.data.excerpt import Excerpts
from generator.data.sources import read_catalogue
from generator.formats.html import pagination
from generator.site import several
from generator.site.open_files import sop_files
from generator.site.pages import sop_page
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
    for slug in catalogue.sop:
        part = excerpts.of_sop(slug)
        assert sop_page(part.sop[slug], part, None) == sop_page(catalogue.sop[slug], catalogue, None)
        made = sop_files(part.sop[slug], part, None)
        assert made == sop_files(catalogue.sop[slug], catalogue, None)


Cut = Callable[[str, Iterable[str] | None], Catalogue]
Read = Callable[[str, Catalogue, several.Share | None], several.Subject]


@pytest.mark.parametrize("audience", list(Audience))
@pytest.mark.parametrize("rows", [1, 7, 500])
def test_a_page_about_several_and_each_part_of_it_is_that_of_the_whole(
    data: Path, audience: Audience, rows: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The part is made where nothing is known of the other parts, nor how long a list may be."""
    catalogue = whole(data, audience)
    excerpts = Excerpts(catalogue)
    known: tuple[tuple[Iterable[str], Cut, Read], ...] = (
        (catalogue.unit, excerpts.of_unit, lambda id, part, share: several.unit(id, part, None, share=share)),
        (catalogue.pelaksana, excerpts.of_actor, lambda id, part, _: several.actor(id, part)),
        (catalogue.hukum, excerpts.of_law, lambda id, part, share: several.law(id, part, None, share=share)),
    )
    for id, cut, read in ((id, cut, read) for ids, cut, read in known for id in ids):
        monkeypatch.setattr(pagination, "MAX_ROWS", rows)
        subject = read(id, catalogue, None)
        shares, pages = list(several.shares(subject, catalogue)), list(several.pages(subject, catalogue))
        part = cut(id, None)
        assert list(several.pages(read(id, part, None), part)) == pages
        monkeypatch.setattr(pagination, "MAX_ROWS", 500)
        for share, page in zip(shares, pages, strict=True):
            part = cut(id, share.slugs)
            assert several.shared_page(read(id, part, share), share, part) == page


@pytest.mark.parametrize("audience", list(Audience))
def test_another_process_has_the_same(data: Path, audience: Audience) -> None:
    excerpts = Excerpts(whole(data, audience))
    parts = [excerpts.of_sop(slug) for slug in excerpts.catalogue.sop]
    parts += [excerpts.of_actor(id) for id in excerpts.catalogue.pelaksana]
    for part in (*parts, excerpts.catalogue):
        there = pickle.loads(pickle.dumps(part))
        assert (there, repr(there)) == (part, repr(part))


def test_the_key_tells_what_a_page_shows_and_nothing_else(tmp_path: Path) -> None:
    """Another aim of an SOP is of no concern to its neighbours and to lists, another name is."""
    data = write_folder(tmp_path / "data", 30)
    before = Excerpts(whole(data, Audience.PUBLIK))
    keys = {slug: before.key_of_sop(slug) for slug in before.catalogue.sop}
    path = write_sop(data, 7, 30, note=" Baru.")
    after = Excerpts(whole(data, Audience.PUBLIK))
    changed = {name for name, (key, _) in everything(before).items() if key != everything(after)[name][0]}
    assert changed == {("sop", path.stem)}
    assert {slug for slug in keys if keys[slug] != after.key_of_sop(slug)} == {path.stem}
    path.write_text(path.read_text(encoding="utf-8").replace("nama: ", "nama: Baru ", 1), encoding="utf-8")
    named = Excerpts(whole(data, Audience.PUBLIK))
    near = {
        slug for slug, sop in named.catalogue.sop.items() if any(r.sop == path.stem for r in sop.keterkaitan)
    }
    near |= {related.sop for related in named.catalogue.sop[path.stem].keterkaitan if related.sop}
    assert {slug for slug in keys if keys[slug] != named.key_of_sop(slug)} == {path.stem} | near


@pytest.mark.parametrize("seed", range(12))
def test_an_excerpt_that_changes_has_another_key(tmp_path: Path, seed: int) -> None:
    data = write_folder(tmp_path / "data", 12)
    before = everything(Excerpts(whole(data, Audience.INTERNAL)))
    mutate(data, Random(seed))
    catalogue, _ = read_catalogue(data)
    if catalogue is None:
        return
    after = everything(Excerpts(catalogue.for_audience(Audience.INTERNAL)))
    for name in before.keys() & after.keys():
        if before[name][1] != after[name][1]:
            assert before[name][0] != after[name][0], name


def everything(excerpts: Excerpts) -> dict[tuple[str, str], tuple[bytes, str]]:
    """Key and content of every excerpt."""
    made: dict[tuple[str, str], tuple[bytes, str]] = {}
    whole = excerpts.catalogue
    for kind, ids, key, cut in (
        ("sop", whole.sop, excerpts.key_of_sop, excerpts.of_sop),
        ("unit", whole.unit, excerpts.key_of_unit, excerpts.of_unit),
        ("pelaksana", whole.pelaksana, excerpts.key_of_actor, excerpts.of_actor),
        ("hukum", whole.hukum, excerpts.key_of_law, excerpts.of_law),
    ):
        made |= {(kind, id): (key(id), repr(replace(cut(id), problems=()))) for id in ids}
    return made


def mutate(data: Path, rng: Random) -> None:
    """Change a word somewhere in a few files."""
    files = sorted(data.rglob("*.yml"))
    for path in rng.sample(files, 4):
        lines = path.read_text(encoding="utf-8").splitlines()
        for _ in range(3):
            at = rng.randrange(len(lines))
            lines[at] = rng.choice(
                (lines[at].replace("a", "e"), lines[at] + " Baru", lines[at].replace("unit-0", "unit-1"))
            )
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
