"""Whose a case is now: who was judged to be another, and who was merged, hand theirs on."""

from datetime import datetime

import polars as pl

from registry.actions.step_cases import make_steps
from registry.cases.guards import Ground
from registry.cases.states import TRANSITIONS
from registry.cases.store import present
from registry.cases.types import Asked
from registry.profiles.knowledge import Knowledge, Known, known

SYSTEM = "system"
HEIRS = {"holder": pl.Int64, "is_now": pl.Int64}


async def known_now(now: datetime) -> Known:
    """Read who is whom and who inherits from whom, as known now."""
    return await known(Knowledge(now.date(), now))


def with_holders(rows: pl.DataFrame, knowing: Known) -> pl.DataFrame:
    """Say in "holder" who each holder is now. Pure."""
    joined = rows.join(_successors(knowing), on="holder", how="left", maintain_order="left")
    return joined.with_columns(holder=pl.coalesce("is_now", "holder")).drop("is_now")


def with_inherited(claims: pl.DataFrame, knowing: Known) -> pl.DataFrame:
    """Add, for who was split off, what the old enterprise had been given by then: no "first time" is had twice. Pure.

    claims  with "holder" and "opened_at".
    """
    heirs = knowing.heirs.select(holder="origin_id", _heir="enterprise_id", _until="until")
    handed = claims.join(heirs, on="holder").filter(
        pl.col("_until").is_null() | (pl.col("opened_at").dt.date() <= pl.col("_until"))
    )
    inherited = handed.with_columns(holder="_heir").select(claims.columns)
    return pl.concat([claims, inherited])


def _successors(knowing: Known) -> pl.DataFrame:
    same = knowing.identities.select(holder="subject_id", is_now="enterprise_id")
    merged = knowing.heirs.filter(pl.col("until").is_null()).select(
        holder="origin_id", is_now="enterprise_id"
    )
    # Of a chain of mergers only its end lives.
    last = merged.filter(~pl.col("is_now").is_in(merged["holder"].implode()))
    nothing = pl.DataFrame(schema=HEIRS)
    return pl.concat([nothing, same, last]).unique("holder", keep="last", maintain_order=True)


async def succeed_cases(ground: Ground, now: datetime) -> int:
    """Hand the cases of who was merged to who lives on; gives their number. Again at once: none."""
    handing = [
        one.before for one in TRANSITIONS if one.event == "succeed" and one.before is not None
    ]
    found = await present(handing)
    named = with_holders(found.with_columns(was=pl.col("holder")), await known_now(now))
    moved = named.filter(pl.col("was") != pl.col("holder"))
    wanted = [
        (
            case_id,
            Asked(
                event="succeed",
                role="engine",
                by=SYSTEM,
                now=now,
                reason="merged",
                evidence=f"企业 {was} 并入 {heir}",
                heir=heir,
            ),
        )
        for case_id, was, heir in moved.select("id", "was", "holder").iter_rows()
    ]
    return await make_steps(wanted, ground)
