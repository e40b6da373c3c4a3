"""Cells written for spreadsheets: what was a text stays one, and is never run as a formula."""

import polars as pl

WORKBOOK_OPTIONS = {"strings_to_formulas": False, "strings_to_urls": False}
"""What every workbook of ours is opened with: a text that begins with = stays a text."""

# What spreadsheet programs begin to calculate at, also behind blanks and line ends.
_RUN = r"^[\s\x00]*[=+\-@＝＋－＠]"
_NUMBER = r"^[+-]?\d+(?:\.\d+)?%?$"


def harmless_texts(cells: pl.Expr) -> pl.Expr:
    """Give texts for a .csv file, which has no types: an apostrophe before what would be calculated.

    A number stays a number, with its sign.
    """
    runs = cells.str.contains(_RUN) & ~cells.str.contains(_NUMBER)
    return pl.when(runs).then(cells.str.replace("^", "'")).otherwise(cells)


def harmless_table(table: pl.DataFrame) -> pl.DataFrame:
    """Give a table for a .csv file; its headers are ours."""
    texts = [name for name, dtype in table.schema.items() if dtype == pl.String]
    return table.with_columns(harmless_texts(pl.col(name)) for name in texts)
