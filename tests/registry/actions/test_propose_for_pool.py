"""Candidates noted each month: once, by the clock, with the reasons they were proposed for."""

from datetime import date

import pytest

from matching.catalogue.load_catalogue import shipped_catalogue
from registry.actions.change_pool import EVER, change_pool
from registry.actions.propose_for_pool import not_in_pool_yet, note_candidates, propose_for_pool
from registry.pool.declared import shipped_pools
from registry.pool.history import standings
from registry.pool.store import changes_known
from registry.pool.types import Asked
from registry.profiles.knowledge import Knowledge
from registry.profiles.load_population import load_population
from tests.makers import Sheet, at, money, rows, take_in

ON = date(2026, 10, 31)
POOL = "small_to_scale"
POOLS, RULES = shipped_pools(), shipped_catalogue()
pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("firms")]


async def test_the_same_month_again_notes_nobody_twice_and_who_left_may_come_back() -> None:
    firm = {"status": "active", "industry": "C3489", "main_revenue@2024": money(1400)}
    await take_in(
        Sheet(
            number=3,
            department="statistics",
            observed_on=date(2026, 9, 30),
            recorded_at=at(10, 2),
            facts={one: firm | {"main_revenue@2025": money(1500 + one)} for one in (1, 2, 3)},
            whole=("above_scale",),
        )
    )
    left = Asked(event="admit", by="张三", on=date(2026, 9, 1), now=at(9, 1), reason="selected")
    await change_pool(POOL, [2, 3], left, (POOLS, RULES.vocabulary))
    gone = Asked(event="leave", by="张三", on=date(2026, 9, 2), now=at(9, 2), reason="fell_back")
    await change_pool(POOL, [3], gone, (POOLS, RULES.vocabulary))
    population = await load_population(Knowledge(ON, at(11, 1)), RULES.vocabulary)

    found = propose_for_pool(POOL, population, RULES, POOLS, ON)
    fresh = await not_in_pool_yet(POOL, found, ON)
    assert found.table["enterprise_id"].to_list() == [1, 3, 2]
    assert fresh.table["enterprise_id"].to_list() == [1, 3]

    assert await note_candidates(POOL, found, ON, at(11, 1), (POOLS, RULES)) == 2
    assert await note_candidates(POOL, found, ON, at(11, 1), (POOLS, RULES)) == 0
    changes = await changes_known(EVER, POOL)
    assert rows(standings(changes, ON), "enterprise_id", "state", "batch") == {
        (1, "candidate", "2026-10"),
        (2, "in_pool", None),
        (3, "candidate", "2026-10"),
    }
    noted = changes.filter(event="propose")
    assert rows(noted, "by_whom") == {("system",)}
    assert all("标准线" in note for note in noted["note"])
