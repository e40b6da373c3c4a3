"""Finding enterprises by a name as somebody writes it: whole, in part, wrong, in sounds or in first letters."""

from collections import Counter
from collections.abc import Sequence

import msgspec
import numpy as np

from registry.lookup.candidates import MOST, WHOLE, Candidates, Query, gather, query_of
from registry.lookup.features import features
from registry.lookup.fold import only_place_or_form
from registry.lookup.index import FORMER, SHORT, Index
from registry.lookup.latin import LATIN_LEAST, Matched, Ranked, find_latin, is_latin
from registry.lookup.look_alikes import as_looks_like
from registry.lookup.score import scores
from registry.lookup.shortlist import Near, shortlist
from registry.lookup.why import Why, why, why_it_looks_like

LEAST = 2
"""Chinese characters a query needs."""
BRIEF = 3
"""Of queries up to so many letters there are thousands that sound alike: names that hold them as they are come first."""
LONGEST_QUERY = 160
_A_FEW = 48
_EQUAL = 1e-9
_LOOKS = 0.2
"""How sure it is that a character was taken for one that looks alike, where what is written finds nothing whole."""


class TooShort(Exception):
    """One Chinese character, or fewer than four Latin letters, would find a whole city."""


class Match(msgspec.Struct, frozen=True, kw_only=True):
    """An enterprise found, by the name of it that matched best.

    score  how sure it is that this one is meant, 0 to 1.
    equal  another enterprise is as likely to be meant: the query cannot tell them apart.
    """

    enterprise_id: int
    name: str
    kind: int
    score: float
    matched: Matched
    why: tuple[Why, ...]
    equal: bool


def find(text: str, indexes: Sequence[Index], limit: int) -> tuple[Match, ...]:
    """Give the enterprises a text may mean, the likeliest first; raises TooShort.

    indexes  the largest first: it says how rare words are. All of them are ranked as one.
    limit    how many to give; of those as good as the best, all that were weighed are given.
    """
    query = query_of(text[:LONGEST_QUERY], indexes[0])
    letters = query.folded.text
    if not letters:
        return ()
    same = _same(query, indexes)
    if len(letters) < (LATIN_LEAST if is_latin(letters) else LEAST):
        if not same:
            raise TooShort
        return _told(query, same, indexes, limit)
    if is_latin(letters):
        return _told_latin(query, text, indexes, limit)
    most = _A_FEW if only_place_or_form(query.folded) else MOST
    found = shortlist(query, gather(query, indexes, most), indexes)
    there = {(near.enterprise_id, near.name) for near in found}
    found += [near for near in same if (near.enterprise_id, near.name) not in there]
    return _told(query, found, indexes, limit)


def _told(
    query: Query, found: Sequence[Near], indexes: Sequence[Index], limit: int
) -> tuple[Match, ...]:
    """Rank names near a query in Chinese characters."""
    chances = scores(features(query, found, indexes[0]))
    text = query.folded.text
    brief = len(text) <= BRIEF
    ranked = [
        Ranked(near, float(chance), _matched(near), held=brief and text in near.text)
        for near, chance in zip(found, chances, strict=True)
    ]
    if not any(text in near.text for near in found):
        ranked += _told_by_looks(query, indexes)
    return _matches(query, ranked, limit)


def _told_by_looks(query: Query, indexes: Sequence[Index]) -> list[Ranked]:
    """Rank the names that hold what a short query looks like; less sure than what is written."""
    ranked = []
    for read, candidates in as_looks_like(query, indexes):
        near = shortlist(read, candidates, indexes)
        ranked += [
            Ranked(name, _LOOKS * float(chance), _matched(name), looks_alike=True)
            for name, chance in zip(near, scores(features(read, near, indexes[0])), strict=True)
        ]
    return ranked


def _told_latin(query: Query, text: str, indexes: Sequence[Index], limit: int) -> tuple[Match, ...]:
    """Rank names near a query in Latin letters: as it stands, as syllables, as first letters."""
    as_written = shortlist(query, gather(query, indexes), indexes)
    ranked = [
        Ranked(near, float(chance), _matched(near))
        for near, chance in zip(
            as_written, scores(features(query, as_written, indexes[0])), strict=True
        )
    ]
    ranked += find_latin(text, indexes)
    return _matches(query, ranked, limit)


def _matches(query: Query, ranked: list[Ranked], limit: int) -> tuple[Match, ...]:
    ranked.sort(key=lambda one: (not one.held, -one.score, one.near.kind, one.near.enterprise_id))
    best: dict[int, Ranked] = {}
    for one in ranked:
        best.setdefault(one.near.enterprise_id, one)
    kept = list(best.values())
    as_good = sum(_as_good(one, kept[0]) for one in kept)
    levels = Counter((one.held, round(one.score, 9)) for one in kept)
    return tuple(
        Match(
            enterprise_id=one.near.enterprise_id,
            name=one.near.name,
            kind=one.near.kind,
            score=one.score,
            matched=one.matched,
            why=_why(query, one),
            equal=levels[one.held, round(one.score, 9)] > 1,
        )
        for one in kept[: max(limit, as_good)]
    )


def _why(query: Query, one: Ranked) -> tuple[Why, ...]:
    if one.looks_alike:
        return why_it_looks_like(query, one.near)
    return _LATIN.get(one.matched) or why(query, one.near)


def _as_good(one: Ranked, best: Ranked) -> bool:
    return one.held == best.held and abs(one.score - best.score) < _EQUAL


def _same(query: Query, indexes: Sequence[Index]) -> list[Near]:
    """Give the names that fold into the query's text, at most a few."""
    numbered = [
        (which, int(number))
        for which, index in enumerate(indexes)
        for number in index.same(query.folded.text)
    ][:_A_FEW]
    if not numbered:
        return []
    which, numbers = zip(*numbered, strict=True)
    return shortlist(
        query,
        Candidates(
            which=np.array(which, dtype=np.int8),
            numbers=np.array(numbers, dtype=np.int32),
            shared=np.full(len(numbers), WHOLE, dtype=np.float32),
        ),
        indexes,
    )


def _matched(near: Near) -> Matched:
    return _BY_KIND.get(near.kind, "name")


_BY_KIND: dict[int, Matched] = {FORMER: "former_name", SHORT: "short_name"}
_LATIN: dict[str, tuple[Why, ...]] = {"pinyin": ("pinyin",), "initials": ("initials",)}
