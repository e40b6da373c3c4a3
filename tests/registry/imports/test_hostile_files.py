"""Files made to hurt: bombs, lies, locks, vast sheets. Refused in words, before memory is filled."""

import io
import struct
import zipfile
import zlib

import polars as pl
import pytest
import xlsxwriter

from registry.imports import read_workbook as reader
from registry.imports.errors import SheetRefused
from registry.imports.read_file import read_file
from registry.imports.types import Grid
from registry.imports.unpack import TooLarge, open_archive, whole_elements
from tests.registry.imports.making import MARKET, TITLE, code, market, repacked, taken, workbook

PLAIN = market([code(1), "甲有限公司"])
SHEET = "xl/worksheets/sheet1.xml"


def refused(data: bytes) -> str:
    """The words a file is refused with; it says what, and the way out."""
    with pytest.raises(SheetRefused) as said:
        read_file("表.xlsx", data)
    assert all(one.way_out for one in said.value.refusals)
    return str(said.value)


def lying(data: bytes, name: str, size: int) -> bytes:
    """The archive whose part says, in both of its heads, to unpack to another size."""
    changed = bytearray(data)
    for sign, offset in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        at = -1
        while (at := changed.find(sign, at + 1)) >= 0:
            name_at = at + (30 if sign == b"PK\x03\x04" else 46)
            if changed[name_at : name_at + len(name)] == name.encode():
                struct.pack_into("<I", changed, at + offset, size)
    return bytes(changed)


@pytest.mark.parametrize("size", [10, 10**6, 2**32 - 2])
def test_a_part_that_lies_about_its_size_is_refused(size: int) -> None:
    assert "损坏" in (said := refused(lying(PLAIN, SHEET, size))) or "过大" in said


def test_a_prefix_whose_checksum_fits_does_not_hide_the_rest() -> None:
    data = bytearray(lying(PLAIN, SHEET, 10))
    with zipfile.ZipFile(io.BytesIO(PLAIN)) as whole:
        checksum = zlib.crc32(whole.read(SHEET)[:10])
    at = data.rfind(SHEET.encode()) - 46
    struct.pack_into("<I", data, at + 16, checksum)

    assert "损坏" in refused(bytes(data))


def test_a_bomb_is_refused_by_what_it_unpacks_to(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "LARGEST_UNPACKED", 10 * 1024**2)
    bomb = repacked(PLAIN, sheet1=bytes(50 * 1024**2))

    assert len(bomb) < 100_000
    assert "过大" in refused(bomb)


def test_an_endless_cell_is_refused_whichever_part_holds_it() -> None:
    fifty_megabytes = b"9" * 50 * 1024**2
    in_sheet = repacked(
        PLAIN, sheet1=lambda xml: xml.replace(b"</t>", fifty_megabytes + b"</t>", 1)
    )
    shared = io.BytesIO()
    with xlsxwriter.Workbook(shared) as book:
        book.add_worksheet().write_column("A1", ["甲", "乙"])
    in_texts = repacked(
        shared.getvalue(),
        sharedStrings=lambda xml: xml.replace(b"</t>", fifty_megabytes + b"</t>", 1),
    )

    assert "过长" in refused(in_sheet)
    assert "过长" in refused(in_texts)


def test_a_long_text_that_many_cells_show_counts_as_often_as_it_is_shown() -> None:
    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as book:
        book.add_worksheet().write_column("A1", ["长" * 30_000] * 8_000)

    assert len(file.getvalue()) < 100_000
    assert "过长" in refused(file.getvalue())


@pytest.mark.parametrize("place", ["XFD1", "XFD1048576", "ZZ1048576"])
def test_a_lone_cell_far_away_does_not_make_the_reader_fill_the_space_between(place: str) -> None:
    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as book:
        sheet = book.add_worksheet("数据")
        sheet.write("A1", "企业名称")
        sheet.write(place, "远")

    assert "太大" in refused(file.getvalue())


def test_cells_that_do_not_say_where_they_stand_are_counted() -> None:
    rows = b"<row>" + b"<c><v>1</v></c>" * 3_000 + b"</row>"
    head, _, tail = zipfile.ZipFile(io.BytesIO(PLAIN)).read(SHEET).partition(b"<sheetData>")
    sheet = head + b"<sheetData>" + rows + b"</sheetData>" + tail.partition(b"</sheetData>")[2]

    assert "3,000列" in refused(repacked(PLAIN, sheet1=sheet))


