"""Which entries count: those of the newest whole list, and of partial sheets of a later day."""

from datetime import date, datetime

import pytest

from matching.catalogue.load_vocabulary import shipped_vocabulary
from matching.engine.ground import Ground
from matching.engine.population import Population
from matching.language.conditions import Listed
from matching.storage.database import Database
from registry.profiles.knowledge import Knowledge
from registry.profiles.load_population import load_population
from tests.makers import Entry, Paid, Sheet, at, rows, take_in

pytestmark = pytest.mark.anyio

WORDS = shipped_vocabulary()
AUGUST, SEPTEMBER, OCTOBER = date(2026, 8, 31), date(2026, 9, 30), date(2026, 10, 31)
SINCE = date(2025, 7, 1)


def titles(number: int, day: date, *holders: int, whole: bool = False) -> Sheet:
    """Make a sheet of little giants; the first one names all firms."""
    return Sheet(
        number=number,
        department="industry",
        observed_on=day,
        recorded_at=at(11, number),
        newcomers=range(1, 6) if number == 1 else (),
        entries=[Entry(enterprise=one, list="little_giant", since=SINCE) for one in holders],
        whole=("little_giant",) if whole else (),
    )


async def known(as_of: date = OCTOBER, known_at: datetime = at(12, 1)) -> Population:  # noqa: B008
    return await load_population(Knowledge(as_of, known_at), WORDS)


async def holders(as_of: date = OCTOBER, known_at: datetime = at(12, 1)) -> set[int]:  # noqa: B008
    return set((await known(as_of, known_at)).memberships["enterprise_id"])


async def test_a_whole_list_takes_the_place_of_the_one_before(db: Database) -> None:  # noqa: ARG001
    await take_in(titles(1, SEPTEMBER, 1, 2, whole=True), titles(2, OCTOBER, 2, 3, whole=True))

    assert await holders() == {2, 3}
    assert (await known()).coverage == {"little_giant": OCTOBER}


async def test_an_earlier_day_and_an_earlier_moment_still_see_the_old_list(db: Database) -> None:  # noqa: ARG001
    await take_in(titles(1, SEPTEMBER, 1, 2, whole=True), titles(2, OCTOBER, 2, 3, whole=True))

    assert await holders(SEPTEMBER) == {1, 2}
    assert (await known(SEPTEMBER)).coverage == {"little_giant": SEPTEMBER}
    assert await holders(OCTOBER, at(11, 1)) == {1, 2}


async def test_partial_sheets_add_to_a_whole_list_and_do_not_make_it_newer(db: Database) -> None:  # noqa: ARG001
    await take_in(titles(1, SEPTEMBER, 1, 2, whole=True), titles(2, OCTOBER, 3))

    assert await holders() == {1, 2, 3}
    assert (await known()).coverage == {"little_giant": SEPTEMBER}


async def test_partial_sheets_alone_add_up_and_leave_the_others_unknown(db: Database) -> None:  # noqa: ARG001
    await take_in(titles(1, SEPTEMBER, 1), titles(2, OCTOBER, 2))

    assert await holders() == {1, 2}
    assert (await known()).coverage == {}


async def test_a_whole_list_settles_partial_sheets_of_days_before_it(db: Database) -> None:  # noqa: ARG001
    await take_in(
        titles(1, SEPTEMBER, 1), titles(2, OCTOBER, 2, whole=True), titles(3, SEPTEMBER, 3)
    )

    assert await holders() == {2}


async def test_of_the_same_day_the_sheet_taken_in_later_has_the_last_word(db: Database) -> None:  # noqa: ARG001
    await take_in(titles(1, OCTOBER, 1), titles(2, OCTOBER, 2, whole=True), titles(3, OCTOBER, 3))

    assert await holders() == {2, 3}


async def test_a_whole_list_that_comes_late_does_not_undo_a_later_day(db: Database) -> None:  # noqa: ARG001
    await take_in(titles(1, OCTOBER, 1), titles(2, SEPTEMBER, 2, whole=True))

    assert await holders() == {1, 2}


async def test_a_whole_list_of_an_older_day_that_comes_late_is_not_the_newest(
    db: Database,  # noqa: ARG001
) -> None:
    await take_in(titles(1, OCTOBER, 1, whole=True), titles(2, SEPTEMBER, 2, whole=True))

    assert await holders() == {1}
    assert await holders(SEPTEMBER) == {2}


async def test_a_whole_list_of_nobody_says_that_nobody_is_on_it(db: Database) -> None:  # noqa: ARG001
    await take_in(titles(1, SEPTEMBER, 1, whole=True), titles(2, OCTOBER, whole=True))

    assert await holders() == set()
    assert (await known()).coverage == {"little_giant": OCTOBER}


async def test_a_whole_list_says_nothing_of_another(db: Database) -> None:  # noqa: ARG001
    other = Sheet(
        number=2,
        department="industry",
        observed_on=OCTOBER,
        recorded_at=at(11, 2),
        whole=("champion_firm",),
    )
    await take_in(titles(1, SEPTEMBER, 1, whole=True), other)

    assert await holders() == {1}


@pytest.mark.parametrize(
    ("as_of", "answer"),
    [(date(2026, 9, 30), False), (date(2026, 11, 9), False), (date(2026, 11, 10), None)],
)
async def test_absence_from_a_list_answers_until_the_list_is_stale(
    as_of: date,
    answer: bool | None,  # noqa: FBT001  pytest gives it by name
    db: Database,  # noqa: ARG001
) -> None:
    """Negative lists are fresh for forty days: the fortieth still counts."""
    await take_in(
        Sheet(
            number=1,
            department="credit",
            observed_on=SEPTEMBER,
            recorded_at=at(10, 1),
            newcomers=(1, 2),
            entries=[Entry(enterprise=2, list="abnormal_operation", since=SINCE)],
            whole=("abnormal_operation",),
        )
    )

    population = await known(as_of)

    ground = Ground(population, WORDS, {})
    truth = ground.truth(Listed(list="abnormal_operation"), as_of)
    assert ground.collect(truth.alias("on it"))["on it"].to_list() == [answer, True]


async def test_a_newer_whole_ledger_takes_the_place_of_the_one_before(db: Database) -> None:  # noqa: ARG001
    def ledger(number: int, day: date, *paid: Paid, whole: bool) -> Sheet:
        return Sheet(
            number=number,
            department="industry",
            observed_on=day,
            recorded_at=at(11, number),
            newcomers=(1, 2) if number == 1 else (),
            paid=paid,
            whole=("awards",) if whole else (),
        )

    twice = Paid(enterprise=1, family="P12", cents=100, on=SINCE)
    await take_in(
        ledger(1, AUGUST, twice, twice, whole=True),
        ledger(2, SEPTEMBER, twice, whole=True),
        ledger(3, OCTOBER, Paid(enterprise=2, family="P13"), whole=False),
    )

    population = await known()

    assert population.awards.height == 2
    assert rows(population.awards, "enterprise_id", "family", "amount_cents", "paid_on") == {
        (1, "P12", 100, SINCE),
        (2, "P13", None, None),
    }
    assert population.coverage == {"awards": SEPTEMBER}
    assert (await known(AUGUST)).awards.height == 2
    assert population.awards.columns == ["enterprise_id", "family", "amount_cents", "paid_on"]


async def test_entries_come_in_one_order_however_they_were_taken_in(db: Database) -> None:  # noqa: ARG001
    await take_in(titles(1, SEPTEMBER, 3, 1, 2), titles(2, OCTOBER, 5, 4))

    assert (await known()).memberships["enterprise_id"].to_list() == [1, 2, 3, 4, 5]
