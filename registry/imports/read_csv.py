"""Reading .csv: the encoding is told from the bytes, every field stays text."""

import codecs
import csv
import io
import re
from collections.abc import Iterator
from itertools import islice, zip_longest

import polars as pl

from registry.imports.errors import whole_file
from registry.imports.letters import column_letter
from registry.imports.limits import MOST_CELLS, MOST_COLUMNS
from registry.imports.texts import LONGEST_CELL
from registry.imports.types import Grid

# What no text file holds; a picture or a program has it in its first bytes.
_BINARY = re.compile("[\x00-\x08\x0e-\x1f]")
_MARKUP = re.compile(r"^\s*<(?:!doctype|html|table|\?xml)", re.IGNORECASE)
_SAVE_AGAIN = "用 Excel 或 WPS 打开，另存为“CSV UTF-8”或 .xlsx 后再导入"
# How spreadsheet programs keep the zeros of a code: ="0123".
_KEPT_TEXT = r'^="(.*)"$'
_PIECE = 8 * 1024**2
_BATCH = 20_000


def read_csv(file_name: str, data: bytes) -> Grid:
    """Give the one sheet of a .csv file; raises SheetRefused where it is none."""
    encoding = _encoding(file_name, data)
    text = io.TextIOWrapper(io.BytesIO(data), encoding=encoding, newline="")
    head = text.read(4096)
    if _MARKUP.match(head):
        raise whole_file(file_name, "是网页或 XML，不是表格文件", _SAVE_AGAIN)
    text.seek(0)
    delimiter = "\t" if head.count("\t") > head.count(",") else ","
    reader = csv.reader(text, delimiter=delimiter, strict=True)
    frames: list[pl.DataFrame] = []
    try:
        frames.extend(_frames(file_name, reader))
    except csv.Error as broken:
        if "field larger" in str(broken):
            problem = f"第{reader.line_num}行有一格超过{LONGEST_CELL:,}个字，或引号没有成对"
            raise whole_file(file_name, problem, "只写要点，核对引号后再导入") from broken
        problem = f"第{reader.line_num}行的引号没有成对，之后的列无法分开"
        raise whole_file(file_name, problem, "补上缺少的引号，或另存为 .xlsx 后再导入") from broken
    if not frames:
        raise whole_file(file_name, "文件是空的", "确认选对了文件，重新导出")
    frame = pl.concat(frames, how="diagonal")
    said = pl.all().replace("", None).str.replace(_KEPT_TEXT, "${1}")
    return Grid(file_name=file_name, sheet="", frame=frame.with_columns(said))


def _frames(file_name: str, reader: Iterator[list[str]]) -> Iterator[pl.DataFrame]:
    """Give the rows batch by batch, so that they are lists of Python for a moment only."""
    height = width = 0
    while rows := list(islice(reader, _BATCH)):
        width = max(width, *map(len, rows))
        height += len(rows)
        if width > MOST_COLUMNS or height * width > MOST_CELLS:
            problem = f"表太大（读到第{height:,}行，{width:,}列）"
            limits = f"一次最多{MOST_CELLS // 10_000:,}万格、{MOST_COLUMNS:,}列"
            raise whole_file(
                file_name, f"{problem}，{limits}", "删去多余的列，或拆成几个文件后再导入"
            )
        yield pl.DataFrame(
            [
                pl.Series(column_letter(at), cells, dtype=pl.String)
                for at, cells in enumerate(zip_longest(*rows))
            ]
        )


def _encoding(file_name: str, data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ["utf-16"]
    elif data.startswith(b"\xef\xbb\xbf"):
        encodings = ["utf-8-sig"]
    else:
        encodings = ["utf-8", "gb18030"]
    line = 0
    for encoding in encodings:
        try:
            _refuse_binary(file_name, data, encoding)
        except UnicodeDecodeError as wrong:
            line = max(line, data.count(b"\n", 0, wrong.start) + 1)
        else:
            return encoding
    problem = f"第{line}行有无法识别的字节，既不是 UTF-8 也不是 GB18030 编码"
    raise whole_file(file_name, problem, _SAVE_AGAIN)


def _refuse_binary(file_name: str, data: bytes, encoding: str) -> None:
    """Read the text once, in pieces; raises SheetRefused, and UnicodeDecodeError at a place in the data."""
    decoder = codecs.getincrementaldecoder(encoding)()
    for at in range(0, len(data), _PIECE):
        piece = data[at : at + _PIECE]
        try:
            text = decoder.decode(piece, final=at + _PIECE >= len(data))
        except UnicodeDecodeError as wrong:
            wrong.start += at + len(piece) - len(wrong.object)  # it also holds what was left before
            raise
        if _BINARY.search(text):
            raise whole_file(file_name, "不是表格文件", _SAVE_AGAIN)
