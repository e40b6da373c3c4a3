"""The Chinese working day: weekends, holidays and the days worked in their stead (调休).

Source of the years: the State Council's yearly notices, as the library chinesecalendar keeps them; a year it
does not have yet may be declared in cases.yml. In any other year no day is called worked or free.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from functools import lru_cache

import msgspec
from chinese_calendar import constants  # type: ignore[import-untyped]  # ships no types

from registry.cases.errors import YearUnknown


class DeclaredYear(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The arrangement of one year, out of the notice it was published in.

    off      days off that would be worked otherwise. `working`: weekend days that are worked.
    """

    notice: str
    off: frozenset[date]
    working: frozenset[date]


class WorkingDays:
    """Which days are worked, in the years that are known."""

    def __init__(self, declared: Mapping[int, DeclaredYear] | None = None) -> None:
        """Take the library's years, and those declared beside them; a declared year counts before the library's."""
        said = dict(declared or {})
        self._off = {day for day in constants.holidays if day.year not in said}
        self._working = {day for day in constants.workdays if day.year not in said}
        for one in said.values():
            self._off |= one.off
            self._working |= one.working
        # A year of which only the first days stand in the library is not known.
        whole = {
            day.year for day in constants.holidays if date(day.year, 10, 1) in constants.holidays
        }
        self.years = tuple(sorted(whole | said.keys()))
        self._added = lru_cache(maxsize=4096)(self._nth)

    def is_worked(self, day: date) -> bool:
        """Say whether a day is worked; raises YearUnknown."""
        if day.year not in self.years:
            raise YearUnknown(day.year, self.years)
        return day in self._working or (day.weekday() < 5 and day not in self._off)

    def add(self, day: date, count: int) -> date:
        """Give the so-manieth working day after a day, or before it where `count` is below zero.

        0 gives the day itself, or the next one that is worked. Raises YearUnknown.
        """
        return self._added(day, count)

    def between(self, first: date, last: date) -> int:
        """Count the working days after `first` up to and with `last`, below zero where it lies before.

        Raises YearUnknown.
        """
        if last < first:
            return -self.between(last, first)
        days = (first + timedelta(days=n) for n in range(1, (last - first).days + 1))
        return sum(self.is_worked(day) for day in days)

    def known_until(self) -> date:
        """Give the last day before the first year that is not known."""
        year = self.years[0]
        while year + 1 in self.years:
            year += 1
        return date(year, 12, 31)

    def _nth(self, day: date, count: int) -> date:
        one = timedelta(days=1 if count >= 0 else -1)
        found = day
        while count == 0 and not self.is_worked(found):
            found += one
        for _ in range(abs(count)):
            found += one
            while not self.is_worked(found):
                found += one
        return found
