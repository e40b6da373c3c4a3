"""Tables, stages and parts: which row gives the sum, and what is possible where that is not known."""

from datetime import date

import pytest

from matching.language.amounts import (
    Amount,
    AsPaid,
    Fixed,
    Highest,
    LessPaid,
    PartOf,
    PerUnit,
    Row,
    ShareOf,
    Staged,
    Table,
    Total,
    Unstated,
)
from matching.language.conditions import Compare, Dated, Flag
from matching.language.quantities import Value
from tests.matching.engine.paid_out import given
from tests.matching.engine.small_world import Award, Cell

DIRECT = Flag(fact="direct", expected=True)
CAPITAL, STAFF = Value("capital"), Value("staff")
SMALL = Compare(quantity=STAFF, operator="less_than", limit=300)
RATES = Table((Row(SMALL, ShareOf(6_000, CAPITAL)), Row(None, ShareOf(3_000, CAPITAL))))
THREE = Table((Row(DIRECT, Fixed(50)), Row(SMALL, Fixed(20)), Row(None, Fixed(90))))


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        pytest.param({"direct": True, "staff": 1}, (50, 50), id="the first, though both hold"),
        pytest.param({"direct": False, "staff": 1}, (20, 20), id="the second"),
        pytest.param({"direct": False, "staff": 300}, (90, 90), id="neither, so the last"),
        pytest.param({"direct": True}, (50, 50), id="what comes after the first does not matter"),
        pytest.param({"staff": 1}, (20, 50), id="the first may hold; the last is out of reach"),
        pytest.param({"staff": 300}, (50, 90), id="the first or the last"),
        pytest.param({"direct": False}, (20, 90), id="the second or the last"),
        pytest.param({}, (20, 90), id="any"),
    ],
)
def test_the_first_row_that_holds_gives_the_sum(
    facts: dict[str, Cell], expected: tuple[int, int]
) -> None:
    assert given(THREE, **facts) == expected


def test_a_table_without_a_row_that_holds_gives_nothing() -> None:
    bare = Table((Row(DIRECT, Fixed(50)), Row(SMALL, Fixed(20))))

    assert given(bare, direct=False, staff=300) == (0, 0)
    assert given(bare, direct=False) == (0, 20)
    assert given(bare) == (0, 50)


def test_a_rate_by_size_is_a_range_where_the_size_is_not_known() -> None:
    assert given(RATES, staff=299, capital=1_000) == (600, 600)
    assert given(RATES, staff=300, capital=1_000) == (300, 300)
    assert given(RATES, capital=1_000) == (300, 600)
    assert given(RATES, staff=1) == (0, None)


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2024, 6, 30), (1_500, 1_500)),
        (date(2024, 7, 1), (1_200, 1_200)),
        (date(2025, 6, 30), (1_200, 1_200)),
        (date(2025, 7, 1), (0, 0)),
        (None, (0, 1_500)),
    ],
)
def test_a_band_of_days_decides_the_rate(day: date | None, expected: tuple[int, int]) -> None:
    def by(last: date) -> Dated:
        return Dated(fact="registered_on", operator="on_or_before", day=last)

    bands = Table(
        (
            Row(by(date(2024, 6, 30)), PerUnit(150, STAFF)),
            Row(by(date(2025, 6, 30)), PerUnit(120, STAFF)),
        )
    )
    facts: dict[str, Cell] = {"staff": 10} if day is None else {"staff": 10, "registered_on": day}

    assert given(bands, **facts) == expected


def test_an_open_end_counts_only_where_its_row_may_be_the_first() -> None:
    table = Table((Row(DIRECT, Fixed(50)), Row(SMALL, Unstated("另定")), Row(None, Fixed(90))))

    assert given(table, direct=True) == (50, 50)
    assert given(table, direct=False, staff=300) == (90, 90)
    assert given(table, direct=False, staff=1) == (0, None)
    assert given(table, staff=300) == (50, 90)
    assert given(table) == (0, None)


LISTED = Compare(quantity=STAFF, operator="at_least", limit=2)
STAGES = Staged("P1", (Row(DIRECT, Fixed(100)), Row(LISTED, Fixed(800))))


@pytest.mark.parametrize(
    ("facts", "paid", "expected"),
    [
        pytest.param({"direct": True, "staff": 1}, 0, (100, 100), id="the first stage"),
        pytest.param({"direct": True, "staff": 2}, 0, (800, 800), id="both, nothing paid yet"),
        pytest.param({"direct": True, "staff": 2}, 100, (700, 700), id="the first one paid"),
        pytest.param({"direct": False, "staff": 2}, 0, (800, 800), id="the furthest alone"),
        pytest.param({"staff": 2}, 100, (700, 700), id="an earlier stage does not matter"),
        pytest.param({"direct": True}, 100, (0, 700), id="the furthest may be reached"),
        pytest.param({"direct": False, "staff": 1}, 0, (0, 0), id="none"),
        pytest.param({"direct": True, "staff": 1}, 800, (0, 0), id="more paid than reached"),
    ],
)
def test_stages_top_up_to_the_furthest(
    facts: dict[str, Cell], paid: int, expected: tuple[int, int]
) -> None:
    assert given(STAGES, Award("P1", paid), known=("P1",), **facts) == expected


def test_unknown_payments_leave_a_stage_open_down_to_nothing() -> None:
    assert given(STAGES, direct=True, staff=2) == (0, 800)


@pytest.mark.parametrize(("whole", "half"), [(0, 0), (1, 0), (301, 150), (300, 150)])
def test_half_of_a_sum_is_rounded_down(whole: int, half: int) -> None:
    assert given(PartOf(5_000, Fixed(whole))) == (half, half)


def test_a_part_keeps_the_range_of_its_whole() -> None:
    assert given(PartOf(5_000, Highest((Row(DIRECT, Fixed(300)), Row(None, Fixed(100)))))) == (
        50,
        150,
    )
    assert given(PartOf(5_000, Unstated("另定"))) == (0, None)


def test_half_of_what_another_level_paid() -> None:
    half = PartOf(5_000, AsPaid("P2"))

    assert given(half, Award("P2", 301), known=("P2",)) == (150, 150)
    assert given(half, known=("P2",)) == (0, 0)
    assert given(half, Award("P2", None), known=("P2",)) == (0, None)
    assert given(half) == (0, None)


def test_sums_far_beyond_any_column_have_no_end_however_they_are_put_together() -> None:
    huge = PerUnit(10**15, STAFF)
    many = Total(tuple(Row(None, huge) for _ in range(100)))
    nested: Amount = LessPaid("P1", many)
    for _ in range(5):
        nested = Total((Row(None, PartOf(10_000, nested)), Row(DIRECT, nested)))

    beyond = (2**63 - 1, None)
    paid = Award("P1", 9 * 10**18)
    assert given(nested, paid, known=("P1",), staff=9 * 10**18, direct=True) == beyond
    assert given(nested, known=("P1",), staff=0, direct=True) == (0, 0)
