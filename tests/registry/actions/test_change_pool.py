"""Changes in a pool: who may what, in batches, with evidence, and the history on both time axes."""

import asyncio
from datetime import date, datetime

import msgspec
import pytest

from matching.catalogue.load_vocabulary import shipped_vocabulary
from registry.actions.change_pool import EVER, change_pool, promote
from registry.pool.declared import shipped_pools
from registry.pool.errors import PoolRefused
from registry.pool.history import standings
from registry.pool.store import changes_known, evidence_of_change
from registry.pool.types import Asked, Event
from tests.makers import at, rows

RULES = (shipped_pools(), shipped_vocabulary())
POOL = "specialized"
pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("firms")]


def asked(event: Event, on: date, reason: str | None, **other: object) -> Asked:
    now = other.pop("now", None) or datetime(on.year, on.month, on.day, 10, tzinfo=at(1, 1).tzinfo)
    return Asked(event=event, by="张三", on=on, now=now, reason=reason, **other)  # type: ignore[arg-type]


async def states(as_of: date, known_at: datetime = EVER) -> set[tuple[object, ...]]:
    found = standings(await changes_known(known_at, POOL), as_of)
    return rows(found, "enterprise_id", "state")


async def test_a_batch_goes_its_way_with_document_reason_and_evidence() -> None:
    await change_pool(
        POOL, [1, 2], asked("admit", date(2026, 5, 6), "selected", officer="李四"), RULES
    )
    await change_pool(POOL, [1, 2], asked("recommend", date(2026, 6, 1), "meets_criteria"), RULES)
    paper = {"batch": "第五批", "document": "豫工信〔2026〕9号"}
    await change_pool(POOL, [1], asked("recognise", date(2026, 7, 1), "announced", **paper), RULES)

    assert await states(date(2026, 6, 30)) == {(1, "recommended"), (2, "recommended")}
    assert await states(date(2026, 7, 1)) == {(1, "recognised"), (2, "recommended")}
    changes = await changes_known(EVER, POOL)
    now = standings(changes, date(2026, 7, 1))
    assert rows(now, "enterprise_id", "batch", "document", "officer") == {
        (1, "第五批", "豫工信〔2026〕9号", "李四"),
        (2, None, None, "李四"),
    }
    evidence = await evidence_of_change(changes["id"][0])
    kept = msgspec.json.decode(evidence or "")
    assert kept["values"]["main_revenue@2025"]["value"] == 1800 * 1_000_000
    assert kept["values"]["main_revenue@2025"]["file"] == "2.xlsx"


async def test_one_unlawful_change_of_a_batch_stops_it_all() -> None:
    await change_pool(POOL, [1], asked("admit", date(2026, 5, 6), "selected"), RULES)

    with pytest.raises(PoolRefused) as refused:
        await change_pool(
            POOL, [1, 2, 99], asked("recommend", date(2026, 6, 1), "meets_criteria"), RULES
        )

    assert "企业2：“不在库”不能推荐；可以：列为候选、入库、补录" in refused.value.problems
    assert "编号99：没有这家企业；先导入登记信息" in refused.value.problems
    assert await states(date(2026, 6, 1)) == {(1, "in_pool")}


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (asked("admit", date(2026, 5, 6), None), "入库要写原因"),
        (asked("admit", date(2026, 5, 6), "announced"), "不能用于入库"),
        (asked("admit", date(2026, 5, 6), "selected", now=at(5, 1)), "还没有到"),
        (asked("undo", date(2026, 5, 6), "recorded_in_error"), "没有可以更正的记录"),
        (asked("recognise", date(2026, 5, 6), "announced"), "不能认定"),
    ],
)
async def test_what_is_missing_or_wrong_is_said_with_the_way_out(
    wrong: Asked,
    said: str,
) -> None:
    with pytest.raises(PoolRefused, match=said):
        await change_pool(POOL, [1], wrong, RULES)


