"""What would take long to decide is refused when it is read: many conditions, names of names, endless months."""

import pytest

from matching.catalogue.load_catalogue import DEFINITIONS, build_catalogue
from matching.language.conditions import AllOf, Defined, Negate, Paid
from matching.language.problems import LanguageError
from matching.language.read_quantity import MOST_MONTHS
from matching.language.size import (
    MOST_DEFINED,
    MOST_MEANT,
    MOST_WRITTEN,
    conditions_in,
    size_of,
    sizes_of,
)
from tests.matching.language.made_items import VOCABULARY, item, item_text, problems


def many(number: int) -> str:
    """Write a condition and so many inside it."""
    return f"{{any_of: [{', '.join('{paid: P1}' for _ in range(number))}]}}"


def test_every_condition_and_amount_counts_and_a_name_as_what_it_stands_for() -> None:
    made = item(
        condition="{all_of: [{defined: good_standing}, {negate: {paid: P1}}]}",
        amount="{highest: [{fixed: 1 元}, {when: {defined: good_standing}, fixed: 2 元}]}",
    )

    assert size_of(made.condition, made.amount, {}) == 4 + 3 + 1
    assert size_of(made.condition, made.amount, {"good_standing": 6}) == 9 + 3 + 6


def test_a_definition_counts_those_it_names() -> None:
    paid = Paid(family="P1")
    named = Defined(name="a")
    definitions = {"a": AllOf(parts=(paid, paid)), "b": Negate(part=AllOf(parts=(named, named)))}

    assert sizes_of(definitions) == {"a": 3, "b": 2 + 3 + 3}
    assert conditions_in(Defined(name="b"), sizes_of(definitions)) == 8


def test_an_item_may_hold_so_many_conditions_and_no_more() -> None:
    # The amount and the junction count too.
    assert problems(condition=many(MOST_WRITTEN - 2)) == ()
    (found,) = problems(condition=many(MOST_WRITTEN - 1))
    assert str(MOST_WRITTEN + 1) in found.what


def test_an_item_may_mean_so_many_conditions_and_no_more() -> None:
    each = MOST_DEFINED
    times = MOST_MEANT // each
    definitions = f"good_standing: {many(each - 1)}\n"

    def with_names(number: int) -> None:
        named = ", ".join("{defined: good_standing}" for _ in range(number))
        text = item_text(condition=f"{{any_of: [{named}]}}")
        build_catalogue({DEFINITIONS: definitions, "items/made.yml": text}, VOCABULARY)

    with_names(times)
    with pytest.raises(LanguageError, match=str(MOST_MEANT)):
        with_names(times + 1)


def test_months_may_span_ten_years_and_no_more() -> None:
    over = "{{fact: power_use, months: 2016-01..{}, take: sum, at_least: 1 千瓦时}}"

    assert problems(condition=over.format("2025-12")) == ()
    (found,) = problems(condition=over.format("2026-01"))
    assert str(MOST_MONTHS) in found.what
