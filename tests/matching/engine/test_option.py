"""One enterprise's page settles as the month does: the same function over one row."""

from datetime import date

import pytest

from matching.catalogue.load_vocabulary import shipped_vocabulary
from matching.engine.explain import explain
from matching.engine.ground import Ground
from matching.engine.match import decided_items
from matching.engine.option import Option, options_of, tied_items
from matching.engine.profile_text import population_of_texts
from matching.runs.decide import decide
from matching.runs.types import Judged
from tests.makers import Clause, catalogue_of, money

DAY = date(2026, 9, 30)
RULES = {
    "award": Clause(
        condition="{listed: little_giant}",
        amount="{fixed: 15 万元}",
        more="family: A\nexclusive: [{with: robots, rule: highest, earlier: person, basis: 第六条}]",
    ),
    "robots": Clause(
        condition="{fact: robot_purchase, at_least: 50 万元}",
        amount="{share: 10 %, of: {fact: robot_purchase}, cap: 20 万元}",
        more="family: R\nexclusive: [{with: apart, rule: choice, basis: 第七条}]",
    ),
    "apart": Clause(condition="{listed: high_tech}", more="family: X"),
    "alone": Clause(condition="{listed: high_tech}", more="family: Y"),
}
CATALOGUE = catalogue_of(RULES)
FIRM: dict[str, str | None] = {
    "place": "郑州市",
    "little_giant": "2025-01-01..",
    "high_tech": "none",
    "robot_purchase": "100 万元",
    "paid:A": "none",
    "paid:R": "none",
    "paid:X": "none",
}
FIRMS: dict[str, dict[str, str | None]] = {
    "the award is higher": FIRM,
    "the robots are higher": FIRM | {"robot_purchase": "900 万元"},
    "the robots are not told": FIRM | {"robot_purchase": None},
    "the firm chooses": FIRM | {"little_giant": "none", "high_tech": "2025-01-01.."},
    "the award beats one of two to choose from": FIRM | {"high_tech": "2025-01-01.."},
    "the award's ledger is not told": FIRM | {"paid:A": None},
    "a lower one was paid": FIRM | {"paid:R": "10 万元"},
    "a higher one was paid": FIRM | {"paid:R": "20 万元"},
    "the one to choose was paid": FIRM | {"paid:X": "1 万元", "little_giant": "none"},
    "nothing is told": {},
}


def options(firm: dict[str, str | None]) -> dict[str, Option]:
    ground = Ground(
        population_of_texts([firm], shipped_vocabulary()),
        CATALOGUE.vocabulary,
        CATALOGUE.definitions,
        DAY,
    )
    told = explain(decided_items(CATALOGUE.items, DAY), ground, DAY)
    sums = {one.item_id: (one.verdict, one.low_cents, one.high_cents) for one in told}
    return options_of(sums, CATALOGUE.items, ground, DAY)


@pytest.mark.parametrize("name", FIRMS)
def test_the_page_says_what_the_month_says(name: str) -> None:
    firm = FIRMS[name]
    population = population_of_texts([firm], shipped_vocabulary())
    found = decide(Judged(population=population, catalogue=CATALOGUE, as_of=DAY))
    told = options(firm)

    owed = {
        (row["item_id"], row["low_cents"], row["high_cents"])
        for row in found.entitlements.iter_rows(named=True)
        if row["item_id"] != "alone"
    }
    aside = {
        (row["item_id"], row["state"], row["partner"], row["basis"], row["low_cents"])
        for row in found.set_aside.iter_rows(named=True)
    }
    assert {(o.item_id, o.low_cents, o.high_cents) for o in told.values() if o.state == "kept"} == (
        owed
    )
    assert {
        (o.item_id, o.state, o.partner, o.clause.basis, o.low_cents)
        for o in told.values()
        if o.clause is not None
    } == aside


def test_of_two_to_choose_from_each_says_what_it_is_worth() -> None:
    told = options(FIRMS["the firm chooses"])

    assert [told[key].state for key in ("robots", "apart")] == ["chooses", "chooses"]
    assert [told[key].low_cents for key in ("robots", "apart")] == [money(10), money(10)]
    assert told["apart"].said_by == "robots"


def test_what_is_beaten_by_another_need_not_be_chosen() -> None:
    told = options(FIRMS["the award beats one of two to choose from"])

    assert {key: one.state for key, one in told.items()} == {
        "award": "kept",
        "robots": "yields",
        "apart": "kept",
    }


def test_an_item_on_which_nothing_bears_has_no_option() -> None:
    assert "alone" not in options(FIRM)


def test_whoever_bears_on_an_item_is_asked_about_too_and_whoever_bears_on_that_one() -> None:
    assert tied_items(["apart"], CATALOGUE.items, DAY) == {"apart", "robots", "award"}
    assert tied_items(["alone"], CATALOGUE.items, DAY) == {"alone"}
