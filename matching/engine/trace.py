"""What came of an item for one enterprise, as codes: fit to be stored, and put into words on demand."""

import msgspec

from matching.engine.truth import MET, OPEN, UNMET


class Trace(msgspec.Struct, frozen=True, omit_defaults=True, gc=False):
    """One condition and what came of it; its place in the tree is its place in the rule.

    kind      the condition's tag: "compare", "all_of", "listed" …
    verdict   code of matching.engine.truth.
    value     of a single test, what is known: a stored number, a code, yes or no, a day as 2026-03-31;
              of a score table, the points certainly had.
    limit     what the value is held against, as the rule says.
    against   the other quantity of two; of a score table, the points still possible.
    distance  what is lacking or too much, in the stored unit (of a score table, points, the parts' minimums
              counted in); None where no distance can be named.
    columns   fact columns, list keys and "paid:FAMILY" a single test reads.
    missing   those of them that are unknown and leave it open.
    points    of a score table, what each indicator surely gives and may still give, in the order of the text.
    """

    kind: str
    verdict: int
    value: int | bool | str | None = None
    limit: int | None = None
    against: int | None = None
    distance: int | None = None
    columns: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    parts: tuple["Trace", ...] = ()
    points: tuple[tuple[int, int], ...] = ()


class ItemTrace(msgspec.Struct, frozen=True, omit_defaults=True):
    """One item for one enterprise; read together with the version of the item and the day it was decided.

    low_cents, high_cents  what it would give; high None: no upper end known.
    amount_missing         data that leave the amount open.
    """

    item_id: str
    verdict: int
    trace: Trace
    low_cents: int
    high_cents: int | None
    missing: tuple[str, ...] = ()
    amount_missing: tuple[str, ...] = ()


def missing_in(trace: Trace) -> tuple[str, ...]:
    """Name the data that leave a verdict open, in alphabetical order; nothing where it is not open."""
    return tuple(sorted(_missing(trace)))


def _missing(trace: Trace) -> set[str]:
    if trace.verdict != OPEN:
        return set()
    names = set(trace.missing)
    for part in _deciding(trace):
        if part.verdict == OPEN:
            names |= _missing(part)
    return names


def _deciding(trace: Trace) -> tuple[Trace, ...]:
    """Leave out the branches that surely do not apply: what they lack is not missing."""
    parts = trace.parts
    if trace.kind != "branches":
        return parts
    deciding: list[Trace] = []
    for when, then in zip(parts[::2], parts[1::2], strict=False):
        deciding += (when,) if when.verdict == UNMET else (when, then)
        if when.verdict == MET:
            return tuple(deciding)
    return (*deciding, *(parts[-1:] if len(parts) % 2 else ()))


def columns_in(trace: Trace) -> tuple[str, ...]:
    """Name the data everything in it reads, in the order of the text."""
    if not trace.parts:
        return trace.columns
    return tuple(dict.fromkeys(name for part in trace.parts for name in columns_in(part)))
