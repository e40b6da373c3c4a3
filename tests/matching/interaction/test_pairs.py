"""The pairs of real clauses that go wrong elsewhere: winner, losing option, its amount and the legal basis."""

from datetime import date

from matching.runs.decide import decide
from tests.makers import Clause, catalogue_of
from tests.matching.interaction.stories import Lost, judged, lines, shipped, told

ON = date(2026, 9, 30)
ZHENGZHOU = {
    "place": "郑州市",
    "little_giant": "none",
    "specialized_sme": "none",
    "champion_firm": "none",
    "champion_product": "none",
    "champion_demo": "none",
    "smart_workshop": "none",
    "smart_factory": "none",
    "smart_benchmark": "none",
    "smart_scene": "none",
    "smart_demo_factory": "none",
}
GIANT = {"little_giant": "2026-07-01..2029-06-30"}
TITLES = shipped("p13-title-award", "p12-smart-manufacturing-titles", "p19-champion-demo")


# 1. Two rules in one list: "the highest, not twice" (P13), "the difference" (P12).


def test_two_titles_of_one_year_give_the_higher_and_the_lower_line_is_told() -> None:
    firm = {**ZHENGZHOU, **GIANT, "specialized_sme": "2026-03-01..2029-02-28"}

    assert told(firm, TITLES, ON).owed == {"p13-title-award": (200, 200)}
    assert lines(firm, TITLES, "p13-title-award", ON) == {True: [200], False: [50]}


def test_a_lower_title_paid_years_ago_leaves_it_to_a_person_whether_all_or_the_difference() -> None:
    firm = {**ZHENGZHOU, **GIANT, "specialized_sme": "2022-03-01..2026-02-28"}
    paid = [("P13", 50, date(2022, 12, 1))]

    assert told(firm, TITLES, ON, paid).owed == {}
    clause = TITLES.item("p13-title-award").exclusive[0]  # type: ignore[union-attr]
    assert (clause.rule, clause.earlier) == ("highest", "person")
    assert "从高、不重复" in clause.basis


def test_in_the_same_list_a_higher_smart_title_gives_the_difference_only() -> None:
    firm = {**ZHENGZHOU, "smart_workshop": "2024-05-01..", "smart_factory": "2026-05-01.."}
    paid = [("P12", 30, date(2024, 12, 1))]

    assert told(firm, TITLES, ON, paid).owed == {"p12-smart-manufacturing-titles": (20, 20)}
    clause = TITLES.item("p12-smart-manufacturing-titles").exclusive[0]  # type: ignore[union-attr]
    assert (clause.rule, "只给差额" in clause.basis) == ("difference", True)


# 2. A promotion that is additive, the opposite of P12.


def test_a_promotion_that_is_additive_takes_nothing_off() -> None:
    draft = shipped("p25-innovation-centre-draft")
    item = draft.item("p25-innovation-centre-draft")
    assert item is not None
    firm = {"place": "许昌市", "innovation_centre": "省级@2023-06-01..;国家级@2026-06-01.."}
    paid = [("P25", 100, date(2023, 12, 1))]

    # A draft pays nothing; what it would give is told all the same.
    assert told(firm, draft, ON, paid).owed == {}
    published = catalogue_of(
        {
            "centre": Clause(
                area="许昌市",
                condition="{listed: innovation_centre, level: 国家级, first_year: 0}",
                amount="{fixed: 200 万元}",
                more="family: P25\nexclusive: [{with: family:P25, rule: additive, basis: 升为国家级的再给}]",
            )
        }
    )
    assert told(firm, published, ON, paid).owed == {"centre": (200, 200)}
    assert [clause.rule for clause in item.exclusive] == ["additive"]


# 3. A new rule in the place of an old one under which the firm was paid.


def test_paid_under_the_rule_that_was_replaced_a_person_decides_on_the_new_one() -> None:
    firm = {**ZHENGZHOU, "champion_firm": "2026-07-01..2029-06-30"}
    first = told(firm, TITLES, ON)
    again = told(firm, TITLES, ON, [("P13", 100, date(2018, 12, 1))])

    assert first.owed == {"p13-title-award": (500, 500)}
    assert again.owed == {}
    new = TITLES.item("p13-title-award")
    assert new is not None
    assert new.supersedes == ("p19-champion-demo",)


