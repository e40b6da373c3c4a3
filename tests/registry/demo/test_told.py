"""The cases made by hand stand exactly where they are said to stand."""

import polars as pl
import pytest

from registry.demo.city import FIRST_MONTH, SECOND_MONTH, City, make_city
from registry.demo.told import PEAK, WAN


@pytest.fixture(scope="module")
def city() -> City:
    """The shipped city."""
    return make_city()


def test_some_stand_exactly_at_the_limits_of_full_load(city: City) -> None:
    statistics = city.months[FIRST_MONTH].statistics
    assert statistics is not None
    first = sum(pl.col(f"power_use@2025-0{month}") for month in (1, 2, 3))
    later = sum(pl.col(f"power_use@2026-0{month}") for month in (1, 2, 3))
    peak = pl.max_horizontal(f"power_use@2025-{month:02d}" for month in range(1, 13))

    at_both = statistics.filter(first == later, later * 10 == peak * 24, peak == PEAK)

    assert at_both.height >= 1
    assert statistics.filter(later > first, later * 10 > peak * 24).height >= 5
    assert statistics.filter(
        pl.col("quarter_revenue@2026-Q1") * 10 == pl.col("quarter_revenue@2025-Q1") * 11
    ).height


@pytest.mark.parametrize("step", [50_000, 100_000, 500_000, 1_000_000])
def test_some_pass_each_step_of_revenue_for_the_first_time_in_2025(city: City, step: int) -> None:
    tax = city.months[FIRST_MONTH].tax
    before = pl.max_horizontal(f"annual_revenue@{year}" for year in range(2021, 2025))

    passing = tax.filter(before <= step * WAN, pl.col("annual_revenue@2025") > step * WAN)

    assert passing.height >= 1


def test_one_is_exactly_at_a_step_and_one_a_fen_above_it(city: City) -> None:
    revenues = city.months[FIRST_MONTH].tax["annual_revenue@2025"].to_list()

    assert 50_000 * WAN in revenues
    assert 50_000 * WAN + 1 in revenues


def test_layoffs_stand_exactly_at_both_limits(city: City) -> None:
    insurance = city.months[FIRST_MONTH].insurance
    assert insurance is not None
    rates = set(insurance.select("insured@2025", "layoff_rate@2025").iter_rows())

    assert {(200, 550), (200, 551), (30, 2000), (31, 2000), (30, 2001)} <= rates
    assert {11, 12} <= set(insurance["insured_months"])


def test_a_correction_takes_a_firm_below_a_step_and_another_above_it(city: City) -> None:
    first, second = city.months[FIRST_MONTH].tax, city.months[SECOND_MONTH].tax
    both = first.join(second, on="row", suffix="_later").select(
        before="annual_revenue@2025", after="annual_revenue@2025_later"
    )
    step = 50_000 * WAN

    assert both.filter(pl.col("before") > step, pl.col("after") <= step).height == 1
    assert both.filter(pl.col("before") <= step, pl.col("after") > step).height == 1


def test_one_paid_for_a_lower_smart_title_has_moved_up_since(city: City) -> None:
    first = city.months[FIRST_MONTH]
    assert first.awards is not None
    workshops, factories = (
        first.titles.filter(pl.col("list") == name) for name in ("smart_workshop", "smart_factory")
    )
    moved = workshops.join(factories, on="row", suffix="_later").filter(
        pl.col("from_on_later") > pl.col("from_on"), pl.col("from_on_later").dt.year() == 2026
    )

    paid = first.awards.filter(pl.col("family") == "P12").join(moved, on="row", how="semi")

    assert paid["amount_cents"].to_list().count(30 * WAN) >= 1


def test_drafts_of_xuchang_have_firms_that_meet_them(city: City) -> None:
    titles = city.months[FIRST_MONTH].titles.filter(pl.col("from_on").dt.year() == 2026)
    of_xuchang = titles.filter(pl.col("uscc").str.slice(2, 4) == "4110")

    assert {"champion_firm", "zero_carbon_factory", "innovation_centre"} <= set(of_xuchang["list"])