def test_as_many_rows_as_a_worksheet_has_are_read() -> None:
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"constant_memory": True}) as book:
        sheet = book.add_worksheet("数据")
        sheet.write(0, 0, "登记信息" + TITLE)
        sheet.write_row(2, 0, MARKET[:2])
        sheet.write_row(3, 0, [code(1), "甲有限公司"])
        for row in range(900_000, 1_048_576):
            sheet.write_number(row, 5, row)
    (grid,) = read_file("表.xlsx", file.getvalue())

    assert grid.frame.height == 1_048_576
    assert grid.frame["F"][1_048_575] == "1048575"


@pytest.mark.parametrize("part", ["workbook", "sheet1", "sharedStrings", "styles"])
def test_an_entity_bomb_does_not_go_off(part: str) -> None:
    levels = b"".join(
        b'<!ENTITY e%d "%s">' % (level, b"&e%d;" % (level - 1) * 10) for level in range(1, 12)
    )
    bomb = b'<!DOCTYPE x [<!ENTITY e0 "ha">' + levels + b"]>"

    def lit(xml: bytes) -> bytes:
        head, closed, rest = xml.rpartition(b"?>")
        return head + closed + bomb + rest.replace("登记".encode(), b"&e11;")

    said = ""
    grids: tuple[Grid, ...] = ()
    try:
        grids = read_file("表.xlsx", repacked(PLAIN, **{part: lit}))
    except SheetRefused as refusal:
        said = str(refusal)

    assert bool(grids) != ("损坏" in said)
    for grid in grids:
        longest = grid.frame.select(pl.all().str.len_chars().max()).row(0)
        assert max(filter(None, longest)) < 1_000


def test_a_workbook_in_a_workbook_is_refused() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("数据.xlsx", PLAIN)

    assert "先解压" in refused(file.getvalue())


def test_a_locked_archive_asks_for_its_password_to_be_taken_off() -> None:
    locked = bytearray(PLAIN)
    for sign, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = -1
        while (at := locked.find(sign, at + 1)) >= 0:
            locked[at + offset] |= 1

    assert "密码" in refused(bytes(locked))


def test_one_name_for_two_parts_is_refused() -> None:
    file = io.BytesIO(PLAIN)
    with (
        pytest.warns(UserWarning, match="Duplicate name"),
        zipfile.ZipFile(file, "a") as archive,
    ):
        archive.writestr(SHEET, b"<worksheet/>")

    assert "不完整" in refused(file.getvalue())


def test_other_ways_of_packing_are_refused() -> None:
    file = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(PLAIN)) as old,
        zipfile.ZipFile(file, "w", zipfile.ZIP_LZMA) as new,
    ):
        for name in old.namelist():
            new.writestr(name, old.read(name))

    assert "损坏" in refused(file.getvalue())


@pytest.mark.parametrize("columns", [2_001, 5_000])
def test_text_of_too_many_columns_is_refused(columns: int) -> None:
    assert "太大" in refused(("甲," * columns + "\r\n").encode())


def test_an_endless_field_of_text_is_refused_with_its_line() -> None:
    said = refused(b"a,b\r\n1,2\r\n3," + b"9" * 50 * 1024**2 + b"\r\n")

    assert "第3行" in said


def test_so_many_refused_cells_are_told_in_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("registry.imports.values.MOST_REFUSED", 20)
    rows = [[code(at), "甲有限公司", None, "不是日期"] for at in range(30)]

    with pytest.raises(SheetRefused, match="超过20格无法取用") as said:
        taken(market(*rows))

    assert len(said.value.refusals) == 31


def test_an_element_is_never_cut_and_never_endless() -> None:
    xml = b"<a>" + b"<c >1</c>" * 1_000
    pieces = [xml[at : at + 7] for at in range(0, len(xml), 7)]

    found = list(whole_elements(pieces, b"<c "))

    assert b"".join(found) == xml
    assert all(piece.endswith((b"</c>", b"<a>")) for piece in found)
    with pytest.raises(TooLarge):
        list(whole_elements([bytes(9 * 1024**2)] * 2, b"<c "))


def test_a_part_is_unpacked_whole_or_not_at_all() -> None:
    archive = open_archive(workbook([["一"]]), 10**6)

    assert archive.whole(SHEET, 10**6).startswith(b"<")
    with pytest.raises(TooLarge):
        archive.whole(SHEET, 10)
