"""Judged to be one, two are read as one; split again, every value is back where it came from. Undone imports count no more."""

from datetime import date, datetime

import polars as pl
import pytest

from matching.catalogue.load_vocabulary import shipped_vocabulary
from matching.engine.population import Population
from matching.storage.bulk import insert_rows
from matching.storage.database import Database
from registry.enterprises.tables import EnterpriseName
from registry.identity.store import add_judgements
from registry.identity.types import Judgement, Verdict
from registry.imports.tables import ImportUndone
from registry.profiles.corrections import corrected_since
from registry.profiles.knowledge import Knowledge
from registry.profiles.load_population import load_population, renew_population
from registry.profiles.load_profile import load_profile
from tests.makers import Claim, Entry, Paid, Sheet, at, rows, take_in

pytestmark = pytest.mark.anyio

WORDS = shipped_vocabulary()
AUGUST, SEPTEMBER = date(2026, 8, 31), date(2026, 9, 30)


def knew(month: int, day: int = 1) -> Knowledge:
    """Give what was known at a moment, as of September's last day."""
    return Knowledge(SEPTEMBER, at(month, day))


async def judge(subject: int, verdict: Verdict, whom: int | None, when: datetime) -> None:
    await add_judgements(
        [
            Judgement(
                subject_id=subject,
                verdict=verdict,
                enterprise_id=whom,
                reason="测试",
                decided_by="张三",
                recorded_at=when,
            )
        ]
    )


async def undo(import_id: int, when: datetime) -> None:
    columns = ("import_id", "undone_at", "undone_by", "reason")
    await insert_rows(ImportUndone, columns, [(import_id, when, "张三", "送错了表")])


@pytest.fixture
async def town(db: Database) -> Database:
    """Enterprises 1 and 2, and a stand-in -5 of whom the tax office tells its revenue and a list its title."""
    await take_in(
        Sheet(
            number=1,
            department="market",
            observed_on=AUGUST,
            recorded_at=at(9, 1),
            newcomers=(1, 2),
            facts={1: {"place": "410102"}, 2: {"status": "active", "employees@2025": 9}},
        ),
        Sheet(
            number=2,
            department="tax",
            observed_on=AUGUST,
            recorded_at=at(9, 2),
            facts={-5: {"annual_revenue@2025": 700}},
            entries=[Entry(enterprise=-5, list="little_giant", since=date(2023, 7, 14))],
            whole=["little_giant"],
            paid=[Paid(enterprise=-5, family="P12", cents=100)],
            claims=[Claim(enterprise=-5, fact="graduate_hires", key="ab")],
        ),
    )
    return db


async def whole(knowledge: Knowledge) -> Population:
    return await load_population(knowledge, WORDS)


def value(population: Population, enterprise: int, column: str) -> object:
    found = population.frame.filter(pl.col("enterprise_id") == enterprise)
    return found[column].item() if column in found.columns and found.height else None


def about(population: Population) -> tuple[list[int], list[int], list[int]]:
    """Give of whom memberships, awards and evidence items speak."""
    frames = (population.memberships, population.awards, population.evidence)
    first, second, third = (sorted(frame["enterprise_id"].to_list()) for frame in frames)
    return first, second, third


async def test_of_a_stand_in_nobody_was_identified_as_nothing_counts(town: Database) -> None:  # noqa: ARG001
    found = await whole(knew(10))

    assert found.frame["enterprise_id"].to_list() == [1, 2]
    assert "annual_revenue@2025" not in found.frame.columns
    assert about(found) == ([], [], [])


async def test_identified_all_it_was_told_of_counts_from_that_moment(town: Database) -> None:  # noqa: ARG001
    await judge(-5, "same", 1, at(10, 1))

    assert value(await whole(knew(9, 30)), 1, "annual_revenue@2025") is None
    found = await whole(knew(10))
    assert value(found, 1, "annual_revenue@2025") == 700
    assert about(found) == ([1], [1], [1])


