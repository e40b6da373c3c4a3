"""What a missing datum settles, decided a second time: by putting every value it may have into the profile."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta

import msgspec

from matching.language.conditions import Condition, Judgement, opened, parts_of
from matching.language.items import Item
from matching.language.needs import columns_of
from matching.language.vocabulary import fact_of_column
from tests.matching.engine import reference
from tests.matching.engine.plain_truth import World
from tests.matching.engine.reference_pay import bounds
from tests.matching.engine.small_world import VOCABULARY, Cell, Firm

NUMBERS = sorted(
    {limit + step for limit in (0, 1, 2, 3, 100, 101, 10_000, -1) for step in (-1, 0, 1)}
)


def values(column: str, days: tuple[date, ...]) -> list[Cell]:
    """Give every value that can make a difference to a test with the limits the strategies draw."""
    fact = VOCABULARY.facts[fact_of_column(column)[0]]
    tree = VOCABULARY.tree_of(fact)
    match fact.kind:
        case "flag":
            return [True, False]
        case "date":
            return [day + timedelta(days=step) for day in days for step in (-1, 0, 1)]
        case "code" if tree is None:
            return list(fact.values)
        case "code":
            nodes = tree.nodes if tree else {}
            outer = {node.within for node in nodes.values()}
            unheard_of = [f"{code}~" for code in nodes]
            return [*(code for code in nodes if code not in outer), *unheard_of]
        case _:
            return list(NUMBERS)


def settles(item: Item, datum: str, firm: Firm, world: World, days: tuple[date, ...]) -> bool:
    """Say whether every value of a fact decides the item; words too coarse for it are left out."""
    decided = []
    for value in values(datum, days):
        told = msgspec.structs.replace(firm, facts={**firm.facts, datum: value})
        if too_coarse(item.condition, datum, value, world):
            continue
        decided.append(reference.truth(item.condition, told, world) is not None)
    return all(decided)


def too_coarse(condition: Condition, datum: str, value: Cell, world: World) -> bool:
    """Say whether a test of this datum alone would still be unknown."""
    told = Firm({datum: value})
    return any(
        reference.single(test, told, world) is None
        for test in _tests(condition, world)
        if columns_of(test, world.on, world.definitions) == (datum,)
    )


def takes_part(item: Item, firm: Firm, world: World) -> frozenset[str]:
    """Give the missing facts an unknown test reads that stands inside nothing but unknown parts."""

    def walk(condition: Condition) -> Iterator[str]:
        if reference.truth(condition, firm, world) is not None:
            return
        meant = opened(condition, world.definitions)
        inner = parts_of(meant)
        if not inner and not isinstance(meant, Judgement):
            yield from columns_of(meant, world.on, world.definitions)
        for part in inner:
            yield from walk(part)

    return frozenset(walk(item.condition))


def worth(
    items: list[Item], firm: Firm, world: World, days: tuple[date, ...]
) -> dict[str, Counter[str]]:
    """Give what each missing fact is worth to one enterprise."""
    found: dict[str, Counter[str]] = {}
    for item in items:
        if reference.verdict(item.condition, firm, world) != "unknown":
            continue
        low, high = bounds(item.amount, firm, world)
        for datum in takes_part(item, firm, world):
            counted = found.setdefault(datum, Counter())
            counted["open_pairs"] += 1
            if settles(item, datum, firm, world, days):
                counted["settled"] += 1
                counted["low_cents"] += low
                counted["high_cents"] += high or 0
                counted["endless"] += high is None
    return found


def _tests(condition: Condition, world: World) -> Iterator[Condition]:
    meant = opened(condition, world.definitions)
    inner = parts_of(meant)
    if not inner and not isinstance(meant, Judgement):
        yield meant
    for part in inner:
        yield from _tests(part, world)
