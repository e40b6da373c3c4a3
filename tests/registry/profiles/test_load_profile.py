"""One enterprise's profile: the same knowledge as in the population, with every source beside it."""

from datetime import date

import pytest
from polars.testing import assert_frame_equal

from matching.catalogue.load_vocabulary import shipped_vocabulary
from matching.storage.database import Database
from registry.profiles.knowledge import Knowledge
from registry.profiles.load_population import load_population
from registry.profiles.load_profile import load_profile
from tests.makers import Entry, Paid, Sheet, at, take_in

pytestmark = pytest.mark.anyio

WORDS = shipped_vocabulary()
SEPTEMBER, OCTOBER = date(2026, 9, 30), date(2026, 10, 31)
LATER = Knowledge(OCTOBER, at(12, 1))
SINCE = date(2025, 7, 1)


async def three_sheets() -> None:
    statistics = Sheet(
        number=1,
        department="statistics",
        observed_on=SEPTEMBER,
        recorded_at=at(10, 1),
        newcomers=(1, 2),
        facts={
            1: {"employees@2025": 20, "annual_revenue@2025": 90, "power_direct": True},
            2: {"employees@2025": 7},
        },
        entries=[Entry(enterprise=2, list="above_scale", since=SINCE)],
        whole=("above_scale",),
    )
    labour = Sheet(
        number=2,
        department="labour",
        observed_on=OCTOBER,
        recorded_at=at(11, 1),
        facts={1: {"employees@2025": 30}},
    )
    tax = Sheet(
        number=3,
        department="tax",
        observed_on=OCTOBER,
        recorded_at=at(11, 2),
        facts={1: {"annual_revenue@2025": 100, "registered_on": date(2019, 2, 28)}},
        entries=[Entry(enterprise=1, list="little_giant", level=None, batch="第五批", since=SINCE)],
        paid=[Paid(enterprise=1, family="P12", cents=5), Paid(enterprise=2, family="P12")],
    )
    await take_in(statistics, labour, tax)


@pytest.mark.parametrize("enterprise", [1, 2])
@pytest.mark.parametrize(
    "knowledge", [LATER, Knowledge(SEPTEMBER, at(12, 1)), Knowledge(OCTOBER, at(11, 1))]
)
async def test_a_profile_is_the_enterprises_row_of_the_population(
    enterprise: int,
    knowledge: Knowledge,
    db: Database,  # noqa: ARG001
) -> None:
    await three_sheets()

    one = (await load_profile(enterprise, knowledge, WORDS)).population
    all_of_them = await load_population(knowledge, WORDS)

    row = all_of_them.only(one.frame["enterprise_id"])
    kept = [name for name in row.frame.columns if row.frame[name].null_count() == 0]
    assert_frame_equal(one.frame, row.frame.select(kept))
    assert_frame_equal(one.memberships, row.memberships)
    assert_frame_equal(one.awards, row.awards)
    assert one.coverage == row.coverage


async def test_every_value_names_its_source_and_the_one_that_counts_stands_first(
    db: Database,  # noqa: ARG001
) -> None:
    await three_sheets()

    profile = await load_profile(1, LATER, WORDS)

    said = {
        column: [(one.value, one.department, one.file_name, one.chosen) for one in values]
        for column, values in profile.values.items()
    }
    assert said == {
        "annual_revenue@2025": [(100, "tax", "3.xlsx", True), (90, "statistics", "1.xlsx", False)],
        "employees@2025": [(20, "statistics", "1.xlsx", True), (30, "labour", "2.xlsx", False)],
        "power_direct": [(1, "statistics", "1.xlsx", True)],
        "registered_on": [("2019-02-28", "tax", "3.xlsx", True)],
    }
    assert profile.values["employees@2025"][1].observed_on == OCTOBER


async def test_a_conflict_is_where_sources_differ(db: Database) -> None:  # noqa: ARG001
    await three_sheets()

    assert (await load_profile(1, LATER, WORDS)).conflicts() == (
        "annual_revenue@2025",
        "employees@2025",
    )
    assert (await load_profile(2, LATER, WORDS)).conflicts() == ()


async def test_entries_name_the_file_they_came_from(db: Database) -> None:  # noqa: ARG001
    await three_sheets()

    (entry,) = (await load_profile(1, LATER, WORDS)).entries

    assert (entry.list, entry.batch, entry.from_on) == ("little_giant", "第五批", SINCE)
    assert (entry.level, entry.document, entry.until_on, entry.left_on) == (None,) * 4
    assert entry.file_name == "3.xlsx"


async def test_nobody_known_has_an_empty_profile(db: Database) -> None:  # noqa: ARG001
    profile = await load_profile(9, LATER, WORDS)

    assert profile.population.frame.rows() == [(9,)]
    assert (profile.values, profile.entries) == ({}, ())