async def test_merged_and_split_again_every_value_is_back(town: Database) -> None:  # noqa: ARG001
    await judge(-5, "same", 2, at(10, 1))
    await judge(2, "same", 1, at(10, 2))
    await judge(2, "apart", None, at(10, 3))

    merged, split = await whole(knew(10, 2)), await whole(knew(10, 3))

    assert merged.frame["enterprise_id"].to_list() == [1]
    assert [value(merged, 1, name) for name in ("place", "employees@2025")] == ["410102", 9]
    assert value(merged, 1, "annual_revenue@2025") == 700
    assert split.frame.equals((await whole(knew(10, 1))).frame)
    assert about(split) == ([2], [2], [2])


@pytest.mark.parametrize("enterprise", [1, 2])
async def test_one_profile_is_read_as_the_population_is(
    town: Database,  # noqa: ARG001
    enterprise: int,
) -> None:
    await judge(-5, "same", 2, at(10, 1))
    await judge(2, "same", 1, at(10, 2))
    for knowledge in (knew(9, 30), knew(10, 1), knew(10, 2)):
        everybody = await whole(knowledge)
        alone = (await load_profile(enterprise, knowledge, WORDS)).population
        mine = pl.col("enterprise_id") == enterprise
        if not everybody.frame.filter(mine).height:
            assert alone.frame.columns == ["enterprise_id"]
            continue
        told = [name for name in everybody.frame.columns if name in alone.frame.columns]
        assert alone.frame.select(told).equals(everybody.frame.filter(mine).select(told))
        others = everybody.frame.filter(mine).drop(told)
        assert all(others[name].null_count() == 1 for name in others.columns)
        assert alone.memberships.equals(everybody.memberships.filter(mine))
        assert alone.awards.equals(everybody.awards.filter(mine))


async def test_renewed_is_as_loaded_anew_over_judgements_and_undoing(town: Database) -> None:  # noqa: ARG001
    await judge(-5, "same", 1, at(10, 1))
    await judge(-5, "same", 2, at(10, 2))
    await judge(1, "same", 2, at(10, 3))
    await judge(1, "apart", None, at(10, 4))
    await undo(2, at(10, 5))
    moments = [knew(9, 30), *(knew(10, day) for day in range(1, 7))]
    for before in moments:
        for now in moments:
            if before.known_at > now.known_at:
                continue
            renewed = await renew_population(await whole(before), before, now, WORDS)
            anew = await whole(now)
            assert renewed.frame.equals(anew.frame), (before, now)
            assert about(renewed) == about(anew)


async def test_an_undone_import_counts_until_then_and_no_longer(town: Database) -> None:  # noqa: ARG001
    await judge(-5, "same", 1, at(10, 1))
    await undo(2, at(10, 5))

    assert value(await whole(knew(10, 4)), 1, "annual_revenue@2025") == 700
    found = await whole(knew(10, 6))
    assert value(found, 1, "annual_revenue@2025") is None
    assert about(found) == ([], [], [])
    assert found.coverage == {}


async def test_whom_an_undone_import_named_first_is_gone_unless_another_names_it(
    town: Database,  # noqa: ARG001
) -> None:
    name = [(2, "企业2", "企业2", SEPTEMBER, 3)]
    await take_in(
        Sheet(number=3, department="tax", observed_on=SEPTEMBER, recorded_at=at(9, 9)),
    )
    columns = ("enterprise_id", "name", "name_key", "observed_on", "import_id")
    await insert_rows(EnterpriseName, columns, name)
    await undo(1, at(10, 5))

    assert (await whole(knew(10, 4))).frame["enterprise_id"].to_list() == [1, 2]
    assert (await whole(knew(10, 6))).frame["enterprise_id"].to_list() == [2]


async def test_what_moved_or_was_taken_back_is_restated(town: Database) -> None:  # noqa: ARG001
    await judge(-5, "same", 1, at(10, 1))
    await judge(-5, "same", 2, at(10, 2))
    await undo(2, at(10, 5))

    async def restated(before: Knowledge, now: Knowledge) -> set[tuple[object, ...]]:
        return rows(await corrected_since(before, now, WORDS), "enterprise_id", "column")

    revenue = "annual_revenue@2025"
    assert await restated(knew(9, 30), knew(9, 30)) == set()
    assert await restated(knew(9, 30), knew(10, 1)) == {(1, revenue)}
    assert await restated(knew(10, 1), knew(10, 2)) == {(1, revenue), (2, revenue)}
    assert await restated(knew(10, 2), knew(10, 6)) == {(2, revenue), (2, "little_giant")}
