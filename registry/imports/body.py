"""The rows of a sheet that speak of an enterprise: no blanks, totals, footnotes, repeated headers."""

import polars as pl

from registry.imports.texts import plain_texts
from registry.imports.types import ROW, BoundSheet

_TOTAL = r"^.{0,6}(合计|总计|小计|累计)[:：]?$|^共?计$"
_CODE = r"^\s*[0-9A-Za-z]{18}\s*$"
_FOOTNOTE = (
    r"^(附?注|备注|说明|数据来源|制表|填表|填报|审核|统计|单位)(人|单位|日期|负责人)*\d*[:：]"
)


def body_rows(bound: BoundSheet) -> pl.DataFrame:
    """Give `row` and the cells of every row below the header that speaks of an enterprise."""
    frame = bound.grid.frame
    body = frame.with_row_index(ROW, offset=1).slice(bound.header_row)
    said = [column for column in bound.columns if column.column.role != "ignore"]
    speaks = pl.any_horizontal(
        pl.col(column.letter).str.strip_chars().ne("").fill_null(value=False) for column in said
    )
    keys = [column.letter for column in said if column.column.role in {"uscc", "name"}]
    codes = [column.letter for column in said if column.column.role == "uscc"]
    first = plain_texts(
        pl.coalesce(pl.col(letter).str.strip_chars().replace("", None) for letter in frame.columns)
    )
    shown = [text.str.replace_all(r"\s", "") for text in (first, *map(pl.col, keys))]
    coded = pl.any_horizontal(
        pl.lit(value=False), *(pl.col(letter).str.contains(_CODE) for letter in codes)
    ).fill_null(value=False)
    not_rows = pl.any_horizontal(
        *(text.str.contains(_TOTAL) for text in shown),
        first.str.contains(_FOOTNOTE),
        *(pl.col(letter).is_in(_own_headers(bound, letter)) for letter in keys),
    ).fill_null(value=False)
    return body.filter(speaks & (coded | ~not_rows)).with_columns(pl.col(ROW).cast(pl.Int64))


def row_cells(bound: BoundSheet, body: pl.DataFrame) -> pl.DataFrame:
    """Give `row` and `cells`: the row as it came, a struct from header to text.

    It takes no memory of its own; as JSON it would be four times the sheet.
    """
    names: dict[str, str] = {}
    headers = {column.letter: column.header for column in bound.columns}
    for letter in bound.grid.frame.columns:
        name = headers.get(letter) or letter
        names[letter] = name if name not in names.values() else f"{name} {letter}"
    named = pl.struct(pl.col(letter).alias(name) for letter, name in names.items())
    return body.select(ROW, named.alias("cells"))


def _own_headers(bound: BoundSheet, letter: str) -> list[str]:
    cells = bound.grid.frame[letter].head(bound.header_row).drop_nulls()
    return cells.to_list()
