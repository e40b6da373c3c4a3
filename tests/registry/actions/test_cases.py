"""Cases of the town: opened once, taken on by people and by the clock, in one piece or not at all."""

import asyncio
from datetime import date, datetime
from pathlib import Path

import pytest

from matching.runs.run_month import MONTHLY
from matching.runs.store import entitlements_of, find_run
from matching.storage.database import Database
from registry.actions.case_holders import succeed_cases
from registry.actions.keep_case_clocks import keep_case_clocks, overdue, year_end
from registry.actions.open_cases import Opened, open_cases
from registry.actions.step_cases import step_cases
from registry.cases.errors import CaseRefused, YearUnknown
from registry.cases.step import rebuilt, reserved_cents
from registry.cases.store import cases, present
from registry.cases.types import Account, Event, Role, State
from registry.identity.relation_store import Kind, Relation, add_relations
from registry.identity.store import add_judgements
from registry.identity.types import Judgement
from tests.makers import at, rows
from tests.registry.actions.town import OCTOBER, SEPTEMBER, october, play, september
from tests.registry.cases.makers import GROUND, asked

pytestmark = pytest.mark.anyio
NOW = at(10, 9)


@pytest.fixture
async def opened(db: Database, tmp_path: Path) -> Opened:  # noqa: ARG001
    await september()
    await play(SEPTEMBER, tmp_path)
    return await open_cases(SEPTEMBER, GROUND, NOW)


async def ids(*states: State) -> list[int]:
    return (await present(states or None))["id"].to_list()


async def all_step(event: Event, role: Role, by: str, now: datetime, **more: object) -> None:
    made = await step_cases(await ids(), asked(event, role, by, now, **more), GROUND)
    assert made == len(await ids())


async def publicise() -> None:
    await all_step("take", "department", "王", at(10, 10))
    await all_step("approve", "department", "李", at(10, 12))
    more = {"document": "公示〔2026〕1号", "evidence": "信用无不良"}
    await all_step("publicise", "department", "李", at(10, 13), **more)


async def test_each_entitlement_has_a_case_and_only_one(opened: Opened) -> None:
    run = await find_run(MONTHLY, SEPTEMBER)
    assert run is not None
    owed = await entitlements_of(run.id)
    key = ("enterprise_id", "item_id", "award_period")

    assert opened == Opened(opened=owed.height, already=0, uncertain=0, not_money=0)
    found = await present()
    assert rows(found, *key, "amount_cents") == rows(owed, *key, "low_cents")
    assert set(found["state"]) == {"matched"}
    [first, *_] = await cases([1])
    assert run.receipt is not None
    assert run.receipt in (first.steps[0].evidence or "")
    assert rebuilt(first) == first

    again = await open_cases(SEPTEMBER, GROUND, at(10, 20))
    assert (again.opened, again.already) == (0, owed.height)


async def test_the_next_month_opens_only_what_is_new(opened: Opened, tmp_path: Path) -> None:
    await october()
    await play(OCTOBER, tmp_path)

    more = await open_cases(OCTOBER, GROUND, at(11, 2))

    assert more.already > 0
    assert more.opened > 0
    found = await present()
    key = ("enterprise_id", "item_id", "award_period")
    assert found.height == opened.opened + more.opened
    assert not found.select(key).is_duplicated().any()
    assert (6, "title") in rows(found, "enterprise_id", "item_id")


async def test_a_month_that_is_not_done_opens_nothing(db: Database) -> None:  # noqa: ARG001
    with pytest.raises(CaseRefused, match="还没有判定完"):
        await open_cases(OCTOBER, GROUND, NOW)


async def test_two_who_open_at_once_open_it_once(db: Database, tmp_path: Path) -> None:  # noqa: ARG001
    await september()
    await play(SEPTEMBER, tmp_path)

    both = await asyncio.gather(*(open_cases(SEPTEMBER, GROUND, NOW) for _ in range(2)))

    assert min(one.opened for one in both) == 0
    assert len(await ids()) == sum(one.opened for one in both)


