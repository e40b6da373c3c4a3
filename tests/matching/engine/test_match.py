"""What a met item entitles to, and what holds it back."""

import pytest

from matching.engine.explain import explain
from matching.engine.match import payable
from matching.language.amounts import (
    Amount,
    AsPaid,
    FirmCap,
    Fixed,
    Highest,
    Interest,
    LessPaid,
    NonCash,
    PartOf,
    Payer,
    Pool,
    Row,
    Split,
    StackCap,
    Table,
    Unstated,
)
from matching.language.conditions import Flag
from matching.language.quantities import Value
from tests.matching.engine.small_world import DAY, Firm, ground_of, item_of

ANYBODY = Flag(fact="direct", expected=True)
CAPITAL = Value("capital")
BOTH = (Payer("省", 1), Payer("县", 1))
PENDING, OPEN, NO_MONEY = "名单未截止，金额待定", "文件未写明金额或比例", "不涉及资金兑付"


@pytest.mark.parametrize(
    ("amount", "held_back"),
    [
        pytest.param(Fixed(1), "", id="a sum"),
        pytest.param(Table((Row(ANYBODY, Fixed(1)),)), "", id="a table of sums"),
        pytest.param(Interest(CAPITAL, points_bp=150), "", id="interest"),
        pytest.param(PartOf(5_000, AsPaid("P1")), "", id="half of what was paid"),
        pytest.param(StackCap(Fixed(1), cost=CAPITAL, besides=("P1",)), "", id="under a cap"),
        pytest.param(FirmCap(Fixed(1), 5, ("P1",), "year"), "", id="under a yearly cap"),
        pytest.param(Split(Fixed(1), BOTH), "", id="borne by two"),
        pytest.param(Pool(5, "pro_rata"), PENDING, id="a pool"),
        pytest.param(Split(Pool(5, "pro_rata"), BOTH), PENDING, id="a pool inside"),
        pytest.param(Pool(5, "pro_rata", Unstated("另定")), OPEN, id="a pool of unstated claims"),
        pytest.param(Table((Row(ANYBODY, Unstated("另定")),)), OPEN, id="an unstated row"),
        pytest.param(NonCash("优先"), NO_MONEY, id="a priority"),
        pytest.param(
            LessPaid("P1", Highest((Row(None, NonCash("优先")),))), NO_MONEY, id="one in others"
        ),
        pytest.param(
            Table((Row(ANYBODY, NonCash("优先")), Row(None, Fixed(1)))), "", id="money in one row"
        ),
    ],
)
def test_only_a_sum_that_can_be_named_is_an_entitlement(amount: Amount, held_back: str) -> None:
    item = item_of(ANYBODY, amount)

    assert payable(item, DAY).reason == held_back
    assert payable(item, DAY).allowed == (not held_back)


def test_a_pool_is_met_and_pending_with_its_range_shown() -> None:
    item = item_of(ANYBODY, Pool(500, "first_come", Fixed(70)))
    found = explain([item], ground_of([Firm(facts={"direct": True})]), DAY)[0]

    assert (found.low_cents, found.high_cents) == (0, 70)
    assert (found.entitles, found.held_back, found.amount_missing) == (False, PENDING, ())
