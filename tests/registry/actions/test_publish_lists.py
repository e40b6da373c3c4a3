"""The public lists as files: every cell is text, in a workbook as in JSON."""

import io
import zipfile
from datetime import date
from pathlib import Path

import fastexcel
import msgspec
import pytest

from matching.catalogue.load_catalogue import shipped_catalogue
from matching.catalogue.public_lists import PublicLists, public_lists
from registry.actions.publish_lists import (
    GUIDE_HEADERS,
    POLICY_HEADERS,
    ListsRefused,
    lists_json,
    lists_workbook,
    publish_lists,
)
from tests.makers import Clause, catalogue_of

DAY = date(2026, 9, 30)
MADE = catalogue_of({"plain": Clause(condition="{listed: little_giant}", title="=1+1")})
SHIPPED = public_lists(shipped_catalogue(), DAY)


def cells(content: bytes, sheet: str) -> list[dict[str, object]]:
    book = fastexcel.read_excel(content)
    return book.load_sheet(sheet, dtypes="string").to_polars().to_dicts()


def test_a_workbook_holds_both_lists_under_chinese_headers() -> None:
    content = lists_workbook(SHIPPED)

    policies, guides = cells(content, "政策清单"), cells(content, "办事指南清单")

    assert list(policies[0]) == list(POLICY_HEADERS.values())
    assert list(guides[0]) == list(GUIDE_HEADERS.values())
    assert len(policies) == len(guides) == len(SHIPPED.policies)


@pytest.mark.parametrize("sheet", ["政策清单", "办事指南清单"])
def test_a_cell_that_looks_like_a_formula_stays_text(sheet: str) -> None:
    content = lists_workbook(public_lists(MADE, DAY))

    assert cells(content, sheet)[0]["事项名称"] == "=1+1"
    assert b"<f>" not in _parts(content)


def test_headers_name_every_field_of_an_entry() -> None:
    assert tuple(POLICY_HEADERS) == SHIPPED.policies[0].__struct_fields__
    assert tuple(GUIDE_HEADERS) == SHIPPED.guides[0].__struct_fields__


def test_json_is_read_back_as_the_same_lists() -> None:
    assert msgspec.json.decode(lists_json(SHIPPED), type=PublicLists) == SHIPPED


@pytest.mark.parametrize("name", ["lists.xlsx", "lists.json", "LISTS.XLSX"])
def test_lists_are_written_where_they_are_asked_for(name: str, tmp_path: Path) -> None:
    written = publish_lists(MADE, DAY, tmp_path / name)

    assert (tmp_path / name).stat().st_size > 0
    assert len(written.policies) == 1


@pytest.mark.parametrize(
    ("name", "said"), [("lists.csv", "不能写成“.csv”"), ("no/such/lists.json", "写不进去")]
)
def test_a_file_that_cannot_be_written_is_refused_with_the_way_out(
    name: str, said: str, tmp_path: Path
) -> None:
    with pytest.raises(ListsRefused, match=said):
        publish_lists(MADE, DAY, tmp_path / name)


def _parts(content: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        return b"".join(book.read(name) for name in book.namelist() if "worksheets" in name)
