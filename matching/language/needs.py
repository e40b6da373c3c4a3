"""Which data a condition or an amount reads: fact columns, list keys, "paid:FAMILY", "relations", "uses"."""

from datetime import date

from matching.language.amounts import (
    Amount,
    AsPaid,
    FirmCap,
    Interest,
    LessPaid,
    PerPoint,
    PerStep,
    PerUnit,
    ShareOf,
    StackCap,
    Staged,
    amounts_in,
    rows_in,
)
from matching.language.conditions import (
    Compare,
    CompareTwo,
    Condition,
    Dated,
    FirstOver,
    Flag,
    Growth,
    Listed,
    OneOf,
    Paid,
    RelatedHas,
    Share,
    YearsSince,
    opened,
    parts_of,
)
from matching.language.quantities import absolute_period
from matching.language.vocabulary import column_name


def columns_of(
    condition: Condition, on: date, definitions: dict[str, Condition]
) -> tuple[str, ...]:
    """Name the data a condition reads, seen from the evidence day, in the order of the text."""
    meant = opened(condition, definitions)
    inner = [name for part in parts_of(meant) for name in columns_of(part, on, definitions)]
    return tuple(dict.fromkeys([*inner, *_of_test(meant, on)]))


def columns_of_amount(
    amount: Amount, on: date, definitions: dict[str, Condition]
) -> tuple[str, ...]:
    """Name the data an amount reads."""
    names = [name for part in amounts_in(amount) for name in _of_amount(part, on)]
    for row in rows_in(amount):
        if row.when is not None:
            names += columns_of(row.when, on, definitions)
    return tuple(dict.fromkeys(names))


def _of_amount(amount: Amount, on: date) -> tuple[str, ...]:
    """Name the data one kind reads, without what the amounts inside it do."""
    match amount:
        case ShareOf(base=base) | PerUnit(base=base) | PerStep(base=base):
            return base.columns(on)
        case PerPoint(growth=growth):
            return (*growth.now.columns(on), *growth.before.columns(on))
        case Interest(principal=base, rate=other) | StackCap(cost=base, aid=other):
            besides = amount.besides if isinstance(amount, StackCap) else ()
            read = (*base.columns(on), *(other.columns(on) if other is not None else ()))
            return (*read, *(f"paid:{family}" for family in besides))
        case LessPaid(family=family) | Staged(family=family) | AsPaid(family=family):
            return (f"paid:{family}",)
        case FirmCap(families=families):
            return tuple(f"paid:{family}" for family in families)
        case _:
            return ()


def _of_test(leaf: Condition, on: date) -> tuple[str, ...]:
    match leaf:
        case Compare(quantity=quantity):
            return quantity.columns(on)
        case CompareTwo(quantity=one, other=two) | Share(part=one, whole=two):
            return (*one.columns(on), *two.columns(on))
        case Growth(now=now, before=before, through=through):
            between = () if through is None else through.columns(on)
            return (*now.columns(on), *between, *before.columns(on))
        case FirstOver(fact=fact, period=period, since=since):
            last = int(absolute_period(period, on) or on.year)
            return (*(f"{fact}@{year}" for year in range(since, last + 1)), "registered_on")
        case (
            Dated(fact=fact, period=period)
            | OneOf(fact=fact, period=period)
            | Flag(fact=fact, period=period)
        ):
            return (column_name(fact, absolute_period(period, on)),)
        case YearsSince(fact=fact):
            return (fact,)
        case Listed(list=key):
            return (key,)
        case Paid(family=family):
            return (f"paid:{family}",)
        case RelatedHas(condition=inner):
            return ("relations", *_of_test(inner, on))
        case _:
            return ()
