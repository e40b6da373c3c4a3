"""Whom stand-ins are whose very name nobody bears: names that are near, weighed with all that stands beside them."""

import asyncio

import msgspec
import polars as pl

from registry.enterprises.types import CODED
from registry.resolution.known_beside import known_beside
from registry.resolution.link import judge_rows, look_up_rows
from registry.resolution.link_stand_ins import LINKED
from registry.resolution.read_candidates import SIDES, read_candidates
from registry.resolution.sources import Sources
from registry.resolution.types import ROWS

_PAIR = ["subject_id", "enterprise_id"]


async def link_near(
    strangers: pl.DataFrame, identities: pl.DataFrame, different: pl.DataFrame, sources: Sources
) -> pl.DataFrame:
    """Give columns of LINKED for stand-ins (subject_id, name and EVIDENCE) out of the indexes of names.

    identities  who is whom now. different: pairs a person has denied; they are neither linked nor asked about again.
    """
    rows = strangers.select(
        pl.col("subject_id").alias("row"),
        "name",
        pl.lit(None, dtype=pl.String).alias("uscc"),  # a code that is none says nothing
        *(name for name in ROWS if name not in ("row", "name", "uscc")),
    )
    looked = await asyncio.to_thread(look_up_rows, rows, pl.DataFrame(schema=CODED), sources)
    looked = looked.standing_for(identities)
    known = await known_beside(looked.enterprise_ids())
    linked = await asyncio.to_thread(judge_rows, rows, looked, known)
    denied = different.rename({"subject_id": "row"})
    both = ["row", "enterprise_id"]
    candidates = linked.candidates.join(denied, on=both, how="anti", maintain_order="left")
    sure = linked.verdicts.filter(pl.col("verdict") == "auto").join(denied, on=both, how="anti")
    near = read_candidates(candidates, pl.DataFrame(schema=SIDES), rows["row"].to_list())
    told = pl.DataFrame(
        [
            (subject, msgspec.json.encode(found).decode())
            for subject, found in near.items()  # only those a person is asked about, or that were weighed
            if found
        ],
        {"subject_id": pl.Int64, "candidates": pl.String},
        orient="row",
    )
    found = strangers.select("subject_id").join(
        sure.select(pl.col("row").alias("subject_id"), "enterprise_id", "probability_bp"),
        on="subject_id",
        how="left",
        maintain_order="left",
    )
    return (
        found.join(told, on="subject_id", how="left", maintain_order="left")
        .with_columns(
            situation=pl.when(pl.col("enterprise_id").is_not_null())
            .then(pl.lit("evidence"))
            .when(pl.col("candidates").is_not_null())
            .then(pl.lit("near"))
            .otherwise(pl.lit("nobody_near"))
        )
        .select(*LINKED)
        .cast(LINKED)  # type: ignore[arg-type]  # a mapping of column to type
    )
