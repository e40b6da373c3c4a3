"""The table of transitions: what may follow what, in words and in the database."""

from datetime import date

import pytest

from matching.storage.database import Database
from registry.pool.states import TRANSITIONS, Transition, step_of
from registry.pool.store import ADDED, add_changes
from registry.pool.types import EVENT_WORDS, STATE_WORDS, Event, State
from tests.makers import at

EVERY = [
    (before, event, after)
    for before in (None, *STATE_WORDS)
    for event in EVENT_WORDS
    if event != "undo"
    for after in STATE_WORDS
]
LAWFUL = {(one.before, one.event, one.after) for one in TRANSITIONS}


def row(
    before: State | None, event: Event, after: State | None, **other: object
) -> dict[str, object]:
    said: dict[str, object] = {
        "pool": "specialized", "enterprise_id": 1, "step": 2 if before else 1, "before": before,
        "event": event, "after": after, "happened_on": date(2026, 1, 5), "recorded_at": at(1, 5),
        "by_whom": "张三", "reason": "selected", "evidence": "{}",
    }  # fmt: skip
    assert set(said) <= set(ADDED)
    return said | other


def test_every_state_can_be_come_to_and_only_ends_are_left_by_coming_back() -> None:
    assert {one.after for one in TRANSITIONS} == set(STATE_WORDS)
    backs = {
        (one.event, one.after) for one in TRANSITIONS if one.before in {"left", "lapsed", "revoked"}
    }
    assert backs == {("propose", "candidate"), ("admit", "in_pool")}


@pytest.mark.parametrize(("before", "event", "after"), EVERY)
def test_what_is_not_in_the_table_is_refused_with_what_is_possible(
    before: State | None, event: Event, after: State
) -> None:
    step = step_of(before, event, after)

    assert isinstance(step, Transition) == ((before, event, after) in LAWFUL)
    assert isinstance(step, Transition) or "可以：" in step


def test_recommended_is_not_recognised() -> None:
    step = step_of("in_pool", "recommend")

    assert isinstance(step, Transition)
    assert step.after == "recommended"
    assert isinstance(step_of("candidate", "recognise"), str)


@pytest.mark.anyio
async def test_the_database_takes_every_lawful_change(db: Database) -> None:  # noqa: ARG001
    await add_changes(
        [
            row(before, event, after, enterprise_id=number)
            for number, (before, event, after) in enumerate(sorted(LAWFUL, key=str))
        ]
    )


@pytest.mark.anyio
@pytest.mark.parametrize(
    "wrong",
    [
        row("candidate", "recognise", "recognised"),
        row("in_pool", "recommend", "recognised"),
        row(None, "recognise", "recognised"),
        row("in_pool", "recommend", None),
        row("in_pool", "undo", None, undoes=None),
        row("in_pool", "undo", None, undoes=2),
        row("in_pool", "recommend", "recommended", undoes=1),
        row("in_pool", "recommend", "recommended", step=1),
        row("in_pool", "recommend", "recommended", reason=None),
    ],
    ids=str,
)
async def test_the_database_refuses_every_other(db: Database, wrong: dict[str, object]) -> None:  # noqa: ARG001
    with pytest.raises(Exception, match=r"(?i)check|null"):
        await add_changes([wrong])
