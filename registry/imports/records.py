"""Rows of a ledger of records: a patent, a round of equity, a prize, told from others by its number."""

import msgspec
import polars as pl

from matching.engine.records import record_columns
from matching.language.records import RecordLedger
from registry.imports.types import ROW, BoundSheet, Refusal
from registry.imports.values import ColumnValues, Values, refused_cell

NUMBER = "number"


class Records(msgspec.Struct, frozen=True, kw_only=True):
    """What rows say of records.

    rows  row, number and the ledger's fields; null is not known.
    lost  rows that are nothing but a record, and give none.
    """

    rows: pl.DataFrame
    refused: tuple[Refusal, ...]
    lost: frozenset[int]


NOTHING = Records(rows=pl.DataFrame(schema={ROW: pl.Int64}), refused=(), lost=frozenset())


def read_records(
    bound: BoundSheet,
    rows: pl.Series,
    keys: pl.DataFrame,
    values: Values,
    ledgers: dict[str, RecordLedger],
) -> Records:
    """Give the records of a sheet, a row each; rows without a number, and such as contradict each other, go.

    keys  row, uscc, name_key of the rows that say who they speak of.
    """
    if bound.layout.records is None:
        return NOTHING
    said = values.others["record_number"]
    columns = record_columns(ledgers[bound.layout.records])
    del columns["enterprise_id"]
    given = pl.DataFrame(
        [rows.alias(ROW), said.values.alias(NUMBER)]
        + [_field(name, kind, values, len(rows)) for name, kind in columns.items()]
    )
    blank = given.filter(pl.col(NUMBER).is_null())[ROW].to_list()
    kept, twice = _once(bound, said, given.filter(pl.col(NUMBER).is_not_null()), keys)
    nothing = ("没有写编号，与别的记录分不开，整行没有取用", "补上专利号、备案号或证书号后重新导入")
    refused = [
        refused_cell(bound, said.column, row, nothing) for row in blank if row not in said.bad
    ]
    return Records(
        rows=kept,
        refused=(*refused, *twice),
        lost=frozenset(rows) - frozenset(kept[ROW]),
    )


def _field(name: str, kind: pl.DataType, values: Values, height: int) -> pl.Series:
    """Give one field in the ledger's type; a sheet without its column knows it of no row."""
    said = values.others.get(f"field:{name}")
    if said is None:
        return pl.Series(name, [None] * height, dtype=kind)
    if kind == pl.Date():
        return said.values.str.to_date("%Y-%m-%d").alias(name)
    return said.values.cast(kind).alias(name)


def _once(
    bound: BoundSheet, said: ColumnValues, rows: pl.DataFrame, keys: pl.DataFrame
) -> tuple[pl.DataFrame, list[Refusal]]:
    """Keep one of rows that say the same of one record of one enterprise; refuse all that do not."""
    who = keys.select(ROW, who=pl.coalesce("uscc", "name_key"))
    owned = rows.join(who, on=ROW, how="left", maintain_order="left")
    fields = [name for name in owned.columns if name != ROW]
    different = owned.unique(subset=fields, keep="first", maintain_order=True)
    record = ["who", NUMBER]
    is_doubtful = pl.col("who").is_not_null() & (pl.len().over(record) > 1)
    doubtful = different.filter(is_doubtful)
    refused: list[Refusal] = []
    for _, group in doubtful.group_by(record, maintain_order=True):
        places = "、".join(str(row) for row in group[ROW])
        problem = f"同一编号在第{places}行出现而内容不同，不知以哪一行为准，都没有取用"
        refused += [
            refused_cell(bound, said.column, row, (problem, "只保留正确的一行"))
            for row in group[ROW]
        ]
    kept = different.filter(~pl.col(ROW).is_in(doubtful[ROW].to_list()))
    return kept.drop("who"), refused
