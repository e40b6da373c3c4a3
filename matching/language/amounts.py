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
    """The first row that holds: a level table, a rate by size class, bands of days. None that holds: nothing.

    Where it is not known which row is the first, every one that may be counts.
    """

    rows: tuple[Row, ...]


class Interest(msgspec.Struct, frozen=True, tag="interest"):
    """Interest on a loan borne by the public: so many points, or a share of the actual rate, for `years`.

    An unknown principal may reach `principal_most_cents`, an unknown rate's share `most_bp`.

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
    """The sum up to the furthest stage reached, less what the family already paid, never below zero.

    stages  each with the whole sum up to it, the furthest last; reaching one takes no earlier one.
    """

    family: str
    stages: tuple[Row, ...]


class PartOf(msgspec.Struct, frozen=True, tag="part_of"):
    """A share of another amount, at most the whole of it, rounded down to the 分 (a revision: half)."""

    share_bp: int
    amount: "Amount"


class AsPaid(msgspec.Struct, frozen=True, tag="as_paid"):
    """As much as a family paid so far: what another level of government gave, to be added to or matched."""

    family: str


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
    """An amount that, with what these families paid the firm in the year or ever, may not pass a sum.

    per  "year": what was paid in the evidence day's year; a payment without a day may be one of them.
    """

    amount: "Amount"
    cents: int
    families: tuple[str, ...]
    per: Literal["year", "life"]


Amount = (
    Fixed
    | ShareOf
    | PerUnit
    | PerPoint
    | PerStep
    | Highest
    | Total
    | LessPaid
    | Unstated
    | NonCash
    | Table
    | Interest
    | Staged
    | PartOf
    | AsPaid
    | Pool
    | Split
    | StackCap
    | FirmCap
)


UNMADE = frozenset(
    (Fixed, ShareOf, PerUnit, PerPoint, PerStep, Unstated, NonCash, Interest, AsPaid)
)
"""The kinds made of no other amount: most there are, and known at once."""


def rows_of(amount: Amount) -> tuple[Row, ...]:
    """Give the rows an amount itself is made of; nothing for other kinds."""
    if isinstance(amount, Staged):
        return amount.stages
    return amount.rows if isinstance(amount, Highest | Total | Table) else ()


def inner_amounts(amount: Amount) -> tuple[Amount, ...]:
    """Give the amounts directly inside this one."""
    if type(amount) in UNMADE:
        return ()
    match amount:
        case LessPaid(amount=inner) | PartOf(amount=inner) | Split(amount=inner):
            return (inner,)
        case StackCap(amount=inner) | FirmCap(amount=inner):
            return (inner,)
        case Pool(claim=claim):
            return () if claim is None else (claim,)
        case _:
            return tuple(row.amount for row in rows_of(amount))


def amounts_in(amount: Amount) -> tuple[Amount, ...]:
    """Give the amount and every amount inside it."""
    return (amount, *(part for inner in inner_amounts(amount) for part in amounts_in(inner)))


def rows_in(amount: Amount) -> tuple[Row, ...]:
    """Give every row inside an amount, at any depth."""
    return tuple(row for part in amounts_in(amount) for row in rows_of(part))


def gives_money(amount: Amount) -> bool:
    """Say whether any of it is money; what is none, is a price, a priority or a status."""
    return any(
        not isinstance(part, NonCash) for part in amounts_in(amount) if not inner_amounts(part)
    )


def is_pending(amount: Amount) -> bool:
    """Say whether the sum is settled only once a list of takers is closed."""
    return any(isinstance(part, Pool) for part in amounts_in(amount))
