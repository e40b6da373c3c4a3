"""Who is proposed for a title: one or two changeable gaps away, or none; never on a guess."""

from datetime import date

import pytest

from matching.engine.profile_text import population_of_texts
from registry.actions.propose_for_pool import propose_for_pool
from registry.pool.declared import shipped_pools
from registry.pool.propose import NotDeclared, Proposals
from tests.matching.small_ladder import small_ladder

LADDER = small_ladder()
ON = date(2026, 4, 1)
GOOD = {
    "place": "登封市",
    "specialized_sme": "2025-06-01..",
    "little_giant": "none",
    "annual_revenue@2025": "6000 万元",
    "main_revenue@2025": "5400 万元",
    "annual_revenue@2023": "4000 万元",
    "total_assets@2025": "1000 万元",
    "total_liabilities@2025": "650 万元",
}


def proposed(*changes: dict[str, str | None], on: date = ON) -> Proposals:
    population = population_of_texts([{**GOOD, **one} for one in changes], LADDER.vocabulary)
    return propose_for_pool("giant", population, LADDER, shipped_pools(), on)


LOW = {"annual_revenue@2025": "4999 万元"}
OWING = {"total_liabilities@2025": "751 万元"}
SHRUNK = {"annual_revenue@2023": "4800 万元"}
NO_TITLE = {"specialized_sme": "none"}


@pytest.mark.parametrize(
    ("firm", "gaps"),
    [
        ({}, 0),
        (LOW, 1),
        (LOW | OWING, 2),
        (LOW | OWING | SHRUNK, None),
        (LOW | OWING | NO_TITLE, None),
        (NO_TITLE, 1),
        ({"total_assets@2025": None}, 1),
        ({"total_assets@2025": None, "annual_revenue@2023": None}, 2),
        (LOW | {"total_assets@2025": None, "annual_revenue@2023": None}, None),
        ({"little_giant": "2025-06-01.."}, None),
        ({"little_giant": None}, None),
    ],
    ids=str,
)
def test_one_or_two_changeable_gaps_away_and_no_more(
    firm: dict[str, str | None], gaps: int | None
) -> None:
    found = proposed(firm)

    assert found.table["gaps"].to_list() == ([] if gaps is None else [gaps])


def test_what_is_not_known_is_counted_and_never_guessed() -> None:
    nobody_knows = dict.fromkeys(GOOD)
    found = proposed({}, nobody_knows, {"little_giant": None}, LOW | OWING | NO_TITLE)

    assert (found.enterprises, found.table.height, found.unknown) == (4, 1, 2)


def test_the_nearest_stand_first_with_what_they_lack() -> None:
    found = proposed(LOW | OWING, LOW, {})

    assert found.table["enterprise_id"].to_list() == [3, 2, 1]
    assert found.table["reached"].to_list() == [True, False, False]
    assert found.table["reasons"].to_list()[:2] == [
        "对照RV-2026认定标准均已符合",
        "对照RV-2026认定标准：2025年营业收入还差1万元（须不低于5,000万元），2027-01-01起看下一年的数",
    ]


def test_no_standard_of_that_day_is_said() -> None:
    with pytest.raises(
        NotDeclared, match="没有可为“giant”提出候选的标准；可用：small_to_scale、specialized、giant"
    ):
        proposed({}, on=date(2022, 7, 31))
