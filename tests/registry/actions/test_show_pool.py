"""金昌's figures: 122 by highest stage and nested, the year's flows, and what is due."""

from datetime import date

import pytest

from matching.storage.database import Database
from registry.actions.change_pool import make_changes
from registry.actions.show_pool import PoolDay, count_pools, list_due, load_pool_day
from registry.pool.store import add_filings
from registry.pool.types import Asked, Filing, FilingKind, Wanted
from registry.profiles.knowledge import Knowledge
from tests.makers import at
from tests.registry.pool.jinchang import (
    GIANTS,
    KNOWN,
    ON,
    RULES,
    SPECIALIZED,
    do,
    found_jinchang,
)

pytestmark = pytest.mark.anyio


async def day_of(on: date = ON) -> PoolDay:
    return await load_pool_day(Knowledge(on, KNOWN), *RULES)


@pytest.fixture
async def jinchang(db: Database) -> Database:
    await found_jinchang()
    return db


@pytest.mark.usefixtures("jinchang")
async def test_122_enterprises_by_highest_stage_and_nested() -> None:
    counts = count_pools(await day_of(), *RULES)

    assert counts.ladder.on == ON
    assert counts.ladder.total == 122
    assert [(one.label, one.highest, one.nested) for one in counts.ladder.stages] == [
        ("规下转规上", 60, 122),
        ("创新型", 31, 62),
        ("专精特新", 18, 31),
        ("小巨人", 13, 13),
    ]
    assert all(counts.ladder.rules)
    assert counts.unsent == ()


@pytest.mark.usefixtures("jinchang")
async def test_7_new_on_scale_11_recognised_8_recommended_and_not_counted_as_recognised() -> None:
    counts = count_pools(await day_of(), *RULES)
    flows = {flow.pool: flow for flow in counts.flows}

    assert flows["small_to_scale"].recognised == 7
    assert flows["innovative"].recognised == 11
    assert (flows["specialized"].recommended, flows["specialized"].recognised) == (8, 0)
    assert flows["specialized"].waiting == 8
    assert counts.flow_rule


@pytest.mark.usefixtures("jinchang")
async def test_a_recommended_firm_that_is_recognised_moves_up_one_stage() -> None:
    await do("specialized", (72,), "recognise", date(2026, 10, 31), "announced")

    stages = count_pools(await day_of(), *RULES).ladder.stages
    assert [one.highest for one in stages] == [60, 30, 19, 13]
    before = count_pools(await day_of(date(2026, 10, 30)), *RULES).ladder.stages
    assert [one.highest for one in before] == [60, 31, 18, 13]


@pytest.mark.usefixtures("jinchang")
async def test_a_revoked_title_counts_no_more_though_the_list_still_has_it() -> None:
    asked = Asked(
        event="enter", by="王科长", on=date(2026, 9, 1), now=at(9, 1), reason="existing_register"
    )
    revoked = Wanted(pool="giant", enterprise_id=GIANTS[0], asked=asked, after="revoked")
    await make_changes([revoked], RULES)

    stages = count_pools(await day_of(), *RULES).ladder.stages
    assert [one.highest for one in stages] == [60, 31, 19, 12]


@pytest.mark.usefixtures("jinchang")
async def test_a_title_the_pool_recognised_counts_until_its_validity_ends() -> None:
    last = count_pools(await day_of(date(2028, 5, 31)), *RULES).ladder.stages
    assert [one.highest for one in last] == [60, 31, 18, 13]
    # The lists' titles of 1 June 2025 are over; the eleven recognised on 20 May 2026 run another year.
    after = count_pools(await day_of(date(2029, 5, 19)), *RULES).ladder.stages
    assert [one.highest for one in after] == [60, 11, 0, 0]
    over = count_pools(await day_of(date(2029, 5, 20)), *RULES).ladder.stages
    assert [one.highest for one in over] == [60, 0, 0, 0]


@pytest.mark.usefixtures("jinchang")
async def test_one_entered_while_its_review_is_due_is_held_until_somebody_says_otherwise() -> None:
    asked = Asked(
        event="enter", by="王科长", on=date(2026, 9, 1), now=at(9, 1), reason="existing_register"
    )
    entered = Wanted(pool="giant", enterprise_id=SPECIALIZED[0], asked=asked, after="review_due")
    await make_changes([entered], RULES)

    stages = count_pools(await day_of(), *RULES).ladder.stages
    assert [one.highest for one in stages] == [60, 31, 17, 14]


