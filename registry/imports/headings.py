"""Writing headers as we read them: name, period and unit of a column in one text."""

from datetime import date, timedelta

from matching.language.vocabulary import Fact, PeriodKind
from registry.imports.layout import Column

_WAN = "万元"


def heading(column: Column, fact: Fact | None, period: str | None = None) -> str:
    """Give the header of a column: 2025年营业收入（万元）. Read again, it means the same column, period and unit.

    fact    what its cells are read as (read_as).
    period  2025, 2025-Q1 or 2025-06, for a fact that has one.
    """
    # The label, whatever the layout was taught since: what was taught may be forgotten.
    name = fact.label if fact and column.fact else column.headers[0]
    if period is not None and "-Q" in period:
        name = name.removeprefix("季度")
    unit = unit_of(column, fact)
    return f"{period_words(period) if period else ''}{name}{f'（{unit}）' if unit else ''}"


def unit_of(column: Column, fact: Fact | None) -> str:
    """Give the unit a header of ours writes: sums in 万元, shares in %, numbers in their own; "" where there is none."""
    if column.role == "amount":
        return _WAN
    if fact is None:
        return ""
    return {"money": _WAN, "share": "%", "number": fact.unit}.get(fact.kind, "")


def period_words(period: str) -> str:
    """Say a period as headers do: 2025年, 2025年1季度, 2025年6月."""
    year, _, part = period.partition("-")
    if not part:
        return f"{year}年"
    return f"{year}年{part[1:]}季度" if part.startswith("Q") else f"{year}年{int(part)}月"


def last_period(kind: PeriodKind, on: date) -> str | None:
    """Give the last period of a kind that is over on a day; None for what has none, or a window."""
    after = on + timedelta(days=1)  # a period that ends on the day is over
    match kind:
        case "year":
            return str(after.year - 1)
        case "quarter":
            year, quarter = divmod(after.year * 4 + (after.month - 1) // 3 - 1, 4)
            return f"{year}-Q{quarter + 1}"
        case "month":
            year, month = divmod(after.year * 12 + after.month - 2, 12)
            return f"{year}-{month + 1:02d}"
        case _:
            return None
