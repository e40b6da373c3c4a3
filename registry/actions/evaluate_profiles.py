"""Evaluate a table of profiles against a catalogue: files in, verdicts out, no database."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import fastexcel
import msgspec
import polars as pl
from xlsxwriter.exceptions import XlsxFileError  # type: ignore[import-untyped]  # ships no types

from matching.catalogue.load_catalogue import Catalogue
from matching.engine.ground import Ground
from matching.engine.match import VERDICT_WORDS, decided_items, payable, whole_condition
from matching.engine.pay import amount_range
from matching.engine.profile_table import BadCell, ProfileTable, population_of_table
from matching.engine.reasons import reason_codes
from matching.engine.truth import MET, UNMET
from matching.language.items import Item

WRITTEN = (".parquet", ".csv", ".xlsx")
MOST_SHEET_ROWS = 1_048_575
COLUMNS = {
    "row": pl.Int64,
    "enterprise": pl.String,
    "item": pl.String,
    "title": pl.String,
    "verdict": pl.String,
    "entitles": pl.Boolean,
    "held_back": pl.String,
    "low_cents": pl.Int64,
    "high_cents": pl.Int64,
    "reasons": pl.String,
}


class ProfilesRefused(Exception):
    """A file that cannot be read as a table of profiles; says what it is and what to send."""


class Evaluated(msgspec.Struct, frozen=True, kw_only=True):
    """How an evaluation ended: counts by verdict word, and the cells that were left out as unknown."""

    enterprises: int
    items: int
    counts: dict[str, int]
    bad: tuple[BadCell, ...]


def evaluate_profiles(
    profiles: Path,
    catalogue: Catalogue,
    on: date,
    out: Path,
    progress: Callable[[int, int], None],
) -> Evaluated:
    """Write one row an enterprise and item that counts on the day.

    Columns: row, enterprise, item, title, verdict, entitles, held_back, low_cents, high_cents (empty: no
    upper end known), reasons (codes). Raises ProfilesRefused where the file is no table.
    """
    if out.suffix.lower() not in WRITTEN:
        raise ProfilesRefused(f"{out}：不能写成“{out.suffix}”；请用 {'、'.join(WRITTEN)}")
    if not out.parent.is_dir():
        raise ProfilesRefused(f"{out}：没有目录 {out.parent}；请先建好，或写到别处")
    read = population_of_table(read_table(profiles), catalogue.vocabulary)
    ground = Ground(read.population, catalogue.vocabulary, catalogue.definitions, on)
    items = decided_items(catalogue.items, on)
    parts = [pl.DataFrame(schema=COLUMNS)]
    for number, item in enumerate(items, start=1):
        parts.append(_rows(item, ground, read, on))
        progress(number, len(items))
    table = pl.concat(parts).sort("row", "item")
    write_table(table, out)
    counts = dict(table["verdict"].value_counts().iter_rows())
    return Evaluated(
        enterprises=read.population.frame.height, items=len(items), counts=counts, bad=read.bad
    )


def _rows(item: Item, ground: Ground, read: ProfileTable, on: date) -> pl.DataFrame:
    day = item.evidence(on)
    code = ground.verdict(whole_condition(item, ground.vocabulary.places.root), day)
    low, high = amount_range(item.amount, ground, day)
    may = payable(item, on)
    reasons = reason_codes(item, ground, on)
    found = ground.facts_and_tests().select(
        "enterprise_id", code=code, low_cents=low, high_cents=high, reasons=reasons
    )
    met, unmet = pl.col("code") == MET, pl.col("code") == UNMET
    return found.select(
        pl.col("enterprise_id").alias("row"),
        read.names,
        pl.lit(item.id).alias("item"),
        pl.lit(item.title).alias("title"),
        pl.col("code").replace_strict(VERDICT_WORDS, return_dtype=pl.String).alias("verdict"),
        (met & pl.lit(may.allowed)).alias("entitles"),
        pl.when(met).then(pl.lit(may.reason or None, dtype=pl.String)).alias("held_back"),
        pl.when(~unmet).then(pl.col("low_cents")).alias("low_cents"),
        pl.when(~unmet).then(pl.col("high_cents")).alias("high_cents"),
        pl.col("reasons"),
    )


def read_table(path: Path) -> pl.DataFrame:
    """Read .parquet as it is typed, .csv and .xlsx as text."""
    if not path.exists():
        raise ProfilesRefused(f"{path}：没有这个文件；请核对路径")
    try:
        match path.suffix.lower():
            case ".parquet":
                return pl.read_parquet(path)
            case ".csv":
                return pl.read_csv(path, infer_schema=False, encoding="utf-8")
            case ".xlsx":
                sheet = fastexcel.read_excel(path).load_sheet(0, dtypes="string")
                # A day of Excel's own comes with the midnight it begins at.
                return sheet.to_polars().select(pl.all().str.strip_suffix(" 00:00:00"))
            case other:
                raise ProfilesRefused(
                    f"{path}：不认识的文件类型“{other}”；请给 .parquet、.csv 或 .xlsx"
                )
    except (
        pl.exceptions.PolarsError,
        fastexcel.FastExcelError,
        OSError,
        UnicodeDecodeError,
    ) as broken:
        reason = str(broken).splitlines()[0]
        raise ProfilesRefused(
            f"{path}：读不成表格（{reason}）；请另存为 .csv（UTF-8）或 .xlsx 再试"
        ) from None


def write_table(table: pl.DataFrame, path: Path) -> None:
    """Write .parquet, .csv (UTF-8 with BOM, for spreadsheets) or .xlsx by the path's ending."""
    try:
        match path.suffix.lower():
            case ".parquet":
                table.write_parquet(path)
            case ".csv":
                table.write_csv(path, include_bom=True)
            case _:
                if table.height > MOST_SHEET_ROWS:
                    raise ProfilesRefused(
                        f"{path}：{table.height}行放不进一张工作表；请写成 .parquet 或 .csv"
                    )
                table.write_excel(path, autofit=True)
    except (OSError, XlsxFileError) as closed:
        raise ProfilesRefused(f"{path}：写不进去（{closed}）；请换一个位置") from None
