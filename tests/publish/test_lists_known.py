"""Lists are taken over together only where nothing that they show has changed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import msgspec
import pytest
from msgspec.structs import asdict, replace

from generator.data.catalogue import Audience, Catalogue
from generator.data.excerpt import UNLISTED, Excerpts
from generator.data.sources import read_catalogue
from generator.model.sop import SOP
from generator.site.changes import history_files
from generator.site.lists.history import all_news
from generator.site.pages import listings
from tests.publish.sites import write_data

DAY = date(2026, 1, 1)


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    catalogue, _ = read_catalogue(write_data(tmp_path_factory.mktemp("daftar") / "data"))
    assert catalogue is not None
    return catalogue


@pytest.mark.parametrize("audience", list(Audience))
def test_where_the_key_of_all_lists_is_the_same_so_is_all_that_they_show(
    whole: Catalogue, audience: Audience
) -> None:
    """Every single value of every SOP and of every version is changed by itself."""
    before, silent, loud = whole.for_audience(audience, DAY), set[str](), set[str]()
    key, shown = Excerpts(before).key_of_lists(), told(before)
    for field, changed in each_changed(whole):
        after = changed.for_audience(audience, DAY)
        if Excerpts(after).key_of_lists() != key:
            loud.add(field)
        else:
            assert told(after) == shown, field
            silent.add(field)
    assert UNLISTED.keys() <= silent
    assert {"nama", "nomor", "tanggal", "versi", "alur", "dasar_hukum"} <= loud
    assert loud.isdisjoint(UNLISTED)


def told(catalogue: Catalogue) -> list[object]:
    """All that lists show and the files beside them hold."""
    news = all_news(catalogue, DAY)
    pages = [(repr(one.page), one.view().digest()) for one in listings(news, catalogue, DAY)]
    return [*pages, *history_files(news, catalogue, DAY)]


def each_changed(whole: Catalogue) -> Iterator[tuple[str, Catalogue]]:
    """The catalogue with one value changed, and the name of the field of an SOP that it stands in; of values
    in one place of a list one."""
    seen = set[object]()
    for slug, sop in whole.sop.items():
        for field, changed in each_other(sop, seen):
            yield field, replace(whole, sop={**whole.sop, slug: changed})
    for slug, versions in whole.versi.items():
        for at, version in enumerate(versions):
            for field, changed in each_other(version, seen):
                others = (*versions[:at], changed, *versions[at + 1 :])
                yield field, replace(whole, versi={**whole.versi, slug: others})


def each_other(sop: SOP, seen: set[object]) -> Iterator[tuple[str, SOP]]:
    plain = msgspec.json.decode(msgspec.json.encode(asdict(sop)))
    for field, value in plain.items():
        for path, other in others(value):
            if field != "slug" and (field, path, sop.versi.nomor) not in seen:
                try:
                    yield field, msgspec.convert({**plain, field: other}, SOP)
                except msgspec.ValidationError:
                    continue
                seen.add((field, path, sop.versi.nomor))


def others(value: Any) -> Iterator[tuple[tuple[str, ...], Any]]:
    """A value with something in it changed, and where: names of keys, nothing for a place in a list."""
    match value:
        case bool():
            yield (), not value
        case int():
            yield (), value + 1
        case str():
            yield (), f"{value}x"
        case None:
            yield from (((), "x"), (("n",), 7), (("d",), "2019-01-02"))
        case dict():
            for key, one in value.items():
                yield from (((key, *path), {**value, key: other}) for path, other in others(one))
        case list():
            yield ("+",), [*value, *(value[:1] or ["x"])]
            for at, one in enumerate(value):
                yield ("-",), value[:at] + value[at + 1 :]
                yield from ((path, [*value[:at], other, *value[at + 1 :]]) for path, other in others(one))
