"""A sheet of relations binds enterprises, says which ties are all, and is taken back whole."""

from datetime import date, timedelta

import pytest

from matching.engine.ground import Ground
from matching.engine.match import decided_items, verdicts
from matching.engine.population import Population
from matching.engine.truth import MET, OPEN, UNMET
from matching.storage.database import Database
from registry.actions.import_outcome import ImportOutcome
from registry.actions.preview_sheet import preview_sheet
from registry.actions.relate import list_relations
from registry.actions.undo_effect import undo_effect
from registry.actions.undo_import import Undoing, undo_import
from registry.enterprises.tables import Enterprise
from registry.identity.tables import Relation
from registry.profiles.knowledge import Knowledge
from registry.profiles.load_population import load_population, renew_population
from registry.profiles.load_profile import load_profile
from tests.makers import Clause, catalogue_of, rows
from tests.registry.actions.desk import (
    RECORDED,
    WORDS,
    a_file,
    committed,
    registered,
    registration,
    told,
)
from tests.registry.imports.making import code, workbook

pytestmark = pytest.mark.anyio

DAY = date(2026, 9, 30)
TITLES = ["企业名称", "统一社会信用代码", "称号", "认定日期"]
HEADER = [
    "统一社会信用代码",
    "企业名称",
    "关系",
    "对方代码",
    "对方名称",
    "持股比例（%）",
    "生效日期",
]
RULES = catalogue_of(
    {
        "group": Clause(condition="{related: any, has: {listed: little_giant}}"),
        "no-group": Clause(condition="{negate: {related: any, has: {listed: little_giant}}}"),
    }
)


@pytest.fixture(autouse=True)
async def _town(db: Database) -> None:  # noqa: ARG001
    """Firms 1 to 4; 1 is a little giant, and who is one is known of everybody."""
    await committed(registration(*(registered(one, f"第{one}厂") for one in (1, 2, 3, 4))))
    title = ["第1厂", code(1), "小巨人", "2025-07-01"]
    data = workbook(
        [["截至2026年9月30日"], TITLES, title], 本表覆盖的名录=[["专精特新“小巨人”企业"]]
    )
    outcome = await committed(data, later_seconds=1)
    assert not [one for one in outcome.refused if one.row], outcome.refused


def sheet(*said: list[object], whole: bool = False, on: str = "2026年9月30日") -> bytes:
    head = [[f"关系（截至{on}）"], HEADER]
    if whole:
        return workbook([*head, *said], 本表覆盖的关系=[["控股与集团关系"]])
    return workbook([*head, *said])


def tie(one: int, word: str, other: int, share: object = None, day: object = None) -> list[object]:
    return [code(one), f"第{one}厂", word, code(other), f"第{other}厂", share, day]


async def firm(number: int) -> int:
    found = await Enterprise.select(Enterprise.id).where(Enterprise.uscc == code(number)).first()
    assert found is not None
    return int(found["id"])


def knew(seconds: int, day: date = DAY) -> Knowledge:
    return Knowledge(day, RECORDED + timedelta(seconds=seconds))


async def whole(seconds: int, day: date = DAY) -> Population:
    return await load_population(knew(seconds, day), WORDS)


async def codes(seconds: int, item: str) -> list[int]:
    """Give how an item comes out for firms 1 to 4."""
    population = await whole(seconds)
    found = verdicts(
        decided_items(RULES.items, DAY), Ground(population, WORDS, RULES.definitions, DAY), DAY
    )
    by_firm = dict(found.select("enterprise_id", item).iter_rows())
    return [by_firm[await firm(one)] for one in (1, 2, 3, 4)]


async def undo(outcome: ImportOutcome, seconds: int) -> None:
    assert outcome.import_id is not None
    now = RECORDED + timedelta(seconds=seconds)
    await undo_import(
        Undoing(import_id=outcome.import_id, by="张三", reason="错表", now=now), WORDS
    )


async def test_every_word_goes_its_way_with_share_day_and_what_it_rests_on() -> None:
    outcome = await committed(
        sheet(
            tie(1, "控股", 2, 60, "2026-03-01"),
            tie(3, "受控于", 2, 51),
            tie(4, "集团成员", 1),
            tie(2, "吸收合并", 4, None, "2026-09-01"),
            tie(3, "分立出", 4, None, "2026年8月"),
        ),
        later_seconds=5,
    )

    assert outcome.written.relations == 5
    ids = {await firm(one): one for one in (1, 2, 3, 4)}
    kept = [
        (ids[one["enterprise_id"]], one["kind"], ids[one["other_id"]], one["share_bp"], one["effective_on"])
        for one in await Relation.select().order_by(Relation.id)
    ]  # fmt: skip
    assert kept == [
        (1, "controls", 2, 6_000, date(2026, 3, 1)),
        (2, "controls", 3, 5_100, DAY),
        (4, "group_member", 1, None, DAY),
        (4, "merged_into", 2, None, date(2026, 9, 1)),
        (4, "split_from", 3, None, date(2026, 8, 1)),
    ]
    shown = await list_relations(RECORDED + timedelta(seconds=9))
    assert {one.relation.document for one in shown} == {"市场监管局控股与集团关系"}


