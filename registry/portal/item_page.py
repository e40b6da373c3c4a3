"""The pages of policy items, in plain words generated from the rules themselves."""

from datetime import date
from typing import ClassVar

import msgspec

from matching.catalogue.data_sources import FEEDS, data_sources
from matching.catalogue.load_catalogue import Catalogue
from matching.catalogue.versions import item_name, lineage
from matching.engine.match import EXPECTED_CODES, payable
from matching.language.data_names import DataNames
from matching.language.items import MARKS, REPEATS, Days, Document, Guide, Item
from matching.language.vocabulary import Tree
from matching.language.wording import Words
from registry.actions.show_run import ItemTotal, Shown
from registry.portal.page import Day, Page
from registry.portal.tell_amount import amount_lines
from registry.portal.tell_conditions import ConditionView, item_conditions
from registry.portal.tell_exclusive import ExclusiveView, exclusive_views
from registry.portal.tell_mode import ModeView, mode_word, tell_mode
from registry.portal.types import BADGES, Badge, Tag, mark_tag, standing_tag, version_tag

STANDING_ORDER = ("in_force", "review_overdue", "draft", "not_yet", "expired")


class ItemRow(msgspec.Struct, frozen=True, kw_only=True):
    """One item in the list.

    way  how it can be had: 免申即享, 快申快享 …
    met  None where the latest run did not decide it.
    """

    item_id: str
    title: str
    area: str
    version: str
    basis: str
    department: str
    amount: str
    mark: Tag
    way: str
    met: int | None


class AreaGroup(msgspec.Struct, frozen=True):
    """The items of the whole nation, or of one province and the places in it."""

    name: str
    rows: tuple[ItemRow, ...]


class ItemsPage(Page, frozen=True, kw_only=True):
    """All that items.html may use."""

    template: ClassVar[str] = "items.html"

    day: Day
    period: str | None
    groups: tuple[AreaGroup, ...]
    total: int
    payable: int


class NeedView(msgspec.Struct, frozen=True):
    """A datum the item reads, who owns it, and how it comes to us."""

    label: str
    owner: str
    feed: str


class VersionView(msgspec.Struct, frozen=True, kw_only=True):
    """One version of the same item, or of one it replaced or that replaced it."""

    item_id: str
    title: str
    version: str
    days: str
    standing: Tag
    here: bool


class ItemPage(Page, frozen=True, kw_only=True):
    """All that item.html may use.

    held_back  why meeting it is no entitlement; empty where it is one.
    amount     heading of `amounts`, which are pairs of what and when.
    total      how it came out in the run of `period`; None: that run did not decide it.
    """

    template: ClassVar[str] = "item.html"

    item_id: str
    policy: str
    title: str
    version: str
    day: Day
    document: Document
    mark: Tag
    mark_meaning: str
    standing: Tag
    held_back: str
    department: str
    phone: str | None
    guide: Guide | None
    area: str
    days: str
    decided: str
    evidence_day: date | None
    review_by: date | None
    repeat: str
    family: str
    exclusive: tuple[ExclusiveView, ...]
    notes: tuple[str, ...]
    conditions: tuple[ConditionView, ...]
    amount: str
    amounts: tuple[tuple[str, str], ...]
    needs: tuple[NeedView, ...]
    examples: tuple[tuple[str, Badge], ...]
    versions: tuple[VersionView, ...]
    period: str | None
    total: ItemTotal | None
    mode: ModeView


def tell_items(catalogue: Catalogue, day: Day, latest: Shown | None) -> ItemsPage:
    """Tell the list of items: the nation's, then province by province, the one with most items first."""
    met = {total.item_id: total.met for total in latest.totals} if latest else {}
    places = catalogue.vocabulary.places
    groups: dict[str, list[Item]] = {}
    for item in sorted(catalogue.items, key=lambda item: (_order(item, day), item.area, item.id)):
        groups.setdefault(_province(item.area, places), []).append(item)
    ordered = sorted(groups.items(), key=lambda group: (group[0] != places.root, -len(group[1])))
    return ItemsPage(
        day=day,
        period=latest.run.period if latest else None,
        groups=tuple(
            AreaGroup(
                area_in_words(province, places),
                tuple(_row(item, catalogue, day, met.get(item.id)) for item in items),
            )
            for province, items in ordered
        ),
        total=len(catalogue.items),
        payable=sum(payable(item, day.on).allowed for item in catalogue.items),
    )


