"""Which truths one value of a missing datum may give to the tests that read it."""

from datetime import date

from matching.engine.answers import MOST_ANSWERS, answers, single_tests
from matching.language.conditions import (
    AllOf,
    AnyOf,
    Compare,
    Condition,
    Dated,
    Defined,
    FirstOver,
    Flag,
    Judgement,
    Listed,
    Negate,
    OneOf,
    Operator,
    YearsSince,
)
from matching.language.quantities import OverLedger, Value
from tests.matching.engine.small_world import DAY, VOCABULARY


def said(datum: str, *tests: Condition) -> set[tuple[bool, ...]]:
    found = answers(tests, datum, DAY, VOCABULARY)
    assert found is not None
    assert len(found) == len(set(found))
    return set(found)


def staff(operator: Operator, limit: int) -> Compare:
    return Compare(quantity=Value("staff"), operator=operator, limit=limit)


def test_limits_on_one_number_are_passed_in_their_order() -> None:
    assert said("staff", staff("at_least", 10), staff("more_than", 10), staff("at_most", 20)) == {
        (False, False, True),
        (True, False, True),
        (True, True, True),
        (True, True, False),
    }


def test_days_are_passed_in_their_order() -> None:
    assert said(
        "registered_on",
        YearsSince(fact="registered_on", at_least=3),
        Dated(fact="registered_on", operator="on_or_before", day=date(2020, 1, 1)),
        Dated(fact="registered_on", operator="on_or_after", day=date(2020, 1, 1)),
    ) == {(True, True, False), (True, True, True), (True, False, True), (False, False, True)}


def test_a_code_is_one_word_and_lies_within_what_contains_it() -> None:
    closed = [OneOf(fact="status", codes=(code,)) for code in ("active", "cancelled")]
    tree = [OneOf(fact="place", codes=(code,)) for code in ("410000", "410100", "411000")]

    assert said("status", *closed) == {(True, False), (False, True), (False, False)}
    assert said("place", *tree) == {
        (True, True, False),
        (True, False, True),
        (True, False, False),
        (False, False, False),
    }


def test_a_place_nobody_has_listed_may_still_lie_in_a_town() -> None:
    districts = [OneOf(fact="place", codes=(code,)) for code in ("410102", "410103", "410100")]

    assert (False, False, True) in said("place", *districts)


def test_a_flag_is_yes_or_no() -> None:
    both = [Flag(fact="direct", expected=expected) for expected in (True, False)]

    assert said("direct", *both) == {(True, False), (False, True)}


def test_a_first_crossing_turns_with_its_year_and_is_spoilt_by_an_earlier_one() -> None:
    over = [
        FirstOver(fact="revenue", period="2025", since=2024, operator="at_least", limit=limit)
        for limit in (10, 20)
    ]

    assert said("revenue@2025", *over) == {(False, False), (True, False), (True, True)}
    assert said("revenue@2024", *over) == {(True, True), (False, True), (False, False)}
    assert len(said("registered_on", *over)) == 4


def test_lists_and_unlike_quantities_may_come_out_either_way() -> None:
    listed = [Listed(list="giant"), Listed(list="giant", levels=("省级",))]
    claims = Compare(
        quantity=OverLedger(fact="staff", unused_by=("P1",)), operator="at_least", limit=1
    )

    assert len(said("giant", *listed)) == 4
    assert len(said("staff", staff("at_least", 1), claims)) == 4


def test_too_many_answers_are_none() -> None:
    tests = [Listed(list="giant", batches=(str(place),)) for place in range(7)]

    assert 2 ** len(tests) > MOST_ANSWERS
    assert answers(tests, "giant", DAY, VOCABULARY) is None


def test_tests_are_found_once_through_names_and_parts() -> None:
    flag, judged = Flag(fact="direct", expected=True), Judgement(text="突出贡献")
    whole = AllOf(parts=(Defined(name="good"), AnyOf(parts=(flag, Negate(part=judged)))))

    assert single_tests(whole, {"good": flag}) == (flag, judged)
