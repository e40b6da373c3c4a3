"""Which stand-ins wait for a person, out of sightings and judgements. Pure."""

import polars as pl

from registry.identity.types import EVIDENCE

ALIKE = ("situation", "candidates", "name", *EVIDENCE)
"""What makes two cases the same situation: one decision does for both, whoever sent them."""


def open_cases(
    seen: pl.DataFrame, judgements: pl.DataFrame, identities: pl.DataFrame
) -> pl.DataFrame:
    """Give the rows of `seen` (newest sighting of each stand-in) that wait: nobody yet, and not set aside.

    Set aside is whom a person left standing for itself though it was nobody: "apart" not after a "same".
    """
    newest = judgements.sort("id").group_by("subject_id", maintain_order=True).last()
    lasting = judgements.filter(pl.col("verdict") != "different").sort("id")
    before = (
        lasting.with_columns(previous=pl.col("verdict").shift(1).over("subject_id"))
        .group_by("subject_id", maintain_order=True)
        .last()
    )
    aside = before.filter(
        pl.col("verdict") == "apart", pl.col("previous").ne_missing(pl.lit("same"))
    ).join(newest.select("subject_id", "id"), on=["subject_id", "id"], how="semi")
    waiting = seen.join(identities, on="subject_id", how="anti")
    return waiting.join(aside, on="subject_id", how="anti", maintain_order="left")


def situations(cases: pl.DataFrame) -> pl.DataFrame:
    """Group open cases, with the data of their stand-ins, by identical situation: the first of each, and `alike`."""
    grouped = cases.group_by(*ALIKE, maintain_order=True).agg(
        pl.col("subject_id").first(),
        pl.col("subject_id").len().alias("alike"),
        pl.col("department").unique(maintain_order=True).alias("departments"),
    )
    return grouped.sort("alike", "situation", "name", descending=[True, False, False])


def alike(cases: pl.DataFrame, subject_id: int) -> list[int]:
    """Give the stand-ins of the same situation as this one, it first."""
    own = cases.filter(pl.col("subject_id") == subject_id)
    others = cases.join(own, on=list(ALIKE), how="semi", nulls_equal=True, maintain_order="left")
    found = others["subject_id"].to_list()
    return [subject_id, *(one for one in found if one != subject_id)]
