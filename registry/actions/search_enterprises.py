"""Find enterprises by what somebody writes: one look-up behind the search box, its suggestions and the API."""

import unicodedata
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Literal

import msgspec
import polars as pl

from matching.storage.database import snapshot
from registry.enterprises.names import name_key
from registry.lookup.code_index import CodeHit, find_codes
from registry.lookup.find import Match, TooShort, find
from registry.lookup.kept import KeptIndex, NotReady
from registry.lookup.store import (
    merged_into,
    names_that_count,
    standings_of,
    undisclosed_among,
    who_they_are,
)
from registry.lookup.why import Why

State = Literal["nothing_asked", "too_short", "found", "not_found", "withheld", "unavailable"]
"""Not found, withheld and unavailable are three answers: nobody of that name is registered here; there is
one, but the public may not see it; we cannot look just now."""

How = Literal[
    "code", "code_start", "code_body", "code_end", "code_slip", "name", "former_name", "merged_name"
]

LONGEST_QUERY = 160
SHOWN = 50
LIKELY = 0.004
"""Names less likely than this to be meant are not shown, unless they hold the query as it is."""
SURE = 0.5
"""Beside codes that match, only names as sure as this are."""


class Hit(msgspec.Struct, frozen=True, kw_only=True):
    """One enterprise found.

    how     what of it matched; `seen` is the name that did, where it is not the present one.
    score   how sure it is that this one is meant, 0 to 1; a code or a part of one: 1.
    why     what agrees and what differs, as registry/lookup says it.
    equal   whether another one is as likely to be meant.
    place   place code, `status` status word, as last told; None: nobody has told.
    """

    enterprise_id: int
    name: str
    uscc: str | None
    how: How
    score: float = 1.0
    why: tuple[Why, ...] = ()
    equal: bool = False
    seen: str | None = None
    place: str | None = None
    status: str | None = None


class Found(msgspec.Struct, frozen=True, kw_only=True):
    """What a search found.

    exact  the enterprise whose whole code was given.
    more   whether there are more than are given here.
    since  since when we cannot look, where the state is "unavailable".
    """

    state: State
    hits: tuple[Hit, ...] = ()
    exact: int | None = None
    more: bool = False
    since: datetime | None = None


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """When somebody asks, and how many answers they can use."""

    now: datetime
    today: date
    limit: int = SHOWN


def cleaned(text: str) -> str:
    """Give a query without control characters, at most as long as a name can be."""
    kept = "".join(" " if unicodedata.category(sign)[0] == "C" else sign for sign in text)
    return kept.strip()[:LONGEST_QUERY]


async def search_enterprises(text: str, kept: KeptIndex, asked: Asked) -> Found:
    """Search by code and by name at once; what only resembles comes after what agrees."""
    wanted = cleaned(text)
    if not wanted:
        return Found(state="nothing_asked")
    try:
        async with snapshot():
            found = await _found(wanted, kept, asked)
    except NotReady as making:
        found = Found(state="unavailable", since=making.since)
    return found


async def _found(wanted: str, kept: KeptIndex, asked: Asked) -> Found:
    indexes = await kept.indexes(asked.now)
    most = asked.limit + 1
    by_code = find_codes(name_key(wanted), indexes.codes, most)
    whole = bool(by_code) and by_code[0].how == "code"
    try:
        by_name = () if whole else find(wanted, indexes.names, most)
    except TooShort:
        if not by_code:
            return Found(state="too_short")
        by_name = ()
    likely = SURE if by_code else LIKELY
    told = await _told([*by_code, *(one for one in by_name if _is_likely(one, likely))])
    secret = await undisclosed_among(_ids(hit.enterprise_id for hit in told), asked.today)
    hits = tuple(hit for hit in told if hit.enterprise_id not in secret)
    if not hits:
        hidden = (hit for hit in told if hit.enterprise_id in secret)
        named = any(_is_itself(hit, wanted) for hit in hidden)
        return Found(state="withheld" if named else "not_found")
    return Found(
        state="found",
        hits=await _with_standings(hits[: asked.limit]),
        exact=hits[0].enterprise_id if whole else None,
        more=len(hits) > asked.limit,
    )


def _is_likely(match: Match, least: float) -> bool:
    return match.score >= least or (least < SURE and "part_of_name" in match.why)


def _is_itself(hit: Hit, wanted: str) -> bool:
    """Say whether somebody gave a whole code or a whole name: only then is there anything to withhold."""
    return hit.how == "code" or name_key(hit.seen or hit.name) == name_key(wanted)


async def _told(found: Sequence[CodeHit | Match]) -> list[Hit]:
    """Say who they are now: the merged as whom they became, the undone and the renamed no more."""
    ids = _ids([one.enterprise_id for one in found])
    became = await merged_into(ids)
    now = _ids([*ids.to_list(), *became.values()])
    known = {row["enterprise_id"]: row for row in (await who_they_are(now)).iter_rows(named=True)}
    named = set((await names_that_count(now)).iter_rows())
    with_names = {enterprise_id for enterprise_id, _ in named}
    hits: dict[int, Hit] = {}
    for one in found:
        whom = became.get(one.enterprise_id, one.enterprise_id)
        who = known.get(whom)
        if who is None or not (who["created_counts"] or whom in with_names):
            continue
        hit = _hit(one, who)
        counts = hit.seen is None or (one.enterprise_id, hit.seen) in named
        if counts:
            hits.setdefault(whom, hit)
    return list(hits.values())


def _hit(found: CodeHit | Match, who: Mapping[str, object]) -> Hit:
    name, whom = str(who["name"]), int(str(who["enterprise_id"]))
    uscc = None if who["uscc"] is None else str(who["uscc"])
    if isinstance(found, CodeHit):
        return Hit(enterprise_id=whom, name=name, uscc=uscc, how=found.how)
    how: How = "former_name" if found.enterprise_id == whom else "merged_name"
    is_now = found.name == name
    return Hit(
        enterprise_id=whom,
        name=name,
        uscc=uscc,
        how="name" if is_now else how,
        score=found.score,
        why=found.why,
        equal=found.equal,
        seen=None if is_now else found.name,
    )


async def _with_standings(hits: Sequence[Hit]) -> tuple[Hit, ...]:
    told = await standings_of(_ids(hit.enterprise_id for hit in hits))
    said = {(one, fact): text for one, fact, text in told.iter_rows()}
    return tuple(
        msgspec.structs.replace(
            hit,
            place=said.get((hit.enterprise_id, "place")),
            status=said.get((hit.enterprise_id, "status")),
        )
        for hit in hits
    )


def _ids(numbers: object) -> pl.Series:
    return pl.Series(list(numbers), dtype=pl.Int64)  # type: ignore[call-overload]  # any iterable of ids
