"""Walking through a rule as it is written: each part with its place in the file."""

from collections.abc import Iterator

import msgspec

from matching.language.amounts import (
    Amount,
    FirmCap,
    Highest,
    LessPaid,
    PartOf,
    Pool,
    Row,
    Split,
    StackCap,
    Staged,
    Table,
    Total,
)
from matching.language.conditions import (
    AllOf,
    AnyOf,
    Branches,
    Condition,
    CountOf,
    Negate,
    PersonWhereUnknown,
    Score,
)


class Placed(msgspec.Struct, frozen=True):
    """A condition and where it stands."""

    condition: Condition
    where: str


class PlacedRow(msgspec.Struct, frozen=True):
    """A row of an amount, where it stands, and under which conditions it is looked at.

    outer    conditions of the rows around it.
    earlier  conditions of the rows before it that would be taken instead; None among them: always.
    """

    row: Row
    where: str
    outer: tuple[Condition, ...]
    earlier: tuple[Condition | None, ...]


def parts_at(condition: Condition, where: str) -> tuple[Placed, ...]:
    """Give the conditions directly inside one that are written there; a definition has none."""
    match condition:
        case AllOf(parts=parts):
            return _listed(parts, f"{where}.all_of")
        case AnyOf(parts=parts):
            return _listed(parts, f"{where}.any_of")
        case CountOf(parts=parts):
            return _listed(parts, f"{where}.of")
        case Negate(part=part):
            return (Placed(part, f"{where}.negate"),)
        case PersonWhereUnknown(part=part):
            return (Placed(part, f"{where}.person_where_unknown"),)
        case Branches(cases=cases, otherwise=otherwise):
            whens = [
                Placed(case.when, f"{where}.branches[{n}].when") for n, case in enumerate(cases)
            ]
            thens = [
                Placed(case.then, f"{where}.branches[{n}].then") for n, case in enumerate(cases)
            ]
            last = [Placed(otherwise, f"{where}.otherwise")] if otherwise is not None else []
            return (*whens, *thens, *last)
        case Score(parts=parts):
            return tuple(
                Placed(row.when, f"{where}.score[{p}].indicators[{i}].rows[{r}].when")
                for p, part in enumerate(parts)
                for i, indicator in enumerate(part.indicators)
                for r, row in enumerate(indicator.rows)
                if row.when is not None
            )
        case _:
            return ()


def all_at(condition: Condition, where: str) -> Iterator[Placed]:
    """Give a condition and everything written inside it, at any depth."""
    yield Placed(condition, where)
    for part in parts_at(condition, where):
        yield from all_at(part.condition, part.where)


def rows_at(amount: Amount, where: str, outer: tuple[Condition, ...] = ()) -> Iterator[PlacedRow]:
    """Give every row of an amount, at any depth."""
    match amount:
        case Highest(rows=rows):
            yield from _rows(rows, f"{where}.highest", outer, ordered=False)
        case Total(rows=rows):
            yield from _rows(rows, f"{where}.total", outer, ordered=False)
        case Table(rows=rows):
            yield from _rows(rows, f"{where}.table", outer, ordered=True)
        case Staged(stages=rows):
            yield from _rows(rows, f"{where}.staged.stages", outer, ordered=False)
        case LessPaid(amount=inner) | PartOf(amount=inner):
            yield from rows_at(inner, f"{where}.amount", outer)
        case Split(amount=inner):
            yield from rows_at(inner, f"{where}.split.amount", outer)
        case StackCap(amount=inner):
            yield from rows_at(inner, f"{where}.stack_cap.amount", outer)
        case FirmCap(amount=inner):
            yield from rows_at(inner, f"{where}.firm_cap.amount", outer)
        case Pool(claim=inner) if inner is not None:
            yield from rows_at(inner, f"{where}.claim", outer)
        case _:
            return


def _listed(parts: tuple[Condition, ...], where: str) -> tuple[Placed, ...]:
    return tuple(Placed(part, f"{where}[{place}]") for place, part in enumerate(parts))


def _rows(
    rows: tuple[Row, ...], where: str, outer: tuple[Condition, ...], *, ordered: bool
) -> Iterator[PlacedRow]:
    for place, row in enumerate(rows):
        at = f"{where}[{place}]"
        earlier = tuple(before.when for before in rows[:place]) if ordered else ()
        yield PlacedRow(row, at, outer, earlier)
        inside = (*outer, row.when) if row.when is not None else outer
        yield from rows_at(row.amount, at, inside)
