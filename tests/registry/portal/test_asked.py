"""What an address may ask for."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from registry.portal.asked import (
    day_asked,
    end_of_day,
    enterprise_asked,
    page_asked,
    period_asked,
)
from registry.portal.errors import NothingHere, NotUnderstood


@pytest.mark.parametrize("text", [None, "", "  "])
def test_nothing_asked_is_nothing(text: str | None) -> None:
    assert day_asked("on", text) is None
    assert page_asked(text) == 1


def test_the_first_and_the_last_day_can_be_asked_for() -> None:
    assert day_asked("on", "2000-01-01") == date(2000, 1, 1)
    assert day_asked("on", "2099-12-31") == date(2099, 12, 31)


@pytest.mark.parametrize("text", ["1999-12-31", "2100-01-01", "2026-02-30", "9月", "0001-01-01"])
def test_any_other_day_is_refused_with_the_name_of_the_field(text: str) -> None:
    with pytest.raises(NotUnderstood, match="on"):
        day_asked("on", text)


def test_a_day_ends_in_the_time_of_the_city() -> None:
    end = end_of_day(date(2026, 9, 30), ZoneInfo("Asia/Shanghai"))

    assert end == datetime(2026, 9, 30, 15, 59, 59, 999999, tzinfo=UTC)


@pytest.mark.parametrize("text", ["0", "-1", "1.5", "二", "１", "9999999"])
def test_a_page_is_a_number_from_one_on(text: str) -> None:
    with pytest.raises(NotUnderstood):
        page_asked(text)


@pytest.mark.parametrize("text", ["2026-00", "2026-13", "26-01", "2026-1", "2026-01\n"])
def test_a_period_is_a_month(text: str) -> None:
    with pytest.raises(NothingHere):
        period_asked(text)


@pytest.mark.parametrize("number", [0, -1, 2**63])
def test_an_enterprise_has_a_number_the_database_can_hold(number: int) -> None:
    with pytest.raises(NothingHere):
        enterprise_asked(number)
