"""What goes into a run and what comes out of it."""

from collections.abc import Awaitable, Callable
from datetime import date, datetime
from typing import Literal, Protocol

import msgspec
import polars as pl

from matching.catalogue.load_catalogue import Catalogue
from matching.engine.population import Population

ChangeKind = Literal["new", "changed", "lost", "now_unknown", "yielded", "waiting"]
Cause = Literal["firm_data", "rule_version", "calendar", "correction", "first_run"]

CHANGE_WORDS: dict[ChangeKind, str] = {
    "new": "新增",
    "changed": "金额变化",
    "lost": "不再符合",
    "now_unknown": "转为待定",
    "yielded": "让位于另一事项",
    "waiting": "与另一事项待定其一",
}
CAUSE_WORDS: dict[Cause, str] = {
    "firm_data": "企业数据更新",
    "rule_version": "政策版本变化",
    "calendar": "时间推移（期限、年度）",
    "correction": "数据更正",
    "first_run": "首次匹配",
}

ENTITLEMENTS = {
    "enterprise_id": pl.Int64,
    "item_id": pl.String,
    "award_period": pl.String,
    "low_cents": pl.Int64,
    "high_cents": pl.Int64,
}
SET_ASIDE = {
    "enterprise_id": pl.Int64,
    "item_id": pl.String,
    "award_period": pl.String,
    "state": pl.String,
    "partner": pl.String,
    "rule": pl.String,
    "basis": pl.String,
    "low_cents": pl.Int64,
    "high_cents": pl.Int64,
}
CHANGES = {
    "enterprise_id": pl.Int64,
    "item_id": pl.String,
    "kind": pl.String,
    "cause": pl.String,
    "before_low": pl.Int64,
    "before_high": pl.Int64,
    "after_low": pl.Int64,
    "after_high": pl.Int64,
    "why": pl.String,
}
TOTALS = {
    "item_id": pl.String,
    "payable": pl.Boolean,
    "held_back": pl.String,
    "met": pl.Int64,
    "unmet": pl.Int64,
    "unknown": pl.Int64,
    "person": pl.Int64,
    "certain_cents": pl.Int64,
    "possible_cents": pl.Int64,
    "endless": pl.Int64,
    "yielded": pl.Int64,
    "waiting": pl.Int64,
}


class Moment(msgspec.Struct, frozen=True):
    """The two time axes of a run: facts true on `as_of`, as known at `known_at`."""

    as_of: date
    known_at: datetime


class Decided(msgspec.Struct, frozen=True, kw_only=True):
    """The outcome of one run: frames with the columns of ENTITLEMENTS, SET_ASIDE and TOTALS."""

    entitlements: pl.DataFrame
    set_aside: pl.DataFrame
    totals: pl.DataFrame
    enterprises: int


class Judged(msgspec.Struct, frozen=True, kw_only=True):
    """What a run judged by: its population, rules and day."""

    population: Population
    catalogue: Catalogue
    as_of: date


class Sources(Protocol):
    """Where a run gets its data; the service stands behind it."""

    async def load(self, moment: Moment) -> Population:
        """Give every enterprise as of a day, as known at a moment."""
        ...

    async def renew(self, base: Population, before: Moment, now: Moment) -> Population:
        """Give the same as `load(now)`, starting from what `load(before)` gave."""
        ...

    async def corrected(self, before: Moment, now: Moment) -> pl.DataFrame:
        """Give "enterprise_id" and "column" of every value restated between the two moments."""
        ...

    async def addresses(self, enterprise_ids: pl.Series) -> pl.DataFrame:
        """Give "enterprise_id" and "address" of those who can be reached by e-mail."""
        ...


Progress = Callable[[str], Awaitable[None]]
"""Called at every step with its name; the command line shows it."""


class Ended(msgspec.Struct, frozen=True, kw_only=True):
    """How a call to run a month ended.

    fresh  False where the month was decided before and nothing was done now.
    """

    run_id: int
    period: str
    fresh: bool
    receipt: str
