"""Figures derived from the records of one enterprise."""

from datetime import date

from matching.engine.single.known import Cell, Known
from matching.engine.single.truths import Truth, all_true, any_true
from matching.engine.whole import NARROW
from matching.language.periods import years_before
from matching.language.records import Derived, RowTest

Row = dict[str, Cell | None]


def derived_number(derived: Derived, known: Known, on: date) -> int | None:
    """Give the figure, as `Derived` says; None where it is not known."""
    if not known.complete(derived.ledger):
        return None
    rows = known.records.get(derived.ledger, ())
    passes = [all_true(_row_truth(test, row, on) for test in derived.where) for row in rows]
    if None in passes:
        return None
    kept = [row for row, passed in zip(rows, passes, strict=True) if passed]
    if derived.total is None:
        return len(kept)
    cents = [cell for row in kept if isinstance(cell := row[derived.total], int)]
    total = sum(cents)
    return total if len(cents) == len(kept) and abs(total) <= NARROW else None


def _row_truth(test: RowTest, row: Row, on: date) -> Truth:
    cell = row[test.field]
    truth = None if cell is None else _cell_truth(test, cell, on)
    if test.or_ is None:
        return truth
    return any_true((truth, _row_truth(test.or_, row, on)))


def _cell_truth(test: RowTest, cell: Cell, on: date) -> Truth:
    if isinstance(cell, date):
        return _day_truth(test, cell, on)
    if isinstance(cell, bool):
        return cell is test.is_
    if isinstance(cell, str):
        return cell in (test.one_of or ())
    if test.at_least is not None:
        return cell >= test.at_least
    return test.at_most is not None and cell <= test.at_most


def _day_truth(test: RowTest, day: date, on: date) -> Truth:
    if test.within_years is not None:
        return years_before(on, test.within_years) <= day <= on
    if test.at_least_years_ago is not None:
        return day <= years_before(on, test.at_least_years_ago)
    return test.more_than_years_ago is not None and day < years_before(on, test.more_than_years_ago)
