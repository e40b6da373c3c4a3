"""Which stand-ins wait for a person, out of sightings and judgements. Pure."""

import polars as pl

from registry.identity.aside import set_aside
from registry.identity.types import EVIDENCE

ALIKE = ("situation", "candidates", "name", *EVIDENCE)
"""What makes two cases the same situation: one decision does for both, whoever sent them."""


def open_cases(
    seen: pl.DataFrame, judgements: pl.DataFrame, identities: pl.DataFrame
) -> pl.DataFrame:
    """Give the rows of `seen` (newest sighting of each stand-in) that wait: nobody yet, and not set aside."""
    waiting = seen.join(identities, on="subject_id", how="anti")
    aside = set_aside(judgements).to_frame("subject_id")
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
