"""The plain reference's world and its three truths: True, False, and None for "not known"."""

from datetime import date

import msgspec

from matching.language.conditions import Condition
from tests.matching.engine.small_world import VOCABULARY

Truth = bool | None


class World(msgspec.Struct, frozen=True):
    """What holds for every enterprise: covered lists, named conditions, the evidence day.

    run_day  negative lists are judged on it as well, whatever the evidence day; None: on that day alone.
    """

    on: date
    coverage: dict[str, date] = {}
    definitions: dict[str, Condition] = {}
    run_day: date | None = None

    def today(self, key: str) -> date:
        """Give the day up to which entries of a list count."""
        negative = VOCABULARY.lists[key].kind == "negative"
        return self.run_day if negative and self.run_day is not None else self.on


def every(truths: list[Truth]) -> Truth:
    if False in truths:
        return False
    return None if None in truths else True


def some(truths: list[Truth]) -> Truth:
    if True in truths:
        return True
    return None if None in truths else False


def opposite(found: Truth) -> Truth:
    return None if found is None else not found


def enough(truths: list[Truth], least: int) -> Truth:
    if truths.count(True) >= least:
        return True
    return False if truths.count(True) + truths.count(None) < least else None
