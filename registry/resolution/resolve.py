"""Linking the rows of a sheet to enterprises: by code, by a name one alone bears, else through a person.

A row without a code we know speaks of a stand-in; whom that is, judgements say. So a link is taken back without
touching what the row said, and what is held for review counts as soon as it is judged.
"""

from datetime import date, datetime
from pathlib import Path

import msgspec
import polars as pl

from registry.enterprises.store import (
    create_enterprises,
    enterprises_by_code,
    enterprises_by_name,
    present_names,
)
from registry.identity.store import (
    add_seen,
    add_sure,
    different_from,
    identities_known,
    standing_in,
)
from registry.identity.types import EVIDENCE
from registry.lookup.names_kept import names_kept
from registry.resolution.link_near import link_near
from registry.resolution.link_stand_ins import LINKED, link_stand_ins
from registry.resolution.sources import Sources
from registry.resolution.types import ROWS, Resolved
from registry.resolution.who_is_it import linked_by_code, nameless, newcomers, one_row_each

BY_NAME = "名称与登记名称（含曾用名）完全相同，且只有这一家用过"
BY_EVIDENCE = "名称与登记名称（含曾用名）相近，其他情况也相符，把握高于自动认定的界限"


class Asking(msgspec.Struct, frozen=True, kw_only=True):
    """The sheet whose rows are linked.

    once    an enterprise may stand in it in one row only.
    lookup  the folder that keeps the index of names; None: only the very name of a row is looked up.
    """

    import_id: int
    department: str
    observed_on: date
    recorded_at: datetime
    once: bool
    lookup: Path | None = None


async def resolve(rows: pl.DataFrame, asking: Asking) -> Resolved:
    """Link rows of row, uscc, name, name_key and what stands beside (EVIDENCE); what is missing there is not told.

    A valid code nobody bears creates an enterprise. Every other row with a name speaks of its stand-in.
    """
    known = await enterprises_by_code(rows["uscc"])
    strangers = newcomers(rows, known)
    if strangers.height:
        created = await create_enterprises(strangers, asking.observed_on, asking.import_id)
        known = pl.concat([known, created])
    coded = linked_by_code(rows, known)
    left = rows.join(coded, on="row", how="anti")
    # After the newcomers: a sheet may name a unit here that it gives with its code there.
    stood = await _stood_for(left.filter(pl.col("name_key").is_not_null()), asking)
    identities = await identities_known(asking.recorded_at)
    meant = pl.concat([coded, stood]).join(
        identities, left_on="enterprise_id", right_on="subject_id", how="left", suffix="_is"
    )
    links = meant.with_columns(meant=pl.coalesce("enterprise_id_is", "enterprise_id"))
    unresolved = nameless(left)
    if asking.once:
        links, twice = one_row_each(links)
        unresolved += twice
    links = links.sort("row")
    return Resolved(
        links=links.select("row", "enterprise_id"),
        meant=links.filter(pl.col("meant") > 0).select("row", enterprise_id="meant"),
        unresolved=unresolved,
        created=strangers.height,
    )


async def _stood_for(named: pl.DataFrame, asking: Asking) -> pl.DataFrame:
    """Give row and enterprise_id (that of its stand-in) of rows with a name and no code we know."""
    if named.is_empty():
        return pl.DataFrame(schema={"row": pl.Int64, "enterprise_id": pl.Int64})
    untold = [column for column in EVIDENCE if column not in named.columns]
    told = named.with_columns(pl.lit(None, dtype=pl.String).alias(column) for column in untold)
    stood = await standing_in(
        told.select("row", "name", *EVIDENCE), asking.department, asking.import_id
    )
    subjects = stood.join(told, on="row").unique("subject_id", keep="first", maintain_order=True)
    identities = await identities_known(asking.recorded_at)
    judged = subjects.join(identities, on="subject_id", how="semi")
    linked = await _linked(
        subjects.join(judged, on="subject_id", how="anti"), identities, asking.lookup
    )
    await _judge(linked, asking)
    before = judged.select("subject_id", situation=pl.lit("judged"), candidates=pl.lit(None))
    seen = pl.concat([linked.select(before.columns), before], how="vertical_relaxed")
    await add_seen(seen.with_columns(import_id=pl.lit(asking.import_id)))
    return stood.select("row", enterprise_id="subject_id")


async def _linked(
    strangers: pl.DataFrame, identities: pl.DataFrame, lookup: Path | None
) -> pl.DataFrame:
    if strangers.is_empty():
        return pl.DataFrame(schema=LINKED)
    found = (await enterprises_by_name(strangers["name_key"])).join(
        identities, left_on="enterprise_id", right_on="subject_id", how="left", suffix="_is"
    )
    now = found.select("name_key", pl.coalesce("enterprise_id_is", "enterprise_id"))
    now = now.rename({"enterprise_id_is": "enterprise_id"})
    bearers = now.unique().join(await present_names(now["enterprise_id"]), on="enterprise_id")
    different = await different_from(strangers["subject_id"])
    by_name = link_stand_ins(strangers.select("subject_id", "name", "name_key"), bearers, different)
    unheard = by_name.filter(pl.col("situation") == "nobody_near")
    kept = None if lookup is None or unheard.is_empty() else await names_kept(lookup)
    if kept is None:
        return by_name
    others = strangers.join(unheard, on="subject_id", how="semi").select(
        "subject_id", "name", *(name for name in ROWS if name not in ("row", "name"))
    )
    sources = Sources(folder=kept.folder, newer=kept.newer)
    near = await link_near(others, identities, different, sources)
    return pl.concat([by_name.join(unheard, on="subject_id", how="anti"), near])


async def _judge(linked: pl.DataFrame, asking: Asking) -> None:
    """Keep the links that are sure as judgements of this import's moment."""
    sure = linked.filter(pl.col("enterprise_id").is_not_null())
    by_name = pl.col("situation") == "one_bearer"
    for part, reason in ((sure.filter(by_name), BY_NAME), (sure.filter(~by_name), BY_EVIDENCE)):
        links = part.select("subject_id", "enterprise_id", "probability_bp", evidence="candidates")
        await add_sure(links, reason, asking.recorded_at)
