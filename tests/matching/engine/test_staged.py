"""Columns computed on some rows only say the same there, and elsewhere what the rest has decided."""

from datetime import date

import polars as pl
import pytest

from matching.engine import staged
from matching.engine.ground import Ground
from matching.engine.match import truths, verdicts
from matching.engine.staged import Staged, at, places, with_staged
from matching.engine.truth import MET, OPEN, PERSON, UNMET
from matching.language.conditions import (
    AllOf,
    Compare,
    Condition,
    Indicator,
    Judgement,
    Points,
    Score,
    ScorePart,
)
from matching.language.quantities import Value
from tests.matching.engine.small_world import DAY, Firm, ground_of, item_of

ANSWERS: list[bool | None] = [True, False, None]
FRAME = pl.DataFrame(
    [(one, two) for one in ANSWERS for two in ANSWERS], schema=["one", "two"], orient="row"
).with_columns(enterprise_id=pl.int_range(1, 10))


def table(*rows: Condition, limit: int) -> Score:
    points = tuple(Points(when=row, points=10) for row in rows)
    part = ScorePart(name="甲", indicators=(Indicator(name="乙", rows=points, take="sum"),))
    return Score(parts=(part,), operator="at_least", limit=limit)


def staff_over(limit: int) -> Condition:
    return Compare(quantity=Value("staff"), operator="more_than", limit=limit)


def test_a_guarded_column_is_both_together() -> None:
    found = with_staged(FRAME, [Staged("both", pl.col("two"), pl.col("one"))])

    assert (
        found["both"].to_list() == FRAME.select(pl.col("one") & pl.col("two")).to_series().to_list()
    )


def test_a_column_may_read_one_that_waits_too() -> None:
    first = Staged("first", ~pl.col("two"), pl.col("one"))
    found = with_staged(FRAME, [Staged("last", pl.col("first"), pl.col("two")), first])

    expected = FRAME.select(pl.col("two") & pl.col("one") & ~pl.col("two")).to_series()
    assert found["last"].to_list() == expected.to_list()


def test_a_guarded_column_leaves_its_guard_as_it_was() -> None:
    before = FRAME["one"].to_list()
    with_staged(FRAME, [Staged("both", pl.lit(value=False), pl.col("one"))])

    assert FRAME["one"].to_list() == before


@pytest.mark.parametrize("few", [0, 1, 1_000])
def test_rows_come_in_their_order_whether_few_or_many(
    few: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(staged, "FEW", few)

    assert at(FRAME, places(FRAME["two"]))["enterprise_id"].to_list() == [1, 4, 7]


def judged_ground() -> Ground:
    return ground_of([Firm({"staff": count}) for count in (0, 5, 20)] + [Firm({}), Firm({})])


def test_a_table_beside_what_is_false_is_false() -> None:
    ground = judged_ground()
    item = item_of(AllOf(parts=(staff_over(3), table(staff_over(10), limit=10))))
    found = truths([item], ground, DAY)[item.id].to_list()

    assert found == [False, False, True, None, None]


@pytest.mark.parametrize(
    ("limit", "expected"),
    [
        (10, [PERSON, PERSON, MET, OPEN, OPEN]),
        (20, [UNMET, UNMET, PERSON, OPEN, OPEN]),
        (30, [UNMET, UNMET, UNMET, UNMET, UNMET]),
    ],
)
def test_a_judged_table_is_open_only_where_a_datum_may_matter(
    limit: int, expected: list[int]
) -> None:
    item = item_of(table(staff_over(10), Judgement(text="好吗"), limit=limit))
    found = verdicts([item], judged_ground(), DAY)

    assert found[item.id].to_list() == expected


def test_a_guarded_truth_of_another_day_is_another() -> None:
    ground = judged_ground()
    condition = AllOf(parts=(staff_over(3), table(staff_over(10), limit=10)))
    asked = [ground.guarded_truth(condition, day) for day in (DAY, date(2001, 1, 1), DAY)]

    assert asked[0].meta.eq(asked[2])
    assert not asked[0].meta.eq(asked[1])
