"""Caps over several awards, shared costs and pools: what is left for this one."""

from datetime import date

import pytest

from matching.language.amounts import (
    FirmCap,
    Fixed,
    Payer,
    Pool,
    ShareOf,
    Split,
    StackCap,
    Unstated,
)
from matching.language.quantities import OverMonths, Value
from tests.matching.engine.paid_out import given
from tests.matching.engine.small_world import DAY, Award, Cell

CAPITAL, REVENUE = Value("capital"), Value("revenue", "2025")
BIG = 9 * 10**18
STACKED = StackCap(Fixed(500), cost=CAPITAL, besides=("P1", "P2"))
BOTH = ("P1", "P2")


@pytest.mark.parametrize(
    ("cost", "paid", "expected"),
    [
        pytest.param(1_000, (0, 0), (500, 500), id="room enough"),
        pytest.param(1_000, (200, 300), (500, 500), id="exactly the whole cost"),
        pytest.param(1_000, (200, 301), (499, 499), id="one 分 too much"),
        pytest.param(1_000, (900, 200), (0, 0), id="more had than it cost"),
        pytest.param(400, (0, 0), (400, 400), id="dearer than the cost"),
        pytest.param(0, (0, 0), (0, 0), id="no cost"),
        pytest.param(-5, (0, 0), (0, 0), id="a negative cost is none"),
    ],
)
def test_all_aid_together_stays_within_the_cost(
    cost: int, paid: tuple[int, int], expected: tuple[int, int]
) -> None:
    awards = [Award(family, cents) for family, cents in zip(BOTH, paid, strict=True)]

    assert given(STACKED, *awards, known=BOTH, capital=cost) == expected


@pytest.mark.parametrize(
    ("known", "facts", "expected"),
    [
        pytest.param(("P1",), {"capital": 400}, (0, 300), id="one ledger unknown"),
        pytest.param((), {"capital": 400}, (0, 400), id="both ledgers unknown"),
        pytest.param(BOTH, {}, (0, 500), id="cost unknown"),
    ],
)
def test_what_is_not_known_of_other_aid_leaves_a_range(
    known: tuple[str, ...], facts: dict[str, Cell], expected: tuple[int, int]
) -> None:
    assert given(STACKED, Award("P1", 100), known=known, **facts) == expected


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"capital": 1_000, "revenue__2025": 100}, (400, 400)),
        ({"capital": 1_000, "revenue__2025": 600}, (0, 0)),
        ({"capital": 1_000, "revenue__2025": -9}, (500, 500)),
        ({"capital": 1_000}, (0, 500)),
        ({"revenue__2025": 100}, (0, 700)),
    ],
)
def test_aid_of_other_levels_may_come_as_a_figure(
    facts: dict[str, Cell], expected: tuple[int, int]
) -> None:
    cap = StackCap(Fixed(700), cost=CAPITAL, share_bp=5_000, aid=REVENUE)

    assert given(cap, **facts) == expected


def test_the_room_left_is_rounded_down_once() -> None:
    mean = OverMonths(fact="power", first="2026-01", last="2026-03", take="mean")
    cap = StackCap(Fixed(100), cost=CAPITAL, share_bp=3_333, aid=mean)
    months: dict[str, Cell] = {f"power__2026_to_0{month}": 1 for month in (1, 2)}

    # 33.33 - 4/3 = 31.99…; rounding each side first would give 32 or 31.
    assert given(cap, capital=100, power__2026_to_03=2, **months) == (31, 31)
    # 33.33 - 1/3 = 32.99…
    few: dict[str, Cell] = {**months, "power__2026_to_02": 0}
    assert given(cap, capital=100, power__2026_to_03=0, **few) == (32, 32)


def test_a_cap_gives_an_end_to_what_has_none() -> None:
    cap = StackCap(Unstated("另定"), cost=CAPITAL, besides=("P1",))

    assert given(cap, Award("P1", 1), known=("P1",), capital=10) == (0, 9)
    assert given(cap, known=("P1",)) == (0, None)


