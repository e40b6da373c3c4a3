"""List entries of one enterprise as a truth: it is, surely or possibly, on a list in the asked way."""

from datetime import date

from matching.engine.single.known import Entry, Known
from matching.engine.single.truths import Truth, all_true, any_true, negated
from matching.language.conditions import Listed
from matching.language.periods import months_before, years_before


def listed_truth(condition: Listed, known: Known, on: date, today: date) -> Truth:
    """Decide a list condition.

    on     the evidence day.
    today  what the list is held against: the day of the run for a negative one, else the evidence day.
    """
    silent = known.silence(condition.list, today)
    return entries_truth(condition, known, silent, on, today)


def paid_truth(family: str, known: Known) -> Truth:
    """Say whether an award of the family was ever paid."""
    return True if known.awards.get(family) else known.paid_silence(family)


def entries_truth(condition: Listed, known: Known, silent: Truth, on: date, today: date) -> Truth:
    """Decide a list condition, what silence means being known."""
    entries = known.entries.get(condition.list, ())
    if not entries:
        return silent
    first = first_days(condition, on)
    if first is not None:
        return _first_ever(condition, entries, first, silent, on)
    years = known.vocabulary.lists[condition.list].validity_years
    found = [_passes(condition, entry, years, on, today) for entry in entries]
    return any_true((silent, *found))


def first_days(condition: Listed, on: date) -> tuple[date, date] | None:
    """Give the days within which the very first entry must have begun; None: that is not asked."""
    if condition.first_in is not None:
        return condition.first_in
    if condition.first_year is not None:
        year = on.year + condition.first_year
        return date(year, 1, 1), date(year, 12, 31)
    return None


def looked_back_to(condition: Listed, day: date) -> date | None:
    """Give the first day of a look-back from that day; None where none is asked for."""
    if condition.within_years is not None:
        return years_before(day, condition.within_years)
    if condition.within_months is not None:
        return months_before(day, condition.within_months)
    return None


def fits(condition: Listed, entry: Entry) -> Truth:
    """Say whether an entry is of the levels and batches asked for; None where nobody told."""
    truth: Truth = True
    for wanted, said in ((condition.levels, entry.level), (condition.batches, entry.batch)):
        if wanted and said is not None and said not in wanted:
            return False
        if wanted and said is None:
            truth = None
    return truth


def _first_ever(
    condition: Listed,
    entries: tuple[Entry, ...],
    days: tuple[date, date],
    silent: Truth,
    on: date,
) -> Truth:
    """Find the first one within the days; that none is earlier is known only where the whole list is."""
    within = any_true(
        all_true((fits(condition, entry), _between(entry.from_on, *days), _stands(entry, on)))
        for entry in entries
    )
    earlier = any_true(
        all_true((fits(condition, entry), _before(entry.from_on, days[0]))) for entry in entries
    )
    if silent is None:
        return False if earlier else None
    return all_true((within, negated(earlier)))


def _passes(condition: Listed, entry: Entry, years: int | None, on: date, today: date) -> Truth:
    """Hold one entry against the days asked for.

    Without a removal day it stands, without a last day it runs as its list says.
    """
    began, day = entry.from_on, condition.valid_on or today
    oldest = looked_back_to(condition, condition.valid_on or on)
    if oldest is not None:
        return all_true((fits(condition, entry), _between(began, oldest, day)))
    tests = [fits(condition, entry)]
    if condition.since_by is not None:
        tests.append(_until(began, condition.since_by))
    if condition.still or condition.since_by is None:
        tests.append(_until(began, day))
    if condition.still:
        tests += [_runs(entry, years, day), _stands(entry, day)]
    return all_true(tests)


def _runs(entry: Entry, years: int | None, day: date) -> Truth:
    if entry.until_on is not None:
        return entry.until_on >= day
    if years is None:
        return True
    return None if entry.from_on is None else entry.from_on > years_before(day, years)


def _stands(entry: Entry, day: date) -> bool:
    return entry.left_on is None or entry.left_on > day


def _until(day: date | None, last: date) -> Truth:
    return None if day is None else day <= last


def _before(day: date | None, first: date) -> Truth:
    return None if day is None else day < first


def _between(day: date | None, first: date, last: date) -> Truth:
    return None if day is None else first <= day <= last
