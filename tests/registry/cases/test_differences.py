"""What a corrected figure means for cases, in whatever state they stand."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.cases.differences import AGAIN, EARLY, PAID, WAITING, Held, Kind, Owed, differences
from registry.cases.types import STATES, State

OWED = Owed(enterprise_id=1, item_id="robots", award_period="2026", low_cents=100, high_cents=100)
LIVE: tuple[State, ...] = (*EARLY, *AGAIN, *PAID, *WAITING)


def owed(cents: int) -> Owed:
    return msgspec.structs.replace(OWED, low_cents=cents, high_cents=cents)


def held(state: State, cents: int | None = 100, stage: int = 1) -> Held:
    return Held(case_id=stage, stage=stage, state=state, amount_cents=cents)


def told(one: Owed, *cases: Held) -> list[tuple[Kind, int, int | None, int | None]]:
    return [(d.kind, d.stage, d.before_cents, d.after_cents) for d in differences(one, cases)]


@pytest.mark.parametrize(
    ("state", "up", "down"),
    [
        ("matched", ("restate", 1, 100, 130), ("restate", 1, 100, 40)),
        ("dept_review", ("restate", 1, 100, 130), ("restate", 1, 100, 40)),
        ("credit_check", ("top_up", 2, 0, 30), ("review_again", 1, 100, 40)),
        ("publicised", ("top_up", 2, 0, 30), ("review_again", 1, 100, 40)),
        ("notified", ("top_up", 2, 0, 30), ("review_again", 1, 100, 40)),
        ("confirmed", ("top_up", 2, 0, 30), ("review_again", 1, 100, 40)),
        ("account_bad", ("top_up", 2, 0, 30), ("review_again", 1, 100, 40)),
        ("pay_ordered", ("top_up", 2, 0, 30), ("wait", 1, 100, 40)),
        ("paid", ("top_up", 2, 0, 30), ("claw_back", 1, 100, 40)),
        ("archived", ("top_up", 2, 0, 30), ("claw_back", 1, 100, 40)),
        ("objection", ("wait", 1, 100, 130), ("wait", 1, 100, 40)),
        ("claw_back", ("wait", 1, 100, 130), ("wait", 1, 100, 40)),
    ],
)
def test_more_is_topped_up_and_less_goes_back_or_is_claimed(
    state: State, up: tuple[object, ...], down: tuple[object, ...]
) -> None:
    assert told(owed(130), held(state)) == [up]
    assert told(owed(40), held(state)) == [down]
    assert told(owed(100), held(state)) == []


def test_what_falls_is_taken_from_the_last_stage_first() -> None:
    first, second = held("paid", 100), held("notified", 30, 2)

    assert told(owed(50), first, second) == [("review_again", 2, 30, 0), ("claw_back", 1, 100, 50)]
    assert told(owed(110), first, second) == [("review_again", 2, 30, 10)]
    assert told(owed(150), first, second) == [("top_up", 3, 0, 20)]


def test_unknown_is_not_less() -> None:
    unknown = msgspec.structs.replace(owed(0), open=True)

    assert told(unknown, held("paid"), held("matched", 30, 2)) == [
        ("undecidable", 1, 100, 100), ("undecidable", 2, 30, 30),
    ]  # fmt: skip


def test_a_range_that_holds_the_settled_amount_changes_nothing() -> None:
    wide = msgspec.structs.replace(OWED, low_cents=50, high_cents=None)

    assert told(wide, held("publicised")) == []
    above = msgspec.structs.replace(OWED, low_cents=150, high_cents=None)
    assert told(above, held("matched")) == [("restate", 1, 100, None)]
    assert told(above, held("notified")) == [("review_again", 1, 100, None)]
    assert told(above, held("paid")) == [("wait", 1, 100, None)]
    assert told(owed(100), held("matched", None)) == [("restate", 1, None, 100)]


def test_owed_without_a_case_is_said_and_what_was_closed_is_a_persons_matter() -> None:
    assert told(owed(100)) == [("missing", 1, 0, 100)]
    assert told(owed(0)) == []
    for state in ("removed", "declined", "lapsed", "cancelled"):
        assert told(owed(100), held(state)) == [("closed", 1, 100, 100)]  # type: ignore[arg-type]
        assert told(owed(0), held(state)) == []  # type: ignore[arg-type]


@given(
    st.integers(0, 500),
    st.lists(st.tuples(st.sampled_from(LIVE), st.integers(0, 200)), min_size=1, max_size=4),
)
def test_once_all_differences_are_made_good_the_sum_is_what_is_owed(
    cents: int, cases: list[tuple[State, int]]
) -> None:
    there = tuple(held(state, sum_, place) for place, (state, sum_) in enumerate(cases, start=1))

    found = differences(owed(cents), there)

    after = {one.stage: one.amount_cents or 0 for one in there}
    after |= {one.stage: one.after_cents or 0 for one in found}
    assert sum(after.values()) == cents
    assert set(STATES) >= {one.state for one in there}
