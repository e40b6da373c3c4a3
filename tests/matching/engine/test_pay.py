"""What a met item gives, in whole 分, as the least and the most it can be."""

import pytest

from matching.language.amounts import (
    Fixed,
    Highest,
    LessPaid,
    NonCash,
    PerPoint,
    PerStep,
    PerUnit,
    Row,
    ShareOf,
    Total,
    Unstated,
)
from matching.language.conditions import Flag, Growth, Judgement
from matching.language.quantities import OverMonths, Value
from tests.matching.engine.paid_out import given
from tests.matching.engine.small_world import Award, Cell

BIG = 9 * 10**18
CAPITAL, REVENUE = Value("capital"), Value("revenue", "2025")
ANYBODY = Flag(fact="direct", expected=True)
GROWN = Growth(now=REVENUE, before=Value("revenue", "2024"), operator="at_least", limit_bp=0)
MONTHS = OverMonths(fact="power", first="2026-01", last="2026-03", take="mean")


@pytest.mark.parametrize(
    ("capital", "expected"),
    [(333, 99), (334, 100), (10, 3), (3, 0), (0, 0), (-1_000, 0), (1_000_000, 500)],
)
def test_a_share_is_rounded_down_and_capped(capital: int, expected: int) -> None:
    assert given(ShareOf(3_000, CAPITAL, 500), capital=capital) == (expected, expected)


def test_an_unknown_base_leaves_all_up_to_the_cap_possible() -> None:
    assert given(ShareOf(3_000, CAPITAL, 500)) == (0, 500)
    assert given(ShareOf(3_000, CAPITAL)) == (0, None)


def test_units_are_paid_each_and_a_mean_is_not_rounded_first() -> None:
    assert given(PerUnit(150, Value("staff")), staff=3) == (450, 450)
    months: dict[str, Cell] = {
        "power__2026_to_01": 1,
        "power__2026_to_02": 1,
        "power__2026_to_03": 2,
    }
    # 4/3 of a unit at 150 分 is 200 分, not 150.
    assert given(PerUnit(150, MONTHS), **months) == (200, 200)
    assert given(ShareOf(30_000, MONTHS), **months) == (4, 4)
    assert given(PerStep(7, MONTHS, 1, 1), **{**months, "power__2026_to_03": 5}) == (7, 7)


@pytest.mark.parametrize(
    ("now", "expected"),
    [(1_299, 290), (1_300, 300), (1_310, 300), (1_009, 0), (1_000, 0), (500, 0)],
)
def test_only_full_percentage_points_are_paid(now: int, expected: int) -> None:
    facts: dict[str, Cell] = {"revenue__2025": now, "revenue__2024": 1_000}

    assert given(PerPoint(10, GROWN, 300), **facts) == (expected, expected)


@pytest.mark.parametrize("base", [0, -1])
def test_growth_from_nothing_or_less_is_not_known(base: int) -> None:
    assert given(PerPoint(10, GROWN, 300), revenue__2025=5, revenue__2024=base) == (0, 300)


@pytest.mark.parametrize(
    ("capital", "expected"), [(99, 0), (100, 0), (149, 0), (150, 7), (199, 7), (200, 14), (-5, 0)]
)
def test_only_full_steps_beyond_are_paid(capital: int, expected: int) -> None:
    assert given(PerStep(7, CAPITAL, 100, 50), capital=capital) == (expected, expected)


ROWS = (Row(ANYBODY, Fixed(300)), Row(None, Fixed(100)))


@pytest.mark.parametrize(
    ("facts", "highest", "total"),
    [
        pytest.param({"direct": True}, (300, 300), (400, 400), id="both rows hold"),
        pytest.param({"direct": False}, (100, 100), (100, 100), id="one row holds"),
        pytest.param({}, (100, 300), (100, 400), id="one row may hold"),
    ],
)
def test_rows_count_where_their_condition_holds(
    facts: dict[str, Cell], highest: tuple[int, int], total: tuple[int, int]
) -> None:
    assert given(Highest(ROWS), **facts) == highest
    assert given(Total(ROWS), **facts) == total


def test_a_row_only_a_person_can_grant_is_possible_and_not_certain() -> None:
    assert given(Highest((Row(Judgement(text="突出贡献"), Fixed(300)), Row(None, Fixed(100))))) == (
        100,
        300,
    )


def test_one_open_end_leaves_the_whole_open_only_where_it_may_count() -> None:
    rows = (Row(ANYBODY, Unstated("比例另定")), Row(None, Fixed(100)))

    assert given(Highest(rows), direct=True) == (100, None)
    assert given(Highest(rows)) == (100, None)
    assert given(Highest(rows), direct=False) == (100, 100)
    assert given(Total(rows), direct=True) == (100, None)
    assert given(Total((Row(None, Unstated("另定", 50)), Row(None, Fixed(100))))) == (100, 150)


def test_what_is_not_money_gives_none() -> None:
    assert given(NonCash("优先")) == (0, 0)


@pytest.mark.parametrize(
    ("awards", "known", "expected"),
    [
        pytest.param((), True, (500, 500), id="nothing paid"),
        pytest.param((Award("P1", 200), Award("P1", 100)), True, (200, 200), id="part paid"),
        pytest.param((Award("P1", 900),), True, (0, 0), id="more paid than is due"),
        pytest.param((Award("P2", 900),), True, (500, 500), id="paid under another family"),
        pytest.param((Award("P1", None),), True, (0, 500), id="a payment of unknown size"),
        pytest.param((), False, (0, 500), id="a ledger nobody sent"),
        pytest.param((Award("P1", 200),), False, (0, 500), id="a ledger that may hold more"),
        pytest.param((Award("P1", -200),), True, (500, 500), id="paid back"),
    ],
)
def test_what_was_paid_before_is_taken_off(
    awards: tuple[Award, ...], expected: tuple[int, int], *, known: bool
) -> None:
    found = given(LessPaid("P1", Fixed(500)), *awards, known=("P1",) if known else ())

    assert found == expected


def test_a_sum_no_column_can_hold_has_no_end_instead_of_a_wrong_one() -> None:
    twice = Total((Row(None, ShareOf(10_000, CAPITAL)), Row(None, ShareOf(10_000, CAPITAL))))

    assert given(ShareOf(10_000, CAPITAL), capital=BIG) == (BIG, BIG)
    assert given(twice, capital=BIG) == (2**63 - 1, None)
    assert given(ShareOf(100_000, CAPITAL, 10**15), capital=BIG) == (10**15, 10**15)
