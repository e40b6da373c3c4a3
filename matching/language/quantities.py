"""Numbers a condition or an amount may speak of."""

from datetime import date
from typing import Literal

import msgspec

from matching.language.periods import months_between
from matching.language.vocabulary import column_name

Take = Literal["sum", "mean", "max", "min"]


class Value(msgspec.Struct, frozen=True, tag="value"):
    """A fact in one period.

    period  absolute ("2025", "2026-Q1", a window), None for a fact without period, or "-1" for so many
            years before the evidence day's year.
    """

    fact: str
    period: str | None = None

    def columns(self, on: date) -> tuple[str, ...]:
        """Name the column read, seen from the evidence day."""
        return (column_name(self.fact, absolute_period(self.period, on)),)


class OverMonths(msgspec.Struct, frozen=True, tag="over_months"):
    """Sum, mean, largest or smallest month of a monthly fact; unknown where one month is.

    first, last  months, or years before the evidence day's year ("-2" to "-1") of a yearly fact.
    """

    fact: str
    first: str
    last: str
    take: Take

    def columns(self, on: date) -> tuple[str, ...]:
        """Name the columns read."""
        if self.first.startswith("-"):
            years = range(on.year + int(self.first), on.year + int(self.last) + 1)
            return tuple(column_name(self.fact, str(year)) for year in years)
        return tuple(
            column_name(self.fact, month) for month in months_between(self.first, self.last)
        )


class OverLedger(msgspec.Struct, frozen=True, tag="over_ledger"):
    """Evidence items (persons, loans, contracts) that no award of these families has used up, for any firm.

    Counted for a fact in persons or pieces, summed for one in money. Known only where every claim of the
    enterprise and every use is; unknown also where an unused item is claimed by another enterprise too, or a
    summed one has no amount.
    """

    fact: str
    unused_by: tuple[str, ...]

    def columns(self, on: date) -> tuple[str, ...]:  # noqa: ARG002  same question to every quantity
        """Name the data read: the claims, and what has been used up."""
        return (self.fact, "uses")


Quantity = Value | OverMonths | OverLedger


def absolute_period(period: str | None, on: date) -> str | None:
    """Turn "-1" into last year seen from the evidence day; everything else stands as written."""
    if period is not None and period.startswith("-"):
        return str(on.year + int(period))
    return period
