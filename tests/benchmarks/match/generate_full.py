"""The same items as generate.py makes, with everything the language has on top of conditions.

Every twentieth item also needs a score table to be reached (two parts, six indicators, fourteen rows out of the same
tests, a minimum of its own for the first part). Every item gives an amount: a sum, a share, so much a unit,
steps, the highest of three rows, a total, or a table of levels. Every tenth stands in an exclusive group of
three, of which the highest only is paid, whatever was paid before being looked up in the ledger.
"""

from random import Random

import msgspec

from matching.language.amounts import (
    Amount,
    Fixed,
    Highest,
    PerStep,
    PerUnit,
    Row,
    ShareOf,
    Table,
    Total,
)
from matching.language.conditions import (
    AllOf,
    Condition,
    Indicator,
    Points,
    Score,
    ScorePart,
    parts_of,
)
from matching.language.exclusivity import Exclusive
from matching.language.items import Item
from matching.language.quantities import Value
from tests.benchmarks.match.generate import ITEMS, NUMBERS, items

WAN = 1_000_000
SCORED = 20
GROUP, GROUPED_OUT_OF = 3, 30
"""Three items in thirty make a group."""


def full_items() -> tuple[Item, ...]:
    """Give the 573 items with score tables and amounts."""
    random = Random(1573)  # noqa: S311  repeatable, not secret
    plain = items()
    tests = list(dict.fromkeys(test for item in plain for test in _tests(item.condition)))
    return tuple(
        msgspec.structs.replace(
            item,
            mark="verified",
            condition=_scored(item.condition, tests, random)
            if place % SCORED == 0
            else item.condition,
            amount=_amount(place, tests, random),
            exclusive=_exclusive(place),
        )
        for place, item in enumerate(plain)
    )


def _exclusive(place: int) -> tuple[Exclusive, ...]:
    start, within = place // GROUPED_OUT_OF * GROUPED_OUT_OF, place % GROUPED_OUT_OF
    if within >= GROUP or start + GROUP > ITEMS:
        return ()
    partners = tuple(f"item-{start + one:03d}" for one in range(GROUP) if one != within)
    clause = Exclusive(
        partners=partners, rule="highest", scope="firm", basis="基准", earlier="nothing"
    )
    return (clause,)


def _tests(condition: Condition) -> list[Condition]:
    inner = parts_of(condition)
    return [test for part in inner for test in _tests(part)] if inner else [condition]


def _scored(condition: Condition, tests: list[Condition], random: Random) -> Condition:
    score = Score(
        parts=(
            ScorePart(name="基础", indicators=_indicators(3, tests, random), at_least=10),
            ScorePart(name="特色", indicators=_indicators(3, tests, random)),
        ),
        operator="at_least",
        limit=40,
        most=100,
    )
    return AllOf(parts=(condition, score))


def _indicators(count: int, tests: list[Condition], random: Random) -> tuple[Indicator, ...]:
    made = []
    for place in range(count):
        points = sorted(random.sample(range(2, 26), 2 + place % 2))
        rows = tuple(Points(when=random.choice(tests), points=given) for given in points)
        take = "sum" if place == 0 else "highest"
        made.append(
            Indicator(name=f"指标{place}", rows=rows, take=take, most=30 if place == 0 else None)
        )
    return tuple(made)


def _amount(place: int, tests: list[Condition], random: Random) -> Amount:
    """Give an amount of one of seven kinds in turn."""
    base = Value(random.choice(NUMBERS))
    cap = random.randint(1, 50) * 10 * WAN
    rows = tuple(
        Row(random.choice(tests), Fixed(step * random.randint(1, 20) * WAN)) for step in (1, 2, 3)
    )
    match place % 7:
        case 0:
            return Fixed(random.randint(1, 100) * WAN)
        case 1:
            return ShareOf(random.randint(1, 50) * 100, base, cap)
        case 2:
            return PerUnit(random.randint(1, 100) * 100, base, cap)
        case 3:
            return PerStep(random.randint(1, 9) * WAN, base, 1_000, 100_000)
        case 4:
            return Highest(rows)
        case 5:
            return Total((Row(None, Fixed(WAN)), *rows[:2]))
        case _:
            return Table((*rows, Row(None, ShareOf(500, base, cap))))
