"""Rows that say how an enterprise stands to another one: who controls whom, whose group it is of, what became of it."""

import msgspec
import polars as pl

from registry.imports.keys import OTHER, read_keys
from registry.imports.numbers import Explained
from registry.imports.types import ROW, BoundSheet, Refusal
from registry.imports.values import Values, refused_cell

RELATION_SCHEMA: dict[str, pl.DataType | type[pl.DataType]] = {
    ROW: pl.Int64,
    "other_uscc": pl.String,
    "other_name": pl.String,
    "other_name_key": pl.String,
    "relation": pl.String,
    "share": pl.Int64,
    "effective_on": pl.Date,
    "document": pl.String,
}
WHOLE_BP = 10_000
EVENTS = ("merged_into", "absorbs", "split_from", "split_into")
"""What happened on a day; the others lasted on the day of the sheet, whenever they began."""


class Relations(msgspec.Struct, frozen=True, kw_only=True):
    """What rows say of an enterprise and another one.

    lost  rows that are nothing but a relation, and give none.
    """

    rows: pl.DataFrame
    refused: tuple[Refusal, ...]
    lost: frozenset[int]


NOTHING = Relations(rows=pl.DataFrame(schema=RELATION_SCHEMA), refused=(), lost=frozenset())


def read_relations_told(
    bound: BoundSheet, body: pl.DataFrame, keys: pl.DataFrame, values: Values
) -> Relations:
    """Give the relations of a sheet, a row each; share in basis points, null: not told.

    keys  row, uscc, name_key of the rows that say who they speak of.
    """
    if not bound.layout.relations:
        return NOTHING
    others = read_keys(bound, body, OTHER)
    said = _said(body, values).join(
        others.rows.rename({name: f"other_{name}" for name in ("uscc", "name", "name_key")}),
        on=ROW,
        how="inner",
    )
    refused = list(others.refused)
    relation = values.others["relation"]
    wrong: list[tuple[pl.DataFrame, str, Explained]] = [
        (said.filter(pl.col("relation").is_null()), "relation", _NO_RELATION),
        (_undated(said), "effective_on", _NO_DAY),
        (_of_itself(said, keys), "relation", _ITSELF),
    ]
    for rows, role, explained in wrong:
        told = values.others.get(role, relation)
        # Where the cell itself was refused, that is told already.
        unsaid = rows.filter(~pl.col(ROW).is_in(told.bad))[ROW]
        refused += [refused_cell(bound, told.column, row, explained) for row in unsaid]
    too_much = said.filter((pl.col("share") <= 0) | (pl.col("share") > WHOLE_BP))
    refused += [
        refused_cell(bound, values.others["share"].column, row, _NO_SHARE) for row in too_much[ROW]
    ]
    left_out = [row for rows, _, _ in wrong for row in rows[ROW]]
    kept = said.filter(~pl.col(ROW).is_in(left_out)).with_columns(
        share=pl.when(pl.col("share").is_between(1, WHOLE_BP)).then("share")
    )
    return Relations(
        rows=kept.select(*RELATION_SCHEMA),
        refused=tuple(refused),
        lost=frozenset(body[ROW]) - frozenset(kept[ROW]),
    )


_NO_RELATION = ("没有写是什么关系，整行没有取用", "补上关系后重新导入")
_NO_DAY = ("合并、分立没有写是哪一天，整行没有取用", "补上准予登记的日期后重新导入")
_ITSELF = ("两边是同一家企业，整行没有取用", "核对两边的代码和名称")
_NO_SHARE = ("比例不在0%到100%之间，比例没有取用", "核对持股或表决权比例")


def _said(body: pl.DataFrame, values: Values) -> pl.DataFrame:
    columns = [body[ROW]]
    for name in ("relation", "share", "effective_on", "document"):
        said = values.others.get(name)
        nothing = pl.Series([None] * body.height, dtype=RELATION_SCHEMA[name])
        columns.append((said.values if said else nothing).alias(name))
    return pl.DataFrame(columns)


def _undated(said: pl.DataFrame) -> pl.DataFrame:
    return said.filter(pl.col("relation").is_in(EVENTS), pl.col("effective_on").is_null())


def _of_itself(said: pl.DataFrame, keys: pl.DataFrame) -> pl.DataFrame:
    own = keys.select(ROW, "uscc", "name_key")
    both = said.join(own, on=ROW)
    coded = pl.col("uscc") == pl.col("other_uscc")
    named = pl.col("name_key") == pl.col("other_name_key")
    uncoded = pl.any_horizontal(pl.col("uscc", "other_uscc").is_null())
    return both.filter(coded.fill_null(value=False) | (uncoded & named).fill_null(value=False))
