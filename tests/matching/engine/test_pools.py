"""A closed list is settled in whole 分: exactly the pool, or the claims where they are less, and never more."""

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.engine.pools import PoolRefused, borne, shares
from matching.language.amounts import Fixed, Payer, Pool, Split

YUAN, WAN = 100, 1_000_000
CLAIMED = Fixed(1)
"""What a taker claims is told by the list; the pool only says that there are claims."""
BIG = 9 * 10**18


def settled(pool: Pool, **columns: list[int]) -> list[int]:
    """Give the shares of a list numbered from 1."""
    count = len(next(iter(columns.values())))
    numbered = {"enterprise_id": list(range(1, count + 1)), **columns}
    takers = pl.DataFrame(numbered, schema=dict.fromkeys(numbered, pl.Int64))
    return shares(pool, takers)["share_cents"].to_list()


def equally(cents: int, takers: int) -> list[int]:
    """Give what so many get without claims."""
    frame = pl.DataFrame({"enterprise_id": list(range(1, takers + 1))})
    return shares(Pool(cents, "pro_rata"), frame)["share_cents"].to_list()


def test_nineteen_new_firms_share_what_gives_each_seven_thousand() -> None:
    assert equally(133_000 * YUAN, 19) == [7_000 * YUAN] * 19


@pytest.mark.parametrize(
    ("cents", "takers", "expected"),
    [(100, 3, [34, 33, 33]), (2, 3, [1, 1, 0]), (0, 2, [0, 0]), (7, 1, [7])],
)
def test_equal_shares_differ_by_one_cent_at_most(
    cents: int, takers: int, expected: list[int]
) -> None:
    assert equally(cents, takers) == expected


def test_claims_within_the_pool_are_met_and_the_rest_stays() -> None:
    pool = Pool(50 * WAN, "pro_rata", CLAIMED)

    assert settled(pool, claim_cents=[20 * WAN, 30 * WAN]) == [20 * WAN, 30 * WAN]
    assert settled(pool, claim_cents=[20 * WAN, 29 * WAN]) == [20 * WAN, 29 * WAN]
    assert settled(pool, claim_cents=[0, 0]) == [0, 0]


def test_claims_beyond_the_pool_are_cut_in_proportion() -> None:
    pool = Pool(100, "pro_rata", CLAIMED)

    # 100 × 1/6, 2/6, 3/6: 16.67, 33.33, 50; the one 分 over goes to the largest remainder.
    assert settled(pool, claim_cents=[100, 200, 300]) == [17, 33, 50]
    assert settled(pool, claim_cents=[101, 0]) == [100, 0]
    assert settled(Pool(0, "pro_rata", CLAIMED), claim_cents=[1, 2]) == [0, 0]


def test_the_cloud_pool_goes_to_who_came_first() -> None:
    """50万 of vouchers at 3000, 5000 and 10,000 yuan, paid until nothing is left."""
    claims = [3_000 * YUAN, 5_000 * YUAN, 10_000 * YUAN] * 30
    pool = Pool(50 * WAN, "first_come", CLAIMED)

    given = settled(pool, claim_cents=claims, arrived=list(range(90)))

    # 27 rounds of 18,000 are 486,000; then 3000, 5000 and the 6000 that are left of 10,000.
    assert given[:81] == claims[:81]
    assert given[81:84] == [3_000 * YUAN, 5_000 * YUAN, 6_000 * YUAN]
    assert given[84:] == [0] * 6
    assert sum(given) == 50 * WAN


def test_the_order_of_arrival_counts_and_not_the_order_of_the_list() -> None:
    pool = Pool(100, "first_come", CLAIMED)

    assert settled(pool, claim_cents=[80, 80, 80], arrived=[3, 1, 2]) == [0, 80, 20]
    assert settled(pool, claim_cents=[80, 80], arrived=[1, 1]) == [80, 20]
    assert settled(pool, claim_cents=[10, 80], arrived=[1, 2]) == [10, 80]


def test_a_smaller_claim_does_not_overtake_the_one_cut() -> None:
    pool = Pool(100, "first_come", CLAIMED)

    assert settled(pool, claim_cents=[90, 50, 10], arrived=[1, 2, 3]) == [90, 10, 0]


