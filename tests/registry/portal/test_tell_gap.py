"""What would make an item met, as it is drawn: the nearest ways, and none that cannot be gone beside others."""

from datetime import date

from matching.engine.gap import gaps
from matching.engine.single.single import Single
from matching.language.conditions import AnyOf, Compare, Condition, Flag, OneOf, YearsSince
from matching.language.quantities import Value
from matching.language.wording import Words
from registry.portal.tell_gap import can_be_done, ways_view
from registry.portal.types import WaysView
from tests.matching.engine.small_world import DAY, VOCABULARY, Firm, population_of

RICH = Compare(quantity=Value("capital"), operator="at_least", limit=100)
ELSEWHERE = OneOf(fact="place", codes=("411000",))
TOLD = Flag(fact="direct", expected=True)
OLD = YearsSince(fact="registered_on", at_least=3)
FACTS = {"capital": 1, "place": "410102", "registered_on": date(2025, 1, 1)}


def told(*ways: Condition) -> WaysView | None:
    single = Single(population_of([Firm(facts=FACTS)]), VOCABULARY, {})
    return ways_view(gaps(AnyOf(parts=ways), single, DAY), Words(VOCABULARY, {}, DAY))


def can_be(*ways: Condition) -> bool:
    single = Single(population_of([Firm(facts=FACTS)]), VOCABULARY, {})
    return can_be_done(gaps(AnyOf(parts=ways), single, DAY))


def test_the_easiest_stands_first_and_one_that_nobody_can_go_is_left_out() -> None:
    found = told(ELSEWHERE, RICH, OLD)

    assert found is not None
    assert [way.tag.word for way in found.ways] == ["只需等待", "企业可争取"]
    assert found.near
    assert found.more == 0


def test_three_ways_are_shown_and_the_rest_counted() -> None:
    more = tuple(
        Compare(quantity=Value("revenue", str(year)), operator="at_least", limit=1)
        for year in range(2020, 2024)
    )
    found = told(*more)

    assert found is not None
    assert (len(found.ways), found.more) == (3, 1)


def test_a_way_that_nobody_can_go_is_told_where_there_is_no_other() -> None:
    found = told(ELSEWHERE)

    assert found is not None
    assert [way.tag.word for way in found.ways] == ["已无法改变"]
    assert not found.near


def test_a_met_item_has_no_ways() -> None:
    assert told(OneOf(fact="place", codes=("410100",))) is None


def test_only_what_asks_for_more_than_to_be_told_is_shown_among_all_items() -> None:
    assert can_be(RICH)
    assert can_be(OLD)
    assert not can_be(TOLD)
    assert not can_be(ELSEWHERE)
