"""Reading .csv: the encoding is told from the bytes, every field stays text."""

import csv
import io
import re
from itertools import zip_longest

import polars as pl

from registry.imports.errors import whole_file
from registry.imports.letters import column_letter
from registry.imports.types import Grid

# What no text file holds; a picture or a program has it in its first bytes.
_BINARY = re.compile("[\x00-\x08\x0e-\x1f]")
_MARKUP = re.compile(r"^\s*<(?:!doctype|html|table|\?xml)", re.IGNORECASE)
_SAVE_AGAIN = "用 Excel 或 WPS 打开，另存为“CSV UTF-8”或 .xlsx 后再导入"


def read_csv(file_name: str, data: bytes) -> Grid:
    """Give the one sheet of a .csv file; raises SheetRefused where it is none."""
    text = _decoded(file_name, data)
    if _BINARY.search(text):
        raise whole_file(file_name, "不是表格文件", _SAVE_AGAIN)
    if _MARKUP.match(text):
        raise whole_file(file_name, "是网页或 XML，不是表格文件", _SAVE_AGAIN)
    head = text[:4096]
    delimiter = "\t" if head.count("\t") > head.count(",") else ","
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        rows = list(reader)
    except csv.Error as broken:
        problem = f"第{reader.line_num}行的引号没有成对，之后的列无法分开"
        raise whole_file(file_name, problem, "补上缺少的引号，或另存为 .xlsx 后再导入") from broken
    columns = list(zip_longest(*rows))
    frame = pl.DataFrame(
        [pl.Series(column_letter(at), cells, dtype=pl.String) for at, cells in enumerate(columns)]
    )
    return Grid(file_name=file_name, sheet="", frame=frame.with_columns(pl.all().replace("", None)))


def _decoded(file_name: str, data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ["utf-16"]
    elif data.startswith(b"\xef\xbb\xbf"):
        encodings = ["utf-8-sig"]
    else:
        encodings = ["utf-8", "gb18030"]
    line = 0
    for encoding in encodings:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError as wrong:
            line = max(line, data.count(b"\n", 0, wrong.start) + 1)
    problem = f"第{line}行有无法识别的字节，既不是 UTF-8 也不是 GB18030 编码"
    raise whole_file(file_name, problem, _SAVE_AGAIN)
