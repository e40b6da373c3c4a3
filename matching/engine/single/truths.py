"""Three-valued truth of one enterprise: True, False, and None for "not known"."""

from collections.abc import Iterable

from matching.language.conditions import Operator

Truth = bool | None

MAY_FAIL, MAY_HOLD, MAY_OPEN = 1, 2, 4
"""What a condition may become under some answers to its judgements, as bits of one number."""

OUTCOME: dict[Truth, int] = {False: MAY_FAIL, True: MAY_HOLD, None: MAY_OPEN}


def negated(truth: Truth) -> Truth:
    """Turn true and false around; unknown stays unknown."""
    return None if truth is None else not truth


def all_true(truths: Iterable[Truth]) -> Truth:
    """One false settles it; without one, a single unknown leaves it open."""
    found: Truth = True
    for truth in truths:
        if truth is False:
            return False
        if truth is None:
            found = None
    return found


def any_true(truths: Iterable[Truth]) -> Truth:
    """One true settles it; without one, a single unknown leaves it open."""
    found: Truth = False
    for truth in truths:
        if truth is True:
            return True
        if truth is None:
            found = None
    return found


def enough_true(truths: list[Truth], at_least: int) -> Truth:
    """Enough certain ones settle it, too few possible ones too; between the two it is open."""
    certain = truths.count(True)
    if certain >= at_least:
        return True
    return False if certain + truths.count(None) < at_least else None


def compared(left: int, operator: Operator, right: int) -> bool:
    """Compare two whole numbers."""
    match operator:
        case "at_least":
            return left >= right
        case "at_most":
            return left <= right
        case "more_than":
            return left > right
        case "less_than":
            return left < right


def outcomes_negated(part: int) -> int:
    """Swap what makes it hold and what makes it fail."""
    return part & MAY_OPEN | (part & MAY_FAIL) << 1 | (part & MAY_HOLD) >> 1


def outcomes_asked(part: int) -> int:
    """Let a person say what is left open for want of a datum."""
    return MAY_HOLD | MAY_FAIL if part & MAY_OPEN else part


def outcomes_of_all(parts: Iterable[int]) -> int:
    """Put together the outcomes of parts each of which must hold; their judgements are independent."""
    found = MAY_HOLD
    for part in parts:
        fails = (found | part) & MAY_FAIL
        holds = found & part & MAY_HOLD
        opens = (found & MAY_OPEN and part & (MAY_OPEN | MAY_HOLD)) or (
            found & MAY_HOLD and part & MAY_OPEN
        )
        found = fails | holds | (MAY_OPEN if opens else 0)
    return found


def outcomes_of_any(parts: Iterable[int]) -> int:
    """Put together the outcomes of parts one of which must hold."""
    return outcomes_negated(outcomes_of_all(outcomes_negated(part) for part in parts))


def outcomes_of_count(parts: list[int], at_least: int) -> int:
    """Put together the outcomes of parts of which so many must hold."""
    sure = parts.count(MAY_HOLD)
    either = parts.count(MAY_HOLD | MAY_FAIL)
    opened = sum(1 for part in parts if part & MAY_OPEN)
    found = 0
    if sum(1 for part in parts if part & MAY_HOLD) >= at_least:
        found |= MAY_HOLD
    if sum(1 for part in parts if not part & MAY_FAIL) < at_least:
        found |= MAY_FAIL
    # Every part that may be open is left open: then it is possible without being certain.
    if opened and sure < at_least <= opened + sure + either:
        found |= MAY_OPEN
    return found


def outcomes_chosen(when: int, then: int, otherwise: int) -> int:
    """Put together a choice: each answer to the first leads to one of the others, or to what both say."""
    found = 0
    if when & MAY_HOLD:
        found |= then
    if when & MAY_FAIL:
        found |= otherwise
    if when & MAY_OPEN:
        found |= then & otherwise
        either = then | otherwise
        if either & MAY_OPEN or (either & MAY_HOLD and either & MAY_FAIL):
            found |= MAY_OPEN
    return found
