"""What may follow what in a case: one table, from which code, database, commands and diagram are made.

A row says: in this state, on this event, by this role, if these guards hold, it goes there, this clock begins and
this happens to the money reserved for it. Sources: B3 and B6 of the process as cities run it.
"""

from collections.abc import Iterator
from typing import Literal

import msgspec

from registry.cases.types import Clock, Effect, Event, Role, State
from registry.cases.words import EVENT_WORDS, ROLE_WORDS, STATE_WORDS

OPEN: tuple[State, ...] = (
    "matched",
    "dept_review",
    "credit_check",
    "publicised",
    "objection",
    "second_objection",
    "notified",
    "confirmed",
    "account_bad",
)
"""Where a case stands whose money is reserved and not on its way."""

SHOWN: tuple[State, ...] = ("publicised", "notified", "confirmed")
"""Where it stands once its list is published and before it is paid: what falls then goes back to review.

Not while an objection is open: that is answered first.
"""


class Transition(msgspec.Struct, frozen=True, kw_only=True):
    """One lawful step.

    before    None: there is no case yet. `who`: whose step it is.
    guards    names of registry/cases/guards.py; all must hold.
    clock     begins with it; "keep": what runs runs on; "resume": that of the state it comes back to; None: none.
    reasoned  whether it needs a reason out of cases.yml. `proven`: whether it needs evidence.
    """

    before: State | None
    event: Event
    after: State
    who: Role
    guards: tuple[str, ...] = ()
    clock: Clock | Literal["keep", "resume"] | None = None
    effect: Effect | None = None
    reasoned: bool = False
    proven: bool = False


def _one(  # a row of the table, read as a sentence
    before: State | None, event: Event, after: State, who: Role, **more: object
) -> Transition:
    return Transition(before=before, event=event, after=after, who=who, **more)  # type: ignore[arg-type]


def _everywhere() -> Iterator[Transition]:
    """Give the steps that may come at any time while a case is open."""
    for state in OPEN:
        yield _one(
            state, "cancel", "cancelled", "engine", effect="release", reasoned=True, proven=True
        )
        yield _one(
            state,
            "succeed",
            state,
            "engine",
            clock="keep",
            guards=("names_an_heir",),
            reasoned=True,
        )
    for state in ("pay_ordered", "paid", "declined", "lapsed", "claw_back"):
        yield _one(
            state,
            "succeed",
            state,
            "engine",
            clock="keep",
            guards=("names_an_heir",),
            reasoned=True,
        )
    for state in ("credit_check", *SHOWN, "account_bad"):
        yield _one(
            state, "recalculate", "dept_review", "engine", clock="review", reasoned=True, proven=True,
            guards=("amount_given_or_unknown",),
        )  # fmt: skip
    for state in ("matched", "dept_review"):
        yield _one(
            state, "recalculate", "matched", "engine", clock="review", reasoned=True, proven=True,
            guards=("amount_given_or_unknown",),
        )  # fmt: skip


