"""What is proven to give everybody the same verdict does so, for random rules and enterprises."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.catalogue.equivalence import Equivalence, differing_tests
from matching.catalogue.impossible import Reach
from matching.catalogue.mutants import wrong_conditions
from matching.language.conditions import AllOf, AnyOf, Condition, Judgement, Negate
from tests.matching.engine import made_firms, strategies
from tests.matching.engine.small_world import DAY, VOCABULARY, Firm, ground_of
from tests.matching.language.made_items import VOCABULARY as SHIPPED
from tests.matching.language.made_items import condition

parts = st.lists(
    strategies.leaves | st.builds(Judgement, text=st.just("突出贡献")), min_size=2, max_size=3
).map(tuple)
choices = st.builds(AnyOf, parts=parts)
nested = st.lists(choices | strategies.leaves, min_size=2, max_size=3).map(
    lambda inner: AllOf(parts=(*inner, Judgement(text="较为靠前")))
)
firms = st.lists(made_firms.firms(), min_size=4, max_size=10)


@given(nested, firms, made_firms.coverages, strategies.definitions)
def test_what_is_proven_equivalent_gives_everybody_the_same_verdict(
    right: Condition,
    firms: list[Firm],
    coverage: dict[str, date],
    definitions: dict[str, Condition],
) -> None:
    proof = Equivalence(Reach(VOCABULARY, definitions, DAY))
    same = [wrong for _, wrong in wrong_conditions(right, DAY) if proof.holds(right, wrong)]
    ground = ground_of(firms, coverage, definitions)
    asked = [ground.verdict(one, DAY).alias(str(n)) for n, one in enumerate([right, *same])]
    found = ground.collect(*asked)

    assert all(found[str(n)].equals(found["0"]) for n in range(1, len(same) + 1))


GROWTH = (
    "{{growth: {{fact: annual_revenue, year: 2025}},"
    " over: {{fact: annual_revenue, year: 2024}}, at_least: {} %}}"
)


def holds(right: Condition, wrong: Condition) -> bool:
    return Equivalence(Reach(SHIPPED, {}, None)).holds(right, wrong)


def test_a_limit_beside_a_persons_word_decides_nothing_where_another_word_is_needed_anyway() -> (
    None
):
    """Whatever the growth, a person is asked: once in the choice, once after it."""
    text = "{{all_of: [{{any_of: [{}, {{judgement: 龙头}}]}}, {{judgement: 突出}}]}}"
    right, wrong = (condition(text.format(GROWTH.format(limit))) for limit in (8, 9))

    assert holds(right, wrong)


def test_it_decides_something_where_a_datum_may_be_missing_beside_it() -> None:
    text = "{{all_of: [{{any_of: [{}, {{judgement: 龙头}}, {{paid: P1}}]}}, {{judgement: 突出}}]}}"
    right, wrong = (condition(text.format(GROWTH.format(limit))) for limit in (8, 9))

    assert not holds(right, wrong)


def test_a_plain_limit_is_never_proven_needless() -> None:
    right, wrong = (condition(GROWTH.format(limit)) for limit in (8, 9))

    assert not holds(right, wrong)
    assert not holds(
        AllOf(parts=(right, Judgement(text="突出"))), AllOf(parts=(wrong, Judgement(text="突出")))
    )


@pytest.mark.parametrize(
    "around",
    [
        "{{branches: [{{when: {{paid: P1}}, then: {}}}]}}",
        "{{at_least: 1, of: [{}, {{paid: P1}}]}}",
        "{{person_where_unknown: {}}}",
        "{{all_of: [{{paid: P2}}, {{any_of: [{{branches: [{{when: {}, then: {{paid: P1}}}}]}}]}}]}}",
    ],
)
def test_a_limit_inside_a_choice_a_count_or_a_question_is_not_proven_needless(around: str) -> None:
    right, wrong = (condition(around.format(GROWTH.format(limit))) for limit in (8, 9))

    assert not holds(right, wrong)


def test_only_one_changed_test_is_looked_at() -> None:
    one, two, three = (condition(GROWTH.format(limit)) for limit in (7, 8, 9))

    found = differing_tests(
        AllOf(parts=(one, Negate(part=two))), AllOf(parts=(one, Negate(part=three)))
    )
    assert found is not None
    assert (found.right, found.wrong) == (two, three)
    assert differing_tests(AllOf(parts=(one, two)), AllOf(parts=(two, three))) is None
    assert differing_tests(AllOf(parts=(one, two)), AnyOf(parts=(one, two))) is None
    assert differing_tests(AllOf(parts=(one, two)), AllOf(parts=(one,))) is None
