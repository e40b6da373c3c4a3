"""Numbers in cells as whole numbers of the stored unit, exactly: no float, no rounding.

A unit is a power of ten of the stored one, so that 12.5 万元 becomes 12 500 000 分 by moving the
decimal point: a decimal number of that many places, kept as a whole number, is just that.
"""

import re
from decimal import Decimal

import polars as pl

from matching.language.units import LARGEST

_WHOLE = r"[0-9]+|[0-9]{1,3}(?:,[0-9]{3})+"
_ANY = 999  # decimal places
_SCIENTIFIC = re.compile(r"^[+-]?\d(\.\d+)?E[+-]?\d+$", re.IGNORECASE)
# A cell's own % or ‰ counts before the header's.
_SHARE_DECIMALS = {"%": 2, "‰": 1}

Explained = tuple[str, str]


def whole_numbers(texts: pl.Expr, unit: str, decimals: int, *, negative: bool) -> pl.Expr:
    """Give plain texts as Int64 of the stored unit; null where number_problem has a reason.

    decimals  how far the decimal point moves: 6 from 万元 to 分.
    """
    figure = texts.str.strip_prefix("'").str.strip_suffix(unit).str.strip_chars()
    exact = figure.str.replace_all(",", "", literal=True).cast(
        pl.Decimal(38, decimals), strict=False
    )
    fits = figure.str.contains(_written(decimals))
    number = pl.when(fits).then(exact.to_physical().cast(pl.Int64, strict=False))
    return pl.when(number.is_between(-LARGEST if negative else 0, LARGEST)).then(number)


def whole_shares(texts: pl.Expr, unit: str, *, negative: bool) -> pl.Expr:
    """Give plain texts as Int64 basis points, by the cell's own % or ‰ or else the header's."""
    read = pl.lit(None, dtype=pl.Int64)
    for sign, decimals in _SHARE_DECIMALS.items():
        found = texts.str.ends_with(sign)
        if sign == unit:
            found |= ~texts.str.contains("[%‰]$")
        number = whole_numbers(texts, sign, decimals, negative=negative)
        read = pl.when(found).then(number).otherwise(read)
    return read


def number_problem(text: str, unit: str, decimals: int, *, negative: bool) -> Explained:
    """Say why whole_numbers gave null for a plain text, and the way out."""
    figure = text.removeprefix("'").removesuffix(unit).strip()
    if text.startswith("#"):
        return "是公式错误，不是数值", "改正公式，或直接填写数值；没有数值就留空"
    if _SCIENTIFIC.match(figure):
        return "是科学计数法，已丢失末位", "把单元格设为“数值”或“文本”格式，填写完整的数"
    if not re.match(_written(_ANY), figure):
        if re.match(r"^[+-]?[\d,]+(\.\d*)?$", figure):
            return "千分位逗号的位置不对，看不出是多少", "每三位一个逗号，或不用逗号"
        if re.match(r"^[+-]?[\d,.]+\D+$", figure):
            return f"数字后的文字与表头单位“{unit}”不一致", "只填数字，按表头的单位"
        return "不是数", "填写数字；没有数值就留空"
    exact = Decimal(figure.replace(",", "")).scaleb(decimals)
    if exact < 0 and not negative:
        return "是负数，这一项不会为负", "核对后更正；没有数值就留空"
    if exact != exact.to_integral_value():
        return "比可记录的最小单位还细，系统不四舍五入", _finest(unit, decimals)
    return "太大，超出可记录的范围", "核对数值与单位"


def share_problem(text: str, unit: str, *, negative: bool) -> Explained:
    """Say why whole_shares gave null for a plain text, and the way out."""
    sign = text[-1] if text[-1] in _SHARE_DECIMALS else unit
    if not sign:
        return "看不出是百分比还是千分比", "在表头或单元格写明 % 或 ‰"
    return number_problem(text, sign, _SHARE_DECIMALS[sign], negative=negative)


def _written(decimals: int) -> str:
    """Give the form of a number of at most so many decimal places, as a regular expression."""
    some = rf"[0-9]{{1,{decimals}}}0*" if decimals else "0+"
    return rf"^[+-]?(?:(?:{_WHOLE})(?:\.|\.{some})?|\.{some})$"


def _finest(unit: str, decimals: int) -> str:
    if not decimals:
        return f"填写整数（{unit}）" if unit else "填写整数"
    return f"按“{unit}”最多保留{decimals}位小数"
