"""Held for review, decided once for all alike, counted from then on, taken back without a trace in the figures."""

from datetime import date, timedelta

import polars as pl
import pytest

from matching.catalogue.load_vocabulary import shipped_vocabulary
from matching.engine.truth import MET, UNMET
from matching.storage.database import Database
from registry.actions.judge_identity import Choice, Deciding, Judged, judge, judge_for_show
from registry.actions.review_queue import review_queue, show_case
from registry.enterprises.tables import Enterprise
from registry.identity.decide import IdentityRefused
from registry.imports.tables import Import
from registry.profiles.knowledge import Knowledge
from registry.profiles.load_population import load_population
from tests.makers import Clause, catalogue_of
from tests.registry.actions.desk import RECORDED, committed, registered, registration
from tests.registry.imports.making import code, workbook

pytestmark = pytest.mark.anyio

DAY = date(2026, 9, 30)
WORDS = shipped_vocabulary()
RULES = catalogue_of({"untouched": Clause(condition="{negate: {paid: P12}}")})
LEDGER = ["企业名称", "政策", "金额（万元）", "拨付日期"]


@pytest.fixture(autouse=True)
async def _town(db: Database) -> None:  # noqa: ARG001
    """Two enterprises of one name and a third one; a ledger pays the twins' name, and somebody unheard of."""
    await committed(
        registration(registered(1, "双子厂"), registered(2, "双子厂"), registered(3, "丙厂"))
    )
    rows = [["双子厂", "P12", 50, "2024-06-01"], ["没有厂", "P12", 30, "2024-06-01"]]
    await committed(workbook([["台账（截至2026年9月30日）"], LEDGER, *rows]), later_seconds=1)


async def firm(number: int) -> int:
    found = await Enterprise.select(Enterprise.id).where(Enterprise.uscc == code(number)).first()
    assert found is not None
    return int(found["id"])


async def waiting() -> dict[str, int]:
    queue = await review_queue()
    return {group.name: group.subject_id for group in queue.groups}


def deciding(subject: int, choice: Choice, whom: int | None = None, **more: object) -> Deciding:
    said = {
        "subject_id": subject,
        "choice": choice,
        "enterprise_id": whom,
        "by": "张三",
        "reason": "电话核实",
        "now": RECORDED + timedelta(seconds=10),
    }
    return Deciding(**(said | more))  # type: ignore[arg-type]  # fields by name


async def decide(subject: int, choice: Choice, whom: int | None = None, **more: object) -> Judged:
    return await judge(deciding(subject, choice, whom, **more), DAY, RULES)


async def paid(seconds: int = 5_000) -> list[int]:
    known = Knowledge(DAY, RECORDED + timedelta(seconds=seconds))
    return sorted((await load_population(known, WORDS)).awards["enterprise_id"].to_list())


async def test_what_is_held_counts_for_nobody_and_stands_in_the_queue_by_situation() -> None:
    queue = await review_queue()

    assert await paid() == []
    assert queue.total == 2
    assert queue.counts == {"several_bearers": 1, "nobody_near": 1}
    case = await show_case((await waiting())["双子厂"])
    assert [near.uscc for near in case.candidates] == [code(1), code(2)]
    assert case.rows[0].cells["企业名称"] == "双子厂"
    assert case.alike == 1
    assert case.next_id == (await waiting())["没有厂"]


async def test_judged_the_same_its_values_count_from_that_moment_on() -> None:
    second = await firm(2)
    done = await decide((await waiting())["双子厂"], "same", second)

    assert await paid() == [second]
    assert await paid(seconds=9) == []
    assert (await waiting()).keys() == {"没有厂"}
    (effect,) = done.effects
    assert (effect.enterprise_id, effect.state) == (second, "there")


async def test_a_later_sheet_keeps_what_was_judged() -> None:
    second = await firm(2)
    await decide((await waiting())["双子厂"], "same", second)
    again = workbook([["台账（截至2026年9月30日）"], LEDGER, ["双子厂", "P12", 9, "2025-06-01"]])
    outcome = await committed(again, later_seconds=60, confirmed=True)

    assert (outcome.written.by_name, outcome.written.held) == (1, 0)
    assert second in await paid()


async def test_denied_one_bearer_is_out_and_denied_both_nobody_is_left() -> None:
    subject = (await waiting())["双子厂"]
    await decide(subject, "different", await firm(1))
    with pytest.raises(IdentityRefused, match="已经认定不是"):
        await decide(subject, "different", await firm(1))

    again = workbook([["台账（截至2026年9月30日）"], LEDGER, ["双子厂", "P12", 9, "2025-06-01"]])
    await committed(again, later_seconds=60, confirmed=True)
    case = await show_case(subject)
    assert [near.candidate.enterprise_id for near in case.candidates] == [await firm(2)]


