"""Each kind of condition is read as it is written, and each way to get it wrong is named."""

from datetime import date

import pytest

from matching.language.conditions import (
    AllOf,
    AnyOf,
    Branches,
    Case,
    Compare,
    CompareTwo,
    Condition,
    CountOf,
    Dated,
    Defined,
    FirstOver,
    Flag,
    Growth,
    Judgement,
    Listed,
    Negate,
    OneOf,
    Paid,
    PersonWhereUnknown,
    RelatedHas,
    Share,
    YearsSince,
)
from matching.language.quantities import OverLedger, OverMonths, Value
from tests.matching.language.made_items import condition, line_of, problems

ACTIVE = OneOf(fact="status", codes=("active",))
LAST_YEAR, YEAR_BEFORE = Value("annual_revenue", "-1"), Value("annual_revenue", "-2")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "{fact: annual_revenue, year: -1, at_least: 2000 万元}",
            Compare(quantity=LAST_YEAR, operator="at_least", limit=2_000_000_000),
        ),
        (
            "{fact: layoff_rate, year: 2025, at_most: 5.5 %}",
            Compare(quantity=Value("layoff_rate", "2025"), operator="at_most", limit=550),
        ),
        (
            "{fact: employees, year: 0, less_than: 300 人}",
            Compare(quantity=Value("employees", "-0"), operator="less_than", limit=300),
        ),
        (
            "{fact: power_use, months: 2026-01..2026-03, take: mean, more_than: 1 万千瓦时}",
            Compare(
                quantity=OverMonths(fact="power_use", first="2026-01", last="2026-03", take="mean"),
                operator="more_than", limit=10_000,
            ),
        ),
        (
            "{fact: annual_revenue, year: -1, more_than: {fact: annual_revenue, year: -2}}",
            CompareTwo(quantity=LAST_YEAR, operator="more_than", other=YEAR_BEFORE),
        ),
        (
            "{share: {fact: rd_deduction, year: -1}, of: {fact: annual_revenue, year: -1}, at_least: 3 %}",
            Share(part=Value("rd_deduction", "-1"), whole=LAST_YEAR, operator="at_least", limit_bp=300),
        ),
        (
            "{growth: {fact: annual_revenue, year: -1}, over: {fact: annual_revenue, year: -2}, at_least: 10 %}",
            Growth(now=LAST_YEAR, before=YEAR_BEFORE, operator="at_least", limit_bp=1_000),
        ),
        (
            "{first_over: annual_revenue, year: -1, since: 2021, more_than: 50 亿元}",
            FirstOver(
                fact="annual_revenue", period="-1", since=2021, operator="more_than",
                limit=500_000_000_000,
            ),
        ),
        (
            "{fact: registered_on, on_or_before: 2023-12-31}",
            Dated(fact="registered_on", operator="on_or_before", day=date(2023, 12, 31)),
        ),
        ("{years_since: registered_on, at_least: 3 年}", YearsSince(fact="registered_on", at_least=3)),
        ("{fact: status, one_of: [存续, cancelled]}", OneOf(fact="status", codes=("active", "cancelled"))),
        ("{fact: place, within: [郑州市, '411000']}", OneOf(fact="place", codes=("410100", "411000"))),
        ("{fact: industry, within: C3489}", OneOf(fact="industry", codes=("C3489",))),
        ("{fact: key_chain, is: yes}", Flag(fact="key_chain", expected=True)),
        ("{fact: key_chain, is: 'false'}", Flag(fact="key_chain", expected=False)),
        ("{listed: little_giant}", Listed(list="little_giant")),
        (
            "{listed: champion_firm, level: 国家级, batch: [第一批, 第二批], valid_on: 2024-06-30}",
            Listed(
                list="champion_firm", levels=("国家级",), batches=("第一批", "第二批"),
                valid_on=date(2024, 6, 30),
            ),
        ),
        (
            "{listed: little_giant, first_in: 2026}",
            Listed(list="little_giant", still=False, first_in=(date(2026, 1, 1), date(2026, 12, 31))),
        ),
        ("{listed: little_giant, first_year: -1}", Listed(list="little_giant", still=False, first_year=-1)),
        ("{listed: tax_violation, within_years: 3}", Listed(list="tax_violation", still=False, within_years=3)),
        (
            "{listed: above_scale, since_by: 2026-03-31, still: no}",
            Listed(list="above_scale", still=False, since_by=date(2026, 3, 31)),
        ),
        (
            "{listed: stock_listing, level_from: 受理}",
            Listed(list="stock_listing", levels=("受理", "过会", "上市")),
        ),
        (
            "{listed: tax_violation, within_months: 18, valid_on: 2026-03-31}",
            Listed(list="tax_violation", still=False, within_months=18, valid_on=date(2026, 3, 31)),
        ),
        (
            "{listed: tax_violation, within_years: 2, valid_on: 2026-03-31}",
            Listed(list="tax_violation", still=False, within_years=2, valid_on=date(2026, 3, 31)),
        ),
        (
            "{fact: equipment_investment, window: 2023-07-01..2024-06-30, tax: excluded, at_least: 1 元}",
            Compare(
                quantity=Value("equipment_investment", "2023-07-01..2024-06-30"),
                operator="at_least", limit=100,
            ),
        ),
        (
            "{fact: graduate_hires, unused_by: [P33, absorb_hiring], at_least: 1 人}",
            Compare(
                quantity=OverLedger(fact="graduate_hires", unused_by=("P33", "absorb_hiring")),
                operator="at_least", limit=1,
            ),
        ),
        (
            "{branches: [{when: {paid: P1}, then: {fact: status, one_of: active}}], otherwise: {paid: P2}}",
            Branches(cases=(Case(when=Paid(family="P1"), then=ACTIVE),), otherwise=Paid(family="P2")),
        ),
        (
            "{branches: [{when: {paid: P1}, then: {paid: P2}}, {when: {paid: P3}, then: {paid: P4}}]}",
            Branches(cases=(
                Case(when=Paid(family="P1"), then=Paid(family="P2")),
                Case(when=Paid(family="P3"), then=Paid(family="P4")),
            )),
        ),
        (
            "{related: parent, has: {listed: serious_dishonesty}}",
            RelatedHas(role="parent", condition=Listed(list="serious_dishonesty")),
        ),
        (
            "{related: any, has: {paid: P57}, label: 集团已申报}",
            RelatedHas(role="any", condition=Paid(family="P57"), label="集团已申报"),
        ),
        ("{paid: P12}", Paid(family="P12")),
        ("{judgement: 突出贡献, label: 贡献突出}", Judgement(text="突出贡献", label="贡献突出")),
        ("{defined: good_standing}", Defined(name="good_standing")),
        ("{all_of: [{fact: status, one_of: active}]}", AllOf(parts=(ACTIVE,))),
        ("{any_of: [{fact: status, one_of: active}], label: 存续}", AnyOf(parts=(ACTIVE,), label="存续")),
        ("{negate: {fact: status, one_of: active}}", Negate(part=ACTIVE)),
        (
            "{person_where_unknown: {fact: status, one_of: active}}",
            PersonWhereUnknown(part=ACTIVE),
        ),
        ("{at_least: 1, of: [{fact: status, one_of: active}]}", CountOf(at_least=1, parts=(ACTIVE,))),
    ],
)  # fmt: skip
def test_a_condition_is_read_as_written(text: str, expected: Condition) -> None:
    assert condition(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("{}", id="nothing"),
        pytest.param("{color: red}", id="no known kind"),
        pytest.param("active", id="a word"),
        pytest.param("{all_of: []}", id="all of nothing"),
        pytest.param("{all_of: {fact: status}}", id="parts that are no list"),
        pytest.param("{negate: []}", id="negated nothing"),
        pytest.param("{at_least: 2, of: [{paid: P1}]}", id="more than there are"),
        pytest.param("{at_least: 0, of: [{paid: P1}]}", id="at least none"),
        pytest.param("{at_least: --1, of: [{paid: P1}]}", id="a number with two signs"),
        pytest.param("{at_least: ², of: [{paid: P1}]}", id="a raised digit"),
        pytest.param("{fact: turnover, at_least: 1 元}", id="an unknown fact"),
        pytest.param("{fact: annual_revenue, at_least: 1 元}", id="a year is missing"),
        pytest.param("{fact: annual_revenue, quarter: 2025-Q1, at_least: 1 元}", id="another period"),
        pytest.param("{fact: annual_revenue, year: 25, at_least: 1 元}", id="no year"),
        pytest.param("{fact: annual_revenue, year: -², at_least: 1 元}", id="a raised year"),
        pytest.param("{fact: registered_capital, year: 2025, at_least: 1 元}", id="a period too many"),
        pytest.param("{fact: annual_revenue, year: 2025}", id="no comparison"),
        pytest.param("{fact: annual_revenue, year: 2025, at_least: 1 元, at_most: 2 元}", id="two of them"),
        pytest.param("{fact: annual_revenue, year: 2025, at_least: 1}", id="no unit"),
        pytest.param("{fact: annual_revenue, year: 2025, at_least: 1 人}", id="another unit"),
        pytest.param("{fact: annual_revenue, year: 2025, at_least: 99999999999 亿元}", id="too large"),
        pytest.param(
            "{fact: annual_revenue, year: 2025, at_least: {fact: employees, year: 2025}}", id="money and persons"
        ),
        pytest.param("{fact: annual_revenue, year: 2025, is: yes}", id="a number that is so"),
        pytest.param("{fact: power_use, months: 2026-03..2026-01, take: sum, at_least: 1 度}", id="backward"),
        pytest.param("{fact: power_use, months: 2026-01..2026-03, at_least: 1 度}", id="months untaken"),
        pytest.param("{fact: power_use, months: 2026-01..2026-03, take: median, at_least: 1 度}", id="no take"),
        pytest.param("{share: {fact: net_profit, year: -1}, at_least: 3 %}", id="a share of nothing"),
        pytest.param(
            "{share: {fact: net_profit, year: -1}, of: {fact: annual_revenue, year: -1}, at_least: 100001 %}",
            id="a share far too large",
        ),
        pytest.param("{share: {fact: status}, of: {fact: annual_revenue, year: -1}, at_least: 3 %}", id="no number"),
        pytest.param("{growth: {fact: net_profit, year: -1}, at_least: 3 %}", id="growth over nothing"),
        pytest.param(
            "{growth: {fact: net_profit, year: -1}, over: {fact: net_profit, year: -2}, at_least: -100 %}",
            id="falls by all",
        ),
        pytest.param(
            "{growth: {fact: net_profit, year: -1}, over: {fact: net_profit, year: -2}, years: 6, at_least: 1 %}",
            id="too many years",
        ),
        pytest.param("{first_over: employees, year: -1, since: 2021, at_most: 3 人}", id="first below"),
        pytest.param("{first_over: annual_revenue, year: -1, at_least: 1 元}", id="first since when"),
        pytest.param("{first_over: annual_revenue, year: 2020, since: 2021, at_least: 1 元}", id="since later"),
        pytest.param("{first_over: registered_capital, since: 2021, at_least: 1 元}", id="no yearly fact"),
        pytest.param("{years_since: status, at_least: 3 年}", id="years since a word"),
        pytest.param("{years_since: registered_on, at_least: 3}", id="years without unit"),
        pytest.param("{years_since: registered_on, at_least: 3000 年}", id="too many full years"),
        pytest.param("{years_since: registered_on, at_least: -1 年}", id="negative years"),
        pytest.param("{fact: registered_on, on_or_before: yesterday}", id="no day"),
        pytest.param("{fact: registered_on, on_or_before: 0001-01-01}", id="a day out of time"),
        pytest.param("{fact: registered_on}", id="no direction"),
        pytest.param("{fact: status, one_of: [开业中]}", id="an unknown word"),
        pytest.param("{fact: status, within: [active]}", id="words are no tree"),
        pytest.param("{fact: place, one_of: [郑州市]}", id="a tree is not words"),
        pytest.param("{fact: place, within: [火星]}", id="an unknown place"),
        pytest.param("{fact: industry, within: [C34891]}", id="too fine a code"),
        pytest.param("{fact: industry, within: [C3²]}", id="a code with a raised digit"),
        pytest.param("{fact: key_chain}", id="a flag that is nothing"),
        pytest.param("{fact: key_chain, is: maybe}", id="neither yes nor no"),
        pytest.param("{listed: nobody}", id="an unknown list"),
        pytest.param("{listed: little_giant, level: 国家级}", id="a list without levels"),
        pytest.param("{listed: champion_firm, level: 市级}", id="an unknown level"),
        pytest.param("{listed: little_giant, first_in: someday}", id="no days"),
        pytest.param("{listed: little_giant, first_in: 2026, first_year: 0}", id="first in two ways"),
        pytest.param("{listed: little_giant, first_year: 0, valid_on: 2026-01-01}", id="first and valid"),
        pytest.param("{listed: little_giant, first_year: 1}", id="first next year"),
        pytest.param("{listed: tax_violation, within_years: 0}", id="within no years"),
        pytest.param("{listed: little_giant, still: maybe}", id="still, perhaps"),
        pytest.param("{listed: little_giant, colour: red}", id="a key nobody knows"),
        pytest.param("{listed: champion_firm, level_from: 市级}", id="from a level there is not"),
        pytest.param("{listed: champion_firm, level_from: [省级, 国家级]}", id="from two levels"),
        pytest.param("{listed: champion_firm, level: 省级, level_from: 省级}", id="levels in two ways"),
        pytest.param("{listed: tax_violation, within_months: 0}", id="within no months"),
        pytest.param("{listed: tax_violation, within_months: 6, within_years: 1}", id="two look-backs"),
        pytest.param("{listed: tax_violation, within_years: 1, since_by: 2026-01-01}", id="back and since"),
        pytest.param(
            "{fact: equipment_investment, window: 2023-07-01..2024-06-30, at_least: 1 元}", id="no tax basis"
        ),
        pytest.param(
            "{fact: equipment_investment, window: 2023-07-01..2024-06-30, tax: included, at_least: 1 元}",
            id="the other tax basis",
        ),
        pytest.param("{fact: registered_capital, tax: excluded, at_least: 1 元}", id="tax where there is none"),
        pytest.param("{fact: graduate_hires, at_least: 1 人}", id="items used by nobody in particular"),
        pytest.param("{fact: graduate_hires, unused_by: [], at_least: 1 人}", id="items used by nobody"),
        pytest.param("{fact: graduate_hires, unused_by: P33, year: -1, at_least: 1 人}", id="items of a year"),
        pytest.param("{fact: qualifying_hires, unused_by: P33, at_least: 1 人}", id="a figure without items"),
        pytest.param("{first_over: annual_revenue, year: -1, since: 2021, tax: included, at_least: 1 元}",
                     id="tax of what bears none"),
        pytest.param("{fact: status, one_of: active, unused_by: P33}", id="a word used by an award"),
        pytest.param("{fact: registered_on, tax: included, on_or_before: 2023-12-31}", id="tax of a day"),
        pytest.param("{fact: key_chain, is: yes, take: sum}", id="the sum of a flag"),
        pytest.param(
            "{share: {fact: net_profit, year: -1, at_most: 3 元}, of: {fact: annual_revenue, year: -1}, at_least: 3 %}",
            id="a limit within a figure",
        ),
        pytest.param("{branches: []}", id="no branch"),
        pytest.param("{branches: [{when: {paid: P1}}]}", id="a branch to nowhere"),
        pytest.param("{branches: [{then: {paid: P1}}]}", id="a branch from nowhere"),
        pytest.param("{branches: [{when: {paid: P1}, then: {}}], otherwise: {paid: P1}}", id="an empty branch"),
        pytest.param("{branches: [{when: {paid: P1}, then: {paid: P1}, else: {paid: P1}}]}", id="an else"),
        pytest.param("{related: sister, has: {paid: P1}}", id="a role nobody has"),
        pytest.param("{related: parent}", id="a parent that is nothing"),
        pytest.param("{related: parent, has: {fact: status, one_of: active}}", id="a fact of the parent"),
        pytest.param("{paid: ''}", id="paid under no family"),
        pytest.param("{judgement: }", id="no question"),
        pytest.param("{defined: unheard_of}", id="an unknown definition"),
    ],
)  # fmt: skip
def test_a_wrong_condition_is_named_with_line_and_way_out(text: str) -> None:
    found = problems(condition=text)

    assert found
    for problem in found:
        assert problem.where.startswith("condition")
        assert problem.line == line_of("condition")
        assert problem.what
        assert problem.way_out


def test_an_unknown_word_comes_with_its_nearest() -> None:
    found = problems(condition="{fact: anual_revenue, year: -1, at_least: 1 元}")

    assert "annual_revenue" in found[0].way_out
