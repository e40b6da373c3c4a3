"""Quantities of one enterprise: a whole number, and what it is to be divided by."""

from datetime import date

from matching.engine.single.known import Known
from matching.engine.single.records import derived_number
from matching.engine.whole import NARROW
from matching.language.quantities import OverLedger, OverMonths, Quantity, Value

Measured = tuple[int, int]


def measured(quantity: Quantity, on: date, known: Known) -> Measured | None:
    """Give a quantity as a number and its divisor (a mean of months keeps its sum); None: not known."""
    if isinstance(quantity, Value):
        number = known.number(quantity.columns(on)[0])
        derived = known.vocabulary.facts[quantity.fact].derived
        if number is None and derived is not None:
            number = derived_number(derived, known, on)
        return None if number is None else (number, 1)
    if isinstance(quantity, OverLedger):
        return _over_ledger(quantity, known)
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


def _over_ledger(quantity: OverLedger, known: Known) -> Measured | None:
    """Count or sum the claims no award has used; a shared one, or a sum without amount, leaves it open."""
    if not (known.complete(quantity.fact) and known.complete("uses")):
        return None
    fact = known.vocabulary.facts[quantity.fact]
    unused = [
        claim
        for claim in known.claims.get(quantity.fact, ())
        if not any((fact.ledger, claim.key, family) in known.used for family in quantity.unused_by)
    ]
    if any(claim.shared for claim in unused):
        return None
    if fact.kind == "number":
        return len(unused), 1
    cents = [claim.cents for claim in unused if claim.cents is not None]
    total = sum(cents)
    return (total, 1) if len(cents) == len(unused) and abs(total) <= NARROW else None
