"""Which titles are held until when: out of the lists departments send, and of what the pools recognised."""

from collections.abc import Iterable
from datetime import date, timedelta

import polars as pl

from matching.language.periods import years_after
from matching.language.vocabulary import Vocabulary
from registry.pool.history import in_effect
from registry.pool.types import Pools

TITLES: dict[str, pl.DataType | type[pl.DataType]] = {
    "enterprise_id": pl.Int64,
    "title": pl.String,
    "batch": pl.String,
    "document": pl.String,
    "from_on": pl.Date,
    "until_on": pl.Date,
    "left_on": pl.Date,
}


def listed_titles(
    memberships: pl.DataFrame, titles: Iterable[str], vocabulary: Vocabulary
) -> pl.DataFrame:
    """Give the columns TITLES of the entries under these titles, each with its last day.

    A list that gives no last day runs as many full years as lists.yml says; null: until it is taken back, or
    not known because the first day is not.
    """
    wanted = memberships.filter(pl.col("list").is_in([*titles])).rename({"list": "title"})
    return _with_ends(wanted, vocabulary)


def recognised_titles(changes: pl.DataFrame, pools: Pools, vocabulary: Vocabulary) -> pl.DataFrame:
    """Give the columns TITLES of what the pools recognised or renewed, until it lapsed or was revoked.

    Of one entered while its review was due nobody told since when it is held.
    """
    leads = {key: pool.leads_to for key, pool in pools.pools.items() if pool.leads_to is not None}
    stands = in_effect(changes).filter(pl.col("pool").is_in([*leads]))
    ended = pl.col("after").is_in(["lapsed", "revoked", "left"])
    ordered = stands.sort("pool", "enterprise_id", "step").with_columns(
        title=pl.col("pool").replace_strict(leads, default=None, return_dtype=pl.String),
        left_on=pl.when(ended)
        .then("happened_on")
        .otherwise(None)
        .backward_fill()
        .over("pool", "enterprise_id"),
        from_on=pl.when(pl.col("after") != "review_due").then("happened_on"),
        until_on=pl.lit(None, dtype=pl.Date),
    )
    entered_late = (pl.col("event") == "enter") & (pl.col("after") == "review_due")
    given = ordered.filter(pl.col("after").is_in(["recognised", "renewed"]) | entered_late)
    return _with_ends(given, vocabulary)


def all_titles(listed: pl.DataFrame, recognised: pl.DataFrame) -> pl.DataFrame:
    """Put both together; a recognition that a list has too is that of the list, which knows its days better."""
    key = ["enterprise_id", "title"]
    both = recognised.with_row_index("row").join(
        listed.select(*key, began="from_on", ends="until_on"), on=key
    )
    near = (pl.col("began") <= pl.col("from_on").dt.offset_by("1y")) & (
        pl.col("ends").is_null() | (pl.col("ends") >= pl.col("from_on"))
    )
    known = both.filter(near).select("row").unique()
    own = recognised.with_row_index("row").join(known, on="row", how="anti", maintain_order="left")
    return pl.concat([listed, own.drop("row")])


def held_on(titles: pl.DataFrame, day: date) -> pl.DataFrame:
    """Give, of TITLES, what holds on a day, for each enterprise and title the entry that runs longest."""
    began = pl.col("from_on").is_null() | (pl.col("from_on") <= day)
    runs = pl.col("until_on").is_null() | (pl.col("until_on") >= day)
    stands = pl.col("left_on").is_null() | (pl.col("left_on") > day)
    return longest(titles.filter(began & runs & stands))


def longest(titles: pl.DataFrame) -> pl.DataFrame:
    """Give one entry for each enterprise and title: that whose last day is latest, and of those begun last."""
    far = pl.col("until_on").fill_null(date.max)
    return titles.sort(far, "from_on", nulls_last=False).unique(
        subset=("enterprise_id", "title"), keep="last", maintain_order=True
    )


def _with_ends(entries: pl.DataFrame, vocabulary: Vocabulary) -> pl.DataFrame:
    parts = [pl.DataFrame(schema=TITLES)]
    for key, part in entries.select(*TITLES).partition_by("title", as_dict=True).items():
        years = vocabulary.lists[str(key[0])].validity_years
        ends = pl.Series("end", [_end(day, years) for day in part["from_on"]], dtype=pl.Date)
        parts.append(part.with_columns(until_on=pl.coalesce("until_on", ends)))
    return pl.concat(parts)


def _end(begun: date | None, years: int | None) -> date | None:
    if begun is None or years is None:
        return None
    return years_after(begun, years) - timedelta(days=1)