YEARLY = FirmCap(Fixed(300), cents=500, families=("P1",), per="year")
THIS, LAST = DAY.replace(month=1, day=1), date(2025, 12, 31)


@pytest.mark.parametrize(
    ("awards", "expected"),
    [
        pytest.param((), (300, 300), id="nothing paid"),
        pytest.param((Award("P1", 200, THIS),), (300, 300), id="exactly up to the cap"),
        pytest.param((Award("P1", 201, THIS),), (299, 299), id="one 分 over"),
        pytest.param((Award("P1", 201, LAST),), (300, 300), id="paid last year"),
        pytest.param((Award("P1", 900, THIS),), (0, 0), id="used up"),
        pytest.param((Award("P2", 900, THIS),), (300, 300), id="another family"),
        pytest.param((Award("P1", 400),), (100, 300), id="paid on an unknown day"),
        pytest.param((Award("P1", 400, THIS), Award("P1", 50)), (50, 100), id="one of two known"),
        pytest.param((Award("P1", 400, THIS), Award("P1", -400)), (100, 300), id="perhaps repaid"),
        pytest.param((Award("P1", None, THIS),), (0, 300), id="of unknown size"),
        pytest.param((Award("P1", None, LAST),), (300, 300), id="of unknown size, last year"),
    ],
)
def test_a_firm_gets_no_more_than_the_cap_of_a_year(
    awards: tuple[Award, ...], expected: tuple[int, int]
) -> None:
    assert given(YEARLY, *awards, known=("P1",)) == expected


def test_a_ledger_nobody_sent_leaves_the_cap_of_a_year_open() -> None:
    assert given(YEARLY) == (0, 300)


def test_a_cap_for_life_counts_every_year_and_family() -> None:
    cap = FirmCap(Fixed(300), cents=500, families=BOTH, per="life")
    awards = (Award("P1", 100, LAST), Award("P2", 250))

    assert given(cap, *awards, known=BOTH) == (150, 150)
    assert given(cap, *awards, known=("P1",)) == (0, 300)


def test_who_bears_the_cost_does_not_change_the_sum() -> None:
    split = Split(Fixed(301), (Payer("省", 1), Payer("县", 1)))

    assert given(split) == (301, 301)


@pytest.mark.parametrize(
    ("pool", "expected"),
    [
        pytest.param(Pool(5_000, "pro_rata"), (0, 5_000), id="equal shares"),
        pytest.param(Pool(5_000, "first_come", Fixed(700)), (0, 700), id="a claim below the pool"),
        pytest.param(Pool(500, "first_come", Fixed(700)), (0, 500), id="a claim beyond the pool"),
        pytest.param(Pool(500, "pro_rata", Unstated("另定")), (0, 500), id="a claim without end"),
        pytest.param(Pool(500, "pro_rata", ShareOf(1, CAPITAL)), (0, 500), id="an unknown claim"),
    ],
)
def test_nothing_of_a_pool_is_certain(pool: Pool, expected: tuple[int, int]) -> None:
    assert given(pool) == expected


def test_huge_costs_and_payments_neither_overflow_nor_lose_a_unit() -> None:
    cap = StackCap(ShareOf(10_000, REVENUE), cost=CAPITAL, share_bp=100_000, besides=("P1", "P2"))
    awards = (Award("P1", BIG), Award("P2", BIG))

    assert given(cap, *awards, known=BOTH, capital=BIG, revenue__2025=BIG) == (BIG, BIG)
    full = StackCap(ShareOf(10_000, REVENUE), cost=CAPITAL, besides=("P1",))
    assert given(full, Award("P1", BIG - 1), known=("P1",), capital=BIG, revenue__2025=BIG) == (
        1,
        1,
    )
    twice = FirmCap(Fixed(10), cents=10**15, families=("P1",), per="year")
    assert given(twice, Award("P1", BIG, DAY), Award("P1", BIG, DAY), known=("P1",)) == (0, 0)
