"""What pages are made of: the pieces that templates draw."""

from datetime import date, datetime

import msgspec

from matching.engine.match import VERDICT_WORDS
from matching.engine.truth import MET, OPEN, PERSON, UNMET
from matching.language.items import MARKS, STANDINGS, Item, Standing
from registry.portal.tell_exclusive import OptionView

MARK_CLASSES = {UNMET: "no", MET: "yes", OPEN: "open", PERSON: "person"}
SHORT_MARKS = {"verified": "已核对", "recalled": "凭记忆", "illustrative": "示例"}


class Badge(msgspec.Struct, frozen=True):
    """A verdict as people see it: a word, and the class that gives it shape and colour."""

    word: str
    look: str


BADGES = {code: Badge(VERDICT_WORDS[code], look) for code, look in MARK_CLASSES.items()}
INNER_BADGES = {
    UNMET: Badge("否", "inner"),
    MET: Badge("是", "inner"),
    OPEN: Badge("不详", "open"),
    PERSON: BADGES[PERSON],
}
"""For what stands inside "not one of these": there, yes is no good news."""


class Tag(msgspec.Struct, frozen=True):
    """A short word beside a title, with what it means at length."""

    word: str
    meaning: str
    look: str = "plain"


def mark_tag(item: Item) -> Tag:
    """Say how far the text of an item can be relied on."""
    if item.status == "draft":
        return Tag("征求意见稿", "征求意见稿，不作为兑付依据", "weak")
    return Tag(
        SHORT_MARKS[item.mark], MARKS[item.mark], "firm" if item.mark == "verified" else "weak"
    )


def version_tag(item: Item, standing: Standing) -> Tag:
    """Say both in one: how far the text can be relied on, and whether the version counts."""
    mark, stands = mark_tag(item), standing_tag(standing)
    if item.status == "draft":
        return mark
    firm = mark.look == stands.look == "firm"
    return Tag(f"{mark.word}·{stands.word}", mark.meaning, "firm" if firm else "weak")


def standing_tag(standing: Standing) -> Tag:
    """Say whether a version of an item counts."""
    return Tag(
        STANDINGS[standing], STANDINGS[standing], "firm" if standing == "in_force" else "weak"
    )


class Ref(msgspec.Struct, frozen=True):
    """A link to something on the same page."""

    anchor: str
    text: str


class ReasonView(msgspec.Struct, frozen=True, kw_only=True):
    """One condition of an item and what came of it.

    see  anchor of a group shown once for all items; its parts are not repeated.
    """

    badge: Badge
    sentence: str
    value: str | None = None
    distance: str | None = None
    sources: tuple[Ref, ...] = ()
    missing: tuple[Ref, ...] = ()
    see: str | None = None
    parts: tuple["ReasonView", ...] = ()


class WayView(msgspec.Struct, frozen=True):
    """One way to 符合: every line has to come about."""

    tag: Tag
    lines: tuple[str, ...]


class WaysView(msgspec.Struct, frozen=True, kw_only=True):
    """The nearest ways of one item.

    near  one change would do, and it can be had.
    more  further ways that are not shown; `complete`: no others than those are known.
    """

    ways: tuple[WayView, ...]
    near: bool
    more: int
    complete: bool


class ItemView(msgspec.Struct, frozen=True, kw_only=True):
    """One item for one enterprise.

    mark       how far its text can be relied on, and whether it counts.
    amount     what it gives, in words; None where it gives nothing now.
    held_back  why a met item is not paid.
    option     what it gives way to, waits for or leaves to choose; None: it is paid in full, or not met.
    ways       what would make it met; None: it is, it waits for a person, or nothing could.
    """

    item_id: str
    title: str
    basis: str
    badge: Badge
    mark: Tag
    amount: str | None
    held_back: str
    lacking: tuple[Ref, ...]
    amount_lacking: tuple[Ref, ...]
    reasons: tuple[ReasonView, ...]
    option: OptionView | None = None
    ways: WaysView | None = None


class ItemGroup(msgspec.Struct, frozen=True, kw_only=True):
    """The items of one verdict, or those about which only the place is said."""

    anchor: str
    badge: Badge
    heading: str
    explained: str
    items: tuple[ItemView, ...]


class Tile(msgspec.Struct, frozen=True):
    """How many items came out one way, and where on the page they begin."""

    badge: Badge
    count: int
    explained: str
    anchor: str


class CommonView(msgspec.Struct, frozen=True):
    """A group of conditions that several items share."""

    anchor: str
    reason: ReasonView


class MissingView(msgspec.Struct, frozen=True, kw_only=True):
    """A datum nobody has given: whom to ask for what, and how many items wait for it.

    stale  what we had of it, where that is too old to count.
    """

    anchor: str
    label: str
    owner: str
    ask: str
    open_items: int
    stale: str | None = None


class SourceView(msgspec.Struct, frozen=True, kw_only=True):
    """A file something was taken from."""

    anchor: str
    file_name: str
    department: str
    observed_on: date


class OtherValue(msgspec.Struct, frozen=True, kw_only=True):
    """A value that was set aside, and why."""

    value: str
    department: str
    observed_on: date
    source: str
    why: str


class FactView(msgspec.Struct, frozen=True, kw_only=True):
    """One value that counts, and those beside it; `source` is the anchor of its file.

    column  fact[@period], as a wish to have it put right names it.
    """

    anchor: str
    column: str
    period: str
    value: str
    department: str
    observed_on: date
    source: str
    others: tuple[OtherValue, ...] = ()


class FactGroup(msgspec.Struct, frozen=True):
    """All periods of one fact."""

    label: str
    facts: tuple[FactView, ...]


class DatumView(msgspec.Struct, frozen=True, kw_only=True):
    """One datum an item has read, with where it comes from."""

    anchor: str
    label: str
    value: str
    source: str


class TitleView(msgspec.Struct, frozen=True, kw_only=True):
    """One list entry; `list` is the list's key."""

    anchor: str
    list: str
    label: str
    kind: str
    detail: str
    days: str
    state: Tag
    department: str
    file_name: str


class AbsenceView(msgspec.Struct, frozen=True, kw_only=True):
    """A whole list the enterprise is not on; `fresh` says whether that may still be relied on."""

    anchor: str
    label: str
    department: str
    complete_on: date
    fresh: bool


class AwardView(msgspec.Struct, frozen=True, kw_only=True):
    """Money it was paid before."""

    family: str
    amount: str
    paid_on: date | None


class NoticeView(msgspec.Struct, frozen=True, kw_only=True):
    """A notice in its inbox."""

    subject: str
    body: str
    created_at: datetime


class Money(msgspec.Struct, frozen=True, kw_only=True):
    """What the items that may be paid come to.

    endless  items that may give more, with no upper end known.
    """

    certain_cents: int
    possible_cents: int
    endless: int
