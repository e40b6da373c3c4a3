"""How an item can be had (免申即享, 快申快享, 申报, 不自动), derived from its rule and its data, never typed.

Readiness is 100 × D × M × K in whole numbers, rounded down:
D  single tests a machine decides / all single tests of condition and amount, definitions opened; an open
   sum counts as one test nobody decides.
M  data that reach us without asking the enterprise / all data read; a datum known of only some enterprises
   counts for that share.
K  wrong versions of the item its examples refute / all of them.
"""

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import Literal

import msgspec

from matching.catalogue.check_words import TIE, ties_to_place
from matching.catalogue.load_catalogue import Catalogue, leaves
from matching.catalogue.mutation_gate import MutationScore
from matching.catalogue.walk import all_at, rows_at
from matching.engine.match import payable, whole_condition
from matching.language.amounts import Unstated, amounts_in
from matching.language.conditions import Condition, Judgement
from matching.language.items import Item
from matching.language.needs import columns_of, columns_of_amount
from matching.language.vocabulary import Feed, Vocabulary, fact_of_column

Mode = Literal["no_application", "quick", "application", "not_automatic"]
MODES: dict[Mode, str] = {
    "no_application": "免申即享",
    "quick": "快申快享",
    "application": "申报",
    "not_automatic": "不自动",
}
FEW = 2
"""So many data an enterprise may be asked for before it is an application."""
WHOLE_BP = 10_000
ENTERPRISE = "enterprise"
EVERY = {"month": "按月", "quarter": "按季", "year": "按年", "none": "", "window": ""}


class Datum(msgspec.Struct, frozen=True):
    """A fact, list or ledger an item reads.

    columns  its columns, one a period.
    feed     how it reaches us.
    """

    key: str
    label: str
    owner: str
    every: str
    feed: Feed
    columns: tuple[str, ...]


class Raise(msgspec.Struct, frozen=True):
    """What would raise the readiness, and by how much."""

    what: str
    points: int

    def __str__(self) -> str:
        return f"{self.what}：+{self.points}"


class ItemMode(msgspec.Struct, frozen=True, kw_only=True):
    """How an item can be had, why, and how near it is to being had without asking.

    asked   labels of the data the enterprise is asked for.
    pulled  labels of the data that have to be fetched from their owner.
    raises  what would raise the readiness, most first.
    """

    item: str
    mode: Mode
    reason: str
    readiness: int
    asked: tuple[str, ...] = ()
    pulled: tuple[str, ...] = ()
    raises: tuple[Raise, ...] = ()


class _Readiness(msgspec.Struct, frozen=True):
    """The three shares."""

    decided: Fraction
    mapped: Fraction
    held: Fraction

    @property
    def points(self) -> int:
        return int(100 * self.decided * self.mapped * self.held)


def item_mode(
    item: Item,
    catalogue: Catalogue,
    on: date,
    score: MutationScore | None = None,
    known_bp: Mapping[str, int] | None = None,
) -> ItemMode:
    """Derive the mode of an item on a run day.

    score     of its mutation gate; None: it is published, so none of its wrong versions survives.
    known_bp  column or list to the share of enterprises of which it is known; None: of all.
    """
    data = data_map(item, catalogue, on)
    asked = tuple(datum.label for datum in data if datum.feed == "ask")
    known = known_bp or {}
    tests = _tests(item, catalogue)
    mode, reason = _mode(item, on, asked)
    left_to_persons = dict.fromkeys(t.text for t in tests if isinstance(t, Judgement))
    if mode in ("no_application", "quick") and left_to_persons:
        reason += f"；少数企业除外：{'、'.join(left_to_persons)}"
    ready = _readiness(tests, data, known, score)
    return ItemMode(
        item=item.id,
        mode=mode,
        reason=reason,
        readiness=ready.points,
        asked=asked,
        pulled=tuple(datum.label for datum in data if datum.feed == "pull"),
        raises=_raises(ready, tests, data, known),
    )


def data_map(item: Item, catalogue: Catalogue, on: date) -> tuple[Datum, ...]:
    """Give every datum an item reads, with its owner and how it reaches us."""
    day, definitions = item.evidence(on), catalogue.definitions
    whole = whole_condition(item, catalogue.vocabulary.places.root)
    names = (
        *columns_of(whole, day, definitions),
        *columns_of_amount(item.amount, day, definitions),
    )
    columns: dict[str, list[str]] = {}
    for name in dict.fromkeys(names):
        columns.setdefault(fact_of_column(name)[0], []).append(name)
    return tuple(
        _datum(key, tuple(found), item, catalogue.vocabulary) for key, found in columns.items()
    )


