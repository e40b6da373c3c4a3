"""The pages of the review queue, told from cases: no database, no clock, no web."""

from datetime import datetime
from typing import ClassVar

import msgspec

from matching.language.vocabulary import Vocabulary
from registry.actions.review_queue import SITUATIONS, Case, Known, Queue, RowSeen
from registry.portal.page import Page
from registry.resolution.tell_evidence import DATA, differing_characters, tell_all

PAGE_SIZE = 50
_BESIDE = {"code": "uscc", **{key: key for key in DATA if key not in ("name", "code")}}
_VERDICTS = {"same": "认定为", "different": "不是", "apart": "搁置或拆开"}


class Choice(msgspec.Struct, frozen=True):
    """One situation in the menu: its key ("" for all), word, open cases, and whether it is shown."""

    key: str
    word: str
    count: int
    chosen: bool


class GroupView(msgspec.Struct, frozen=True, kw_only=True):
    """Identical cases in one line."""

    subject_id: int
    name: str
    situation: str
    place: str
    departments: str
    alike: int


class ReviewPage(Page, frozen=True, kw_only=True):
    """All that review.html may use."""

    template: ClassVar[str] = "review.html"

    total: int
    choices: tuple[Choice, ...]
    groups: tuple[GroupView, ...]
    chosen: str
    page: int
    pages: int


class Beside(msgspec.Struct, frozen=True):
    """One datum side by side: of the sheet, of the register, and how they stand (agrees, differs, unknown)."""

    label: str
    given: str
    known: str
    sign: str


class NearView(msgspec.Struct, frozen=True, kw_only=True):
    """One enterprise it may be; `pieces` are the two names cut up, with whether a piece differs."""

    enterprise_id: int
    key: int
    name: str
    pieces: tuple[tuple[str, str, bool], ...]
    uscc: str
    former_names: tuple[str, ...]
    beside: tuple[Beside, ...]
    evidence: tuple[str, ...]


class HistoryView(msgspec.Struct, frozen=True, kw_only=True):
    """One judgement as it stands in the record."""

    what: str
    enterprise_id: int | None
    reason: str
    by: str
    at: datetime


class Written(msgspec.Struct, frozen=True, kw_only=True):
    """What was written in the form that was not taken."""

    whom: str = ""
    code: str = ""
    reason: str = ""
    by: str = ""


class Beyond(msgspec.Struct, frozen=True, kw_only=True):
    """What a case's page says beside the case.

    problem  why the last try was not taken; `written`: what the form held then.
    last     the case decided just before, whose decision can be taken back.
    """

    problem: str = ""
    written: Written = Written()
    last: int | None = None


class CasePage(Page, frozen=True, kw_only=True):
    """All that review_case.html may use."""

    template: ClassVar[str] = "review_case.html"

    subject_id: int
    name: str
    situation: str
    department: str
    told: tuple[tuple[str, str], ...]
    rows: tuple[RowSeen, ...]
    near: tuple[NearView, ...]
    history: tuple[HistoryView, ...]
    is_now: int | None
    alike: int
    next_id: int | None
    beyond: Beyond


def tell_review(
    queue: Queue, situation: str | None, page: int, vocabulary: Vocabulary
) -> ReviewPage:
    """Tell what waits."""
    words: dict[str, int] = {}
    keys: dict[str, str] = {}
    for key, word in SITUATIONS.items():
        words[word] = words.get(word, 0) + queue.counts.get(key, 0)
        keys.setdefault(word, key)
    choices = [Choice("", "全部", queue.total, situation is None)]
    choices += [
        Choice(keys[word], word, count, situation == keys[word])
        for word, count in words.items()
        if count
    ]
    return ReviewPage(
        total=queue.total,
        choices=tuple(choices),
        groups=tuple(
            GroupView(
                subject_id=one.subject_id,
                name=one.name,
                situation=SITUATIONS[one.situation],
                place=_place(one.place, vocabulary),
                departments="、".join(_department(key, vocabulary) for key in one.departments),
                alike=one.alike,
            )
            for one in queue.groups
        ),
        chosen=situation or "",
        page=page,
        pages=max(1, -(-queue.group_total // PAGE_SIZE)),
    )


def tell_case(case: Case, vocabulary: Vocabulary, beyond: Beyond = Beyond()) -> CasePage:  # noqa: B008  frozen
    """Tell one case, with the two sides of each enterprise it may be."""
    told = {DATA[about]: case.beside.get(column) for about, column in _BESIDE.items()}
    told[DATA["place"]] = _place(case.beside.get("place"), vocabulary) or None
    return CasePage(
        subject_id=case.subject_id,
        name=case.name,
        situation=SITUATIONS[case.situation],
        department=_department(case.department, vocabulary),
        told=tuple((label, value) for label, value in told.items() if value),
        rows=case.rows,
        near=tuple(
            _near(key, case.name, one, vocabulary) for key, one in enumerate(case.candidates, 1)
        ),
        history=tuple(
            HistoryView(
                what=_VERDICTS[one.verdict],
                enterprise_id=one.enterprise_id,
                reason=one.reason,
                by="系统" if one.decided_by == "system" else one.decided_by,
                at=one.recorded_at,
            )
            for one in reversed(case.history)
        ),
        is_now=case.is_now,
        alike=case.alike,
        next_id=case.next_id,
        beyond=beyond,
    )


def _near(key: int, name: str, one: Known, vocabulary: Vocabulary) -> NearView:
    who = one.candidate
    return NearView(
        enterprise_id=who.enterprise_id,
        key=key,
        name=who.name,
        pieces=differing_characters(name, who.name),
        uscc=one.uscc or "没有代码",
        former_names=one.former_names,
        beside=tuple(
            Beside(
                DATA[piece.about],
                _shown(piece.about, piece.given, vocabulary),
                _shown(piece.about, piece.known, vocabulary),
                piece.sign,
            )
            for piece in who.evidence
            if piece.about != "name" and (piece.given or piece.known)
        ),
        evidence=tell_all(who),
    )


def _shown(about: str, value: str | None, vocabulary: Vocabulary) -> str:
    if value is None:
        return "未知"
    return _place(value, vocabulary) if about == "place" else value


def _place(code: str | None, vocabulary: Vocabulary) -> str:
    tree = vocabulary.tree_of(vocabulary.facts["place"])
    if code is None or tree is None:
        return ""
    node = tree.nodes.get(code)
    return node.name if node else code


def _department(key: str, vocabulary: Vocabulary) -> str:
    return vocabulary.departments.get(key, key)
