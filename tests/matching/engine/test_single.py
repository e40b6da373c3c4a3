"""One enterprise decided in plain Python comes out as it does over columns: verdict, amount, missing data."""

from datetime import date

import msgspec
import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from matching.engine.explain import single_of, traces
from matching.engine.ground import Ground
from matching.engine.match import amounts, verdicts
from matching.engine.population import (
    EVIDENCE_COLUMNS,
    RELATION_COLUMNS,
    USE_COLUMNS,
    Population,
)
from matching.engine.single.single import Single
from matching.engine.trace import ItemTrace
from matching.language.amounts import Amount
from matching.language.conditions import Condition, Paid, RelatedHas
from tests.matching.engine import made_firms, strategies, strategies_pay
from tests.matching.engine.small_world import DAY, VOCABULARY, Firm, item_of, population_of
from tests.matching.engine.test_agreement import run_days

ROLES, KEYS, FAMILIES = ("parent", "member"), ("a", "b", "c"), ("P1", "P2", "P33")
LEDGERS = ("relations", "uses", "hires", "loans")
ties = st.lists(st.tuples(st.just(1), st.integers(2, 3), st.sampled_from(ROLES)), max_size=3)
claims = st.lists(
    st.tuples(
        st.integers(1, 2),
        st.sampled_from(("hires", "loans")),
        st.sampled_from(KEYS),
        st.none() | st.integers(-5, 100),
    ),
    max_size=6,
)
uses = st.lists(
    st.tuples(
        st.sampled_from(("person", "loan")), st.sampled_from(KEYS), st.sampled_from(FAMILIES)
    ),
    max_size=3,
)


@st.composite
def populations(draw: st.DrawFn) -> Population:
    """Draw an enterprise with its group and its evidence; of each much is unknown."""
    firms = draw(st.lists(made_firms.firms(), min_size=3, max_size=3))
    told = draw(st.lists(st.sampled_from(LEDGERS), unique=True))
    firms[0] = msgspec.structs.replace(firms[0], known=firms[0].known | frozenset(told))
    whole = dict.fromkeys(draw(st.lists(st.sampled_from(LEDGERS), unique=True)), DAY)
    made = population_of(firms, {**draw(made_firms.coverages), **whole})
    count = made.awards.height
    paid_on = draw(st.lists(st.none() | strategies.days, min_size=count, max_size=count))
    return msgspec.structs.replace(
        made,
        awards=made.awards.with_columns(pl.Series("paid_on", paid_on, dtype=pl.Date)),
        frame=made.frame.head(draw(st.sampled_from((1, 3)))),
        relations=pl.DataFrame(draw(ties), schema=RELATION_COLUMNS, orient="row"),
        evidence=pl.DataFrame(draw(claims), schema=EVIDENCE_COLUMNS, orient="row"),
        uses=pl.DataFrame(draw(uses), schema=USE_COLUMNS, orient="row"),
    )


@given(
    strategies.conditions, strategies_pay.amounts, populations(), strategies.definitions, run_days
)
def test_verdict_and_amount_are_those_of_the_columns(
    condition: Condition,
    amount: Amount,
    population: Population,
    definitions: dict[str, Condition],
    run_day: date | None,
) -> None:
    ground = Ground(population, VOCABULARY, definitions, run_day)
    item = item_of(condition, amount)
    found = traces([item], single_of(ground), DAY)[0]

    assert found.verdict == verdicts([item], ground, DAY)["made"][0]
    paid = amounts(item, ground, DAY).row(0, named=True)
    assert (found.low_cents, found.high_cents) == (paid["low_cents"], paid["high_cents"])


@given(strategies.conditions, strategies_pay.amounts, populations(), strategies.definitions)
def test_a_trace_can_be_stored_and_read_back(
    condition: Condition,
    amount: Amount,
    population: Population,
    definitions: dict[str, Condition],
) -> None:
    single = Single(population, VOCABULARY, definitions)
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
