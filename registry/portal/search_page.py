"""What a search found, in words: the page, the suggestions while somebody types, and the API's answer."""

from datetime import datetime
from typing import ClassVar

import msgspec

from matching.language.vocabulary import Vocabulary
from registry.actions.search_enterprises import Found, Hit, How, State
from registry.lookup.tell_match import why_words
from registry.portal.page import Page

HOW_WORDS: dict[How, str] = {
    "code": "代码相同",
    "code_start": "代码开头相同",
    "code_body": "代码中的主体标识码相同",
    "code_end": "代码末尾相同",
    "code_slip": "代码只差一处，请核对",
    "name": "名称",
    "former_name": "曾用名",
    "merged_name": "并入企业的名称",
}


class HitView(msgspec.Struct, frozen=True, kw_only=True):
    """One enterprise found, in words.

    why   what of it matched and what differs.
    seen  the former name, or that of an enterprise now part of it, which matched.
    """

    enterprise_id: int
    name: str
    uscc: str | None
    place: str | None
    status: str | None
    why: str
    seen: str | None
    score: float
    equal: bool


class SearchPage(Page, frozen=True, kw_only=True):
    """All that search.html may use; `guessed` says that nothing agrees and only likeness was left."""

    template: ClassVar[str] = "search.html"

    query: str
    state: State
    hits: tuple[HitView, ...]
    more: bool
    guessed: bool
    since: datetime | None


class Suggestion(msgspec.Struct, frozen=True, kw_only=True):
    """One line under the search box; `url` leads to the enterprise where its page may be seen."""

    name: str
    note: str
    url: str | None


class ApiAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """What the API says; `message` tells people what the state means and what to do."""

    query: str
    state: State
    message: str
    hits: tuple[HitView, ...]
    more: bool


MESSAGES: dict[State, str] = {
    "nothing_asked": "请写企业名称、名称的一部分，或统一社会信用代码。",
    "too_short": "请再多写一个字：一个汉字，或三个以内的字母，对应的企业太多。",
    "found": "已找到。",
    "not_found": "没有查到。可能各部门送来的数据表里还没有它，或者名称写法不同；不等于企业不存在。",
    "withheld": "有这样一家企业，但依规定不向社会公开。请企业自己或主管部门登录后查看。",
    "unavailable": "暂时无法查找：企业名称索引正在建立，请稍后再试。不等于企业不存在。",
}
SURE = 0.5
"""From this score on a name agrees rather than resembles."""


def tell_search(query: str, found: Found, vocabulary: Vocabulary) -> SearchPage:
    """Tell what a search found."""
    return SearchPage(
        query=query,
        state=found.state,
        hits=tuple(hit_view(hit, vocabulary) for hit in found.hits),
        more=found.more,
        guessed=bool(found.hits) and not any(_agrees(hit) for hit in found.hits),
        since=found.since,
    )


def tell_answer(query: str, found: Found, vocabulary: Vocabulary) -> ApiAnswer:
    """Tell what a search found to a program."""
    return ApiAnswer(
        query=query,
        state=found.state,
        message=MESSAGES[found.state],
        hits=tuple(hit_view(hit, vocabulary) for hit in found.hits),
        more=found.more,
    )


def tell_suggestions(found: Found, vocabulary: Vocabulary, *, demo: bool) -> tuple[Suggestion, ...]:
    """Tell the lines under the search box."""
    return tuple(
        Suggestion(
            name=hit.name,
            note=" · ".join(part for part in (_also(hit), _where(hit, vocabulary)) if part),
            url=f"/enterprises/{hit.enterprise_id}" if demo else None,
        )
        for hit in found.hits
    )


def hit_view(hit: Hit, vocabulary: Vocabulary) -> HitView:
    """Tell one enterprise found."""
    statuses = vocabulary.facts["status"].values
    return HitView(
        enterprise_id=hit.enterprise_id,
        name=hit.name,
        uscc=hit.uscc,
        place=_place(hit.place, vocabulary) if hit.place else None,
        status=statuses.get(hit.status, hit.status) if hit.status else None,
        why=_why(hit),
        seen=hit.seen,
        score=round(hit.score, 3),
        equal=hit.equal,
    )


def _agrees(hit: Hit) -> bool:
    """Say whether a hit is more than a likeness: a part of a code, or a name that holds what was written."""
    by_code = hit.how not in _NAMES and hit.how != "code_slip"
    return by_code or hit.score >= SURE or "part_of_name" in hit.why


def _why(hit: Hit) -> str:
    said = HOW_WORDS[hit.how]
    # What was written stands in it: of course the rest of the name is missing then.
    words = why_words(("part_of_name",) if "part_of_name" in hit.why else hit.why)
    return (
        f"{said}{'相符' if not words else '：' + '、'.join(words)}" if hit.how in _NAMES else said
    )


_NAMES = {"name", "former_name", "merged_name"}


def _also(hit: Hit) -> str:
    return f"{HOW_WORDS[hit.how]} {hit.seen}" if hit.seen else ""


def _where(hit: Hit, vocabulary: Vocabulary) -> str:
    return _place(hit.place, vocabulary) if hit.place else (hit.uscc or "")


def _place(code: str, vocabulary: Vocabulary) -> str:
    """Say a county with its city: many cities have a 中原区 or 东城区."""
    places = vocabulary.places
    known = places.nearest(code)
    node = places.nodes.get(known) if known else None
    if node is None:
        return code
    above = places.nodes.get(node.within or "")
    is_city = above is not None and above.within not in (None, places.root)
    return f"{above.name}{node.name}" if above is not None and is_city else node.name
