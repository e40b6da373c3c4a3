"""A table of profiles, one row an enterprise, as a Population: every bad cell is named, good ones count.

Columns are facts (`annual_revenue@2025`), lists (`little_giant`), `paid:P12` and whatever else a profile may
tell. Text cells are written as in `profile_text`; a header may carry the unit of bare numbers: `annual_revenue@2025 [万元]`. Typed
columns (parquet) hold stored values: 分, basis points, whole numbers. Each distinct text is read once.
"""

import msgspec
import polars as pl

from matching.engine.population import FACT_TYPES, Population
from matching.engine.profile_rows import kinds_of, population_told, wrong_rows
from matching.engine.profile_text import (
    ProfileTextError,
    Rows,
    fact_cell,
    is_of_rows,
    told_rows,
)
from matching.language.vocabulary import Vocabulary, fact_of_column

BLANK = ("", "—", "-", "unknown")
NAME_COLUMNS = ("enterprise", "企业名称", "name")


class BadCell(msgspec.Struct, frozen=True, order=True):
    """One cell, or a whole column (row 0), that cannot be used."""

    row: int
    column: str
    problem: str


class ProfileTable(msgspec.Struct, frozen=True):
    """The population of a table, the names of its rows and the cells that were left out."""

    population: Population
    names: pl.Series
    bad: tuple[BadCell, ...]


def population_of_table(table: pl.DataFrame, vocabulary: Vocabulary) -> ProfileTable:
    """Read a table; rows are numbered from 1, as `enterprise_id` and in problems."""
    ids = pl.int_range(1, table.height + 1, dtype=pl.Int64, eager=True).alias("enterprise_id")
    facts: list[pl.Series] = []
    told = {kind: [pl.DataFrame(schema=schema)] for kind, schema in kinds_of(vocabulary).items()}
    bad: list[BadCell] = []
    named = next((name for name in NAME_COLUMNS if name in table.columns), None)
    seen: set[str] = set()
    for header in table.columns:
        if header == named:
            continue
        column, unit = _unit_of(header)
        if column in seen:
            bad.append(BadCell(0, header, f"“{column}”有两列；只留一列"))
            continue
        seen.add(column)
        wrong = vocabulary.wrong_with(column)
        if wrong is not None:
            bad.append(BadCell(0, header, f"{wrong}；用 facts.yml、lists.yml 里的词"))
        elif is_of_rows(column, vocabulary):
            for kind, rows in _rows(table[header], column, vocabulary, bad).items():
                told[kind].append(rows)
        else:
            facts.append(_fact(table[header], column, unit, vocabulary, bad))
    frames = {
        kind: pl.concat(parts).sort("row", maintain_order=True) for kind, parts in told.items()
    }
    clashes = wrong_rows(frames)
    bad += [BadCell(cell.row, cell.column, cell.problem) for cell in clashes]
    # Who says that it has no group, and names one, has told nothing of how large it is.
    left_out = pl.DataFrame(
        [(cell.row, cell.column) for cell in clashes],
        schema={"row": pl.Int64, "list": pl.String},
        orient="row",
    )
    frames["known"] = frames["known"].join(left_out, on=["row", "list"], how="anti")
    population = population_told(pl.DataFrame([ids, *facts]), frames, vocabulary)
    names = _names(table[named], ids, bad) if named else ids.cast(pl.String)
    return ProfileTable(population, names.alias("enterprise"), tuple(sorted(bad)))


def _names(cells: pl.Series, ids: pl.Series, bad: list[BadCell]) -> pl.Series:
    """Give the names of the rows; their numbers where the column holds no text."""
    kind = cells.dtype
    if kind in (pl.String, pl.Null, pl.Categorical, pl.Enum) or kind.is_numeric():
        return cells.cast(pl.String)
    bad.append(BadCell(0, cells.name, f"列类型{kind}不能作名称；应为文字"))
    return ids.cast(pl.String)


