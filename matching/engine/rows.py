"""Which line of a "highest only" an enterprise gets, and which it holds and gets nothing for."""

from datetime import date

import msgspec
import polars as pl

from matching.engine.ground import Ground
from matching.engine.pay import amount_range
from matching.language.amounts import (
    Amount,
    FirmCap,
    Highest,
    LessPaid,
    Row,
    Split,
    StackCap,
)
from matching.language.items import Item


class RowOption(msgspec.Struct, frozen=True, kw_only=True):
    """One line that holds or may.

    holds  None: a datum is missing.
    taken  True: it is what is given; False: another line surely gives as much or more; None: it cannot be told.
    """

    row: Row
    holds: bool | None
    low_cents: int
    high_cents: int | None
    taken: bool | None = None


def row_options(item: Item, ground: Ground, on: date) -> tuple[RowOption, ...]:
    """Give the lines of a "highest only" that hold or may, for the one enterprise of a ground; else nothing."""
    highest = _inner(item.amount)
    if not isinstance(highest, Highest):
        return ()
    day = item.evidence(on)
    asked: list[pl.Expr] = []
    for place, row in enumerate(highest.rows):
        low, high = amount_range(row.amount, ground, day)
        always = pl.lit(value=True)
        holds = always if row.when is None else ground.truth(row.when, day)
        asked += [
            low.alias(f"low:{place}"),
            high.alias(f"high:{place}"),
            holds.alias(f"holds:{place}"),
        ]
    answers = ground.facts_and_tests().select("enterprise_id", *asked).row(0, named=True)
    options = [
        RowOption(
            row=row,
            holds=answers[f"holds:{place}"],
            low_cents=answers[f"low:{place}"],
            high_cents=answers[f"high:{place}"],
        )
        for place, row in enumerate(highest.rows)
        if answers[f"holds:{place}"] is not False
    ]
    return tuple(
        msgspec.structs.replace(one, taken=_taken(place, options))
        for place, one in enumerate(options)
    )


def _inner(amount: Amount) -> Amount:
    """Give what stands inside caps, splits and differences."""
    if isinstance(amount, LessPaid | Split | StackCap | FirmCap):
        return _inner(amount.amount)
    return amount


def _taken(place: int, options: list[RowOption]) -> bool | None:
    """Hold a line against the others; of lines that give the same the first is taken."""
    others = [(other < place, one) for other, one in enumerate(options) if other != place]
    if any(_beats(one, options[place], first=first) for first, one in others):
        return False
    sure = options[place].holds is True
    if sure and all(_beats(options[place], one, first=not first) for first, one in others):
        return True
    return None


def _beats(one: RowOption, two: RowOption, *, first: bool) -> bool:
    """Say that a line surely gives more than another, or as much and stands before it."""
    if one.holds is not True or two.high_cents is None:
        return False
    return one.low_cents >= two.high_cents if first else one.low_cents > two.high_cents
