"""The page of a month's changes, and the counts of changes that other pages show."""

from collections import defaultdict
from typing import ClassVar

import msgspec

from matching.catalogue.load_catalogue import Catalogue
from matching.language.items import Item
from matching.runs.types import CAUSE_WORDS, CHANGE_WORDS, Cause, ChangeKind
from registry.actions.show_run import CHANGES_SHOWN, ChangeRow, ChangesShown, Counted
from registry.portal.page import Page
from registry.portal.tell_amount import money_range


class ChangeCountView(msgspec.Struct, frozen=True, kw_only=True):
    """One kind of change, and how often it had which cause."""

    kind: str
    word: str
    count: int
    causes: tuple[tuple[str, int], ...]


class ChangeView(msgspec.Struct, frozen=True, kw_only=True):
    """One change in words."""

    enterprise_id: int
    name: str
    item_id: str
    title: str
    kind: str
    word: str
    cause: str
    money: str
    why: str


class ChangesPage(Page, frozen=True, kw_only=True):
    """All that changes.html may use; `kind` is the filter, None for all kinds."""

    template: ClassVar[str] = "changes.html"

    period: str
    kind: str | None
    kinds: tuple[ChangeCountView, ...]
    rows: tuple[ChangeView, ...]
    total: int
    number: int
    last: int


def tell_changes(
    shown: ChangesShown, kind: ChangeKind | None, number: int, catalogue: Catalogue
) -> ChangesPage:
    """Tell one page of a month's changes."""
    titles = {item.id: item for item in catalogue.items}
    return ChangesPage(
        period=shown.run.period,
        kind=kind,
        kinds=change_counts(shown.counts),
        rows=tuple(_change(row, titles) for row in shown.rows),
        total=shown.total,
        number=number,
        last=max(1, -(-shown.total // CHANGES_SHOWN)),
    )


def change_counts(counts: tuple[Counted, ...]) -> tuple[ChangeCountView, ...]:
    """Put counts by kind, in the order in which people ask: won, changed, lost, no longer sure."""
    by_kind: dict[ChangeKind, dict[Cause, int]] = defaultdict(dict)
    for counted in counts:
        by_kind[counted.kind][counted.cause] = counted.count
    return tuple(
        ChangeCountView(
            kind=kind,
            word=word,
            count=sum(by_kind[kind].values()),
            causes=tuple(
                (said, by_kind[kind][cause])
                for cause, said in CAUSE_WORDS.items()
                if cause in by_kind[kind]
            ),
        )
        for kind, word in CHANGE_WORDS.items()
    )


def _change(row: ChangeRow, titles: dict[str, Item]) -> ChangeView:
    item = titles.get(row.item_id)
    return ChangeView(
        enterprise_id=row.enterprise_id,
        name=row.name or f"编号 {row.enterprise_id} 的企业",
        item_id=row.item_id,
        title=item.title if item else row.item_id,
        kind=row.kind,
        word=CHANGE_WORDS[row.kind],
        cause=CAUSE_WORDS[row.cause],
        money=_money(row),
        why=row.why or "",
    )


def _money(row: ChangeRow) -> str:
    before = "" if row.before_low is None else money_range(row.before_low, row.before_high)
    after = "" if row.after_low is None else money_range(row.after_low, row.after_high)
    if before and after:
        return f"{before} → {after}"
    return after or f"原{before}"
