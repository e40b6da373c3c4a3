"""Successors inherit titles and what was paid, from the day it took effect, known from the day it was recorded."""

from datetime import date

import polars as pl
import pytest

from matching.catalogue.load_vocabulary import shipped_vocabulary
from matching.engine.population import Population
from matching.storage.database import Database
from registry.identity.relation_store import Kind, Relation, add_relations
from registry.identity.store import add_judgements
from registry.identity.types import Judgement
from registry.profiles.corrections import corrected_since
from registry.profiles.knowledge import Knowledge
from registry.profiles.load_population import load_population, renew_population
from registry.profiles.load_profile import load_profile
from tests.makers import Entry, Paid, Sheet, at, rows, take_in

pytestmark = pytest.mark.anyio

WORDS = shipped_vocabulary()
AUGUST, SEPTEMBER = date(2026, 8, 31), date(2026, 9, 30)
MERGED_ON = date(2026, 9, 10)


@pytest.fixture(autouse=True)
async def _town(db: Database) -> None:  # noqa: ARG001
    """Enterprises 1 to 4; 1 is a little giant and was paid in 2024 and in 2026."""
    await take_in(
        Sheet(
            number=1,
            department="market",
            observed_on=AUGUST,
            recorded_at=at(9, 1),
            newcomers=(1, 2, 3, 4),
            facts={one: {"status": "active"} for one in (1, 2, 3, 4)},
            entries=[Entry(enterprise=1, list="little_giant", since=date(2023, 7, 14))],
            whole=["little_giant", "awards"],
            paid=[
                Paid(enterprise=1, family="P12", cents=100, on=date(2024, 5, 1)),
                Paid(enterprise=1, family="P13", cents=200, on=date(2026, 8, 20)),
            ],
        )
    )


async def relate(one: int, kind: Kind, other: int | None, **more: object) -> None:
    said = {
        "enterprise_id": one,
        "kind": kind,
        "other_id": other,
        "effective_on": MERGED_ON,
        "document": "准予变更登记通知书",
        "recorded_by": "张三",
        "recorded_at": at(10, 1),
    }
    await add_relations([Relation(**(said | more))])  # type: ignore[arg-type]  # fields by name


def knew(day: int = 5, as_of: date = SEPTEMBER, month: int = 10) -> Knowledge:
    return Knowledge(as_of, at(month, day))


async def whole(knowledge: Knowledge) -> Population:
    return await load_population(knowledge, WORDS)


def paid_to(population: Population, enterprise: int) -> list[str]:
    mine = population.awards.filter(pl.col("enterprise_id") == enterprise)
    return sorted(mine["family"].to_list())


def titled(population: Population) -> list[int]:
    return sorted(population.memberships["enterprise_id"].to_list())


async def test_the_surviving_enterprise_takes_over_titles_and_payments() -> None:
    await relate(1, "merged_into", 2)

    assert titled(await whole(knew())) == [1, 2]
    assert paid_to(await whole(knew()), 2) == ["P12", "P13"]


async def test_not_before_the_day_it_took_effect_nor_before_it_was_recorded() -> None:
    await relate(1, "merged_into", 2)

    assert titled(await whole(knew(as_of=date(2026, 9, 9)))) == [1]
    assert titled(await whole(knew(30, month=9))) == [1]


async def test_a_split_passes_what_was_paid_by_then_and_titles_only_where_it_says_so() -> None:
    early = {"effective_on": date(2026, 8, 1)}
    await relate(3, "split_from", 1, **early)
    await relate(4, "split_from", 1, titles="pass", **early)
    found = await whole(knew())

    assert paid_to(found, 3) == paid_to(found, 4) == ["P12"]
    assert titled(found) == [1, 4]


async def test_what_is_inherited_passes_on_with_its_bounds() -> None:
    await relate(3, "split_from", 1, effective_on=date(2026, 8, 1))
    await relate(3, "merged_into", 4)
    found = await whole(knew())

    assert paid_to(found, 4) == ["P12"]
    assert titled(found) == [1]


async def test_withdrawn_nothing_is_inherited_from_then_on() -> None:
    await relate(1, "merged_into", 2)
    await relate(1, "withdrawn", None, withdraws=1, recorded_at=at(10, 3))

    assert titled(await whole(knew(2))) == [1, 2]
    assert titled(await whole(knew(4))) == [1]


async def test_groups_are_known_to_the_engine_parents_and_members() -> None:
    await relate(1, "controls", 2, share_bp=6_000)
    await relate(2, "controls", 3)
    await relate(4, "group_member", 1)
    found = (await whole(knew())).relations

    assert rows(found.filter(pl.col("role") == "parent"), "enterprise_id", "other_id") == {
        (2, 1),
        (3, 2),
        (3, 1),
    }
    assert found.height == 12
    assert "relations" not in (await whole(knew())).coverage


async def test_one_profile_is_read_as_the_population_is() -> None:
    await relate(1, "merged_into", 2)
    await relate(3, "split_from", 2)
    await relate(4, "controls", 3)
    everybody = await whole(knew())
    for enterprise in (1, 2, 3, 4):
        alone = await load_profile(enterprise, knew(), WORDS)
        mine = pl.col("enterprise_id") == enterprise
        for own, all_of_them in (
            (alone.population.memberships, everybody.memberships),
            (alone.population.awards, everybody.awards),
            (alone.population.relations, everybody.relations),
        ):
            assert own.filter(mine).equals(all_of_them.filter(mine))
        assert len(alone.entries) == everybody.memberships.filter(mine).height
        # What its group has is known to its own profile as well.
        others = alone.population.relations["other_id"]
        theirs = pl.col("enterprise_id").is_in(others.implode())
        assert alone.population.awards.filter(theirs).equals(everybody.awards.filter(theirs))
    heir = await load_profile(2, knew(), WORDS)
    assert [entry.origin_id for entry in heir.entries] == [1]


async def test_renewed_is_as_loaded_anew_over_relations_and_judgements() -> None:
    await relate(1, "merged_into", 2)
    await relate(1, "withdrawn", None, withdraws=1, recorded_at=at(10, 3))
    await relate(3, "controls", 2, recorded_at=at(10, 4))
    same = Judgement(subject_id=2, verdict="same", enterprise_id=4, reason="同一家",
                     decided_by="张三", recorded_at=at(10, 2))  # fmt: skip
    await add_judgements([same])
    moments = [knew(30, month=9), *(knew(day) for day in range(1, 6))]
    for before in moments:
        for now in moments:
            if before.known_at > now.known_at:
                continue
            renewed = await renew_population(await whole(before), before, now, WORDS)
            anew = await whole(now)
            for one, other in (
                (renewed.frame, anew.frame),
                (renewed.memberships, anew.memberships),
                (renewed.awards, anew.awards),
                (renewed.relations, anew.relations),
            ):
                assert one.equals(other), (before, now)


async def test_what_a_relation_moved_is_restated_where_that_time_was_spoken_of() -> None:
    await relate(1, "merged_into", 2)

    async def restated(as_of: date) -> set[tuple[object, ...]]:
        found = await corrected_since(knew(30, as_of, month=9), knew(), WORDS)
        return rows(found, "enterprise_id", "column")

    assert await restated(SEPTEMBER) == {(2, "little_giant"), (2, "paid:P12"), (2, "paid:P13")}
    assert await restated(date(2026, 9, 9)) == set()
