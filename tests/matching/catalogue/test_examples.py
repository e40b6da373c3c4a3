"""Every item carries its examples; the engine must agree with each of them."""

from functools import cache

import pytest

from matching.catalogue.check_examples import example_problems
from matching.catalogue.load_catalogue import shipped_catalogue
from matching.language.items import Item
from matching.language.problems import Problem

CATALOGUE = shipped_catalogue()
CASES = [
    pytest.param(item, place, id=f"{item.id}: {example.name}")
    for item in CATALOGUE.items
    for place, example in enumerate(item.examples)
]


@cache
def problems_of(item_id: str) -> tuple[Problem | None, ...]:
    item = CATALOGUE.item(item_id)
    assert item is not None
    return example_problems(item, CATALOGUE)


@pytest.mark.parametrize(("item", "place"), CASES)
def test_an_item_agrees_with_its_example(item: Item, place: int) -> None:
    assert problems_of(item.id)[place] is None
