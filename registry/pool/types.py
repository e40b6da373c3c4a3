"""What a pool is, what may be said of a change in it, and where an enterprise stands."""

import hashlib
from datetime import date, datetime
from typing import Literal

import msgspec

State = Literal[
    "candidate",
    "in_pool",
    "recommended",
    "recognised",
    "review_due",
    "renewed",
    "lapsed",
    "revoked",
    "left",
]
Event = Literal[
    "propose",
    "admit",
    "enter",
    "recommend",
    "return",
    "recognise",
    "fall_due",
    "renew",
    "lapse",
    "revoke",
    "leave",
    "undo",
]
TargetKind = Literal["target", "forecast", "plan", "actual"]
Counts = Literal["new", "total"]
Bound = Literal["at_least", "about", "exactly"]
FilingKind = Literal["annual_update", "change", "change_report"]

STATE_WORDS: dict[State, str] = {
    "candidate": "候选",
    "in_pool": "在库",
    "recommended": "已推荐",
    "recognised": "已认定",
    "review_due": "待复核",
    "renewed": "复核通过",
    "lapsed": "已失效",
    "revoked": "已撤销",
    "left": "已出库",
}
EVENT_WORDS: dict[Event, str] = {
    "propose": "列为候选",
    "admit": "入库",
    "enter": "补录",
    "recommend": "推荐",
    "return": "退回",
    "recognise": "认定",
    "fall_due": "进入复核",
    "renew": "复核通过",
    "lapse": "失效",
    "revoke": "撤销",
    "leave": "出库",
    "undo": "更正（作废上一条）",
}
HELD: tuple[State, ...] = ("recognised", "review_due", "renewed")
"""States in which the title the pool leads to is held; recommended is not one of them."""
CULTIVATED: tuple[State, ...] = ("in_pool", "recommended")
OVER: tuple[State, ...] = ("lapsed", "revoked", "left")


class Pool(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One pool, declared in pools.yml."""

    label: str
    who: str
    leads_to: str | None = None
    next: str | None = None
    plan: str | None = None


class Reason(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One reason out of the list; `events`: what it may be given for."""

    label: str
    events: tuple[Event, ...] = msgspec.field(name="for")


class Near(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How near to the limit of one of these items a growing firm is proposed, in basis points of the limit."""

    share_bp: int
    items: tuple[str, ...]


class UpdateRule(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """By which day of the year the data of titles are to be updated; the year's own day picks the rule.

    day   month and day, "04-30". `since`, `until`: due days it is asked on, both included.
    mark  verified | recalled, as in the items.
    """

    rule: str
    day: str
    mark: str
    titles: tuple[str, ...]
    since: date | None = msgspec.field(name="from", default=None)
    until: date | None = None

    def due(self, year: int) -> date | None:
        """Give the due day of a year; None where another rule asks in that year."""
        day = date.fromisoformat(f"{year}-{self.day}")
        early = self.since is not None and day < self.since
        late = self.until is not None and day > self.until
        return None if early or late else day


class ChangeRule(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Within how many months a change of name, merger or move has to be reported."""

    months: int
    mark: str
    titles: tuple[str, ...]


class Clocks(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The clocks of titles; `warn_days` ascend."""

    annual_update: tuple[UpdateRule, ...]
    change_report: ChangeRule
    warn_days: tuple[int, ...]


class Pools(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """All that pools.yml declares.

    evidence  facts whose values are kept with a change.
    near      pool to the distance at which it proposes candidates.
    rungs     title key to its short label, lowest first.
    """

    evidence: tuple[str, ...]
    pools: dict[str, Pool]
    near: dict[str, Near]
    rungs: dict[str, str]
    reasons: dict[str, Reason]
    clocks: Clocks

    def pool_towards(self, title: str) -> str | None:
        """Give the pool that leads to a title; None where there is none."""
        return next((key for key, pool in self.pools.items() if pool.leads_to == title), None)


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """A change an official asks for.

    on       the day it takes effect; `now`: when it is recorded.
    officer  who looks after the enterprise from now on; None: as before.
    """

    event: Event
    by: str
    on: date
    now: datetime
    reason: str | None = None
    note: str | None = None
    batch: str | None = None
    document: str | None = None
    officer: str | None = None


class Wanted(msgspec.Struct, frozen=True, kw_only=True):
    """A change wanted of one enterprise in one pool; `after` is needed only to enter it as it stands."""

    pool: str
    enterprise_id: int
    asked: Asked
    after: State | None = None


class Standing(msgspec.Struct, frozen=True, kw_only=True):
    """Where an enterprise stands in a pool.

    since      the day of its last change. `batch`, `document` are those of that change.
    officer    who looks after it; None: nobody has been named.
    fell_back  whether it held the title this pool leads to and no longer does.
    """

    pool: str
    enterprise_id: int
    state: State
    since: date
    step: int
    reason: str | None
    batch: str | None
    document: str | None
    officer: str | None
    fell_back: bool


class Filing(msgspec.Struct, frozen=True, kw_only=True):
    """A yearly update, a change or the report of one, as told.

    title  None: it concerns all titles held.
    year   of a yearly update, the year it was due in.
    """

    enterprise_id: int
    kind: FilingKind
    happened_on: date
    title: str | None = None
    year: int | None = None
    note: str | None = None


class Planned(msgspec.Struct, frozen=True, kw_only=True):
    """What an enterprise has filed as its plan for one year; `amount` in the fact's stored unit."""

    pool: str
    enterprise_id: int
    year: int
    fact: str
    amount: int
    filed_on: date
    document: str | None = None


class Target(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A number of enterprises set, foreseen, planned or reported for a place and some years.

    place        code in places.yml. `title`: key in lists.yml.
    counts       new: so many more within the years; total: so many there are in the last of them.
    every_year   the figure is for each of the years, not for all together.
    source_line  the sentence it was read in.
    """

    place: str
    title: str
    kind: TargetKind
    first_year: int
    last_year: int
    figure: int
    source: str
    source_line: str
    counts: Counts = "new"
    every_year: bool = False
    bound: Bound = "at_least"
    department: str | None = None

    def digest(self) -> str:
        """Name the row by all it says, so that the same file twice is the same rows."""
        return hashlib.sha256(msgspec.json.encode(self)).hexdigest()
