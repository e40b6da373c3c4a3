"""The plain reference, written apart from the engine, decides 100,000 random pairs of enterprise and item alike."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from typing import TypeVar, get_args

import msgspec
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from matching.engine.match import EXPECTED_CODES, amounts, truths, verdicts
from matching.engine.scores import part_bounds, score_bounds
from matching.language.amounts import Amount, amounts_in
from matching.language.conditions import Condition, parts_of
from tests.matching.engine import made_firms, reference, strategies, strategies_pay
from tests.matching.engine.plain_truth import World
from tests.matching.engine.reference_pay import bounds
from tests.matching.engine.reference_score import parts_had, points_had
from tests.matching.engine.small_world import DAY, Firm, ground_of, item_of

FIRMS, WORLDS, ITEMS = 400, 5, 50
PAIRS = 100_000
NO_END = 2**63
Drawn = TypeVar("Drawn")


class Rules(msgspec.Struct, frozen=True):
    """Items of one world, and what holds for all enterprises there."""

    items: tuple[tuple[Condition, Amount], ...]
    coverage: dict[str, date]
    definitions: dict[str, Condition]
    run_day: date | None

    def world(self) -> World:
        return World(DAY, self.coverage, self.definitions, self.run_day)


def drawn(strategy: st.SearchStrategy[Drawn], number: int) -> list[Drawn]:
    """Draw so many values; the same ones each time."""
    found: list[Drawn] = []

    @settings(max_examples=number, derandomize=True, database=None, deadline=None,
              suppress_health_check=list(HealthCheck))  # fmt: skip
    @given(strategy)
    def draw(one: Drawn) -> None:
        found.append(one)

    draw()
    return found[:number]


def drawn_items() -> list[tuple[Condition, Amount]]:
    return drawn(st.tuples(strategies.conditions, strategies_pay.amounts), WORLDS * ITEMS)


def kinds_in(items: list[tuple[Condition, Amount]]) -> set[str]:
    """Name every kind of condition and amount that stands somewhere in these."""
    kinds: set[str] = set()
    for condition, amount in items:
        kinds |= {type(part).__name__ for part in amounts_in(amount)}
        waiting = [condition]
        while waiting:
            part = waiting.pop()
            kinds.add(type(part).__name__)
            waiting += parts_of(part)
    return kinds


def worlds() -> Iterator[tuple[Rules, list[Firm]]]:
    firms = drawn(made_firms.firms(), FIRMS)
    items = drawn_items()
    around = drawn(st.tuples(made_firms.coverages, strategies.definitions), WORLDS * 8)[::8]
    for place, (coverage, definitions) in enumerate(around):
        run_day = DAY + timedelta(days=200) if place % 2 else None
        yield Rules(tuple(items[place::WORLDS]), coverage, definitions, run_day), firms


def test_100_000_random_pairs_with_unknowns_get_the_same_verdict_points_and_amount() -> None:
    pairs, seen, ranges = 0, Counter[str](), 0
    for rules, firms in worlds():
        world = rules.world()
        ground = ground_of(firms, rules.coverage, rules.definitions, rules.run_day)
        items = [item_of(*both, item_id=f"i{place}") for place, both in enumerate(rules.items)]
        codes, bare = verdicts(items, ground, DAY), truths(items, ground, DAY)
        for item in items:
            said = [reference.verdict(item.condition, firm, world) for firm in firms]
            assert codes[item.id].to_list() == [EXPECTED_CODES[word] for word in said], item
            assert bare[item.id].to_list() == [
                reference.truth(item.condition, firm, world) for firm in firms
            ], item
            given_out = amounts(item, ground, DAY).drop("enterprise_id").rows()
            assert given_out == [in_columns(item.amount, firm, world) for firm in firms], item
            seen.update(said)
            pairs += len(firms)
            ranges += sum(low != high for low, high in given_out)
    assert pairs >= PAIRS
    assert kinds_in(drawn_items()) >= {kind.__name__ for kind in get_args(Condition | Amount)}
    assert all(seen[word] >= 0.005 * PAIRS for word in EXPECTED_CODES), seen
    assert ranges >= 0.1 * PAIRS


def in_columns(amount: Amount, firm: Firm, world: World) -> tuple[int, int | None]:
    """Give both ends as columns hold them: what is too large is "at least this much, no end known"."""
    low, high = bounds(amount, firm, world)
    return min(low, NO_END - 1), high if high is not None and high < NO_END else None


def test_the_points_of_every_score_table_are_bounded_alike() -> None:
    tables, firms = drawn(strategies.scores, 60), drawn(made_firms.firms(), 200)
    coverage, definitions = drawn(st.tuples(made_firms.coverages, strategies.definitions), 20)[-1]
    world, ground = World(DAY, coverage, definitions), ground_of(firms, coverage, definitions)
    open_ranges = 0
    for table in tables:
        ends = [score_bounds(table, DAY, ground), *part_bounds(table, DAY, ground)]
        asked = {
            f"{place}:{end}": column
            for place, pair in enumerate(ends)
            for end, column in zip(("low", "high"), pair, strict=True)
        }
        found = ground.collect(*(column.alias(name) for name, column in asked.items())).rows()
        for row, firm in zip(found, firms, strict=True):
            holds = [reference.truth(part, firm, world) for part in parts_of(table)]
            said = [points_had(table, holds), *parts_had(table, holds)]
            assert row[1:] == tuple(end for pair in said for end in pair), table
            open_ranges += said[0][0] != said[0][1]
    assert open_ranges >= 1_000
