"""The home page and the page of search results."""

from datetime import date
from typing import ClassVar

import msgspec

from matching.language.vocabulary import Vocabulary
from registry.actions.search_enterprises import Found, Hit, Why
from registry.actions.show_run import Shown
from registry.portal.page import Page

WHY_WORDS: dict[Why, str] = {
    "code": "代码相同",
    "code_start": "代码开头相同",
    "name": "名称相符",
    "former_name": "曾用名相符",
    "similar": "名称相近",
    "similar_former": "曾用名相近",
}


class Headline(msgspec.Struct, frozen=True, kw_only=True):
    """The figures of the latest run that stand on the home page."""

    period: str
    as_of: date
    enterprises: int
    items: int
    entitled: int
    certain_cents: int
    possible_cents: int


class Sample(msgspec.Struct, frozen=True):
    """An enterprise to begin with, in the demonstration."""

    enterprise_id: int
    name: str
    cents: int


class HomePage(Page, frozen=True, kw_only=True):
    """All that home.html may use."""

    template: ClassVar[str] = "home.html"

    items: int
    latest: Headline | None
    samples: tuple[Sample, ...]


class HitView(msgspec.Struct, frozen=True, kw_only=True):
    """One enterprise found, in words; `seen` is the former name that matched."""

    enterprise_id: int
    name: str
    uscc: str | None
    place: str | None
    status: str | None
    why: str
    seen: str | None


class SearchPage(Page, frozen=True, kw_only=True):
    """All that search.html may use; `guessed` says that nothing matched and only likeness was left."""

    template: ClassVar[str] = "search.html"

    query: str
    hits: tuple[HitView, ...]
    more: bool
    guessed: bool


def headline(shown: Shown) -> Headline:
    """Take the few figures of a run that the home page shows."""
    return Headline(
        period=shown.run.period,
        as_of=shown.run.as_of,
        enterprises=shown.run.enterprises or 0,
        items=shown.run.items or 0,
        entitled=shown.entitled,
        certain_cents=shown.certain_cents,
        possible_cents=shown.possible_cents,
    )


def tell_search(query: str, found: Found, vocabulary: Vocabulary) -> SearchPage:
    """Tell what a search found."""
    return SearchPage(
        query=query,
        hits=tuple(_hit(hit, vocabulary) for hit in found.hits),
        more=found.more,
        guessed=any(hit.why in ("similar", "similar_former") for hit in found.hits),
    )


def _hit(hit: Hit, vocabulary: Vocabulary) -> HitView:
    statuses = vocabulary.facts["status"].values
    return HitView(
        enterprise_id=hit.enterprise_id,
        name=hit.name,
        uscc=hit.uscc,
        place=_place(hit.place, vocabulary) if hit.place else None,
        status=statuses.get(hit.status, hit.status) if hit.status else None,
        why=WHY_WORDS[hit.why],
        seen=hit.seen,
    )


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
