"""Cells as plain text: half width, without unseen marks; what says "nothing here" becomes null."""

import re

import polars as pl

# Words people put into a cell that holds nothing. 0 is not among them: it is a value.
BLANK = frozenset(
    {"", "-", "--", "---", "—", "——", "–", "―", "/", "//", "\\", "…", "……", ".", "*"}
    | {"无", "暂无", "无数据", "缺", "空", "不详", "未知", "待补", "待定"}
    | {"N/A", "#N/A", "NA", "NULL", "NONE", "NAN"}
)
# Where 无 is an answer, as in a column of 有 and 无.
BLANK_BUT_NONE = BLANK - {"无"}

LONGEST_CELL = 32_767
"""Characters; what a spreadsheet program lets a person type."""
UNCOMPUTED = "#公式没有结果"
"""Stands in a cell whose formula no program has worked out."""

_ERROR = r"(?i)^#(?:REF!|DIV/0!|VALUE!|NAME\?|NUM!|NULL!|SPILL!|CALC!|GETTING_DATA)$"
_UNSEEN = r"[\p{Cc}\p{Cf}\u{200B}]|_x000D_"


def plain_texts(cells: pl.Expr, blank: frozenset[str] = BLANK) -> pl.Expr:
    """Give cells in the form values are read from; null where nothing is said."""
    text = (
        cells.str.normalize("NFKC")
        .str.replace_all(_UNSEEN, "")
        .str.replace_all("\u2212", "-")
        .str.strip_chars()
    )
    return pl.when(~text.str.to_uppercase().is_in(list(blank))).then(text)


def without_unread(texts: pl.Expr) -> pl.Expr:
    """Give plain texts without those that are no text of a person: failed formulas, endless cells."""
    bad = texts.str.contains(_ERROR) | (texts == UNCOMPUTED)
    return pl.when(~(bad | (texts.str.len_chars() > LONGEST_CELL))).then(texts)


def unread_problem(text: str) -> tuple[str, str] | None:
    """Say why without_unread left a plain text out, and the way out; None where it did not."""
    if text == UNCOMPUTED:
        way_out = "用 Excel 或 WPS 打开并保存一次，让公式算出结果，或直接填写"
        return "是公式，文件里没有保存它的结果", way_out
    if re.match(_ERROR, text):
        return "是公式错误，不是数据", "改正公式，或直接填写；没有就留空"
    if len(text) > LONGEST_CELL:
        return f"超过{LONGEST_CELL:,}个字，一格装不下", "只写要点"
    return None
