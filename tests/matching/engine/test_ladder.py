"""The ladder of one enterprise: stories over a change of versions, the road, and what the next title brings."""

from datetime import date

import msgspec
import pytest

from matching.engine.assess import NOT_APPLICABLE
from matching.engine.gains import gains_of
from matching.engine.ladder import Ladder, Rules, Rung, ladder_of
from matching.engine.profile_text import population_of_texts
from matching.engine.single.single import Single
from matching.engine.truth import MET, OPEN, UNMET
from matching.language.items import Item
from tests.makers import Clause, catalogue_of, money
from tests.matching.small_ladder import FILES, small_ladder
from tests.matching.small_ladder import ladder_of as ladder_of_files

GIANT = "standards/little-giant-2026.yml"
LADDER = small_ladder()
WORDS = LADDER.vocabulary
AFTER = date(2026, 5, 1)
FIRM: dict[str, str | None] = {
    "place": "登封市",
    "specialized_sme": "2025-06-01..",
    "little_giant": "none",
    "annual_revenue@2025": "6000 万元",
    "main_revenue@2025": "5000 万元",
    "annual_revenue@2023": "4000 万元",
    "total_assets@2025": "1000 万元",
    "total_liabilities@2025": "650 万元",
}


def ladder(on: date, items: tuple[Item, ...] = (), **changes: str | None) -> Ladder:
    """Give the ladder of the firm with some data written otherwise."""
    told = {**FIRM, **{key.replace("__", "@"): text for key, text in changes.items()}}
    population = population_of_texts([told], WORDS)
    single = Single(population, WORDS, LADDER.definitions, on)
    return ladder_of(population, single, Rules(LADDER.tiers, LADDER.standards, items), on)


def rung(of: Ladder, key: str) -> Rung:
    """Give one title of a ladder."""
    return next(one for one in (*of.rungs, *of.beside) if one.tier.key == key)


def test_a_title_that_spans_the_change_runs_to_its_end_and_is_then_judged_anew() -> None:
    told = {"specialized_sme": "2024-09-01..2027-08-31", "annual_revenue__2025": "900 万元"}
    before = rung(ladder(date(2026, 3, 31), **told), "specialized_sme")
    after = rung(ladder(date(2026, 4, 1), **told), "specialized_sme")
    over = rung(ladder(date(2027, 9, 1), **told), "specialized_sme")

    assert (before.held, before.standard, before.verdict) == (True, None, NOT_APPLICABLE)
    assert after.held
    assert after.certificates[0].state == "held"
    assert (after.kind, after.standard and after.standard.id) == ("复核", "specialized-2026")
    assert after.verdict == UNMET
    assert over.held is False
    assert (over.kind, over.certificates[0].state) == ("认定", "over")


def test_a_little_giant_of_2023_is_reviewed_in_2026_by_the_old_standard() -> None:
    held = {"little_giant": "2023-07-01..2026-12-31", "annual_revenue__2025": "3000 万元"}
    reviewed = rung(ladder(AFTER, **held, main_revenue__2025="2500 万元"), "little_giant")
    afresh = rung(ladder(AFTER, annual_revenue__2025="3000 万元"), "little_giant")

    assert reviewed.standard is not None
    assert (reviewed.standard.version, reviewed.verdict) == ("RV-2022", MET)
    assert afresh.standard is not None
    assert (afresh.standard.version, afresh.verdict) == ("RV-2026", UNMET)


def test_meeting_the_old_and_missing_the_new_and_the_reverse() -> None:
    small = {"annual_revenue__2025": "3000 万元", "main_revenue__2025": "2500 万元"}
    indebted = {"total_liabilities__2025": "730 万元"}
    verdicts = [
        rung(ladder(on, **told), "little_giant").verdict
        for told in (small, indebted)
        for on in (date(2026, 3, 31), date(2026, 4, 1))
    ]

    assert verdicts == [MET, UNMET, UNMET, MET]


@pytest.mark.parametrize(
    ("entry", "state", "until", "held"),
    [
        ("2025-06-01..", "held", date(2028, 5, 31), True),
        ("2023-05-02..", "held", date(2026, 5, 1), True),
        ("2023-05-01..", "over", date(2026, 4, 30), False),
        ("2025-06-01..2026-05-01", "held", date(2026, 5, 1), True),
        ("2026-05-02..", "not_yet", date(2029, 5, 1), False),
    ],
)
def test_a_certificate_runs_to_its_last_day(
    entry: str,
    state: str,
    until: date,
    held: bool,  # noqa: FBT001  a case
) -> None:
    found = rung(ladder(AFTER, specialized_sme=entry), "specialized_sme")

    assert found.held is held
    assert (found.certificates[0].state, found.certificates[0].until_on) == (state, until)


