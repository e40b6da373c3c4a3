"""The plain reference of list entries: who is, surely or possibly, on a list in the asked way."""

from datetime import date, timedelta

from matching.language.conditions import Listed
from matching.language.periods import years_before
from tests.matching.engine.plain_truth import Truth, World, every, opposite, some
from tests.matching.engine.small_world import VOCABULARY, Entry, Firm


def list_known(key: str, firm: Firm, world: World) -> bool:
    """Say whether silence means "not on it": told for this one, or the whole list known and fresh."""
    if key in firm.known:
        return True
    day = world.coverage.get(key)
    return day is not None and world.today(key) <= day + timedelta(
        days=VOCABULARY.lists[key].fresh_days
    )


def listed(leaf: Listed, firm: Firm, world: World) -> Truth:
    entries = [entry for entry in firm.entries if entry.list == leaf.list]
    window = leaf.first_in
    if leaf.first_year is not None:
        year = world.on.year + leaf.first_year
        window = date(year, 1, 1), date(year, 12, 31)
    silent = False if list_known(leaf.list, firm, world) else None
    if window is None:
        return some([silent, *(entry_passes(leaf, entry, world) for entry in entries)])
    earlier = some([every([fits(leaf, e), before(e.from_on, window[0])]) for e in entries])
    within = some(
        [
            every([fits(leaf, e), between(e.from_on, *window), not_struck_off(e, world.on)])
            for e in entries
        ]
    )
    # What nobody told may hold an earlier entry, or the first one.
    return every([some([within, silent]), opposite(some([earlier, silent]))])


def fits(leaf: Listed, entry: Entry) -> Truth:
    """Say whether an entry is of the levels and batches asked for."""
    asked = [(leaf.levels, entry.level), (leaf.batches, entry.batch)]
    return every([None if said is None else said in words for words, said in asked if words])


def not_struck_off(entry: Entry, day: date) -> bool:
    return entry.left_on is None or entry.left_on > day


def before(day: date | None, limit: date) -> Truth:
    return None if day is None else day < limit


def between(day: date | None, first: date, last: date) -> Truth:
    return None if day is None else first <= day <= last


def entry_passes(leaf: Listed, entry: Entry, world: World) -> Truth:
    began = entry.from_on
    if leaf.within_years is not None or leaf.within_months is not None:
        # Events are looked back for from the day that is said, and then no later one counts.
        from_day, last = leaf.valid_on or world.on, leaf.valid_on or world.today(leaf.list)
        oldest = years_before(from_day, leaf.within_years or 0)
        if leaf.within_months is not None:
            oldest = months_earlier(from_day, leaf.within_months)
        return every([fits(leaf, entry), between(began, oldest, last)])
    day = leaf.valid_on or world.today(leaf.list)
    tests = [fits(leaf, entry)]
    if leaf.since_by is not None:
        tests.append(between(began, date.min, leaf.since_by))
    if leaf.still or leaf.since_by is None:
        tests.append(between(began, date.min, day))
    if leaf.still:
        tests += [runs(entry, day), not_struck_off(entry, day)]
    return every(tests)


def runs(entry: Entry, day: date) -> Truth:
    """Say whether its last day, written or by the list's rule, has not passed."""
    if entry.until_on is not None:
        return entry.until_on >= day
    years = VOCABULARY.lists[entry.list].validity_years
    if years is None:
        return True
    return None if entry.from_on is None else full_years(entry.from_on, day) < years


def full_years(since: date, on: date) -> int:
    """Count full years; who began on 29 February has a full one on 1 March."""
    years = on.year - since.year
    return years if (on.month, on.day) >= (since.month, since.day) else years - 1


def months_earlier(day: date, months: int) -> date:
    """Give the same day so many months ago, or the last day of a shorter month."""
    first = day.replace(day=1)
    for _ in range(months):
        first = (first - timedelta(days=1)).replace(day=1)
    last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    return first.replace(day=min(day.day, last.day))
