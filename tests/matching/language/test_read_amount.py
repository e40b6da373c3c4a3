"""Every kind of amount can be written, and what is written wrongly is named with a way out."""

import typing

import pytest

from matching.language import amounts
from matching.language.amounts import (
    Amount,
    AsPaid,
    FirmCap,
    Fixed,
    Interest,
    PartOf,
    Payer,
    Pool,
    Row,
    Split,
    StackCap,
    Staged,
    Table,
    gives_money,
    is_pending,
)
from matching.language.quantities import Value
from matching.language.read_amount import MOST_ROWS, READERS
from tests.matching.language.made_items import condition, item, problems

LOAN = "principal: {fact: eligible_loan}"
LAYOFF = "rate: {fact: layoff_rate, year: 2025}"
PREMIUM = Value("export_premium", "-1")
COST = "cost: {fact: export_premium, year: -1}"
SOLAR = "{fact: power_direct, is: yes}"

WRITTEN: tuple[tuple[str, Amount], ...] = (
    (
        f"{{table: [{{when: {SOLAR}, fixed: 3 元}}, {{fixed: 1 元}}]}}",
        Table((Row(condition(SOLAR), Fixed(300)), Row(None, Fixed(100)))),
    ),
    (
        f"{{interest: {{{LOAN}, points: 1.5 %, years: 2, principal_most: 5000 万元}}}}",
        Interest(
            Value("eligible_loan"), points_bp=150, years=2, principal_most_cents=5_000_000_000
        ),
    ),
    (
        f"{{interest: {{{LOAN}, {LAYOFF}, share: 50 %, most: 2 %}}, cap: 1000 万元}}",
        Interest(
            Value("eligible_loan"),
            rate=Value("layoff_rate", "2025"),
            share_bp=5_000,
            most_bp=200,
            cap_cents=1_000_000_000,
        ),
    ),
    (
        f"{{staged: {{family: P29, stages: [{{fixed: 1 元}}, {{when: {SOLAR}, fixed: 8 元}}]}}}}",
        Staged("P29", (Row(None, Fixed(100)), Row(condition(SOLAR), Fixed(800)))),
    ),
    ("{part: 50 %, amount: {fixed: 3 元}}", PartOf(5_000, Fixed(300))),
    ("{part: 50 %, amount: {as_paid: P56}}", PartOf(5_000, AsPaid("P56"))),
    ("{pool: 50 万元, sharing: pro_rata}", Pool(50_000_000, "pro_rata")),
    (
        "{pool: 50 万元, sharing: first_come, claim: {fixed: 3000 元}}",
        Pool(50_000_000, "first_come", Fixed(300_000)),
    ),
    (
        "{split: {amount: {fixed: 3 元}, payers: {省: 1, 县: 2}}}",
        Split(Fixed(300), (Payer("省", 1), Payer("县", 2))),
    ),
    (
        f"{{stack_cap: {{amount: {{fixed: 3 元}}, {COST}, besides: [P1, P2]}}}}",
        StackCap(Fixed(300), cost=PREMIUM, besides=("P1", "P2")),
    ),
    (
        (
            f"{{stack_cap: {{amount: {{fixed: 3 元}}, {COST}, share: 80 %,"
            " aid: {fact: export_premium_aid, year: -1}}}"
        ),
        StackCap(Fixed(300), cost=PREMIUM, share_bp=8_000, aid=Value("export_premium_aid", "-1")),
    ),
    (
        "{firm_cap: {amount: {fixed: 3 元}, most: 5 元, families: P07, per: year}}",
        FirmCap(Fixed(300), cents=500, families=("P07",), per="year"),
    ),
)


@pytest.mark.parametrize(("text", "amount"), WRITTEN)
def test_an_amount_is_read_as_written(text: str, amount: Amount) -> None:
    assert item(amount=text).amount == amount


def test_every_kind_of_amount_can_be_written() -> None:
    assert len(READERS) == len(typing.get_args(amounts.Amount))


