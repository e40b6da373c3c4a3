"""Numbers near the end of sixty-four bits neither overflow nor lose a unit."""

import pytest

from matching.language.conditions import Compare, CompareTwo, Growth, Operator, Share
from matching.language.quantities import OverMonths, Value
from tests.matching.engine.small_world import Firm, truths_of

BIG = 9 * 10**18
AROUND: dict[Operator, list[bool]] = {
    "at_least": [False, True, True],
    "at_most": [True, True, False],
    "more_than": [False, False, True],
    "less_than": [True, False, False],
}
"""What holds one unit below the limit, at it, and one unit above."""


@pytest.mark.parametrize("years", [1, 2, 3, 4, 5])
@pytest.mark.parametrize("limit_bp", [2_601, 10_000_000])
def test_huge_numbers_do_not_overflow_growth(years: int, limit_bp: int) -> None:
    condition = Growth(
        now=Value("revenue", "2025"), before=Value("revenue", "2020"),
        operator="at_least", limit_bp=limit_bp, years=years,
    )  # fmt: skip
    known = [
        Firm(facts={"revenue@2025": BIG, "revenue@2020": BIG}),
        Firm(facts={"revenue@2025": -BIG, "revenue@2020": 1}),
    ]

    assert truths_of(condition, known) == [False, False]
    assert truths_of(condition, [Firm(facts={"revenue@2025": BIG, "revenue@2020": 1})]) == [
        BIG * 10_000**years >= (10_000 + limit_bp) ** years
    ]


SUM = OverMonths(fact="power", first="2026-01", last="2026-03", take="sum")
MEAN = OverMonths(fact="power", first="2026-01", last="2026-03", take="mean")


def months(*last: int) -> list[Firm]:
    """Give one enterprise each of these as its third month, the other two being BIG."""
    begun = {"power@2026-01": BIG, "power@2026-02": BIG}
    return [Firm(facts={**begun, "power@2026-03": value}) for value in last]


@pytest.mark.parametrize(("operator", "expected"), AROUND.items())
def test_huge_months_do_not_overflow_their_sum(operator: Operator, expected: list[bool]) -> None:
    known = months(BIG - 1, BIG, BIG + 1)

    summed = Compare(quantity=SUM, operator=operator, limit=3 * BIG)
    assert truths_of(summed, known) == expected
    mean = Compare(quantity=MEAN, operator=operator, limit=BIG)
    assert truths_of(mean, known) == expected


@pytest.mark.parametrize(("operator", "expected"), AROUND.items())
def test_three_times_a_huge_mean_is_the_sum(operator: Operator, expected: list[bool]) -> None:
    known = months(BIG - 1, BIG, BIG + 1)

    share = Share(part=SUM, whole=MEAN, operator=operator, limit_bp=30_000)
    assert truths_of(share, known) == [expected[1]] * 3
    two = CompareTwo(quantity=SUM, operator=operator, other=MEAN)
    assert truths_of(two, known) == [expected[2]] * 3
