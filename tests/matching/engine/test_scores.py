"""A score table gives the points certainly had and still possible, and decides as soon as either settles it."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.engine.match import verdicts
from matching.engine.scores import part_bounds, score_bounds
from matching.engine.truth import MET, OPEN, PERSON, UNMET
from matching.language.conditions import (
    AllOf,
    AnyOf,
    Compare,
    Condition,
    Indicator,
    Judgement,
    Points,
    Score,
    ScorePart,
)
from matching.language.quantities import Value
from tests.matching.engine.plain_truth import Truth, every, some
from tests.matching.engine.small_world import DAY, Firm, ground_of, item_of, truths_of

COLUMNS = tuple(f"{fact}@{year}" for fact in ("revenue", "profit") for year in (2024, 2025, 2026))
JUDGED = Judgement(text="突出贡献")


def holds(column: str) -> Compare:
    fact, _, year = column.partition("@")
    return Compare(quantity=Value(fact, year), operator="at_least", limit=1)


@st.composite
def scores(draw: st.DrawFn, *, judged: bool = False) -> Score:
    """Draw tables each of whose tests stands once, so that rows are independent of each other."""
    tests: list[Condition] = [holds(column) for column in COLUMNS]
    if judged:
        tests = [
            *tests[:2],
            JUDGED,
            JUDGED,
            AllOf(parts=(JUDGED, tests[2])),
            AnyOf(parts=(tests[3], JUDGED)),
        ]
    left = draw(st.permutations(tests))
    parts: list[ScorePart] = []
    while left:
        size = draw(st.integers(1, len(left)))
        chosen, left = left[:size], left[size:]
        cut = draw(st.integers(1, size))
        groups = [group for group in (chosen[:cut], chosen[cut:]) if group]
        parts.append(
            ScorePart(
                name="部分",
                indicators=tuple(draw(_indicator(group)) for group in groups),
                at_least=draw(st.none() | st.integers(0, 20)),
                most=draw(st.none() | st.integers(0, 20)),
            )
        )
    return Score(
        parts=tuple(parts),
        operator=draw(st.sampled_from(("at_least", "more_than"))),
        limit=draw(st.integers(0, 40)),
        most=draw(st.none() | st.integers(0, 40)),
    )


@st.composite
def _indicator(draw: st.DrawFn, tests: list[Condition]) -> Indicator:
    rows = [Points(when=test, points=draw(st.integers(0, 12))) for test in tests]
    if draw(st.booleans()):
        rows.append(Points(points=draw(st.integers(0, 5)), when=None))
    take = draw(st.sampled_from(("highest", "sum")))
    most = draw(st.none() | st.integers(0, 15)) if take == "sum" else None
    return Indicator(name="指标", rows=tuple(rows), take=take, most=most)


cells = st.lists(
    st.sampled_from((None, 0, 1)), min_size=len(COLUMNS), max_size=len(COLUMNS)
)  # fmt: skip
Known = dict[str, int | None]


def plain_truth(test: Condition, known: Known, answers: list[bool]) -> Truth:
    """Say how one row stands; each judgement takes the next answer."""
    match test:
        case Judgement():
            return answers.pop(0)
        case AllOf(parts=parts):
            return every([plain_truth(part, known, answers) for part in parts])
        case AnyOf(parts=parts):
            return some([plain_truth(part, known, answers) for part in parts])
        case Compare(quantity=Value(fact=fact, period=period)):
            value = known[f"{fact}@{period}"]
            return None if value is None else value >= 1
    raise TypeError(test)


def at_most(points: int, most: int | None) -> int:
    return points if most is None else min(points, most)


def plain_parts(score: Score, known: Known, answers: list[bool], *, unsure: bool) -> list[int]:
    """Count the points of each part, rows nobody knows of counting or not."""
    left = list(answers)
    found: list[int] = []
    for part in score.parts:
        total = 0
        for indicator in part.indicators:
            said = [
                row.points
                for row in indicator.rows
                if row.when is None
                or {None: unsure}.get(truth := plain_truth(row.when, known, left), truth)
            ]
            add = max(said, default=0) if indicator.take == "highest" else sum(said)
            total += at_most(add, indicator.most)
        found.append(at_most(total, part.most))
    return found


def plain_score(score: Score, known: Known, answers: list[bool]) -> tuple[int, int, Truth]:
    low, high = (plain_parts(score, known, answers, unsure=unsure) for unsure in (False, True))
    least, most = at_most(sum(low), score.most), at_most(sum(high), score.most)
    limit = score.limit + (score.operator == "more_than")

    def reached(one: int, two: int, needed: int) -> Truth:
        return True if one >= needed else False if two < needed else None

    minimums = [
        reached(one, two, part.at_least)
        for part, one, two in zip(score.parts, low, high, strict=True)
        if part.at_least is not None
    ]
    return least, most, every([reached(least, most, limit), *minimums])


def completions(known: Known) -> list[Known]:
    open_ones = [column for column, value in known.items() if value is None]
    return [
        {**known, **dict(zip(open_ones, values, strict=True))}
        for values in product((0, 1), repeat=len(open_ones))
    ]


@given(scores(), cells)
def test_bounds_are_the_least_and_the_most_any_completion_gives(
    score: Score, values: list[int | None]
) -> None:
    known = dict(zip(COLUMNS, values, strict=True))
    ground = ground_of([Firm(facts={k: v for k, v in known.items() if v is not None})])
    low, high = score_bounds(score, DAY, ground)
    parts = part_bounds(score, DAY, ground)
    row = ground.collect(
        low.alias("low"),
        high.alias("high"),
        *(
            end.alias(f"{n}:{place}")
            for n, pair in enumerate(parts)
            for place, end in enumerate(pair)
        ),
        ground.truth(score, DAY).alias("truth"),
    ).row(0, named=True)

    totals = [plain_score(score, done, [])[0] for done in completions(known)]
    assert (row["low"], row["high"]) == (min(totals), max(totals))
    of_parts = [plain_parts(score, done, [], unsure=False) for done in completions(known)]
    for number, said in enumerate(zip(*of_parts, strict=True)):
        assert (row[f"{number}:0"], row[f"{number}:1"]) == (min(said), max(said))
    assert row["truth"] == plain_score(score, known, [])[2]


@given(scores(judged=True), cells)
def test_judged_rows_leave_it_to_a_person_only_where_no_answer_leaves_a_datum_missing(
    score: Score, values: list[int | None]
) -> None:
    known = dict(zip(COLUMNS, values, strict=True))
    firm = Firm(facts={k: v for k, v in known.items() if v is not None})
    code = verdicts([item_of(score)], ground_of([firm]), DAY)["made"][0]

    said = {
        plain_score(score, known, list(answers))[2] for answers in product((True, False), repeat=4)
    }
    if said == {True}:
        assert code == MET
    elif said == {False}:
        assert code == UNMET
    else:
        assert code == (OPEN if None in said else PERSON)


BANDS = Indicator(
    name="研发占比",
    rows=(
        Points(when=Compare(quantity=Value("capital"), operator="at_least", limit=500), points=20),
        Points(when=Compare(quantity=Value("capital"), operator="at_least", limit=300), points=15),
        Points(when=None, points=3),
    ),
)
TABLE = Score(parts=(ScorePart(name="创新", indicators=(BANDS,)),), operator="at_least", limit=15)


@pytest.mark.parametrize(
    ("capital", "expected"),
    [(501, 20), (500, 20), (499, 15), (300, 15), (299, 3), (-1, 3)],
)
def test_a_value_on_the_edge_of_two_bands_gets_the_higher_one(capital: int, expected: int) -> None:
    ground = ground_of([Firm(facts={"capital": capital})])
    low, high = score_bounds(TABLE, DAY, ground)

    assert ground.collect(low.alias("low"), high.alias("high")).row(0)[1:] == (expected, expected)


def test_an_unknown_band_spans_from_the_row_that_always_counts_to_the_highest() -> None:
    ground = ground_of([Firm()])
    low, high = score_bounds(TABLE, DAY, ground)

    assert ground.collect(low.alias("low"), high.alias("high")).row(0)[1:] == (3, 20)
    assert truths_of(TABLE, [Firm()]) == [None]


def test_a_table_of_points_everybody_gets_is_decided_for_everybody() -> None:
    sure = Score(
        parts=(
            ScorePart(name="一", indicators=(Indicator(name="甲", rows=(Points(when=None, points=9),)),)),
        ),
        operator="at_least",
        limit=9,
    )  # fmt: skip

    assert truths_of(sure, [Firm(), Firm(), Firm()]) == [True, True, True]
