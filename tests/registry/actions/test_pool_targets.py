"""Targets: 登封's and 郑州's, handed down, conflicts marked, forecasts apart, the actual beside them."""

import io
from datetime import date

import pytest
from openpyxl import Workbook  # type: ignore[import-untyped]

from matching.catalogue.load_vocabulary import shipped_vocabulary
from matching.storage.database import Database
from registry.actions.pool_targets import TargetFile, import_targets, show_targets
from registry.pool.declared import shipped_pools
from registry.pool.errors import ListRefused
from registry.pool.read_targets import HEADERS
from registry.pool.targets import TargetRow
from registry.profiles.knowledge import Knowledge
from tests.makers import Entry, Sheet, at, take_in

pytestmark = pytest.mark.anyio
WORDS = shipped_vocabulary()
FILE = """\
source: 登封市工业三年行动计划
targets:
  - {place: 登封市, title: 专精特新中小企业, kind: 目标, first_year: 2024, last_year: 2026, figure: 20, source_line: 三年新增专精特新20家}
  - {place: 登封市, title: 规上企业名录, kind: 目标, first_year: 2024, last_year: 2026, figure: 100, source_line: 三年小升规100家}
  - {place: 登封市, title: 高企, kind: 目标, first_year: 2026, last_year: 2026, figure: 17, bound: 等于, source_line: 新增高企17家}
  - {place: 登封市, title: 高企, kind: 目标, first_year: 2024, last_year: 2026, every_year: yes, figure: 10, source_line: 每年新增10家以上}
  - {place: 登封市, title: 高企, kind: 目标, counts: 总数, first_year: 2026, last_year: 2026, figure: 65, source_line: 65家以上}
  - {place: 登封市, title: 高企, kind: 预计, first_year: 2026, last_year: 2026, figure: 12, source_line: 预计新增12家}
  - {place: 郑州市, title: 规上企业名录, kind: 目标, first_year: 2026, last_year: 2026, bound: 左右, figure: 400, source: 郑州市工作要点, source_line: 入库约400家}
  - {place: 郑州市, title: 专精特新中小企业, kind: 目标, first_year: 2024, last_year: 2026, every_year: yes, figure: 150, department: 工信局, source: 郑州市工作要点, source_line: 每年150家以上}
"""


async def take(data: bytes, name: str = "目标.yml") -> tuple[int, int]:
    return await import_targets(
        TargetFile(file_name=name, data=data, by="张三", now=at(1, 5)), WORDS
    )


async def shown(on: date = date(2026, 10, 31), year: int = 2026) -> tuple[TargetRow, ...]:
    return await show_targets(year, Knowledge(on, at(12, 31)), shipped_pools(), WORDS)


async def three_firms() -> None:
    entry = {"list": "specialized_sme"}
    places = {1: "410185", 2: "410185101", 3: "410102"}
    await take_in(
        Sheet(
            number=1,
            department="industry",
            observed_on=date(2026, 9, 30),
            recorded_at=at(10, 2),
            newcomers=(1, 2, 3, 4),
            facts={one: {"place": place} for one, place in places.items()},
            entries=[
                Entry(enterprise=1, since=date(2025, 5, 1), **entry),
                Entry(enterprise=2, since=date(2026, 5, 1), **entry),
                Entry(enterprise=2, since=date(2023, 12, 31), until=date(2026, 4, 30), **entry),
                Entry(enterprise=3, since=date(2026, 5, 1), **entry),
                Entry(enterprise=4, since=date(2026, 5, 1), **entry),
            ],
            whole=("specialized_sme",),
        )
    )


async def test_the_same_file_twice_is_the_same_rows(db: Database) -> None:  # noqa: ARG001
    assert await take(FILE.encode()) == (8, 0)
    assert await take(FILE.encode()) == (0, 8)


async def test_own_targets_stand_beside_those_handed_down_with_what_came_of_them(
    db: Database,  # noqa: ARG001
) -> None:
    await take(FILE.encode())
    await three_firms()

    rows = [row for row in await shown() if row.target.title == "specialized_sme"]
    assert [
        (row.place_name, row.inherited_from, row.target.figure, row.actual, row.unplaced)
        for row in rows
    ] == [
        ("郑州市", None, 150, 1, 1),
        ("登封市", None, 20, 1, 1),
        ("登封市", "郑州市", 150, 0, 1),
    ]
    assert [row.actual_until for row in rows] == [date(2026, 10, 31)] * 3
    assert rows[1].at_least
    assert rows[0].target.department == "industry"


async def test_conflicts_are_marked_and_never_settled_and_forecasts_stay_apart(
    db: Database,  # noqa: ARG001
) -> None:
    await take(FILE.encode())

    found = {row.target.source_line: row.differs_from for row in await shown()}
    assert found["新增高企17家"] == ("每年新增10家以上",)
    assert found["每年新增10家以上"] == ("新增高企17家",)
    assert found["65家以上"] == ()
    assert found["预计新增12家"] == ()
    assert found["三年小升规100家"] == ()
    in_2025 = {row.target.source_line: row.differs_from for row in await shown(year=2025)}
    assert in_2025["每年新增10家以上"] == ()
    assert "新增高企17家" not in in_2025


async def test_three_in_three_years_and_one_each_year_do_not_contradict(
    db: Database,  # noqa: ARG001
) -> None:
    line = (
        "  - {place: 登封市, title: 省级智能工厂, kind: 目标, first_year: 2024, last_year: 2026, "
    )
    whole, yearly = (
        "figure: 3, source_line: 三年内3家}",
        "every_year: yes, figure: 1, source_line: 每年1家}",
    )
    await take(f"source: 甲\ntargets:\n{line}{whole}\n{line}{yearly}\n".encode())

    assert [row.differs_from for row in await shown()] == [(), ()]


async def test_a_workbook_is_read_alike_and_every_wrong_cell_is_named(db: Database) -> None:  # noqa: ARG001
    book = Workbook()
    book.active.append(list(HEADERS.values()))
    good = [
        "登封市",
        "工信局",
        "专精特新中小企业",
        "目标",
        "新增",
        2024,
        2026,
        "否",
        "以上",
        20,
        "计划",
        "20家",
    ]
    book.active.append(good)
    written = io.BytesIO()
    book.save(written)
    assert await take(written.getvalue(), "目标.xlsx") == (1, 0)

    book.active.append(
        ["月球", None, "好企业", "愿望", None, 2026, 2024, None, None, "二十", "计划", None]
    )
    written = io.BytesIO()
    book.save(written)
    with pytest.raises(ListRefused) as refused:
        await take(written.getvalue(), "目标.xlsx")
    assert {(one.row, one.column) for one in refused.value.refusals} == {
        (3, "A"), (3, "C"), (3, "D"), (3, "G"), (3, "J"), (3, "L"),
    }  # fmt: skip
    assert len(await shown()) == 1


@pytest.mark.parametrize("text", ["targets: 3", "[1, 2]", "targets: [1]", "{", "\x00"])
async def test_what_is_no_list_of_targets_is_refused(db: Database, text: str) -> None:  # noqa: ARG001
    with pytest.raises(ListRefused, match="targets"):
        await take(text.encode())
