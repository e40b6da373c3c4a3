"""The page of the pools: the ladder counted twice over, by place, what is due, and who is late."""

from datetime import date, datetime
from typing import ClassVar

import msgspec

from registry.actions.show_pool import Counts, DueRow, Expiring
from registry.pool.clocks import WHAT_WORDS
from registry.pool.count import Flow, StageCount
from registry.portal.page import Page

ROWS_SHOWN = 60
PLACES_SHOWN = 60


class PlaceView(msgspec.Struct, frozen=True, kw_only=True):
    """One place: how many on each rung by highest stage, and together."""

    name: str
    stages: tuple[StageCount, ...]
    total: int


class DueView(msgspec.Struct, frozen=True, kw_only=True):
    """One thing due, in words; `unsure`: the day it is due by is not checked against the text yet."""

    enterprise_id: int
    name: str
    place: str
    officer: str
    title: str
    what: str
    day: date
    left: str
    unsure: bool


class LateView(msgspec.Struct, frozen=True):
    """How many are late under an officer in a place."""

    officer: str
    place: str
    late: int


class PoolPage(Page, frozen=True, kw_only=True):
    """All that pool.html may use; `soon` and `late` are the first of `soon_total` and `late_total`."""

    template: ClassVar[str] = "pool.html"

    on: date
    known_at: datetime
    total: int
    stages: tuple[StageCount, ...]
    rules: tuple[str, ...]
    unsent: tuple[str, ...]
    flows: tuple[Flow, ...]
    flow_rule: str
    places: tuple[PlaceView, ...]
    more_places: int
    bands: tuple[tuple[int, int], ...]
    soon: tuple[DueView, ...]
    soon_total: int
    late: tuple[DueView, ...]
    late_total: int
    late_groups: tuple[LateView, ...]


def tell_pool(
    counts: Counts, found: Expiring, known_at: datetime, warn_days: tuple[int, ...]
) -> PoolPage:
    """Tell the pools as counted on a day, and what is due within so many days of it."""
    soon = [row for row in found.rows if row.due.days >= 0]
    late = [row for row in found.rows if row.due.days < 0]
    places = sorted(counts.places, key=lambda one: (one.place is None, -one.ladder.total, one.name))
    return PoolPage(
        on=found.on,
        known_at=known_at,
        total=counts.ladder.total,
        stages=counts.ladder.stages,
        rules=counts.ladder.rules,
        unsent=counts.unsent,
        flows=counts.flows,
        flow_rule=counts.flow_rule,
        places=tuple(
            PlaceView(name=one.name, stages=one.ladder.stages, total=one.ladder.total)
            for one in places[:PLACES_SHOWN]
        ),
        more_places=max(0, len(places) - PLACES_SHOWN),
        bands=tuple((days, sum(row.due.days <= days for row in soon)) for days in warn_days),
        soon=tuple(_due(row) for row in soon[:ROWS_SHOWN]),
        soon_total=len(soon),
        late=tuple(_due(row) for row in late[-ROWS_SHOWN:]),
        late_total=len(late),
        late_groups=tuple(
            LateView(one.officer or "未定", one.place or "未知", one.late) for one in found.late
        ),
    )


def _due(row: DueRow) -> DueView:
    due = row.due
    if due.days >= 0:
        left = f"还有{due.days}天"
    elif due.what == "validity":
        left = f"已过{-due.days}天"
    else:
        left = f"未见记录，逾期{-due.days}天"
    return DueView(
        enterprise_id=due.enterprise_id,
        name=row.name,
        place=row.place or "未知",
        officer=row.officer or "未定",
        title=due.label,
        what=f"{WHAT_WORDS[due.what]}（{due.rule}）" if due.rule else WHAT_WORDS[due.what],
        day=due.day,
        left=left,
        unsure=due.mark != "verified",
    )
