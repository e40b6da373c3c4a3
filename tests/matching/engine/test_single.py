"""One enterprise decided in plain Python comes out as it does over columns: verdict, amount, missing data."""

from datetime import date

import msgspec
import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from matching.engine.explain import single_of, traces
from matching.engine.ground import Ground
from matching.engine.match import amounts, verdicts
from matching.engine.population import RELATION_COLUMNS
from matching.engine.single.single import Single
from matching.engine.trace import ItemTrace
from matching.language.amounts import Amount
from matching.language.conditions import Condition, Paid, RelatedHas
from tests.matching.engine import made_firms, strategies, strategies_pay
from tests.matching.engine.small_world import DAY, VOCABULARY, Firm, item_of, population_of
from tests.matching.engine.test_agreement import run_days

cases = st.lists(made_firms.firms(), min_size=1, max_size=3)


@given(
    strategies.conditions,
    strategies_pay.amounts,
    cases,
    made_firms.coverages,
    strategies.definitions,
    run_days,
)
def test_verdict_and_amount_are_those_of_the_columns(  # noqa: PLR0913, PLR0917  one draw each
    condition: Condition,
    amount: Amount,
    firms: list[Firm],
    coverage: dict[str, date],
    definitions: dict[str, Condition],
    run_day: date | None,
) -> None:
    ground = Ground(population_of(firms, coverage), VOCABULARY, definitions, run_day)
    item = item_of(condition, amount)
    found = traces([item], single_of(ground), DAY)[0]

    assert found.verdict == verdicts([item], ground, DAY)["made"][0]
    paid = amounts(item, ground, DAY).row(0, named=True)
    assert (found.low_cents, found.high_cents) == (paid["low_cents"], paid["high_cents"])


@given(
    strategies.conditions,
    strategies_pay.amounts,
    cases,
    made_firms.coverages,
    strategies.definitions,
)
def test_a_trace_can_be_stored_and_read_back(
    condition: Condition,
    amount: Amount,
    firms: list[Firm],
    coverage: dict[str, date],
    definitions: dict[str, Condition],
) -> None:
    single = Single(population_of(firms, coverage), VOCABULARY, definitions)
    found = traces([item_of(condition, amount)], single, DAY)[0]

    assert msgspec.json.decode(msgspec.json.encode(found), type=ItemTrace) == found
    assert msgspec.msgpack.decode(msgspec.msgpack.encode(found), type=ItemTrace) == found


def test_what_a_group_leaves_open_is_its_ties_or_what_it_is_told_of() -> None:
    condition = RelatedHas(role="parent", condition=Paid(family="P1"))

    def missing(known: frozenset[str], coverage: frozenset[str]) -> tuple[str, ...]:
        made = population_of([Firm(known=known), Firm()], dict.fromkeys(coverage, DAY))
        tied = pl.DataFrame([(1, 2, "parent")], schema=RELATION_COLUMNS, orient="row")
        population = msgspec.structs.replace(made, relations=tied)
        return traces([item_of(condition)], Single(population, VOCABULARY, {}), DAY)[0].missing

    assert missing(frozenset(), frozenset()) == ("paid:P1", "relations")
    assert missing(frozenset({"relations"}), frozenset()) == ("paid:P1",)
    assert missing(frozenset(), frozenset({"awards"})) == ("relations",)
    assert missing(frozenset({"relations"}), frozenset({"awards"})) == ()
