"""What was paid within some days, and how claims meet: null wherever it is not known."""

from datetime import date

import polars as pl
import pytest

from matching.engine.ledger import claims_that_meet, paid_before
from matching.engine.population import (
    AWARD_COLUMNS,
    EVIDENCE_COLUMNS,
    KNOWN_COLUMNS,
    Population,
)
from matching.engine.precedence import APART, PARTLY, SAME
from matching.language.items import Days

YEAR = Days(since=date(2026, 1, 1), until=date(2026, 12, 31))
IDS = pl.Series("enterprise_id", [1, 2], dtype=pl.Int64)


def ledger(*awards: tuple[str, int | None, date | None], covered: bool = True) -> Population:
    rows = [
        {"enterprise_id": 1, "family": family, "amount_cents": cents, "paid_on": day}
        for family, cents, day in awards
    ]
    return Population(
        frame=IDS.to_frame(),
        awards=pl.DataFrame(rows, schema=AWARD_COLUMNS),
        coverage={"awards": date(2026, 9, 30)} if covered else {},
    )


def told(population: Population, days: Days | None = YEAR) -> tuple[int | None, bool | None]:
    paid, seen = paid_before("P01", days, population, IDS)
    return paid[0], seen[0]


@pytest.mark.parametrize(
    ("day", "within"),
    [
        (date(2025, 12, 31), False),
        (date(2026, 1, 1), True),
        (date(2026, 12, 31), True),
        (date(2027, 1, 1), False),
    ],
)
def test_the_first_and_the_last_day_count(day: date, within: bool) -> None:  # noqa: FBT001
    assert told(ledger(("P01", 5, day))) == ((5, True) if within else (0, False))


def test_without_days_whatever_was_ever_paid_counts() -> None:
    awards = (("P01", 5, date(2010, 1, 1)), ("P01", 7, None), ("P02", 9, None))

    assert told(ledger(*awards), None) == (12, True)


def test_a_payment_without_a_day_leaves_both_open() -> None:
    assert told(ledger(("P01", 5, None))) == (None, None)


def test_beside_one_of_the_year_a_payment_without_a_day_leaves_only_the_sum_open() -> None:
    assert told(ledger(("P01", 5, date(2026, 3, 1)), ("P01", 7, None))) == (None, True)


def test_a_payment_without_an_amount_is_one_all_the_same() -> None:
    assert told(ledger(("P01", None, date(2026, 3, 1)))) == (None, True)


def test_a_ledger_that_is_not_whole_says_nothing_of_silence() -> None:
    assert told(ledger(covered=False)) == (None, None)
    assert told(ledger(("P01", 5, date(2026, 3, 1)), covered=False)) == (None, True)


def test_an_enterprise_without_payments_was_paid_nothing() -> None:
    paid, seen = paid_before("P01", YEAR, ledger(("P01", 5, date(2026, 3, 1))), IDS)

    assert (paid.to_list(), seen.to_list()) == ([5, 0], [True, False])


def claiming(known: tuple[str, ...], *claims: tuple[str, str]) -> Population:
    return Population(
        frame=IDS.to_frame(),
        evidence=pl.DataFrame(
            [(1, fact, key, 100) for fact, key in claims], schema=EVIDENCE_COLUMNS, orient="row"
        ),
        known=pl.DataFrame([(1, fact) for fact in known], schema=KNOWN_COLUMNS, orient="row"),
    )


MEETINGS = {
    "one loan claimed twice": ((("a", "k1"), ("b", "k1")), SAME),
    "two loans": ((("a", "k1"), ("b", "k2")), APART),
    "one of two shared": ((("a", "k1"), ("a", "k2"), ("b", "k1")), PARTLY),
    "one of two shared, the other way round": ((("a", "k1"), ("b", "k1"), ("b", "k2")), PARTLY),
    "nothing claimed": ((), APART),
}


@pytest.mark.parametrize("name", MEETINGS)
def test_claims_meet_in_all_in_some_or_in_none(name: str) -> None:
    claims, meets = MEETINGS[name]
    population = claiming(("a", "b"), *claims)

    assert claims_that_meet(("a",), ("b",), population, IDS)[0] == meets


def test_claims_not_told_or_read_from_no_ledger_cannot_be_held_against_each_other() -> None:
    population = claiming(("a",), ("a", "k1"), ("b", "k1"))

    assert claims_that_meet(("a",), ("b",), population, IDS).to_list() == [None, None]
    assert claims_that_meet((), ("a",), population, IDS).to_list() == [None, None]
