"""Quantities of one enterprise: a whole number, and what it is to be divided by."""

from datetime import date

from matching.engine.single.known import Known
from matching.language.quantities import OverMonths, Quantity, Value

Measured = tuple[int, int]


def measured(quantity: Quantity, on: date, known: Known) -> Measured | None:
    """Give a quantity as a number and its divisor (a mean of months keeps its sum); None: not known."""
    if isinstance(quantity, Value):
        number = known.number(quantity.columns(on)[0])
        return None if number is None else (number, 1)
    return _over_months(quantity, on, known)


def _over_months(quantity: OverMonths, on: date, known: Known) -> Measured | None:
    months: list[int] = []
    for column in quantity.columns(on):
        month = known.number(column)
        if month is None:
            return None
        months.append(month)
    match quantity.take:
        case "sum":
            return sum(months), 1
        case "mean":
            return sum(months), len(months)
        case "max":
            return max(months), 1
        case "min":
            return min(months), 1
