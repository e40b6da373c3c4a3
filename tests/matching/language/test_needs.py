"""What a condition or an amount reads is named in full, through names and parts, seen from the evidence day."""

from datetime import date

import pytest

from matching.language.conditions import Condition, Defined
from matching.language.needs import columns_of, columns_of_amount
from tests.matching.language.made_items import condition, item

DAY = date(2026, 6, 30)
NAMED: dict[str, Condition] = {
    "good_standing": Defined(name="same"),
    "same": condition(
        "{all_of: [{fact: status, one_of: active}, {negate: {listed: little_giant}}]}"
    ),
}


@pytest.mark.parametrize(
    ("text", "columns"),
    [
        ("{fact: annual_revenue, year: -1, at_least: 1 元}", ["annual_revenue@2025"]),
        ("{fact: annual_revenue, year: 0, at_least: 1 元}", ["annual_revenue@2026"]),
        (
            "{fact: power_use, months: 2025-12..2026-01, take: sum, at_least: 1 度}",
            ["power_use@2025-12", "power_use@2026-01"],
        ),
        (
            "{share: {fact: net_profit, year: 2025}, of: {fact: annual_revenue, year: 2025}, at_least: 3 %}",
            ["net_profit@2025", "annual_revenue@2025"],
        ),
        (
            "{growth: {fact: net_profit, year: -1}, over: {fact: net_profit, year: -2}, at_least: 3 %}",
            ["net_profit@2025", "net_profit@2024"],
        ),
        (
            "{first_over: net_profit, year: -1, since: 2024, at_least: 1 元}",
            ["net_profit@2024", "net_profit@2025", "registered_on"],
        ),
        ("{years_since: registered_on, at_least: 3 年}", ["registered_on"]),
        ("{fact: registered_on, on_or_after: 2020-01-01}", ["registered_on"]),
        ("{fact: key_chain, is: yes}", ["key_chain"]),
        ("{listed: little_giant, first_year: 0}", ["little_giant"]),
        ("{paid: P12}", ["paid:P12"]),
        ("{judgement: 突出贡献}", []),
        ("{related: any, has: {listed: serious_dishonesty}}", ["relations", "serious_dishonesty"]),
        ("{related: parent, has: {paid: P57}}", ["relations", "paid:P57"]),
        ("{fact: graduate_hires, unused_by: P33, at_least: 1 人}", ["graduate_hires", "uses"]),
        (
            "{branches: [{when: {paid: P1}, then: {paid: P2}}], otherwise: {fact: key_chain, is: yes}}",
            ["paid:P1", "paid:P2", "key_chain"],
        ),
        (
            (
                "{score: [{part: 甲, indicators: [{name: 乙, rows: [{when: {paid: P1}, points: 5},"
                " {points: 1}]}, {name: 丙, of: {fact: employees, year: -1}, bands: [{at_least: 5 人,"
                " points: 1}]}]}], at_least: 5}"
            ),
            ["paid:P1", "employees@2025"],
        ),
        ("{defined: good_standing}", ["status", "little_giant"]),
        (
            "{any_of: [{paid: P12}, {at_least: 1, of: [{paid: P12}, {defined: good_standing}]}]}",
            ["paid:P12", "status", "little_giant"],
        ),
    ],
)
def test_a_condition_names_what_it_reads(text: str, columns: list[str]) -> None:
    assert list(columns_of(condition(text), DAY, NAMED)) == columns


@pytest.mark.parametrize(
    ("text", "columns"),
    [
        ("{fixed: 1 元}", []),
        ("{share: 3 %, of: {fact: freight_cost, year: -1}}", ["freight_cost@2025"]),
        (
            (
                "{less_paid: P12, amount: {highest: [{when: {defined: good_standing}, fixed: 1 元},"
                " {per_unit: 1 元, of: {fact: employees, year: -1}}]}}"
            ),
            ["paid:P12", "employees@2025", "status", "little_giant"],
        ),
        (
            (
                "{per_point: 1 元, of: {growth: {fact: net_profit, year: -1},"
                " over: {fact: net_profit, year: -2}, at_least: 0 %}}"
            ),
            ["net_profit@2025", "net_profit@2024"],
        ),
        (
            "{table: [{when: {defined: good_standing}, fixed: 1 元}, {as_paid: P56}]}",
            ["paid:P56", "status", "little_giant"],
        ),
        (
            (
                "{interest: {principal: {fact: eligible_loan},"
                " rate: {fact: layoff_rate, year: -1}, share: 50 %}}"
            ),
            ["eligible_loan", "layoff_rate@2025"],
        ),
        (
            "{staged: {family: P29, stages: [{when: {listed: little_giant}, fixed: 1 元}]}}",
            ["paid:P29", "little_giant"],
        ),
        (
            "{pool: 1 元, sharing: pro_rata, claim: {part: 50 %, amount: {less_paid: P1, amount: {fixed: 1 元}}}}",
            ["paid:P1"],
        ),
        (
            (
                "{stack_cap: {amount: {split: {amount: {as_paid: P1}, payers: {省: 1, 县: 1}}},"
                " cost: {fact: export_premium, year: -1}, besides: [P2, P1],"
                " aid: {fact: export_premium_aid, year: -1}}}"
            ),
            ["export_premium@2025", "export_premium_aid@2025", "paid:P2", "paid:P1"],
        ),
        (
            "{firm_cap: {amount: {fixed: 1 元}, most: 1 元, families: [P1, P2], per: year}}",
            ["paid:P1", "paid:P2"],
        ),
    ],
)
def test_an_amount_names_what_it_reads(text: str, columns: list[str]) -> None:
    assert list(columns_of_amount(item(amount=text).amount, DAY, NAMED)) == columns
