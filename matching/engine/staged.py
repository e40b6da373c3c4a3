"""Columns computed once the tests are there: dear conditions, and only on the rows that depend on them.

A score table beside cheap conditions matters on those rows alone on which none of these is false: few, as a rule.
"""

from collections.abc import Iterable
from functools import lru_cache

import msgspec
import polars as pl

FEW = 25
"""Fetching one row in so many costs as much as passing over all; three-valued columns are packed bits."""

SHARED_ONLY = pl.QueryOptFlags.none(comm_subexpr_elim=True)
"""Sums of points are read several times in one expression; nothing else in such a query can be made better."""


class Staged(msgspec.Struct, frozen=True):
    """A column to be computed from others.

    guard  what holds on the rows that matter; elsewhere the column is false. None: all rows matter.
    """

    name: str
    expr: pl.Expr
    guard: pl.Expr | None = None

    def reads(self) -> set[str]:
        """Name the columns it is computed from."""
        guard = [] if self.guard is None else self.guard.meta.root_names()
        return {*self.expr.meta.root_names(), *guard}


def with_staged(frame: pl.DataFrame, waiting: Iterable[Staged]) -> pl.DataFrame:
    """Add columns in the order asked for; each may read those before it."""
    left = list(waiting)
    while left:
        later = {one.name for one in left}
        ready = [one for one in left if later.isdisjoint(one.reads())]
        frame = _with_columns(frame, ready)
        left = [one for one in left if not later.isdisjoint(one.reads())]
    return frame


def places(mask: pl.Series) -> pl.Series:
    """Give the rows where it is true; `arg_true` takes several times as long."""
    return _counted(len(mask)).filter(mask)


@lru_cache(maxsize=2)
def _counted(rows: int) -> pl.Series:
    """Give the places of so many rows: the same for every mask of a population."""
    return pl.int_range(rows, dtype=pl.UInt32, eager=True)


def where(frame: pl.DataFrame, mask: pl.Series) -> pl.DataFrame:
    """Give the rows of a frame on which a mask is true: fetched one by one only where they are few."""
    rows = places(mask)
    return frame[rows] if len(rows) * FEW < frame.height else frame.filter(mask)


def at(frame: pl.DataFrame, rows: pl.Series) -> pl.DataFrame:
    """Give some rows of a frame by their ascending places."""
    if len(rows) * FEW < frame.height:
        return frame[rows]
    return frame.filter(nobody(frame.height).scatter(rows, values=True))


def nobody(rows: int) -> pl.Series:
    """Give a mask of so many rows that is true nowhere."""
    return pl.Series([False]).new_from_index(0, rows)


def _with_columns(frame: pl.DataFrame, ready: list[Staged]) -> pl.DataFrame:
    guards = {one.name: one.guard for one in ready if one.guard is not None}
    found = frame.select(
        "enterprise_id",
        *(guard.alias(name) for name, guard in guards.items()),
        *(one.expr.alias(one.name) for one in ready if one.guard is None),
    ).drop("enterprise_id")
    guarded = [one for one in ready if one.guard is not None]
    masks = [found[one.name].ne_missing(other=False) for one in guarded]
    said = pl.collect_all(
        (_where(frame, mask, one.expr) for one, mask in zip(guarded, masks, strict=True)),
        optimizations=SHARED_ONLY,
    )
    settled = [
        _settled(found[one.name], mask, answer["said"]).alias(one.name)
        for one, mask, answer in zip(guarded, masks, said, strict=True)
    ]
    return frame.hstack(found.with_columns(settled).get_columns())


def _settled(guard: pl.Series, mask: pl.Series, said: pl.Series) -> pl.Series:
    """Put what was said in place of the guard, which is not false there."""
    # A copy: scatter changes the series it is called on.
    return guard.clone().scatter(places(mask), guard.filter(mask) & said)


def _where(frame: pl.DataFrame, mask: pl.Series, expr: pl.Expr) -> pl.LazyFrame:
    names = dict.fromkeys(("enterprise_id", *expr.meta.root_names()))
    return where(frame.select(*names), mask).lazy().select("enterprise_id", expr.alias("said"))
