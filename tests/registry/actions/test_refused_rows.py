"""Refused rows go back as they came, and corrected they come in."""

import io

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from matching.storage.database import Database
from registry.actions.refused_rows import NothingRefused, refused_rows
from registry.profiles.tables import Award, FactValue, ListCoverage, Membership
from tests.registry.actions.desk import WORDS, committed, previewed, registered, registration
from tests.registry.imports.making import MARKET, code, csv_file, workbook

pytestmark = pytest.mark.anyio

NEGATIVE = ["统一社会信用代码", "企业名称", "名单类别", "列入日期", "移出日期"]
AWARDS = ["企业名称", "政策", "金额（万元）", "拨付日期"]


@pytest.fixture(autouse=True)
def _database(db: Database) -> None:
    """Every test has an empty database, of either kind."""


async def sent_back(import_id: int | None) -> openpyxl.Workbook:
    assert import_id is not None
    return openpyxl.load_workbook(io.BytesIO((await refused_rows(import_id, WORDS)).data))


def rows_of(book: openpyxl.Workbook) -> Worksheet:
    return book.worksheets[1]


def saved(book: openpyxl.Workbook) -> bytes:
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def coloured(sheet: Worksheet) -> dict[str, str]:
    return {
        cell.coordinate: cell.comment.text
        for row in sheet.iter_rows()
        for cell in row
        if cell.comment is not None and cell.fill.fgColor.rgb == "FFF8D7B0"
    }


async def test_a_corrected_row_comes_in_and_the_rest_is_not_told_twice() -> None:
    sheet = registration(
        registered(1, "甲厂"),
        registered(2, "乙厂", 登记状态="奇怪"),
        ["123", None, *registered(3, "丙厂")[2:]],
    )
    first = await committed(sheet)
    book = await sent_back(first.import_id)
    rows = rows_of(book)

    assert rows["A1"].value == "补报：市场监管局企业登记信息（截至2026年9月30日）"
    assert tuple(cell.value for cell in rows[3]) == MARKET
    assert [rows.cell(row=at, column=1).value for at in (4, 5)] == [code(2), "123"]
    found = coloured(rows)
    assert set(found) == {"C4", "A5"}
    assert "原表第4行" in found["C4"]
    assert "填写" in found["C4"] or "用" in found["C4"]
    rows["C4"] = "存续"
    rows["A5"], rows["B5"] = code(3), "丙厂"
    again = await committed(saved(book), later_seconds=5)

    assert again.refused == ()
    assert (again.rows_taken, again.written.created) == (2, 1)
    told = await FactValue.select().where(FactValue.fact == "status")
    assert len({row["enterprise_id"] for row in told}) == 3
    assert again.written.values == 1 + 5  # the cell of one row, and the whole of the other


async def test_a_supplement_gives_no_list_whole() -> None:
    await committed(registration(registered(1, "甲厂"), registered(2, "乙厂")))
    listed = [
        [code(1), "甲厂", "经营异常名录", "2025-01-02", ""],
        [code(2), "乙厂", "没有这个名单", "2025-01-02", ""],
    ]
    first = await committed(csv_file([["截至2026年9月30日"], NEGATIVE, *listed]))
    covered = await ListCoverage.count()
    book = await sent_back(first.import_id)
    rows_of(book)["C4"] = "经营异常名录"
    preview = await previewed(saved(book))
    await committed(saved(book), later_seconds=5)

    assert await ListCoverage.count() == covered
    assert await Membership.count() == 2
    (counts,) = preview.lists
    assert (counts.new, counts.gone) == (1, 0)


async def test_a_payment_that_went_in_without_a_cell_is_not_sent_again() -> None:
    await committed(registration(registered(1, "甲厂"), registered(2, "乙厂")))
    ledger = workbook(
        [
            ["台账（截至2026年9月30日）"],
            AWARDS,
            ["甲厂", "P12", "很多", "2024-06-01"],
            ["厂", "P12", 30, "2024-06-01"],
        ]
    )
    first = await committed(ledger)
    book = await sent_back(first.import_id)
    rows = rows_of(book)

    assert [rows.cell(row=at, column=1).value for at in (4, 5)] == ["厂", None]
    said = [cell.value for row in book.worksheets[0].iter_rows() for cell in row if cell.value]
    assert any("撤销这次导入" in str(text) for text in said)
    rows["A4"] = "乙厂"
    await committed(saved(book), later_seconds=5)
    assert await Award.count() == 2


async def test_a_unit_above_the_table_comes_back_with_it() -> None:
    headers = ["纳税人识别号", "纳税人名称", "2025年营业收入"]
    sheet = workbook(
        [
            ["截至2026年9月30日"],
            ["金额单位：万元"],
            headers,
            [code(1), "甲厂", "一千"],
            [code(2), "乙厂", 5],
        ]
    )
    first = await committed(sheet)
    book = await sent_back(first.import_id)
    rows_of(book)["C5"] = "1000"
    await committed(saved(book), later_seconds=5)

    told = {row["number"] for row in await FactValue.select()}
    assert told == {5 * 1_000_000, 1000 * 1_000_000}


async def test_no_cell_is_a_formula() -> None:
    rows = [
        registered(1, "甲厂", 登记状态='=HYPERLINK("http://example.cn","看")'),
        registered(2, "=1+1厂", 登记状态="@SUM(1)"),
    ]
    sheet = csv_file([["截至2026年9月30日"], MARKET, *rows])
    first = await committed(sheet)
    texts: set[str] = set()
    for worksheet in (await sent_back(first.import_id)).worksheets:
        cells = [cell for row in worksheet.iter_rows() for cell in row]
        kinds = {cell.data_type for cell in cells}
        assert kinds <= {"s", "n"}  # n: an empty cell
        texts |= {str(cell.value) for cell in cells}
    assert {"=1+1厂", "@SUM(1)", '=HYPERLINK("http://example.cn","看")'} <= texts


async def test_where_nothing_was_refused_that_is_said() -> None:
    first = await committed(registration(registered(1, "甲厂")))

    with pytest.raises(NothingRefused, match="没有未取用"):
        await refused_rows(first.import_id or 0, WORDS)
    with pytest.raises(NothingRefused, match="没有第99号"):
        await refused_rows(99, WORDS)
