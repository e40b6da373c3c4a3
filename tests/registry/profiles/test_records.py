"""Ledgers of records reach the profiles: typed, once each, and figures are counted over them."""

from datetime import date

import pytest

from matching.catalogue.load_vocabulary import shipped_vocabulary
from matching.engine.population import Population
from matching.engine.records import derived_figures, record_columns
from matching.storage.database import Database
from registry.profiles.corrections import corrected_since
from registry.profiles.knowledge import Knowledge
from registry.profiles.load_population import load_population, renew_population
from registry.profiles.load_profile import load_profile
from tests.makers import Kept, Sheet, Value, at, rows, take_in

pytestmark = pytest.mark.anyio

WORDS = shipped_vocabulary()
SEPTEMBER, OCTOBER = date(2026, 9, 30), date(2026, 10, 31)
NOW = Knowledge(OCTOBER, at(12, 1))
IP = "intellectual_property"
OWN: dict[str, Value] = {
    "kind": "invention",
    "origin": "own",
    "granted_on": date(2024, 3, 1),
    "holder_rank": 1,
    "main_product": True,
    "applied": True,
}


def patents(number: int, day: date, *records: Kept, whole: bool = True) -> Sheet:
    return Sheet(
        number=number,
        department="market",
        observed_on=day,
        recorded_at=at(11, number),
        newcomers=range(1, 4) if number == 1 else (),
        records=records,
        whole=(IP,) if whole else (),
    )


def patent(enterprise: int, number: str, **fields: Value) -> Kept:
    return Kept(enterprise=enterprise, ledger=IP, number=number, fields={**OWN, **fields})


def counted(population: Population, fact: str = "class_one_ip_2026") -> list[int | None]:
    derived = WORDS.facts[fact].derived
    assert derived is not None
    return derived_figures(derived, population, OCTOBER).to_list()


async def test_rows_are_typed_as_declared_and_what_is_not_said_is_not_known(db: Database) -> None:  # noqa: ARG001
    await take_in(
        patents(1, OCTOBER, patent(1, "ZL1"), Kept(enterprise=2, ledger=IP, number="ZL2"))
    )

    records = (await load_population(NOW, WORDS)).records[IP]

    assert dict(records.schema) == record_columns(WORDS.records[IP])
    assert records.row(0, named=True) == {
        "enterprise_id": 1, "transferred_on": None, "high_value": None, **OWN,
    }  # fmt: skip
    assert records.row(1)[1:] == (None,) * 8


async def test_figures_are_counted_none_where_the_whole_ledger_has_no_row(db: Database) -> None:  # noqa: ARG001
    await take_in(
        patents(1, OCTOBER, patent(1, "ZL1"), patent(1, "ZL2"), patent(2, "ZL3", applied=False))
    )

    assert counted(await load_population(NOW, WORDS)) == [2, 0, 0]


async def test_a_ledger_that_is_not_whole_leaves_the_figure_unknown(db: Database) -> None:  # noqa: ARG001
    await take_in(patents(1, OCTOBER, patent(1, "ZL1"), whole=False))

    assert counted(await load_population(NOW, WORDS)) == [None, None, None]


async def test_a_later_sheet_says_anew_of_the_same_number_and_adds_others(db: Database) -> None:  # noqa: ARG001
    await take_in(
        patents(1, SEPTEMBER, patent(1, "ZL1", applied=False), patent(1, "ZL2")),
        patents(2, OCTOBER, patent(1, "ZL1"), patent(2, "ZL1", holder_rank=2), whole=False),
    )

    known = await load_population(NOW, WORDS)

    assert counted(known) == [2, 1, 0]
    assert known.coverage == {IP: SEPTEMBER}


async def test_a_newer_whole_ledger_takes_the_place_of_the_older(db: Database) -> None:  # noqa: ARG001
    await take_in(patents(1, SEPTEMBER, patent(1, "ZL1")), patents(2, OCTOBER, patent(2, "ZL2")))

    assert counted(await load_population(NOW, WORDS)) == [0, 1, 0]
    before = await load_population(Knowledge(SEPTEMBER, at(12, 1)), WORDS)
    assert counted(before) == [1, 0, 0]


async def test_the_renewed_population_is_the_loaded_one(db: Database) -> None:  # noqa: ARG001
    await take_in(patents(1, SEPTEMBER, patent(1, "ZL1")))
    earlier = Knowledge(SEPTEMBER, at(11, 20))
    base = await load_population(earlier, WORDS)
    await take_in(patents(21, OCTOBER, patent(2, "ZL2"), patent(1, "ZL3")))

    renewed = await renew_population(base, earlier, NOW, WORDS)

    assert renewed.records[IP].equals((await load_population(NOW, WORDS)).records[IP])


async def test_one_profile_has_its_own_rows_with_number_and_file(db: Database) -> None:  # noqa: ARG001
    await take_in(patents(1, OCTOBER, patent(1, "ZL2"), patent(1, "ZL1"), patent(2, "ZL3")))

    profile = await load_profile(1, NOW, WORDS)

    assert [record.number for record in profile.records[IP]] == ["ZL1", "ZL2"]
    assert profile.records[IP][0].file_name == "1.xlsx"
    assert profile.records[IP][0].fields["granted_on"] == date(2024, 3, 1)
    assert counted(profile.population) == [2]


async def test_a_record_that_is_gone_or_told_otherwise_for_the_same_day_is_a_correction(
    db: Database,  # noqa: ARG001
) -> None:
    await take_in(
        patents(1, SEPTEMBER, patent(1, "ZL1"), patent(2, "ZL2"), patent(3, "ZL3")),
        patents(21, SEPTEMBER, patent(1, "ZL1", holder_rank=4), patent(3, "ZL3"), patent(3, "ZL4")),
    )

    restated = await corrected_since(Knowledge(SEPTEMBER, at(11, 20)), NOW, WORDS)

    assert {one for one, _ in rows(restated, "enterprise_id", "column")} == {1, 2}
    assert (1, "class_one_ip_2026") in rows(restated, "enterprise_id", "column")
    assert (1, "equity_two_years") not in rows(restated, "enterprise_id", "column")


async def test_what_a_later_day_says_of_a_record_is_no_correction(db: Database) -> None:  # noqa: ARG001
    await take_in(
        patents(1, SEPTEMBER, patent(1, "ZL1", applied=False)),
        patents(21, OCTOBER, patent(1, "ZL1"), patent(2, "ZL2")),
    )

    assert (await corrected_since(Knowledge(SEPTEMBER, at(11, 20)), NOW, WORDS)).is_empty()
