"""Look up one enterprise: what is known of it, how every item comes out and why, what it was told."""

import asyncio

import msgspec
import polars as pl

from matching.catalogue.load_catalogue import Catalogue
from matching.engine.explain import Explanation, explain
from matching.engine.gap import item_gaps
from matching.engine.gap_types import Gaps
from matching.engine.ground import Ground
from matching.engine.ladder import Ladder, Rules, ladder_of
from matching.engine.match import Payable, decided_items, payable
from matching.engine.option import Option, options_of, tied_items
from matching.engine.rows import RowOption, row_options
from matching.engine.single.single import Single
from matching.language.items import Item
from matching.notices.store import InboxNotice, inbox_of
from matching.storage.database import snapshot
from matching.storage.read import read_frame
from registry.profiles.knowledge import Knowledge
from registry.profiles.load_profile import load_profile
from registry.profiles.types import Profile

_HEAD = {"name": pl.String, "uscc": pl.String}
_FORMER = {"name": pl.String, "last_seen": pl.Date}


class Registered(msgspec.Struct, frozen=True, kw_only=True):
    """Who it is.

    former_names  other names it was seen under, newest first.
    """

    enterprise_id: int
    name: str
    uscc: str | None
    former_names: tuple[str, ...] = ()


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """One item for the enterprise, and whether meeting it would be an entitlement.

    gaps    what would make it met.
    option  how it stands to the items that bear on it; None: none does, or it may not be paid.
    rows    lines of which only the highest is given; told only of the one item asked about.
    """

    item: Item
    explanation: Explanation
    payable: Payable
    gaps: Gaps
    option: Option | None = None
    rows: tuple[RowOption, ...] = ()


class LookedUp(msgspec.Struct, frozen=True, kw_only=True):
    """All that is known and decided of one enterprise; `ladder`: told only beside all its items."""

    registered: Registered
    knowledge: Knowledge
    profile: Profile
    findings: tuple[Finding, ...]
    notices: tuple[InboxNotice, ...] = ()
    ladder: Ladder | None = None


async def look_up_enterprise(
    enterprise_id: int, knowledge: Knowledge, catalogue: Catalogue, only: str | None = None
) -> LookedUp | None:
    """Decide items for one enterprise as of a day, as known at a moment; None: no such enterprise.

    only  id of the one item asked about; None: every item that counts on the day.
    """
    registered = await registered_as(enterprise_id)
    if registered is None:
        return None
    async with snapshot():
        profile = await load_profile(enterprise_id, knowledge, catalogue.vocabulary)
        notices = await inbox_of(enterprise_id)
    # A thread: half a hundred items take tens of milliseconds, in which others are served.
    findings = await asyncio.to_thread(findings_of, profile, knowledge, catalogue, only)
    whole = only is None
    ladder = await asyncio.to_thread(ladder_for, profile, knowledge, catalogue) if whole else None
    return LookedUp(
        registered=registered,
        knowledge=knowledge,
        profile=profile,
        findings=findings,
        notices=notices,
        ladder=ladder,
    )


def ladder_for(profile: Profile, knowledge: Knowledge, catalogue: Catalogue) -> Ladder:
    """Judge every title for one profile, as of its day."""
    known = profile.population, catalogue.vocabulary, catalogue.definitions, knowledge.as_of
    rules = Rules(catalogue.tiers, catalogue.standards, catalogue.items)
    return ladder_of(profile.population, Single(*known), rules, knowledge.as_of)


def findings_of(
    profile: Profile, knowledge: Knowledge, catalogue: Catalogue, only: str | None = None
) -> tuple[Finding, ...]:
    """Decide and explain every item that counts on the day, or one of them and those that bear on it.

    The one asked about stands first.
    """
    on = knowledge.as_of
    asked = catalogue.items
    if only is not None:
        wanted = tied_items((only,), catalogue.items, on)
        asked = tuple(item for item in catalogue.items if item.id in wanted)
    items = sorted(decided_items(asked, on), key=lambda item: item.id != only)
    known = profile.population, catalogue.vocabulary, catalogue.definitions, on
    ground, single = Ground(*known), Single(*known)
    explained = {told.item_id: told for told in explain(items, single, on)}
    lacking = dict(zip((item.id for item in items), item_gaps(items, single, on), strict=True))
    sums = {key: (told.verdict, told.low_cents, told.high_cents) for key, told in explained.items()}
    options = options_of(sums, catalogue.items, ground, on)
    return tuple(
        Finding(
            item=item,
            explanation=explained[item.id],
            gaps=lacking[item.id],
            payable=payable(item, on),
            option=options.get(item.id),
            rows=row_options(item, ground, on) if item.id == only else (),
        )
        for item in items
    )


async def registered_as(enterprise_id: int) -> Registered | None:
    """Give who an enterprise is; None: there is none of that number."""
    head = await read_frame(
        "SELECT name, uscc FROM enterprise WHERE id = $1", _HEAD, (enterprise_id,)
    )
    if head.is_empty():
        return None
    name, uscc = head.row(0)
    others = await read_frame(
        "SELECT name, max(observed_on) AS last_seen FROM enterprise_name"
        " WHERE enterprise_id = $1 GROUP BY name",
        _FORMER,
        (enterprise_id,),
    )
    former = others.filter(pl.col("name") != name).sort("last_seen", "name", descending=True)
    return Registered(
        enterprise_id=enterprise_id,
        name=name,
        uscc=uscc,
        former_names=tuple(former["name"].to_list()),
    )