def test_the_list_comes_back_as_it_was_given() -> None:
    takers = pl.DataFrame({"enterprise_id": [3, 1, 2], "claim_cents": [30, 10, 20]})
    found = shares(Pool(30, "pro_rata", CLAIMED), takers)

    assert found["enterprise_id"].to_list() == [3, 1, 2]
    assert found["share_cents"].to_list() == [15, 5, 10]


def test_a_list_without_takers_is_settled() -> None:
    for pool in (Pool(5, "pro_rata"), Pool(5, "pro_rata", CLAIMED), Pool(5, "first_come", CLAIMED)):
        empty = pl.DataFrame(
            schema={"enterprise_id": pl.Int64, "claim_cents": pl.Int64, "arrived": pl.Int64}
        )
        assert shares(pool, empty)["share_cents"].to_list() == []


@pytest.mark.parametrize(
    ("columns", "what"),
    [
        ({"enterprise_id": [1, 1], "claim_cents": [1, 1], "arrived": [1, 2]}, "两次"),
        ({"enterprise_id": [1, 2], "claim_cents": [1, None], "arrived": [1, 2]}, "claim_cents"),
        ({"enterprise_id": [1, 2], "claim_cents": [1, -1], "arrived": [1, 2]}, "负数"),
        ({"enterprise_id": [1, 2], "claim_cents": [1, 1], "arrived": [1, None]}, "arrived"),
        ({"enterprise_id": [1, 2], "claim_cents": [1.5, 1], "arrived": [1, 2]}, "整数分"),
        ({"enterprise_id": [1, 2], "arrived": [1, 2]}, "缺少 claim_cents"),
    ],
)
def test_a_list_that_lacks_something_is_refused(
    columns: dict[str, list[float | None]], what: str
) -> None:
    with pytest.raises(PoolRefused, match=what):
        shares(Pool(5, "first_come", CLAIMED), pl.DataFrame(columns))


cents = st.integers(0, 1_000) | st.integers(0, 10**15)
claims = st.lists(st.integers(0, 50) | st.integers(0, BIG), max_size=12)


@given(cents, claims, st.sampled_from(("pro_rata", "first_come")), st.data())
def test_exactly_the_pool_or_the_claims_are_given(
    pool_cents: int, claimed: list[int], sharing: str, data: st.DataObject
) -> None:
    order = data.draw(st.permutations(range(len(claimed))))
    pool = Pool(pool_cents, "first_come" if sharing == "first_come" else "pro_rata", CLAIMED)

    found = settled(pool, claim_cents=claimed, arrived=list(order))

    assert sum(found) == min(pool_cents, sum(claimed))
    assert all(0 <= share <= claim for share, claim in zip(found, claimed, strict=True))


@given(cents, st.integers(1, 40))
def test_equal_shares_give_the_whole_pool(pool_cents: int, takers: int) -> None:
    found = equally(pool_cents, takers)

    assert sum(found) == pool_cents
    assert max(found) - min(found) <= 1


@pytest.mark.parametrize(
    ("parts", "cents_due", "expected"),
    [
        ({"省": 1, "县": 1}, 300, {"省": 150, "县": 150}),
        ({"省": 1, "县": 1}, 301, {"省": 151, "县": 150}),
        ({"省": 1, "市": 1, "县": 1}, 200, {"省": 67, "市": 67, "县": 66}),
        ({"省": 3, "县": 7}, 5, {"省": 2, "县": 3}),
        ({"省": 3, "县": 7}, 1, {"省": 0, "县": 1}),
        ({"省": 1, "县": 1}, 0, {"省": 0, "县": 0}),
    ],
)
def test_a_cost_is_borne_without_losing_a_cent(
    parts: dict[str, int], cents_due: int, expected: dict[str, int]
) -> None:
    split = Split(Fixed(1), tuple(Payer(level, share) for level, share in parts.items()))

    assert borne(split, cents_due) == expected


@given(st.lists(st.integers(1, 1_000), min_size=2, max_size=5), st.integers(0, BIG))
def test_the_parts_borne_are_the_whole(parts: list[int], cents_due: int) -> None:
    split = Split(Fixed(1), tuple(Payer(str(place), of) for place, of in enumerate(parts)))

    assert sum(borne(split, cents_due).values()) == cents_due
