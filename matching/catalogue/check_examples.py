"""Running all examples of an item: many at a time, and one alone where something looks wrong.

What a batch cannot say (which datum is missing, what came out instead) the single example says.
"""

from datetime import date

from matching.catalogue.load_catalogue import Catalogue
from matching.engine.ground import Ground
from matching.engine.match import EXPECTED_CODES, amounts, verdicts
from matching.engine.profile_text import ProfileTextError, population_of_texts
from matching.engine.try_example import example_day, try_example
from matching.language.items import Example, Item
from matching.language.problems import Problem

Outcome = tuple[int, int, int | None]
"""Verdict code, lowest and highest 分."""


def example_problems(item: Item, catalogue: Catalogue) -> tuple[Problem | None, ...]:
    """Give what is wrong with each example, in their order; None: it comes out as expected."""
    return tuple(
        None
        if outcome is not None and _agrees(example, outcome)
        else try_example(item, example, catalogue.vocabulary, catalogue.definitions).problem
        for example, outcome in zip(item.examples, _outcomes(item, catalogue), strict=True)
    )


def _outcomes(item: Item, catalogue: Catalogue) -> list[Outcome | None]:
    """Give what comes out of each example; None where its profile cannot be read with the others."""
    days = [example_day(item, example) for example in item.examples]
    outcomes: list[Outcome | None] = [None] * len(days)
    for day in sorted(set(days)):
        places = [place for place, other in enumerate(days) if other == day]
        chosen = [item.examples[place] for place in places]
        for place, outcome in zip(places, _outcomes_on(item, chosen, day, catalogue), strict=False):
            outcomes[place] = outcome
    return outcomes


def _outcomes_on(
    item: Item, examples: list[Example], on: date, catalogue: Catalogue
) -> list[Outcome]:
    rows = [{**item.background, **example.given} for example in examples]
    try:
        population = population_of_texts(rows, catalogue.vocabulary)
    except ProfileTextError:
        return []
    ground = Ground(population, catalogue.vocabulary, catalogue.definitions, on)
    codes = verdicts((item,), ground, on)[item.id]
    sums = amounts(item, ground, on)
    return list(zip(codes, sums["low_cents"], sums["high_cents"], strict=True))


def _agrees(example: Example, outcome: Outcome) -> bool:
    """Say whether a batch settles the example; what is missing only a single example can tell."""
    code, *sums = outcome
    return (
        example.missing is None
        and code == EXPECTED_CODES[example.expect]
        and (example.amount is None or example.amount == tuple(sums))
    )
