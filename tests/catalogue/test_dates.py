"""Dates as officials write them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.model.dates import add_months, date_text, is_blank_date, parse_date, parse_month

DAYS = st.dates(date(1900, 1, 1), date(2200, 12, 31))


@pytest.mark.parametrize(
    "text",
    [
        "16 Januari 2019",
        "16 JANUARI 2019",
        "16 Jan. 2019",
        "Rabu, 16 Januari 2019",
        "2019-01-16",
        "16/01/2019",
        "16-1-2019",
        "Rabu 16 Januari 2019",
        "Jum’at, 16 Januari 2019",
        "16-Jan-2019",
        "16 Jan 19",
        "16/01/19",
        "16 January 2019",
    ],
)
def test_a_date_is_read_in_every_form_in_use(text: str) -> None:
    assert parse_date(text) == date(2019, 1, 16)


@pytest.mark.parametrize(
    "text", ["-", "", None, "31 Februari 2019", "kemarin", "16 Januarie 2019", "0000-01-01", "2019"]
)
def test_what_is_no_date_is_none(text: str | None) -> None:
    assert parse_date(text) is None


def test_august_is_known_in_short() -> None:
    assert parse_date("1 Agst 2020") == date(2020, 8, 1)


@pytest.mark.parametrize("text", ["Januari 2014", "JANUARI  2014", "Jan. 2014", "jan-2014"])
def test_a_month_is_a_date_of_that_precision(text: str) -> None:
    assert parse_date(text) is None
    assert parse_month(text) == (2014, 1)
    assert parse_month("Langkah 2014") is None


def test_a_dash_is_no_date_and_no_mistake() -> None:
    assert [is_blank_date(text) for text in (None, "", "-", "–", "kemarin")] == [
        True,
        True,
        True,
        True,
        False,
    ]


@given(DAYS)
def test_what_is_said_is_read_again(day: date) -> None:
    assert parse_date(date_text(day)) == day == parse_date(day.isoformat())


@given(DAYS, st.integers(0, 240))
def test_months_later_is_the_same_day_or_the_last_of_its_month(day: date, months: int) -> None:
    later = add_months(day, months)
    assert (later.year - day.year) * 12 + later.month - day.month == months
    assert later.day == day.day or (
        later.day < day.day and (add_months(later.replace(day=1), 1) - later).days == 1
    )


@given(st.text(max_size=30))
def test_no_text_raises(text: str) -> None:
    parse_date(text)