def test_before_the_new_rule_the_old_one_pays() -> None:
    firm = {**ZHENGZHOU, "champion_demo": "国家级@2021-05-01.."}

    assert told(firm, TITLES, date(2022, 6, 30)).owed == {"p19-champion-demo": (100, 100)}


# 4. Stable jobs beside new hires: both. New hires beside the absorption subsidy: not for the same person.

HIRES = catalogue_of(
    {
        "hires": Clause(
            condition="{fact: graduate_hires, unused_by: [P33, absorb_hiring], at_least: 1 人}",
            amount="{per_unit: 1500 元, of: {fact: graduate_hires, unused_by: [P33, absorb_hiring]}}",
            more=(
                "family: P33\nexclusive:\n"
                "  - {with: family:absorb_hiring, rule: bars, per: evidence, basis: 不重复享受, reading: 按人核对}\n"
                "  - {with: stable, rule: additive, basis: 可同时享受}"
            ),
        ),
        "stable": Clause(condition="{fact: insured_months, at_least: 12 月}", more="family: P32"),
    }
)


def test_stable_jobs_and_new_hires_are_both_paid_and_that_is_said() -> None:
    firm = {"place": "郑州市", "graduate_hires": "a;b", "uses": "none", "insured_months": "12 月"}

    assert told(firm, HIRES, ON).owed == {"hires": (0.3, 0.3), "stable": (10, 10)}
    shipped_item = shipped("p33-expanded-hiring").item("p33-expanded-hiring")
    assert shipped_item is not None
    assert [(one.rule, one.partners) for one in shipped_item.exclusive] == [
        ("bars", ("family:absorb_hiring",)),
        ("additive", ("family:P32",)),
    ]


def test_a_person_the_absorption_subsidy_was_paid_for_is_not_paid_for_again() -> None:
    firm = {
        "place": "郑州市",
        "graduate_hires": "a;b",
        "used:absorb_hiring": "a",
        "insured_months": "12 月",
    }

    assert told(firm, HIRES, ON).owed["hires"] == (0.15, 0.15)


# 5. Two interest subsidies: not on one loan, but on two.

LOANS = catalogue_of(
    {
        "equipment": Clause(
            condition="{fact: loan_relending, is: yes}",
            amount="{share: 1.5 %, of: {fact: equipment_loans, unused_by: [P34, P35]}}",
            more=(
                "family: P34\nexclusive: [{with: small-firms, rule: same_evidence,"
                " basis: 同一笔贷款不重复贴息, reading: 按合同编号核对}]"
            ),
        ),
        "small-firms": Clause(
            condition="{fact: loan_fixed_assets, is: yes}",
            amount="{share: 1 %, of: {fact: sme_loans, unused_by: [P34, P35]}}",
            more="family: P35",
        ),
    }
)
BORROWER = {
    "place": "郑州市",
    "loan_relending": "yes",
    "loan_fixed_assets": "yes",
    "uses": "none",
}


def test_on_one_loan_the_firm_chooses_and_is_told_what_each_is_worth() -> None:
    firm = {**BORROWER, "equipment_loans": "k1=1000 万元", "sme_loans": "k1=1000 万元"}
    found = told(firm, LOANS, ON)

    assert found.owed == {}
    basis = "同一笔贷款不重复贴息"
    assert found.lost == {
        "equipment": Lost("chooses", 15, "small-firms", "same_evidence", basis),
        "small-firms": Lost("chooses", 10, "equipment", "same_evidence", basis),
    }


def test_on_two_loans_both_are_paid() -> None:
    firm = {**BORROWER, "equipment_loans": "k1=1000 万元", "sme_loans": "k2=1000 万元"}

    assert told(firm, LOANS, ON).owed == {"equipment": (15, 15), "small-firms": (10, 10)}


def test_whose_loans_are_not_told_nobody_chooses_and_nothing_is_paid() -> None:
    firm = {**BORROWER, "equipment_loans": "k1=1000 万元", "sme_loans": None}
    found = told(firm, LOANS, ON)

    assert found.owed == {}
    assert {key: one.state for key, one in found.lost.items()} == {
        "equipment": "waits",
        "small-firms": "waits",
    }


