"""The evidence a run froze, with only what was restated since put right. Pure."""

from collections.abc import Iterable

import msgspec
import polars as pl

from matching.engine.population import Population
from matching.language.vocabulary import Vocabulary, fact_of_column


def with_corrections(
    frozen: Population, now: Population, corrected: pl.DataFrame, vocabulary: Vocabulary
) -> Population:
    """Give the frozen population with the restated data as they are known now; all else stays as it was judged.

    What was paid since, grew since or became known since is no correction and does not count.

    now        the same enterprises as known now. `corrected`: "enterprise_id" and "column" of what was restated:
               a fact and period, a list, or a figure counted over a ledger of records.
    """
    columns = corrected["column"].unique(maintain_order=True).to_list()
    lists = [name for name in columns if name in vocabulary.lists]
    facts = [name for name in columns if name not in vocabulary.lists]
    frame, records = frozen.frame, dict(frozen.records)
    for column in facts:
        who = corrected.filter(pl.col("column") == column)["enterprise_id"]
        frame = _with_column(frame, now.frame, column, who)
        fact = vocabulary.facts.get(fact_of_column(column)[0])
        if fact is not None and fact.derived is not None:
            ledger = fact.derived.ledger
            records |= _with_records(records, now.records, ledger, who)
    return msgspec.structs.replace(
        frozen,
        frame=frame,
        records=records,
        memberships=_with_entries(frozen, now, corrected.filter(pl.col("column").is_in(lists))),
    )


def _with_column(
    frame: pl.DataFrame, now: pl.DataFrame, column: str, who: pl.Series
) -> pl.DataFrame:
    if column not in frame.columns and column not in now.columns:
        return frame
    kind = now.schema.get(column, frame.schema.get(column))
    was = pl.col(column) if column in frame.columns else pl.lit(None, dtype=kind)
    said = now.select("enterprise_id", _now=column) if column in now.columns else None
    if said is None:
        value: pl.Expr = pl.lit(None, dtype=kind)
        joined = frame
    else:
        value = pl.col("_now")
        joined = frame.join(said, on="enterprise_id", how="left", maintain_order="left")
    put = pl.when(pl.col("enterprise_id").is_in(who.implode())).then(value).otherwise(was)
    return joined.with_columns(put.alias(column)).select(
        *frame.columns, *([] if column in frame.columns else [column])
    )


def _with_records(
    frozen: dict[str, pl.DataFrame], now: dict[str, pl.DataFrame], ledger: str, who: pl.Series
) -> dict[str, pl.DataFrame]:
    theirs = pl.col("enterprise_id").is_in(who.implode())
    parts: Iterable[pl.DataFrame] = [
        part
        for part in (
            frozen[ledger].filter(~theirs) if ledger in frozen else None,
            now[ledger].filter(theirs) if ledger in now else None,
        )
        if part is not None
    ]
    kept = list(parts)
    return {ledger: pl.concat(kept, how="diagonal_relaxed")} if kept else {}


def _with_entries(frozen: Population, now: Population, corrected: pl.DataFrame) -> pl.DataFrame:
    pairs = corrected.select("enterprise_id", list="column")
    key = ["enterprise_id", "list"]
    kept = frozen.memberships.join(pairs, on=key, how="anti")
    return pl.concat([kept, now.memberships.join(pairs, on=key, how="semi")])
