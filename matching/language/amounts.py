"""What a met item gives: always a range in 分, whose ends meet where every input is known."""

from typing import Literal

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


class Table(msgspec.Struct, frozen=True, tag="table"):
    """The first row that holds: a level table, a rate by size class, bands of days. None that holds: nothing."""

    rows: tuple[Row, ...]


class Interest(msgspec.Struct, frozen=True, tag="interest"):
    """Interest on a loan borne by the public: so many points, or a share of the actual rate, for `years`.

    principal_most_cents  only so much of the principal counts.
    points_bp             yearly points borne; None: `share_bp` of `rate`, at most `most_bp`.
    rate                  the actual yearly rate, a share fact.
    """

    principal: Quantity
    points_bp: int | None = None
    rate: Quantity | None = None
    share_bp: int | None = None
    most_bp: int | None = None
    principal_most_cents: int | None = None
    years: int = 1
    cap_cents: int | None = None


class Staged(msgspec.Struct, frozen=True, tag="staged"):
    """The sum up to the furthest stage reached (rows, furthest last), less what the family already paid."""

    family: str
    stages: tuple[Row, ...]


class Pool(msgspec.Struct, frozen=True, tag="pool"):
    """A fixed pool, shared once the list of takers is closed; until then nothing is certain.

    sharing  "pro_rata": divided by claim, equally where `claim` is None; "first_come": each claim in full
             in the order of arrival, until the pool is empty.
    """

    cents: int
    sharing: Literal["pro_rata", "first_come"]
    claim: "Amount | None" = None


class Payer(msgspec.Struct, frozen=True):
    """A level of government and its parts of the cost."""

    level: str
    parts: int


class Split(msgspec.Struct, frozen=True, tag="split"):
    """An amount whose cost several levels of government bear (province : county)."""

    amount: "Amount"
    payers: tuple[Payer, ...]


class StackCap(msgspec.Struct, frozen=True, tag="stack_cap"):
    """An amount that, with what these families paid for the same cost, may not pass a share of the cost.

    besides  families and, for aid of other levels that comes as a figure, `aid`.
    """

    amount: "Amount"
    cost: Quantity
    share_bp: int = 10_000
    besides: tuple[str, ...] = ()
    aid: Quantity | None = None


class FirmCap(msgspec.Struct, frozen=True, tag="firm_cap"):
    """An amount that, with what these families paid the firm in the year or ever, may not pass a sum."""

    amount: "Amount"
    cents: int
    families: tuple[str, ...]
    per: Literal["year", "life"]


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
