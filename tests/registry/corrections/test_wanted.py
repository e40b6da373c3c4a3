"""What people write for a value is read as the fact's own; what cannot be is refused with the way out."""

import pytest

from matching.catalogue.load_vocabulary import shipped_vocabulary
from registry.corrections.types import CorrectionRefused
from registry.corrections.wanted import fact_asked, owner_of, read_value

WORDS = shipped_vocabulary()


@pytest.mark.parametrize(
    ("fact", "written", "stored"),
    [
        ("annual_revenue", "1,200 万元", 1_200_000_000),
        ("annual_revenue", "0.01元", 1),
        ("employees", " 30 人 ", 30),
        ("layoff_rate", "5.5%", 550),
        ("power_direct", "否", 0),
        ("power_direct", "有", 1),
        ("registered_on", "2019年2月28日", "2019-02-28"),
        ("place", "郑州市中原区", "410102"),
        ("status", "存续", "active"),
        ("industry", "3489", "C3489"),
    ],
)
def test_people_write_it_in_their_own_way(fact: str, written: str, stored: int | str) -> None:
    assert read_value(written, WORDS.facts[fact], WORDS) == stored


@pytest.mark.parametrize(
    ("fact", "written", "said"),
    [
        ("annual_revenue", "1200", "单位"),
        ("annual_revenue", "0.001元", "最小单位"),
        ("annual_revenue", "很多", "不是数量"),
        ("employees", "", "没有写"),
        ("employees", "—", "没有写"),
        ("registered_on", "2019-02-30", "成立日期"),
        ("status", "还在", "存续"),
        ("place", "某区", "区划"),
    ],
)
def test_what_cannot_be_read_is_refused_with_the_way_out(
    fact: str, written: str, said: str
) -> None:
    with pytest.raises(CorrectionRefused, match=said):
        read_value(written, WORDS.facts[fact], WORDS)


def test_the_department_believed_first_decides() -> None:
    assert owner_of("annual_revenue@2025", WORDS) == "tax"
    assert owner_of("industry", WORDS) == "statistics"
    assert owner_of("little_giant", WORDS) == "industry"


@pytest.mark.parametrize("column", ["annual_revenue", "annual_revenue@2025-03", "place@2025", "x"])
def test_a_column_that_no_fact_has_is_refused(column: str) -> None:
    with pytest.raises(CorrectionRefused):
        fact_asked(column, WORDS)
