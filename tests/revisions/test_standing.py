"""Which version counts on a day, how each stands, and that audiences see no more of it than they may."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from generator.data.catalogue import Audience, Catalogue
from generator.data.revisions import VersionState, drafts, history, in_force, periods, standing
from generator.data.revisions.words import told
from generator.model.dates import date_text
from generator.model.klasifikasi import Klasifikasi
from generator.model.registers import Instansi
from generator.model.sop import SOP, Pencabutan, Tanggal, Versi

DAY = date(2026, 6, 1)
SLUG = "uji"
PUBLIC, INTERNAL, EXCLUDED = Klasifikasi.PUBLIK, Klasifikasi.INTERNAL, Klasifikasi.DIKECUALIKAN


def version(number: int, start: str | None, level: Klasifikasi | None = PUBLIC, revoked: str = "") -> SOP:
    return SOP(
        slug=SLUG,
        nama=f"Uji {number}",
        unit="u",
        klasifikasi=level,
        versi=Versi(nomor=number),
        tanggal=Tanggal(efektif=start),
        pencabutan=Pencabutan(tanggal=revoked) if revoked else None,
    )


def chain(*starts: str | None) -> list[SOP]:
    return [version(n, start) for n, start in enumerate(starts, 1)]


def catalogue(versions: Sequence[SOP]) -> Catalogue:
    agency = Instansi(nama="Dinas", singkatan="D", pemerintah="P")
    *others, newest = versions
    versi = {SLUG: tuple(others)} if others else {}
    return Catalogue(agency, {}, {}, {}, {SLUG: newest}, versi=versi)


def states(versions: Sequence[SOP], day: date | None = DAY) -> list[str]:
    return [one.state.value for one in history(versions, day)]


@pytest.mark.parametrize(
    ("starts", "number", "told"),
    [
        (("-",), 1, ["tanggal berlaku tidak disebut"]),
        (("-", "-"), 2, ["digantikan", "tanggal berlaku tidak disebut"]),
        (("1 Mei 2020", "-"), 1, ["berlaku", "rancangan revisi"]),
        (("1 Mei 2020", "segera"), 1, ["berlaku", "rancangan revisi"]),
        (("1 Mei 2020", "1 Mei 2030"), 1, ["berlaku", "akan berlaku"]),
        (("-", "1 Mei 2030"), 1, ["tanggal berlaku tidak disebut", "akan berlaku"]),
        (("1 Mei 2030",), 1, ["akan berlaku"]),
        (("1 Mei 2031", "1 Mei 2030"), 2, ["digantikan", "akan berlaku"]),
        (
            ("-", "1 Mei 2020", "-", "1 Mei 2022"),
            4,
            ["digantikan", "digantikan", "rancangan revisi", "berlaku"],
        ),
        (("1 Mei 2020", "1 Juni 2026"), 2, ["digantikan", "berlaku"]),
        (("1 Mei 2020", "2 Juni 2026"), 1, ["berlaku", "akan berlaku"]),
    ],
)
def test_the_version_in_force_counts_and_not_the_newest(
    starts: tuple[str, ...], number: int, told: list[str]
) -> None:
    versions = chain(*starts)
    assert standing(versions, DAY).versi.nomor == number
    assert states(versions) == told


def test_without_a_day_nothing_that_has_a_date_is_to_come() -> None:
    assert standing(chain("1 Mei 2020", "1 Mei 2090", "-"), None).versi.nomor == 2
    assert states(chain("1 Mei 2020", "1 Mei 2090", "-"), None) == [
        "digantikan",
        "berlaku",
        "rancangan revisi",
    ]
    assert standing(chain("-", None), None).versi.nomor == 2


def test_a_revocation_ends_the_days_of_a_version_and_a_later_one_takes_it_up_again() -> None:
    versions = [version(1, "1 Mei 2020", revoked="1 Januari 2024"), version(2, "1 Mei 2025")]
    assert [(p.since, p.until) for p in periods(versions)] == [
        (date(2020, 5, 1), date(2023, 12, 31)),
        (date(2025, 5, 1), None),
    ]
    assert in_force(versions, date(2024, 1, 1)) is None
    assert [in_force(versions, day) is not None for day in (date(2023, 12, 31), date(2025, 5, 1))] == [
        True
    ] * 2
    assert states(versions, date(2024, 6, 1)) == ["dicabut", "akan berlaku"]
    assert states(versions[:1], date(2023, 12, 31)) == ["berlaku"]
    assert states(versions[:1], date(2024, 1, 1)) == states(versions[:1], None) == ["dicabut"]


def test_an_end_is_sure_only_where_every_version_between_is_known() -> None:
    whole = chain("1 Mei 2020", "1 Mei 2021", "1 Mei 2022")
    assert [p.certain for p in periods(whole)] == [True, True, True]
    assert [p.certain for p in periods([whole[0], whole[2]])] == [False, True]  # 2 is not here
    assert [p.certain for p in periods(chain("-", "-", "1 Mei 2022"))] == [False, True, True]
    assert [p.certain for p in periods(chain("1 Mei 2020", "-", "1 Mei 2022"))] == [True, True, True]


def test_a_revocation_in_the_file_that_people_edit_counts_for_the_version_in_force() -> None:
    draft = version(2, "-", revoked="1 Januari 2026")
    (found,) = catalogue([version(1, "1 Mei 2020"), draft]).on(DAY).sop.values()
    assert found.versi.nomor == 1
    assert found.pencabutan == draft.pencabutan
    hidden = replace(draft, klasifikasi=INTERNAL)
    assert catalogue([version(1, "1 Mei 2020"), hidden]).on(DAY).sop[SLUG].pencabutan is None


def test_the_public_sees_no_draft_and_no_internal_version() -> None:
    versions = [
        version(1, "1 Mei 2019", INTERNAL),
        version(2, "1 Mei 2020"),
        version(3, "1 Mei 2021", EXCLUDED),
        version(4, "1 Mei 2022"),
        version(5, "1 Mei 2030"),
        version(6, "-"),
    ]

    def seen(audience: Audience) -> list[int]:
        part = catalogue(versions).for_audience(audience, DAY)
        assert part.sop[SLUG].versi.nomor == 4
        return [sop.versi.nomor for sop in part.versions(SLUG)]

    assert seen(Audience.PUBLIK) == [2, 4, 5]
    assert seen(Audience.INTERNAL) == [1, 2, 4, 5, 6]


def test_an_sop_is_as_open_as_the_version_that_counts() -> None:
    closing = [version(1, "1 Mei 2020"), version(2, "1 Mei 2026", INTERNAL)]
    assert SLUG in catalogue(closing).for_audience(Audience.PUBLIK, date(2026, 4, 30)).sop
    assert SLUG not in catalogue(closing).for_audience(Audience.PUBLIK, date(2026, 5, 1)).sop
    assert SLUG not in catalogue(closing).for_audience(Audience.PUBLIK).sop
    opening = [version(1, "1 Mei 2020", INTERNAL), version(2, "-")]
    assert SLUG not in catalogue(opening).for_audience(Audience.PUBLIK, DAY).sop


STARTS = st.lists(
    st.one_of(st.just("-"), st.dates(date(2020, 1, 1), date(2030, 1, 1)).map(date_text)),
    min_size=1,
    max_size=5,
)
LEVELS = st.lists(st.sampled_from([PUBLIC, INTERNAL, EXCLUDED, None]), min_size=5, max_size=5)
DAYS = st.one_of(st.none(), st.dates(date(2019, 1, 1), date(2031, 1, 1)))


@settings(deadline=None)
@given(STARTS, LEVELS, DAYS, st.sampled_from(Audience))
@example(
    ["-", "1 Januari 2020", "-"], [PUBLIC, EXCLUDED, PUBLIC, None, None], date(2019, 1, 1), Audience.INTERNAL
)
def test_what_counts_is_the_same_whatever_else_an_audience_may_not_read(
    starts: list[str], levels: list[Klasifikasi], day: date | None, audience: Audience
) -> None:
    versions = [version(n, start, levels[n - 1]) for n, start in enumerate(starts, 1)]
    chosen = standing(versions, day)
    whole = catalogue(versions)
    assert whole.on(day).on(day).sop == whole.on(day).sop == {SLUG: chosen}
    part = whole.for_audience(audience, day)
    if SLUG not in part.sop:
        assert chosen.klasifikasi is not PUBLIC or audience is Audience.INTERNAL
        return
    shown = part.versions(SLUG)
    assert part.sop[SLUG] == chosen == standing(shown, day)
    told = {one.nomor: one.state for one in history(shown, day)}
    assert (told[chosen.versi.nomor] in (VersionState.RANCANGAN, VersionState.DIGANTIKAN)) is False
    if audience is Audience.PUBLIK:
        assert {sop.klasifikasi for sop in shown} == {PUBLIC}
        assert not drafts(versions) & told.keys()
        assert VersionState.RANCANGAN not in told.values()
    if day and (holding := in_force(shown, day)):
        assert holding.sop == chosen
        assert told[chosen.versi.nomor] is VersionState.BERLAKU


@given(st.lists(st.sampled_from(["-", "0001-01-01", "0001-01-02", "9999-12-31"]), min_size=1, max_size=3))
def test_the_first_and_the_last_day_there_is_are_days(starts: list[str]) -> None:
    versions = [version(n, start, revoked="0001-01-01") for n, start in enumerate(starts, 1)]
    for day in (None, date.min, date.max):
        assert [bool(told(one)) for one in history(versions, day)] == [True] * len(starts)


@given(STARTS, st.dates(date(2019, 1, 1), date(2031, 1, 1)))
def test_no_two_versions_are_in_force_on_one_day(starts: list[str], day: date) -> None:
    versions = chain(*starts)
    held = [
        p for p in periods(versions) if p.since and p.since <= day and (p.until is None or day <= p.until)
    ]
    assert len(held) <= 1
    found = in_force(versions, day)
    assert held in ([], [found])
