"""What would turn a verdict into 符合, as codes: changes, sets of them, and how hard each is."""

from datetime import date
from typing import Literal

import msgspec

from matching.language.conditions import Condition

ChangeKind = Literal["datum", "time", "firm", "person", "fixed"]
HARDNESS: dict[ChangeKind, int] = {"datum": 0, "time": 1, "firm": 2, "person": 3, "fixed": 4}
"""Easiest first: to be told, to wait, to do something, to be judged by a person, nobody can."""
Why = Literal["used_up", "past", "closed", "given", "evidence_day", "over_by_then"]


class Change(msgspec.Struct, frozen=True, omit_defaults=True):
    """One single test that has to come out otherwise.

    test     the test; `holds`: it has to hold, else it must not.
    kind     datum: nobody knows yet; time: it comes by waiting; firm: the enterprise can change it;
             person: somebody has to judge; fixed: nobody can change it any more.
    amount   of a number, what is still lacking or too much in its stored unit (of a share or growth its
             upper figure, the lower one kept); None where no amount can be named.
    day      first day on which it will be so, or on which it can be at all; None: no day is known.
    why      of a fixed one. used_up: what may happen once has happened; past: the day asked for is over;
             closed: the period is over and its figure known; given: a fact that does not change;
             evidence_day: the day it is judged on stays; over_by_then: it comes after the item's last day.
    missing  of an unknown one, the data to be had.
    """

    test: Condition
    holds: bool
    kind: ChangeKind
    amount: int | None = None
    day: date | None = None
    why: Why | None = None
    missing: tuple[str, ...] = ()


class GapSet(msgspec.Struct, frozen=True):
    """Changes that together turn the verdict, and none of which may be left out; `kind`: its hardest."""

    changes: tuple[Change, ...]
    kind: ChangeKind


class Gaps(msgspec.Struct, frozen=True):
    """All smallest sets of changes to 符合: fewest changes first, then the easiest, those with a fixed one last.

    verdict   as it is now; where it is met already there is no set.
    sets      empty as well where nothing can make it met.
    complete  false where there were too many ways to follow all: every set is one way, others are not named,
              and a smaller one may be among them.
    """

    verdict: int
    sets: tuple[GapSet, ...] = ()
    complete: bool = True
