"""Ledgers of records as frames, and the figures derived from their rows on an evidence day."""

from collections.abc import Iterable
from datetime import date

import polars as pl

from matching.engine.population import FACT_TYPES, Population
from matching.engine.spells import silence
from matching.engine.truth import all_of
from matching.language.periods import years_before
from matching.language.records import Derived, RecordLedger, RowTest


def record_columns(ledger: RecordLedger) -> dict[str, pl.DataType]:
    """Give the columns of a ledger's frame: whose row it is, and its fields; null is not known."""
    fields = {name: FACT_TYPES[field.kind] for name, field in ledger.fields.items()}
    return {"enterprise_id": pl.Int64(), **fields}


def derived_figures(derived: Derived, population: Population, on: date) -> pl.Series:
    """Give the figure per row of the population's frame, as `Derived` says; null where it is not known."""
    ids = population.frame["enterprise_id"]
    told = silence(derived.ledger, population, covered=derived.ledger in population.coverage)
    rows = pl.DataFrame({"enterprise_id": ids, "complete": told.is_not_null()})
    records = population.records.get(derived.ledger)
    if records is None:
        return rows.select(pl.when("complete").then(pl.lit(0, dtype=pl.Int64)))["literal"]
    passes = all_of(_row_truth(test, on) for test in derived.where)
    unsure = pl.col("passes").is_null()
    figure = pl.col("passes").sum()
    if derived.total is not None:
        cents = pl.col(derived.total)
        unsure |= pl.col("passes") & cents.is_null()
        figure = cents.filter(pl.col("passes")).cast(pl.Int128).sum()
    figures = (
        records.with_columns(passes=passes)
        .group_by("enterprise_id")
        .agg(pl.when(~unsure.any()).then(figure.cast(pl.Int64, strict=False)).alias("figure"))
        .with_columns(seen=pl.lit(value=True))
    )
    joined = rows.join(figures, on="enterprise_id", how="left", maintain_order="left")
    so_far = pl.when("seen").then(pl.col("figure")).otherwise(pl.lit(0, dtype=pl.Int64))
    return joined.select(pl.when("complete").then(so_far).alias("figure"))["figure"]


def wrong_records(
    records: dict[str, pl.DataFrame], ledgers: dict[str, RecordLedger]
) -> Iterable[str]:
    """Name what is wrong with the frames of records: ledgers, columns and words nobody declared."""
    for key, frame in records.items():
        ledger = ledgers.get(key)
        if ledger is None:
            yield f"records：没有台账“{key}”"
            continue
        columns = record_columns(ledger)
        if dict(frame.schema) != columns:
            yield f"records 的 {key}：应有的列和类型是 {columns}"
            continue
        if frame["enterprise_id"].null_count():
            yield f"records 的 {key}：enterprise_id 有空值"
        for name, field in ledger.fields.items():
            words = frame[name].unique().drop_nulls() if field.kind == "code" else ()
            yield from (
                f"records 的 {key}.{name}：不认识“{word}”；可用：{'、'.join(field.values)}"
                for word in words
                if word not in field.values
            )


def _row_truth(test: RowTest, on: date) -> pl.Expr:
    field = pl.col(test.field)
    truth = pl.lit(None, dtype=pl.Boolean)
    if test.one_of is not None:
        truth = field.is_in(test.one_of)
    elif test.is_ is not None:
        truth = field if test.is_ else ~field
    elif test.at_least is not None:
        truth = field >= test.at_least
    elif test.at_most is not None:
        truth = field <= test.at_most
    elif test.within_years is not None:
        truth = field.is_between(years_before(on, test.within_years), on)
    elif test.at_least_years_ago is not None:
        truth = field <= years_before(on, test.at_least_years_ago)
    elif test.more_than_years_ago is not None:
        truth = field < years_before(on, test.more_than_years_ago)
    return truth if test.or_ is None else truth | _row_truth(test.or_, on)
