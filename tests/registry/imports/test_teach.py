"""A layout that was taught headers takes them next time, in any year; its own headers stay what they are."""

import pytest

from matching.catalogue.load_vocabulary import shipped_vocabulary
from registry.imports.errors import SheetRefused
from registry.imports.load_layouts import load_layouts
from registry.imports.read_file import read_file
from registry.imports.see_headers import HeadersSeen, see_headers
from registry.imports.teach import one_taught
from registry.imports.understand import understand
from tests.registry.imports.making import Row, code, csv_file

WORDS = shipped_vocabulary()
LAYOUTS = load_layouts(WORDS)
STRANGE: Row = ("税号", "纳税人全称", "2025年营业总收入（万元）", "专管员")
CELLS: Row = (code(11), "示例甲有限公司", "12.5", "某甲")


def sheet(headers: Row, *rows: Row) -> bytes:
    return csv_file([["截至2026年9月30日"], headers, *rows])


def seen(data: bytes) -> HeadersSeen:
    found = see_headers(read_file("表", data), LAYOUTS, WORDS)
    assert found is not None
    return found


def meanings(data: bytes, layouts=LAYOUTS) -> dict[str, str]:  # type: ignore[no-untyped-def]  # noqa: ANN001
    bound = understand(read_file("表", data), layouts, WORDS, None).bound
    return {one.letter: one.column.fact or one.column.role for one in bound.columns}


def test_a_sheet_nobody_knows_is_recognised_once_its_guesses_are_confirmed() -> None:
    data = sheet(STRANGE, CELLS)
    with pytest.raises(SheetRefused):
        meanings(data)

    found = seen(data)
    assert found.layout.name == "tax-returns"
    assert (found.missing, found.would_miss) == (("统一社会信用代码", "企业名称"), ())
    assert [one.header for one in found.unknown] == ["专管员"]
    confirmed = {one.key: one.meaning for one in found.guesses}

    taught = one_taught(LAYOUTS, "tax-returns", confirmed, WORDS)
    assert meanings(data, taught) == {"A": "uscc", "B": "name", "C": "annual_revenue"}


def test_a_guess_is_never_taken_by_itself() -> None:
    data = sheet(("纳税人识别号", "纳税人名称", "2025年营业总收入（万元）"), CELLS[:3])

    assert meanings(data) == {"A": "uscc", "B": "name"}
    assert [one.meaning for one in seen(data).guesses] == ["fact/annual_revenue"]


def test_what_was_learned_of_one_year_holds_for_the_next_and_in_another_unit() -> None:
    taught = one_taught(LAYOUTS, "tax-returns", {"营业总收入": "fact/annual_revenue"}, WORDS)
    later = sheet(("纳税人识别号", "纳税人名称", "2031年度营业总收入（元）"), CELLS[:3])
    bound = understand(read_file("表", later), taught, WORDS, None).bound

    assert [(one.period, one.unit) for one in bound.columns[2:]] == [("2031", "元")]


def test_a_header_can_be_learned_to_be_ignored_and_is_then_no_longer_told() -> None:
    data = sheet(("纳税人识别号", "纳税人名称", "专管员"), (*CELLS[:2], "某甲"))
    taught = one_taught(LAYOUTS, "tax-returns", {"专管员": "ignore"}, WORDS)

    assert len(understand(read_file("表", data), LAYOUTS, WORDS, None).bound.notes) == 1
    assert understand(read_file("表", data), taught, WORDS, None).bound.notes == ()


def test_a_fact_the_layout_does_not_have_can_be_learned() -> None:
    data = sheet(("纳税人识别号", "纳税人名称", "2025年全部收入（元）"), CELLS[:3])
    taught = one_taught(LAYOUTS, "tax-returns", {"全部收入": "fact/total_income"}, WORDS)

    assert meanings(data, taught)["C"] == "total_income"


@pytest.mark.parametrize(
    ("header", "meaning"),
    [
        ("纳税人名称", "ignore"),  # its own column
        ("专管员", "fact/no_such_fact"),
        ("专管员", "fact/graduate_hires"),  # counted row by row
        ("专管员", "level"),  # the layout has no lists
        ("专管员", "nonsense"),
    ],
)
def test_what_cannot_be_is_not_taught(header: str, meaning: str) -> None:
    assert one_taught(LAYOUTS, "tax-returns", {header: meaning}, WORDS) == LAYOUTS


def test_a_file_with_nothing_like_a_header_has_none() -> None:
    found = see_headers(read_file("表", csv_file([["只有一格"]])), LAYOUTS, WORDS)

    assert found is None


def test_a_known_sheet_shows_what_each_header_means() -> None:
    found = seen(sheet(("纳税人识别号", "纳税人名称", "2025年营业收入（万元）"), CELLS[:3]))

    assert [(one.letter, one.meaning, one.period, one.unit) for one in found.known] == [
        ("A", "uscc", None, ""),
        ("B", "name", None, ""),
        ("C", "fact/annual_revenue", "2025", "万元"),
    ]
    assert (found.guesses, found.unknown, found.missing) == ((), (), ())


def test_a_unit_only_one_fact_has_is_read_in_its_header() -> None:
    taught = one_taught(LAYOUTS, "tax-returns", {"用水量": "fact/water_use"}, WORDS)
    head = ("纳税人识别号", "纳税人名称", "2025年1季度用水量（吨）")
    bound = understand(read_file("表", sheet(head, (*CELLS[:2], "7"))), taught, WORDS, None).bound
    wrong = sheet((*head[:2], "2025年1季度用水量（桶）"), (*CELLS[:2], "7"))

    assert (bound.columns[2].unit, bound.columns[2].decimals) == ("吨", 0)
    with pytest.raises(SheetRefused, match="单位“桶”不能用于"):
        understand(read_file("表", wrong), taught, WORDS, None)
