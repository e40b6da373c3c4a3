"""Settling over columns agrees with a plain reference, pays nothing twice and loses nothing silently."""

from collections.abc import Sequence

import msgspec
import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from matching.engine.precedence import (
    APART,
    code_column,
    high_column,
    low_column,
    paid_column,
    seen_column,
    shared_column,
)
from matching.engine.settle import (
    ABSENT,
    CHOOSES,
    KEPT,
    PERSON_SAYS,
    WAITS,
    YIELDS,
    settle,
)
from matching.engine.ties import Group, groups_of
from matching.engine.truth import MET, OPEN, UNMET
from matching.language.amounts import Fixed
from matching.language.conditions import AllOf
from matching.language.exclusivity import Exclusive, Rule, Scope
from matching.language.items import Item
from tests.matching.engine.reference_settle import Cell, outcome, worlds_of
from tests.matching.engine.small_world import DAY, item_of

CODES = {True: MET, False: UNMET, None: OPEN}
NAMES = ("a", "b", "c", "d")
AGREED = {"in": {KEPT}, "out": {YIELDS}, "open": {WAITS, CHOOSES, PERSON_SAYS}}


def made(item_id: str, *clauses: Exclusive) -> Item:
    item = item_of(AllOf(parts=()), Fixed(cents=1), item_id)
    return msgspec.structs.replace(item, family=f"F{item_id}", exclusive=clauses)


def clause(rule: Rule, partner: str, scope: Scope = "firm", **more: str) -> Exclusive:
    own = {"highest": {"earlier": "full"}, "order": {"first": partner, "later": "rest"}}
    fields = {**own.get(rule, {}), **more}
    return Exclusive(partners=(partner,), rule=rule, scope=scope, basis="第一条", **fields)  # type: ignore[arg-type]


def group_of(*items: Item) -> Group:
    groups = groups_of(items, DAY)
    assert len(groups) == 1
    return groups[0]


def columns(
    group: Group,
    cells: dict[str, Cell],
    paid: dict[str, int | None],
    shared: dict[int, int | None],
) -> pl.DataFrame:
    row: dict[str, pl.Series] = {"enterprise_id": pl.Series([1], dtype=pl.Int64)}
    for key, cell in cells.items():
        row[code_column(key)] = pl.Series([CODES[cell.met]], dtype=pl.UInt8)
        row[low_column(key)] = pl.Series([cell.low], dtype=pl.Int64)
        row[high_column(key)] = pl.Series([cell.high], dtype=pl.Int64)
    for tie in group.paid:
        cents = paid[tie.family]
        row[paid_column(tie)] = pl.Series([cents], dtype=pl.Int64)
        seen = None if cents is None else cents > 0
        row[seen_column(tie)] = pl.Series([seen], dtype=pl.Boolean)
    for place, meets in shared.items():
        row[shared_column(group.ties[place])] = pl.Series([meets], dtype=pl.UInt8)
    return pl.DataFrame(row)


class Case(msgspec.Struct, frozen=True):
    """A group and what is known of one enterprise."""

    group: Group
    cells: dict[str, Cell]
    paid: dict[str, int | None]
    shared: dict[int, int | None]

    def states(self) -> dict[str, int]:
        settled = settle(self.group, columns(self.group, self.cells, self.paid, self.shared))
        return {key: found.frame["state"].item() for key, found in settled.items()}


RULES: tuple[Rule, ...] = ("highest", "order", "choice", "bars", "same_evidence")


@st.composite
def cases(
    draw: st.DrawFn,
    rules: Sequence[Rule] = RULES,
    *,
    known: bool,
    most: Sequence[str] = NAMES,
    ledger: bool = True,
) -> Case:
    names = most[: draw(st.integers(2, len(most)))]
    pairs = [(one, two) for one in names for two in names if one < two]
    chosen = draw(st.lists(st.sampled_from(pairs), min_size=1, max_size=4, unique=True))
    clauses: dict[str, list[Exclusive]] = {name: [] for name in names}
    for one, two in chosen:
        rule = draw(st.sampled_from(list(rules)))
        owner, partner = draw(st.sampled_from([(one, two), (two, one)]))
        scope: Scope = "evidence" if rule == "same_evidence" else "firm"
        if not ledger or (rule in ("highest", "choice") and draw(st.booleans())):
            scope = "evidence"
        more = (
            {"earlier": draw(st.sampled_from(["full", "person", "nothing"]))}
            if rule == "highest"
            else {}
        )
        if rule == "order":
            more["later"] = draw(st.sampled_from(["rest", "nothing"]))
        clauses[owner].append(clause(rule, partner, scope, **more))
    groups = groups_of([made(name, *clauses[name]) for name in names], DAY)
    group = draw(st.sampled_from(groups))
    cells = {item.id: draw(_cells(known=known)) for item in group.items}
    unknown = st.nothing() if known else st.none()
    paid = {tie.family: draw(st.one_of(st.sampled_from([0, 1, 2]), unknown)) for tie in group.paid}
    shared = {
        place: draw(st.one_of(st.sampled_from([0, 1, 2]), unknown))
        for place, tie in enumerate(group.ties)
        if tie.scope == "evidence"
    }
    return Case(group, cells, paid, shared)


