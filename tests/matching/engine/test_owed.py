"""What is owed: the lean form and the whole one say the same; few rows are computed as all are."""

from datetime import date

import msgspec
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.engine import staged
from matching.engine.match import truths
from matching.engine.owed import outcomes, owed_now
from matching.language.amounts import Amount, Fixed
from matching.language.conditions import Compare, Condition
from matching.language.exclusivity import Exclusive, Rule
from matching.language.quantities import Value
from tests.matching.engine import made_firms, strategies, strategies_pay
from tests.matching.engine.small_world import DAY, Firm, ground_of, item_of


def clause(rule: Rule, **more: str) -> Exclusive:
    return Exclusive(partners=("item1", "item2"), rule=rule, scope="firm", basis="一", **more)  # type: ignore[arg-type]


def at_least(fact: str, limit: int) -> Condition:
    return Compare(quantity=Value(fact), operator="at_least", limit=limit)


CLAUSES = (
    clause("highest", earlier="nothing"),
    clause("highest", earlier="person"),
    clause("difference"),
    clause("order", first="item1", later="rest"),
    clause("choice"),
)


@given(
    st.sampled_from(CLAUSES),
    st.lists(st.tuples(strategies.conditions, strategies_pay.amounts), min_size=4, max_size=4),
    st.lists(made_firms.firms(), min_size=1, max_size=12),
    made_firms.coverages,
    strategies.definitions,
)
def test_what_is_owed_now_is_what_the_whole_outcome_keeps(
    said: Exclusive,
    rules: list[tuple[Condition, Amount]],
    firms: list[Firm],
    coverage: dict[str, date],
    definitions: dict[str, Condition],
) -> None:
    items = [item_of(*rule, f"item{place}") for place, rule in enumerate(rules)]
    items[0] = msgspec.structs.replace(items[0], exclusive=(said,))
    ground = ground_of(firms, coverage, definitions)
    lean = owed_now(items, truths(items, ground, DAY), ground, DAY)
    whole = outcomes([item.id for item in items], items, ground, DAY)

    assert lean.keys() == whole.keys()
    for key, given_to in lean.items():
        assert given_to.rows() == whole[key].kept.rows()


def test_only_what_nothing_bears_on_is_owed_as_its_text_says() -> None:
    smaller = item_of(at_least("staff", 5), Fixed(100), "item0")
    larger = item_of(at_least("capital", 5), Fixed(300), "item1")
    said = clause("highest", earlier="nothing")
    items = [msgspec.structs.replace(smaller, exclusive=(said,)), larger]
    cells = [(9, 9), (9, 0), (9, None), (0, 9), (None, 9), (None, None)]
    firms = [Firm({"staff": staff, "capital": capital}) for staff, capital in cells]
    ground = ground_of(firms, {"awards": DAY})

    owed = owed_now(items, truths(items, ground, DAY), ground, DAY)
    # The third may yet meet the larger one, so that the smaller waits.
    assert owed["item0"].rows() == [(2, 100, 100)]
    assert owed["item1"].rows() == [(1, 300, 300), (4, 300, 300), (5, 300, 300)]


@pytest.mark.parametrize("many", [0, 1, 1_000])
def test_rows_are_computed_alike_whether_few_or_many(
    many: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(staged, "FEW", many)
    ground = ground_of([Firm({"staff": count}) for count in range(10)])
    rows, twice = pl.Series([1, 4, 9], dtype=pl.UInt32), (pl.col("staff") * 2).alias("twice")

    mask = pl.Series([place in rows for place in range(10)])
    expected = [(2, 2), (5, 8), (10, 18)]
    assert ground.collect_at(rows, twice).rows() == expected
    assert [frame.rows() for frame in ground.collect_each([(mask, [twice])])] == [expected]