async def test_set_aside_it_waits_no_longer_and_counts_for_nobody() -> None:
    await decide((await waiting())["没有厂"], "apart")

    assert (await waiting()).keys() == {"双子厂"}
    assert await paid() == []


async def test_an_enterprise_made_in_the_review_is_known_from_then_and_gone_when_taken_back() -> (
    None
):
    subject = (await waiting())["没有厂"]
    done = await decide(subject, "create", uscc=code(9))
    whom = done.enterprise_id

    assert whom is not None
    assert await paid() == [whom]
    before = Knowledge(DAY, RECORDED + timedelta(seconds=9))
    assert whom not in (await load_population(before, WORDS)).frame["enterprise_id"]
    await decide(subject, "take_back", now=RECORDED + timedelta(seconds=20))
    after = Knowledge(DAY, RECORDED + timedelta(seconds=30))
    assert whom not in (await load_population(after, WORDS)).frame["enterprise_id"]
    assert (await waiting()).keys() == {"双子厂", "没有厂"}


@pytest.mark.parametrize(("uscc", "said"), [(code(1), "已是“双子厂”的"), ("123", "有3位")])
async def test_a_code_that_is_anothers_or_no_code_makes_no_enterprise(uscc: str, said: str) -> None:
    before = await Import.count()
    with pytest.raises(IdentityRefused, match=said):
        await decide((await waiting())["没有厂"], "create", uscc=uscc)

    assert await Import.count() == before


async def test_merged_and_split_every_value_is_back_and_both_say_what_changes() -> None:
    first, second = await firm(1), await firm(2)
    await decide((await waiting())["双子厂"], "same", second)
    later = {"now": RECORDED + timedelta(seconds=20)}
    shown = await judge_for_show(deciding(second, "same", first, **later), DAY, RULES)
    assert await paid() == [second]
    merged = await decide(second, "same", first, **later)

    assert await paid() == [first]
    assert [(one.enterprise_id, one.state) for one in merged.effects] == [
        (first, "there"),
        (second, "gone"),
    ]
    assert shown.effects == merged.effects
    (change,) = merged.effects[0].changes
    assert (change.before, change.after) != (change.after, change.before)
    assert change.before == MET
    assert change.after == UNMET
    split = await decide(second, "apart", now=RECORDED + timedelta(seconds=30))
    assert await paid() == [second]
    assert [one.state for one in split.effects] == ["there", "new"]
    assert split.effects[0].changes[0].after == MET


async def test_onto_one_merged_away_means_whom_it_is_now_and_a_circle_is_refused() -> None:
    first, second, third = await firm(1), await firm(2), await firm(3)
    await decide(second, "same", first)
    await decide((await waiting())["双子厂"], "same", second, now=RECORDED + timedelta(seconds=20))

    assert await paid() == [first]
    with pytest.raises(IdentityRefused, match="一圈"):
        await decide(first, "same", second)
    with pytest.raises(IdentityRefused, match="已经认定"):
        await decide(second, "same", first)
    with pytest.raises(IdentityRefused, match="不需要拆开"):
        await decide(third, "apart")
    with pytest.raises(IdentityRefused, match="没有编号"):
        await decide(third, "same", 999_999)
    with pytest.raises(IdentityRefused, match="由谁"):
        await decide(third, "same", first, by=" ")


async def test_one_decision_does_for_all_in_the_identical_situation() -> None:
    named = [["统一社会信用代码", "企业名称", "名单类别", "列入日期", "移出日期"]]
    entry = ["", "双子厂", "经营异常名录", "2025-01-02", ""]
    await committed(workbook([["截至2026年9月30日"], *named, entry]), later_seconds=2)
    queue = await review_queue()
    (twins,) = [group for group in queue.groups if group.name == "双子厂"]
    assert twins.alike == 2
    assert len(twins.departments) == 2

    done = await decide(twins.subject_id, "same", await firm(1), all_alike=True)

    assert len(done.subjects) == 2
    assert (await waiting()).keys() == {"没有厂"}


async def test_taken_back_a_judgement_leaves_what_was_judged_before() -> None:
    subject, first, second = (await waiting())["双子厂"], await firm(1), await firm(2)
    await decide(subject, "same", first)
    await decide(subject, "same", second, now=RECORDED + timedelta(seconds=20))
    await decide(subject, "take_back", now=RECORDED + timedelta(seconds=30))
    assert await paid() == [first]
    await decide(subject, "take_back", now=RECORDED + timedelta(seconds=40))
    assert await paid() == [second]
    ledger = pl.DataFrame({"paid": await paid(seconds=15)})
    assert ledger["paid"].to_list() == [first]
