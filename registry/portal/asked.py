"""Reading what an address asks for; whatever cannot be read is said, never guessed."""

import re
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from registry.portal.errors import NothingHere, NotUnderstood

FIRST_DAY, LAST_DAY = date(2000, 1, 1), date(2099, 12, 31)
LARGEST_ID = 2**63 - 1
LAST_PAGE = 100_000
_PERIOD = re.compile(r"20\d{2}-(0[1-9]|1[0-2])", re.ASCII)


def day_asked(name: str, text: str | None) -> date | None:
    """Read a day of a query; nothing or blank is none."""
    if text is None or not text.strip():
        return None
    try:
        day = date.fromisoformat(text.strip())
    except ValueError:
        day = date.min
    if not FIRST_DAY <= day <= LAST_DAY:
        raise NotUnderstood(
            f"地址里的 {name} 应是 {FIRST_DAY} 至 {LAST_DAY} 之间的日期，写成 2026-09-30 的样子。"
        )
    return day


def end_of_day(day: date, timezone: ZoneInfo) -> datetime:
    """Give the last moment of a day in the city's time, as UTC: databases and columns speak no other."""
    return datetime.combine(day, time.max, tzinfo=timezone).astimezone(UTC)


def page_asked(text: str | None) -> int:
    """Read the number of a page, counted from 1."""
    if text is None or not text.strip():
        return 1
    if not re.fullmatch(r"[1-9]\d{0,5}", text.strip(), re.ASCII):
        raise NotUnderstood("地址里的 page 应是从 1 数起的页码。")
    return min(int(text), LAST_PAGE)


def period_asked(text: str) -> str:
    """Read the month of a run."""
    if not _PERIOD.fullmatch(text):
        raise NothingHere("月份写成 2026-09 的样子；这里没有这一期的匹配结果。")
    return text


def enterprise_asked(number: int) -> int:
    """Read the number of an enterprise: what no database can hold is nobody's."""
    if not 0 < number <= LARGEST_ID:
        raise NothingHere("没有这个编号的企业。请用名称或统一社会信用代码查找。")
    return number
