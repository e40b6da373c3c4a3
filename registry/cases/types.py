"""What a case is, what may be said of a step of it, and what was recorded."""

from datetime import datetime, tzinfo
from typing import Literal, get_args

import msgspec

from registry.cases.working_days import DeclaredYear

State = Literal[
    "candidate",
    "matched",
    "nearly",
    "undecidable",
    "not_met",
    "dept_review",
    "credit_check",
    "publicised",
    "objection",
    "second_objection",
    "notified",
    "confirmed",
    "declined",
    "lapsed",
    "account_bad",
    "pay_ordered",
    "paid",
    "archived",
    "removed",
    "cancelled",
    "claw_back",
    "repaid",
    "written_off",
]
Event = Literal[
    "freeze",
    "match",
    "miss_narrowly",
    "lack",
    "fail",
    "judge_again",
    "settle",
    "take",
    "return",
    "remove",
    "approve",
    "credit_hit",
    "publicise",
    "object",
    "object_again",
    "reject",
    "uphold",
    "uphold_out",
    "notify",
    "remind",
    "confirm",
    "decline",
    "reopen",
    "lapse",
    "request_late",
    "order",
    "pay",
    "reject_payment",
    "retry",
    "change_account",
    "year_end",
    "archive",
    "recalculate",
    "claw_back",
    "hear",
    "drop_claim",
    "repay",
    "offset",
    "write_off",
    "cancel",
    "succeed",
]
Role = Literal[
    "engine",
    "department",
    "credit",
    "anyone",
    "discipline",
    "platform",
    "enterprise",
    "finance",
    "bank",
    "archive",
]
Clock = Literal[
    "review",
    "credit",
    "publish",
    "object",
    "appeal",
    "confirm",
    "pay",
    "bank",
    "account",
    "hearing",
]
Effect = Literal["reserve", "release", "pay", "reserve_again"]
STATES: tuple[State, ...] = get_args(State)
EVENTS: tuple[Event, ...] = get_args(Event)


class ClockRule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How long something may take, in working days after the day it begins, and what says so."""

    label: str
    working_days: int
    mark: Literal["verified", "recalled", "proposal"]
    basis: str


class Reason(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A reason, and the events it may be given for."""

    label: str
    events: tuple[Event, ...] = msgspec.field(name="for")


class Declared(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What cases.yml declares.

    closes_at  the hour the last day of a clock ends, "18:00". `remind`: working days before it.
    warn_days  days ahead at which a year that is not known is told.
    """

    closes_at: str
    warn_days: int
    remind: tuple[int, ...]
    clocks: dict[Clock, ClockRule]
    reasons: dict[str, Reason]
    years: dict[int, DeclaredYear]


class Account(msgspec.Struct, frozen=True):
    """Where money is to go. `holder`: the name the account is in."""

    holder: str
    bank: str
    number: str


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """A step asked for, of one case or of a batch.

    now           the moment, in the city's time zone. `by`: a name, or "system".
    evidence      what it rests on: a file, a receipt, what was said; words or JSON.
    document      文号 of the batch.
    amount_cents  the amount from now on, for steps that settle it.
    account       for steps of the enterprise. `heir`: who holds the case from now on.
    """

    event: Event
    role: Role
    by: str
    now: datetime
    reason: str | None = None
    note: str | None = None
    evidence: str | None = None
    document: str | None = None
    amount_cents: int | None = None
    account: Account | None = None
    heir: int | None = None


class Happened(msgspec.Struct, frozen=True, kw_only=True):
    """One recorded step of a case.

    step          1 for its first. `before` None: there was no case.
    amount_cents  of the case from this step on; None: not certain yet.
    due_at        when the clock this step began, or let run on, ends; None: none runs.
    heir          who holds the case from this step on; None: as before.
    """

    step: int
    before: State | None
    event: Event
    after: State
    happened_at: datetime
    by_whom: str
    role: Role
    reason: str | None = None
    note: str | None = None
    evidence: str | None = None
    document: str | None = None
    amount_cents: int | None = None
    due_at: datetime | None = None
    account: str | None = None
    heir: int | None = None


class Case(msgspec.Struct, frozen=True, kw_only=True):
    """One enterprise, item, period and stage, with all that happened; the present is derived from it.

    name  of the enterprise that holds it now, for the check of an account.
    """

    id: int
    enterprise_id: int
    item_id: str
    award_period: str
    stage: int
    name: str | None
    steps: tuple[Happened, ...]

    @property
    def state(self) -> State | None:
        """Give where it stands; None before its first step."""
        return self.steps[-1].after if self.steps else None

    @property
    def amount_cents(self) -> int | None:
        """Give its amount; None where it is not certain."""
        return self.steps[-1].amount_cents if self.steps else None

    @property
    def due_at(self) -> datetime | None:
        """Give when the clock that runs ends."""
        return self.steps[-1].due_at if self.steps else None

    @property
    def holder(self) -> int:
        """Give whose case it is now: the enterprise, or who took it over."""
        heirs = [one.heir for one in self.steps if one.heir is not None]
        return heirs[-1] if heirs else self.enterprise_id

    def last(self, *events: Event) -> Happened | None:
        """Give the last step by one of these events; None: there was none."""
        found = [one for one in self.steps if one.event in events]
        return found[-1] if found else None

    def budget_year(self, zone: tzinfo | None) -> int | None:
        """Give the year its money comes from: that of its first notification, in the city's time; None before it."""
        first = next((one for one in self.steps if one.event == "notify"), None)
        return None if first is None else first.happened_at.astimezone(zone).year

    @property
    def claim_cents(self) -> int:
        """Give what is claimed back: what was paid less what was rightly due; 0 where nothing is."""
        paid = self.last("pay")
        if self.state != "claw_back" or paid is None:
            return 0
        return (paid.amount_cents or 0) - (self.amount_cents or 0)
