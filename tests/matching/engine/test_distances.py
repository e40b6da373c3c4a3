"""What keeps a missed limit from being met is named, and is just enough."""

import pytest

from matching.engine.explain import explain
from matching.language.conditions import OPERATORS, Compare, Condition, Operator, Share
from matching.language.quantities import Value
from tests.matching.engine.small_world import DAY, Firm, ground_of, item_of, truths_of

BIG = 9 * 10**18


@pytest.mark.parametrize(
    ("condition", "value", "distance"),
    [
        pytest.param(
            Compare(quantity=Value("capital"), operator="at_least", limit=100_000_000),
            99_999_999, "还差0.01元", id="one 分 short",
        ),
        pytest.param(
            Compare(quantity=Value("capital"), operator="more_than", limit=100_000_000),
            100_000_000, "还差0.01元", id="at a limit to be passed",
        ),
        pytest.param(
            Compare(quantity=Value("capital"), operator="less_than", limit=100_000_000),
            100_000_000, "超出0.01元", id="at a limit not to be reached",
        ),
        pytest.param(
            Compare(quantity=Value("capital"), operator="at_most", limit=100_000_000),
            200_000_000, "超出100万元", id="a million too much",
        ),
        pytest.param(
            Share(part=Value("capital"), whole=Value("revenue", "2025"), operator="at_least", limit_bp=300),
            299, "还差0.02元", id="what the part lacks, rounded up",
        ),
        pytest.param(
            Compare(quantity=Value("capital"), operator="at_least", limit=BIG),
            -BIG, None, id="a distance no column holds is not named",
        ),
    ],
)  # fmt: skip
def test_a_missed_limit_names_the_distance(
    condition: Condition, value: int, distance: str | None
) -> None:
    firm = Firm(facts={"capital": value, "revenue@2025": 10_001})
    found = explain([item_of(condition)], ground_of([firm]), DAY)[0].reason

    assert found.distance == distance


@pytest.mark.parametrize("operator", OPERATORS)
def test_the_named_distance_is_just_enough(operator: Operator) -> None:
    """Whoever changes by the distance meets the limit; by one unit less, not."""
    condition = Share(
        part=Value("capital"), whole=Value("revenue", "2025"), operator=operator, limit_bp=333
    )
    rising = operator in ("at_least", "more_than")
    for whole in (1, 7, 10_000, 33_333, 10**12 + 7):
        start = -5 if rising else whole * 2
        firm = Firm(facts={"capital": start, "revenue@2025": whole})
        ground = ground_of([firm])
        reason = explain([item_of(condition)], ground, DAY)[0].reason
        assert reason.distance is not None
        fen = round(float(_plain(reason.distance)) * 100)
        enough = [
            Firm(facts={"capital": start + step if rising else start - step, "revenue@2025": whole})
            for step in (fen, fen - 1)
        ]
        assert truths_of(condition, enough) == [True, False]


def _plain(distance: str) -> str:
    for word, factor in (("亿元", 10**8), ("万元", 10**4), ("元", 1)):
        if distance.endswith(word):
            figure = distance.removesuffix(word).removeprefix("还差").removeprefix("超出")
            return str(float(figure.replace(",", "")) * factor)
    raise AssertionError(distance)
