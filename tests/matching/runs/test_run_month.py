"""What names a month, and what names what decided it; running one is tested with its action."""

from datetime import date

import pytest

from matching.runs.run_month import BadPeriod, engine_version, period_end


@pytest.mark.parametrize(
    ("period", "last"),
    [
        ("2026-10", date(2026, 10, 31)),
        ("2026-02", date(2026, 2, 28)),
        ("2028-02", date(2028, 2, 29)),
        ("2026-12", date(2026, 12, 31)),
    ],
)
def test_a_month_ends_on_its_last_day(period: str, last: date) -> None:
    assert period_end(period) == last


@pytest.mark.parametrize(
    "period",
    ["2026-9", "2026-009", "2026-00", "2026-13", "2026-10-31", "26-10", "2026/10", "2026-1０", ""],
)
def test_a_month_is_written_in_one_way_only(period: str) -> None:
    with pytest.raises(BadPeriod, match="写成 2026-10"):
        period_end(period)


def test_the_engine_names_itself_and_its_column_library() -> None:
    assert engine_version().startswith("registry ")
    assert "polars" in engine_version()
    assert len(engine_version()) <= 40
