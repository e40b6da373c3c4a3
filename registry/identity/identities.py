"""Which enterprise each subject is, out of all judgements. Pure."""

import polars as pl

from registry.identity.types import IDENTITIES


class IdentityCircle(ValueError):
    """Judgements lead from a subject back to itself; who of them it is, nobody can say."""


def identities_of(judgements: pl.DataFrame) -> pl.DataFrame:
    """Give subject_id and enterprise_id of all that are somebody else than their own number.

    The newest "same" of a subject counts, unless a later "apart", or a later "different" about that very
    enterprise, took it back. Where that enterprise was merged itself, the last of the chain is meant.
    """
    same = judgements.filter(pl.col("verdict") == "same")
    newest = same.sort("id").unique("subject_id", keep="last", maintain_order=True)
    against = judgements.filter(pl.col("verdict") != "same").select(
        "subject_id", pl.col("id").alias("later"), pl.col("enterprise_id").alias("not")
    )
    taken_back = newest.join(against, on="subject_id").filter(
        pl.col("later") > pl.col("id"),
        pl.col("not").is_null() | (pl.col("not") == pl.col("enterprise_id")),
    )
    counts = newest.join(taken_back.select("subject_id"), on="subject_id", how="anti")
    return _last_of_each_chain(counts.select(*IDENTITIES))


def _last_of_each_chain(steps: pl.DataFrame) -> pl.DataFrame:
    """Follow every step to its end, twice as far each round."""
    for _ in range(steps.height.bit_length() + 1):
        further = steps.rename({"subject_id": "enterprise_id", "enterprise_id": "further"})
        joined = steps.join(further, on="enterprise_id", how="left", maintain_order="left")
        if joined["further"].null_count() == joined.height:
            return steps
        steps = joined.select(
            "subject_id", pl.coalesce("further", "enterprise_id").alias("enterprise_id")
        )
    raise IdentityCircle("认定互相指向，成了一圈，说不清哪一家才是本企业；请撤回其中一条认定")
