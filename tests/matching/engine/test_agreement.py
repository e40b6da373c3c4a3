"""Columns, explanations and the plain reference decide alike, for random rules and enterprises."""

from datetime import date, timedelta
from random import Random

import msgspec
import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from matching.engine.explain import Reason, explain
from matching.engine.ground import Ground
from matching.engine.match import EXPECTED_CODES, amounts, truths, verdicts
from matching.engine.population import Population
from matching.language.amounts import Amount
from matching.language.conditions import Condition, Judgement, Paid, opened, parts_of
from tests.matching.engine import made_firms, reference, strategies, strategies_pay
from tests.matching.engine.plain_truth import World
from tests.matching.engine.reference_pay import bounds
from tests.matching.engine.small_world import (
    DAY,
    VOCABULARY,
    Firm,
    ground_of,
    item_of,
    population_of,
)

cases = st.lists(made_firms.firms(), min_size=1, max_size=4)
run_days = st.none() | st.sampled_from((DAY, DAY + timedelta(days=1), DAY + timedelta(days=200)))
Coverage = dict[str, date]
Definitions = dict[str, Condition]


@given(strategies.conditions, cases, made_firms.coverages, strategies.definitions, run_days)
def test_columns_decide_as_the_plain_reference_does(
    condition: Condition,
    firms: list[Firm],
    coverage: Coverage,
    definitions: Definitions,
    run_day: date | None,
) -> None:
    world = World(DAY, coverage, definitions, run_day)
    ground = ground_of(firms, coverage, definitions, run_day)
    codes = verdicts([item_of(condition)], ground, DAY)["made"].to_list()

    said = [EXPECTED_CODES[reference.verdict(condition, firm, world)] for firm in firms]
    assert codes == said
    bare = truths([item_of(condition)], ground, DAY)["made"].to_list()
    assert bare == [reference.truth(condition, firm, world) for firm in firms]


@given(strategies_pay.amounts, cases, made_firms.coverages, strategies.definitions)
def test_amounts_reach_from_the_least_to_the_most_the_reference_allows(
    amount: Amount, firms: list[Firm], coverage: Coverage, definitions: Definitions
) -> None:
    world = World(DAY, coverage, definitions)
    item = item_of(next(iter(definitions.values())), amount)
    found = amounts(item, ground_of(firms, coverage, definitions), DAY)

    for row, firm in zip(found.iter_rows(named=True), firms, strict=True):
        low, high = bounds(amount, firm, world)
        assert row["low_cents"] == min(low, 2**63 - 1)
        # What no column can hold is given as "no end known".
        assert row["high_cents"] == (high if high is not None and high < 2**63 else None)


@given(strategies.conditions, strategies_pay.amounts, made_firms.firms(), made_firms.coverages,
       strategies.definitions)  # fmt: skip
def test_an_explanation_agrees_with_the_columns_at_every_node(
    condition: Condition, amount: Amount, firm: Firm, coverage: Coverage, definitions: Definitions
) -> None:
    item = item_of(condition, amount)
    found = explain([item], ground_of([firm], coverage, definitions), DAY)[0]

    columns = ground_of([firm], coverage, definitions)
    assert found.verdict == verdicts([item], columns, DAY)["made"][0]
    paid = amounts(item, columns, DAY).row(0, named=True)
    assert (found.low_cents, found.high_cents) == (paid["low_cents"], paid["high_cents"])
    _agrees(found.reason, condition, firm, World(DAY, coverage, definitions))


def _agrees(reason: Reason, condition: Condition, firm: Firm, world: World) -> None:
    said = reference.verdict(condition, firm, world)
    assert reason.verdict == EXPECTED_CODES[said]
    assert reason.sentence
    assert bool(reason.missing) == (said == "unknown")
    inner = parts_of(opened(condition, world.definitions))
    assert len(inner) == len(reason.parts)
    for part, inside in zip(inner, reason.parts, strict=True):
        _agrees(inside, part, firm, world)


@given(strategies.conditions, strategies_pay.amounts, cases, made_firms.coverages,
       strategies.definitions, st.randoms(use_true_random=False))  # fmt: skip
def test_neither_order_nor_neighbours_change_a_verdict(  # noqa: PLR0913, PLR0917  one draw each
    condition: Condition,
    amount: Amount,
    firms: list[Firm],
    coverage: Coverage,
    definitions: Definitions,
    random: Random,
) -> None:
    item = item_of(condition, amount)

    def decided(order: list[Firm], population: Population) -> dict[int, tuple[object, ...]]:
        ground = Ground(population, VOCABULARY, definitions)
        rows = verdicts([item], ground, DAY).join(amounts(item, ground, DAY), on="enterprise_id")
        return {id(order[row[0] - 1]): row[1:] for row in rows.rows()}

    together = decided(firms, population_of(firms, coverage))
    mixed = random.sample(firms, len(firms))
    population = population_of(mixed, coverage)
    seed = random.randint(0, 1000)
    columns = random.sample(population.frame.columns[1:], population.frame.width - 1)
    tables = ("memberships", "awards", "known", "relations", "evidence", "uses")
    shuffled = msgspec.structs.replace(
        population,
        frame=population.frame.select("enterprise_id", *columns),
        **{
            name: getattr(population, name).sample(fraction=1, shuffle=True, seed=seed)
            for name in tables
        },
    )
    assert decided(mixed, shuffled) == together
    for firm in firms:
        assert decided([firm], population_of([firm], coverage))[id(firm)] == together[id(firm)]


def test_a_population_of_nobody_is_decided_too() -> None:
    ground = Ground(
        Population(frame=pl.DataFrame(schema={"enterprise_id": pl.Int64})), VOCABULARY, {}
    )
    items = [item_of(Judgement(text="突出贡献")), item_of(Paid(family="P1"), item_id="other")]

    assert verdicts(items, ground, DAY).height == 0
