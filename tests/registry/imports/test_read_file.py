"""Files: the bytes decide what they are, and what is no spreadsheet is refused in words."""

import io
import zipfile
from contextlib import suppress

import pytest
import xlsxwriter

from registry.imports.errors import SheetRefused
from registry.imports.read_file import read_file
from registry.imports.types import Grid
from tests.registry.imports.making import Row, csv_file, workbook

ROWS: list[Row] = [["编号", "名称"], ["1", "甲，乙"], [None, "“丙”,丁"]]


def zipped(**files: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return file.getvalue()


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "空的"),
        (b" \r\n ", "空的"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "不是表格文件|无法识别的字节"),
        (bytes(range(256)) * 20, "不是表格文件|无法识别的字节"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), ".xls"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "密码",
        ),
        (b"PK\x03\x04 and then nothing", "不完整"),
        (zipped(readme="hello"), "压缩包"),
        (zipped(**{"xl/workbook.xml": "<broken"}), "损坏"),
        (b"<html><table><tr><td>1</td></tr></table></html>", "网页"),
        ("编号,名称\n1,甲\n".encode() + b"2,\xff\xfe\n", "第3行"),
        ('编号,名称\n1,"甲\n2,乙\n'.encode(), "引号"),
    ],
)
def test_what_is_no_spreadsheet_is_refused_in_words(data: bytes, said: str) -> None:
    with pytest.raises(SheetRefused, match=said) as refused:
        read_file("表.xlsx", data)

    (refusal,) = refused.value.refusals
    assert refusal.file_name == "表.xlsx"
    assert refusal.way_out


def test_a_cut_off_workbook_is_refused_in_words() -> None:
    whole = workbook(ROWS)

    for share in (3, 10, 50, 90, 99):
        with pytest.raises(SheetRefused):
            read_file("表.xlsx", whole[: len(whole) * share // 100])


def test_a_damaged_byte_is_refused_or_harmless() -> None:
    whole = workbook(ROWS)

    for place in range(0, len(whole), 61):
        damaged = bytearray(whole)
        damaged[place] ^= 0x5A
        with suppress(SheetRefused):
            assert read_file("表.xlsx", bytes(damaged))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_the_encoding_is_told_from_the_bytes(encoding: str) -> None:
    (grid,) = read_file("表.csv", csv_file(ROWS, encoding))

    assert grid.frame.rows() == [("编号", "名称"), ("1", "甲，乙"), (None, "“丙”,丁")]


def test_fields_may_be_parted_by_tabs_and_lines_may_be_short() -> None:
    (grid,) = read_file("表.csv", "截至2026年9月30日\n编号\t名称\t数\n1\t1,2\n".encode())

    assert grid.frame.rows() == [
        ("截至2026年9月30日", None, None),
        ("编号", "名称", "数"),
        ("1", "1,2", None),
    ]


def test_rows_and_columns_stand_where_the_spreadsheet_shows_them() -> None:
    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as book:
        book.add_worksheet("空")
        book.add_worksheet("数据").write("C5", "值")
        hidden = book.add_worksheet("隐藏")
        hidden.write("A1", "不取")
        hidden.hide()
    (grid,) = read_file("表.xlsx", file.getvalue())

    assert grid.sheet == "数据"
    assert grid.frame.columns == ["A", "B", "C"]
    assert grid.frame.height == 5
    assert grid.frame["C"][4] == "值"


def test_an_empty_workbook_is_refused_in_words() -> None:
    with pytest.raises(SheetRefused, match="没有内容"):
        read_file("表.xlsx", workbook([]))


def numbers_sheet() -> Grid:
    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as book:
        sheet = book.add_worksheet("数 & 据")
        percent = book.add_format({"num_format": "0.00%"})
        sheet.write_number("A1", 0.055, percent)
        sheet.write_number("A2", 0.1 + 0.2, percent)
        sheet.write_number("A3", 0.055)
        sheet.write_formula("A4", "=1/0", None, "#DIV/0!")
        sheet.write_number("B1", 913_100_000_000_000_001)
        sheet.write_string("B2", "913100000000000001")
        sheet.write_number("B3", 123_456_789_012_345)
        sheet.write_number("B4", 12_345.669999999998)
    (grid,) = read_file("表.xlsx", file.getvalue())
    return grid


def test_a_cell_in_percent_is_read_as_it_shows() -> None:
    assert numbers_sheet().frame["A"].to_list() == ["5.5%", "30%", "0.055", "#DIV/0!"]


def test_a_long_number_shows_that_it_lost_its_last_digits() -> None:
    assert numbers_sheet().frame["B"].to_list() == [
        "9.13100000000000E+17",
        "913100000000000001",
        "123456789012345",
        "12345.67",
    ]


def test_numbers_come_as_excel_shows_them_without_the_noise_of_binary_fractions() -> None:
    written = [11470085.28, 16948674.89, 4503599.63, 123456789012.34, -13031859.8, 0.055, 1234.5678]

    (grid,) = read_file("表.xlsx", workbook([[number] for number in written]))

    read = grid.frame["A"].to_list()
    assert [float(text) for text in read] == written
    assert all(len(text.lstrip("-").replace(".", "")) <= 15 for text in read)
