"""Working days of 2026 as the State Council's notice of 4 November 2025 has them, and years nobody knows."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.cases.errors import YearUnknown
from registry.cases.working_days import DeclaredYear, WorkingDays

DAYS = WorkingDays()
OFF = {
    *(date(2026, 1, day) for day in (1, 2, 3)),
    *(date(2026, 2, day) for day in range(15, 24)),
    *(date(2026, 4, day) for day in (4, 5, 6)),
    *(date(2026, 5, day) for day in range(1, 6)),
    *(date(2026, 6, day) for day in (19, 20, 21)),
    *(date(2026, 9, day) for day in (25, 26, 27)),
    *(date(2026, 10, day) for day in range(1, 8)),
}
WORKED = {
    date(2026, 1, 4), date(2026, 2, 14), date(2026, 2, 28), date(2026, 5, 9), date(2026, 9, 20),
    date(2026, 10, 10),
}  # fmt: skip
IN_2026 = st.dates(date(2026, 2, 1), date(2026, 10, 31))


def test_every_day_of_2026_is_as_the_notice_has_it() -> None:
    year = [date(2026, 1, 1) + timedelta(days=n) for n in range(365)]

    found = {day for day in year if DAYS.is_worked(day)}

    assert found == {d for d in year if d in WORKED or (d.weekday() < 5 and d not in OFF)}


@pytest.mark.parametrize(
    ("day", "count", "found"),
    [
        (date(2026, 9, 30), 1, date(2026, 10, 8)),
        (date(2026, 9, 30), 3, date(2026, 10, 10)),  # a Saturday that is worked
        (date(2026, 2, 13), 2, date(2026, 2, 24)),  # 14 February is worked, then nine days off
        (date(2026, 10, 8), -1, date(2026, 9, 30)),
        (date(2026, 10, 3), 0, date(2026, 10, 8)),
        (date(2026, 10, 8), 0, date(2026, 10, 8)),
        (date(2025, 12, 31), 1, date(2026, 1, 4)),
    ],
)
def test_the_holidays_are_stepped_over_and_the_days_worked_for_them_count(
    day: date, count: int, found: date
) -> None:
    assert DAYS.add(day, count) == found


@given(IN_2026, st.integers(1, 30))
def test_counting_and_adding_agree(day: date, count: int) -> None:
    end = DAYS.add(day, count)

    assert DAYS.between(day, end) == count
    assert DAYS.between(end, day) == -count
    assert DAYS.is_worked(end)


def test_a_year_nobody_has_told_is_an_error_and_never_a_date() -> None:
    year = DAYS.years[-1] + 1

    with pytest.raises(YearUnknown, match=rf"{year} 年.*chinesecalendar"):
        DAYS.add(date(year - 1, 12, 28), 9)
    with pytest.raises(YearUnknown):
        DAYS.is_worked(date(year, 6, 1))
    assert DAYS.known_until() == date(year - 1, 12, 31)


def test_a_year_may_be_declared_out_of_its_notice_before_the_library_has_it() -> None:
    year = DAYS.years[-1] + 1
    first = date(year, 1, 1)
    weekend = next(d for d in (first + timedelta(days=n) for n in range(7)) if d.weekday() == 6)
    told = DeclaredYear(notice="通知", off=frozenset({first}), working=frozenset({weekend}))

    days = WorkingDays({year: told})

    assert not days.is_worked(first)
    assert days.is_worked(weekend)
    assert days.known_until() == date(year, 12, 31)
    assert days.is_worked(date(2026, 10, 10))
    beyond = WorkingDays({year + 1: told})
    assert beyond.known_until() == date(year - 1, 12, 31)  # the year between is not known
