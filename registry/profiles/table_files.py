"""Tables as files: profiles and ledgers in, results out; a file that is none is refused with the way out."""

from pathlib import Path

import fastexcel
import polars as pl
from xlsxwriter.exceptions import XlsxFileError  # type: ignore[import-untyped]  # ships no types

from registry.imports.harmless import harmless_table

WRITTEN = (".parquet", ".csv", ".xlsx")
MOST_SHEET_ROWS = 1_048_575


class ProfilesRefused(Exception):
    """A file that cannot be read as a table of profiles; says what it is and what to send."""


def check_writable(out: Path, endings: tuple[str, ...] = WRITTEN) -> None:
    """Raise ProfilesRefused where a result cannot be written there, before any work is done for it."""
    if out.suffix.lower() not in endings:
        raise ProfilesRefused(f"{out}：不能写成“{out.suffix}”；请用 {'、'.join(endings)}")
    if not out.parent.is_dir():
        raise ProfilesRefused(f"{out}：没有目录 {out.parent}；请先建好，或写到别处")


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
                harmless_table(table).write_csv(path, include_bom=True)
            case _:
                if table.height > MOST_SHEET_ROWS:
                    raise ProfilesRefused(
                        f"{path}：{table.height}行放不进一张工作表；请写成 .parquet 或 .csv"
                    )
                table.write_excel(path, autofit=True)
    except (OSError, XlsxFileError) as closed:
        raise ProfilesRefused(f"{path}：写不进去（{closed}）；请换一个位置") from None
