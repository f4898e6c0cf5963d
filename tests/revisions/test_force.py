"""Which version was in force on a day."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from generator.data.revisions import in_force, periods
from generator.model.dates import date_text
from generator.model.sop import SOP, Tanggal, Versi


def versions(*starts: str | None) -> list[SOP]:
    return [
        SOP(slug="uji", nama="Uji", unit="u", versi=Versi(nomor=n), tanggal=Tanggal(efektif=start))
        for n, start in enumerate(starts, 1)
    ]


def number(found: object) -> int | None:
    return found.sop.versi.nomor if found else None  # type: ignore[attr-defined]


def test_a_version_is_in_force_until_the_day_before_the_next() -> None:
    three = versions("1 Januari 2020", "1 Mei 2022", "-")
    assert [(p.since, p.until) for p in periods(three)] == [
        (date(2020, 1, 1), date(2022, 4, 30)),
        (date(2022, 5, 1), None),
        (None, None),
    ]
    days = (date(2019, 12, 31), date(2020, 1, 1), date(2022, 4, 30), date(2022, 5, 1), date(2030, 1, 1))
    assert [number(in_force(three, day)) for day in days] == [None, 1, 1, 2, 2]


def test_a_version_without_a_date_is_never_said_to_be_in_force() -> None:
    assert in_force(versions("-", None, ""), date(2026, 1, 1)) is None
    assert number(in_force(versions(None, "1 Mei 2022"), date(2022, 5, 1))) == 2
    assert in_force(versions(None, "1 Mei 2022"), date(2022, 4, 30)) is None


@given(
    st.lists(st.dates(date(2000, 1, 1), date(2040, 1, 1)), min_size=1, max_size=5, unique=True),
    st.dates(date(2000, 1, 1), date(2040, 1, 1)),
)
def test_periods_in_order_cover_each_day_once(starts: list[date], day: date) -> None:
    starts.sort()
    chain = versions(*map(date_text, starts))
    holding = [
        p for p in periods(chain) if p.since and p.since <= day and (p.until is None or day <= p.until)
    ]
    assert holding == ([in_force(chain, day)] if day >= starts[0] else [])
    assert [p.until for p in periods(chain)] == [*(start - timedelta(days=1) for start in starts[1:]), None]