def test_a_loan_one_subsidy_has_used_gives_nothing_under_the_other() -> None:
    firm = {
        "place": "郑州市",
        "loan_relending": "no",
        "loan_fixed_assets": "yes",
        "used:P34": "k1",
        "sme_loans": "k1=1000 万元;k2=500 万元",
        "equipment_loans": "k1=1000 万元",
    }

    assert told(firm, LOANS, ON).owed == {"small-firms": (5, 5)}


def test_the_shipped_loan_subsidies_say_so_to_each_other() -> None:
    loans = shipped("p34-equipment-loan-2026", "p35-sme-loan")
    rules = {item.id: (item.exclusive[0].rule, item.exclusive[0].partners) for item in loans.items}

    assert rules == {
        "p34-equipment-loan-2026": ("same_evidence", ("family:P35",)),
        "p35-sme-loan": ("same_evidence", ("family:P34",)),
    }


# 6. A cap over all levels of government, with provincial money already paid.

STACK = catalogue_of(
    {
        "premium": Clause(
            condition="{fact: export_premium, year: -1, more_than: 0 元}",
            amount=(
                "{stack_cap: {amount: {share: 40 %, of: {fact: export_premium, year: -1}},"
                " cost: {fact: export_premium, year: -1}, besides: [PROVINCE]}}"
            ),
            more="family: P63",
        )
    }
)


def test_all_levels_together_pay_no_more_than_the_cost() -> None:
    firm = {"place": "郑州市", "export_premium@2025": "100 万元", "paid:PROVINCE": "none"}

    assert told(firm, STACK, ON).owed == {"premium": (40, 40)}
    paid = [("PROVINCE", 75, date(2026, 3, 1))]
    assert told(firm, STACK, ON, paid).owed == {"premium": (25, 25)}


def test_what_the_province_paid_being_unknown_nothing_is_certain() -> None:
    firm = {"place": "郑州市", "export_premium@2025": "100 万元"}

    assert told(firm, STACK, ON).owed == {"premium": (0, 40)}


# 7. District and city on one contract: the district first, then the city what it exceeds that by.

ORDERED = catalogue_of(
    {
        "district": Clause(
            condition="{fact: loan_relending, is: yes}",
            amount="{fixed: 50 万元}",
            more="family: DISTRICT",
        ),
        "city": Clause(
            condition="{fact: loan_fixed_assets, is: yes}",
            amount="{fixed: 80 万元}",
            more=(
                "family: CITY\nexclusive: [{with: district, rule: order, first: district, later: rest,"
                " basis: 会议纪要第三条：先区后市，就高不重复}]"
            ),
        ),
    }
)
CONTRACT = {"place": "郑州市", "loan_relending": "yes", "loan_fixed_assets": "yes"}
ORDER_BASIS = "会议纪要第三条：先区后市，就高不重复"


def test_the_district_pays_first_and_the_city_what_it_exceeds_that_by() -> None:
    assert told(CONTRACT, ORDERED, ON).owed == {"district": (50, 50), "city": (30, 30)}


def test_what_the_district_has_paid_is_not_taken_off_twice() -> None:
    paid = [("DISTRICT", 50, date(2026, 3, 1))]

    assert told(CONTRACT, ORDERED, ON, paid).owed["city"] == (30, 30)
    only_city = {**CONTRACT, "loan_relending": "no"}
    assert told(only_city, ORDERED, ON, paid).owed == {"city": (30, 30)}


def test_the_city_waits_for_a_district_that_is_undecided() -> None:
    found = told({**CONTRACT, "loan_relending": None}, ORDERED, ON)

    assert found.owed == {}
    assert found.lost == {"city": Lost("waits", 80, "district", "order", ORDER_BASIS)}


def test_the_city_having_paid_first_a_person_decides_on_the_district() -> None:
    found = told(CONTRACT, ORDERED, ON, [("CITY", 80, date(2026, 3, 1))])

    assert found.lost["district"] == Lost("person", 50, "family:CITY", "order", ORDER_BASIS)


# 8. 20 in the place of 10, also when the revenue figure comes after the 10 was paid.

