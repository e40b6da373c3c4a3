"""The first case that applies decides; where it is not known which does, what all say still holds."""

from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from matching.engine.match import verdicts
from matching.engine.truth import MET, OPEN, PERSON, UNMET
from matching.language.conditions import (
    AllOf,
    AnyOf,
    Branches,
    Case,
    Compare,
    Condition,
    Flag,
    Judgement,
    Negate,
)
from matching.language.quantities import Value
from tests.matching.engine.plain_truth import Truth, every, opposite, some
from tests.matching.engine.small_world import DAY, Firm, ground_of, item_of, truths_of

SMALL = Compare(quantity=Value("staff"), operator="at_most", limit=30)
DIRECT = Flag(fact="direct", expected=True)
RICH = Compare(quantity=Value("capital"), operator="at_least", limit=100)
JUDGED = Judgement(text="突出贡献")
BY_KIND = Branches(cases=(Case(when=DIRECT, then=SMALL),), otherwise=RICH)
tests = st.sampled_from((SMALL, DIRECT, RICH, JUDGED, Negate(part=DIRECT),
                         AllOf(parts=(RICH, JUDGED)), AnyOf(parts=(SMALL, JUDGED))))  # fmt: skip
branches = st.builds(
    Branches,
    cases=st.lists(st.builds(Case, when=tests, then=tests), min_size=1, max_size=3).map(tuple),
    otherwise=st.none() | tests,
)
firms = st.builds(
    lambda direct, staff, capital: Firm(
        facts={
            name: value
            for name, value in (("direct", direct), ("staff", staff), ("capital", capital))
            if value is not None
        }
    ),
    st.sampled_from((True, False, None)),
    st.sampled_from((30, 31, None)),
    st.sampled_from((99, 100, None)),
)


def plain(condition: Condition, firm: Firm, answers: list[Truth]) -> Truth:
    """Decide step by step; each judgement takes the next answer, as it stands in the text."""
    match condition:
        case Judgement():
            return answers.pop(0)
        case AllOf(parts=parts):
            return every([plain(part, firm, answers) for part in parts])
        case AnyOf(parts=parts):
            return some([plain(part, firm, answers) for part in parts])
        case Negate(part=part):
            return opposite(plain(part, firm, answers))
        case Flag(fact=fact):
            return None if fact not in firm.facts else bool(firm.facts[fact])
        case Branches(cases=cases, otherwise=otherwise):
            said = [
                (plain(case.when, firm, answers), plain(case.then, firm, answers)) for case in cases
            ]
            last = False if otherwise is None else plain(otherwise, firm, answers)
            return first_that_holds(said, last)
        case Compare(quantity=Value(fact=fact), operator=operator, limit=limit):
            value = firm.facts.get(fact)
            if value is None:
                return None
            assert isinstance(value, int)
            return value <= limit if operator == "at_most" else value >= limit
    raise TypeError(condition)


def first_that_holds(said: list[tuple[Truth, Truth]], last: Truth) -> Truth:
    """Give what every way to settle the open cases leads to; None where they differ."""
    if not said:
        return last
    (when, then), *others = said
    rest = first_that_holds(others, last)
    if when is None:
        return then if then == rest else None
    return then if when else rest


@given(branches, firms)
def test_branches_decide_as_one_does_step_by_step(condition: Branches, firm: Firm) -> None:
    code = verdicts([item_of(condition)], ground_of([firm]), DAY)["made"][0]
    bare = truths_of(condition, [firm])[0]

    assert bare == plain(condition, firm, [None] * 12)
    said = {plain(condition, firm, list(answers)) for answers in product((True, False), repeat=7)}
    if bare is not None:
        assert code == (MET if bare else UNMET)
    else:
        assert code == (OPEN if None in said else PERSON)


def test_an_unknown_kind_of_firm_is_settled_where_both_branches_agree() -> None:
    both = Firm(facts={"staff": 30, "capital": 100})
    neither = Firm(facts={"staff": 31, "capital": 99})
    one = Firm(facts={"staff": 30, "capital": 99})

    assert truths_of(BY_KIND, [both, neither, one]) == [True, False, None]


def test_a_firm_no_case_applies_to_fails_where_nothing_is_said_otherwise() -> None:
    bare = Branches(cases=(Case(when=DIRECT, then=SMALL),))
    firms = [Firm(facts={"direct": False}), Firm(facts={"direct": True, "staff": 30}), Firm()]

    assert truths_of(bare, firms) == [False, True, None]


def test_a_judged_branch_leads_to_one_of_two_data_never_to_both() -> None:
    condition = Branches(cases=(Case(when=JUDGED, then=SMALL),), otherwise=RICH)
    firms = [
        Firm(facts={"staff": 30, "capital": 99}),
        Firm(facts={"staff": 30}),
        Firm(facts={"staff": 30, "capital": 100}),
    ]

    found = verdicts([item_of(condition)], ground_of(firms), DAY)["made"].to_list()
    assert found == [PERSON, OPEN, MET]
