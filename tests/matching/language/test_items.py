"""When a version of an item counts, and by what a repeated award is counted."""

from datetime import date

import msgspec
import pytest

from matching.language.items import Days, Item, Repeat, Standing
from tests.matching.language.made_items import item

GOOD = item()


def changed(**fields: object) -> Item:
    return msgspec.structs.replace(GOOD, **fields)


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2025, 12, 31), "not_yet"),
        (date(2026, 1, 1), "in_force"),
        (date(2026, 12, 31), "in_force"),
        (date(2027, 1, 1), "expired"),
    ],
)
def test_a_version_counts_from_its_first_day_to_its_last(day: date, expected: Standing) -> None:
    assert GOOD.standing(day) == expected


def test_a_draft_is_never_more_than_a_draft() -> None:
    assert changed(status="draft").standing(date(2026, 6, 1)) == "draft"


@pytest.mark.parametrize(("day", "expected"), [(30, "in_force"), (31, "review_overdue")])
def test_a_text_without_last_day_counts_until_its_review(day: int, expected: Standing) -> None:
    open_ended = changed(valid=Days(since=date(2026, 1, 1)), review_by=date(2027, 3, 30))

    assert open_ended.standing(date(2027, 3, day)) == expected


def test_the_evidence_day_decides_which_version_holds_and_the_run_day_when() -> None:
    fixed = changed(
        evidence_day=date(2026, 3, 31),
        decided=Days(since=date(2026, 7, 1), until=date(2027, 1, 31)),
    )

    assert fixed.evidence(date(2026, 8, 1)) == date(2026, 3, 31)
    assert fixed.standing(date(2026, 6, 30)) == "not_yet"
    assert fixed.standing(date(2027, 1, 31)) == "in_force"
    assert fixed.standing(date(2027, 2, 1)) == "expired"


@pytest.mark.parametrize(
    ("repeat", "expected"),
    [
        ("once", "once"),
        ("once_per_level", "once_per_level"),
        ("per_project", "per_project"),
        ("yearly", "2026"),
        ("standing", "2026"),
        ("quarterly", "2026-Q2"),
    ],
)
def test_a_repeated_award_is_counted_by_its_period(repeat: Repeat, expected: str) -> None:
    assert changed(repeat=repeat).award_period(date(2026, 6, 30)) == expected
