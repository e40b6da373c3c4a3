"""Branches, score tables, groups and evidence: explained as they are judged, whoever stands beside."""

import msgspec
import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from matching.engine.explain import explain
from matching.engine.ground import Ground
from matching.engine.match import verdicts
from matching.engine.population import (
    EVIDENCE_COLUMNS,
    RELATION_COLUMNS,
    USE_COLUMNS,
    Population,
)
from matching.engine.truth import OPEN
from matching.language.conditions import Condition
from tests.matching.engine import made_firms, strategies
from tests.matching.engine.small_world import DAY, VOCABULARY, item_of, population_of

Definitions = dict[str, Condition]
ids = st.integers(1, 3)


@st.composite
def populations(draw: st.DrawFn) -> Population:
    """Draw three enterprises with ties among them and to a fourth, claims and uses, known or not."""
    firms = draw(st.lists(made_firms.firms(), min_size=3, max_size=3))
    told = st.lists(st.sampled_from(("relations", "hires", "uses")), unique=True)
    firms = [
        msgspec.structs.replace(firm, known=firm.known | frozenset(draw(told))) for firm in firms
    ]
    coverage = draw(made_firms.coverages) | dict.fromkeys(draw(told), DAY)
    ties = st.lists(
        st.tuples(ids, st.integers(1, 4), st.sampled_from(("parent", "member"))).filter(
            lambda tie: tie[0] != tie[1]
        ),
        max_size=4,
        unique=True,
    )
    keys = st.sampled_from(("a", "b"))
    claims = st.lists(st.tuples(ids, st.just("hires"), keys, st.none()), max_size=4, unique=True)
    uses = st.lists(st.tuples(st.just("person"), keys, strategies.families), max_size=2)
    return msgspec.structs.replace(
        population_of(firms, coverage),
        relations=pl.DataFrame(draw(ties), schema=RELATION_COLUMNS, orient="row"),
        evidence=pl.DataFrame(draw(claims), schema=EVIDENCE_COLUMNS, orient="row"),
        uses=pl.DataFrame(draw(uses), schema=USE_COLUMNS, orient="row"),
    )


@given(strategies.conditions, populations(), strategies.definitions)
def test_each_is_explained_alone_as_it_is_judged_among_all(
    condition: Condition, population: Population, definitions: Definitions
) -> None:
    item = item_of(condition)
    together = verdicts([item], Ground(population, VOCABULARY, definitions), DAY)["made"].to_list()

    for number, code in enumerate(together, start=1):
        alone = Ground(population.only(pl.Series([number])), VOCABULARY, definitions)
        found = explain([item], alone, DAY)[0]
        assert found.verdict == code
        assert bool(found.missing) == (code == OPEN)
        assert found.reason.sentence


@given(strategies.conditions, populations(), strategies.definitions)
def test_the_order_of_ties_claims_and_uses_changes_nothing(
    condition: Condition, population: Population, definitions: Definitions
) -> None:
    item = item_of(condition)
    turned = msgspec.structs.replace(
        population,
        relations=population.relations.reverse(),
        evidence=population.evidence.reverse(),
        uses=population.uses.reverse(),
        known=population.known.reverse(),
    )

    one, two = (
        verdicts([item], Ground(told, VOCABULARY, definitions), DAY)["made"].to_list()
        for told in (population, turned)
    )
    assert one == two