@pytest.mark.parametrize(
    ("text", "where", "what"),
    [
        ("{table: [{fixed: 1 元}, {fixed: 2 元}]}", "amount.table", "永远轮不到"),
        ("{table: []}", "amount.table", "至少一项"),
        (f"{{interest: {{{LOAN}}}}}", "amount.interest", "看不出贴息多少"),
        (f"{{interest: {{{LOAN}, {LAYOFF}}}}}", "amount.interest", "缺少 share"),
        (f"{{interest: {{{LOAN}, points: 1.5 %, share: 50 %}}}}", "amount.interest", "share"),
        (f"{{interest: {{{LOAN}, points: 101 %}}}}", "amount.interest.points", "0 到 100 %"),
        (f"{{interest: {{{LOAN}, points: 1 %, years: 0}}}}", "amount.interest.years", "超出范围"),
        (
            "{interest: {principal: {fact: employees, year: -1}, points: 1 %}}",
            "amount.interest",
            "不是金额",
        ),
        (
            f"{{interest: {{{LOAN}, rate: {{fact: eligible_loan}}, share: 50 %}}}}",
            "amount.interest",
            "不是比例",
        ),
        (
            f"{{staged: {{family: P1, stages: [{{when: {SOLAR}, fixed: 1 元}}, {{fixed: 2 元}}]}}}}",
            "amount.staged.stages",
            "永远轮不到",
        ),
        ("{staged: {stages: [{fixed: 1 元}]}}", "amount.staged", "缺少 family"),
        ("{part: 101 %, amount: {fixed: 1 元}}", "amount.part", "0 到 100 %"),
        ("{part: 50 %}", "amount", "缺少 amount"),
        ("{pool: 1 元}", "amount", "缺少 sharing"),
        ("{pool: 1 元, sharing: lottery}", "amount.sharing", "lottery"),
        ("{pool: 1 元, sharing: first_come}", "amount", "没有写明每家得多少"),
        ("{split: {amount: {fixed: 1 元}, payers: {省: 1}}}", "amount.split.payers", "两级"),
        (
            "{split: {amount: {fixed: 1 元}, payers: {省: 1, 县: 0}}}",
            "amount.split.payers.县",
            "超出范围",
        ),
        (
            '{split: {amount: {fixed: 1 元}, payers: {省: 1, "": 1}}}',
            "amount.split.payers",
            "没有名字",
        ),
        (f"{{stack_cap: {{amount: {{fixed: 1 元}}, {COST}}}}}", "amount.stack_cap", "与哪些资助"),
        ("{stack_cap: {amount: {fixed: 1 元}, besides: P1}}", "amount.stack_cap", "缺少 cost"),
        (
            "{firm_cap: {amount: {fixed: 1 元}, most: 1 元, families: [P1, P1], per: year}}",
            "amount.firm_cap.families",
            "写了两次",
        ),
        (
            "{firm_cap: {amount: {fixed: 1 元}, most: 1 元, per: year}}",
            "amount.firm_cap",
            "families",
        ),
        (
            "{firm_cap: {amount: {fixed: 1 元}, most: 1 元, families: P1, per: month}}",
            "amount.firm_cap.per",
            "month",
        ),
    ],
)
def test_a_wrong_amount_is_named(text: str, where: str, what: str) -> None:
    found = problems(amount=text)

    assert [(problem.where, what in problem.what) for problem in found] == [(where, True)]
    assert found[0].way_out


def test_a_table_has_an_end() -> None:
    rows = ", ".join(["{fixed: 1 元}"] * (MOST_ROWS + 1))

    assert [problem.what for problem in problems(amount=f"{{total: [{rows}]}}")] == ["超过100行"]


def test_only_what_holds_a_pool_is_pending() -> None:
    pool = Pool(500, "pro_rata")

    assert is_pending(pool)
    assert is_pending(Split(pool, (Payer("省", 1), Payer("县", 1))))
    assert not is_pending(Fixed(500))


def test_an_award_of_both_kinds_gives_money() -> None:
    priority = amounts.NonCash("优先")

    assert not gives_money(Table((Row(None, priority),)))
    assert gives_money(amounts.Total((Row(None, priority), Row(None, Fixed(1)))))
    assert gives_money(Pool(500, "pro_rata"))