@st.composite
def _cells(draw: st.DrawFn, *, known: bool) -> Cell:
    met = draw(st.sampled_from([True, True, False] if known else [True, True, True, False, None]))
    low = draw(st.integers(0, 3))
    return Cell(met, low, low if known else draw(st.integers(low, 3)))


@given(cases(known=True))
def test_with_everything_known_the_columns_say_what_the_reference_says(case: Case) -> None:
    (world,) = worlds_of(case.cells, case.paid, case.shared)
    plain = outcome(case.group, world)

    for key, state in case.states().items():
        assert state in (AGREED[plain[key]] if key in plain else {ABSENT}), (key, plain)


@given(cases(("highest", "difference", "bars"), known=True))
def test_difference_among_known_items_keeps_the_higher(case: Case) -> None:
    (world,) = worlds_of(case.cells, case.paid, case.shared)
    plain = outcome(case.group, world)

    for key, state in case.states().items():
        assert state in (AGREED[plain[key]] if key in plain else {ABSENT}), (key, plain)


@given(cases(known=False, most=NAMES[:3]))
def test_what_is_paid_or_given_up_is_so_however_the_unknowns_turn_out(case: Case) -> None:
    outcomes = [outcome(case.group, w) for w in worlds_of(case.cells, case.paid, case.shared)]

    for key, state in case.states().items():
        if state == KEPT:
            assert {found[key] for found in outcomes} == {"in"}
        if state == YIELDS:
            assert {found[key] for found in outcomes} == {"out"}


@given(cases(("highest", "bars"), known=False, most=NAMES[:2], ledger=False))
def test_of_two_items_one_waits_only_where_it_may_turn_out_either_way(case: Case) -> None:
    known = msgspec.structs.replace(case, shared=dict.fromkeys(case.shared, 1))
    outcomes = [outcome(known.group, w) for w in worlds_of(known.cells, known.paid, known.shared)]

    for key, state in known.states().items():
        if state == WAITS:
            assert {found[key] for found in outcomes} == {"in", "out"}


@given(cases(known=False))
def test_no_two_items_that_part_are_both_paid(case: Case) -> None:
    states = case.states()

    for place, tie in enumerate(case.group.ties):
        apart = case.shared.get(place) == APART
        if not tie.rest and not apart:
            assert [states[tie.one], states[tie.two]] != [KEPT, KEPT]


@given(cases((*RULES, "difference"), known=False))
def test_what_is_met_and_not_paid_stands_there_with_its_amount_and_why(case: Case) -> None:
    settled = settle(case.group, columns(case.group, case.cells, case.paid, case.shared))

    for key, found in settled.items():
        state, low, high, tie = found.frame.select("state", "low_cents", "high_cents", "tie").row(0)
        assert (state == ABSENT) == (case.cells[key].met is not True)
        assert (tie is None) == (state in (ABSENT, KEPT))
        if state not in (ABSENT, KEPT):
            assert (low, high) == (case.cells[key].low, case.cells[key].high)


@given(cases(("difference",), known=False, most=NAMES[:2]))
def test_under_difference_no_more_than_the_higher_is_surely_paid_in_all(case: Case) -> None:
    settled = settle(case.group, columns(case.group, case.cells, case.paid, case.shared))
    sure = sum(
        found.frame["low_cents"].item()
        for found in settled.values()
        if found.frame["state"].item() == KEPT
    )

    for world in worlds_of(case.cells, case.paid, case.shared):
        assert sure <= max(
            (cents for cents in world.gives.values() if cents is not None), default=0
        )
