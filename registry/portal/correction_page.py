"""The pages of corrections, told from requests: no database, no clock, no web."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import ClassVar

import msgspec

from matching.catalogue.load_catalogue import Catalogue
from matching.language.data_names import DataNames
from matching.language.vocabulary import Vocabulary, fact_of_column
from matching.language.wording import Words
from registry.corrections.types import (
    STATE_WORDS,
    EntryWish,
    Evidence,
    ItemChange,
    Request,
    Shown,
    State,
)
from registry.portal.page import Page
from registry.portal.tell_amount import money_range
from registry.portal.types import BADGES, Badge

UNKNOWN = "没有数据"
STATE_LOOKS: dict[State, str] = {
    "open": "open",
    "accepted": "yes",
    "rejected": "no",
    "withdrawn": "no",
}


class AskPage(Page, frozen=True, kw_only=True):
    """All that correction_ask.html may use.

    entry    whether it is about standing on a list.
    choices  the words a code may be; empty: written freely.
    problem  why the last try was not taken; the fields hold what was written.
    """

    template: ClassVar[str] = "correction_ask.html"

    enterprise_id: int
    name: str
    column: str
    label: str
    now: str
    department: str
    entry: bool
    hint: str
    choices: tuple[str, ...]
    fields: dict[str, str]
    problem: str


class ChoosePage(Page, frozen=True, kw_only=True):
    """All that correction_choose.html may use: groups of links, each with its column and label."""

    template: ClassVar[str] = "correction_choose.html"

    enterprise_id: int
    name: str
    groups: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]


class ChangeView(msgspec.Struct, frozen=True, kw_only=True):
    """One item that would come out otherwise."""

    item_id: str
    title: str
    before: Badge
    after: Badge
    sum: str
    pays: bool


class RequestView(msgspec.Struct, frozen=True, kw_only=True):
    """One request in words."""

    number: int
    enterprise_id: int
    name: str
    label: str
    shown: str
    wanted: str
    reason: str
    department: str
    asked_by: str
    asked_at: datetime
    state: Badge
    still_counts: bool | None


class CorrectionsPage(Page, frozen=True, kw_only=True):
    """All that corrections.html may use; `departments` are key, label and open requests of each."""

    template: ClassVar[str] = "corrections.html"

    requests: tuple[RequestView, ...]
    departments: tuple[tuple[str, str, int], ...]
    chosen: str


class CorrectionPage(Page, frozen=True, kw_only=True):
    """All that correction.html may use; `changes` are foreseen while it is open, None after."""

    template: ClassVar[str] = "correction.html"

    request: RequestView
    contact: str | None
    evidence: tuple[Evidence, ...]
    is_open: bool
    changes: tuple[ChangeView, ...] | None
    answer: str
    answered_by: str
    answered_at: datetime | None
    problem: str


class Named(msgspec.Struct, frozen=True):
    """An enterprise by number and name."""

    enterprise_id: int
    name: str


def tell_ask(
    who: Named, column: str, shown: str | None, catalogue: Catalogue, day: date
) -> AskPage:
    """Tell the form that asks what a value should be."""
    words = catalogue.vocabulary
    names = DataNames(words)
    entry = column in words.lists
    fact = None if entry else words.facts[fact_of_column(column)[0]]
    return AskPage(
        enterprise_id=who.enterprise_id,
        name=who.name,
        column=column,
        label=names.label(column),
        now=in_words(column, shown, words, day),
        department=names.owner(column),
        entry=entry,
        hint=_hint(column, words),
        choices=tuple(fact.values.values()) if fact and fact.kind == "code" else (),
        fields={},
        problem="",
    )


def tell_choose(who: Named, known: Sequence[str], words: Vocabulary) -> ChoosePage:
    """Tell what can be put right: the data that are known, what has no period, and every list."""
    names = DataNames(words)
    timeless = [key for key, fact in words.facts.items() if fact.period == "none"]
    columns = [*known, *(key for key in timeless if key not in known)]
    told = [
        ("已有的数据，以及不分期的数据", [key for key in columns if _is_told(key, words)]),
        ("称号、名录和负面名单", list(words.lists)),
    ]
    return ChoosePage(
        enterprise_id=who.enterprise_id,
        name=who.name,
        groups=tuple(
            (title, tuple((key, names.label(key)) for key in keys)) for title, keys in told
        ),
    )


def _is_told(column: str, words: Vocabulary) -> bool:
    """Say whether anybody tells it as one value: counted ledgers and derived figures follow from others."""
    fact = words.facts.get(fact_of_column(column)[0])
    return fact is not None and fact.ledger is None and fact.derived is None


def tell_corrections(
    shown: Sequence[Shown],
    names: dict[int, str],
    words: Vocabulary,
    day: date,
    chosen: str = "",
) -> CorrectionsPage:
    """Tell the list of requests, and how many are open for each department."""
    waiting: dict[str, int] = {}
    for one in shown:
        key = one.request.department
        waiting[key] = waiting.get(key, 0) + (one.state == "open")
    return CorrectionsPage(
        requests=tuple(
            _request(one, names, words, day)
            for one in shown
            if chosen in ("", one.request.department)
        ),
        departments=tuple(
            (key, words.departments[key], count) for key, count in sorted(waiting.items())
        ),
        chosen=chosen,
    )


def tell_correction(
    shown: Shown,
    names: dict[int, str],
    changes: Sequence[ItemChange] | None,
    words: Vocabulary,
    day: date,
) -> CorrectionPage:
    """Tell one request with its effect."""
    decision = shown.decision
    return CorrectionPage(
        request=_request(shown, names, words, day),
        contact=shown.request.contact,
        evidence=shown.evidence,
        is_open=decision is None,
        changes=None if changes is None else tuple(_change(one) for one in changes),
        answer=decision.reason if decision else "",
        answered_by=decision.decided_by if decision else "",
        answered_at=decision.decided_at if decision else None,
        problem="",
    )


def in_words(column: str, kept: str | None, words: Vocabulary, day: date) -> str:
    """Say a value as a request keeps it."""
    if kept is None:
        return UNKNOWN
    if column in words.lists:
        return _entry(msgspec.json.decode(kept, type=EntryWish))
    key, _ = fact_of_column(column)
    value = msgspec.json.decode(kept, type=int | str)
    kind = words.facts[key].kind
    if kind == "flag":
        return "是" if value else "否"
    if isinstance(value, int):
        return Words(words, {}, day).figure_of(key, value)
    return Words(words, {}, day).code(key, value) if kind == "code" else value


def _entry(wish: EntryWish) -> str:
    if not wish.on:
        return "不在名录上"
    said = (
        wish.level,
        wish.batch,
        wish.document,
        f"{wish.from_on}起" if wish.from_on else None,
        f"至{wish.until_on}" if wish.until_on else None,
    )
    return " · ".join(("在名录上", *filter(None, said)))


def _hint(column: str, words: Vocabulary) -> str:
    if column in words.lists:
        return ""
    fact = words.facts[fact_of_column(column)[0]]
    match fact.kind:
        case "money":
            return "写数字和单位，如 1,200 万元"
        case "share":
            return "写百分比，如 5.5 %"
        case "number":
            return f"写数字和单位，如 30 {fact.unit}"
        case "flag":
            return "写“是”或“否”"
        case "date":
            return "写日期，如 2019-05-18"
        case "code":
            return "写名称或代码"


def _request(shown: Shown, names: dict[int, str], words: Vocabulary, day: date) -> RequestView:
    request: Request = shown.request
    return RequestView(
        number=request.id,
        enterprise_id=request.enterprise_id,
        name=names.get(request.enterprise_id, "不详"),
        label=DataNames(words).label(request.column),
        shown=in_words(request.column, request.shown, words, day),
        wanted=in_words(request.column, request.wanted, words, day),
        reason=request.reason,
        department=words.departments[request.department],
        asked_by=request.asked_by,
        asked_at=request.asked_at,
        state=Badge(STATE_WORDS[shown.state], STATE_LOOKS[shown.state]),
        still_counts=shown.still_counts,
    )


def _change(change: ItemChange) -> ChangeView:
    return ChangeView(
        item_id=change.item_id,
        title=change.title,
        before=BADGES[change.before],
        after=BADGES[change.after],
        sum=money_range(change.after_low_cents, change.after_high_cents),
        pays=change.pays,
    )
