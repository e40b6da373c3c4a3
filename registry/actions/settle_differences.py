"""Do what a person decided about differences: back to review, a top-up, a claim; all of it or nothing."""

from collections.abc import Sequence
from datetime import datetime

import msgspec
import polars as pl

from matching.catalogue.load_catalogue import Catalogue, leaves
from matching.language.conditions import Listed
from matching.storage.database import engine
from matching.storage.lock import database_lock
from registry.actions.open_cases import LOCK, first_steps
from registry.actions.recalculate_cases import Cause, Recalculated
from registry.actions.step_cases import make_steps
from registry.cases.differences import KIND_WORDS, Difference
from registry.cases.errors import CaseRefused
from registry.cases.guards import Ground
from registry.cases.states import OPEN
from registry.cases.step import due_at
from registry.cases.store import add_cases, add_first_steps, present
from registry.cases.types import Asked

DOABLE = frozenset({"restate", "review_again", "top_up", "claw_back", "missing"})


class Decision(msgspec.Struct, frozen=True, kw_only=True):
    """What a person decided, and when.

    cause     of what was paid and not owed; None where nothing is claimed back. `evidence`: what it rests on.
    rules     whether a rule was put right, rather than data.
    """

    by: str
    now: datetime
    evidence: str
    cause: Cause | None = None
    rules: bool = False


async def settle_differences(
    found: Recalculated, wanted: Sequence[Difference], decision: Decision, ground: Ground
) -> int:
    """Make the differences good; gives their number.

    Raises CaseRefused where one cannot be, or a claim has no cause; then nothing is changed.
    """
    problems = [
        f"{one.item_id}（企业 {one.enterprise_id}）：{KIND_WORDS[one.kind]}，{one.why}"
        for one in wanted
        if one.kind not in DOABLE
    ]
    if decision.cause is None and any(one.kind == "claw_back" for one in wanted):
        problems.append(
            "要追回的须写明起因：our_data 我方数据有误、rule_misread 条款理解有误、forged 材料虚假"
        )
    if problems:
        raise CaseRefused(problems)
    new = [one for one in wanted if one.case_id is None]
    steps = [(one.case_id, _asked(one, decision)) for one in wanted if one.case_id is not None]
    async with database_lock(LOCK), engine().transaction():
        await make_steps(steps, ground)
        if new:
            await _open(found.run_id, new, decision, ground)
    return len(wanted)


def _asked(one: Difference, decision: Decision) -> Asked:
    """Give the step that makes one difference good."""
    claim = one.kind == "claw_back"
    return Asked(
        event="claw_back" if claim else "recalculate",
        role="department" if claim else "engine",
        by=decision.by,
        now=decision.now,
        reason=decision.cause
        if claim
        else "rule_corrected"
        if decision.rules
        else "datum_corrected",
        note=one.why or None,
        evidence=decision.evidence,
        amount_cents=one.after_cents,
    )


async def _open(run_id: int, new: Sequence[Difference], decision: Decision, ground: Ground) -> None:
    rows = pl.DataFrame(
        [
            (one.enterprise_id, one.item_id, one.award_period, one.stage, run_id, one.after_cents)
            for one in new
        ],
        schema={
            "enterprise_id": pl.Int64,
            "item_id": pl.String,
            "award_period": pl.String,
            "stage": pl.Int64,
            "run_id": pl.Int64,
            "amount_cents": pl.Int64,
        },
        orient="row",
    )
    frozen = {"recalculated": run_id, "by": decision.by, "evidence": decision.evidence}
    due = due_at("review", decision.now, ground)
    opened = await add_cases(rows, decision.now)
    await add_first_steps(opened, first_steps(frozen, decision.now, due))


class Stopped(msgspec.Struct, frozen=True):
    """What a revoked title stopped, by case; and what it cannot stop: money under way or paid."""

    cancelled: tuple[int, ...]
    beyond: tuple[int, ...]


async def stop_for_title(
    title: str, enterprises: Sequence[int], asked: Asked, bound: tuple[Catalogue, Ground]
) -> Stopped:
    """Cancel the open cases, later instalments among them, that rest on a title these enterprises lost.

    What was paid stays as its document says; whoever must decide on it gets its number in `beyond`.

    asked  a "cancel" with its evidence, the document of the revocation.
    """
    catalogue, ground = bound
    resting = [
        item.id
        for item in catalogue.items
        if any(
            isinstance(leaf, Listed) and leaf.list == title
            for leaf in leaves(item.condition, catalogue.definitions)
        )
    ]
    found = (await present()).filter(
        pl.col("holder").is_in(list(enterprises)), pl.col("item_id").is_in(resting)
    )
    here = found.filter(pl.col("state").is_in(OPEN))["id"].to_list()
    beyond = found.filter(pl.col("state").is_in(["pay_ordered", "paid", "archived"]))[
        "id"
    ].to_list()
    await make_steps([(one, asked) for one in here], ground)
    return Stopped(tuple(here), tuple(beyond))
