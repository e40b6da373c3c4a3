"""Sheets of records: patents, rounds of equity and prizes go in row by row, told apart by their numbers."""

from datetime import date

import pytest

from matching.catalogue.load_vocabulary import shipped_vocabulary
from matching.engine.records import record_columns
from registry.imports.check_records import record_problems
from registry.imports.errors import SheetRefused
from registry.imports.layout import Column, Layout
from registry.imports.types import CleanSheet
from tests.registry.imports.making import TITLE, Row, code, refused_at, taken, workbook

WORDS = shipped_vocabulary()
WHOLE = "本表覆盖的台账"
IP = (
    "企业名称", "统一社会信用代码", "专利号", "知识产权类别", "授权日", "取得方式", "转让日期",
    "权利人位次", "是否与主导产品相关", "实际应用并产生经济效益", "高价值",
)  # fmt: skip
PATENT: Row = (
    "甲厂", code(1), "ZL202410000001.1", "发明专利", "2024-03-01", "自主研发", None, 1, "是", "是", "否",
)  # fmt: skip


def sheet(headers: Row, *rows: Row, whole: str | None = None) -> CleanSheet:
    beside = {WHOLE: [[whole]]} if whole else {}
    return taken(workbook([["台账" + TITLE], headers, *rows], (), **beside))


def changed(row: Row, **cells: object) -> Row:
    return [cells.get(header, cell) for header, cell in zip(IP, row, strict=True)]


def test_a_right_is_read_field_by_field_in_the_types_of_the_ledger() -> None:
    found = sheet(IP, PATENT, whole="知识产权台账")

    wanted = record_columns(WORDS.records["intellectual_property"])
    assert dict(found.records.drop("row", "number").schema) == {
        name: kind for name, kind in wanted.items() if name != "enterprise_id"
    }
    assert found.records.row(0, named=True) == {
        "row": 3, "number": "ZL202410000001.1", "kind": "invention", "granted_on": date(2024, 3, 1),
        "origin": "own", "transferred_on": None, "holder_rank": 1, "main_product": True,
        "applied": True, "high_value": False,
    }  # fmt: skip
    assert found.covered == ("intellectual_property",)
    assert found.refused == ()


def test_without_the_second_worksheet_the_ledger_is_not_whole() -> None:
    found = sheet(IP, PATENT)

    assert found.covered == ()
    assert any(WHOLE in one.problem for one in found.refused)


def test_an_empty_cell_and_a_column_that_is_not_there_are_not_known() -> None:
    short = sheet(IP[:-1], [*changed(PATENT, 实际应用并产生经济效益=None)[:-1]])

    assert short.records["applied"].to_list() == [None]
    assert short.records["high_value"].to_list() == [None]


def test_a_word_nobody_knows_costs_its_cell_only() -> None:
    found = sheet(IP, changed(PATENT, 知识产权类别="商标", 权利人位次="第二"))

    assert "不是认得的类别" in refused_at(found)["D3"]
    assert "H3" in refused_at(found)
    assert found.records.select("kind", "holder_rank", "applied").row(0) == (None, None, True)


def test_a_row_without_number_is_no_record() -> None:
    found = sheet(IP, changed(PATENT, 专利号=None), PATENT)

    assert "没有写编号" in refused_at(found)["C3"]
    assert found.records["row"].to_list() == [4]
    assert found.rows["row"].to_list() == [4]


def test_the_same_record_twice_is_one_and_two_that_contradict_are_none() -> None:
    other = changed(PATENT, 企业名称="乙厂", 统一社会信用代码=code(2), 权利人位次=2)
    again = changed(PATENT, 专利号="ZL2")
    found = sheet(IP, PATENT, PATENT, other, again, changed(again, 高价值="是"))

    assert found.records["row"].to_list() == [3, 5]
    assert "第6、7行" in refused_at(found)["C6"]
    assert "第6、7行" in refused_at(found)["C7"]


def test_a_round_of_equity_takes_its_units_from_the_header() -> None:
    headers = (
        "被投企业",
        "投资备案号",
        "实缴额（万元）",
        "到账日期",
        "合格机构投资者",
        "出让股份比例（%）",
    )
    found = sheet(
        headers, ["甲厂", "SX0001", "2000.01", "2026年3月2日", "是", 12.5], whole="股权融资台账"
    )

    row = found.records.row(0, named=True)
    assert row["paid_in"] == 2_000_010_000
    assert row["paid_on"] == date(2026, 3, 2)
    assert row["stake_sold"] == 1_250
    assert found.covered == ("equity",)


def test_a_prize_is_read_with_the_words_of_the_science_bureau() -> None:
    headers = ("完成单位", "证书编号", "奖项类别", "获奖级别", "完成单位名次", "落款日期")
    rows = (
        ["甲厂", "2025-J-001-D02", "科技进步奖", "省部级", 2, "2025-12-30"],
        ["乙厂", "CK2026-017", "创客中国", "国家级", 17, "2026-05-20"],
    )
    found = sheet(headers, *rows, whole="获奖台账")

    assert found.layout.name == "science-prizes"
    assert found.records.drop("row", "number").rows() == [
        ("science", "provincial", 2, date(2025, 12, 30)),
        ("makers", "national", 17, date(2026, 5, 20)),
    ]
    assert found.covered == ("prizes",)


def test_a_sheet_without_its_kind_is_not_recognised() -> None:
    with pytest.raises(SheetRefused, match="知识产权类别"):
        sheet([header for header in IP if header != "知识产权类别"], [*PATENT[:3], *PATENT[4:]])


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"records": "nothing"}, "没有台账“nothing”"),
        ({"records": None}, "不知是哪本台账"),
        ({"one_row_each": True}, "可有多行"),
        ({"columns": (Column(role="record_number", headers=("号",), required=True),)}, "任何一个字段"),
        ({"columns": (Column(role="field", field="rank", headers=("名次",)),)}, "没有必备的编号列"),
        ({"columns": (Column(role="field", field="size", headers=("大小",)),)}, "没有字段“size”"),
        (
            {"columns": (Column(role="field", field="kind", headers=("奖项",), words={"奖": "cup"}),)},
            "“cup”不是",
        ),
        ({"columns": (Column(role="field", field="rank", headers=("名次",)),) * 2}, "写了两列"),
    ],
)  # fmt: skip
def test_a_layout_that_cannot_be_read_as_a_ledger_says_why(
    changes: dict[str, object], said: str
) -> None:
    layout = Layout(
        name="one",
        department="science",
        label="奖",
        columns=(
            Column(role="record_number", headers=("号",), required=True),
            Column(role="field", field="rank", headers=("名次",)),
        ),
        records="prizes",
    )
    fields = {name: getattr(layout, name) for name in layout.__struct_fields__} | changes

    problems = record_problems(Layout(**fields), WORDS.records)

    assert any(said in problem for problem, _ in problems)
    assert record_problems(layout, WORDS.records) == []
