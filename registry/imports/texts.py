"""Cells as plain text: half width, without unseen marks; what says "nothing here" becomes null."""

import polars as pl

# Words people put into a cell that holds nothing. 0 is not among them: it is a value.
BLANK = frozenset(
    {"", "-", "--", "---", "—", "——", "–", "―", "/", "//", "\\", "…", "……", ".", "*"}
    | {"无", "暂无", "无数据", "缺", "空", "不详", "未知", "待补", "待定"}
    | {"N/A", "#N/A", "NA", "NULL", "NONE", "NAN"}
)
# Where 无 is an answer, as in a column of 有 and 无.
BLANK_BUT_NONE = BLANK - {"无"}

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