TRANSITIONS: tuple[Transition, ...] = (
    _one(None, "freeze", "candidate", "engine", proven=True),
    _one("candidate", "match", "matched", "engine", clock="review", effect="reserve"),
    _one("candidate", "miss_narrowly", "nearly", "engine", proven=True),
    _one("candidate", "lack", "undecidable", "engine", proven=True),
    _one("candidate", "fail", "not_met", "engine", proven=True),
    _one("nearly", "judge_again", "candidate", "engine", proven=True),
    _one("undecidable", "judge_again", "candidate", "engine", proven=True),
    _one("not_met", "judge_again", "candidate", "engine", proven=True),
    _one("matched", "settle", "matched", "department", guards=("amount_given",), clock="keep", reasoned=True, proven=True),
    _one("matched", "take", "dept_review", "department", clock="keep"),
    _one("dept_review", "return", "matched", "department", clock="review", reasoned=True),
    _one("dept_review", "remove", "removed", "department", guards=("not_who_took_it",), effect="release", reasoned=True),
    _one("dept_review", "approve", "credit_check", "department", guards=("not_who_took_it", "amount_certain"), clock="credit"),
    _one("credit_check", "credit_hit", "dept_review", "credit", clock="review", reasoned=True, proven=True),
    _one("credit_check", "publicise", "publicised", "department", guards=("names_a_document",), clock="publish", proven=True),
    _one("publicised", "object", "objection", "anyone", guards=("window_open",), clock="object", proven=True),
    _one("objection", "reject", "publicised", "department", clock="appeal", reasoned=True),
    _one("publicised", "object_again", "second_objection", "anyone", guards=("objected_before",), clock="object", reasoned=True, proven=True),
    _one("second_objection", "reject", "publicised", "discipline", clock="resume", reasoned=True),
    _one("objection", "uphold", "dept_review", "department", clock="review", reasoned=True),
    _one("second_objection", "uphold", "dept_review", "discipline", clock="review", reasoned=True),
    _one("objection", "uphold_out", "removed", "department", effect="release", reasoned=True),
    _one("second_objection", "uphold_out", "removed", "discipline", effect="release", reasoned=True),
    _one("publicised", "notify", "notified", "platform", guards=("window_over",), clock="confirm"),
    _one("notified", "remind", "notified", "platform", guards=("reminder_due",), clock="keep", proven=True),
    _one("notified", "confirm", "confirmed", "enterprise", guards=("window_open", "account_is_its_own"), clock="pay"),
    _one("notified", "decline", "declined", "enterprise", guards=("window_open",), clock="keep", effect="release", reasoned=True, proven=True),
    _one("declined", "reopen", "notified", "enterprise", guards=("window_open",), clock="keep", effect="reserve_again"),
    _one("notified", "lapse", "lapsed", "platform", guards=("window_over",), effect="release"),
    _one("lapsed", "request_late", "notified", "enterprise", guards=("first_late_request", "same_budget_year"), clock="confirm", effect="reserve_again", reasoned=True),
    _one("confirmed", "order", "pay_ordered", "finance", guards=("nobody_of_the_review", "amount_certain"), clock="bank", proven=True),
    _one("pay_ordered", "pay", "paid", "bank", effect="pay", proven=True),
    _one("pay_ordered", "reject_payment", "account_bad", "bank", clock="account", reasoned=True, proven=True),
    _one("confirmed", "reject_payment", "account_bad", "finance", clock="account", reasoned=True, proven=True),
    _one("account_bad", "retry", "confirmed", "finance", clock="pay", proven=True),
    _one("account_bad", "change_account", "confirmed", "enterprise", guards=("account_is_its_own", "same_budget_year"), clock="pay"),
    _one("account_bad", "year_end", "lapsed", "finance", guards=("year_over",), effect="release", reasoned=True),
    _one("paid", "archive", "archived", "archive", proven=True),
    _one("paid", "claw_back", "claw_back", "department", guards=("less_than_paid",), clock="hearing", reasoned=True, proven=True),
    _one("archived", "claw_back", "claw_back", "department", guards=("less_than_paid",), clock="hearing", reasoned=True, proven=True),
    _one("claw_back", "hear", "claw_back", "enterprise", clock="keep", proven=True),
    _one("claw_back", "drop_claim", "paid", "department", reasoned=True),
    _one("claw_back", "repay", "repaid", "finance", proven=True),
    _one("claw_back", "offset", "repaid", "finance", proven=True),
    _one("claw_back", "write_off", "written_off", "finance", guards=("nobody_of_the_review",), reasoned=True, proven=True),
    *_everywhere(),
)  # fmt: skip
NOWHERE = "none"


def transition(before: State | None, event: Event) -> Transition | str:
    """Give the lawful step, or say why there is none and what may be done instead."""
    for one in TRANSITIONS:
        if (one.before, one.event) == (before, event):
            return one
    may = dict.fromkeys(
        f"{EVENT_WORDS[one.event]}（{ROLE_WORDS[one.who]}）"
        for one in TRANSITIONS
        if one.before == before
    )
    said = "未立案" if before is None else STATE_WORDS[before]
    return f"“{said}”不能{EVENT_WORDS[event]}；可以：{'、'.join(may) or '无，已办结'}"


def lawful() -> str:
    """Give the table as a condition of the database."""
    rows = sorted(
        {f"'{one.before or NOWHERE}>{one.event}>{one.after}>{one.who}'" for one in TRANSITIONS}
    )
    said = f"coalesce(\"before\", '{NOWHERE}') || '>' || \"event\" || '>' || \"after\" || '>' || \"role\""
    return f"{said} IN ({', '.join(rows)})"


def reasoned() -> str:
    """Give, as a condition of the database, that whatever needs a reason has one."""
    return _given("reason", {one.event for one in TRANSITIONS if not one.reasoned})


def proven() -> str:
    """Give, as a condition of the database, that whatever needs evidence has some."""
    return _given("evidence", {one.event for one in TRANSITIONS if not one.proven})


def _given(column: str, free: set[Event]) -> str:
    return f'"{column}" IS NOT NULL OR "event" IN ({", ".join(sorted(repr(one) for one in free))})'


def diagram() -> str:
    """Give the table as a Mermaid state diagram, one arrow a pair of states."""
    arrows: dict[tuple[State | None, State], list[str]] = {}
    for one in TRANSITIONS:
        if one.before != one.after:
            arrows.setdefault((one.before, one.after), []).append(EVENT_WORDS[one.event])
    named = dict.fromkeys(one.after for one in TRANSITIONS)
    lines = [
        "stateDiagram-v2",
        *(f'    state "{STATE_WORDS[state]}" as {state}' for state in named),
    ]
    lines += [
        f"    {before or '[*]'} --> {after}: {'、'.join(dict.fromkeys(words))}"
        for (before, after), words in arrows.items()
    ]
    left = {one.before for one in TRANSITIONS if one.before != one.after}
    lines += [f"    {state} --> [*]" for state in named if state not in left]
    return "\n".join(lines)
