"""Whole numbers over columns are exact, whatever their size."""

from operator import ge, gt, le, lt

import polars as pl
from hypothesis import example, given
from hypothesis import strategies as st

from matching.engine.whole import (
    Whole,
    clipped,
    exactly,
    full_times,
    minus,
    plus,
    product,
    product_over,
    products_compared,
    times,
)
from matching.language.conditions import OPERATORS, Operator

LEAST, MOST = -(2**63), 2**63 - 1
stored = st.integers(LEAST, MOST) | st.sampled_from((0, 1, -1, MOST, LEAST, 10**18))
MEANT = {"at_least": ge, "at_most": le, "more_than": gt, "less_than": lt}


def column(name: str, value: int) -> Whole:
    """Give a column about which only its own values are known, as the engine does."""
    return Whole(pl.col(name), value, value)


def result(expr: pl.Expr, **values: int) -> object:
    frame = pl.DataFrame(
        {name: [value] for name, value in values.items()}, schema=dict.fromkeys(values, pl.Int64)
    )
    return frame.select(expr.alias("result"))["result"][0]


@example(2**63 - 1, 1, 2**64 + 3, 1, "more_than")
@given(
    stored,
    stored,
    st.integers(1, 10**40),
    st.integers(-(10**40), 10**40),
    st.sampled_from(OPERATORS),
)
def test_products_are_compared_exactly(
    left: int, right: int, left_factor: int, right_factor: int, operator: Operator
) -> None:
    if right_factor < 0 and right == LEAST:
        right += 1
    asked = products_compared(
        column("left", left), left_factor, operator, column("right", right), right_factor
    )

    expected = MEANT[operator](left * left_factor, right * right_factor)
    assert result(asked, left=left, right=right) is expected


@example(2**63 - 1, 2**63 - 1, 10_000, 20_000, "less_than")
@given(
    stored,
    stored,
    st.integers(1, 10**40),
    st.integers(-(10**40), 10**40),
    st.sampled_from(OPERATORS),
)
def test_sums_of_products_are_compared_exactly(
    one: int, two: int, left_factor: int, right_factor: int, operator: Operator
) -> None:
    one, two = max(one, LEAST + 1), max(two, LEAST + 1)
    left = plus(
        product(column("one", one), column("two", two)),
        product(column("two", two), column("two", two)),
    )
    right = product(column("one", one), column("one", one))
    asked = products_compared(left, left_factor, operator, right, right_factor)

    expected = MEANT[operator]((one * two + two * two) * left_factor, one * one * right_factor)
    assert result(asked, one=one, two=two) is expected


@given(stored, stored, st.sampled_from(OPERATORS))
def test_equal_products_are_equal(one: int, two: int, operator: Operator) -> None:
    left, right = abs(one) + 1, abs(two) + 1
    asked = products_compared(
        exactly(left), right * 10**30, operator, exactly(right), left * 10**30
    )

    assert result(asked, any=1) is MEANT[operator](1, 1)


@given(stored, stored, st.integers(-(10**18), 10**18), st.integers(1, 10**18))
def test_sums_products_and_quotients_are_exact(
    one: int, two: int, factor: int, divisor: int
) -> None:
    a, b = column("a", one), column("b", two)
    values = {"a": one, "b": two}

    assert result(plus(a, b).expr, **values) == one + two
    assert result(minus(a, b).expr, **values) == one - two
    assert result(times(a, factor).expr, **values) == one * factor
    assert result(full_times(a, divisor).expr, **values) == one // divisor
    assert result(full_times(times(a, factor), divisor).expr, **values) == one * factor // divisor


@example(MOST, MOST, 1_000_000, 10**13)
@example(2, MOST, 1_000_000, 10**13)
@given(st.integers(0, MOST), st.integers(0, MOST), st.integers(1, 10**6), st.integers(1, 10**13))
def test_products_of_columns_are_exact_or_beyond_any_column(
    one: int, two: int, factor: int, divisor: int
) -> None:
    a, b = column("a", one), times(column("b", two), factor)
    found = product_over(a, b, divisor)

    said, exact = result(found.expr, a=one, b=two), one * two * factor // divisor
    assert said == exact or min(exact, int(str(said))) > MOST
    assert found.least <= int(str(said)) <= found.most
    assert result(product_over(b, a, divisor).expr, a=one, b=two) == said


@given(stored, st.integers(0, MOST), st.none() | st.integers(0, MOST))
def test_clipping_keeps_within_both_bounds(value: int, least: int, most: int | None) -> None:
    if most is not None and most < least:
        least, most = most, least
    found = clipped(column("a", value), least, most)

    expected = max(value if most is None else min(value, most), least)
    assert result(found.expr, a=value) == expected
    assert found.least <= expected <= found.most
