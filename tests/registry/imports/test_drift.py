"""The alarm: at which move it sounds, and where it says nothing."""

import polars as pl
import pytest

from registry.imports.drift import Limits, figures_drifted, limits, rows_drifted

LIMIT = Limits(factor=3, imports=12, least=2, rows_fall_bp=3333, sampled=100)
SCHEMA = {"enterprise_id": pl.Int64, "fact": pl.String, "period": pl.String, "number": pl.Int64}


def told(*numbers: int, period: str | None = "2025", first: int = 1) -> pl.DataFrame:
    rows = [(first + at, "annual_revenue", period, number) for at, number in enumerate(numbers)]
    return pl.DataFrame(rows, schema=SCHEMA, orient="row")


@pytest.mark.parametrize(
    ("now", "sounds"),
    [(299, False), (300, True), (34, False), (33, True), (-300, True), (0, False)],
)
def test_three_times_is_too_far_and_nothing_says_nothing(now: int, sounds: bool) -> None:  # noqa: FBT001
    assert bool(figures_drifted(told(now, now), told(100, 100), LIMIT)) is sounds


def test_the_sum_tells_what_the_middle_does_not() -> None:
    (found,) = figures_drifted(told(1, 1, 1000), told(1, 1, 1), LIMIT)

    assert (found.what, found.before, found.after) == ("sum", 3, 1002)


def test_only_enterprises_in_both_sheets_are_held_against_each_other() -> None:
    assert figures_drifted(told(1, 1, first=9), told(100, 100), LIMIT) == ()
    assert figures_drifted(told(900), told(100), LIMIT) == ()


def test_the_newest_earlier_period_of_the_same_kind_stands_in() -> None:
    old = pl.concat([told(100, 100, period="2023"), told(1, 1, period="2026-Q1")])
    (found,) = figures_drifted(told(900, 900), old, LIMIT)

    assert (found.period, found.period_before) == ("2025", "2023")
    assert figures_drifted(told(9, 9, period="2022"), old, LIMIT) == ()


def test_a_figure_without_period_is_held_against_itself() -> None:
    assert figures_drifted(told(900, 900, period=None), told(100, 100, period=None), LIMIT)


@pytest.mark.parametrize(("rows", "sounds"), [(67, False), (66, True), (300, False)])
def test_a_third_of_the_rows_is_too_much(rows: int, sounds: bool) -> None:  # noqa: FBT001
    assert bool(rows_drifted(rows, 100, LIMIT)) is sounds


def test_the_declared_limits_are_read() -> None:
    assert limits().factor >= 2
    assert 0 < limits().rows_fall_bp < 10_000