async def test_a_change_cannot_take_effect_before_the_last_one() -> None:
    await change_pool(POOL, [1], asked("admit", date(2026, 5, 6), "selected"), RULES)

    with pytest.raises(PoolRefused, match="日期不能倒退"):
        await change_pool(
            POOL, [1], asked("leave", date(2026, 5, 5), "own_wish", now=at(6, 1)), RULES
        )


async def test_what_was_known_then_stays_what_was_known_then() -> None:
    await change_pool(POOL, [1], asked("admit", date(2026, 5, 6), "selected"), RULES)
    late = asked("recommend", date(2026, 6, 1), "meets_criteria", now=at(8, 1))
    await change_pool(POOL, [1], late, RULES)
    await change_pool(POOL, [1], asked("undo", date(2026, 9, 1), "recorded_in_error"), RULES)
    await change_pool(POOL, [1], asked("leave", date(2026, 9, 2), "own_wish"), RULES)

    assert await states(date(2026, 7, 1), at(7, 1)) == {(1, "in_pool")}
    assert await states(date(2026, 7, 1), at(8, 2)) == {(1, "recommended")}
    assert await states(date(2026, 7, 1), at(9, 1, 12)) == {(1, "in_pool")}
    assert await states(date(2026, 9, 2)) == {(1, "left")}
    assert await states(date(2026, 5, 5)) == set()


async def test_a_first_entry_undone_is_as_if_it_had_never_been() -> None:
    await change_pool(POOL, [1], asked("admit", date(2026, 5, 6), "selected"), RULES)
    await change_pool(POOL, [1], asked("undo", date(2026, 5, 7), "recorded_in_error"), RULES)

    assert await states(date(2026, 5, 7)) == set()
    await change_pool(POOL, [1], asked("propose", date(2026, 5, 8), None), RULES)
    assert await states(date(2026, 5, 8)) == {(1, "candidate")}


async def test_only_the_recognised_are_promoted_and_they_stay_for_their_review() -> None:
    await change_pool(POOL, [1, 2], asked("admit", date(2026, 5, 6), "selected"), RULES)
    await change_pool(POOL, [1], asked("recognise", date(2026, 7, 1), "announced"), RULES)
    up = asked("admit", date(2026, 7, 2), None)

    with pytest.raises(PoolRefused, match="企业2：在库，还没有认定"):
        await promote(POOL, [1, 2], up, RULES)
    await promote(POOL, [1], up, RULES)

    found = standings(await changes_known(EVER), date(2026, 7, 2))
    assert rows(found, "pool", "enterprise_id", "state", "reason") == {
        ("specialized", 1, "recognised", "announced"),
        ("specialized", 2, "in_pool", "selected"),
        ("giant", 1, "in_pool", "moved_up"),
    }


async def test_a_firm_that_fell_back_is_seen() -> None:
    await change_pool(POOL, [1], asked("admit", date(2026, 1, 6), "selected"), RULES)
    await change_pool(POOL, [1], asked("recognise", date(2026, 2, 1), "announced"), RULES)
    await change_pool(POOL, [1], asked("fall_due", date(2026, 3, 1), None), RULES)
    await change_pool(POOL, [1], asked("lapse", date(2026, 4, 1), "review_failed"), RULES)
    await change_pool(POOL, [1], asked("admit", date(2026, 5, 1), "selected"), RULES)

    changes = await changes_known(EVER, POOL)
    assert rows(standings(changes, date(2026, 3, 1)), "state", "fell_back") == {
        ("review_due", False)
    }
    assert rows(standings(changes, date(2026, 5, 1)), "state", "fell_back") == {("in_pool", True)}


async def test_two_who_admit_the_same_firm_at_once_admit_it_once() -> None:
    admit = asked("admit", date(2026, 5, 6), "selected")
    done = await asyncio.gather(
        *(change_pool(POOL, [1], admit, RULES) for _ in range(3)), return_exceptions=True
    )

    assert sorted(map(str, done)).count("1") == 1
    assert all(one == 1 or isinstance(one, PoolRefused) for one in done)
    assert (await changes_known(EVER, POOL)).height == 1
