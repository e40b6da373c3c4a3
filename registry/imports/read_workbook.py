"""Reading .xlsx: every visible worksheet as text, row for row and column for column as it stands."""

import io
import zipfile
import zlib

import fastexcel
import polars as pl

from registry.imports.errors import whole_file
from registry.imports.excel_marks import ExcelMarks
from registry.imports.letters import column_letter
from registry.imports.types import Grid

LARGEST_UNPACKED = 4 * 1024**3
"""Bytes a workbook may unpack to; a small file that unpacks to more is a trap."""

# What the zip, XML and number readers say of bytes somebody damaged, by their own names.
_DAMAGED = (
    fastexcel.FastExcelError,
    zipfile.BadZipFile,
    zlib.error,
    ArithmeticError,
    EOFError,
    KeyError,
    OSError,
    RuntimeError,
    ValueError,
)
SIGNIFICANT = 15
_NOISY = r"^-?\d{7,14}\.\d{2,9}$"
_SAVE_AGAIN = "用 Excel 或 WPS 打开，另存为 .xlsx 后再导入"


def read_workbook(file_name: str, data: bytes) -> tuple[Grid, ...]:
    """Give the visible worksheets that hold anything; raises SheetRefused where it is no workbook."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        names = archive.namelist()
        unpacked = sum(entry.file_size for entry in archive.infolist())
    except _DAMAGED as broken:
        raise whole_file(
            file_name, "文件不完整，打不开", f"重新取得该文件；{_SAVE_AGAIN}"
        ) from broken
    if "xl/workbook.xml" not in names:
        raise whole_file(file_name, "是压缩包而不是 .xlsx 工作簿", f"先解压；{_SAVE_AGAIN}")
    if unpacked > LARGEST_UNPACKED:
        raise whole_file(file_name, "解压后过大，不像正常的工作簿", "拆成几个文件后再导入")
    try:
        workbook = fastexcel.read_excel(data)
        marks = ExcelMarks(archive)
        sheets = [
            workbook.load_sheet(name, header_row=None, skip_rows=0, dtypes="string")
            for name in workbook.sheet_names
        ]
        grids = [
            Grid(
                file_name=file_name, sheet=sheet.name, frame=marks.marked(sheet.name, _frame(sheet))
            )
            for sheet in sheets
            if sheet.visible == "visible" and sheet.total_height
        ]
    except _DAMAGED as broken:
        raise whole_file(file_name, "工作簿的内容已损坏，读不出来", _SAVE_AGAIN) from broken
    if not grids:
        raise whole_file(file_name, "工作簿里没有内容", "确认选对了文件")
    return tuple(grids)


def _frame(sheet: fastexcel.ExcelSheet) -> pl.DataFrame:
    """Give the sheet under column letters; empty columns on its left, which the reader drops, too."""
    read = sheet.to_polars()
    places = [column.absolute_index for column in sheet.selected_columns]
    there = dict(zip(places, read.get_columns(), strict=True))
    return pl.DataFrame(
        [
            _as_shown(there[at].cast(pl.String)).rename(column_letter(at))
            if at in there
            else pl.Series(column_letter(at), [None] * read.height, dtype=pl.String)
            for at in range(max(places, default=-1) + 1)
        ]
    )


def _as_shown(cells: pl.Series) -> pl.Series:
    """Give numbers as Excel shows them, by fifteen significant digits.

    The reader writes binary fractions to nine decimals: 11470085.28 comes as 11470085.279999999, which
    would be refused as finer than a 分. Below a million the ninth decimal carries no such noise.
    """
    noisy = cells.str.contains(_NOISY)
    if not noisy.any():
        return cells
    frame = pl.DataFrame({"text": cells, "noisy": noisy}).with_columns(
        number=pl.col("text").cast(pl.Float64, strict=False),
        places=pl.col("text").str.extract(r"^-?(\d+)").str.len_chars(),
    )
    shown = pl.coalesce(
        pl.when(pl.col("places") == places).then(
            pl.col("number").round(SIGNIFICANT - places).cast(pl.String)
        )
        for places in range(7, SIGNIFICANT)
    )
    return frame.select(text=pl.when("noisy").then(pl.coalesce(shown, "text")).otherwise("text"))[
        "text"
    ]
