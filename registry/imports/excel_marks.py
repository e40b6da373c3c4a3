"""What a cell's text alone does not tell in .xlsx: percent formats, errors, lost digits, formulas never worked out.

The reader gives 0.055 for a cell that shows 5.5%, nothing for #REF! and for a formula without its
result, and 913100000000000000 for a code somebody typed as a number. The worksheet's XML tells them
apart; it is searched for these cells only, piece by piece.
"""

import re
from collections.abc import Iterator

import msgspec
import polars as pl

from registry.imports.excel_book import Book
from registry.imports.texts import UNCOMPUTED
from registry.imports.unpack import whole_elements

_FORMULA = rb"(?:<f[^>]*>[^<]*</f>|<f[^>]*/>)"
_PLACE = rb'<c r="([A-Z]{1,3})(\d{1,7})"'
_NUMBER = rb'(?![^>]*\bt="(?!n"))'
_VALUE = rb"(?:%s)?<v>([^<]*)</v>" % _FORMULA
_ERROR = re.compile(_PLACE + rb'(?=[^>]*\bt="e")[^>]*>' + _VALUE)
_EMPTY_FORMULA = re.compile(_PLACE + _NUMBER + rb"[^>]*>(%s)(?:<v></v>|<v ?/>)?</c>" % _FORMULA)
_LONG_DIGITS = rb"-?\d{16,}(?:\.\d*)?|-?\d(?:\.\d+)?[Ee]\+?(?:1[5-9]|[2-9]\d|\d{3})"
_LONG = re.compile(_PLACE + _NUMBER + rb"[^>]*>(?:%s)?<v>(%s)</v>" % (_FORMULA, _LONG_DIGITS))
_ANY_LONG = re.compile(rb"<v>(?:\d{16}|-\d{16}|-?\d(?:\.\d*)?[Ee])")
_LETTERS = re.compile(rb'\br="([A-Z]{1,3})\d')
_FIRST_LETTERS = re.compile(rb'<c r="([A-Z]{1,3})\d')
_ROW_OF_CELL = re.compile(rb'\br="[A-Z]{1,3}(\d{1,7})"')
_CELL_ROWS = {"letter": pl.String, "row": pl.Int64, "text": pl.String}

# A percent as the reader gives it: nine decimals, without the noise of binary fractions.
_PERCENT_PLACES = 7
_INEXACT_FROM = 1e15


class Marks(msgspec.Struct, frozen=True, kw_only=True):
    """What the XML of one worksheet tells.

    cells   letter, row and text of the cells people see otherwise than the reader gives them.
    height  the last row that has a cell.
    width   the columns up to the rightmost cell.
    """

    cells: pl.DataFrame
    height: int
    width: int


def find_marks(book: Book, path: str) -> Marks:
    """Search the XML of one worksheet; raises BadArchive."""
    found: list[pl.DataFrame] = []
    percent = _percent_cell(book.percent_styles)
    letters: set[bytes] = set()
    height = width = 0
    for xml in whole_elements(book.archive.pieces(path), b"<c "):
        placed = xml.count(b"<c r=")
        unplaced = xml.count(b"<c ") + xml.count(b"<c>") + xml.count(b"<c/>") - placed
        letters.update((_LETTERS if unplaced else _FIRST_LETTERS).findall(xml))
        last = _ROW_OF_CELL.search(xml, xml.rfind(b"<c r=") if placed else 0)
        height = max(height, int(last[1])) if last else height + xml.count(b"<row")
        if unplaced:  # cells that do not say where they stand follow each other
            width = max(width, *(row.count(b"<c") for row in xml.split(b"<row")))
        found += [frame for frame in _marked_cells(xml, percent) if frame.height]
    width = max([width, *(_column_number(letter) for letter in letters)])
    cells = pl.concat(found) if found else pl.DataFrame(schema=_CELL_ROWS)
    return Marks(cells=cells, height=height, width=width)


def marked(frame: pl.DataFrame, marks: Marks) -> pl.DataFrame:
    """Give the sheet's frame with those cells as people see them."""
    inside = marks.cells.filter(
        pl.col("letter").is_in(frame.columns), pl.col("row").is_between(1, frame.height)
    ).unique(["letter", "row"], keep="last")
    return frame.with_columns(
        frame[str(letter)].scatter(cells["row"] - 1, cells["text"])
        for (letter,), cells in inside.group_by("letter")
    )


def _marked_cells(xml: bytes, percent: re.Pattern[bytes] | None) -> Iterator[pl.DataFrame]:
    if percent is not None:
        yield _cells(percent.findall(xml), _seen_percent(pl.col("text")))
    if _ANY_LONG.search(xml):
        yield _cells(_LONG.findall(xml), _seen_long(pl.col("text")))
    if b"<f" in xml:
        yield _cells(_EMPTY_FORMULA.findall(xml), pl.lit(UNCOMPUTED))
    if b't="e"' in xml:
        yield _cells(_ERROR.findall(xml), pl.col("text"))


def _cells(found: list[tuple[bytes, bytes, bytes]], text: pl.Expr) -> pl.DataFrame:
    frame = pl.DataFrame(found, schema=dict.fromkeys(_CELL_ROWS, pl.Binary), orient="row")
    read = frame.select(pl.all().cast(pl.String)).with_columns(
        pl.col("row").cast(pl.Int64), text=text
    )
    return read.drop_nulls()


def _seen_percent(text: pl.Expr) -> pl.Expr:
    number = text.cast(pl.Float64, strict=False).round(_PERCENT_PLACES + 2) * 100
    shown = number.cast(pl.Decimal(38, _PERCENT_PLACES), strict=False).cast(pl.String)
    return shown.str.strip_chars_end("0").str.strip_chars_end(".").replace("-0", "0") + "%"


def _seen_long(text: pl.Expr) -> pl.Expr:
    """Write a number of more digits than a spreadsheet keeps so that nobody takes it for exact."""
    number = text.cast(pl.Float64, strict=False)
    power = number.abs().log10().floor()
    head = (number / (pl.lit(10.0) ** power)).round(14).cast(pl.Decimal(38, 14), strict=False)
    written = pl.format("{}E+{}", head.cast(pl.String), power.cast(pl.Int64, strict=False))
    return pl.when(number.abs() >= _INEXACT_FROM).then(written)


def _percent_cell(styles: frozenset[int]) -> re.Pattern[bytes] | None:
    if not styles:
        return None
    either = b"|".join(b"%d" % style for style in sorted(styles))
    return re.compile(_PLACE + _NUMBER + rb'(?=[^>]*\bs="(?:%s)")[^>]*>' % either + _VALUE)


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number