FULL_LOAD = shipped("p01-2026-q1", "p01-2025-q1")
MAKER = {
    "place": "许昌市",
    "above_scale": "2019-05-01..",
    "military_industry": "no",
    "power_direct": "yes",
    **{f"power_use@2025-{month:02d}": "800000 千瓦时" for month in range(1, 13)},
    **{f"power_use@2026-{month:02d}": "800000 千瓦时" for month in range(1, 4)},
    "quarter_revenue@2025-Q1": "5000 万元",
}
GROWN = {**MAKER, "quarter_revenue@2026-Q1": "5500 万元"}
PAID_NOW = [("P01", 10, date(2026, 6, 20))]


def test_a_figure_that_comes_after_the_ten_was_paid_gives_a_top_up() -> None:
    before = told(MAKER, FULL_LOAD, ON)
    paid = told(MAKER, FULL_LOAD, ON, PAID_NOW)
    after = told(GROWN, FULL_LOAD, ON, PAID_NOW)

    assert before.owed == {"p01-2026-q1": (10, 20)}
    assert paid.owed == {"p01-2026-q1": (0, 10)}
    assert after.owed == {"p01-2026-q1": (10, 10)}


def test_the_twenty_once_paid_nothing_is_left() -> None:
    paid = [*PAID_NOW, ("P01", 10, date(2026, 10, 1))]

    assert told(GROWN, FULL_LOAD, ON, paid[:1]).owed == {"p01-2026-q1": (10, 10)}
    assert told(GROWN, FULL_LOAD, ON, paid).owed == {"p01-2026-q1": (0, 0)}


def test_what_was_paid_for_another_quarter_does_not_count() -> None:
    paid = [("P01", 20, date(2025, 6, 20))]

    assert told(GROWN, FULL_LOAD, ON, paid).owed == {"p01-2026-q1": (20, 20)}


def test_a_payment_without_a_day_may_be_of_this_quarter() -> None:
    assert told(GROWN, FULL_LOAD, ON, [("P01", 10, None)]).owed == {"p01-2026-q1": (0, 20)}


# 9. A pool that is shared out: the amount is pending until the list closes.


def test_a_pool_is_pending_until_its_list_closes() -> None:
    pool = catalogue_of(
        {
            "pool": Clause(
                condition="{fact: loan_relending, is: yes}",
                amount="{pool: 105 万元, sharing: pro_rata}",
            )
        }
    )
    found = told(CONTRACT, pool, ON)

    assert (found.owed, found.lost) == ({}, {})
    total = decide(judged(CONTRACT, pool, ON)).totals.row(0, named=True)
    assert (total["met"], total["payable"], total["held_back"]) == (
        1,
        False,
        "名单未截止，金额待定",
    )


# 10. Stages: each pays what it exceeds the earlier by; the duty to stay is told, not judged.

STAGES = catalogue_of(
    {
        "listing": Clause(
            condition="{listed: stock_listing, level: [受理, 上市]}",
            amount=(
                "{staged: {family: P29, stages: ["
                "{when: {listed: stock_listing, level: 受理}, fixed: 100 万元},"
                " {when: {listed: stock_listing, level: 上市}, fixed: 800 万元}]}}"
            ),
            more=(
                "family: P29\nexclusive:\n"
                "  - {with: family:P29, rule: difference, basis: 受理时先给，上市后补足}\n"
                "  - {with: family:city_listing, rule: additive, basis: 在市级奖励之外另给}"
            ),
        )
    }
)


def test_a_later_stage_is_topped_up_beside_the_city_award() -> None:
    firm = {"place": "郑州市", "stock_listing": "受理@2025-03-01..;上市@2026-03-01.."}
    paid = [("P29", 100, date(2025, 6, 1)), ("city_listing", 300, date(2026, 5, 1))]

    assert told(firm, STAGES, ON, paid).owed == {"listing": (700, 700)}


def test_the_duty_to_stay_is_told_with_the_item_and_is_no_condition() -> None:
    item = shipped("p29-xinxiang-zone-listing").item("p29-xinxiang-zone-listing")
    assert item is not None

    assert any("五年" in note and "公平竞争" in note for note in item.notes)
    assert [clause.rule for clause in item.exclusive] == ["difference", "additive"]
