"""Whom a stand-in is, by its name: one bearer is sure, several or none are asked of a person.

Pure: what is known comes in as frames.
"""

import msgspec
import polars as pl

from registry.identity.types import Situation
from registry.resolution.types import Candidate, Evidence

EVEN_BP = 5_000
"""Of several bearers of one name each is as probable as a coin."""

LINKED: dict[str, pl.DataType | type[pl.DataType]] = {
    "subject_id": pl.Int64,
    "situation": pl.String,
    "enterprise_id": pl.Int64,
    "probability_bp": pl.Int64,
    "candidates": pl.String,
}
"""Columns of what the linking says: whom it is where that is sure, else JSON of whom it may be."""


def link_stand_ins(
    strangers: pl.DataFrame, bearers: pl.DataFrame, different: pl.DataFrame
) -> pl.DataFrame:
    """Give columns of LINKED for stand-ins nobody has judged to be somebody.

    strangers  subject_id, name and name_key, each subject once.
    bearers    name_key, enterprise_id (as it is known now) and name, of all that bear or bore the name.
    different  subject_id and enterprise_id of what a person has judged to be different: never linked again.
    """
    pairs = strangers.select("subject_id", "name", "name_key").join(
        bearers, on="name_key", suffix="_known"
    )
    pairs = pairs.unique(["subject_id", "enterprise_id"], keep="first").sort(
        "subject_id", "enterprise_id"
    )
    both = ["subject_id", "enterprise_id"]
    left = pairs.join(different, on=both, how="anti")
    # Where a person has said no to one bearer, the other is asked about, not taken.
    doubted = pl.col("subject_id").is_in(different["subject_id"].implode())
    alone = ~pl.col("subject_id").is_duplicated() & ~doubted
    sure = left.filter(alone)
    asked = left.join(sure, on="subject_id", how="anti")
    nobody = strangers.join(left, on="subject_id", how="anti")
    return pl.concat([_sure(sure), _asked(asked), _nobody(nobody)])


def _sure(pairs: pl.DataFrame) -> pl.DataFrame:
    return pairs.select(
        "subject_id",
        situation=pl.lit("one_bearer"),
        enterprise_id="enterprise_id",
        probability_bp=pl.lit(None, dtype=pl.Int64),
        candidates=pl.lit(None, dtype=pl.String),
    )


def _nobody(strangers: pl.DataFrame) -> pl.DataFrame:
    return strangers.select(
        "subject_id",
        situation=pl.lit("nobody_near"),
        enterprise_id=pl.lit(None, dtype=pl.Int64),
        probability_bp=pl.lit(None, dtype=pl.Int64),
        candidates=pl.lit(None, dtype=pl.String),
    )


def _asked(pairs: pl.DataFrame) -> pl.DataFrame:
    """Give those a person is asked about; only they are gone through one by one."""
    rows: list[tuple[int, Situation, None, None, str]] = []
    for (subject,), part in pairs.group_by("subject_id", maintain_order=True):
        near = part.select("name", "enterprise_id", "name_known").rows()
        candidates = [_candidate(*one) for one in near]
        situation: Situation = "several_bearers" if len(near) > 1 else "near"
        rows.append((subject, situation, None, None, msgspec.json.encode(candidates).decode()))
    return pl.DataFrame(rows, LINKED, orient="row")


def _candidate(name: str, enterprise_id: int, known: str) -> Candidate:
    evidence = Evidence(about="name", sign="agrees", marks=("same_name",), given=name, known=known)
    return Candidate(
        enterprise_id=enterprise_id,
        name=known,
        name_kind=0,
        probability_bp=EVEN_BP,
        evidence=(evidence,),
    )
