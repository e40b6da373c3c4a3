"""What is called impossible never comes out true; what plainly cannot hold is found."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.catalogue.impossible import Reach
from matching.language.conditions import AllOf, AnyOf, Condition, CountOf, Negate
from tests.matching.engine import made_firms, strategies
from tests.matching.engine.small_world import DAY, VOCABULARY, Firm, ground_of
from tests.matching.language.made_items import VOCABULARY as SHIPPED
from tests.matching.language.made_items import condition

tests = strategies.leaves | st.builds(Negate, part=strategies.leaves)
crowded = st.lists(tests | strategies.conditions, min_size=2, max_size=5).map(
    lambda parts: AllOf(parts=tuple(parts))
)
firms = st.lists(made_firms.firms(), min_size=4, max_size=12)


@given(crowded, firms, made_firms.coverages, strategies.definitions, st.booleans())
def test_what_is_called_impossible_is_true_of_nobody(
    asked: Condition,
    firms: list[Firm],
    coverage: dict[str, date],
    definitions: dict[str, Condition],
    fixed: bool,  # noqa: FBT001  drawn by hypothesis
) -> None:
    reach = Reach(VOCABULARY, definitions, DAY if fixed else None)
    if not any(never.whole for never in reach.never(asked)):
        return
    ground = ground_of(firms, coverage, definitions)
    found = ground.collect(ground.truth(asked, DAY).alias("truth"))
    assert True not in found["truth"].to_list()


@given(strategies.conditions, strategies.conditions, firms, made_firms.coverages,
       strategies.definitions)  # fmt: skip
def test_what_is_called_covered_is_never_true_where_the_other_is_false(
    one: Condition,
    other: Condition,
    firms: list[Firm],
    coverage: dict[str, date],
    definitions: dict[str, Condition],
) -> None:
    reach = Reach(VOCABULARY, definitions, DAY)
    if not reach.implies(one, other):
        return
    ground = ground_of(firms, coverage, definitions)
    asked = [ground.truth(part, DAY).alias(name) for name, part in (("one", one), ("other", other))]
    for row in ground.collect(*asked).iter_rows(named=True):
        assert (row["one"], row["other"]) != (True, False)


IMPOSSIBLE = {
    "two limits of one figure": """{all_of: [
        {fact: annual_revenue, year: 2025, at_least: 2000 万元},
        {fact: annual_revenue, year: 2025, less_than: 2000 万元}]}""",
    "no whole number between": """{all_of: [
        {fact: employees, year: 2025, more_than: 10 人}, {fact: employees, year: 2025, less_than: 11 人}]}""",
    "two shares of one whole": """{all_of: [
        {share: {fact: rd_deduction, year: 2025}, of: {fact: annual_revenue, year: 2025}, at_least: 5 %},
        {share: {fact: rd_deduction, year: 2025}, of: {fact: annual_revenue, year: 2025}, at_most: 3 %}]}""",
    "places apart": "{all_of: [{fact: place, within: [郑州市]}, {fact: place, within: [许昌市]}]}",
    "in a part but not in the whole": """{all_of: [
        {fact: industry, within: [C34]}, {negate: {fact: industry, within: [C]}}]}""",
    "words apart": "{all_of: [{fact: status, one_of: [active]}, {fact: status, one_of: [revoked]}]}",
    "no word left": "{negate: {fact: status, one_of: [active, cancelled, revoked, moved]}}",
    "a flag both ways": "{all_of: [{fact: key_chain, is: yes}, {fact: key_chain, is: no}]}",
    "on a list at a level, yet not on it": """{all_of: [
        {listed: champion_firm, level: 省级}, {negate: {listed: champion_firm}}]}""",
    "paid and not paid": "{all_of: [{paid: P1}, {negate: {paid: P1}}]}",
    "too late and too early": """{all_of: [
        {fact: registered_on, on_or_after: 2020-01-01}, {fact: registered_on, on_or_before: 2019-12-31}]}""",
    "every way closed": """{all_of: [
        {fact: place, within: [郑州市]},
        {any_of: [{fact: place, within: [许昌市]}, {fact: place, within: [洛阳市]}]}]}""",
    "too few ways open": """{all_of: [
        {fact: key_chain, is: no},
        {at_least: 2, of: [{fact: key_chain, is: yes}, {fact: military_industry, is: yes}]}]}""",
    "first in two years": """{all_of: [
        {listed: little_giant, first_in: 2025}, {listed: little_giant, first_in: 2026}]}""",
}
POSSIBLE = {
    "a share above the whole": """{share: {fact: rd_deduction, year: 2025},
        of: {fact: annual_revenue, year: 2025}, more_than: 100 %}""",
    "a mean between two whole numbers": """{all_of: [
        {fact: power_use, months: 2026-01..2026-03, take: mean, more_than: 10 千瓦时},
        {fact: power_use, months: 2026-01..2026-03, take: mean, less_than: 11 千瓦时}]}""",
    "two levels of one list": """{all_of: [
        {listed: champion_firm, level: 省级}, {listed: champion_firm, level: 国家级}]}""",
    "years apart": """{all_of: [
        {fact: annual_revenue, year: 2025, at_least: 2 万元},
        {fact: annual_revenue, year: 2024, less_than: 2 万元}]}""",
    "in a whole but not in a part": """{all_of: [
        {fact: industry, within: [C]}, {negate: {fact: industry, within: [C34]}}]}""",
    "only exclusions": "{negate: {fact: place, within: [郑州市, 许昌市]}}",
    "a person's word both ways": "{all_of: [{judgement: 突出}, {negate: {judgement: 突出}}]}",
}


def reach() -> Reach:
    return Reach(SHIPPED, {}, None)


@pytest.mark.parametrize("text", IMPOSSIBLE.values(), ids=IMPOSSIBLE)
def test_what_cannot_hold_is_found(text: str) -> None:
    assert [(n.where, n.whole) for n in reach().never(condition(text))] == [("condition", True)]


@pytest.mark.parametrize("text", POSSIBLE.values(), ids=POSSIBLE)
def test_what_may_hold_is_left_alone(text: str) -> None:
    assert reach().never(condition(text)) == ()


def test_a_way_that_is_closed_is_named_and_the_rest_left_open() -> None:
    asked = condition("""{all_of: [{fact: place, within: [郑州市]},
        {any_of: [{fact: key_chain, is: yes}, {fact: place, within: [许昌市]}]}]}""")

    found = reach().never(asked)

    assert [(never.where, never.whole) for never in found] == [
        ("condition.all_of[1].any_of[1]", False)
    ]
    clash = found[0].clashes[0]
    assert clash.other is not None
    assert (clash.asked.where, clash.other.where) == (
        "condition.all_of[1].any_of[1]", "condition.all_of[0]",
    )  # fmt: skip


def test_a_part_that_a_wider_one_covers_is_named_once() -> None:
    asked = condition("""{any_of: [{listed: champion_firm, level: 国家级},
        {fact: key_chain, is: yes}, {listed: champion_firm}, {listed: champion_firm}]}""")

    assert [(found.where, found.by) for found in reach().covered(asked)] == [
        ("condition.any_of[0]", "condition.any_of[2]"),
        ("condition.any_of[2]", "condition.any_of[3]"),
    ]


def test_a_smaller_share_covers_a_larger_one_but_not_a_figure() -> None:
    share = "{{share: {{fact: rd_deduction, year: 2025}}, of: {{fact: annual_revenue, year: 2025}}, at_least: {} %}}"
    five, three = (condition(share.format(limit)) for limit in (5, 3))
    figure = condition("{fact: annual_revenue, year: 2025, at_most: 0 元}")
    either = AnyOf(parts=(three, Negate(part=three)))

    assert reach().implies(five, three)
    assert not reach().implies(three, five)
    assert not reach().implies(figure, either)
    assert reach().implies(five, CountOf(at_least=1, parts=(either, figure)))
