"""Days in cells: 2023-05-01, 2023/5/1, 2023.5.1, 2023年5月1日, 20230501, 43832 and months alone."""

import re
from typing import Literal

import polars as pl

from registry.imports.numbers import Explained

EARLIEST, LATEST = 1900, 2100

_CLOCK = r"(?:[ T]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?"
_DAY = rf"^(\d{{4}})[-/.年](\d{{1,2}})[-/.月](\d{{1,2}})日?{_CLOCK}$"
_DIGITS = r"^(\d{4})(\d{2})(\d{2})$"
# A spreadsheet turns 2023.10 into the number 2023.1: with a point, 1 may be January or October.
_MONTH = r"^(\d{4})(?:[-/年](\d{1,2})月?|\.([2-9]|0\d|1[0-2])月?)$"
_MONTH_DIGITS = r"^(\d{4})(\d{2})$"
# Days since 1899-12-30, as Excel keeps them: from 1954 to 2118.
_SERIAL = r"^([2-7]\d{4})(?:\.\d+)?$"

_FROM_1900_TO_1904 = 1462  # days

MonthMeans = Literal["first", "last"] | None


def days(texts: pl.Expr, month_means: MonthMeans = None) -> pl.Expr:
    """Give plain texts as dates; null where date_problem has a reason.

    month_means  which day a month alone stands for; None where a month alone is not enough.
    """
    whole = [
        _date(*(texts.str.extract(form, part) for part in (1, 2, 3))) for form in (_DAY, _DIGITS)
    ]
    serial = texts.str.extract(_SERIAL, 1).cast(pl.Int32, strict=False)
    read = [*whole, pl.lit("1899-12-30").str.to_date() + pl.duration(days=serial)]
    if month_means is not None:
        number = pl.coalesce(texts.str.extract(_MONTH, 2), texts.str.extract(_MONTH, 3))
        months = [
            _date(texts.str.extract(_MONTH, 1), number, pl.lit("1")),
            _date(
                texts.str.extract(_MONTH_DIGITS, 1),
                texts.str.extract(_MONTH_DIGITS, 2),
                pl.lit("1"),
            ),
        ]
        read += [month.dt.month_end() if month_means == "last" else month for month in months]
    day = pl.coalesce(read)
    return pl.when(day.dt.year().is_between(EARLIEST, LATEST)).then(day)


def counted_from_1900(texts: pl.Expr) -> pl.Expr:
    """Give days counted from 1904, as workbooks of old Macintoshes do, in the usual count."""
    serial = texts.str.extract(r"^(\d{5})(?:\.\d+)?$", 1).cast(pl.Int32, strict=False)
    return pl.coalesce((serial + _FROM_1900_TO_1904).cast(pl.String), texts)


def date_problem(text: str, month_means: MonthMeans = None) -> Explained:
    """Say why days gave null for a plain text, and the way out."""
    way_out = "写成 2026-09-30" if month_means is None else "写成 2026-09-30 或 2026年9月"
    if re.match(r"^\d{4}\.1$", text):
        return "可能是1月，也可能是10月（数字会丢掉末尾的0）", "写成 2026年1月 或 2026年10月"
    if month_means is None and (re.match(_MONTH, text) or re.match(_MONTH_DIGITS, text)):
        return "只有年月，没有日", way_out
    if re.match(r"^\d{4}年?$", text):
        return "只有年份", way_out
    if text.startswith("#"):
        return "是公式错误，不是日期", "改正公式，或直接填写日期；没有日期就留空"
    if re.match(_DAY, text) or re.match(_DIGITS, text) or re.match(_MONTH, text):
        return "日历上没有这一天，或年份不在1900至2100之间", "核对后更正"
    return "不是日期", f"{way_out}；没有日期就留空"


def _date(year: pl.Expr, month: pl.Expr, day: pl.Expr) -> pl.Expr:
    written = pl.concat_str([year, month.str.zfill(2), day.str.zfill(2)], separator="-")
    return written.str.to_date("%Y-%m-%d", strict=False)
