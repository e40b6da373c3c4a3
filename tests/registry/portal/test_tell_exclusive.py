"""What may not be had together, as people read it."""

from datetime import date

from matching.catalogue.load_catalogue import Catalogue, shipped_catalogue
from matching.engine.profile_text import population_of_texts
from registry.actions.look_up_enterprise import Finding, findings_of
from registry.portal.tell_exclusive import exclusive_views, option_view, row_views
from registry.portal.tell_sums import money_of
from registry.profiles.knowledge import Knowledge
from registry.profiles.types import Profile
from tests.makers import Clause, at, catalogue_of, money

DAY = date(2026, 9, 30)
RULES = {
    "award": Clause(
        condition="{listed: little_giant}",
        amount="{fixed: 15 万元}",
        title="认定奖励",
        more="family: A\nexclusive: [{with: robots, rule: highest, earlier: full, basis: 第六条}]",
    ),
    "robots": Clause(
        condition="{fact: robot_purchase, at_least: 50 万元}",
        amount="{share: 10 %, of: {fact: robot_purchase}, cap: 20 万元}",
        title="机器换人",
        more="family: R\nexclusive: [{with: apart, rule: choice, basis: 第七条}]",
    ),
    "apart": Clause(condition="{listed: high_tech}", title="高企奖励", more="family: X"),
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


def findings(
    firm: dict[str, str | None], catalogue: Catalogue = CATALOGUE, only: str | None = None
) -> dict[str, Finding]:
    population = population_of_texts([firm], catalogue.vocabulary)
    profile = Profile(enterprise_id=1, population=population, values={}, entries=())
    found = findings_of(profile, Knowledge(DAY, at(10, 1)), catalogue, only)
    return {one.item.id: one for one in found}


def views(firm: dict[str, str | None]) -> dict[str, object]:
    found = findings(firm)
    options = {key: one.option for key, one in found.items() if one.option is not None}
    return {
        key: option_view(
            one.option,
            options,
            (one.explanation.low_cents, one.explanation.high_cents),
            CATALOGUE,
        )
        for key, one in found.items()
    }


def test_what_yields_says_to_whom_on_what_basis_and_what_it_would_have_given() -> None:
    found = findings(FIRM)
    view = option_view(found["robots"].option, {}, (money(10), money(10)), CATALOGUE)

    assert view is not None
    assert (view.tag, view.said, view.basis, view.amount) == ("让位", "让位于", "第六条", "10万元")
    assert view.partner is not None
    assert (view.partner.item_id, view.partner.text) == ("award", "《认定奖励》")


def test_who_chooses_is_told_what_each_is_worth() -> None:
    firm = FIRM | {"little_giant": "none", "high_tech": "2025-01-01.."}
    found = findings(firm)
    options = {key: one.option for key, one in found.items() if one.option is not None}
    view = option_view(found["apart"].option, options, (money(10), money(10)), CATALOGUE)

    assert view is not None
    assert view.tag == "请选择"
    assert [(one.title, one.amount) for one in view.choices] == [
        ("高企奖励", "10万元"),
        ("机器换人", "10万元"),
    ]


def test_what_is_paid_in_full_says_nothing() -> None:
    assert views(FIRM)["award"] is None


def test_what_is_not_met_says_nothing() -> None:
    assert views(FIRM)["apart"] is None


def test_money_that_yields_is_in_no_sum() -> None:
    money_told = money_of(tuple(findings(FIRM).values()))

    assert (money_told.certain_cents, money_told.possible_cents) == (money(15), money(15))


def test_asked_about_one_item_those_that_bear_on_it_are_decided_too() -> None:
    found = findings(FIRM, only="robots")

    assert next(iter(found)) == "robots"
    assert found.keys() == {"robots", "award", "apart"}
    assert found["robots"].option is not None
    assert found["robots"].option.state == "yields"


def test_an_item_tells_its_own_clauses_and_those_in_which_others_speak_of_it() -> None:
    robots = CATALOGUE.item("robots")
    assert robots is not None
    own, others = exclusive_views(robots, CATALOGUE)

    assert (own.lead, own.tail, own.said_by) == ("与", "由企业选择其一（按同一企业）", "")
    assert [partner.text for partner in own.partners] == ["《高企奖励》"]
    assert (others.tail, others.basis, others.said_by) == (
        "从高，不重复（按同一企业）",
        "第六条",
        "认定奖励",
    )


def test_the_shipped_titles_tell_rule_reading_and_what_they_replaced() -> None:
    catalogue = shipped_catalogue()
    item = catalogue.item("p13-title-award")
    assert item is not None
    highest, replaced = exclusive_views(item, catalogue)

    assert highest.tail == "从高，不重复（按同一企业）"
    assert highest.details == ("从前已得低一级的，给全额还是差额由人工定",)
    assert highest.reading is not None
    assert (replaced.lead, replaced.partners[0].item_id) == ("本项取代", "p19-champion-demo")


def test_the_lines_of_a_highest_only_say_which_is_taken() -> None:
    catalogue = shipped_catalogue()
    firm: dict[str, str | None] = {
        "place": "郑州市",
        "little_giant": "2026-07-01..2029-06-30",
        "specialized_sme": "2026-03-01..2029-02-28",
        "champion_firm": "none",
        "champion_product": None,
    }
    found = findings(firm, catalogue, only="p13-title-award")["p13-title-award"]
    told = row_views(found.item, found.rows, catalogue, DAY)

    assert [(one.amount, one.word) for one in told] == [
        ("200万元", "取此项"),
        ("100万元", "从高，不另给"),
        ("50万元", "从高，不另给"),
    ]


def test_of_a_single_line_there_is_nothing_to_tell() -> None:
    catalogue = shipped_catalogue()
    firm: dict[str, str | None] = {"place": "郑州市", "little_giant": "2026-07-01..2029-06-30"}
    firm |= {"specialized_sme": "none", "champion_firm": "none", "champion_product": "none"}
    found = findings(firm, catalogue, only="p13-title-award")["p13-title-award"]

    assert row_views(found.item, found.rows, catalogue, DAY) == ()