def _datum(key: str, columns: tuple[str, ...], item: Item, vocabulary: Vocabulary) -> Datum:
    fact, listed = vocabulary.facts.get(key), vocabulary.lists.get(key)
    declared = fact or listed
    if declared is None:
        # Ledgers of all enterprises are our own books: what was paid, who controls whom, what is used up.
        return Datum(key, key, "", "", "sheet", columns)
    owner = item.data.get(key, declared.department)
    feed: Feed = declared.feed or ("ask" if owner == ENTERPRISE else "sheet")
    every = EVERY[fact.period] if fact is not None else ""
    return Datum(key, declared.label, vocabulary.departments[owner], every, feed, columns)


def _mode(item: Item, on: date, asked: tuple[str, ...]) -> tuple[Mode, str]:
    pays = payable(item, on)
    if not pays.allowed:
        return "not_automatic", pays.reason
    if ties_to_place(item):
        return "not_automatic", f"条款与迁入、纳税地或统计地挂钩：{TIE}"
    judgements = _judgements(item)
    if judgements:
        return "application", f"需人工判断：{'、'.join(judgements)}"
    if len(asked) > FEW:
        return "application", f"需企业提供{len(asked)}项数据：{'、'.join(asked)}"
    if asked:
        return "quick", f"只需企业提供：{'、'.join(asked)}"
    return "no_application", "全部条件和金额都由部门数据判定"


def _judgements(item: Item) -> tuple[str, ...]:
    """Give the judgements written in the item itself.

    Those in a definition concern the few kinds of enterprise it does not cover; only these need a person.
    """
    written = list(all_at(item.condition, "condition"))
    for placed in rows_at(item.amount, "amount"):
        if placed.row.when is not None:
            written += all_at(placed.row.when, placed.where)
    texts = [p.condition.text for p in written if isinstance(p.condition, Judgement)]
    return tuple(dict.fromkeys(texts))


def _tests(item: Item, catalogue: Catalogue) -> tuple[Condition | Unstated, ...]:
    """Give every single test of condition and amount, and every sum that is left open."""
    whole = whole_condition(item, catalogue.vocabulary.places.root)
    found: list[Condition | Unstated] = list(leaves(whole, catalogue.definitions))
    for placed in rows_at(item.amount, "amount"):
        if placed.row.when is not None:
            found += leaves(placed.row.when, catalogue.definitions)
    found += [part for part in amounts_in(item.amount) if isinstance(part, Unstated)]
    return tuple(found)


def _readiness(
    tests: tuple[Condition | Unstated, ...],
    data: tuple[Datum, ...],
    known: Mapping[str, int],
    score: MutationScore | None,
) -> _Readiness:
    undecided = sum(isinstance(test, Judgement | Unstated) for test in tests)
    reaching = sum(_reaching_bp(datum, known) for datum in data)
    held = Fraction(score.killed, score.all) if score is not None and score.all else Fraction(1)
    return _Readiness(
        decided=Fraction(len(tests) - undecided, len(tests)),
        mapped=Fraction(reaching, WHOLE_BP * len(data)) if data else Fraction(1),
        held=held,
    )


def _reaching_bp(datum: Datum, known: Mapping[str, int]) -> int:
    if datum.feed == "ask":
        return 0
    return sum(known.get(column, WHOLE_BP) for column in datum.columns) // len(datum.columns)


def _raises(
    ready: _Readiness,
    tests: tuple[Condition | Unstated, ...],
    data: tuple[Datum, ...],
    known: Mapping[str, int],
) -> tuple[Raise, ...]:
    changed = msgspec.structs.replace
    found: list[tuple[str, _Readiness]] = []
    for datum in data:
        lacking = WHOLE_BP - _reaching_bp(datum, known)
        mapped = ready.mapped + Fraction(lacking, WHOLE_BP * len(data))
        asked = datum.feed == "ask"
        who = "由部门" if asked else f"由{datum.owner}"
        what = f"{who}{datum.every}提供{datum.label}" + ("（现由企业填报）" if asked else "")
        found.append((what, changed(ready, mapped=mapped)))
    for test in dict.fromkeys(test for test in tests if isinstance(test, Judgement | Unstated)):
        share = Fraction(sum(test == other for other in tests), len(tests))
        said = (
            f"把“{test.text}”写成可以核对的条件"
            if isinstance(test, Judgement)
            else f"写明金额（{test.reason}）"
        )
        found.append((said, changed(ready, decided=ready.decided + share)))
    found.append(("补上例子，守住每一处界限", changed(ready, held=Fraction(1))))
    raises = [Raise(what, better.points - ready.points) for what, better in found]
    return tuple(sorted((r for r in raises if r.points > 0), key=lambda r: (-r.points, r.what)))
