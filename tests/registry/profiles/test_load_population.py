"""Profiles as of a day, as known at a moment; renewed they are what loading anew would give."""

from datetime import date, timedelta
from pathlib import Path
from random import Random

import polars as pl
import pytest

from matching.catalogue.load_vocabulary import shipped_vocabulary
from matching.engine.population import Population
from matching.runs.freeze import FrozenFiles, freeze_population
from matching.storage.database import Database
from registry.profiles.knowledge import Knowledge
from registry.profiles.load_population import load_population, renew_population
from tests.makers import Entry, Paid, Sheet, Value, at, take_in

pytestmark = pytest.mark.anyio

WORDS = shipped_vocabulary()
SEPTEMBER, OCTOBER = date(2026, 9, 30), date(2026, 10, 31)
ALL_KNOWN = at(12, 1)
LATER = Knowledge(OCTOBER, ALL_KNOWN)


def sheet(
    number: int, department: str, facts: dict[int, dict[str, Value]], **more: object
) -> Sheet:
    """Make a sheet of September's last day, recorded on the day of its number."""
    given: dict[str, object] = {"observed_on": SEPTEMBER, "recorded_at": at(10, number), **more}
    return Sheet(number=number, department=department, facts=facts, **given)  # type: ignore[arg-type]


async def loaded(knowledge: Knowledge = LATER) -> pl.DataFrame:
    return (await load_population(knowledge, WORDS)).frame


async def value_of(column: str, knowledge: Knowledge = LATER) -> object:
    """Give a value of enterprise 1; None where it is not known."""
    frame = (await loaded(knowledge)).filter(pl.col("enterprise_id") == 1)
    return frame[column].item() if column in frame.columns else None


async def test_values_have_the_type_of_their_fact(db: Database) -> None:  # noqa: ARG001
    said: dict[str, Value] = {
        "annual_revenue@2025": -(2**62),
        "employees@2025": 0,
        "layoff_rate@2025": 550,
        "power_direct": False,
        "strategic_emerging": True,
        "registered_on": date(2019, 2, 28),
        "place": "410102",
        "equipment_investment@2023-07-01..2024-06-30": 1,
    }
    await take_in(sheet(1, "market", {1: said}, newcomers=(1, 2)))

    frame = await loaded()

    assert frame.row(0, named=True) == {"enterprise_id": 1, **said}
    assert frame.row(1, named=True) == {"enterprise_id": 2, **dict.fromkeys(said)}
    assert frame.columns == ["enterprise_id", *sorted(said)]


async def test_a_fact_no_longer_spoken_of_is_left_out(db: Database) -> None:  # noqa: ARG001
    await take_in(sheet(1, "market", {1: {"shoe_size": 43, "place": "410102"}}, newcomers=(1,)))

    assert (await loaded()).columns == ["enterprise_id", "place"]


async def test_nobody_known_is_an_empty_frame(db: Database) -> None:  # noqa: ARG001
    assert (await loaded()).schema == {"enterprise_id": pl.Int64()}


async def test_what_is_observed_after_the_day_does_not_count(db: Database) -> None:  # noqa: ARG001
    await take_in(
        sheet(1, "market", {1: {"status": "active"}}, newcomers=(1,)),
        sheet(2, "market", {1: {"status": "cancelled"}}, newcomers=(2,), observed_on=OCTOBER),
    )

    assert await value_of("status", Knowledge(SEPTEMBER, ALL_KNOWN)) == "active"
    assert await value_of("status") == "cancelled"
    assert (await loaded(Knowledge(SEPTEMBER, ALL_KNOWN)))["enterprise_id"].to_list() == [1]
    assert (await loaded())["enterprise_id"].to_list() == [1, 2]


async def test_what_is_recorded_after_the_moment_does_not_count(db: Database) -> None:  # noqa: ARG001
    await take_in(
        sheet(1, "tax", {1: {"annual_revenue@2025": 100}}, newcomers=(1,)),
        sheet(2, "tax", {1: {"annual_revenue@2025": 90}}, newcomers=(2,)),
    )

    early = Knowledge(SEPTEMBER, at(10, 2) - timedelta(microseconds=1))
    assert await value_of("annual_revenue@2025", early) == 100
    assert (await loaded(early)).height == 1
    assert await value_of("annual_revenue@2025", Knowledge(SEPTEMBER, at(10, 2))) == 90


@pytest.mark.parametrize(
    ("first", "second", "counts"),
    [
        # sources of employees: statistics, labour, enterprise
        (("statistics", SEPTEMBER, 1), ("labour", OCTOBER, 2), 1),
        (("labour", SEPTEMBER, 1), ("statistics", SEPTEMBER, 2), 2),
        (("labour", OCTOBER, 1), ("enterprise", OCTOBER, 2), 1),
        (("enterprise", SEPTEMBER, 1), ("market", OCTOBER, 2), 1),
        (("labour", OCTOBER, 1), ("labour", SEPTEMBER, 2), 1),
        (("labour", SEPTEMBER, 1), ("labour", OCTOBER, 2), 2),
        (("labour", SEPTEMBER, 1), ("labour", SEPTEMBER, 2), 2),
    ],
)
async def test_the_more_trusted_source_counts_then_the_newer_day_then_the_later_sheet(
    first: tuple[str, date, int],
    second: tuple[str, date, int],
    counts: int,
    db: Database,  # noqa: ARG001
) -> None:
    for number, (department, observed_on, employees) in enumerate((first, second), start=1):
        said: dict[int, dict[str, Value]] = {1: {"employees@2025": employees}}
        newcomers = (1,) if number == 1 else ()
        await take_in(sheet(number, department, said, newcomers=newcomers, observed_on=observed_on))

    assert await value_of("employees@2025") == counts