def _unit_of(header: str) -> tuple[str, str]:
    """Split "annual_revenue@2025 [万元]" into the column and its unit."""
    column, opened, unit = header.partition("[")
    return column.strip(), unit.rstrip("] ").strip() if opened else ""


def _fact(
    cells: pl.Series, column: str, unit: str, vocabulary: Vocabulary, bad: list[BadCell]
) -> pl.Series:
    wanted = FACT_TYPES[vocabulary.facts[fact_of_column(column)[0]].kind]
    empty = pl.Series(column, [None] * len(cells), dtype=wanted)
    if unit and cells.dtype.is_integer():
        cells = cells.cast(pl.String)
    if cells.dtype != pl.String:
        if cells.dtype == wanted:
            return cells.alias(column)
        if cells.dtype.is_integer() and wanted == pl.Int64():
            return _narrowed(cells, column, bad)
        if cells.dtype == pl.Null:
            return empty
        bad.append(
            BadCell(0, column, f"列类型{cells.dtype}不能用；应为{wanted}（整数，分或基点）或文字")
        )
        return empty
    read: dict[str, object] = {}
    wrong: dict[str, str] = {}
    for text in cells.unique().drop_nulls():
        if text.strip() in BLANK:
            continue
        try:
            read[text] = fact_cell(column, f"{text} {unit}" if unit else text, vocabulary)
        except ProfileTextError as problem:
            wrong[text] = problem.what
    bad += _bad_rows(cells, column, wrong)
    if not read:
        return empty
    return cells.replace_strict(
        list(read), pl.Series(list(read.values()), dtype=wanted), default=None, return_dtype=wanted
    ).alias(column)


def _narrowed(cells: pl.Series, column: str, bad: list[BadCell]) -> pl.Series:
    """Give whole numbers of another width in the stored one; those that do not fit are bad cells."""
    read = cells.cast(pl.Int64, strict=False)
    rows = (read.is_null() & cells.is_not_null()).arg_true()
    bad += [BadCell(int(row) + 1, column, "数字太大，超出可计算的范围") for row in rows]
    return read.alias(column)


def _rows(
    cells: pl.Series, column: str, vocabulary: Vocabulary, bad: list[BadCell]
) -> dict[str, pl.DataFrame]:
    """Give the rows the cells of one column tell, by kind; each distinct text is read once."""
    if cells.dtype != pl.String:
        if cells.dtype != pl.Null:
            bad.append(BadCell(0, column, "这一列应为文字：none，或按说明书写的内容"))
        cells = pl.Series(column, [None] * len(cells), dtype=pl.String)
    wrong: dict[str, str] = {}
    kinds = kinds_of(vocabulary)
    told: Rows = {kind: [] for kind in kinds}
    for text in cells.unique().drop_nulls():
        if text.strip() in BLANK:
            continue
        try:
            for kind, found in told_rows(column, text, vocabulary).items():
                told[kind] += [{"text": text, **row} for row in found]
        except ProfileTextError as problem:
            wrong[text] = problem.what
    bad += _bad_rows(cells, column, wrong)
    rows = pl.DataFrame({"text": cells}).with_row_index("row", offset=1)
    rows = rows.with_columns(pl.col("row").cast(pl.Int64))
    return {
        kind: rows.join(
            pl.DataFrame(found, schema={"text": pl.String(), **kinds[kind]}).drop("row"), on="text"
        ).select(kinds[kind].keys())
        for kind, found in told.items()
        if found
    }


def _bad_rows(cells: pl.Series, column: str, wrong: dict[str, str]) -> list[BadCell]:
    if not wrong:
        return []
    rows = pl.DataFrame({"text": cells}).with_row_index("row", offset=1)
    hit = rows.filter(pl.col("text").is_in(list(wrong)))
    return [BadCell(row, column, wrong[text]) for row, text in hit.iter_rows()]
