"""The pages of runs: the months, and one month."""

from collections import defaultdict
from datetime import date, datetime
from typing import ClassVar

import msgspec

from matching.catalogue.load_catalogue import Catalogue
from matching.engine.truth import MET, OPEN, PERSON, UNMET
from matching.language.items import Item
from registry.actions.show_run import (
    Delivered,
    ItemTotal,
    Shown,
)
from registry.portal.changes_page import ChangeCountView, change_counts
from registry.portal.page import Page
from registry.portal.types import BADGES, Badge, Tag, mark_tag

CHANNEL_WORDS = {"inbox": "站内收件箱", "email": "电子邮件"}
STATE_WORDS = {
    "created": "待投递",
    "sending": "投递中",
    "sent": "已发出",
    "delivered": "已送达",
    "failed_temporary": "暂时失败，将重试",
    "failed_permanent": "投递失败",
    "unknown": "结果不明",
}
NO_LONGER_THERE = Tag("已撤下", "事项已从政策库撤下", "weak")


class RunRow(msgspec.Struct, frozen=True, kw_only=True):
    """One month in the list of months."""

    period: str
    as_of: date
    enterprises: int
    entitled: int
    entitlements: int
    certain_cents: int
    changes: int
    finished_at: datetime | None


class RunsPage(Page, frozen=True, kw_only=True):
    """All that runs.html may use."""

    template: ClassVar[str] = "runs.html"

    runs: tuple[RunRow, ...]


class ItemTotalView(msgspec.Struct, frozen=True, kw_only=True):
    """How one item came out; `mark` says how far its text can be relied on."""

    item_id: str
    title: str
    known: bool
    mark: Tag
    total: ItemTotal


class Slice(msgspec.Struct, frozen=True):
    """One verdict's part of the bar, in thousandths of its length."""

    badge: Badge
    count: int
    start: int
    width: int


class ChannelView(msgspec.Struct, frozen=True, kw_only=True):
    """What became of the notices of one channel."""

    channel: str
    owed: int
    done: int
    states: tuple[tuple[str, int], ...]


class RunPage(Page, frozen=True, kw_only=True):
    """All that run.html may use.

    bar                pairs of enterprise and item by verdict, over all items.
    payable, advisory  items whose meeting is an entitlement, and the others.
    """

    template: ClassVar[str] = "run.html"

    period: str
    previous_period: str | None
    as_of: date
    known_at: datetime
    started_at: datetime
    finished_at: datetime | None
    holder: str
    attempt: int
    engine_version: str | None
    input_digest: str | None
    rules_digest: str | None
    receipt: str | None
    enterprises: int
    items: int
    bar: tuple[Slice, ...]
    entitled: int
    entitlements: int
    certain_cents: int
    possible_cents: int
    endless: int
    payable: tuple[ItemTotalView, ...]
    advisory: tuple[ItemTotalView, ...]
    kept: int
    changes: tuple[ChangeCountView, ...]
    channels: tuple[ChannelView, ...]


def tell_runs(shown: tuple[Shown, ...]) -> RunsPage:
    """Tell the list of months."""
    return RunsPage(
        runs=tuple(
            RunRow(
                period=one.run.period,
                as_of=one.run.as_of,
                enterprises=one.run.enterprises or 0,
                entitled=one.entitled,
                entitlements=one.entitlements,
                certain_cents=one.certain_cents,
                changes=sum(counted.count for counted in one.changes),
                finished_at=one.run.finished_at,
            )
            for one in shown
        )
    )


def tell_run(shown: Shown, catalogue: Catalogue) -> RunPage:
    """Tell one month."""
    run = shown.run
    titles = {item.id: item for item in catalogue.items}
    views = [_item_total(total, titles) for total in shown.totals]
    views.sort(key=lambda view: (-view.total.certain_cents, -view.total.met, view.item_id))
    return RunPage(
        period=run.period,
        previous_period=shown.previous_period,
        as_of=run.as_of,
        known_at=run.known_at,
        started_at=run.started_at,
        finished_at=run.finished_at,
        holder=run.holder,
        attempt=run.attempt,
        engine_version=run.engine_version,
        input_digest=run.input_digest,
        rules_digest=run.rules_digest,
        receipt=run.receipt,
        enterprises=run.enterprises or 0,
        items=run.items or 0,
        bar=_bar(shown.totals),
        entitled=shown.entitled,
        entitlements=shown.entitlements,
        certain_cents=shown.certain_cents,
        possible_cents=shown.possible_cents,
        endless=shown.endless,
        payable=tuple(view for view in views if view.total.payable),
        advisory=tuple(view for view in views if not view.total.payable),
        kept=run.kept or 0,
        changes=change_counts(shown.changes),
        channels=_channels(shown.deliveries),
    )


def _bar(totals: tuple[ItemTotal, ...]) -> tuple[Slice, ...]:
    counts = {
        MET: sum(total.met for total in totals),
        OPEN: sum(total.unknown for total in totals),
        PERSON: sum(total.person for total in totals),
        UNMET: sum(total.unmet for total in totals),
    }
    whole, before = sum(counts.values()) or 1, 0
    slices: list[Slice] = []
    for code, count in counts.items():
        start, end = before * 1000 // whole, (before + count) * 1000 // whole
        slices.append(Slice(BADGES[code], count, start, end - start))
        before += count
    return tuple(slices)


def _item_total(total: ItemTotal, titles: dict[str, Item]) -> ItemTotalView:
    item = titles.get(total.item_id)
    return ItemTotalView(
        item_id=total.item_id,
        title=item.title if item else total.item_id,
        known=item is not None,
        mark=mark_tag(item) if item else NO_LONGER_THERE,
        total=total,
    )


def _channels(deliveries: tuple[Delivered, ...]) -> tuple[ChannelView, ...]:
    by_channel: dict[str, list[Delivered]] = defaultdict(list)
    for delivered in deliveries:
        by_channel[delivered.channel].append(delivered)
    return tuple(
        ChannelView(
            channel=CHANNEL_WORDS.get(channel, channel),
            owed=sum(one.count for one in several),
            done=sum(one.count for one in several if one.state in ("delivered", "sent")),
            states=tuple((STATE_WORDS.get(one.state, one.state), one.count) for one in several),
        )
        for channel, several in by_channel.items()
    )
