"""Drawing pages: the Jinja environment with our few filters, strict about every name."""

import hashlib
from datetime import date, datetime
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from matching.language.units import money_in_words

HERE = Path(__file__).parent
TEMPLATES = HERE / "templates"
STATIC = HERE / "static"

_UNITS = ((10_000_000_000, "亿元"), (1_000_000, "万元"))


def drawing(*, demo: bool, timezone: ZoneInfo) -> Environment:
    """Make the environment: a misspelt name is an error, never an empty place."""
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["money"] = money_in_words
    environment.filters["about"] = money_about
    environment.filters["count"] = counted
    environment.filters["day"] = day_in_words
    environment.filters["moment"] = lambda moment: moment_in_words(moment, timezone)
    environment.filters["month"] = month_in_words
    environment.globals["asset"] = asset
    environment.globals["demo"] = demo
    environment.globals["csrf_input"] = ""  # the token of a request takes its place
    return environment


@cache
def asset(name: str) -> str:
    """Give the address of a static file, with a mark of its content: it may be cached for ever."""
    mark = hashlib.sha256((STATIC / name).read_bytes()).hexdigest()[:10]
    return f"/static/{name}?v={mark}"


def money_about(cents: int) -> str:
    """Say a large sum in at most five digits, for headlines; the exact figure stands beside it."""
    for factor, word in _UNITS:
        if cents >= factor:
            hundredths = cents * 100 // factor
            if hundredths * factor == cents * 100:
                return money_in_words(cents)
            whole, rest = divmod(hundredths, 100)
            digits = (
                f"{whole:,}" if whole >= 1000 else f"{whole:,}.{rest:02d}".rstrip("0").rstrip(".")
            )
            return f"约{digits}{word}"
    return money_in_words(cents)


def counted(number: int) -> str:
    """Say a count with thousands separators."""
    return f"{number:,}"


def day_in_words(day: date) -> str:
    """Say a day: 2026年9月30日."""
    return f"{day.year}年{day.month}月{day.day}日"


def moment_in_words(moment: datetime, timezone: ZoneInfo) -> str:
    """Say a moment in the city's time: 2026年9月30日 14:05."""
    here = moment.astimezone(timezone)
    return f"{day_in_words(here.date())} {here:%H:%M}"


def month_in_words(period: str) -> str:
    """Say a month: 2026年9月."""
    year, _, month = period.partition("-")
    return f"{year}年{int(month)}月"
