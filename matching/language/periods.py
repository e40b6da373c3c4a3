"""Periods of facts: a year, a quarter, a month or a window of days, absolute or counted from a day."""

import re
from calendar import monthrange
from datetime import date, timedelta

YEAR = re.compile(r"(19|20)[0-9]{2}")
QUARTER = re.compile(r"(19|20)[0-9]{2}-Q[1-4]")
MONTH = re.compile(r"(19|20)[0-9]{2}-(0[1-9]|1[0-2])")
DAY = re.compile(r"(19|20|21)[0-9]{2}-[0-9]{2}-[0-9]{2}")


def kind_of_period(text: str) -> str | None:
    """Give "year", "quarter", "month" or "window"; None where the text is no period at all."""
    if YEAR.fullmatch(text):
        return "year"
    if QUARTER.fullmatch(text):
        return "quarter"
    if MONTH.fullmatch(text):
        return "month"
    return "window" if window_days(text) else None


def window_days(text: str) -> tuple[date, date] | None:
    """First and last day of "2023-07-01..2024-06-30", both included; None where it is none."""
    first, dots, last = text.partition("..")
    days = day_of(first), day_of(last)
    if not dots or days[0] is None or days[1] is None or days[0] > days[1]:
        return None
    return days[0], days[1]


def day_of(text: str) -> date | None:
    """Give the day meant by "2026-03-31", from 1900 to 2199; None where it is none.

    Python's own reader would also take 20260331 and 2026-W13-2.
    """
    if not DAY.fullmatch(text):
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


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


def years_after(day: date, years: int) -> date:
    """Give the first day on which so many full years have passed; from 29 February that may be 1 March."""
    return months_after(day, 12 * years)


def months_after(day: date, months: int) -> date:
    """Give the first day that many months before which lies on or after the day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if day.day <= monthrange(year, month + 1)[1]:
        return date(year, month + 1, day.day)
    return date(year + (month + 1) // 12, (month + 1) % 12 + 1, 1)


def last_day_of(period: str) -> date | None:
    """Give the last day of a period; None where the text is no period."""
    match kind_of_period(period):
        case "year":
            return date(int(period), 12, 31)
        case "quarter":
            return _last_of_month(int(period[:4]), 3 * int(period[-1]))
        case "month":
            return _last_of_month(int(period[:4]), int(period[5:]))
        case _:
            days = window_days(period)
            return None if days is None else days[1]


def _last_of_month(year: int, month: int) -> date:
    return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)


def months_before(day: date, months: int) -> date:
    """Give the same day so many months ago, or the last day of that month where it is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


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


def first_day(period: str) -> date | None:
    """Give the first day of an absolute period; None where the text is none."""
    match kind_of_period(period):
        case "year":
            return date(int(period), 1, 1)
        case "quarter":
            return date(int(period[:4]), 3 * int(period[-1]) - 2, 1)
        case "month":
            return date(int(period[:4]), int(period[5:]), 1)
        case "window":
            return day_of(period.partition("..")[0])
        case _:
            return None
