"""Days are read in every way departments write them, and never guessed."""

from datetime import date, timedelta

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.imports.dates import MonthMeans, date_problem, days


def read(text: str, month_means: MonthMeans = None) -> date | None:
    frame = pl.DataFrame({"text": [text]})
    found: date | None = frame.select(days(pl.col("text"), month_means)).item()
    return found


@pytest.mark.parametrize(
    "text",
    [
        "2023-05-01",
        "2023/5/1",
        "2023.5.1",
        "2023.05.01",
        "2023年5月1日",
        "2023年05月01",
        "20230501",
        "45047",
        "45047.0",
        "2023-05-01 00:00:00",
        "2023-05-01T08:30:00.000",
    ],
)
def test_one_day_is_written_in_many_ways(text: str) -> None:
    assert read(text) == date(2023, 5, 1)


@given(st.dates(date(1954, 10, 4), date(2100, 12, 31)))
def test_a_serial_number_is_the_day_excel_shows(day: date) -> None:
    assert read(str((day - date(1899, 12, 30)) // timedelta(days=1))) == day


@pytest.mark.parametrize(
    "text", ["2023年5月", "2023-05", "2023/5", "2023.5", "2023.05", "202305", "2023年05月"]
)
def test_a_month_stands_for_its_first_or_last_day_where_a_month_is_enough(text: str) -> None:
    assert read(text, "first") == date(2023, 5, 1)
    assert read(text, "last") == date(2023, 5, 31)
    assert read(text) is None
    assert "只有年月" in date_problem(text)[0]


def test_a_month_that_lost_its_zero_is_refused() -> None:
    assert read("2023.1", "first") is None
    assert "10月" in date_problem("2023.1", "first")[0]
    assert read("2023.10", "first") == date(2023, 10, 1)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("2023-02-30", "没有这一天"),
        ("1723-02-03", "1900"),
        ("2023年", "只有年份"),
        ("2023", "只有年份"),
        ("去年", "不是日期"),
        ("12", "不是日期"),
        ("#VALUE!", "公式错误"),
    ],
)
def test_what_is_no_day_is_refused_with_its_reason(text: str, said: str) -> None:
    assert read(text) is None
    assert said in date_problem(text)[0]
