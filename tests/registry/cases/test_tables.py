"""The database holds to the table of transitions by itself, whoever writes into it."""

import pytest

from matching.storage.bulk import insert_rows
from matching.storage.database import Database, engine_kind
from registry.cases.states import TRANSITIONS
from registry.cases.step import rebuilt
from registry.cases.store import add_steps, cases, present
from registry.cases.tables import AwardCase, CaseEvent
from registry.cases.types import Case, Happened
from tests.makers import at
from tests.registry.cases.makers import NEW, PAID, gone

pytestmark = pytest.mark.anyio
REFUSES = r"(?i)check|follow|never changed|null"


async def a_case(number: int = 1) -> None:
    columns = ("id", "enterprise_id", "item_id", "award_period", "stage", "run_id", "opened_at")
    await insert_rows(AwardCase, columns, [(number, 1, "robots", "2026", number, 1, at(10, 9))])


def happened(**more: object) -> Happened:
    said: dict[str, object] = {
        "step": 2, "before": "candidate", "event": "match", "after": "matched", "role": "engine",
        "happened_at": at(10, 9), "by_whom": "system", "reason": "title_revoked", "evidence": "1",
    }  # fmt: skip
    return Happened(**(said | more))  # type: ignore[arg-type]


FIRST = happened(step=1, before=None, event="freeze", after="candidate")


async def recorded(case: Case) -> None:
    await a_case(case.id)
    await add_steps((case.id, one) for one in case.steps)


async def test_the_present_is_derived_from_what_happened(db: Database) -> None:  # noqa: ARG001
    case = gone(NEW, *PAID)
    await recorded(case)

    [kept] = await cases([1])
    assert rebuilt(kept).steps == kept.steps
    assert [(one.event, one.after, one.due_at) for one in kept.steps] == [
        (one.event, one.after, one.due_at) for one in case.steps
    ]
    now = await present()
    assert now.select("id", "state", "amount_cents").rows() == [(1, "paid", 500_000)]


async def test_it_takes_every_lawful_step(db: Database) -> None:  # noqa: ARG001
    """Each transition once, as the second step of a case of its own that stands where it begins."""
    for number, one in enumerate(TRANSITIONS, start=1):
        if one.before is None:
            continue
        way = [one]
        while way[0].before is not None:
            way.insert(0, next(t for t in TRANSITIONS if t.after == way[0].before and t not in way))
        await a_case(number)
        await add_steps(
            (
                number,
                happened(step=place, before=t.before, event=t.event, after=t.after, role=t.who),
            )
            for place, t in enumerate(way, start=1)
        )


@pytest.mark.parametrize(
    "wrong",
    [
        happened(event="pay", after="paid", role="bank"),
        happened(event="match", after="paid"),
        happened(role="finance"),
        happened(before="paid", event="archive", after="archived", role="archive"),
        happened(step=3),
        happened(step=1),
        happened(step=1, before=None, event="freeze", after="candidate", evidence=None),
        happened(event="lack", after="undecidable", evidence=None),
        happened(amount_cents=-1),
    ],
    ids=lambda one: f"{one.step} {one.before} {one.event} {one.after} {one.role}",
)
async def test_it_refuses_every_other(db: Database, wrong: Happened) -> None:  # noqa: ARG001
    await a_case()
    await add_steps([(1, FIRST)])

    with pytest.raises(Exception, match=rf"{REFUSES}|已有相同"):
        await add_steps([(1, wrong)])
    [kept] = await cases([1])
    assert kept.steps[-1].event == "freeze"


async def test_a_reason_is_asked_for_where_the_table_asks(db: Database) -> None:  # noqa: ARG001
    await a_case()
    await add_steps([(1, FIRST), (1, happened())])
    gone_off = happened(step=3, before="matched", event="cancel", after="cancelled", reason=None)

    with pytest.raises(Exception, match=REFUSES):
        await add_steps([(1, gone_off)])


async def test_a_step_of_no_case_is_refused(db: Database) -> None:  # noqa: ARG001
    with pytest.raises(Exception, match=REFUSES):
        await add_steps([(9, FIRST)])


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE case_event SET amount_cents = 1",
        "DELETE FROM case_event",
        "UPDATE award_case SET stage = 2",
        "DELETE FROM award_case",
    ],
)
async def test_what_was_recorded_is_never_changed(db: Database, statement: str) -> None:  # noqa: ARG001
    await a_case()
    await add_steps([(1, FIRST)])

    with pytest.raises(Exception, match="never changed"):
        await CaseEvent.raw(statement)
    assert len((await cases([1]))[0].steps) == 1


async def test_one_case_an_enterprise_item_period_and_stage(db: Database) -> None:  # noqa: ARG001
    columns = ("enterprise_id", "item_id", "award_period", "stage", "run_id", "opened_at")
    row = (1, "robots", "2026", 1, 1, at(10, 9))
    await insert_rows(AwardCase, columns, [row])

    with pytest.raises(Exception, match="已有相同"):
        await insert_rows(AwardCase, columns, [row])


@pytest.mark.parametrize("table", ["award_case", "case_event", "fund_entry", "payment_order"])
async def test_no_table_of_them_is_emptied(db: Database, table: str) -> None:
    if engine_kind(db) == "sqlite":
        pytest.skip("SQLite has no TRUNCATE")

    with pytest.raises(Exception, match="never changed"):
        await CaseEvent.raw(f"TRUNCATE {table}")