def tell_item(item: Item, catalogue: Catalogue, day: Day, latest: Shown | None) -> ItemPage:
    """Tell one item."""
    vocabulary = catalogue.vocabulary
    words = Words(vocabulary, catalogue.definitions, item.evidence(day.on))
    amount, lines = amount_lines(item.amount, words)
    totals = latest.totals if latest else ()
    return ItemPage(
        item_id=item.id,
        policy=item.policy,
        title=item.title,
        version=item.version,
        day=day,
        document=item.document,
        mark=mark_tag(item),
        mark_meaning=MARKS[item.mark],
        standing=standing_tag(item.standing(day.on)),
        held_back=payable(item, day.on).reason,
        department=vocabulary.departments[item.department],
        phone=item.phone,
        guide=item.guide,
        area=area_in_words(item.area, vocabulary.places),
        days=_days(item.valid),
        decided=_days(item.decided) if item.decided else "",
        evidence_day=item.evidence_day,
        review_by=item.review_by,
        repeat=REPEATS[item.repeat],
        family=item.family,
        exclusive=exclusive_views(item, catalogue),
        notes=item.notes,
        conditions=item_conditions(item, catalogue, words),
        amount=amount,
        amounts=lines,
        needs=_needs(item, catalogue),
        examples=tuple((one.name, BADGES[EXPECTED_CODES[one.expect]]) for one in item.examples),
        versions=_versions(item, catalogue, day),
        period=latest.run.period if latest else None,
        total=next((total for total in totals if total.item_id == item.id), None),
        mode=tell_mode(item, catalogue, day.on),
    )


def area_in_words(area: str, places: Tree) -> str:
    """Say the area of an authority; the whole tree is the nation."""
    return "全国" if area == places.root else places.name(area)


def _province(area: str, places: Tree) -> str:
    """Give the part of the nation a place lies in; the nation itself for the nation."""
    at = area
    while (within := places.nodes[at].within) not in (None, places.root):
        at = within
    return at


def _order(item: Item, day: Day) -> int:
    return STANDING_ORDER.index(item.standing(day.on))


def _row(item: Item, catalogue: Catalogue, day: Day, met: int | None) -> ItemRow:
    words = Words(catalogue.vocabulary, catalogue.definitions, item.evidence(day.on))
    amount, lines = amount_lines(item.amount, words)
    return ItemRow(
        item_id=item.id,
        title=item.title,
        area=area_in_words(item.area, catalogue.vocabulary.places),
        version=item.version,
        basis=item.document.number,
        department=catalogue.vocabulary.departments[item.department],
        amount="、".join(dict.fromkeys(what for what, _ in lines)) if lines else amount,
        mark=version_tag(item, item.standing(day.on)),
        way=mode_word(item, catalogue, day.on),
        met=met,
    )


def _days(days: Days) -> str:
    return f"{days.since} 至 {days.until}" if days.until else f"{days.since} 起，文件未写截止日"


def _needs(item: Item, catalogue: Catalogue) -> tuple[NeedView, ...]:
    names, departments = DataNames(catalogue.vocabulary), catalogue.vocabulary.departments
    return tuple(
        NeedView(names.label(source.name), departments[source.department], FEEDS[source.feed])
        for source in data_sources(item, catalogue)
    )


def _versions(item: Item, catalogue: Catalogue, day: Day) -> tuple[VersionView, ...]:
    return tuple(
        VersionView(
            item_id=other.id,
            title=other.title,
            version=other.version,
            days=_days(other.valid),
            standing=standing_tag(other.standing(day.on)),
            here=other.id == item.id,
        )
        for other in reversed(lineage(catalogue.items, item_name(item)))
    )
