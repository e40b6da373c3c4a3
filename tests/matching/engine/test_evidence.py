"""A person, loan or contract counts once: not where an award has used it up, not where two claim it."""

from datetime import date

import msgspec
import polars as pl
import pytest

from matching.engine.ground import Ground
from matching.engine.leaves import quantity_parts
from matching.engine.population import EVIDENCE_COLUMNS, USE_COLUMNS, Population
from matching.language.conditions import Compare
from matching.language.quantities import OverLedger
from tests.matching.engine.small_world import DAY, VOCABULARY, Firm, population_of, truths_of

HIRES = OverLedger(fact="hires", unused_by=("P33", "absorb"))
LOANS = OverLedger(fact="loans", unused_by=("P35",))
COVERED = {"hires": DAY, "loans": DAY, "uses": DAY}
Claims = list[tuple[int, str, str, int | None]]
Uses = list[tuple[str, str, str]]


def claiming(
    claims: Claims, uses: Uses, coverage: dict[str, date] | None = None, count: int = 2
) -> Population:
    """Give enterprises that claim these items: enterprise, fact, key, 分; uses: ledger, key, family."""
    return msgspec.structs.replace(
        population_of([Firm()] * count, COVERED if coverage is None else coverage),
        evidence=pl.DataFrame(claims, schema=EVIDENCE_COLUMNS, orient="row"),
        uses=pl.DataFrame(uses, schema=USE_COLUMNS, orient="row"),
    )


def figures(quantity: OverLedger, population: Population) -> list[int | None]:
    ground = Ground(population, VOCABULARY, {})
    number, _ = quantity_parts(quantity, DAY, ground.columns)
    return ground.facts_and_tests().select(number.expr.alias("figure"))["figure"].to_list()


MINE: Claims = [(1, "hires", "a", None), (1, "hires", "b", None)]


@pytest.mark.parametrize(
    ("uses", "expected"),
    [
        ([], 2),
        ([("person", "a", "P33")], 1),
        ([("person", "a", "P33"), ("person", "a", "absorb"), ("person", "b", "absorb")], 0),
        ([("person", "a", "P99")], 2),
        ([("loan", "a", "P33")], 2),
    ],
)
def test_an_item_used_by_one_of_the_families_in_its_ledger_counts_no_more(
    uses: Uses, expected: int
) -> None:
    assert figures(HIRES, claiming(MINE, uses)) == [expected, 0]


def test_an_item_two_claim_and_none_has_used_leaves_both_open() -> None:
    both: Claims = [*MINE, (2, "hires", "b", None)]

    assert figures(HIRES, claiming(both, [])) == [None, None]
    assert figures(HIRES, claiming(both, [("person", "b", "P33")])) == [1, 0]


def test_the_same_key_claimed_for_another_fact_is_another_claim() -> None:
    others: Claims = [*MINE, (2, "loans", "b", 5)]

    assert figures(HIRES, claiming(others, [])) == [2, 0]


def test_a_claim_told_twice_is_one() -> None:
    assert figures(HIRES, claiming([*MINE, *MINE], [])) == [2, 0]


@pytest.mark.parametrize("missing", ["hires", "uses"])
def test_claims_or_uses_not_completely_known_leave_the_figure_open(missing: str) -> None:
    covered = {key: day for key, day in COVERED.items() if key != missing}

    assert figures(HIRES, claiming(MINE, [], covered)) == [None, None]


def test_an_enterprise_may_be_known_by_itself() -> None:
    told = Firm(known=frozenset({"hires", "uses"}))
    over = Compare(quantity=HIRES, operator="at_most", limit=0)

    assert truths_of(over, [told, Firm(known=frozenset({"hires"})), Firm()]) == [True, None, None]


def test_money_is_summed_and_a_loan_without_an_amount_leaves_it_open_until_it_is_used() -> None:
    claims: Claims = [(1, "loans", "a", 500), (1, "loans", "b", None), (2, "loans", "c", 70),
                      (2, "loans", "d", 7)]  # fmt: skip

    assert figures(LOANS, claiming(claims, [])) == [None, 77]
    assert figures(LOANS, claiming(claims, [("loan", "b", "P35")])) == [500, 77]


def test_a_sum_no_column_can_hold_is_not_known() -> None:
    huge: Claims = [(1, "loans", "a", 2**62), (1, "loans", "b", 2**62)]

    assert figures(LOANS, claiming(huge, [])) == [None, 0]


def test_some_of_the_enterprises_keep_who_else_claims_their_items() -> None:
    both: Claims = [*MINE, (2, "hires", "b", None), (2, "hires", "c", None)]
    uses: Uses = [("person", "a", "P33"), ("person", "c", "P33")]
    part = claiming(both, uses).only(pl.Series([1]))

    assert figures(HIRES, part) == [None]
    assert part.evidence["key"].to_list() == ["a", "b", "b"]
    assert part.uses["key"].to_list() == ["a"]
