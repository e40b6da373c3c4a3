"""The lines above a table: the day it speaks of (截至…) and a unit for the whole of it."""

import calendar
import re
from collections.abc import Sequence
from datetime import date

from registry.imports.headers import plain_header, unit_word

_DAY = re.compile(
    r"(?:截[至止]到?|数据日期|统计日期|统计时点|数据时间)[:(]?"
    r"(\d{4})[年\-/.](\d{1,2})(?:[月\-/.](\d{1,2})日?|月?[底末]?)"
)
_UNIT = re.compile(r"(?:金额|计量)?单位:([^\s,，;；()]+)")


SUPPLEMENT = "补报"
"""The first word above a table that holds some rows of a sheet sent before: it gives no list whole."""


class NoSuchDay(ValueError):
    """A title names a day that is in no calendar."""


def observed_day(lines: tuple[str, ...]) -> date | None:
    """Give the day after 截至; the last of the month where only a month stands there."""
    for line in lines:
        found = _DAY.search(plain_header(line))
        if not found:
            continue
        year, month, day = (int(part) if part else 0 for part in found.groups())
        try:
            last = calendar.monthrange(year, month)[1]
            return date(year, month, day or last)
        except (ValueError, calendar.IllegalMonthError) as wrong:
            raise NoSuchDay(found[0]) from wrong
    return None


def is_supplement(lines: Sequence[Sequence[str | None]]) -> bool:
    """Say whether the rows above a table call it a supplement of a sheet sent before."""
    cells = (cell for row in lines for cell in row if cell is not None)
    return any(plain_header(cell).startswith(SUPPLEMENT) for cell in cells)


def table_unit(lines: tuple[str, ...]) -> str:
    """Give the unit of a line such as 金额单位：万元; "" where there is none."""
    for line in lines:
        found = _UNIT.search(plain_header(line))
        if found and unit_word(found[1]):
            return unit_word(found[1])
    return ""
