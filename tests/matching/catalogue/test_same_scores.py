"""Score tables with one number changed: proven alike only where no sum the rows can give tells them apart."""

from itertools import product

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.catalogue.mutate_scores import wrong_scores
from matching.catalogue.same_scores import differing_scores, same_scores
from matching.language.conditions import AllOf, Flag, Indicator, Points, Score, ScorePart

NAMES = ("power_direct", "key_chain", "strategic_emerging")


def flag(name: str) -> Flag:
    """Give a test of a row."""
    return Flag(fact=name, expected=True)


INDICATORS = st.builds(
    Indicator,
    name=st.just("一项"),
    rows=st.lists(
        st.builds(
            Points,
            when=st.sampled_from([None, *map(flag, NAMES)]),
            points=st.sampled_from([0, 3, 5, 10]),
        ),
        min_size=1,
        max_size=3,
    ).map(tuple),
    take=st.sampled_from(["highest", "sum"]),
    most=st.none(),
)
PARTS = st.builds(
    ScorePart,
    name=st.just("一部分"),
    indicators=st.lists(INDICATORS, min_size=1, max_size=2).map(tuple),
    at_least=st.sampled_from([None, 5]),
    most=st.sampled_from([None, 10]),
)
SCORES = st.builds(
    Score,
    parts=st.lists(PARTS, min_size=1, max_size=2).map(tuple),
    operator=st.sampled_from(["at_least", "more_than"]),
    limit=st.sampled_from([5, 10, 13]),
)


def passes(score: Score, held: frozenset[str]) -> bool:
    """Say, by adding up, whether whoever has these flags passes."""
    total, enough = 0, True
    for part in score.parts:
        points = 0
        for indicator in part.indicators:
            given_ = [
                row.points
                for row in indicator.rows
                if row.when is None or (isinstance(row.when, Flag) and row.when.fact in held)
            ]
            points += sum(given_) if indicator.take == "sum" else max((0, *given_))
        points = points if part.most is None else min(points, part.most)
        enough = enough and (part.at_least is None or points >= part.at_least)
        total += points
    return enough and (
        total > score.limit if score.operator == "more_than" else total >= score.limit
    )


@given(score=SCORES)
def test_what_is_proven_alike_passes_the_same_enterprises(score: Score) -> None:
    """Every enterprise there can be, under every wrong version with one number changed."""
    firms = [
        frozenset(name for name, has in zip(NAMES, some, strict=True) if has)
        for some in product((True, False), repeat=len(NAMES))
    ]
    for _, wrong in wrong_scores(score, lambda _: iter(())):
        assert isinstance(wrong, Score)
        if same_scores(score, wrong):
            assert all(passes(score, firm) == passes(wrong, firm) for firm in firms)


def table(limit: int, points: int) -> Score:
    """Give a table of one indicator, five points or none."""
    rows = (Points(when=flag("key_chain"), points=points),)
    part = ScorePart(name="甲", indicators=(Indicator(name="一", rows=rows),))
    return Score(parts=(part,), operator="at_least", limit=limit)


@pytest.mark.parametrize(
    ("limit", "points", "alike"), [(5, 6, True), (4, 5, True), (6, 5, False), (5, 4, False)]
)
def test_a_point_more_is_alike_only_where_no_sum_lies_between(
    limit: int, points: int, *, alike: bool
) -> None:
    """Five points against a limit of five."""
    assert same_scores(table(5, 5), table(limit, points)) is alike


def test_the_table_is_found_within_other_conditions() -> None:
    """And tables of other rows are not taken for it."""
    right, wrong = table(5, 5), table(5, 6)
    around = AllOf(parts=(flag("power_direct"), right))
    other = msgspec.structs.replace(around, parts=(flag("power_direct"), wrong))

    assert differing_scores(around, other) == (right, wrong)
    assert differing_scores(around, AllOf(parts=(right,))) is None
    assert differing_scores(around, around) is None
