"""Each failure after the free ones waits twice as long, up to the longest."""

from datetime import UTC, datetime, timedelta

import pytest

from registry.people.delays import open_again_at
from registry.sign_in_rules import SignInRules

LAST = datetime(2026, 11, 2, tzinfo=UTC)
RULES = SignInRules(free_failures=3, delay_seconds=10, longest_delay_seconds=100)


@pytest.mark.parametrize(
    ("failures", "seconds"),
    [(0, None), (2, None), (3, 10), (4, 20), (5, 40), (6, 80), (7, 100), (200, 100)],
)
def test_the_delay_doubles_from_the_last_failure(failures: int, seconds: int | None) -> None:
    moments = [LAST - timedelta(minutes=number) for number in range(failures)]

    expected = None if seconds is None else LAST + timedelta(seconds=seconds)
    assert open_again_at(moments, RULES) == expected
    assert open_again_at(moments[::-1], RULES) == expected


def test_a_source_has_more_free_failures_of_its_own() -> None:
    moments = [LAST] * 9

    assert open_again_at(moments, RULES, free=10) is None
    assert open_again_at(moments, RULES, free=9) == LAST + timedelta(seconds=10)
