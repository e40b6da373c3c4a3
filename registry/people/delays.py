"""How long somebody who guessed wrong waits. No database, no clock.

Counted per name and origin, where an origin is a browser that has signed in to that account before, or else
an address: whoever guesses at somebody's account delays himself, not its owner.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from registry.sign_in_rules import SignInRules

REMEMBERED = timedelta(days=1)
"""Failures longer ago count no more."""


def open_again_at(
    failures: Sequence[datetime], rules: SignInRules, free: int | None = None
) -> datetime | None:
    """Give the moment from which the next attempt is taken; None: at once.

    failures  those since the last success, in any order. free: how many go without delay; None: as the rules
              have it for one name.
    """
    over = len(failures) - (rules.free_failures if free is None else free)
    if over < 0:
        return None
    # Doubled at most so often that the number stays small; the longest delay is reached long before.
    seconds = min(rules.delay_seconds * 2 ** min(over, 32), rules.longest_delay_seconds)
    return max(failures) + timedelta(seconds=seconds)
