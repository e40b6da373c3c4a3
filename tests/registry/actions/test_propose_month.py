"""Each month proposes its candidates once, out of what its run judged, and starts over where it was cut off."""

import asyncio
from datetime import date
from pathlib import Path

import pytest

from matching.catalogue.load_catalogue import shipped_catalogue
from matching.storage.database import engine, engine_kind
from matching.storage.errors import LockHeld
from registry.actions.change_pool import EVER, change_pool
from registry.actions.propose_month import propose_month
from registry.actions.run_month import run_one_month
from registry.pool.declared import shipped_pools
from registry.pool.store import changes_known
from registry.pool.types import Asked
from tests.makers import Sheet, at, money, rows, take_in

POOL = "small_to_scale"
POOLS, RULES = shipped_pools(), shipped_catalogue()
pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("firms")]


async def _silent(_: str) -> None:
    return


async def decide(period: str, data_dir: Path, month: int) -> None:
    await run_one_month(
        period,
        catalogue=RULES,
        data_dir=data_dir,
        mail=False,
        now=at(month, 2),
        progress=_silent,
    )


async def near_the_line(*firms: int) -> None:
    firm = {"status": "active", "industry": "C3489", "main_revenue@2024": money(1400)}
    await take_in(
        Sheet(
            number=3,
            department="statistics",
            observed_on=date(2026, 9, 30),
            recorded_at=at(10, 1),
            facts={one: firm | {"main_revenue@2025": money(1500 + one)} for one in firms},
            whole=("above_scale",),
        )
    )


async def test_a_month_notes_its_candidates_once_and_the_next_month_only_new_ones(
    tmp_path: Path,
) -> None:
    await near_the_line(1, 2)
    assert await propose_month(RULES, POOLS, tmp_path, at(10, 2)) == {}

    await decide("2026-09", tmp_path, 10)
    assert (await propose_month(RULES, POOLS, tmp_path, at(10, 2)))[POOL] == 2
    assert POOL not in await propose_month(RULES, POOLS, tmp_path, at(10, 3))

    await decide("2026-10", tmp_path, 11)
    assert (await propose_month(RULES, POOLS, tmp_path, at(11, 2)))[POOL] == 0
    noted = (await changes_known(EVER, POOL)).filter(event="propose")
    assert rows(noted, "enterprise_id", "batch") == {(1, "2026-09"), (2, "2026-09")}


async def test_two_at_once_note_each_candidate_once(tmp_path: Path) -> None:
    await near_the_line(1, 2)
    await decide("2026-09", tmp_path, 10)

    ended = await asyncio.gather(
        *(propose_month(RULES, POOLS, tmp_path, at(10, 2)) for _ in range(2)),
        return_exceptions=True,
    )

    # The second is told, or comes when the first is done and finds nothing left.
    turned_away = {type(one) for one in ended if isinstance(one, BaseException)}
    assert turned_away <= {LockHeld}
    noted = (await changes_known(EVER, POOL)).filter(event="propose")
    assert rows(noted, "enterprise_id", "step") == {(1, 1), (2, 1)}


async def test_candidates_that_cannot_be_recorded_as_looked_for_are_not_noted(
    tmp_path: Path,
) -> None:
    await near_the_line(1, 2)
    await decide("2026-09", tmp_path, 10)
    await engine().run_ddl("ALTER TABLE pool_month RENAME TO pool_month_away")
    await engine().run_ddl("CREATE VIEW pool_month AS SELECT * FROM pool_month_away")
    if engine_kind(engine()) == "postgres":  # there a plain view can be written to; here it cannot
        await engine().run_ddl("DROP VIEW pool_month")
        await engine().run_ddl("CREATE VIEW pool_month AS SELECT DISTINCT * FROM pool_month_away")

    with pytest.raises(Exception, match="view"):
        await propose_month(RULES, POOLS, tmp_path, at(10, 2))

    assert (await changes_known(EVER, POOL)).is_empty()


async def test_whom_an_official_dealt_with_since_is_left_to_the_official(tmp_path: Path) -> None:
    await near_the_line(1, 2)
    await decide("2026-09", tmp_path, 10)
    admitted = Asked(
        event="admit", by="张三", on=date(2026, 10, 1), now=at(10, 1), reason="selected"
    )
    await change_pool(POOL, [2], admitted, (POOLS, RULES.vocabulary))

    assert (await propose_month(RULES, POOLS, tmp_path, at(10, 2)))[POOL] == 1
    noted = (await changes_known(EVER, POOL)).filter(event="propose")
    assert rows(noted, "enterprise_id", "happened_on") == {(1, date(2026, 9, 30))}
