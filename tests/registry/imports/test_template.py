"""A template that is filled in is taken in again: every column, unit, word and day as it was meant."""

import io
from datetime import date

import openpyxl
import pytest

from matching.catalogue.load_vocabulary import shipped_vocabulary
from registry.imports.clean import clean_sheet
from registry.imports.errors import SheetRefused
from registry.imports.headers import read_header
from registry.imports.headings import heading, last_period
from registry.imports.layout import Layout
from registry.imports.load_layouts import load_layouts
from registry.imports.pseudonyms import Pseudonyms
from registry.imports.read_as import read_as
from registry.imports.read_file import read_file
from registry.imports.recognise import find_column, header_index
from registry.imports.sample_sheets import AS_OF, came_out, row_values
from registry.imports.template import HEADER_ROW, template_fields, template_workbook
from registry.imports.understand import understand

WORDS = shipped_vocabulary()
LAYOUTS = load_layouts(WORDS)
KEY = Pseudonyms(bytes(32))


def places(layout: Layout) -> dict[str, int]:
    """Where the template has each column of the layout."""
    index = header_index(layout, WORDS)
    found: dict[str, int] = {}
    for place, field in enumerate(template_fields(layout, WORDS, AS_OF)):
        match = find_column(read_header((field.header,)), index)
        assert match is not None, field.header
        found[str(match.place)] = place
    return found


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.name)
def test_a_template_filled_with_a_sample_row_gives_what_the_sample_gives(layout: Layout) -> None:
    sample = layout.samples[0]
    index = header_index(layout, WORDS)
    book = openpyxl.load_workbook(io.BytesIO(template_workbook(layout, WORDS, AS_OF)))
    sheet, at = book.active, places(layout)
    assert sheet is not None
    for header, cell in sample.row.items():
        match = find_column(read_header((header,)), index)
        if match is not None and layout.columns[match.place].role != "ignore":
            place = at[str(match.place)] + 1
            # The sample's own period and unit: a department writes its own header over ours.
            sheet.cell(HEADER_ROW + 1, place).value = header
            sheet.cell(HEADER_ROW + 2, place).value = cell
    filled = io.BytesIO()
    book.save(filled)

    understood = understand(read_file("表.xlsx", filled.getvalue()), LAYOUTS, WORDS, None)
    found = clean_sheet(understood, WORDS, KEY)
    assert understood.bound.layout.name == layout.name
    assert [str(one) for one in found.refused] == []
    assert found.observed_on == AS_OF
    assert found.rows_read == 1
    assert row_values(found, understood.bound) == came_out(layout, sample, WORDS).values


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.name)
def test_an_empty_template_is_recognised_and_has_no_row(layout: Layout) -> None:
    data = template_workbook(layout, WORDS, AS_OF)
    understood = understand(read_file("表.xlsx", data), LAYOUTS, WORDS, None)

    assert understood.bound.layout.name == layout.name
    assert len(understood.bound.columns) == len(template_fields(layout, WORDS, AS_OF))
    assert understood.bound.notes == ()
    assert clean_sheet(understood, WORDS, KEY).rows_read == 0


def test_headers_of_ours_are_read_as_the_same_column_period_and_unit() -> None:
    for layout in LAYOUTS:
        index = header_index(layout, WORDS)
        for place, column in enumerate(layout.columns):
            fact = read_as(column, layout, WORDS)
            period = last_period(fact.period, AS_OF) if fact else None
            header = read_header((heading(column, fact, period),))
            match = find_column(header, index)

            assert match is not None, header
            assert match.place == place
            assert header.period == period
            assert bool(header.unit or header.strange) is bool(
                column.role == "amount" or (fact and fact.kind in ("money", "number", "share"))
            )


def test_words_to_choose_from_notes_and_text_formats_stand_in_the_template() -> None:
    layout = next(one for one in LAYOUTS if one.name == "market-registration")
    book = openpyxl.load_workbook(io.BytesIO(template_workbook(layout, WORDS, AS_OF)))
    data, words = book["数据"], book["可填的词"]
    headers = [cell.value for cell in data[HEADER_ROW + 1]]
    rules = {str(rule.sqref)[0]: rule.formula1 for rule in data.data_validations.dataValidation}

    assert data["A1"].value == "市场监管局企业登记信息（截至2026年9月30日）"
    assert headers[:4] == ["统一社会信用代码", "企业名称", "登记状态", "成立日期"]
    assert data.column_dimensions["A"].number_format == "@"  # so that no code loses its last digits
    assert "不知道就留空" in data.cell(HEADER_ROW + 1, len(headers)).comment.text
    status = "ABCDEFGHIJ"[headers.index("登记状态")]
    assert status in rules
    offered = [cell.value for cell in next(c for c in words.columns if c[0].value == "登记状态")]
    assert [word for word in offered if word][1:] == ["存续", "注销", "吊销", "迁出"]
    assert "未知" in "".join(str(cell.value) for cell in book["填写说明"]["A"])


@pytest.mark.parametrize(
    ("kind", "day", "period"),
    [
        ("year", date(2026, 9, 30), "2025"),
        ("year", date(2026, 12, 31), "2026"),
        ("quarter", date(2026, 9, 30), "2026-Q3"),
        ("quarter", date(2026, 9, 29), "2026-Q2"),
        ("quarter", date(2026, 1, 1), "2025-Q4"),
        ("month", date(2026, 1, 30), "2025-12"),
        ("month", date(2026, 1, 31), "2026-01"),
        ("none", date(2026, 1, 31), None),
        ("window", date(2026, 1, 31), None),
    ],
)
def test_the_last_period_is_one_that_is_over(kind: str, day: date, period: str | None) -> None:
    assert last_period(kind, day) == period  # type: ignore[arg-type]  # each is one


def test_a_template_whose_day_is_struck_out_is_refused_as_any_sheet() -> None:
    layout = LAYOUTS[0]
    book = openpyxl.load_workbook(io.BytesIO(template_workbook(layout, WORDS, AS_OF)))
    book["数据"]["A1"].value = layout.label
    struck = io.BytesIO()
    book.save(struck)

    with pytest.raises(SheetRefused, match="截至哪一天"):
        understand(read_file("表.xlsx", struck.getvalue()), LAYOUTS, WORDS, None)
