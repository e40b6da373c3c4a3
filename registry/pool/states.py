"""What may follow what in a pool: one table, which the database holds to as well."""

from typing import Literal

import msgspec

from registry.pool.types import EVENT_WORDS, STATE_WORDS, Event, State

Who = Literal["anyone", "official"]
"""Proposals and due days come from the clock too; all else is decided by an official."""


class Transition(msgspec.Struct, frozen=True):
    """One lawful change; `before` None: the enterprise is not, or was never, in the pool."""

    before: State | None
    event: Event
    after: State
    who: Who = "official"
    reason_required: bool = True


TRANSITIONS = (
    Transition(None, "propose", "candidate", "anyone", reason_required=False),
    Transition("left", "propose", "candidate", "anyone", reason_required=False),
    Transition("lapsed", "propose", "candidate", "anyone", reason_required=False),
    Transition("revoked", "propose", "candidate", "anyone", reason_required=False),
    Transition(None, "admit", "in_pool"),
    Transition("candidate", "admit", "in_pool"),
    Transition("left", "admit", "in_pool"),
    Transition("lapsed", "admit", "in_pool"),
    Transition("revoked", "admit", "in_pool"),
    Transition(None, "enter", "candidate"),
    Transition(None, "enter", "in_pool"),
    Transition(None, "enter", "recommended"),
    Transition(None, "enter", "recognised"),
    Transition(None, "enter", "review_due"),
    Transition(None, "enter", "renewed"),
    Transition(None, "enter", "lapsed"),
    Transition(None, "enter", "revoked"),
    Transition(None, "enter", "left"),
    Transition("in_pool", "recommend", "recommended"),
    Transition("recommended", "return", "in_pool"),
    Transition("in_pool", "recognise", "recognised"),
    Transition("recommended", "recognise", "recognised"),
    Transition("recognised", "fall_due", "review_due", "anyone", reason_required=False),
    Transition("renewed", "fall_due", "review_due", "anyone", reason_required=False),
    Transition("review_due", "renew", "renewed"),
    Transition("review_due", "lapse", "lapsed"),
    Transition("recognised", "lapse", "lapsed"),
    Transition("renewed", "lapse", "lapsed"),
    Transition("recognised", "revoke", "revoked"),
    Transition("renewed", "revoke", "revoked"),
    Transition("review_due", "revoke", "revoked"),
    Transition("candidate", "leave", "left"),
    Transition("in_pool", "leave", "left"),
    Transition("recommended", "leave", "left"),
    Transition("recognised", "leave", "left"),
    Transition("renewed", "leave", "left"),
    Transition("review_due", "leave", "left"),
)
NOWHERE = "none"
SYSTEM = "system"
"""Who a change is by that the clock made."""


def state_word(state: State | None) -> str:
    """Say a state; an enterprise that is not in the pool has none."""
    return "不在库" if state is None else STATE_WORDS[state]


def step_of(before: State | None, event: Event, after: State | None = None) -> Transition | str:
    """Give the lawful change, or say why there is none and what may be done instead.

    after  needed only for "enter", which may lead to several states.
    """
    fitting = [
        one
        for one in TRANSITIONS
        if one.before == before and one.event == event and after in (None, one.after)
    ]
    if len(fitting) == 1:
        return fitting[0]
    if fitting:
        return "补录要写明现在的状态"
    may = dict.fromkeys(EVENT_WORDS[one.event] for one in TRANSITIONS if one.before == before)
    return f"“{state_word(before)}”不能{EVENT_WORDS[event]}；可以：{'、'.join(may)}"


def lawful() -> str:
    """Give the table as a condition of the database; an undone change may lead back anywhere."""
    rows = sorted({f"'{one.before or NOWHERE}>{one.event}>{one.after}'" for one in TRANSITIONS})
    said = f"coalesce(\"before\", '{NOWHERE}') || '>' || \"event\" || '>' || coalesce(\"after\", '{NOWHERE}')"
    return f'("event" = \'undo\' AND "before" IS NOT NULL) OR ({said} IN ({", ".join(rows)}))'


def reasoned() -> str:
    """Give, as a condition of the database, that whatever needs a reason has one."""
    free = sorted({f"'{one.event}'" for one in TRANSITIONS if not one.reason_required})
    return f'"reason" IS NOT NULL OR "event" IN ({", ".join(free)})'
