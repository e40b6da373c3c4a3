"""Where everybody stood in a pool on a day, out of the changes known at a moment."""

from datetime import date

import polars as pl

from registry.pool.types import HELD, Standing

STANDINGS: dict[str, pl.DataType | type[pl.DataType]] = {
    "pool": pl.String,
    "enterprise_id": pl.Int64,
    "state": pl.String,
    "since": pl.Date,
    "step": pl.Int64,
    "reason": pl.String,
    "batch": pl.String,
    "document": pl.String,
    "officer": pl.String,
    "fell_back": pl.Boolean,
}
PAIR = ("pool", "enterprise_id")


def in_effect(changes: pl.DataFrame) -> pl.DataFrame:
    """Leave out what was undone, and the undoing itself."""
    undone = changes.filter(pl.col("event") == "undo").select(*PAIR, step="undoes")
    left = changes.filter(pl.col("event") != "undo")
    return left.join(undone, on=[*PAIR, "step"], how="anti", maintain_order="left")


def standings(changes: pl.DataFrame, as_of: date) -> pl.DataFrame:
    """Give the columns STANDINGS, one row a pool and enterprise that was ever in it by the day.

    changes  as `changes_known` gives them: what was known at some moment.
    """
    by_then = in_effect(changes).filter(pl.col("happened_on") <= as_of).sort(*PAIR, "step")
    held = pl.col("after").is_in(HELD)
    found = by_then.group_by(*PAIR, maintain_order=True).agg(
        state=pl.col("after").last(),
        since=pl.col("happened_on").last(),
        step=pl.col("step").last(),
        reason=pl.col("reason").last(),
        batch=pl.col("batch").last(),
        document=pl.col("document").last(),
        officer=pl.col("officer").drop_nulls().last(),
        fell_back=held.any() & ~held.last(),
    )
    return found.select(pl.col(name).cast(kind) for name, kind in STANDINGS.items())


def standing_of(row: dict[str, object]) -> Standing:
    """Give one row of `standings` as a value."""
    return Standing(**row)  # type: ignore[arg-type]  # the columns are its fields
