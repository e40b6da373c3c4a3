"""The city as tables says exactly what its months know."""

from datetime import date

import polars as pl
import pytest

from matching.catalogue.load_catalogue import shipped_catalogue
from matching.catalogue.load_vocabulary import shipped_vocabulary
from matching.language.vocabulary import column_name
from registry.demo.city import FIRST_MONTH, SECOND_MONTH, City, make_city
from registry.demo.facts import city_facts


@pytest.fixture(scope="module")
def city() -> City:
    """A city of some two thousand firms."""
    return make_city(2_000, seed=9)


@pytest.mark.parametrize("month", [FIRST_MONTH, SECOND_MONTH])
def test_a_fact_is_a_number_or_a_text_and_never_nothing(city: City, month: str) -> None:
    facts = city_facts(city, month).facts

    assert facts.filter(pl.col("number").is_null() == pl.col("text").is_null()).is_empty()


@pytest.mark.parametrize("month", [FIRST_MONTH, SECOND_MONTH])
def test_a_department_says_a_thing_once_a_month(city: City, month: str) -> None:
    facts = city_facts(city, month).facts

    assert not facts.select("row", "department", "fact", "period").is_duplicated().any()


def test_every_known_cell_of_tax_is_a_fact(city: City) -> None:
    tax = city.months[FIRST_MONTH].tax
    facts = city_facts(city, FIRST_MONTH).facts.filter(pl.col("department") == "tax")

    assert facts.height == sum(
        tax[name].len() - tax[name].null_count() for name in tax.columns if "@" in name
    )
    one = facts.row(0, named=True)
    cell = tax.filter(pl.col("row") == one["row"])[column_name(one["fact"], one["period"])].item()
    assert one["number"] == cell


def test_kinds_of_facts_are_stored_as_the_catalogue_says(city: City) -> None:
    vocabulary = shipped_vocabulary()
    facts = city_facts(city, FIRST_MONTH).facts
    for fact, has_text in (
        facts.select("fact", has_text=pl.col("text").is_not_null()).unique().iter_rows()
    ):
        assert has_text == (vocabulary.facts[fact].kind in {"code", "date"}), fact


def test_flags_are_one_and_nought(city: City) -> None:
    facts = city_facts(city, FIRST_MONTH).facts
    flags = facts.filter(pl.col("fact").is_in(["power_direct", "insurance_paid_in_full"]))

    assert set(flags["number"]) == {0, 1}


def test_whole_lists_are_covered_up_to_the_day_of_the_month(city: City) -> None:
    first, second = (city_facts(city, month).coverage for month in (FIRST_MONTH, SECOND_MONTH))

    assert set(first.values()) == {date(2026, 9, 30)}
    assert set(second.values()) == {date(2026, 10, 31)}
    ledgers = {"intellectual_property", "equity", "prizes"}
    assert first.keys() - second.keys() == {"above_scale", "awards", "relations", *ledgers}
    entered = city_facts(city, FIRST_MONTH).memberships["list"].unique()
    assert set(entered) <= first.keys()


def test_only_newcomers_are_new_in_the_second_month(city: City) -> None:
    first, second = (city_facts(city, month) for month in (FIRST_MONTH, SECOND_MONTH))

    assert first.enterprises.height == city.size
    assert second.enterprises.height < second.names.height
    assert second.enterprises.join(first.enterprises, on="uscc", how="semi").is_empty()


def test_every_award_stands_under_a_family_that_items_look_at(city: City) -> None:
    """What was paid under a name no item bears would never count against anything."""
    catalogue = shipped_catalogue()
    known = {item.family for item in catalogue.items} | catalogue.vocabulary.families.keys()

    assert set(city_facts(city, FIRST_MONTH).awards["family"]) <= known
