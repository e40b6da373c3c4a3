"""Ledgers of records as frames, and the figures derived from their rows on an evidence day."""

from collections.abc import Iterable
from datetime import date

import polars as pl

from matching.engine.population import FACT_TYPES, Population
from matching.engine.spells import placed, silence
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
    nothing = told.cast(pl.Int64)
    records = population.records.get(derived.ledger)
    if records is None:
        return nothing.alias("figure")
    passes = all_of(_row_truth(test, on) for test in derived.where)
    summed = pl.lit(1, dtype=pl.Int64) if derived.total is None else pl.col(derived.total)
    # Most rows surely fail: only the others are grouped.
    counted = records.select(
        "enterprise_id",
        passes=passes,
        figure=pl.when(passes).then(summed),
    ).filter(pl.col("passes").fill_null(value=True))
    figure = pl.col("figure").cast(pl.Int128).sum().cast(pl.Int64, strict=False)
    figures = counted.group_by("enterprise_id").agg(
        pl.when(pl.col("figure").null_count() == 0).then(figure).alias("figure")
    )
    return placed(nothing, ids, figures).alias("figure")


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
