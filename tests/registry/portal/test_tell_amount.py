"""What an item gives, in words: ranges of money, what a firm would get, and what the text says."""

import pytest

from matching.engine.explain import Explanation, explain
from matching.language.amounts import (
    Amount,
    Fixed,
    Highest,
    LessPaid,
    NonCash,
    Payer,
    Pool,
    Row,
    Split,
    StackCap,
    Staged,
    Table,
    Total,
    Unstated,
)
from matching.language.conditions import Flag
from matching.language.quantities import Value
from matching.language.wording import Words
from registry.portal.tell_amount import amount_for, amount_lines, money_range
from tests.matching.engine.small_world import DAY, VOCABULARY, Firm, ground_of, item_of

WAN = 1_000_000
DIRECT = Flag(fact="direct", expected=True, label="直供")
ROWS = (Row(DIRECT, Fixed(20 * WAN)), Row(None, Fixed(10 * WAN)))
BOTH = (Payer("省", 2), Payer("县", 1))
LINES = (("20万元", "直供"), ("10万元", ""))


@pytest.mark.parametrize(
    ("low", "high", "said"),
    [
        (200_000_000, 200_000_000, "200万元"),
        (0, 200_000_000, "至多200万元"),
        (50_000_000, 200_000_000, "50万元至200万元"),
        (50_000_000, None, "至少50万元"),
        (0, None, "金额待定"),
        (0, 0, "0元"),
    ],
)
def test_both_ends_of_a_range_are_said(low: int, high: int | None, said: str) -> None:
    assert money_range(low, high) == said


def explained(amount: Amount, *, direct: bool) -> Explanation:
    """Explain an item that is met by whoever is supplied directly."""
    ground = ground_of([Firm(facts={"direct": direct})])
    return explain([item_of(DIRECT, amount)], ground, DAY)[0]


@pytest.mark.parametrize(
    ("amount", "said"),
    [
        (Fixed(10 * WAN), "10万元"),
        (Table(ROWS), "20万元"),
        (Split(Table(ROWS), BOTH), "20万元（省13.333333万元、县6.666667万元）"),
        (Split(Unstated("另定", WAN), BOTH), "至多1万元"),
        (NonCash("优先"), "非资金支持"),
        (Table((Row(None, NonCash("优先")),)), "非资金支持"),
        (Unstated("另定"), "文件未定金额"),
        (Unstated("另定", 10 * WAN), "至多10万元"),
        (Pool(50 * WAN, "pro_rata"), "至多50万元（名单截止后确定）"),
        (Pool(50 * WAN, "first_come", Fixed(WAN)), "至多1万元（名单截止后确定）"),
    ],
)
def test_a_firm_is_told_what_it_would_get(amount: Amount, said: str) -> None:
    assert amount_for(amount, explained(amount, direct=True)) == said
    assert amount_for(amount, explained(amount, direct=False)) is None


@pytest.mark.parametrize(
    ("amount", "head", "lines"),
    [
        (Fixed(10 * WAN), "10万元", ()),
        (Highest(ROWS), "以下从高，不重复", LINES),
        (Total(ROWS), "以下相加", LINES),
        (Table(ROWS), "以下按最先符合的一行", (LINES[0], ("10万元", "其余情形"))),
        (
            Staged("P1", ROWS[::-1]),
            "以下按已到达的最远阶段累计；减去此前已获P1系列奖励",
            LINES[::-1],
        ),
        (
            LessPaid("P1", Highest(ROWS)),
            "以下从高，不重复；减去此前已获P1系列奖励（补级差）",
            LINES,
        ),
        (
            Split(Highest(ROWS), BOTH),
            "以下从高，不重复；省、县按2:1分担",
            LINES,
        ),
        (
            StackCap(Total(ROWS), cost=Value("capital"), besides=("P2",)),
            "以下相加；与P2系列奖励合计不超过指标capital",
            LINES,
        ),
    ],
)
def test_an_amount_is_told_as_a_heading_and_lines(
    amount: Amount, head: str, lines: tuple[tuple[str, str], ...]
) -> None:
    assert amount_lines(amount, Words(VOCABULARY, {}, DAY)) == (head, lines)
