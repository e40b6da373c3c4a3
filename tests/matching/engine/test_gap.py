"""The smallest sets of changes: all of them, none too large, none impossible, each as hard as it is."""

from hypothesis import given
from hypothesis import strategies as st

from matching.engine.gap_sets import Search
from matching.engine.single.single import Single
from matching.language.conditions import Condition
from tests.matching.engine import made_firms, strategies
from tests.matching.engine.gap_by_force import Literal, inner_tests, smallest_sets
from tests.matching.engine.small_world import DAY, VOCABULARY, Firm, population_of

MOST_TESTS = 6
small = st.recursive(strategies.leaves, strategies.composite, max_leaves=5)


def single_of(firm: Firm, definitions: dict[str, Condition] | None = None) -> Single:
    return Single(population_of([firm]), VOCABULARY, definitions or {})


@given(small, made_firms.firms(), strategies.definitions)
def test_the_sets_are_those_that_trying_every_set_finds(
    condition: Condition, firm: Firm, definitions: dict[str, Condition]
) -> None:
    single = single_of(firm, definitions)
    root = single.node(condition, DAY)
    if len(set(inner_tests(root))) > MOST_TESTS:
        return
    search = Search(root, single)
    found = search.least()

    assert search.complete
    forced = smallest_sets(root, single)
    closed = {closure(search, literals) for literals in found}
    assert closed == forced
    assert len(closed) == len(found)


def closure(search: Search, literals: tuple[int, ...]) -> frozenset[Literal]:
    brought = 0
    for literal in literals:
        brought |= search.brings(literal)
    return frozenset(
        (bit // 2, not bit % 2) for bit in range(2 * len(search.tests)) if brought >> bit & 1
    )