@pytest.mark.usefixtures("jinchang")
async def test_places_add_up_and_whoever_is_nowhere_is_said_to_be() -> None:
    counts = count_pools(await day_of(), *RULES)

    assert sum(one.ladder.total for one in counts.places) == 122
    assert [(one.name, one.ladder.total) for one in counts.places if one.place is None] == [
        ("所在区县未知", 1)
    ]


async def test_a_list_nobody_sent_is_named_beside_the_counts(db: Database) -> None:  # noqa: ARG001
    counts = count_pools(await day_of(), *RULES)

    assert counts.ladder.total == 0
    assert "创新型中小企业" in counts.unsent


@pytest.mark.usefixtures("firms")
@pytest.mark.parametrize(
    ("on", "days", "found"),
    [
        (date(2026, 4, 14), 89, []),
        (date(2026, 4, 13), 180, [(180, 91)]),
        (date(2026, 4, 14), 180, [(90, 90)]),
        (date(2026, 6, 12), 180, [(90, 31)]),
        (date(2026, 6, 13), 180, [(30, 30)]),
        (date(2026, 7, 13), 0, [(30, 0)]),
        (date(2026, 7, 14), 180, [(None, -1)]),
    ],
)
async def test_a_title_of_2023_07_14_is_valid_until_2026_07_13(
    on: date, days: int, found: list[tuple[int | None, int]]
) -> None:
    await file("annual_update", date(2026, 1, 5), year=2026)
    rows = list_due(await day_of(on), days, *RULES).rows

    assert [(row.due.band, row.due.days) for row in rows] == found
    assert all((row.name, row.place) == ("企业5", "中原区") for row in rows)
    assert all(row.due.day == date(2026, 7, 13) for row in rows)


@pytest.mark.usefixtures("firms")
async def test_a_yearly_update_not_on_record_by_31_may_is_late_with_officer_and_place() -> None:
    asked = Asked(
        event="enter",
        by="王科长",
        on=date(2026, 4, 5),
        now=at(4, 5),
        reason="existing_register",
        officer="赵干事",
    )
    held = Wanted(pool="giant", enterprise_id=5, asked=asked, after="recognised")
    await make_changes([held], RULES)

    on_time = list_due(await day_of(date(2026, 5, 31)), 0, *RULES)
    assert [(row.due.what, row.due.rule, row.due.days) for row in on_time.rows] == [
        ("annual_update", "RV-2026", 0)
    ]
    assert on_time.rows[0].due.mark == "recalled"
    late = list_due(await day_of(date(2026, 6, 1)), 0, *RULES)
    assert [row.due.days for row in late.rows] == [-1]
    assert [(one.officer, one.place, one.late) for one in late.late] == [("赵干事", "中原区", 1)]

    await file("annual_update", date(2026, 5, 30), year=2026)
    assert list_due(await day_of(date(2026, 6, 1)), 0, *RULES).rows == ()


@pytest.mark.usefixtures("firms")
async def test_a_change_is_to_be_reported_within_three_months() -> None:
    await file("annual_update", date(2026, 1, 5), year=2026)
    await file("change", date(2026, 3, 10))

    assert list_due(await day_of(date(2026, 5, 30)), 10, *RULES).rows == ()
    rows = list_due(await day_of(date(2026, 5, 31)), 10, *RULES).rows
    assert [(row.due.what, row.due.day) for row in rows] == [("change_report", date(2026, 6, 10))]

    await file("change_report", date(2026, 6, 10))
    assert list_due(await day_of(date(2026, 6, 10)), 10, *RULES).rows == ()


@pytest.mark.parametrize(
    ("year", "due"), [(2025, [("RV-2022", "04-30")]), (2026, [("RV-2026", "05-31")])]
)
def test_the_year_picks_the_rule_of_the_yearly_update(
    year: int, due: list[tuple[str, str]]
) -> None:
    rules = RULES[0].clocks.annual_update
    found = [
        (rule.rule, day.strftime("%m-%d"))
        for rule in rules
        if "little_giant" in rule.titles and (day := rule.due(year)) is not None
    ]

    assert found == due


async def file(kind: FilingKind, on: date, year: int | None = None) -> None:
    """Note that the little giant did something."""
    told = Filing(enterprise_id=5, kind=kind, year=year, happened_on=on)
    await add_filings([told], "张三", at(on.month, on.day))
