"""Why: for one enterprise and an item, the tree of its conditions with what was compared.

`traces` gives it as codes, to be stored; `explain` and `in_words` put them into words when somebody reads.
"""

from collections.abc import Sequence
from datetime import date

import msgspec

from matching.engine.ground import Ground
from matching.engine.match import payable, whole_condition
from matching.engine.single.pay import amount_range
from matching.engine.single.single import Single
from matching.engine.trace import ItemTrace, Trace, columns_in, missing_in
from matching.engine.truth import MET, OPEN, UNMET
from matching.language.conditions import Condition, Negate, opened, parts_of
from matching.language.figures import distance_in_words, value_in_words
from matching.language.items import Item
from matching.language.needs import columns_of_amount
from matching.language.vocabulary import Vocabulary
from matching.language.wording import Words


class Reason(msgspec.Struct, frozen=True, kw_only=True):
    """One condition and what came of it, in words.

    kind      the condition's tag: "compare", "all_of", "listed" …
    sentence  the condition in plain Chinese.
    verdict   code of matching.engine.truth.
    value     what is known, in words; None: nothing is.
    distance  how far from the limit, in words; None where no distance can be named.
    columns   fact columns, list keys and "paid:FAMILY" it reads.
    missing   those of them that are unknown and leave the verdict open.
    """

    kind: str
    sentence: str
    verdict: int
    value: str | None = None
    distance: str | None = None
    columns: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    parts: tuple["Reason", ...] = ()


class Explanation(msgspec.Struct, frozen=True, kw_only=True):
    """One item for one enterprise, in words.

    low_cents, high_cents  what it would give; high None: no upper end known.
    missing                data that leave the verdict open; `amount_missing`: that leave the amount open.
    entitles               met, and the item may be paid on without anybody's further word.
    held_back              why a met item is no entitlement; empty where it is one.
    """

    item_id: str
    verdict: int
    reason: Reason
    low_cents: int
    high_cents: int | None
    missing: tuple[str, ...]
    amount_missing: tuple[str, ...]
    entitles: bool
    held_back: str


def explain(items: Sequence[Item], judged_on: Ground | Single, on: date) -> tuple[Explanation, ...]:
    """Explain items for the one enterprise of a ground, in words."""
    single = judged_on if isinstance(judged_on, Single) else single_of(judged_on)
    return tuple(
        in_words(item, traced, single.vocabulary, single.definitions, on)
        for item, traced in zip(items, traces(items, single, on), strict=True)
    )


def single_of(ground: Ground) -> Single:
    """Give the first enterprise of a ground."""
    return Single(ground.population, ground.vocabulary, ground.definitions, ground.run_day)


def traces(items: Sequence[Item], single: Single, on: date) -> tuple[ItemTrace, ...]:
    """Decide and explain items for one enterprise, as codes."""
    return tuple([_item_trace(item, single, on) for item in items])


def _item_trace(item: Item, single: Single, on: date) -> ItemTrace:
    day = item.evidence(on)
    trace = single.item_node(item, on).trace
    low, high = amount_range(item.amount, single, day)
    verdict = trace.verdict
    amount_missing: tuple[str, ...] = ()
    if low != high and verdict != UNMET:
        amount_missing = single.known.unknown(
            columns_of_amount(item.amount, day, single.definitions)
        )
    missing = missing_in(trace) if verdict == OPEN else ()
    return ItemTrace(item.id, verdict, trace, low, high, missing, amount_missing)


def in_words(
    item: Item,
    traced: ItemTrace,
    vocabulary: Vocabulary,
    definitions: dict[str, Condition],
    on: date,
) -> Explanation:
    """Put a stored trace into words, beside the version of the item it was made of."""
    words = Words(vocabulary, definitions, item.evidence(on))
    may = payable(item, on)
    met = traced.verdict == MET
    return Explanation(
        item_id=item.id,
        verdict=traced.verdict,
        reason=reason_of(whole_condition(item, vocabulary.places.root), traced.trace, words),
        low_cents=traced.low_cents,
        high_cents=traced.high_cents,
        missing=traced.missing,
        amount_missing=traced.amount_missing,
        entitles=met and may.allowed,
        held_back=may.reason if met else "",
    )


def reason_of(condition: Condition, trace: Trace, words: Words) -> Reason:
    """Put what came of a condition into words."""
    meant = opened(condition, words.definitions)
    parts = tuple(
        reason_of(part, inner, words)
        for part, inner in zip(parts_of(meant), trace.parts, strict=True)
    )
    sentence = words.condition(condition)
    if isinstance(meant, Negate) and condition.label is None:
        sentence = f"不属于：{parts[0].sentence}"
    return Reason(
        kind=trace.kind,
        sentence=sentence,
        verdict=trace.verdict,
        value=value_in_words(meant, trace.value, trace.against, words),
        distance=distance_in_words(meant, trace.distance, words),
        columns=columns_in(trace),
        missing=missing_in(trace),
        parts=parts,
    )
