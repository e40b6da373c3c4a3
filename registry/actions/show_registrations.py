"""Which registrations one enterprise is made of: names with their days, those merged, what it inherits and from whom."""

from datetime import date, datetime

import msgspec
import polars as pl

from matching.storage.read import read_frame
from registry.actions.look_up_enterprise import Registered, registered_as
from registry.actions.relate import RelationShown, list_relations
from registry.enterprises.store import listed, present_names, unfolded_numbers
from registry.identity.identities import identities_of
from registry.identity.store import identities_known, judgements_known, stand_ins
from registry.profiles.knowledge import Knowledge, known
from registry.profiles.lists import read_awards, read_coverage, read_memberships

STAND_INS_SHOWN = 50


class NameBorne(msgspec.Struct, frozen=True, kw_only=True):
    """A name it was seen under, and on which days first and last."""

    name: str
    first_on: date
    last_on: date


class MergedIn(msgspec.Struct, frozen=True, kw_only=True):
    """Another registration, or a name without a code, judged to be this enterprise; below zero: a stand-in."""

    subject_id: int
    name: str
    uscc: str | None
    by: str
    reason: str
    at: datetime


class Inherited(msgspec.Struct, frozen=True, kw_only=True):
    """A list entry or a payment that came from another enterprise; `list` is None for a payment of `family`."""

    origin_id: int
    origin: str
    list: str | None
    family: str | None
    on: date | None
    amount_cents: int | None


class Registrations(msgspec.Struct, frozen=True, kw_only=True):
    """All that is known of who an enterprise is.

    stand_in_total  names without a code judged to be it; `merged` shows the first STAND_INS_SHOWN of them.
    """

    registered: Registered
    names: tuple[NameBorne, ...]
    merged: tuple[MergedIn, ...]
    stand_in_total: int
    relations: tuple[RelationShown, ...]
    inherited: tuple[Inherited, ...]


async def whom_it_is_now(enterprise_id: int, known_at: datetime) -> int | None:
    """Give the enterprise this one was merged into, as known at a moment; None: it stands for itself."""
    identities = await identities_known(known_at)
    found = identities.filter(pl.col("subject_id") == enterprise_id)["enterprise_id"].to_list()
    return found[0] if found else None


async def show_registrations(enterprise_id: int, knowledge: Knowledge) -> Registrations | None:
    """Give who one enterprise is; None: there is none of that number."""
    registered = await registered_as(enterprise_id)
    if registered is None:
        return None
    merged, stand_in_total = await _merged(enterprise_id, knowledge.known_at)
    return Registrations(
        registered=registered,
        names=await _names([enterprise_id, *(one.subject_id for one in merged)]),
        merged=merged,
        stand_in_total=stand_in_total,
        relations=await list_relations(knowledge.known_at, enterprise_id),
        inherited=await _inherited(enterprise_id, knowledge),
    )


async def _names(ids: list[int]) -> tuple[NameBorne, ...]:
    found = await read_frame(
        "SELECT name, min(observed_on) AS first_on, max(observed_on) AS last_on FROM enterprise_name"  # noqa: S608  our own words
        f" WHERE enterprise_id IN ({unfolded_numbers()})"
        " AND import_id NOT IN (SELECT import_id FROM import_undone)"
        " GROUP BY name ORDER BY max(observed_on) DESC, name",
        {"name": pl.String, "first_on": pl.Date, "last_on": pl.Date},
        [listed(pl.Series(ids))],
    )
    return tuple(NameBorne(**row) for row in found.iter_rows(named=True))


async def _merged(enterprise_id: int, known_at: datetime) -> tuple[tuple[MergedIn, ...], int]:
    """Give who was judged to be it, other registrations first, and how many names without a code there are."""
    judgements = await judgements_known(known_at)
    own = identities_of(judgements).filter(pl.col("enterprise_id") == enterprise_id)
    firms = own.filter(pl.col("subject_id") > 0)["subject_id"].sort()
    names = own.filter(pl.col("subject_id") < 0)["subject_id"].sort(descending=True)
    shown = names.head(STAND_INS_SHOWN)
    who = await read_frame(
        f"SELECT id AS subject_id, name, uscc FROM enterprise WHERE id IN ({unfolded_numbers()})",  # noqa: S608  our own words
        {"subject_id": pl.Int64, "name": pl.String, "uscc": pl.String},
        [listed(firms)],
    )
    stand = (await stand_ins(shown)).select("subject_id", "name", "uscc")
    same = judgements.filter(pl.col("verdict") == "same").sort("id")
    newest = same.unique("subject_id", keep="last")
    rows = pl.concat([who.sort("subject_id"), stand]).join(
        newest.select("subject_id", by="decided_by", reason="reason", at="recorded_at"),
        on="subject_id",
        maintain_order="left",
    )
    return tuple(MergedIn(**row) for row in rows.iter_rows(named=True)), len(names)


async def _inherited(enterprise_id: int, knowledge: Knowledge) -> tuple[Inherited, ...]:
    counting = await known(knowledge)
    coverage = await read_coverage(counting.imports)
    entries = (await read_memberships(counting, coverage, enterprise_id)).select(
        "enterprise_id", "origin_id", "list", on="from_on"
    )
    paid = (await read_awards(counting, coverage, enterprise_id)).select(
        "enterprise_id", "origin_id", "family", "amount_cents", on="paid_on"
    )
    both = pl.concat([entries, paid], how="diagonal").filter(
        pl.col("enterprise_id") == enterprise_id, pl.col("origin_id").is_not_null()
    )
    names = dict((await present_names(both["origin_id"].alias("enterprise_id"))).iter_rows())
    rows = both.drop("enterprise_id").iter_rows(named=True)
    return tuple(Inherited(origin=names[row["origin_id"]], **row) for row in rows)