async def test_a_firm_merged_into_another_is_not_given_the_same_twice(
    opened: Opened,  # noqa: ARG001
    tmp_path: Path,
) -> None:
    """Firm 14 had its title's case; merged into firm 6, which is owed the same in October, it is the same one."""
    merged = Judgement(
        subject_id=14, verdict="same", enterprise_id=6, reason="合并", decided_by="王",
        recorded_at=at(10, 20),
    )  # fmt: skip
    await add_judgements([merged])
    await october()
    await play(OCTOBER, tmp_path)

    await open_cases(OCTOBER, GROUND, at(11, 2))

    found = await present(item="title")
    assert rows(found, "enterprise_id") >= {(14,)}
    assert (6,) not in rows(found, "enterprise_id")


async def related(kind: Kind, enterprise: int, other: int, on: date) -> None:
    relation = Relation(
        enterprise_id=enterprise, kind=kind, other_id=other, effective_on=on, document="登记公告",
        recorded_at=at(10, 20), recorded_by="王",
    )  # fmt: skip
    await add_relations([relation])


async def test_who_takes_over_another_has_its_cases_and_is_paid_in_its_own_name(
    opened: Opened,  # noqa: ARG001
    tmp_path: Path,
) -> None:
    [own] = (await present(item="title")).filter(enterprise_id=14)["id"].to_list()
    await publicise()
    await keep_case_clocks(GROUND, at(10, 20, 18))
    await related("merged_into", 14, 6, date(2026, 10, 20))

    assert await succeed_cases(GROUND, at(10, 21)) == 1
    assert await succeed_cases(GROUND, at(10, 21)) == 0
    [case] = await cases([own])
    assert (case.holder, case.name, case.state) == (6, "企业6", "notified")
    old, new = (Account(name, "行", "1") for name in ("企业14", "企业6"))
    with pytest.raises(CaseRefused, match="与企业名称“企业6”不一致"):
        await step_cases(
            [own], asked("confirm", "enterprise", "企业", at(10, 22), account=old), GROUND
        )
    assert await step_cases(
        [own], asked("confirm", "enterprise", "企业", at(10, 22), account=new), GROUND
    )
    await october()
    await play(OCTOBER, tmp_path)
    await open_cases(OCTOBER, GROUND, at(11, 2))
    assert (6,) not in rows(await present(item="title"), "enterprise_id")


async def test_who_is_split_off_does_not_have_again_what_the_old_firm_was_given(
    opened: Opened,  # noqa: ARG001
    tmp_path: Path,
) -> None:
    await related("split_from", 6, 14, date(2026, 10, 20))
    await october()
    await play(OCTOBER, tmp_path)

    await open_cases(OCTOBER, GROUND, at(11, 2))

    assert (6,) not in rows(await present(item="title"), "enterprise_id")
    assert await succeed_cases(GROUND, at(11, 2)) == 0


async def test_a_batch_is_taken_on_whole_or_not_at_all(opened: Opened) -> None:
    await step_cases([1], asked("take", "department", "王", at(10, 10)), GROUND)

    with pytest.raises(CaseRefused) as told:
        await step_cases([1, 2, 999], asked("take", "department", "王", at(10, 10)), GROUND)

    assert len(told.value.problems) == 2
    assert "“部门审核”不能受理" in told.value.problems[0]
    assert "没有这个案件" in told.value.problems[1]
    assert len(await ids("matched")) == opened.opened - 1


async def test_of_two_who_decide_at_once_one_is_told_to_look_again(opened: Opened) -> None:  # noqa: ARG001
    both = await asyncio.gather(
        *(step_cases([1], asked("take", "department", by, at(10, 10)), GROUND) for by in "王李"),
        return_exceptions=True,
    )

    assert sorted(type(one).__name__ for one in both) == ["CaseRefused", "int"]
    assert len((await cases([1]))[0].steps) == 3


