"""Quantities as people write them, as whole numbers: 分, basis points, persons, kilowatt-hours.

Nothing is rounded: a figure finer than its unit is refused.
"""

import re
import unicodedata
from decimal import Context, Decimal, Inexact
from typing import Literal

MONEY = {
    "元": 100,
    "千元": 100_000,
    "万元": 1_000_000,
    "百万元": 100_000_000,
    "亿元": 10_000_000_000,
}
SHARES = {"%": 100, "％": 100, "‰": 10, "个百分点": 100}
NUMBERS: dict[str, dict[str, int]] = {
    "千瓦时": {"千瓦时": 1, "度": 1, "万千瓦时": 10_000, "万度": 10_000, "亿千瓦时": 100_000_000},
    "吨标准煤": {"吨标准煤": 1, "万吨标准煤": 10_000},
    "瓦": {"瓦": 1, "千瓦": 1_000, "兆瓦": 1_000_000},
    "千瓦": {"千瓦": 1, "兆瓦": 1_000},
    "人": {"人": 1, "名": 1},
    "月": {"月": 1, "个月": 1},
    "年": {"年": 1},
    "家": {"家": 1, "户": 1},
    "亩": {"亩": 1},
}
LARGEST = 9_000_000_000_000_000_000
_WRITTEN = re.compile(
    r"([+-]?(?:[0-9]{1,3}(?:,[0-9]{3}){1,12}|[0-9]{1,40})(?:\.[0-9]{1,40})?)\s*(\S*)"
)
_EXACT = Context(prec=120, traps=[Inexact])

QuantityKind = Literal["money", "number", "share"]


class UnitError(ValueError):
    """A quantity that cannot be taken as it stands; the message says why and what to write."""


def factors(kind: QuantityKind, unit: str) -> dict[str, int]:
    """Give what each unit word is worth in the stored unit (分, basis points, or `unit`)."""
    if kind == "money":
        return MONEY
    if kind == "share":
        return SHARES
    return NUMBERS.get(unit, {unit: 1})


def whole_quantity(text: str, kind: QuantityKind, unit: str = "") -> int:
    """Read "2,000 万元", "5.5 %" or "30 人" as a whole number of the stored unit.

    Raises UnitError where the unit is missing or not of that kind, or the figure is finer than the unit.
    """
    known = factors(kind, unit)
    found = _WRITTEN.fullmatch(unicodedata.normalize("NFKC", text).strip())
    if not found:
        raise UnitError(f"“{text}”不是数量；请写成数字加单位，如“{_sample(known)}”")
    figure, word = found.groups()
    if word not in known:
        said = f"单位“{word}”不能用在这里" if word else "没有写单位"
        raise UnitError(f"“{text}”{said}；可用：{'、'.join(known)}")
    exact = _EXACT.multiply(Decimal(figure.replace(",", "")), Decimal(known[word]))
    if abs(exact) > LARGEST:
        raise UnitError(f"“{text}”太大，超出可计算的范围；请核对单位")
    if exact % 1:
        raise UnitError(f"“{text}”比最小单位还细，系统不四舍五入；请写整的数")
    return int(exact)


def _sample(known: dict[str, int]) -> str:
    return f"100 {next(iter(known))}"


def money_in_words(cents: int) -> str:
    """Say an amount of 分 as people do: 200万元, 1.5亿元, 7000元."""
    sign, size = ("-", -cents) if cents < 0 else ("", cents)
    for word, factor in (("亿元", 10_000_000_000), ("万元", 1_000_000)):
        if size >= factor:
            return f"{sign}{_plain(Decimal(size) / factor)}{word}"
    return f"{sign}{_plain(Decimal(size) / 100)}元"


def share_in_words(basis_points: int) -> str:
    """Say basis points as a percentage: 550 → 5.5%."""
    return f"{_plain(Decimal(basis_points) / 100)}%"


def quantity_in_words(amount: int, kind: QuantityKind, unit: str = "") -> str:
    """Say a stored whole number with its unit."""
    if kind == "money":
        return money_in_words(amount)
    if kind == "share":
        return share_in_words(amount)
    return f"{amount:,}{unit}"


def _plain(number: Decimal) -> str:
    """Give a decimal without exponent, trailing zeros or loss, with thousands separators."""
    text = f"{number:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
