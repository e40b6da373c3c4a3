"""Whether a change may be made of what stands, and the row it becomes."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from registry.pool.states import SYSTEM, Transition, state_word, step_of
from registry.pool.types import EVENT_WORDS, Asked, Pools, State, Wanted


class Present:
    """What is recorded of one enterprise in one pool, as the next change finds it.

    state  None: not in the pool. `last`: the day of its last change that stands.
    steps  recorded so far, undone ones too. `undo`: the step that may be undone, and the state before it.
    """

    def __init__(self) -> None:
        self.state: State | None = None
        self.last: date | None = None
        self.steps = 0
        self.undo: tuple[int, State | None] | None = None

    @classmethod
    def of(cls, changes: list[dict[str, Any]]) -> "Present":
        """Read the changes of one enterprise in one pool, in the order of their steps."""
        present = cls()
        undone = {row["undoes"] for row in changes if row["event"] == "undo"}
        present.steps = len(changes)
        for row in changes:
            if row["event"] != "undo" and row["step"] not in undone:
                present.undo = row["step"], row["before"]
                present.state, present.last = row["after"], row["happened_on"]
        return present


def refused(wanted: Wanted, present: Present, pools: Pools) -> str | None:
    """Say why a change may not be made, and what to do instead; None where it may."""
    asked = wanted.asked
    if wanted.pool not in pools.pools:
        return f"没有培育库“{wanted.pool}”；可用：{'、'.join(pools.pools)}"
    if asked.event == "undo":
        if present.undo is None:
            return "没有可以更正的记录"
    else:
        step = step_of(present.state, asked.event, wanted.after)
        if isinstance(step, str):
            return step
        if step.who == "official" and asked.by == SYSTEM:
            return f"{EVENT_WORDS[asked.event]}要由人决定，写明是谁"
        if present.last is not None and asked.on < present.last:
            return f"早于上一次变动（{present.last}）；日期不能倒退，上一条有误请先更正"
    return _wrong_words(asked, needs_reason=_needs_reason(wanted, present), pools=pools)


def _needs_reason(wanted: Wanted, present: Present) -> bool:
    step = step_of(present.state, wanted.asked.event, wanted.after)
    return not isinstance(step, Transition) or step.reason_required


def _wrong_words(asked: Asked, *, needs_reason: bool, pools: Pools) -> str | None:
    if not asked.by.strip():
        return "没有写是谁办的；请写明"
    if asked.on > asked.now.date():
        return f"{asked.on} 还没有到；写实际发生的日期"
    # What is entered as it stands keeps the reason it was once done for.
    entered = asked.event == "enter"
    fitting = [key for key, one in pools.reasons.items() if entered or asked.event in one.events]
    offered = "、".join(f"{key}（{pools.reasons[key].label}）" for key in fitting)
    if asked.reason is None:
        return f"{EVENT_WORDS[asked.event]}要写原因；可用：{offered}" if needs_reason else None
    if asked.reason not in fitting:
        return f"原因“{asked.reason}”不能用于{EVENT_WORDS[asked.event]}；可用：{offered}"
    return None


def row_of(wanted: Wanted, present: Present, evidence: str) -> dict[str, Any]:
    """Give the row a lawful change becomes."""
    asked = wanted.asked
    after: State | None
    undoes: int | None = None
    if asked.event == "undo" and present.undo is not None:
        undoes, after = present.undo
    else:
        step = step_of(present.state, asked.event, wanted.after)
        if isinstance(step, str):
            raise ValueError(f"{state_word(present.state)}: {step}")
        after = step.after
    said: Mapping[str, Any] = {
        name: getattr(asked, name) for name in ("event", "reason", "note", "batch", "document")
    }
    return {
        **said,
        "pool": wanted.pool,
        "enterprise_id": wanted.enterprise_id,
        "step": present.steps + 1,
        "before": present.state,
        "after": after,
        "undoes": undoes,
        "happened_on": asked.on,
        "recorded_at": asked.now,
        "by_whom": asked.by,
        "officer": asked.officer,
        "evidence": evidence,
    }
