"""The digest of an SOP is the same whether it was read now or is remembered, and another for another SOP."""

from __future__ import annotations

import gc
from pathlib import Path

import msgspec
from msgspec.structs import replace

from generator.data.excerpt import UNLISTED
from generator.data.sources import read_catalogue
from generator.model import digests
from generator.model.digests import digest_of, digest_of_less, sop_from_json
from generator.model.named import actors_of, duties_of, named_sops
from tests.publish.sites import write_data


def test_a_remembered_sop_has_the_digest_of_one_that_is_read(tmp_path: Path) -> None:
    catalogue, _ = read_catalogue(write_data(tmp_path / "data"))
    assert catalogue is not None
    remembered = [sop_from_json(msgspec.json.encode(sop)) for sop in catalogue.sop.values()]
    fresh = [replace(sop) for sop in catalogue.sop.values()]
    assert list(map(digest_of, remembered)) == list(map(digest_of, fresh))
    assert len({digest_of(sop) for sop in fresh}) == len(fresh)
    edited = replace(remembered[0], tujuan="Lain")
    assert digest_of(edited) != digest_of(remembered[0])


def test_what_is_remembered_beside_an_sop_is_what_would_be_found(tmp_path: Path) -> None:
    data, memory = write_data(tmp_path / "data"), tmp_path / "data.sqlite"
    read_catalogue(data, memory)
    catalogue, _ = read_catalogue(data, memory)
    assert catalogue is not None
    sops = [*catalogue.sop.values(), *(one for many in catalogue.versi.values() for one in many)]
    assert any(digests._KNOWN[id(sop)][2] for sop in sops)
    for sop in sops:
        fresh = replace(sop)
        assert digest_of_less(sop, UNLISTED) == digest_of(replace(sop, **UNLISTED))
        for find in (named_sops, actors_of, duties_of):
            assert [*find(sop)] == [*find(fresh)]


def test_nothing_is_kept_of_an_sop_that_is_gone(tmp_path: Path) -> None:
    catalogue, _ = read_catalogue(write_data(tmp_path / "data"))
    assert catalogue is not None
    texts = [msgspec.json.encode(sop) for sop in catalogue.sop.values()]
    gc.collect()
    before = len(digests._KNOWN)
    held = [sop_from_json(text) for text in texts]
    assert len(digests._KNOWN) == before + len(held)
    del held
    gc.collect()
    assert len(digests._KNOWN) == before
