"""Periods of facts: a year, a quarter, a month or a window of days, absolute or counted from a day."""

import re
from datetime import date

YEAR = re.compile(r"^(19|20)\d{2}$")
QUARTER = re.compile(r"^(19|20)\d{2}-Q[1-4]$")
MONTH = re.compile(r"^(19|20)\d{2}-(0[1-9]|1[0-2])$")
WINDOW = re.compile(r"^(\d{4}-\d{2}-\d{2})\.\.(\d{4}-\d{2}-\d{2})$")


def kind_of_period(text: str) -> str | None:
    """Give "year", "quarter", "month" or "window"; None where the text is no period at all."""
    if YEAR.match(text):
        return "year"
    if QUARTER.match(text):
        return "quarter"
    if MONTH.match(text):
        return "month"
    return "window" if window_days(text) else None


def window_days(text: str) -> tuple[date, date] | None:
    """First and last day of "2023-07-01..2024-06-30", both included; None where it is none."""
    found = WINDOW.match(text)
    if not found:
        return None
    try:
        first, last = (date.fromisoformat(part) for part in found.groups())
    except ValueError:
        return None
    return (first, last) if first <= last else None


def months_between(first: str, last: str) -> tuple[str, ...]:
    """Every month from the first to the last, both included."""
    year, month = (int(part) for part in first.split("-"))
    end = tuple(int(part) for part in last.split("-"))
    months: list[str] = []
    while (year, month) <= end:
        months.append(f"{year:04d}-{month:02d}")
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)
    return tuple(months)


def years_before(day: date, years: int) -> date:
    """Give the same day so many years ago; 29 February becomes 28 February."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)


def period_in_words(period: str) -> str:
    """Say a period as people read it: 2025年, 2026年一季度, 2026年3月."""
    match kind_of_period(period):
        case "year":
            return f"{period}年"
        case "quarter":
            return f"{period[:4]}年{'一二三四'[int(period[-1]) - 1]}季度"
        case "month":
            return f"{period[:4]}年{int(period[5:])}月"
        case _:
            return period.replace("..", "至")
