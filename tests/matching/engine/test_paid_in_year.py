"""What was paid in one year, for many enterprises at once."""

from datetime import date

import pytest

from matching.engine.paid_in_year import paid_in_year
from tests.matching.engine.small_world import Award, Firm, population_of

IN, OUT = date(2026, 12, 31), date(2027, 1, 1)
TOLD = frozenset({"paid:P1"})
BIG = 9 * 10**18
FIRMS = [
    Firm(awards=(Award("P1", 5, IN), Award("P1", 7, OUT), Award("P2", 9, IN)), known=TOLD),
    Firm(awards=(Award("P1", 5, IN), Award("P1", 7)), known=TOLD),
    Firm(known=TOLD),
    Firm(awards=(Award("P1", 5, IN),)),
    Firm(awards=(Award("P1", 5, IN), Award("P1", None)), known=TOLD),
    Firm(awards=(Award("P1", 5, IN), Award("P1", -7)), known=TOLD),
    Firm(awards=(Award("P1", BIG, IN), Award("P1", BIG, IN)), known=TOLD),
    Firm(awards=(Award("P1", None, OUT),), known=TOLD),
]
EXPECTED = [(5, 5), (5, 12), (0, 0), (0, None), (0, None), (0, 5), (2**63 - 1, 2**63 - 1), (0, 0)]


def test_each_enterprise_has_the_least_and_the_most_of_its_own() -> None:
    found = paid_in_year("P1", 2026, population_of(FIRMS))

    assert found.rows() == EXPECTED


def test_a_whole_ledger_answers_for_who_has_no_entry() -> None:
    found = paid_in_year("P1", 2026, population_of(FIRMS, {"awards": IN}))

    assert found.rows()[3] == (5, 5)


@pytest.mark.parametrize("firms", [[], [Firm()]])
def test_nobody_paid_is_nothing_known(firms: list[Firm]) -> None:
    assert paid_in_year("P1", 2026, population_of(firms)).rows() == [(0, None)] * len(firms)
