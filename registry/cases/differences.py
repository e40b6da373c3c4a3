"""What a corrected datum or rule means for cases: a list of differences for a person to decide on. Pure."""

from collections.abc import Iterator
from typing import Literal

import msgspec

from registry.cases.types import State

Kind = Literal[
    "restate", "review_again", "top_up", "claw_back", "missing", "wait", "undecidable", "closed"
]
KIND_WORDS: dict[Kind, str] = {
    "restate": "审核前改正金额",
    "review_again": "退回重新审核",
    "top_up": "补差",
    "claw_back": "追回",
    "missing": "补立案",
    "wait": "先等眼前的一步",
    "undecidable": "更正后缺数据",
    "closed": "案件已了结",
}
EARLY: tuple[State, ...] = ("matched", "dept_review")
AGAIN: tuple[State, ...] = ("credit_check", "publicised", "notified", "confirmed", "account_bad")
PAID: tuple[State, ...] = ("paid", "archived")
WAITING: dict[State, str] = {
    "objection": "先答复异议",
    "second_objection": "先答复异议",
    "pay_ordered": "支付令已下，先等银行回执",
    "claw_back": "正在追回，先办完",
}


class Held(msgspec.Struct, frozen=True, kw_only=True):
    """One case there is for a pair. `amount_cents` None: not certain."""

    case_id: int
    stage: int
    state: State
    amount_cents: int | None


class Owed(msgspec.Struct, frozen=True, kw_only=True):
    """What is owed of an item for a period by the corrected evidence.

    low_cents 0 and high_cents 0: nothing. `high_cents` None: no upper end. `open`: it cannot be told.
    """

    enterprise_id: int
    item_id: str
    award_period: str
    low_cents: int
    high_cents: int | None
    open: bool = False

    @property
    def cents(self) -> int | None:
        """Give the sum where it is certain."""
        return self.low_cents if self.low_cents == self.high_cents and not self.open else None


class Difference(msgspec.Struct, frozen=True, kw_only=True):
    """One thing to be decided.

    case_id       None: a case is to be opened. `stage`: of the case.
    before_cents  of the case; None: not certain. `after_cents`: what it should be; None: not certain.
    """

    kind: Kind
    enterprise_id: int
    item_id: str
    award_period: str
    stage: int
    case_id: int | None
    before_cents: int | None
    after_cents: int | None
    why: str


def differences(owed: Owed, held: tuple[Held, ...]) -> tuple[Difference, ...]:
    """Say what is to be done about one enterprise, item and period; nothing where all is as it should be.

    held  its cases, of all stages. What was raised once counts: the sum over the stages is compared.
    """
    live = [one for one in held if one.state in (*EARLY, *AGAIN, *PAID, *WAITING)]
    if owed.open:
        return tuple(
            _one(
                owed,
                one,
                "undecidable",
                one.amount_cents,
                "更正后有数据未知，不能当作不符合；先补齐",
            )
            for one in live
        )
    if not live:
        return tuple(_without_case(owed, held))
    if any(one.amount_cents is None for one in live) or owed.cents is None:
        return tuple(_uncertain(owed, live))
    more = owed.cents - sum(one.amount_cents or 0 for one in live)
    last = max(live, key=lambda one: one.stage)
    if more > 0:
        return (_raised(owed, last, held, more),)
    return tuple(_lowered(owed, live, -more))


def _without_case(owed: Owed, held: tuple[Held, ...]) -> Iterator[Difference]:
    if owed.high_cents == 0:
        return
    for one in held:
        yield _one(owed, one, "closed", owed.cents, "更正后应得；案件已了结，由人决定是否另办")
    if not held:
        nothing = Held(case_id=0, stage=1, state="matched", amount_cents=0)
        found = _one(owed, nothing, "missing", owed.cents, "更正后应得而没有案件")
        yield msgspec.structs.replace(found, case_id=None)


def _uncertain(owed: Owed, live: list[Held]) -> Iterator[Difference]:
    for one in live:
        inside = one.amount_cents is not None and owed.low_cents <= one.amount_cents
        if inside and (owed.high_cents is None or (one.amount_cents or 0) <= owed.high_cents):
            continue
        if one.state in EARLY:
            yield _one(owed, one, "restate", owed.cents, "")
        elif one.state in AGAIN:
            yield _one(owed, one, "review_again", owed.cents, "更正后金额只知道范围")
        else:
            yield _one(owed, one, "wait", owed.cents, "更正后金额只知道范围；核定后再比")


def _raised(owed: Owed, last: Held, held: tuple[Held, ...], more: int) -> Difference:
    if last.state in EARLY:
        return _one(owed, last, "restate", (last.amount_cents or 0) + more, "")
    if last.state in WAITING and last.state != "pay_ordered":
        return _one(owed, last, "wait", (last.amount_cents or 0) + more, WAITING[last.state])
    stage = max(one.stage for one in held) + 1
    found = _one(
        owed, last, "top_up", more, f"比第 {last.stage} 阶段已办的多 {more} 分，另立一件补足"
    )
    return msgspec.structs.replace(found, stage=stage, case_id=None, before_cents=0)


def _lowered(owed: Owed, live: list[Held], less: int) -> Iterator[Difference]:
    for one in sorted(live, key=lambda one: -one.stage):
        taken = min(less, one.amount_cents or 0)
        if not taken:
            continue
        less -= taken
        after = (one.amount_cents or 0) - taken
        if one.state in WAITING:
            yield _one(owed, one, "wait", after, WAITING[one.state])
        else:
            kind: Kind = (
                "restate"
                if one.state in EARLY
                else "review_again"
                if one.state in AGAIN
                else "claw_back"
            )
            yield _one(owed, one, kind, after, "")


def _one(owed: Owed, held: Held, kind: Kind, after: int | None, why: str) -> Difference:
    return Difference(
        kind=kind,
        enterprise_id=owed.enterprise_id,
        item_id=owed.item_id,
        award_period=owed.award_period,
        stage=held.stage,
        case_id=held.case_id,
        before_cents=held.amount_cents,
        after_cents=after,
        why=why,
    )
