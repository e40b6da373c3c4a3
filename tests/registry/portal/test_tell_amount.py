"""Ranges of money in words."""

import pytest

from registry.portal.tell_amount import money_range


@pytest.mark.parametrize(
    ("low", "high", "said"),
    [
        (200_000_000, 200_000_000, "200万元"),
        (0, 200_000_000, "至多200万元"),
        (50_000_000, 200_000_000, "50万元至200万元"),
        (50_000_000, None, "至少50万元"),
        (0, None, "金额待定"),
        (0, 0, "0元"),
    ],
)
def test_both_ends_of_a_range_are_said(low: int, high: int | None, said: str) -> None:
    assert money_range(low, high) == said
