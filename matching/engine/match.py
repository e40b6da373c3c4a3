"""The one evaluation: items over a population, as verdict columns and amounts.

The monthly run, an enterprise's page, the command line and the examples in item files all come here.
"""

from collections.abc import Sequence
from datetime import date

import msgspec
import polars as pl

from matching.engine.ground import Ground
from matching.engine.pay import amount_range
from matching.engine.staged import places
from matching.engine.truth import MET, OPEN, PERSON, UNMET, verdict
from matching.language.amounts import Unstated, amounts_in, gives_money, is_pending
from matching.language.conditions import AllOf, Condition, OneOf
from matching.language.items import Item

VERDICT_WORDS = {MET: "符合", UNMET: "不符合", OPEN: "待补充", PERSON: "需人工"}
EXPECTED_CODES = {"met": MET, "unmet": UNMET, "unknown": OPEN, "person": PERSON}


class Payable(msgspec.Struct, frozen=True):
    """Whether a met item may become an entitlement, and if not, why."""

    allowed: bool
    reason: str


def whole_condition(item: Item, nation: str) -> Condition:
    """Give the item's condition with "lies in the authority's area" in front of it."""
    if item.area == nation:
        return item.condition
    return AllOf(parts=(OneOf(fact="place", codes=(item.area,)), item.condition))


def payable(item: Item, on: date) -> Payable:
    """Say whether meeting the item on that run day is an entitlement, without anybody's further word."""
    standing = item.standing(on)
    if standing == "draft":
        return Payable(allowed=False, reason="征求意见稿，不作为兑付依据")
    if standing != "in_force":
        reasons = {
            "not_yet": "尚未开始",
            "expired": "已过期",
            "review_overdue": "有效性超过复核期限",
        }
        return Payable(allowed=False, reason=reasons[standing])
    if item.mark == "illustrative":
        return Payable(allowed=False, reason="示例条目，内容虚构")
    if item.mark == "recalled":
        return Payable(allowed=False, reason="条款凭记忆录入，未核对原文")
    if not gives_money(item.amount):
        return Payable(allowed=False, reason="不涉及资金兑付")
    if any(isinstance(part, Unstated) for part in amounts_in(item.amount)):
        return Payable(allowed=False, reason="文件未写明金额或比例")
    if is_pending(item.amount):
        return Payable(allowed=False, reason="名单未截止，金额待定")
    return Payable(allowed=True, reason="")


def payable_items(items: Sequence[Item], on: date) -> tuple[Item, ...]:
    """Give those that may be paid on that run day."""
    return tuple(item for item in items if payable(item, on).allowed)


def decided_items(items: Sequence[Item], on: date) -> tuple[Item, ...]:
    """Give the versions a run of that day decides: neither over nor yet to come."""
    return tuple(item for item in items if item.standing(on) not in ("expired", "not_yet"))


def verdicts(items: Sequence[Item], ground: Ground, on: date) -> pl.DataFrame:
    """Give "enterprise_id" and one column of verdict codes an item, named by its id."""
    decided = truths(items, ground, on)
    codes = decided.select(
        "enterprise_id", *(verdict(pl.col(item.id), None).alias(item.id) for item in items)
    )
    judged = [item for item in items if ground.needs_judgement(item.condition)]
    return codes.with_columns(
        with_persons(item, codes[item.id], ground, on).alias(item.id) for item in judged
    )


def with_persons(item: Item, codes: pl.Series, ground: Ground, on: date) -> pl.Series:
    """Turn an item's codes into those with persons in them, looking only where a datum seemed to be missing.

    codes  from its truth, judgements left open, one a row of the population.
    """
    condition = whole_condition(item, ground.vocabulary.places.root)
    lacking = ground.may_be_open(condition, item.evidence(on))
    if lacking is None:
        return codes
    rows = places(codes == OPEN)
    found = ground.collect_at(rows, lacking.alias("lacking"))["lacking"]
    # A copy: scatter changes the series it is called on.
    return codes.clone().scatter(rows.filter(~found), PERSON)


def truths(items: Sequence[Item], ground: Ground, on: date) -> pl.DataFrame:
    """Give the bare three-valued truths, judgements left open: the leanest form of the whole match."""
    nation = ground.vocabulary.places.root
    return ground.collect(
        *(
            ground.guarded_truth(whole_condition(item, nation), item.evidence(on)).alias(item.id)
            for item in items
        )
    )


def amounts(item: Item, ground: Ground, on: date) -> pl.DataFrame:
    """Give "enterprise_id", "low_cents" and "high_cents" (null: no upper end known) of every row."""
    low, high = amount_range(item.amount, ground, item.evidence(on))
    return ground.facts_and_tests().select(
        "enterprise_id",
        low.cast(pl.Int64).alias("low_cents"),
        high.cast(pl.Int64).alias("high_cents"),
    )
