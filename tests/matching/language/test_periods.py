"""Periods and days are what they look like, and nothing else is one."""

from datetime import date

import pytest

from matching.language.periods import (
    day_of,
    kind_of_period,
    months_before,
    months_between,
    period_in_words,
    window_days,
    years_before,
)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("2025", "year"),
        ("2026-Q1", "quarter"),
        ("2026-12", "month"),
        ("2023-07-01..2024-06-30", "window"),
        ("2026-Q5", None),
        ("2026-13", None),
        ("1899", None),
        ("20２5", None),
        ("2025\n", None),
        ("2024-06-30..2023-07-01", None),
        ("2023-02-29..2024-06-30", None),
        ("2023-07-01", None),
        ("", None),
    ],
)
def test_a_period_has_one_kind(text: str, kind: str | None) -> None:
    assert kind_of_period(text) == kind


@pytest.mark.parametrize(
    "text",
    ["20260331", "2026-W13-2", "2026-3-31", "2026-02-30", "0001-01-01", "2026-03-31 ", "今天"],
)
def test_only_a_full_day_is_a_day(text: str) -> None:
    assert day_of(text) is None
    assert window_days(f"{text}..2026-12-31") is None


@pytest.mark.parametrize(
    ("day", "years", "expected"),
    [
        (date(2024, 2, 29), 1, date(2023, 2, 28)),
        (date(2024, 2, 29), 4, date(2020, 2, 29)),
        (date(2024, 3, 1), 1, date(2023, 3, 1)),
        (date(2025, 2, 28), 1, date(2024, 2, 28)),
    ],
)
def test_the_same_day_of_an_earlier_year(day: date, years: int, expected: date) -> None:
    assert years_before(day, years) == expected


def test_months_go_over_the_turn_of_the_year() -> None:
    assert months_between("2025-11", "2026-02") == ("2025-11", "2025-12", "2026-01", "2026-02")
    assert months_between("2026-02", "2026-01") == ()


def test_a_period_is_said_as_people_say_it() -> None:
    said = [period_in_words(text) for text in ("2025", "2026-Q3", "2026-03")]

    assert said == ["2025年", "2026年三季度", "2026年3月"]


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2026, 3, 31), 1, date(2026, 2, 28)),
        (date(2024, 3, 31), 1, date(2024, 2, 29)),
        (date(2026, 1, 15), 1, date(2025, 12, 15)),
        (date(2026, 12, 31), 12, date(2025, 12, 31)),
        (date(2026, 12, 31), 25, date(2024, 11, 30)),
    ],
)
def test_so_many_months_ago_is_the_same_day_or_the_last_of_its_month(
    day: date, months: int, expected: date
) -> None:
    assert months_before(day, months) == expected
