"""A policy item (事项): the unit of matching. One clause of one document that gives one thing."""

from calendar import monthrange
from datetime import date
from typing import Literal

import msgspec

from matching.language.amounts import Amount
from matching.language.conditions import Condition
from matching.language.exclusivity import Exclusive

Mark = Literal["verified", "recalled", "illustrative"]
Status = Literal["published", "draft"]
Repeat = Literal["once", "once_per_level", "yearly", "quarterly", "per_project", "standing"]
Expected = Literal["met", "unmet", "unknown", "person"]
Standing = Literal["in_force", "draft", "not_yet", "expired", "review_overdue"]

MARKS: dict[Mark, str] = {
    "verified": "已核对原文",
    "recalled": "凭记忆录入，未核对",
    "illustrative": "示例，虚构",
}
STANDINGS: dict[Standing, str] = {
    "in_force": "有效",
    "draft": "征求意见稿",
    "not_yet": "尚未开始",
    "expired": "已到期",
    "review_overdue": "有效性待复核",
}
REPEATS: dict[Repeat, str] = {
    "once": "一次性",
    "once_per_level": "每级一次",
    "yearly": "每年一次",
    "quarterly": "每季一次",
    "per_project": "每个项目一次",
    "standing": "持续适用",
}


class Document(msgspec.Struct, frozen=True, kw_only=True):
    """A document, and where in it a clause stands.

    id         its name in documents.yml; empty for one that stands in the item file itself.
    number     the document number, or what stands in its place where none was read.
    article    article, annex or list entry of the item; empty in documents.yml, as many items stand on one.
    source     address or place where the text was read; None: not read, only recalled.
    issued_on  None: not known.
    note       what was not read of it, and whatever else a reader should know.
    """

    number: str
    issuer: str
    article: str = ""
    source: str | None = None
    id: str = ""
    title: str = ""
    issued_on: date | None = None
    mark: Mark | None = None
    note: str = ""


class Guide(msgspec.Struct, frozen=True, kw_only=True):
    """How an enterprise comes to it, in words for people: the entry of the public guide list.

    materials  what is to be handed in; one entry that says so where nothing is.
    """

    who: str
    what: str
    when: str
    where: str
    materials: tuple[str, ...]


class Days(msgspec.Struct, frozen=True, kw_only=True):
    """First and last day, both included; `until` None: the text names no last day."""

    since: date
    until: date | None = None

    def hold(self, day: date) -> bool:
        """Say whether the day lies within."""
        return self.since <= day and (self.until is None or day <= self.until)


class Example(msgspec.Struct, frozen=True, kw_only=True):
    """What the item must decide for one made-up enterprise.

    given    column or list name to text, laid over the item's background; read by the engine's example reader.
    amount   low and high 分 expected; None: not stated here. High None: no upper bound.
    missing  columns and lists whose absence leaves the verdict open; None: not stated here.
    """

    name: str
    on: date | None
    given: dict[str, str | None]
    expect: Expected
    amount: tuple[int, int | None] | None = None
    missing: tuple[str, ...] | None = None
    line: int = 0


class Item(msgspec.Struct, frozen=True, kw_only=True):
    """One version of one item.

    item          the item it is a version of; empty: it is the only version of its own.
    policy        entry of the policy list it encodes (P13); versions of one item share it.
    valid         days the version is in force; the evidence day must lie within.
    decided       run days on which it is decided; None: as `valid`.
    evidence_day  the day facts are judged on; None: the day of the run.
    review_by     last day this text may be relied on without a new look; needed where no last day is named.
    area          place code of the authority's area; the enterprise must lie within.
    family        ledger family under which awards of this kind are counted, over all documents.
    exclusive     how it stands to items that may not, or may, be had besides it.
    supersedes    other items this one has replaced since its first day.
    data          fact or list to department, where this item's document names another than the vocabulary.
    background    facts every example starts from.
    """

    id: str
    policy: str
    title: str
    version: str
    mark: Mark
    status: Status
    document: Document
    department: str
    area: str
    valid: Days
    repeat: Repeat
    family: str
    condition: Condition
    amount: Amount
    item: str = ""
    phone: str | None = None
    guide: Guide | None = None
    data: dict[str, str] = {}
    decided: Days | None = None
    evidence_day: date | None = None
    review_by: date | None = None
    exclusive: tuple[Exclusive, ...] = ()
    supersedes: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    background: dict[str, str | None] = {}
    examples: tuple[Example, ...] = ()
    file: str = ""

    def evidence(self, on: date) -> date:
        """Give the day its facts are judged on in a run of that day."""
        return self.evidence_day or on

    def standing(self, on: date) -> Standing:
        """Say whether this version counts on a run day; a draft is never more than a draft."""
        decided = self.decided or self.valid
        if on < decided.since or self.evidence(on) < self.valid.since:
            return "not_yet"
        if not decided.hold(on) or not self.valid.hold(self.evidence(on)):
            return "expired"
        if self.status == "draft":
            return "draft"
        if self.review_by is not None and on > self.review_by:
            return "review_overdue"
        return "in_force"

    def award_days(self, on: date) -> Days:
        """Give the days on which an award for the present period is paid: those it is decided on, where said."""
        if self.decided is not None:
            return self.decided
        day = self.evidence(on)
        if self.repeat == "quarterly":
            first = (day.month - 1) // 3 * 3 + 1
            until = date(day.year, first + 2, monthrange(day.year, first + 2)[1])
            return Days(since=date(day.year, first, 1), until=until)
        if self.repeat in ("yearly", "standing"):
            return Days(since=date(day.year, 1, 1), until=date(day.year, 12, 31))
        return Days(since=date.min)

    def award_period(self, on: date) -> str:
        """Name what a repeated award is counted by: "once", a year or a quarter of the evidence day."""
        day = self.evidence(on)
        if self.repeat in ("yearly", "standing"):
            return str(day.year)
        if self.repeat == "quarterly":
            return f"{day.year}-Q{(day.month + 2) // 3}"
        return self.repeat