async def test_an_item_about_the_group_is_settled_by_the_sheet_and_open_again_without_it() -> None:
    assert await codes(4, "group") == [OPEN] * 4
    some = await committed(sheet(tie(1, "控股", 2, 60)), later_seconds=5)
    assert await codes(6, "group") == [OPEN, MET, OPEN, OPEN]
    all_of_them = await committed(sheet(tie(1, "控股", 2, 60), whole=True), later_seconds=10)
    assert await codes(11, "group") == [UNMET, MET, UNMET, UNMET]
    assert await codes(11, "no-group") == [MET, UNMET, MET, MET]

    shown = await undo_effect(
        Undoing(
            import_id=all_of_them.import_id or 0,
            by="张三",
            reason="错表",
            now=RECORDED + timedelta(seconds=15),
        ),
        RULES,
    )
    assert {(one.item, one.before, one.after, one.enterprises) for one in shown.moved} == {
        ("group", "不符合", "待补充", 3),
        ("no-group", "符合", "待补充", 3),
    }
    await undo(all_of_them, 20)
    assert await codes(30, "group") == [OPEN, MET, OPEN, OPEN]
    await undo(some, 40)
    assert await codes(50, "group") == [OPEN] * 4
    assert await codes(11, "group") == [UNMET, MET, UNMET, UNMET]


async def test_a_newer_whole_list_ends_what_it_no_longer_names_but_no_merger() -> None:
    await committed(
        sheet(tie(1, "控股", 2), tie(3, "并入", 1, None, "2026-09-01"), whole=True), later_seconds=5
    )
    october = sheet(tie(1, "控股", 4), whole=True, on="2026年10月31日")
    await committed(october, confirmed=True, later_seconds=9)
    first, second, fourth = await firm(1), await firm(2), await firm(4)

    before, after = await whole(20), await whole(20, date(2026, 10, 31))
    assert rows(before.relations, "enterprise_id", "other_id") == {(first, second), (second, first)}
    assert rows(after.relations, "enterprise_id", "other_id") == {(first, fourth), (fourth, first)}
    assert after.coverage["relations"] == date(2026, 10, 31)
    shown = await list_relations(RECORDED + timedelta(seconds=30))
    assert {one.relation.kind for one in shown} == {"controls", "merged_into"}


async def test_renewed_is_as_loaded_anew_and_one_profile_as_the_population() -> None:
    first = await committed(sheet(tie(1, "控股", 2), tie(3, "并入", 1, None, "2026-09-01")), later_seconds=5)  # fmt: skip
    await committed(sheet(tie(4, "集团成员", 1), whole=True), later_seconds=10)
    await undo(first, 15)
    moments = (4, 6, 11, 20)
    for before in moments:
        for now in moments[moments.index(before) :]:
            renewed = await renew_population(await whole(before), knew(before), knew(now), WORDS)
            anew = await whole(now)
            assert renewed.frame.equals(anew.frame), (before, now)
            assert renewed.relations.equals(anew.relations), (before, now)
            assert renewed.memberships.equals(anew.memberships), (before, now)
            assert renewed.coverage == anew.coverage, (before, now)
    for one in (1, 2, 3, 4):
        number = await firm(one)
        alone = (await load_profile(number, knew(11), WORDS)).population
        everybody = await whole(11)
        mine = everybody.relations.filter(enterprise_id=number)
        assert alone.relations.filter(enterprise_id=number).equals(mine)
        assert alone.coverage["relations"] == DAY


async def test_one_named_without_a_code_is_linked_or_waits_and_nobody_stands_twice() -> None:
    outcome = await committed(
        sheet(
            [None, "第1厂", "控股", None, "第2厂", 60, None],
            [None, "没有厂", "控股", None, "第3厂", 60, None],
            [code(4), "第4厂", "控股", None, "没有厂", 60, None],
        ),
        later_seconds=5,
    )

    assert (outcome.written.by_name, outcome.written.held, outcome.written.relations) == (1, 1, 3)
    first, second = await firm(1), await firm(2)
    found = (await whole(9)).relations
    assert rows(found, "enterprise_id", "other_id", "role") == {
        (first, second, "member"),
        (second, first, "parent"),
    }


async def test_what_cannot_be_understood_is_refused_in_its_cell() -> None:
    outcome = await committed(
        sheet(
            tie(1, "合并", 2, None, "2026-09-01"),
            tie(1, "并入", 2),
            tie(1, "控股", 1),
            tie(1, "控股", 2, 130),
            [code(1), "第1厂", "控股", None, None, None, None],
            [code(1), "第1厂", "控股", code(9), None, None, None],
            [code(1), "第1厂", None, code(2), "第2厂", None, None],
        ),
        later_seconds=5,
    )

    said = {(one.row, one.column): one.problem for one in outcome.refused if one.row}
    assert {place: next(word for word in WHY if word in problem) for place, problem in said.items()} == {
        (3, "C"): "不是认得的关系",
        (4, "G"): "没有写是哪一天",
        (5, "C"): "同一家企业",
        (6, "F"): "0%到100%",
        (7, "D"): "没有对方可用的代码",
        (8, "B"): "对方：登记中没有这个代码",
        (9, "C"): "没有写是什么关系",
    }  # fmt: skip
    assert outcome.written.relations == 1
    assert outcome.rows_taken == 1


WHY = (
    "不是认得的关系",
    "没有写是哪一天",
    "同一家企业",
    "0%到100%",
    "没有对方可用的代码",
    "对方：登记中没有这个代码",
    "没有写是什么关系",
)


async def test_a_preview_counts_relations_and_keeps_none() -> None:
    shown = await preview_sheet(a_file(sheet(tie(1, "控股", 2, 60), whole=True)), told())

    assert shown.outcome.written.relations == 1
    assert not shown.changes_nothing
    assert await Relation.count() == 0
