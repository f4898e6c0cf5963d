"""What is counted: as counting by hand on any catalogue, and as ``sop check`` says of the seed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from msgspec.structs import replace

from generator.data.catalogue import Audience, Catalogue
from generator.data.health import ISIAN, Health, SopHealth, Tally, assess
from generator.data.review import ReviewState, schedule
from generator.data.sources import read_catalogue
from generator.model.klasifikasi import Klasifikasi
from generator.model.registers import Pelaksana, Status
from generator.model.sop import SOP
from tests.health.catalogues import BLANKS, catalogues, internal

ROOT = Path(__file__).parents[2]
DAY = date(2026, 1, 15)


@pytest.fixture(scope="module")
def seed() -> Catalogue:
    found, problems = read_catalogue(ROOT / "sop_data")
    assert found is not None, problems
    return found.for_audience(Audience.INTERNAL)


def blank_by_hand(sop: SOP) -> Iterator[str]:
    """The boxes and columns that say nothing, written out one by one."""
    signer = sop.disahkan_oleh
    said = {
        "nomor": sop.nomor,
        "tanggal_pembuatan": sop.tanggal.pembuatan,
        "tanggal_efektif": sop.tanggal.efektif,
        "jabatan_pengesah": signer and signer.jabatan,
        "nama_pengesah": signer and signer.nama,
    }
    if sop.versi.nomor > 1:
        said["tanggal_revisi"] = sop.tanggal.revisi
    yield from (field for field, text in said.items() if text in BLANKS)
    lists = {
        "dasar_hukum": sop.dasar_hukum,
        "kualifikasi_pelaksana": sop.kualifikasi_pelaksana,
        "peralatan_perlengkapan": sop.peralatan_perlengkapan,
        "peringatan": sop.peringatan,
        "pencatatan_pendataan": sop.pencatatan_pendataan,
    }
    yield from (field for field, lines in lists.items() if not any(has_words(line) for line in lines))
    rows = [step for alur in sop.alur for step in alur.kegiatan]
    if any(not any(has_words(line) for line in step.kelengkapan) for step in rows):
        yield "kelengkapan"
    if any(step.waktu in BLANKS for step in rows):
        yield "waktu"
    if any(step.output in BLANKS for step in rows):
        yield "output"


def has_words(line: str) -> bool:
    return any(sign.isalpha() for sign in line)


def counted(health: Health) -> list[SopHealth]:
    return list(health.sops.values())


@settings(max_examples=150, deadline=None)
@given(catalogues())
def test_every_count_agrees_with_counting_by_hand(everything: Catalogue) -> None:
    catalogue = internal(everything)
    health = assess(catalogue, DAY)
    current = {slug: sop for slug, sop in catalogue.sop.items() if sop.pencabutan is None}
    assert set(health.sops) == set(current)
    blank = {slug: set(blank_by_hand(sop)) for slug, sop in current.items()}
    assert {one.sop.slug: {gap.field for gap in one.gaps} for one in counted(health)} == blank
    assert {found.field: set(found.missing) for found in health.fields} == {
        field: {slug for slug, found in blank.items() if field in found} for field in ISIAN
    }
    whole = {slug: 14 if sop.versi.nomor > 1 else 13 for slug, sop in current.items()}
    total = health.total
    assert (total.sops, total.counted) == (len(current), sum(whole.values()))
    assert total.filled == total.counted - sum(map(len, blank.values()))
    assert total.complete == sum(not found for found in blank.values())
    assert total.no_number == sum("nomor" in found for found in blank.values())
    assert total.readings == sum(len(sop.dugaan) for sop in current.values())
    for one in counted(health):
        for gap in one.gaps:
            rows = [one.sop.alur[at.alur].kegiatan[at.row] for at in gap.steps]
            assert all(getattr(row, gap.field) in (*BLANKS, row.kelengkapan) for row in rows)
            assert bool(rows) == (gap.field in ("kelengkapan", "waktu", "output"))


@settings(max_examples=100, deadline=None)
@given(catalogues())
def test_the_units_sum_up_to_the_total(everything: Catalogue) -> None:
    catalogue = internal(everything)
    health = assess(catalogue, DAY)
    for name in Tally.__struct_fields__:
        assert sum(getattr(unit.tally, name) for unit in health.units) == getattr(health.total, name)
    assert sorted(slug for unit in health.units for slug in unit.sops) == sorted(health.sops)
    assert all(health.sops[slug].sop.unit == unit.unit for unit in health.units for slug in unit.sops)
    shares = [unit.tally.share for unit in health.units]
    assert shares == sorted(shares)
    assert sum(len(found.missing) for found in health.fields) == health.total.counted - health.total.filled
    assert sum(found.counted for found in health.fields) == health.total.counted


@settings(max_examples=100, deadline=None)
@given(catalogues())
def test_reviews_stand_as_sop_review_says_and_are_not_judged_without_a_day(everything: Catalogue) -> None:
    catalogue = internal(everything)
    health = assess(catalogue, DAY)
    said = {one.sop.slug: one for one in schedule(catalogue, DAY, 60) if not one.sop.pencabutan}
    assert {one.sop.slug: (one.review, one.days, one.due) for one in counted(health)} == {
        slug: (one.state, one.days_left, one.due) for slug, one in said.items()
    }
    overdue = [one.sop.slug for one in schedule(catalogue, DAY, 60) if one.state is ReviewState.TERLAMBAT]
    assert [one.sop.slug for one in health.reviews(ReviewState.TERLAMBAT)] == overdue
    assert health.total.overdue == len(overdue)
    unjudged = assess(catalogue)
    assert (unjudged.total.overdue, unjudged.total.soon) == (None, None)
    assert all(one.review is None and one.days is None for one in counted(unjudged))
    assert unjudged.total.undated == health.total.undated == len(health.undated)


@settings(max_examples=100, deadline=None)
@given(catalogues())
def test_what_nothing_names_is_told_and_nothing_else(everything: Catalogue) -> None:
    catalogue = internal(everything)
    health = assess(catalogue, DAY)
    sops = catalogue.sop.values()
    named = {id for sop in sops for alur in sop.alur for id in alur.pelaksana}
    assert [one.id for one in health.unused_actors] == [id for id in catalogue.pelaksana if id not in named]
    cited = {id for sop in sops for id in sop.dasar_hukum}
    assert [one.id for one in health.unused_laws] == [id for id in catalogue.hukum if id not in cited]
    with_sops = {sop.unit for sop in sops}
    with_sops |= {"u0"} if "bawah" in with_sops else set()
    with_sops |= {"atas"} if with_sops else set()
    assert list(health.empty_units) == [id for id in catalogue.unit if id not in with_sops]
    current = {id for sop in sops if not sop.pencabutan for id in sop.dasar_hukum}
    for state, laws in health.laws.items():
        assert set(laws) == {id for id in current if catalogue.hukum[id].status is state}


@settings(max_examples=100, deadline=None)
@given(catalogues())
def test_an_excluded_sop_is_in_no_figure(everything: Catalogue) -> None:
    shown = {s: sop for s, sop in everything.sop.items() if sop.klasifikasi is not Klasifikasi.DIKECUALIKAN}
    health = assess(internal(everything), DAY)
    assert set(health.sops) <= set(shown)
    hidden = [sop for slug, sop in everything.sop.items() if slug not in shown]
    told = {one.id for one in (*health.unused_actors, *health.unused_laws)} | set(health.to_confirm)
    assert not told & (named(hidden) - named(shown.values()))


def named(sops: Iterable[SOP]) -> set[str]:
    return {id for sop in sops for ids in (sop.dasar_hukum, *(a.pelaksana for a in sop.alur)) for id in ids}


def test_the_seed_lacks_what_its_transcript_says(seed: Catalogue) -> None:
    health = assess(seed, date(2026, 11, 22))
    kim = {gap.field: [step.row + 1 for step in gap.steps] for gap in health.sops["pembentukan-kim"].gaps}
    assert kim == {
        "nomor": [],
        "tanggal_efektif": [],
        "nama_pengesah": [],
        "peringatan": [],
        "kelengkapan": [3, 4, 9, 10, 11, 12],
        "waktu": [6],
        "output": [5],
    }
    assert health.sops["pembentukan-kim"].due == date(2020, 1, 16)
    assert [one.sop.slug for one in health.undated] == ["pelaksanaan-pembinaan", "surat-dan-jadwal"]
    assert health.laws[Status.DIRAGUKAN] == ("permenkominfo-27-2011",)
    assert (health.total.overdue, health.total.readings) == (1, 2)


def test_gaps_stand_where_sop_check_found_them(seed: Catalogue) -> None:
    """What the check calls blank is blank here too, at the line it names."""
    health = assess(seed)
    rules = {"nomor_kosong": "nomor", "peringatan_kosong": "peringatan", "waktu_kosong": "waktu"}
    said = {
        (Path(p.position.file).stem, rules[p.rule], p.position.line) for p in seed.problems if p.rule in rules
    }
    ours = {
        (one.sop.slug, gap.field, gap.line)
        for one in counted(health)
        for gap in one.gaps
        if gap.field in rules.values()
    }
    assert ours == said
    lines = (ROOT / "sop_data/sop/pembentukan-kim.yml").read_text(encoding="utf-8").splitlines()
    (reading,) = health.sops["pembentukan-kim"].reading_lines
    assert "hal: pelaksana dan alur" in lines[reading - 1]


def test_an_sop_whose_newer_version_is_a_draft_is_named_by_its_own_file(seed: Catalogue) -> None:
    sop = seed.sop["surat-dan-jadwal"]
    draft = replace(sop, versi=replace(sop.versi, nomor=2))
    files = {
        number: assess(replaced(seed, current, other)).sops[sop.slug].file
        for number, current, other in ((1, sop, draft), (2, draft, sop))
    }
    assert files == {1: "versi/surat-dan-jadwal/1.yml", 2: "sop/surat-dan-jadwal.yml"}


def test_an_entry_that_only_another_version_names_is_told_apart(seed: Catalogue) -> None:
    sop = seed.sop["surat-dan-jadwal"]
    alur = replace(sop.alur[0], pelaksana=(*sop.alur[0].pelaksana, "dulu"))
    other = replace(sop, alur=(alur,), versi=replace(sop.versi, nomor=0))
    actors = {id: Pelaksana(id=id, nama=id) for id in ("dulu", "tak-pernah")}
    old = replaced(seed, sop, other)
    health = assess(replace(old, pelaksana={**seed.pelaksana, **actors}))
    assert [(one.id, one.versions) for one in health.unused_actors] == [("dulu", True), ("tak-pernah", False)]


def replaced(catalogue: Catalogue, current: SOP, other: SOP) -> Catalogue:
    return replace(catalogue, sop={**catalogue.sop, current.slug: current}, versi={current.slug: (other,)})
