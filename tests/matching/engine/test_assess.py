"""Titles over columns: the standard by kind, day and place; every criterion; and one by one alike."""

from datetime import date
from random import Random

import polars as pl
import pytest

from matching.engine.assess import NOT_APPLICABLE, assess, standard_for, standards_for
from matching.engine.ground import Ground
from matching.engine.ladder import Rules, ladder_of
from matching.engine.profile_text import population_of_texts
from matching.engine.single.single import Single
from matching.engine.truth import MET, OPEN, PERSON, UNMET
from matching.language.standards import Kind
from tests.matching.small_ladder import small_ladder

LADDER = small_ladder()
PLACES = LADDER.vocabulary.places
BEFORE, AFTER = date(2026, 3, 31), date(2026, 4, 1)
GOOD = {
    "place": "登封市",
    "specialized_sme": "2025-06-01..",
    "little_giant": "none",
    "annual_revenue@2025": "6000 万元",
    "main_revenue@2025": "5000 万元",
    "annual_revenue@2023": "4000 万元",
    "total_assets@2025": "1000 万元",
    "total_liabilities@2025": "650 万元",
}


def codes(on: date, kind: Kind, *changes: dict[str, str | None]) -> pl.DataFrame:
    """Give the codes of good firms with some data written otherwise."""
    rows: list[dict[str, str | None]] = [{**GOOD, **change} for change in changes or ({},)]
    ground = Ground(
        population_of_texts(rows, LADDER.vocabulary), LADDER.vocabulary, LADDER.definitions, on
    )
    return assess(LADDER.standards, ground, on, kind).codes


@pytest.mark.parametrize(
    ("kind", "day", "place", "chosen"),
    [
        ("认定", BEFORE, "登封市", "little-giant-2022"),
        ("认定", AFTER, "登封市", "little-giant-2026"),
        ("复核", AFTER, "登封市", "little-giant-2022"),
        ("复核", date(2026, 12, 31), "登封市", "little-giant-2022"),
        ("复核", date(2027, 1, 1), "登封市", "little-giant-2026"),
        ("认定", AFTER, "甘肃省", "little-giant-2026-gansu"),
        ("认定", BEFORE, "甘肃省", "little-giant-2022"),
        ("认定", date(2022, 7, 31), "登封市", None),
    ],
)
def test_kind_day_and_place_choose_the_standard(
    kind: Kind, day: date, place: str, chosen: str | None
) -> None:
    judging = standards_for(LADDER.standards, "little_giant", kind, day, PLACES)
    found = standard_for(judging, PLACES.lineage(PLACES.find(place) or ""))

    assert (found.id if found else None) == chosen


def test_every_criterion_has_its_own_code_and_the_title_the_hardest_of_them() -> None:
    found = codes(
        AFTER,
        "认定",
        {},
        {"annual_revenue@2025": "4999 万元"},
        {"total_liabilities@2025": None},
        {"total_liabilities@2025": None, "annual_revenue@2025": "4999 万元"},
    )

    assert found["little_giant"].to_list() == [MET, UNMET, OPEN, UNMET]
    assert found["little_giant:T3-3"].to_list() == [MET, UNMET, MET, UNMET]
    assert found["little_giant:T3-6"].to_list() == [MET, MET, OPEN, OPEN]
    assert found["specialized_sme"].to_list() == [MET] * 4


def test_what_is_not_asked_at_a_review_is_not_applicable() -> None:
    later = {"annual_revenue@2026": "6000 万元", "total_assets@2026": "10 万元"}
    found = codes(date(2027, 5, 1), "复核", {**later, "total_liabilities@2026": "7 万元"})

    assert found["little_giant:T3-5"].to_list() == [NOT_APPLICABLE]
    assert found["little_giant"].to_list() == [MET]


def test_a_place_sharpens_for_its_own_and_an_unknown_place_says_only_what_all_agree_on() -> None:
    found = codes(
        AFTER,
        "认定",
        {},
        {"place": "甘肃省"},
        {"place": "甘肃省", "total_liabilities@2025": "500 万元"},
        {"place": None},
        {"place": None, "total_liabilities@2025": "500 万元"},
        {"place": None, "total_liabilities@2025": "800 万元"},
    )

    assert found["little_giant:T3-6"].to_list() == [MET, UNMET, MET, OPEN, MET, UNMET]
    assert found["little_giant:甘-1"].to_list() == [
        NOT_APPLICABLE, PERSON, PERSON, OPEN, OPEN, OPEN,
    ]  # fmt: skip
    assert found["little_giant"].to_list() == [MET, UNMET, PERSON, OPEN, OPEN, UNMET]


def test_it_is_said_which_standard_judged() -> None:
    rows: list[dict[str, str | None]] = [
        {**GOOD, "place": place} for place in ("登封市", "甘肃省", None)
    ]
    population = population_of_texts(rows, LADDER.vocabulary)
    ground = Ground(population, LADDER.vocabulary, LADDER.definitions, AFTER)
    found = assess(LADDER.standards, ground, AFTER, "认定")

    names = [one.id for one in found.standards["little_giant"]]
    assert names == ["little-giant-2026-gansu", "little-giant-2026"]
    assert found.applied["little_giant"].to_list() == [1, 0, None]


def test_without_a_standard_for_the_day_nothing_is_said() -> None:
    found = codes(date(2020, 1, 1), "认定")

    assert found["little_giant"].to_list() == [NOT_APPLICABLE]


def test_a_firm_may_meet_the_old_standard_and_miss_the_new_one_and_the_reverse() -> None:
    small = {"annual_revenue@2025": "3000 万元", "main_revenue@2025": "2500 万元"}
    indebted = {"total_liabilities@2025": "730 万元"}

    assert codes(BEFORE, "认定", small, indebted)["little_giant"].to_list() == [MET, UNMET]
    assert codes(AFTER, "认定", small, indebted)["little_giant"].to_list() == [UNMET, MET]
    assert codes(AFTER, "复核", small, indebted)["little_giant"].to_list() == [MET, UNMET]


def test_columns_and_a_single_enterprise_agree() -> None:
    dice = Random(7)  # noqa: S311  no secret
    some: dict[str, tuple[str | None, ...]] = {
        "place": ("登封市", "甘肃省", None),
        "specialized_sme": ("none", "2025-06-01..", "2020-01-01..", None),
        "little_giant": ("none",),
        "annual_revenue@2025": ("6000 万元", "4000 万元", None),
        "total_liabilities@2025": ("500 万元", "700 万元", "740 万元", "800 万元", None),
    }
    rules = Rules(LADDER.tiers, LADDER.standards)
    for _ in range(60):
        change = {key: dice.choice(words) for key, words in some.items()}
        found = codes(AFTER, "认定", change).row(0, named=True)
        population = population_of_texts([{**GOOD, **change}], LADDER.vocabulary)
        single = Single(population, LADDER.vocabulary, LADDER.definitions, AFTER)
        for rung in ladder_of(population, single, rules, AFTER).rungs:
            if rung.standard is not None and rung.kind == "认定":
                assert rung.verdict == found[rung.tier.key], change