def test_a_revoked_certificate_is_not_held() -> None:
    population = population_of_texts([FIRM], WORDS)
    left = population.memberships.with_columns(left_on=date(2026, 4, 1))
    population = msgspec.structs.replace(population, memberships=left)
    single = Single(population, WORDS, LADDER.definitions, AFTER)
    rules = Rules(LADDER.tiers, LADDER.standards)
    found = rung(ladder_of(population, single, rules, AFTER), "specialized_sme")

    assert found.held is False
    assert found.certificates[0].state == "struck_off"


def test_what_nobody_told_is_not_held_and_not_missed() -> None:
    found = rung(ladder(AFTER, specialized_sme=None), "specialized_sme")

    assert found.held is None
    assert rung(ladder(AFTER, specialized_sme=None), "little_giant").verdict == OPEN


def test_the_place_decides_and_an_unknown_place_leaves_open_what_differs() -> None:
    assert rung(ladder(AFTER, place="甘肃省"), "little_giant").verdict == UNMET
    unknown = rung(ladder(AFTER, place=None), "little_giant")
    assert (unknown.settled, unknown.verdict) == (False, OPEN)


def test_each_criterion_says_what_was_compared_and_how_far_it_is() -> None:
    found = rung(ladder(AFTER, annual_revenue__2025="4600 万元"), "little_giant")
    revenue = next(one for one in found.criteria if one.criterion.id == "T3-3")

    assert (revenue.verdict, revenue.trace.value) == (UNMET, money(4600))
    assert (revenue.trace.limit, revenue.trace.distance) == (money(5000), money(400))
    assert found.met == 3


def test_the_road_leads_to_the_rung_above_the_highest_held() -> None:
    road = ladder(AFTER, annual_revenue__2025="4600 万元").road

    assert road is not None
    assert road.rung.tier.key == "little_giant"
    assert [len(found.changes) for found in road.gaps.sets] == [1]
    assert road.gaps.sets[0].changes[0].amount == money(400)
    assert ladder(AFTER, little_giant="2025-07-01..").road is None


def test_what_comes_by_waiting_alone_is_told_with_its_day() -> None:
    waits = (
        "{id: T3-2, article: 附件2第二项, condition: {years_since: registered_on, at_least: 3 年}}"
    )
    text = FILES[GIANT].replace("criteria:\n", f"criteria:\n  - {waits}\n")
    catalogue = ladder_of_files({GIANT: text})
    population = population_of_texts([{**FIRM, "registered_on": "2023-09-10"}], WORDS)
    single = Single(population, WORDS, catalogue.definitions, AFTER)
    road = ladder_of(population, single, Rules(catalogue.tiers, catalogue.standards), AFTER).road

    assert road is not None
    assert [(one.kind, one.changes[0].day) for one in road.gaps.sets] == [
        ("time", date(2026, 9, 10))
    ]


def test_the_next_title_brings_what_the_matcher_gives_its_holders() -> None:
    catalogue = catalogue_of(
        {
            "award": Clause(condition="{listed: little_giant}", amount="{fixed: 20 万元}"),
            "first": Clause(
                condition="{all_of: [{listed: little_giant}, {fact: employees, year: -1, at_least: 10 人}]}"
            ),
            "levels": Clause(
                condition="{listed: specialized_sme}",
                amount="{highest: [{fixed: 5 万元}, {when: {listed: little_giant}, fixed: 8 万元}]}",
            ),
            "none": Clause(condition="{negate: {listed: little_giant}}"),
            "other": Clause(condition="{fact: employees, year: -1, at_least: 10 人}"),
        }
    )
    road = ladder(AFTER, catalogue.items, place="郑州市").road

    assert road is not None
    found = [(one.item_id, one.after, one.low_cents, one.high_cents) for one in road.gains]
    assert found == [
        ("award", MET, money(20), money(20)),
        ("levels", MET, money(3), money(3)),
        ("first", OPEN, 0, money(10)),
    ]
    assert all(one.payable for one in road.gains)


def test_what_a_title_does_not_touch_is_no_gain() -> None:
    population = population_of_texts([FIRM], WORDS)
    single = Single(population, WORDS, LADDER.definitions, AFTER)
    items = catalogue_of({"other": Clause(condition="{listed: high_tech}")}).items

    assert gains_of(items, LADDER.tiers["little_giant"], population, single, AFTER) == ()
