"""Looking back for records: so many years or months, from the evidence day or from a day of its own."""

from datetime import date, timedelta

import pytest

from matching.language.conditions import Listed
from tests.matching.engine.small_world import DAY, Entry, Firm, ground_of, truths_of


def recorded(*days: date) -> list[Firm]:
    """Give one enterprise a record on the blacklist a day, the list being known of each."""
    return [
        Firm(entries=(Entry(list="blacklist", from_on=day),), known=frozenset({"blacklist"}))
        for day in days
    ]


@pytest.mark.parametrize(
    ("months", "oldest"),
    [(1, date(2026, 5, 30)), (4, date(2026, 2, 28)), (12, date(2025, 6, 30))],
)
def test_a_look_back_in_months_reaches_the_same_day_or_the_last_of_a_shorter_month(
    months: int, oldest: date
) -> None:
    known = recorded(oldest, oldest - timedelta(days=1), DAY, DAY + timedelta(days=1))
    asked = Listed(list="blacklist", still=False, within_months=months)

    assert truths_of(asked, known) == [True, False, True, False]


@pytest.mark.parametrize("span", [{"within_years": 1}, {"within_months": 12}])
def test_a_look_back_from_a_day_of_its_own_ends_there_for_negative_lists_too(
    span: dict[str, int],
) -> None:
    end = date(2026, 3, 31)
    asked = Listed(list="blacklist", still=False, valid_on=end, **span)  # type: ignore[arg-type]
    day = timedelta(days=1)
    known = recorded(end, end + day, date(2025, 3, 31), date(2025, 3, 30))

    ground = ground_of(known, run_day=DAY)
    found = ground.collect(ground.truth(asked, DAY).alias("truth"))["truth"].to_list()
    assert found == [True, False, True, False]
