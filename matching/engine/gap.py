"""What keeps a verdict from 符合: all smallest sets of changes that would turn it."""

from collections.abc import Sequence
from datetime import date

from matching.engine.gap_change import Calendar, change_of
from matching.engine.gap_sets import Search
from matching.engine.gap_types import HARDNESS, Change, Gaps, GapSet
from matching.engine.match import whole_condition
from matching.engine.single.single import Single
from matching.engine.truth import MET
from matching.language.conditions import Condition
from matching.language.items import Item

ALWAYS = Calendar()


def gaps(condition: Condition, single: Single, on: date, calendar: Calendar = ALWAYS) -> Gaps:
    """Find the smallest sets of changes that make a condition hold, seen from an evidence day."""
    root = single.node(condition, on)
    verdict = root.trace.verdict
    if verdict == MET:
        return Gaps(verdict)
    search = Search(root, single)
    least = search.least()
    changes: dict[int, Change] = {}
    for literal in {literal for literals in least for literal in literals}:
        test = search.tests[literal // 2]
        changes[literal] = change_of(test, single, calendar, holds=not literal & 1)
    sets = [_set([changes[each] for each in literals]) for literals in least]
    return Gaps(verdict, tuple(sorted(sets, key=_ease)), search.complete)


def item_gaps(items: Sequence[Item], single: Single, on: date) -> tuple[Gaps, ...]:
    """Find the smallest sets of changes that make each item met for one enterprise."""
    nation = single.vocabulary.places.root
    return tuple(
        [
            gaps(whole_condition(item, nation), single, item.evidence(on), _calendar(item))
            for item in items
        ]
    )


def _calendar(item: Item) -> Calendar:
    """Say how long an item can be met: as long as its version is in force and decided."""
    moves = item.evidence_day is None
    days = (item.valid if moves else None, item.decided)
    ends = [span.until for span in days if span is not None and span.until is not None]
    return Calendar(moves=moves, until=min(ends, default=None))


def _set(changes: Sequence[Change]) -> GapSet:
    hardest = max(changes, key=lambda change: HARDNESS[change.kind])
    return GapSet(tuple(sorted(changes, key=lambda change: HARDNESS[change.kind])), hardest.kind)


def _ease(found: GapSet) -> tuple[bool, int, list[int]]:
    """Order sets: those with a fixed change last, then fewest changes, then the easiest."""
    hardness = sorted((HARDNESS[change.kind] for change in found.changes), reverse=True)
    return found.kind == "fixed", len(found.changes), hardness
