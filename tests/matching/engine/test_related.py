"""One enterprise of a group bars or helps another; a group known in part cannot be cleared."""

from datetime import date

import msgspec
import polars as pl
import pytest

from matching.engine.ground import Ground
from matching.engine.population import RELATION_COLUMNS, Population
from matching.language.conditions import Listed, Paid, RelatedHas
from tests.matching.engine.plain_truth import Truth
from tests.matching.engine.small_world import (
    DAY,
    VOCABULARY,
    Award,
    Entry,
    Firm,
    population_of,
)

PARENT_LISTED = RelatedHas(role="parent", condition=Listed(list="blacklist"))
GROUP_LISTED = RelatedHas(role="any", condition=Listed(list="blacklist"))
PARENT_PAID = RelatedHas(role="parent", condition=Paid(family="P1"))
ON_IT = Entry(list="blacklist", from_on=date(2025, 1, 1))
DATELESS = Entry(list="blacklist")
OFF_IT = frozenset({"blacklist"})
Ties = list[tuple[int, int, str]]
KNOWN = frozenset({"relations"})


def tied(firms: list[Firm], ties: Ties, coverage: dict[str, date] | None = None) -> Population:
    """Give a population with these ties: enterprise, other, role."""
    rows = pl.DataFrame(ties, schema=RELATION_COLUMNS, orient="row")
    return msgspec.structs.replace(population_of(firms, coverage), relations=rows)


def asked(
    condition: RelatedHas, population: Population, run_day: date | None = None
) -> list[bool | None]:
    ground = Ground(population, VOCABULARY, {}, run_day)
    return ground.collect(ground.truth(condition, DAY).alias("truth"))["truth"].to_list()


@pytest.mark.parametrize(
    ("known", "parent", "expected"),
    [
        (KNOWN, Firm(entries=(ON_IT,)), True),
        (frozenset(), Firm(entries=(ON_IT,)), True),
        (KNOWN, Firm(known=OFF_IT), False),
        (frozenset(), Firm(known=OFF_IT), None),
        (KNOWN, Firm(), None),
        (KNOWN, Firm(entries=(DATELESS,), known=OFF_IT), None),
    ],
)
def test_the_parent_decides_as_far_as_it_and_the_ties_are_known(
    known: frozenset[str], parent: Firm, expected: Truth
) -> None:
    population = tied([Firm(known=known), parent], [(1, 2, "parent")])

    assert asked(PARENT_LISTED, population)[0] is expected


def test_one_related_enterprise_that_passes_is_enough_whatever_the_others_are() -> None:
    firms = [Firm(), Firm(), Firm(entries=(ON_IT,)), Firm(known=OFF_IT)]
    ties = [(1, 2, "member"), (1, 3, "member"), (1, 4, "parent")]

    assert asked(GROUP_LISTED, tied(firms, ties))[0] is True
    assert asked(PARENT_LISTED, tied(firms, ties))[0] is None


def test_without_ties_the_answer_is_no_only_where_the_ties_are_known() -> None:
    firms = [Firm(known=KNOWN), Firm()]

    assert asked(GROUP_LISTED, tied(firms, [])) == [False, None]
    assert asked(GROUP_LISTED, tied(firms, [], {"relations": DAY})) == [False, False]


def test_its_own_entries_and_those_of_strangers_say_nothing() -> None:
    firms = [Firm(known=KNOWN, entries=(ON_IT,)), Firm(known=KNOWN, entries=(ON_IT,))]

    assert asked(GROUP_LISTED, tied(firms, [])) == [False, False]


def test_a_related_enterprise_need_not_be_judged_itself() -> None:
    whole = tied([Firm(known=KNOWN), Firm(awards=(Award("P1", 5),))], [(1, 2, "parent")])
    alone = msgspec.structs.replace(whole, frame=whole.frame.filter(enterprise_id=1))

    assert asked(PARENT_PAID, alone) == [True]


def test_a_negative_list_is_held_against_the_group_on_the_day_of_the_run() -> None:
    later = Entry(list="blacklist", from_on=date(2026, 8, 1))
    firms = [Firm(known=KNOWN), Firm(entries=(later,), known=OFF_IT)]
    population = tied(firms, [(1, 2, "parent")])

    assert asked(PARENT_LISTED, population)[0] is False
    assert asked(PARENT_LISTED, population, date(2026, 9, 1))[0] is True


def test_some_of_the_enterprises_keep_their_group() -> None:
    firms = [Firm(), Firm(entries=(ON_IT,)), Firm(), Firm(entries=(ON_IT,))]
    population = tied(firms, [(1, 2, "parent"), (3, 4, "parent")]).only(pl.Series([1]))

    assert asked(PARENT_LISTED, population) == [True]
    assert population.memberships["enterprise_id"].to_list() == [2]
    assert population.relations["enterprise_id"].to_list() == [1]
