"""Reading .xlsx: every visible worksheet as text, row for row and column for column as it stands."""

import fastexcel
import polars as pl

from registry.imports.errors import SheetRefused, whole_file
from registry.imports.excel_book import Book, open_book
from registry.imports.excel_marks import Marks, find_marks, marked
from registry.imports.letters import column_letter
from registry.imports.limits import MOST_CELLS, MOST_COLUMNS
from registry.imports.shared_texts import check_shared_texts
from registry.imports.types import Grid
from registry.imports.unpack import Archive, BadArchive, Locked, TooLarge, open_archive

LARGEST_UNPACKED = 4 * 1024**3
"""Bytes a workbook may unpack to; a small file that unpacks to more is a trap."""

# What the XML and number readers say of bytes somebody damaged, by their own names.
_DAMAGED = (
    fastexcel.FastExcelError,
    BadArchive,
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
    """Give the visible worksheets that hold anything; raises SheetRefused where it is no workbook.

    Everything is measured before the reader, which would fill the memory, sees any of it.
    """
    archive = _archive(file_name, data)
    if "xl/workbook.xml" not in archive.parts:
        raise whole_file(file_name, "是压缩包而不是 .xlsx 工作簿", f"先解压；{_SAVE_AGAIN}")
    try:
        book = open_book(archive)
        marks = {name: find_marks(book, book.paths[name]) for name in _worksheets(book)}
        _refuse_vast(file_name, marks)
        check_shared_texts(book)
        grids = _grids(file_name, book, marks)
    except SheetRefused:
        raise
    except TooLarge as large:
        problem = "解压后过大，或有一格的文字过长，不像正常的工作簿"
        raise whole_file(file_name, problem, "删去过长的文字，拆成几个文件后再导入") from large
    except _DAMAGED as broken:
        raise whole_file(file_name, "工作簿的内容已损坏，读不出来", _SAVE_AGAIN) from broken
    except BaseException as panic:  # the reader is another language's: its panics are no Exception
        if type(panic).__name__ != "PanicException":
            raise
        raise whole_file(file_name, "工作簿的内容已损坏，读不出来", _SAVE_AGAIN) from panic
    if not grids:
        raise whole_file(file_name, "工作簿里没有内容", "确认选对了文件")
    return grids


def _archive(file_name: str, data: bytes) -> Archive:
    try:
        return open_archive(data, LARGEST_UNPACKED)
    except Locked as locked:
        problem = "工作簿加了密码"
        raise whole_file(file_name, problem, "打开后去掉密码，另存为 .xlsx 再导入") from locked
    except TooLarge as large:
        problem = "解压后过大，不像正常的工作簿"
        raise whole_file(file_name, problem, "拆成几个文件后再导入") from large
    except BadArchive as broken:
        problem = "文件不完整，打不开"
        raise whole_file(file_name, problem, f"重新取得该文件；{_SAVE_AGAIN}") from broken


def _worksheets(book: Book) -> list[str]:
    return [name for name in book.paths if name in book.shown and "chart" not in book.paths[name]]


def _refuse_vast(file_name: str, marks: dict[str, Marks]) -> None:
    cells = 0
    for name, sheet in marks.items():
        cells += sheet.height * sheet.width
        if sheet.width > MOST_COLUMNS or cells > MOST_CELLS:
            size = f"{sheet.height:,}行×{sheet.width:,}列"
            problem = (
                f"工作表太大（{size}，一次最多{MOST_CELLS // 10_000:,}万格、{MOST_COLUMNS:,}列）"
            )
            way_out = "删去表格右侧和下方的空白格或多余内容，或拆成几个文件后再导入"
            raise whole_file(file_name, problem, way_out, name)


def _grids(file_name: str, book: Book, marks: dict[str, Marks]) -> tuple[Grid, ...]:
    workbook = fastexcel.read_excel(book.archive.data)
    grids: list[Grid] = []
    for name in workbook.sheet_names:
        if name not in marks:
            if name in book.shown and name not in book.paths:
                raise BadArchive(name)
            continue
        read, places = _as_read(workbook, name)
        if read.height:
            frame = marked(_frame(read, places), marks[name])
            grids.append(
                Grid(file_name=file_name, sheet=name, frame=frame, from_1904=book.from_1904)
            )
    return tuple(grids)


def _as_read(workbook: fastexcel.ExcelReader, name: str) -> tuple[pl.DataFrame, list[int]]:
    """Give the columns the reader found and their places; its own copy of the cells ends here."""
    sheet = workbook.load_sheet(name, header_row=None, skip_rows=0, dtypes="string")
    if not sheet.total_height:
        return pl.DataFrame(), []
    return sheet.to_polars(), [column.absolute_index for column in sheet.selected_columns]


def _frame(read: pl.DataFrame, places: list[int]) -> pl.DataFrame:
    """Give the sheet under column letters; empty columns on its left, which the reader drops, too."""
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
