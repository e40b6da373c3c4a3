"""What a met item gives: always a range in 分, whose ends meet where every input is known."""

import msgspec

from matching.language.conditions import Condition, Growth
from matching.language.quantities import Quantity


class Fixed(msgspec.Struct, frozen=True, tag="fixed"):
    """One sum."""

    cents: int


class ShareOf(msgspec.Struct, frozen=True, tag="share_of"):
    """A share of a money quantity, rounded down to the 分, at most `cap_cents`."""

    share_bp: int
    base: Quantity
    cap_cents: int | None = None


class PerUnit(msgspec.Struct, frozen=True, tag="per_unit"):
    """So much for each unit of a number (person, kilowatt), at most `cap_cents`."""

    cents: int
    base: Quantity
    cap_cents: int | None = None


class PerPoint(msgspec.Struct, frozen=True, tag="per_point"):
    """So much for each full percentage point of growth, at most `cap_cents`; its limit is not used."""

    cents: int
    growth: Growth
    cap_cents: int | None = None


class PerStep(msgspec.Struct, frozen=True, tag="per_step"):
    """So much for each full `step` of a quantity beyond `beyond`."""

    cents: int
    base: Quantity
    beyond: int
    step: int


class Row(msgspec.Struct, frozen=True):
    """An amount that counts only where its condition holds; None: always."""

    when: Condition | None
    amount: "Amount"


class Highest(msgspec.Struct, frozen=True, tag="highest"):
    """The largest of the rows that hold (从高不重复)."""

    rows: tuple[Row, ...]


class Total(msgspec.Struct, frozen=True, tag="total"):
    """The rows that hold, added up."""

    rows: tuple[Row, ...]


class LessPaid(msgspec.Struct, frozen=True, tag="less_paid"):
    """The amount less what was already paid under a family (级差), never below zero."""

    family: str
    amount: "Amount"


class Unstated(msgspec.Struct, frozen=True, tag="unstated"):
    """A sum the document leaves open (a ratio set later, a shared pool): nothing certain, at most `cap_cents`."""

    reason: str
    cap_cents: int | None = None


class NonCash(msgspec.Struct, frozen=True, tag="non_cash"):
    """Something that is not money: a price, a priority, a status."""

    benefit: str


Amount = (
    Fixed | ShareOf | PerUnit | PerPoint | PerStep | Highest | Total | LessPaid | Unstated | NonCash
)


def amounts_in(amount: Amount) -> tuple[Amount, ...]:
    """Give the amount and every amount inside it."""
    if isinstance(amount, Highest | Total):
        return (amount, *(inner for row in amount.rows for inner in amounts_in(row.amount)))
    if isinstance(amount, LessPaid):
        return (amount, *amounts_in(amount.amount))
    return (amount,)


def rows_in(amount: Amount) -> tuple[Row, ...]:
    """Give every row inside an amount, at any depth."""
    if isinstance(amount, Highest | Total):
        return tuple(r for row in amount.rows for r in (row, *rows_in(row.amount)))
    if isinstance(amount, LessPaid):
        return rows_in(amount.amount)
    return ()
