"""Where a datum comes from: its owner, unless the item's document names another; and how it reaches us."""

import msgspec
import pytest

from matching.catalogue.data_sources import Source, data_sources, feed_of, source_of
from matching.catalogue.load_catalogue import shipped_catalogue
from matching.language.vocabulary import Fact, Feed, ListKind
from tests.matching.language.made_items import item

CATALOGUE = shipped_catalogue()
WORDS = CATALOGUE.vocabulary


def fact(department: str, feed: Feed | None) -> Fact:
    return Fact(key="made", label="造", kind="number", department=department, ask="问", feed=feed)


@pytest.mark.parametrize(
    ("department", "declared", "expected"),
    [
        ("tax", None, "sheet"),
        ("enterprise", None, "ask"),
        ("grid", "pull", "pull"),
        ("commerce", "ask", "ask"),
        ("enterprise", "pull", "pull"),
    ],
)
def test_what_the_enterprise_owns_is_asked_for_and_the_rest_is_sent(
    department: str, declared: Feed | None, expected: Feed
) -> None:
    assert feed_of(fact(department, declared), department) == expected


def test_a_list_is_sent_unless_it_says_otherwise() -> None:
    listed = ListKind(key="made", label="造", kind="title", department="industry", fresh_days=1)

    assert feed_of(listed, "industry") == "sheet"
    assert feed_of(msgspec.structs.replace(listed, feed="pull"), "industry") == "pull"


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("power_use@2026-01", Source("power_use@2026-01", "grid", "pull")),
        ("little_giant", Source("little_giant", "industry", "sheet")),
        ("paid:P13", Source("paid:P13", "industry", "sheet")),
        ("relations", Source("relations", "market", "sheet")),
        ("uses", Source("uses", "industry", "sheet")),
        ("utility_bill@2022-Q2", Source("utility_bill@2022-Q2", "enterprise", "ask")),
    ],
)
def test_a_datum_comes_from_whoever_owns_it(name: str, expected: Source) -> None:
    assert source_of(name, item(), WORDS) == expected


def test_an_item_may_name_another_department() -> None:
    made = item(data="{utility_bill: grid}")

    assert source_of("utility_bill@2022-Q2", made, WORDS) == Source(
        "utility_bill@2022-Q2", "grid", "sheet"
    )


def test_an_item_names_the_source_of_all_it_reads() -> None:
    shipped = CATALOGUE.item("p01-2026-q1")
    assert shipped is not None

    departments = {source.name: source.department for source in data_sources(shipped, CATALOGUE)}

    assert departments["place"] == "market"
    assert departments["above_scale"] == "statistics"
    assert departments["power_use@2025-09"] == "grid"
    assert departments["quarter_revenue@2026-Q1"] == "tax"