async def test_an_objection_freezes_one_case_and_the_others_go_on(opened: Opened) -> None:
    await publicise()
    await step_cases([3], asked("object", "anyone", "周", at(10, 19), evidence="信"), GROUND)

    done = await keep_case_clocks(GROUND, at(10, 20, 18))

    assert done == {"notify": opened.opened - 1}
    assert await ids("objection") == [3]
    late = await overdue(at(11, 9, 18))
    assert 3 in late["id"].to_list()


async def test_the_clock_tells_reminds_and_lets_lapse_each_once(opened: Opened) -> None:
    await publicise()
    every = opened.opened

    assert await keep_case_clocks(GROUND, at(10, 20, 17)) == {}
    assert await keep_case_clocks(GROUND, at(10, 21)) == {"notify": every}
    assert await keep_case_clocks(GROUND, at(10, 21)) == {}
    account = Account("企业2", "某银行", "6200002")
    [own] = (await present(item="robots")).filter(enterprise_id=2)["id"].to_list()
    confirm = asked("confirm", "enterprise", "企业2", at(10, 22), account=account)
    assert await step_cases([own], confirm, GROUND) == 1
    for moment in (at(10, 26), at(10, 30), at(11, 3)):
        assert await keep_case_clocks(GROUND, moment) == {"remind": every - 1}
        assert await keep_case_clocks(GROUND, moment) == {}
    assert await keep_case_clocks(GROUND, at(11, 4, 18)) == {"lapse": every - 1}
    assert await keep_case_clocks(GROUND, at(11, 5)) == {}
    held = {case.id: reserved_cents(case) for case in await cases(await ids())}
    assert {number for number, cents in held.items() if cents} == {own}


async def test_days_of_an_idle_machine_cost_no_reminder_twice_and_no_step(opened: Opened) -> None:
    await publicise()
    await keep_case_clocks(GROUND, at(10, 21))

    assert await keep_case_clocks(GROUND, at(11, 3)) == {"remind": opened.opened}
    assert {one.evidence for one in (await cases([1]))[0].steps if one.event == "remind"} == {"1"}


async def test_a_year_nobody_knows_stops_new_windows_and_lets_old_ones_lapse(
    opened: Opened,
) -> None:
    await publicise()
    await step_cases([1], asked("object", "anyone", "周", at(10, 19), evidence="信"), GROUND)
    await keep_case_clocks(GROUND, at(10, 21))
    year = GROUND.days.years[-1] + 1
    late = at(1, 5, year=year)
    [back] = await cases([1])
    assert back.state == "objection"
    await step_cases(
        [1], asked("reject", "department", "王", at(10, 22), reason="unfounded"), GROUND
    )

    with pytest.raises(YearUnknown, match=str(year)):
        await keep_case_clocks(GROUND, late)

    assert len(await ids("lapsed")) == opened.opened - 1
    assert await ids("publicised") == [1]


async def test_the_year_end_list_names_whose_money_may_be_lost(opened: Opened) -> None:
    await publicise()
    await keep_case_clocks(GROUND, at(10, 21))
    [own] = (await present(item="robots")).filter(enterprise_id=2)["id"].to_list()
    confirm = asked(
        "confirm", "enterprise", "企业2", at(10, 22), account=Account("企业2", "行", "1")
    )
    await step_cases([own], confirm, GROUND)
    bad = asked(
        "reject_payment", "finance", "赵", at(10, 23), reason="name_mismatch", evidence="核验"
    )
    await step_cases([own], bad, GROUND)

    found = await year_end(2026, at(12, 1))

    assert len(found) == opened.opened
    [one] = [case for case in found if case.state == "account_bad"]
    assert (one.case_id, one.name, "更换账户" in one.way_out) == (own, "企业2", True)
    assert await year_end(2025, at(12, 1)) == ()
