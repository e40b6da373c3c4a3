"""Each comparison at its limit and one smallest unit to either side; no rounding, no overflow."""

from datetime import date
from typing import Literal

import pytest

from matching.language.conditions import (
    Compare,
    CompareTwo,
    Dated,
    FirstOver,
    Growth,
    Operator,
    Share,
    YearsSince,
)
from matching.language.quantities import OverMonths, Take, Value
from tests.matching.engine.small_world import Cell, Firm, truths_of

BIG = 9 * 10**18
AROUND: dict[Operator, tuple[bool, bool, bool]] = {
    "at_least": (False, True, True),
    "at_most": (True, True, False),
    "more_than": (False, False, True),
    "less_than": (True, False, False),
}
"""What holds one unit below the limit, at it, and one unit above."""
each_operator = pytest.mark.parametrize(
    ("operator", "expected"),
    [pytest.param(key, list(held), id=key) for key, held in AROUND.items()],
)


def firms(column: str, *values: Cell | None, **other: Cell) -> list[Firm]:
    """Give one enterprise a value, None being unknown."""
    return [Firm(facts=other if value is None else {column: value, **other}) for value in values]


@each_operator
def test_money_is_compared_to_the_fen(operator: Operator, expected: list[bool]) -> None:
    condition = Compare(quantity=Value("revenue", "-1"), operator=operator, limit=2_000_000_000)
    known = firms("revenue@2025", 1_999_999_999, 2_000_000_000, 2_000_000_001, None)

    assert truths_of(condition, known) == [*expected, None]


@each_operator
def test_numbers_are_compared_to_the_unit(operator: Operator, expected: list[bool]) -> None:
    condition = Compare(quantity=Value("staff"), operator=operator, limit=0)

    assert truths_of(condition, firms("staff", -1, 0, 1, None)) == [*expected, None]


@each_operator
def test_a_share_fact_is_compared_to_the_basis_point(
    operator: Operator, expected: list[bool]
) -> None:
    condition = Compare(quantity=Value("layoff", "2025"), operator=operator, limit=550)

    assert truths_of(condition, firms("layoff@2025", 549, 550, 551, None)) == [*expected, None]


@each_operator
def test_a_share_of_exactly_three_percent_is_three_percent(
    operator: Operator, expected: list[bool]
) -> None:
    condition = Share(
        part=Value("profit", "2025"),
        whole=Value("revenue", "2025"),
        operator=operator,
        limit_bp=300,
    )
    # 3 % of 12 345 678 900 分 is 370 370 367 分.
    facts = {"revenue@2025": 12_345_678_900}
    known = [
        Firm(facts=facts | {"profit@2025": part})
        for part in (370_370_366, 370_370_367, 370_370_368)
    ]

    assert truths_of(condition, known) == expected


@pytest.mark.parametrize("operator", AROUND)
@pytest.mark.parametrize("base", [0, -1, -BIG])
def test_a_share_of_nothing_or_less_is_unknown(operator: Operator, base: int) -> None:
    revenue, profit = Value("revenue", "2025"), Value("profit", "2025")
    known = firms("revenue@2025", base, None, **{"profit@2025": 0})

    share = Share(part=profit, whole=revenue, operator=operator, limit_bp=0)
    assert truths_of(share, known) == [None, None]
    growth = Growth(now=profit, before=revenue, operator=operator, limit_bp=0)
    assert truths_of(growth, known) == [None, None]


def test_a_negative_part_is_a_negative_share() -> None:
    condition = Share(
        part=Value("profit", "2025"),
        whole=Value("revenue", "2025"),
        operator="less_than",
        limit_bp=0,
    )
    known = firms("profit@2025", -1, 0, **{"revenue@2025": 1})

    assert truths_of(condition, known) == [True, False]


@each_operator
def test_growth_is_compared_without_dividing(operator: Operator, expected: list[bool]) -> None:
    condition = Growth(
        now=Value("revenue", "-1"), before=Value("revenue", "-2"), operator=operator, limit_bp=1_000
    )
    known = firms("revenue@2025", 1_100_000_032, 1_100_000_033, 1_100_000_034,
                  **{"revenue@2024": 1_000_000_030})  # fmt: skip

    assert truths_of(condition, known) == expected


@each_operator
@pytest.mark.parametrize("years", [2, 3, 4, 5])
def test_compound_growth_is_compared_without_a_root(
    operator: Operator, expected: list[bool], years: int
) -> None:
    condition = Growth(
        now=Value("revenue", "2025"), before=Value("revenue", "2022"),
        operator=operator, limit_bp=2_600, years=years,
    )  # fmt: skip
    # From 50^n it grows by exactly 26 % a year to 63^n.
    known = firms("revenue@2025", 63**years - 1, 63**years, 63**years + 1,
                  **{"revenue@2022": 50**years})  # fmt: skip

    assert truths_of(condition, known) == expected


def test_a_fall_is_negative_growth() -> None:
    condition = Growth(
        now=Value("revenue", "2025"),
        before=Value("revenue", "2024"),
        operator="at_least",
        limit_bp=-500,
    )
    known = firms("revenue@2025", 94, 95, -1, **{"revenue@2024": 100})

    assert truths_of(condition, known) == [False, True, False]


