"""What keeps a verdict from 符合: all smallest sets of changes that would turn it."""

from collections.abc import Sequence
from datetime import date

from matching.engine.gap_change import Calendar, change_of
from matching.engine.gap_sets import Search
from matching.engine.gap_types import HARDNESS, Change, Gaps, GapSet
from matching.engine.single.single import Node, Single
from matching.engine.truth import MET
from matching.language.conditions import Condition
from matching.language.items import Item

ALWAYS = Calendar()


def gaps(condition: Condition, single: Single, on: date, calendar: Calendar = ALWAYS) -> Gaps:
    """Find the smallest sets of changes that make a condition hold, seen from an evidence day."""
    return _gaps(single.node(condition, on), single, calendar)


def item_gaps(items: Sequence[Item], single: Single, on: date) -> tuple[Gaps, ...]:
    """Find the smallest sets of changes that make each item met for one enterprise."""
    return tuple([_gaps(single.item_node(item, on), single, _calendar(item)) for item in items])


def _gaps(root: Node, single: Single, calendar: Calendar) -> Gaps:
    verdict = root.trace.verdict
    if verdict == MET:
        return Gaps(verdict)
    search = Search(root, single)
    changes: dict[int, Change] = {}
    sets: list[GapSet] = []
    for literals in search.least():
        for literal in literals:
            if literal not in changes:
                test = search.tests[literal // 2]
                changes[literal] = change_of(test, single, calendar, holds=not literal & 1)
        sets.append(_set([changes[literal] for literal in literals]))
    sets.sort(key=_ease)
    return Gaps(verdict, tuple(sets), search.complete)


def _calendar(item: Item) -> Calendar:
    """Say how long an item can be met: as long as its version is in force and decided."""
    moves = item.evidence_day is None
    days = (item.valid if moves else None, item.decided)
    ends = [span.until for span in days if span is not None and span.until is not None]
    return Calendar(moves=moves, until=min(ends, default=None))


def _set(changes: list[Change]) -> GapSet:
    changes.sort(key=_hardness)
    return GapSet(tuple(changes), changes[-1].kind)


def _hardness(change: Change) -> int:
    return HARDNESS[change.kind]


def _ease(found: GapSet) -> tuple[bool, int, list[int]]:
    """Order sets: those with a fixed change last, then fewest changes, then the easiest."""
    hardness = [HARDNESS[change.kind] for change in reversed(found.changes)]
    return found.kind == "fixed", len(found.changes), hardness
