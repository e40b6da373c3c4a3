"""A correction says otherwise of a time already spoken of; a newer day is no correction."""

from datetime import date

import pytest

from matching.catalogue.load_vocabulary import shipped_vocabulary
from matching.storage.database import Database
from registry.profiles.corrections import corrected_since
from registry.profiles.knowledge import Knowledge
from tests.makers import Entry, Sheet, Value, at, rows, take_in

pytestmark = pytest.mark.anyio

WORDS = shipped_vocabulary()
AUGUST, SEPTEMBER, OCTOBER = date(2026, 8, 31), date(2026, 9, 30), date(2026, 10, 31)
BEFORE, NOW = Knowledge(SEPTEMBER, at(10, 31)), Knowledge(OCTOBER, at(12, 1))


def said(number: int, department: str, day: date, facts: dict[str, Value]) -> Sheet:
    """Make a sheet about enterprise 1; those up to 9 came before, those from 10 on are new."""
    return Sheet(
        number=number,
        department=department,
        observed_on=day,
        recorded_at=at(10, number) if number < 10 else at(11, number),
        newcomers=(1,) if number == 1 else (),
        facts={1: facts},
    )


def listed(number: int, day: date, *entries: Entry, whole: bool = True) -> Sheet:
    """Make a sheet of little giants, whole unless said otherwise."""
    return Sheet(
        number=number,
        department="industry",
        observed_on=day,
        recorded_at=at(10, number) if number < 10 else at(11, number),
        newcomers=(1, 2) if number == 1 else (),
        entries=entries,
        whole=("little_giant",) if whole else (),
    )


async def corrected() -> set[tuple[object, ...]]:
    return rows(await corrected_since(BEFORE, NOW, WORDS), "enterprise_id", "column")


async def test_the_same_period_with_another_value_is_a_correction(db: Database) -> None:  # noqa: ARG001
    await take_in(
        said(1, "tax", SEPTEMBER, {"annual_revenue@2025": 100, "annual_revenue@2024": 80}),
        said(10, "tax", OCTOBER, {"annual_revenue@2025": 90, "annual_revenue@2024": 80}),
    )

    assert await corrected() == {(1, "annual_revenue@2025")}


async def test_a_first_value_is_none(db: Database) -> None:  # noqa: ARG001
    await take_in(
        said(1, "tax", SEPTEMBER, {"annual_revenue@2025": 100}),
        said(10, "tax", OCTOBER, {"tax_paid@2025": 5}),
    )

    assert await corrected() == set()


async def test_a_newer_day_of_a_fact_without_period_is_news(db: Database) -> None:  # noqa: ARG001
    await take_in(
        said(1, "market", SEPTEMBER, {"status": "active", "registered_capital": 100}),
        said(10, "market", OCTOBER, {"status": "cancelled"}),
    )

    assert await corrected() == set()


async def test_the_same_day_or_an_older_one_said_otherwise_is_a_correction(db: Database) -> None:  # noqa: ARG001
    await take_in(
        said(1, "market", SEPTEMBER, {"status": "active", "robot_purchase": 1}),
        said(10, "market", SEPTEMBER, {"status": "cancelled"}),
    )

    assert await corrected() == {(1, "status")}


async def test_a_less_trusted_source_that_disagrees_corrects_nothing(db: Database) -> None:  # noqa: ARG001
    await take_in(
        said(1, "tax", SEPTEMBER, {"annual_revenue@2025": 100}),
        said(10, "statistics", OCTOBER, {"annual_revenue@2025": 90}),
    )

    assert await corrected() == set()


async def test_a_source_that_repeats_itself_corrects_nothing_though_another_disagrees(
    db: Database,  # noqa: ARG001
) -> None:
    await take_in(
        said(1, "statistics", SEPTEMBER, {"annual_revenue@2025": 90}),
        said(2, "tax", SEPTEMBER, {"annual_revenue@2025": 100}),
        said(10, "tax", OCTOBER, {"annual_revenue@2025": 100}),
    )

    assert await corrected() == set()


async def test_a_correction_already_made_is_not_made_again(db: Database) -> None:  # noqa: ARG001
    await take_in(
        said(1, "tax", AUGUST, {"annual_revenue@2025": 80}),
        said(2, "tax", SEPTEMBER, {"annual_revenue@2025": 100}),
        said(10, "tax", OCTOBER, {"annual_revenue@2025": 100}),
    )

    assert await corrected() == set()


async def test_a_late_sheet_of_an_older_day_that_does_not_count_corrects_nothing(
    db: Database,  # noqa: ARG001
) -> None:
    await take_in(
        said(1, "market", SEPTEMBER, {"status": "active"}),
        said(10, "market", AUGUST, {"status": "cancelled"}),
    )

    assert await corrected() == set()


async def test_nothing_new_corrects_nothing(db: Database) -> None:  # noqa: ARG001
    await take_in(said(1, "tax", SEPTEMBER, {"annual_revenue@2025": 100}))

    assert await corrected() == set()


async def test_an_entry_that_a_whole_list_has_no_longer_as_it_stood_is_corrected(
    db: Database,  # noqa: ARG001
) -> None:
    stays, moves = (
        Entry(enterprise=one, list="little_giant", since=date(2025, 7, 1)) for one in (1, 2)
    )
    await take_in(
        listed(1, SEPTEMBER, stays, moves),
        listed(
            10, OCTOBER, stays, Entry(enterprise=2, list="little_giant", since=date(2025, 8, 1))
        ),
    )

    assert await corrected() == {(2, "little_giant")}


async def test_an_entry_that_ends_or_begins_is_news(db: Database) -> None:  # noqa: ARG001
    stood = Entry(enterprise=1, list="little_giant", since=date(2025, 7, 1))
    ended = Entry(enterprise=1, list="little_giant", since=date(2025, 7, 1), left=date(2026, 10, 5))
    begun = Entry(enterprise=2, list="little_giant", since=date(2026, 10, 1))
    await take_in(listed(1, SEPTEMBER, stood), listed(10, OCTOBER, ended, begun))

    assert await corrected() == set()


async def test_a_partial_sheet_takes_nothing_back(db: Database) -> None:  # noqa: ARG001
    stood = Entry(enterprise=1, list="little_giant", since=date(2025, 7, 1))
    await take_in(listed(1, SEPTEMBER, stood), listed(10, OCTOBER, whole=False))

    assert await corrected() == set()
