"""Pool lists as workbooks: out, in again, and what is refused with row and cell."""

import io
from datetime import date

import pytest
from openpyxl import Workbook, load_workbook  # type: ignore[import-untyped]

from matching.catalogue.load_vocabulary import shipped_vocabulary
from matching.storage.database import Database, engine
from registry.actions.change_pool import EVER, change_pool
from registry.actions.pool_lists import (
    Importing,
    Taken,
    export_pool_list,
    import_pool_list,
    pool_list,
)
from registry.pool.declared import shipped_pools
from registry.pool.errors import ListRefused, PoolRefused
from registry.pool.list_sheet import HEADERS
from registry.pool.store import changes_known
from registry.pool.types import Asked, Event
from registry.profiles.knowledge import Knowledge
from tests.makers import at

RULES = (shipped_pools(), shipped_vocabulary())
POOL = "specialized"
DAY = Knowledge(date(2026, 8, 1), at(8, 2))
pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("firms")]


async def do(event: Event, enterprises: list[int], on: date, reason: str, **other: str) -> None:
    now = at(on.month, on.day)
    asked = Asked(event=event, by="张三", on=on, now=now, reason=reason, **other)
    await change_pool(POOL, enterprises, asked, RULES)


async def some_history() -> None:
    paper = {"batch": "第五批", "document": "豫工信〔2026〕9号", "officer": "李四"}
    await do("admit", [1, 2, 3], date(2026, 5, 6), "selected", note="=HYPERLINK(1)")
    await do("recognise", [1], date(2026, 6, 1), "announced", **paper)
    await do("leave", [3], date(2026, 7, 1), "own_wish")


def sheet(*rows: tuple[str | None, ...]) -> bytes:
    """A list as a clerk types it: code, name, state, day, reason."""
    book = Workbook()
    book.active.title = "名单"
    for row in ([HEADERS[key] for key in ("uscc", "name", "state", "since", "reason")], *rows):
        book.active.append(row)
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


async def take(data: bytes) -> Taken:
    given = Importing(file_name="名单.xlsx", data=data, pool=POOL, by="王五", now=at(8, 2))
    return await import_pool_list(given, RULES)


async def test_the_first_sheet_says_what_the_list_is_and_no_cell_is_a_formula() -> None:
    await some_history()
    book = load_workbook(io.BytesIO(await export_pool_list(POOL, DAY, RULES)))

    about = {row[0].value: row[1].value for row in book["说明"].iter_rows()}
    assert about["培育库"] == "专精特新培育库"
    assert about["截至"] == "2026-08-01"
    assert about["筛选"] == "全部状态"
    assert about["企业数"] == "3"
    cells = [cell for row in book["名单"].iter_rows() for cell in row]
    assert {cell.data_type for cell in cells if cell.value is not None} == {"s"}
    assert "=HYPERLINK(1)" in {cell.value for cell in cells}

    only = load_workbook(io.BytesIO(await export_pool_list(POOL, DAY, RULES, "left")))
    assert only["名单"].max_row == 2
    assert only["说明"]["B4"].value == "已出库"


async def test_a_list_taken_into_an_empty_pool_gives_the_same_list(db: Database) -> None:  # noqa: ARG001
    await some_history()
    before = await pool_list(POOL, DAY)
    written = await export_pool_list(POOL, DAY, RULES)
    await engine()._run_in_new_connection("DELETE FROM pool_change")

    assert await take(written) == Taken(3, 0)
    after = await pool_list(POOL, DAY)
    assert after.rows == before.rows
    assert await take(written) == Taken(0, 3)


async def test_a_list_moves_those_that_can_be_moved_in_one_step() -> None:
    await some_history()
    rows = sheet(
        ("91410100MAXX000002", "企业2", "已推荐", "2026/8/1", "对照标准已符合"),
        (None, "企业4", "候选", "2026年8月1日", None),
    )

    assert await take(rows) == Taken(2, 0)
    listed = await pool_list(POOL, DAY)
    assert {(row.name, row.state) for row in listed.rows} == {
        ("企业1", "recognised"), ("企业2", "recommended"), ("企业3", "left"), ("企业4", "candidate"),
    }  # fmt: skip


async def test_every_wrong_cell_is_named_and_nothing_is_half_done() -> None:
    await some_history()
    before = await changes_known(EVER)
    wrong = sheet(
        ("91410100MAXX000004", "企业4", "在库", "2026-08-01", "定期遴选"),
        ("91410100MAXX000009", "企业9", "在库", "2026-08-01", None),
        ("91410100MAXX000002", "企业2", "已入选", "2026-13-01", "喜欢"),
        (None, None, "在库", None, None),
    )
    with pytest.raises(ListRefused) as first:
        await take(wrong)
    assert [(one.row, one.column) for one in first.value.refusals] == [
        (4, "C"), (4, "E"), (4, "D"), (5, "A"), (5, "D"),
    ]  # fmt: skip

    unlawful = sheet(
        ("91410100MAXX000009", "企业9", "在库", "2026-08-01", None),
        ("91410100MAXX000003", "企业3", "已认定", "2026-08-01", "认定公告"),
        ("91410100MAXX000002", "企业2", "已推荐", "2026-08-01", "认定公告"),
        ("91410100MAXX000004", "企业4", "在库", "2026-12-01", None),
        ("91410100MAXX000005", "企业5", "在库", "2026-08-01", None),
        (None, "企业5", "在库", "2026-08-01", None),
        ("91410100MAXX000001", "企业1", "已认定", "2026-06-02", None),
    )
    with pytest.raises(ListRefused) as second:
        await take(unlawful)
    said = {one.row: one.problem for one in second.value.refusals}
    assert said[2] == "登记信息里没有这家企业"
    assert said[3] == "从“已出库”不能一步到“已认定”"
    assert "不能用于推荐" in said[4]
    assert "还没有到" in said[5]
    assert said[6] == said[7] == "这家企业在名单里不止一行"
    assert said[8] == "现在已是已认定，自2026-06-01起，日期不同"
    assert (await changes_known(EVER)).equals(before)


async def test_a_workbook_that_is_no_list_and_a_pool_there_is_not_are_said() -> None:
    book = Workbook()
    book.active["A1"] = "别的"
    written = io.BytesIO()
    book.save(written)

    with pytest.raises(ListRefused, match="没有名为“名单”的工作表"):
        await take(written.getvalue())
    with pytest.raises(PoolRefused, match="没有培育库“nowhere”"):
        await export_pool_list("nowhere", DAY, RULES)
