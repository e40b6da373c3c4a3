"""Why: for one enterprise and an item, the tree of its conditions with what was compared.

The same expressions as the columns, computed over one row; nothing is decided a second time.
"""

from collections.abc import Sequence
from datetime import date

import msgspec
import polars as pl

from matching.engine.distance import figures_of
from matching.engine.ground import Ground
from matching.engine.match import payable, whole_condition
from matching.engine.pay import amount_range
from matching.engine.related import related_missing
from matching.engine.truth import MET, OPEN, UNMET
from matching.language.conditions import (
    Branches,
    Condition,
    Listed,
    Negate,
    Paid,
    RelatedHas,
    opened,
    parts_of,
)
from matching.language.figures import distance_in_words, value_in_words
from matching.language.items import Item
from matching.language.needs import columns_of, columns_of_amount
from matching.language.wording import Words

Answers = dict[str, object]


class Reason(msgspec.Struct, frozen=True, kw_only=True):
    """One condition and what came of it.

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
    """One item for one enterprise.

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


class _Node(msgspec.Struct, frozen=True):
    """A condition and where its answers stand in the row."""

    condition: Condition
    name: str
    parts: tuple["_Node", ...]


class _Asking:
    """Collects what has to be computed; a condition that stands in many items is asked about once."""

    def __init__(self, ground: Ground) -> None:
        self.ground = ground
        self.asked: list[pl.Expr] = []
        self._nodes: dict[tuple[Condition, date], _Node] = {}

    def node(self, condition: Condition, on: date) -> _Node:
        """Ask for the verdict of a condition, of everything in it, and for the figures of its tests."""
        known = self._nodes.get((condition, on))
        if known is not None:
            return known
        name = f"node:{len(self.asked)}"
        self.asked.append(self.ground.verdict(condition, on).alias(name))
        meant = opened(condition, self.ground.definitions)
        parts = tuple(self.node(part, on) for part in parts_of(meant))
        if not parts:
            figures = figures_of(meant, on, self.ground)
            self.asked += [figure.alias(f"{name}:{role}") for role, figure in figures.items()]
        node = _Node(condition, name, parts)
        self._nodes[condition, on] = node
        return node


class _Told:
    """What is known of the one enterprise, to name what is not."""

    def __init__(self, ground: Ground, words: Words) -> None:
        self.definitions = ground.definitions
        self.words = words
        self.ground = ground
        self._facts = ground.population.frame.row(0, named=True)
        own = ground.population.known.filter(enterprise_id=self._facts["enterprise_id"])
        self._known = {*ground.population.coverage, *own["list"].to_list()}

    def unknown(self, columns: tuple[str, ...]) -> tuple[str, ...]:
        """Give the columns and lists about which nothing is known."""
        return tuple(name for name in columns if not self._is_told(name))

    def _is_told(self, name: str) -> bool:
        if name.startswith("paid:"):
            return "awards" in self._known or name in self._known
        return self._facts.get(name) is not None or name in self._known


def explain(items: Sequence[Item], ground: Ground, on: date) -> tuple[Explanation, ...]:
    """Explain items for the one enterprise of a ground."""
    asking = _Asking(ground)
    roots: list[_Node] = []
    for item in items:
        day = item.evidence(on)
        whole = whole_condition(item, ground.vocabulary.places.root)
        roots.append(asking.node(whole, day))
        low, high = amount_range(item.amount, ground, day)
        asking.asked += [low.alias(f"low:{item.id}"), high.alias(f"high:{item.id}")]
    answers = ground.facts_and_tests().select("enterprise_id", *asking.asked).row(0, named=True)
    return tuple(
        _explanation(item, root, answers, ground, on)
        for item, root in zip(items, roots, strict=True)
    )


def _explanation(
    item: Item, root: _Node, answers: Answers, ground: Ground, on: date
) -> Explanation:
    day = item.evidence(on)
    told = _Told(ground, Words(ground.vocabulary, ground.definitions, day))
    reason = _reason(root, answers, told)
    low, high = answers[f"low:{item.id}"], answers[f"high:{item.id}"]
    may = payable(item, on)
    met = reason.verdict == MET
    inputs = columns_of_amount(item.amount, day, ground.definitions)
    return Explanation(
        item_id=item.id,
        verdict=reason.verdict,
        reason=reason,
        low_cents=low if isinstance(low, int) else 0,
        high_cents=high if isinstance(high, int) else None,
        missing=reason.missing,
        amount_missing=told.unknown(inputs) if low != high and reason.verdict != UNMET else (),
        entitles=met and may.allowed,
        held_back=may.reason if met else "",
    )


def _reason(node: _Node, answers: Answers, told: _Told) -> Reason:
    code = answers[node.name]
    verdict = code if isinstance(code, int) else OPEN
    meant = opened(node.condition, told.definitions)
    if not node.parts:
        return _test_reason(node, meant, verdict, answers, told)
    parts = tuple(_reason(part, answers, told) for part in node.parts)
    sentence = told.words.condition(node.condition)
    if isinstance(meant, Negate) and node.condition.label is None:
        sentence = f"不属于：{parts[0].sentence}"
    deciding = _deciding(meant, parts)
    missing = {name for part in deciding if part.verdict == OPEN for name in part.missing}
    return Reason(
        kind=str(meant.__struct_config__.tag),
        sentence=sentence,
        verdict=verdict,
        columns=tuple(dict.fromkeys(name for part in parts for name in part.columns)),
        missing=tuple(sorted(missing)) if verdict == OPEN else (),
        parts=parts,
    )


def _deciding(condition: Condition, parts: tuple[Reason, ...]) -> tuple[Reason, ...]:
    """Leave out the branches that surely do not apply: what they lack is not missing."""
    if not isinstance(condition, Branches):
        return parts
    deciding: list[Reason] = []
    for when, then in zip(parts[::2], parts[1::2], strict=False):
        deciding += (when,) if when.verdict == UNMET else (when, then)
        if when.verdict == MET:
            return tuple(deciding)
    return (*deciding, *(parts[-1:] if condition.otherwise is not None else ()))


def _test_reason(
    node: _Node, test: Condition, verdict: int, answers: Answers, told: _Told
) -> Reason:
    columns = columns_of(test, told.words.on, told.definitions)
    missing: tuple[str, ...] = ()
    if verdict == OPEN:
        # A test may be open though every datum is there: a share of nothing, an entry without a day.
        told_nothing = isinstance(test, Listed | Paid)
        missing = columns if told_nothing else told.unknown(columns) or columns
        if isinstance(test, RelatedHas):
            missing = related_missing(test, told.ground, told.words.on)
    value = answers.get(f"{node.name}:value")
    distance = answers.get(f"{node.name}:distance")
    return Reason(
        kind=str(test.__struct_config__.tag),
        sentence=told.words.condition(node.condition),
        verdict=verdict,
        value=value_in_words(test, value, answers.get(f"{node.name}:against"), told.words),
        distance=distance_in_words(test, distance, told.words) if verdict == UNMET else None,
        columns=columns,
        missing=tuple(sorted(missing)),
    )
