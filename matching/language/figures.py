"""Values and distances beside a test, in words."""

from datetime import date

from matching.language.conditions import (
    Compare,
    CompareTwo,
    Condition,
    FirstOver,
    Growth,
    OneOf,
    Score,
    Share,
)
from matching.language.quantities import Quantity
from matching.language.units import share_in_words
from matching.language.wording import Words


def value_in_words(test: Condition, value: object, against: object, words: Words) -> str | None:
    """Say what is known of the tested fact; None where nothing is."""
    if value is None:
        return None
    if isinstance(test, Score):
        return _points_in_words(value, against)
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(test, OneOf) and isinstance(value, str):
        return words.code(test.fact, value)
    if not isinstance(value, int):
        return str(value)
    if isinstance(test, Share | Growth):
        return share_in_words(value)
    said = words.figure_of(_fact(test), value)
    if isinstance(test, CompareTwo) and isinstance(against, int):
        return f"{said}，对比{words.figure_of(_fact(test), against)}"
    return said


def distance_in_words(test: Condition, distance: object, words: Words) -> str | None:
    """Say how far a missed limit is; None where no distance can be named."""
    if not isinstance(distance, int):
        return None
    match test:
        case Compare(operator=operator) | CompareTwo(operator=operator) | Share(operator=operator):
            way = "还差" if operator in ("at_least", "more_than") else "超出"
        case FirstOver():
            way = "还差"
        case Score():
            return f"还差{distance}分"
        case _:
            return None
    return f"{way}{words.figure_of(_fact(test), distance)}"


def _points_in_words(low: object, high: object) -> str:
    return f"{low}分" if low == high else f"已确定{low}分，最多{high}分"


def _fact(test: Condition) -> str:
    quantity: Quantity
    match test:
        case Compare(quantity=quantity) | CompareTwo(quantity=quantity) | Share(part=quantity):
            return quantity.fact
        case FirstOver(fact=fact):
            return fact
        case _:
            raise TypeError(f"{type(test).__name__} compares no quantity")
