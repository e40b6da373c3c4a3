"""Title lines: the day a sheet speaks of, and the unit of its whole table."""

from datetime import date

import pytest

from registry.imports.title_lines import NoSuchDay, observed_day, table_unit


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("郑州市登记信息（截至2026年9月30日）", date(2026, 9, 30)),
        ("截止到 2026-09-30", date(2026, 9, 30)),
        ("数据日期：２０２６．９．３０", date(2026, 9, 30)),
        ("截至2026年9月底", date(2026, 9, 30)),
        ("截至2026年2月", date(2026, 2, 28)),
    ],
)
def test_the_day_stands_after_as_of(line: str, day: date) -> None:
    assert observed_day(("一览表", line)) == day


def test_a_year_in_a_title_is_no_day() -> None:
    assert observed_day(("2025年度企业名录",)) is None


def test_a_day_in_no_calendar_is_refused() -> None:
    with pytest.raises(NoSuchDay, match="2026年9月31日"):
        observed_day(("截至2026年9月31日",))
    with pytest.raises(NoSuchDay):
        observed_day(("截至2026年13月1日",))


def test_a_unit_line_gives_the_unit_of_the_table() -> None:
    assert table_unit(("一览表", "金额单位：万元")) == "万元"
    assert table_unit(("填报单位：某局",)) == ""
