"""Evidence items reach the profiles: of all, and of one with whoever else claims the same."""

from datetime import date

import pytest

from matching.catalogue.load_vocabulary import shipped_vocabulary
from matching.engine.population import Population
from matching.storage.database import Database
from registry.profiles.knowledge import Knowledge
from registry.profiles.load_population import load_population, renew_population
from registry.profiles.load_profile import load_profile
from tests.makers import Claim, Sheet, Use, at, rows, take_in

pytestmark = pytest.mark.anyio

WORDS = shipped_vocabulary()
SEPTEMBER, OCTOBER = date(2026, 9, 30), date(2026, 10, 31)
NOW = Knowledge(OCTOBER, at(12, 1))


def hires(number: int, day: date, *claims: Claim, whole: bool = True) -> Sheet:
    return Sheet(
        number=number,
        department="labour",
        observed_on=day,
        recorded_at=at(11, number),
        newcomers=range(1, 4) if number == 1 else (),
        claims=claims,
        whole=("young_people",) if whole else (),
    )


def claim(enterprise: int, key: str) -> Claim:
    return Claim(enterprise=enterprise, fact="young_people", key=key)


def used(number: int, *keys: str) -> Sheet:
    return Sheet(
        number=number,
        department="labour",
        observed_on=OCTOBER,
        recorded_at=at(11, number),
        uses=[Use(ledger="person", key=key, family="P33") for key in keys],
        whole=("uses",),
    )


def claimed(population: Population) -> set[tuple[object, ...]]:
    return rows(population.evidence, "enterprise_id", "key")


async def test_claims_and_uses_reach_the_population_with_their_coverage(db: Database) -> None:  # noqa: ARG001
    await take_in(hires(1, OCTOBER, claim(1, "a"), claim(2, "b")), used(2, "b", "z"))

    known = await load_population(NOW, WORDS)

    assert claimed(known) == {(1, "a"), (2, "b")}
    assert rows(known.uses, "ledger", "key", "family") == {
        ("person", "b", "P33"),
        ("person", "z", "P33"),
    }
    assert known.coverage == {"young_people": OCTOBER, "uses": OCTOBER}


async def test_a_newer_whole_sheet_takes_the_place_of_the_older(db: Database) -> None:  # noqa: ARG001
    await take_in(hires(1, SEPTEMBER, claim(1, "a")), hires(2, OCTOBER, claim(2, "b")))

    assert claimed(await load_population(NOW, WORDS)) == {(2, "b")}
    before = await load_population(Knowledge(SEPTEMBER, at(12, 1)), WORDS)
    assert claimed(before) == {(1, "a")}


async def test_a_partial_sheet_of_the_same_item_claims_it_once(db: Database) -> None:  # noqa: ARG001
    await take_in(hires(1, SEPTEMBER, claim(1, "a")), hires(2, OCTOBER, claim(1, "a"), whole=False))

    assert (await load_population(NOW, WORDS)).evidence.height == 1


async def test_the_renewed_population_is_the_loaded_one(db: Database) -> None:  # noqa: ARG001
    await take_in(hires(1, SEPTEMBER, claim(1, "a")))
    earlier = Knowledge(SEPTEMBER, at(11, 20))
    base = await load_population(earlier, WORDS)
    await take_in(hires(21, OCTOBER, claim(2, "a")), used(22, "a"))

    renewed = await renew_population(base, earlier, NOW, WORDS)

    loaded = await load_population(NOW, WORDS)
    assert renewed.evidence.equals(loaded.evidence)
    assert renewed.uses.equals(loaded.uses)


async def test_one_profile_sees_who_else_claims_its_items_and_nothing_more(db: Database) -> None:  # noqa: ARG001
    await take_in(hires(1, OCTOBER, claim(1, "a"), claim(2, "a"), claim(3, "c")), used(2, "a", "c"))

    profile = await load_profile(1, NOW, WORDS)

    assert claimed(profile.population) == {(1, "a"), (2, "a")}
    assert rows(profile.population.uses, "key") == {("a",)}
