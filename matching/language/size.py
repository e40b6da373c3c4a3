"""How much there is to decide in a condition or an item; beyond a bound it is refused rather than computed.

A few lines of definitions that each name the one above twice stand for a billion tests.
"""

from collections.abc import Mapping

from matching.language.amounts import Amount, PerPoint, amounts_in, rows_in
from matching.language.conditions import Condition, Defined, parts_of

MOST_WRITTEN = 600
"""Conditions and amounts one item file may hold."""
MOST_MEANT = 3_000
"""The same, with every definition opened each time it is named."""
MOST_DEFINED = 400
"""Conditions one definition may come to, those it names opened."""


def conditions_in(condition: Condition, defined: Mapping[str, int]) -> int:
    """Count a condition and all inside it; a name counts as what `defined` says, else as one."""
    if isinstance(condition, Defined):
        return defined.get(condition.name, 1)
    return 1 + sum(conditions_in(part, defined) for part in parts_of(condition))


def size_of(condition: Condition, amount: Amount, defined: Mapping[str, int]) -> int:
    """Count all conditions and amounts of an item."""
    inside = amounts_in(amount)
    tests: list[Condition] = [row.when for row in rows_in(amount) if row.when is not None]
    tests += [part.growth for part in inside if isinstance(part, PerPoint)]
    return len(inside) + sum(conditions_in(test, defined) for test in (condition, *tests))


def sizes_of(definitions: Mapping[str, Condition]) -> dict[str, int]:
    """Count each definition, in an order in which each names only those before it."""
    sizes: dict[str, int] = {}
    for name, condition in definitions.items():
        sizes[name] = conditions_in(condition, sizes)
    return sizes