async def test_another_period_is_another_statement(db: Database) -> None:  # noqa: ARG001
    await take_in(
        sheet(1, "tax", {1: {"annual_revenue@2024": 80}}, newcomers=(1,)),
        sheet(2, "tax", {1: {"annual_revenue@2025": 100}}),
    )

    assert await value_of("annual_revenue@2024") == 80
    assert await value_of("annual_revenue@2025") == 100


async def test_zero_false_and_silence_are_three_things(db: Database) -> None:  # noqa: ARG001
    await take_in(
        sheet(1, "tax", {1: {"tax_paid@2025": 0}, 2: {"power_direct": False}}, newcomers=(1, 2, 3))
    )

    frame = await loaded()

    assert frame["tax_paid@2025"].to_list() == [0, None, None]
    assert frame["power_direct"].to_list() == [None, False, None]


class Past:
    """A past made up at random: who sent what, about whom, of which day."""

    DEPARTMENTS = ("market", "statistics", "tax", "labour", "industry", "credit", "enterprise")
    LISTS = ("little_giant", "above_scale", "abnormal_operation")

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)  # noqa: S311  no secret
        self.named = 0
        self.now = at(9, 1)

    def _value(self, column: str) -> Value:
        match column:
            case "status":
                return self.random.choice(("active", "cancelled"))
            case "power_direct" | "strategic_emerging":
                return self.random.random() < 0.5
            case "registered_on":
                return date(2020, 1, self.random.randint(1, 28))
            case _:
                return self.random.randint(0, 3)

    def _facts(self, about: list[int]) -> dict[int, dict[str, Value]]:
        columns = (
            "status", "power_direct", "registered_on", "employees@2024", "employees@2025",
            "annual_revenue@2025", "quarter_revenue@2026-Q1", "robot_purchase",
        )  # fmt: skip
        return {
            one: {column: self._value(column) for column in self.random.sample(columns, 3)}
            for one in about
        }

    def day(self) -> date:
        return date(2026, 8, 1) + timedelta(days=self.random.randint(0, 100))

    def next_sheet(self, number: int) -> Sheet:
        """Make up the next sheet; it may speak of a day long past, and of firms a later day names first."""
        chance = self.random
        newcomers = range(self.named + 1, self.named + 1 + chance.choice((0, 0, 1, 3)))
        self.named += len(newcomers)
        self.now += timedelta(hours=chance.randint(1, 200))
        everybody = list(range(1, self.named + 1))
        some = chance.sample(everybody, chance.randint(0, min(4, self.named)))
        kinds = chance.sample(("facts", "entries", "paid"), chance.randint(1, 2))
        lists = chance.sample((*self.LISTS, "awards"), chance.choice((0, 1, 2)))
        return Sheet(
            number=number,
            department=chance.choice(self.DEPARTMENTS),
            observed_on=self.day(),
            recorded_at=self.now,
            newcomers=newcomers,
            facts=self._facts(some) if "facts" in kinds else {},
            entries=[self._entry(one) for one in some] if "entries" in kinds else (),
            whole=lists,
            paid=[Paid(enterprise=one, family="P12", cents=one) for one in some]
            if "paid" in kinds
            else (),
        )

    def _entry(self, enterprise: int) -> Entry:
        since = self.random.choice((None, date(2024, 7, 1), date(2025, 7, 1)))
        return Entry(enterprise=enterprise, list=self.random.choice(self.LISTS), since=since)


@pytest.mark.parametrize("seed", range(6))
async def test_a_population_renewed_month_by_month_is_what_loading_it_anew_gives(
    seed: int,
    db: Database,  # noqa: ARG001
    tmp_path: Path,
) -> None:
    past, files = Past(seed), FrozenFiles(tmp_path)
    before: Knowledge | None = None
    base: Population | None = None
    for number in range(1, 21):
        await take_in(past.next_sheet(number))
        if past.random.random() < 0.5:
            continue
        # Mostly time goes on; now and then somebody asks for an earlier day.
        today = past.now.date() if past.random.random() < 0.8 else past.day()
        now = Knowledge(today, past.now)
        anew = await load_population(now, WORDS)
        if before is not None and base is not None:
            renewed = await renew_population(base, before, now, WORDS)
            assert renewed.frame.equals(anew.frame), (before, now)
            assert renewed.coverage == anew.coverage
            assert freeze_population(renewed, files) == freeze_population(anew, files)
            base = renewed
        else:
            base = anew
        before = now


async def test_a_firm_first_named_later_brings_what_was_said_of_it_before(db: Database) -> None:  # noqa: ARG001
    await take_in(
        sheet(1, "market", {}, newcomers=(1,)),
        sheet(2, "market", {}, newcomers=(2,), observed_on=OCTOBER),
        sheet(3, "tax", {2: {"annual_revenue@2025": 100}}),
    )
    early = Knowledge(SEPTEMBER, ALL_KNOWN)
    base = await load_population(early, WORDS)

    renewed = await renew_population(base, early, LATER, WORDS)

    assert base.frame["enterprise_id"].to_list() == [1]
    assert renewed.frame["annual_revenue@2025"].to_list() == [None, 100]