@each_operator
def test_two_quantities_are_compared_with_each_other(
    operator: Operator, expected: list[bool]
) -> None:
    condition = CompareTwo(
        quantity=Value("revenue", "2025"), operator=operator, other=Value("revenue", "2024")
    )
    known = firms("revenue@2025", BIG - 1, BIG, BIG + 1, **{"revenue@2024": BIG})

    assert truths_of(condition, known) == expected


@each_operator
def test_a_mean_of_months_is_not_rounded(operator: Operator, expected: list[bool]) -> None:
    mean = OverMonths(fact="power", first="2026-01", last="2026-03", take="mean")
    condition = Compare(quantity=mean, operator=operator, limit=100)
    known = firms("power@2026-03", 99, 100, 101, **{"power@2026-01": 100, "power@2026-02": 100})

    assert truths_of(condition, known) == expected


@pytest.mark.parametrize(("take", "reached"), [("sum", 6), ("max", 3), ("min", 1), ("mean", 2)])
def test_months_are_taken_as_said(take: Take, reached: int) -> None:
    quantity = OverMonths(fact="power", first="2026-01", last="2026-03", take=take)
    known = [Firm(facts={"power@2026-01": 1, "power@2026-02": 3, "power@2026-03": 2})]

    def at_least(limit: int) -> list[bool | None]:
        return truths_of(Compare(quantity=quantity, operator="at_least", limit=limit), known)

    assert at_least(reached) == [True]
    assert at_least(reached + 1) == [False]


@pytest.mark.parametrize(
    ("operator", "expected"),
    [("at_least", [False, True, True]), ("more_than", [False, False, True])],
)
def test_a_limit_is_passed_for_the_first_time(
    operator: Literal["at_least", "more_than"], expected: list[bool]
) -> None:
    condition = FirstOver(
        fact="revenue",
        period="-1",
        since=2023,
        operator=operator,
        limit=100,
    )
    earlier = {"revenue@2023": 50, "revenue@2024": 99}

    assert truths_of(condition, firms("revenue@2025", 99, 100, 101, **earlier)) == expected


def test_a_limit_passed_before_is_not_passed_for_the_first_time() -> None:
    condition = FirstOver(fact="revenue", period="-1", since=2023, operator="at_least", limit=100)
    told = [
        {"revenue@2023": 100, "revenue@2024": 50, "revenue@2025": 100},
        {"revenue@2022": 100, "revenue@2023": 1, "revenue@2024": 1, "revenue@2025": 100},
        {"revenue@2024": 50, "revenue@2025": 100},
        {"revenue@2023": 100, "revenue@2025": 100},
    ]
    known = [Firm(facts={**facts, "registered_on": date(2020, 1, 1)}) for facts in told]

    assert truths_of(condition, known) == [False, True, None, False]


def test_years_before_it_was_registered_cannot_have_passed_a_limit() -> None:
    condition = FirstOver(fact="revenue", period="-1", since=2023, operator="at_least", limit=100)
    facts: dict[str, Cell] = {"revenue@2024": 1, "revenue@2025": 100}
    known = [
        Firm(facts=facts | {"registered_on": date(2024, 1, 1)}),
        Firm(facts=facts | {"registered_on": date(2023, 12, 31)}),
    ]

    assert truths_of(condition, known) == [True, None]


@pytest.mark.parametrize(
    ("operator", "expected"),
    [("on_or_before", [True, True, False, None]), ("on_or_after", [False, True, True, None])],
)
def test_the_named_day_itself_is_included(
    operator: Literal["on_or_before", "on_or_after"], expected: list[bool | None]
) -> None:
    condition = Dated(fact="registered_on", operator=operator, day=date(2024, 2, 29))
    days = (date(2024, 2, 28), date(2024, 2, 29), date(2024, 3, 1), None)

    assert truths_of(condition, firms("registered_on", *days)) == expected


@pytest.mark.parametrize(
    ("since", "on", "expected"),
    [
        pytest.param(date(2023, 6, 30), date(2026, 6, 30), True, id="on the anniversary"),
        pytest.param(date(2023, 7, 1), date(2026, 6, 30), False, id="a day before it"),
        pytest.param(
            date(2024, 2, 29), date(2027, 2, 28), False, id="from 29 Feb: not on the 28th"
        ),
        pytest.param(date(2024, 2, 29), date(2027, 3, 1), True, id="from 29 Feb: on 1 March"),
        pytest.param(date(2021, 2, 28), date(2024, 2, 28), True, id="from 28 Feb to the 28th"),
        pytest.param(date(2021, 3, 1), date(2024, 2, 29), False, id="from 1 March: not on 29 Feb"),
        pytest.param(date(2026, 6, 30), date(2026, 6, 30), False, id="founded today"),
    ],
)
def test_full_years_are_counted_to_the_day(since: date, on: date, *, expected: bool) -> None:
    condition = YearsSince(fact="registered_on", at_least=3)

    assert truths_of(condition, firms("registered_on", since, None), on=on) == [expected, None]
