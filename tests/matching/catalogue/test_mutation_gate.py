"""Every limit, operator, branch and sum of an item is held by an example: change it, and one no longer comes out."""

import pytest

from matching.catalogue.load_catalogue import Catalogue, build_catalogue, shipped_catalogue
from matching.catalogue.mutation_gate import mutation_score, survivors
from matching.language.items import Item
from tests.matching.language.made_items import VOCABULARY, item_text

CATALOGUE = shipped_catalogue()
EXAMPLES = """
  - {name: 正好到线, given: {annual_revenue@2025: 2000 万元}, expect: met, amount: 10 万元}
  - {name: 差1分, given: {annual_revenue@2025: 19999999.99 元}, expect: unmet}
  - {name: 不在郑州, given: {place: 许昌市}, expect: unmet}
  - {name: 没有给到, given: {annual_revenue@2025: unknown}, expect: unknown}
"""


@pytest.mark.parametrize("item", CATALOGUE.items, ids=lambda item: item.id)
def test_no_wrong_version_of_a_shipped_item_survives(item: Item) -> None:
    score = mutation_score(item, CATALOGUE)

    assert score.survivors == ()
    assert score.killed == score.all > 0


def made(examples: str, **replaced: str) -> Catalogue:
    fields = {
        "condition": "{fact: annual_revenue, year: -1, at_least: 2000 万元}",
        "background": "{place: 郑州市, annual_revenue@2025: 2000 万元, annual_revenue@2024: 1 元}",
        **replaced,
        "examples": examples,
    }
    files = {"items/p00-test.yml": item_text(**fields), "definitions.yml": "{}"}
    return build_catalogue(files, VOCABULARY)


def words(catalogue: Catalogue) -> list[str]:
    return [str(survivor) for survivor in survivors(catalogue.items[0], catalogue)]


def test_an_item_held_at_its_limit_has_no_survivor() -> None:
    assert words(made(EXAMPLES)) == []


def without(name: str) -> str:
    return "".join(line + "\n" for line in EXAMPLES.split("\n") if name not in line)


def test_a_limit_no_example_stands_at_is_named_in_words() -> None:
    """One step of the unit, 1 分, is enough to be a different rule."""
    assert words(made(without("差1分"))) == [
        "把“2025年营业收入不低于2,000万元”改成“2025年营业收入不高于2,000万元”后，所有例子仍然通过",
        "把“2025年营业收入不低于2,000万元”改成“2025年营业收入不低于1,999.999999万元”后，所有例子仍然通过",
    ]


def test_a_sum_no_example_states_is_named_in_words() -> None:
    assert words(made(EXAMPLES.replace(", amount: 10 万元", ""))) == [
        "“10万元”的金额多1分后，所有例子仍然通过",
        "“10万元”的金额少1分后，所有例子仍然通过",
    ]


def test_an_area_no_example_lies_outside_of_is_named_in_words() -> None:
    assert words(made(without("不在郑州"))) == ["不看适用范围后，所有例子仍然通过"]


def test_examples_of_several_days_refute_together() -> None:
    catalogue = made(
        EXAMPLES.replace("{name: 差1分,", "{name: 差1分, on: 2026-06-30,"), repeat="yearly"
    )

    assert words(catalogue) == []
    score = mutation_score(catalogue.items[0], catalogue)
    assert (score.item, score.all, score.killed) == ("p00-test", 7, 7)


def test_a_change_that_is_proven_to_change_nothing_is_not_counted() -> None:
    """A person is asked whatever the growth; only whether its figures are known still matters."""
    growth = (
        "{growth: {fact: annual_revenue, year: 2025},"
        " over: {fact: annual_revenue, year: 2024}, at_least: 8 %}"
    )
    condition = f"{{all_of: [{{any_of: [{growth}, {{judgement: 龙头}}]}}, {{judgement: 突出}}]}}"
    examples = (
        "[{name: 人定, expect: person}, {name: 不在郑州, given: {place: 许昌市}, expect: unmet},"
        " {name: 不知所在, given: {place: unknown}, expect: unknown}]"
    )
    told = words(made(examples, condition=condition))

    assert not [said for said in told if "不低于8.01%" in said]
    assert "“10万元”的金额多1分后，所有例子仍然通过" in told
