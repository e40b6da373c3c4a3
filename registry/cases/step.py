"""The one step: what a case becomes by an event at a moment, or why not. Pure."""

from datetime import datetime, time

import msgspec

from registry.cases.guards import GUARDS, Ground
from registry.cases.states import Transition, transition
from registry.cases.types import Asked, Case, Clock, Declared, Effect, Happened
from registry.cases.words import EVENT_WORDS, ROLE_WORDS

SETTLES = frozenset({"match", "settle", "recalculate", "claw_back"})
"""Events after which the amount is what was asked, unknown too; any other leaves it as it was."""


class Refused(msgspec.Struct, frozen=True):
    """Why a step is not made, and what to do instead."""

    why: str


def step(case: Case, asked: Asked, ground: Ground) -> Happened | Refused:
    """Give the step to be recorded, or the reason it is refused; raises YearUnknown where a clock runs into no man's year."""
    found = transition(case.state, asked.event)
    if isinstance(found, str):
        return Refused(found)
    why = _wrong_words(found, asked, ground.declared)
    if why is None and case.steps and asked.now < case.steps[-1].happened_at:
        why = f"早于上一步（{case.steps[-1].happened_at:%Y-%m-%d %H:%M}）；时间不能倒退"
    for name in found.guards:
        why = why or GUARDS[name](case, asked, ground)
    if why is not None:
        return Refused(why)
    return _happened(found, case, asked, ground)


def _wrong_words(found: Transition, asked: Asked, declared: Declared) -> str | None:
    if found.who not in {"anyone", asked.role}:
        return (
            f"{EVENT_WORDS[asked.event]}由{ROLE_WORDS[found.who]}办理，不是{ROLE_WORDS[asked.role]}"
        )
    if not asked.by.strip():
        return "没有写是谁办的；请写明"
    if found.proven and not (asked.evidence or "").strip():
        return f"{EVENT_WORDS[asked.event]}要有依据；写明材料、回执或判定的编号"
    fitting = {key: one for key, one in declared.reasons.items() if asked.event in one.events}
    offered = "、".join(f"{key}（{one.label}）" for key, one in fitting.items())
    if asked.reason is None:
        return f"{EVENT_WORDS[asked.event]}要写原因；可用：{offered}" if found.reasoned else None
    if asked.reason not in fitting:
        return f"原因“{asked.reason}”不能用于{EVENT_WORDS[asked.event]}；可用：{offered or '无'}"
    return None


def _happened(found: Transition, case: Case, asked: Asked, ground: Ground) -> Happened:
    amount = _amount(case, asked)
    account = None if asked.account is None else msgspec.json.encode(asked.account).decode()
    return Happened(
        step=len(case.steps) + 1,
        before=case.state,
        event=asked.event,
        after=found.after,
        happened_at=asked.now,
        by_whom=asked.by,
        role=found.who,
        reason=asked.reason,
        note=asked.note,
        evidence=asked.evidence,
        document=asked.document,
        amount_cents=amount,
        due_at=_due(found, case, asked.now, ground),
        account=account,
        heir=asked.heir,
    )


def _amount(case: Case, asked: Asked) -> int | None:
    if asked.event in SETTLES:
        return asked.amount_cents
    paid = case.last("pay")
    if asked.event == "drop_claim" and paid is not None:
        return paid.amount_cents
    return case.amount_cents


def _due(found: Transition, case: Case, now: datetime, ground: Ground) -> datetime | None:
    if found.clock is None:
        return None
    if found.clock == "keep":
        return case.due_at
    back = [one.due_at for one in case.steps if one.after == found.after and one.due_at is not None]
    if found.clock == "resume":
        return back[-1] if back else None
    begun = due_at(found.clock, now, ground)
    # An answer never shortens the days a list must be public.
    return max(begun, back[-1]) if found.clock == "appeal" and back else begun


def due_at(clock: Clock, now: datetime, ground: Ground) -> datetime:
    """Give the closing hour of the last day of a clock that begins now; its first day is the next working day."""
    last = ground.days.add(now.date(), ground.declared.clocks[clock].working_days)
    return datetime.combine(last, time.fromisoformat(ground.declared.closes_at), now.tzinfo)


def effects(case: Case) -> tuple[tuple[Happened, Effect], ...]:
    """Give what happened to the case's money, step by step."""
    found = []
    for one in case.steps:
        row = transition(one.before, one.event)
        if isinstance(row, Transition) and row.effect is not None:
            found.append((one, row.effect))
    return tuple(found)


def reserved_cents(case: Case) -> int | None:
    """Give what is set aside for a case now: its amount while it is open; None where that is not certain."""
    held = False
    for _, effect in effects(case):
        held = effect in {"reserve", "reserve_again"}
    return case.amount_cents if held else 0


def rebuilt(case: Case) -> Case:
    """Give the case as the table makes it out of nothing but events, in their order.

    Raises ValueError where a recorded step is not what the table says: the record was tampered with.
    """
    again: list[Happened] = []
    for one in case.steps:
        before = again[-1].after if again else None
        row = transition(before, one.event)
        if isinstance(row, str) or (one.step, one.before, one.after) != (
            len(again) + 1,
            before,
            row.after,
        ):
            raise ValueError(f"案件 {case.id} 第 {one.step} 步与流转表不符：{row}；核对数据库备份")
        again.append(one)
    return msgspec.structs.replace(case, steps=tuple(again))
