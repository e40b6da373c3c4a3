"""Unknown is a value of its own: more knowledge settles verdicts and narrows amounts, and turns none around."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.engine.explain import explain
from matching.engine.match import amounts, verdicts
from matching.engine.truth import MET, OPEN, PERSON, UNMET
from matching.language.amounts import Amount, Fixed
from matching.language.conditions import (
    AllOf,
    AnyOf,
    Compare,
    Condition,
    CountOf,
    Defined,
    Flag,
    Judgement,
    Listed,
    Negate,
    OneOf,
    Paid,
    PersonWhereUnknown,
)
from matching.language.quantities import OverMonths, Value
from tests.matching.engine import made_firms, strategies, strategies_pay
from tests.matching.engine.small_world import (
    DAY,
    Award,
    Entry,
    Firm,
    ground_of,
    item_of,
    truths_of,
)

Coverage = dict[str, date]
Definitions = dict[str, Condition]
Decided = tuple[int, int, int | None]

UNKNOWN_FLAG = Flag(fact="direct", expected=True)
BLACKLISTED = Listed(list="blacklist")
RICH = Compare(quantity=Value("capital"), operator="at_least", limit=100)


@st.composite
def _more(draw: st.DrawFn) -> tuple[Firm, Firm, Coverage, Coverage]:
    """Draw an enterprise and the same one with more known about it and about the lists."""
    firm, coverage = draw(made_firms.firms()), draw(made_firms.coverages)
    missing = [key for key in (*strategies.levels, "awards") if key not in coverage]
    told = draw(st.lists(st.sampled_from(missing), unique=True)) if missing else []
    return (
        firm,
        draw(made_firms.filled(firm, coverage)),
        coverage,
        coverage | dict.fromkeys(told, DAY),
    )


def _decided(
    condition: Condition, amount: Amount, firm: Firm, coverage: Coverage, definitions: Definitions
) -> Decided:
    item, ground = item_of(condition, amount), ground_of([firm], coverage, definitions)
    low, high = amounts(item, ground, DAY).select("low_cents", "high_cents").row(0)
    return verdicts([item], ground, DAY)["made"][0], low, high


@given(
    strategies.conditions,
    strategies_pay.amounts,
    _more(),
    strategies.definitions,
)
def test_more_knowledge_turns_no_verdict_around_and_only_narrows_amounts(
    condition: Condition,
    amount: Amount,
    more: tuple[Firm, Firm, Coverage, Coverage],
    definitions: Definitions,
) -> None:
    firm, fuller, coverage, wider = more
    before, low, high = _decided(condition, amount, firm, coverage, definitions)
    after, least, most = _decided(condition, amount, fuller, wider, definitions)

    assert before in (OPEN, after)
    assert least >= low
    assert high is None or (most is not None and most <= high)
    assert most is None or least <= most


@given(strategies.conditions, made_firms.firms(), made_firms.coverages, strategies.definitions)
def test_an_unknown_exclusion_is_never_met_and_still_advises(
    core: Condition, firm: Firm, coverage: Coverage, definitions: Definitions
) -> None:
    """Negative list not told for this firm: no automatic payment, yet whoever fits the rest hears of it."""
    unlisted = Firm(
        facts=firm.facts,
        entries=tuple(entry for entry in firm.entries if entry.list != "blacklist"),
        awards=firm.awards,
        known=firm.known - {"blacklist"},
    )
    silent = {key: day for key, day in coverage.items() if key != "blacklist"}
    guarded = AllOf(parts=(core, Negate(part=BLACKLISTED)))
    ground = ground_of([unlisted], silent, definitions)
    found = explain([item_of(guarded, Fixed(500))], ground, DAY)[0]

    assert found.verdict != MET
    assert not found.entitles
    alone = verdicts([item_of(core)], ground, DAY)["made"][0]
    if alone == MET:
        assert found.verdict == OPEN
        assert found.missing == ("blacklist",)
        assert (found.low_cents, found.high_cents) == (500, 500)


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        pytest.param(AllOf(parts=(RICH, UNKNOWN_FLAG)), OPEN, id="all_of: true and unknown"),
        pytest.param(AllOf(parts=(Negate(part=RICH), UNKNOWN_FLAG)), UNMET, id="one false settles"),
        pytest.param(AnyOf(parts=(RICH, UNKNOWN_FLAG)), MET, id="one true settles any_of"),
        pytest.param(Negate(part=UNKNOWN_FLAG), OPEN, id="negated unknown stays unknown"),
        pytest.param(CountOf(at_least=1, parts=(RICH, UNKNOWN_FLAG)), MET, id="enough are certain"),
        pytest.param(CountOf(at_least=2, parts=(RICH, UNKNOWN_FLAG)), OPEN, id="enough are possible"),
        pytest.param(
            CountOf(at_least=2, parts=(Negate(part=RICH), UNKNOWN_FLAG)), UNMET, id="too few are"
        ),
    ],
)  # fmt: skip
def test_unknown_follows_kleene(condition: Condition, expected: int) -> None:
    ground = ground_of([Firm(facts={"capital": 100})])

    assert verdicts([item_of(condition)], ground, DAY)["made"][0] == expected


ASKED, OTHER = Judgement(text="突出贡献"), Judgement(text="较为靠前")


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        pytest.param(ASKED, PERSON, id="only a person"),
        pytest.param(AllOf(parts=(RICH, ASKED)), PERSON, id="the rest is met"),
        pytest.param(AllOf(parts=(Negate(part=RICH), ASKED)), UNMET, id="no answer helps"),
        pytest.param(AnyOf(parts=(RICH, ASKED)), MET, id="no answer is needed"),
        pytest.param(AllOf(parts=(UNKNOWN_FLAG, ASKED)), OPEN, id="a datum is missing as well"),
        pytest.param(
            AllOf(parts=(ASKED, Negate(part=OTHER), UNKNOWN_FLAG)), OPEN,
            id="the datum counts where one is answered yes and the other no",
        ),
        pytest.param(
            AnyOf(parts=(AllOf(parts=(ASKED, UNKNOWN_FLAG)), OTHER)), OPEN,
            id="the datum counts where the second is answered no",
        ),
        pytest.param(CountOf(at_least=2, parts=(RICH, ASKED, OTHER)), PERSON, id="a count of answers"),
        pytest.param(PersonWhereUnknown(part=UNKNOWN_FLAG), PERSON, id="a person says what is not known"),
        pytest.param(PersonWhereUnknown(part=RICH), MET, id="what is known decides"),
        pytest.param(PersonWhereUnknown(part=Negate(part=RICH)), UNMET, id="what is known denies"),
        pytest.param(
            AllOf(parts=(PersonWhereUnknown(part=UNKNOWN_FLAG), UNKNOWN_FLAG)), OPEN,
            id="the same datum is missing where it is asked for without a person",
        ),
        pytest.param(
            CountOf(at_least=2, parts=(ASKED, OTHER, UNKNOWN_FLAG)), OPEN, id="a count with a datum"
        ),
        pytest.param(
            CountOf(at_least=1, parts=(RICH, ASKED, UNKNOWN_FLAG)), MET, id="a count already reached"
        ),
    ],
)  # fmt: skip
def test_a_person_is_asked_only_where_no_datum_can_help(
    condition: Condition, expected: int
) -> None:
    ground = ground_of([Firm(facts={"capital": 100})])

    assert verdicts([item_of(condition)], ground, DAY)["made"][0] == expected


def test_a_judgement_is_never_an_entitlement() -> None:
    found = explain([item_of(ASKED, Fixed(500))], ground_of([Firm()]), DAY)[0]

    assert found.verdict == PERSON
    assert not found.entitles
    assert found.missing == ()


def test_a_column_that_is_not_there_is_unknown_for_all() -> None:
    assert truths_of(RICH, [Firm(), Firm()]) == [None, None]
    assert truths_of(OneOf(fact="status", codes=("active",)), [Firm()]) == [None]


def test_one_unknown_month_leaves_the_quarter_open() -> None:
    quarter = OverMonths(fact="power", first="2026-01", last="2026-03", take="max")
    facts = {"power@2026-01": 5, "power@2026-02": 7}

    condition = Compare(quantity=quarter, operator="at_least", limit=6)
    assert truths_of(condition, [Firm(facts=facts)]) == [None]
    assert truths_of(condition, [Firm(facts=facts | {"power@2026-03": 0})]) == [True]


def test_a_code_coarser_than_the_one_asked_for_leaves_it_open() -> None:
    condition = OneOf(fact="industry", codes=("C34",))
    known = [Firm(facts={"industry": code}) for code in ("C", "C34", "C3411", "C3489", "C35", "I")]

    assert truths_of(condition, known) == [None, True, True, True, False, False]


def test_a_code_finer_than_the_tree_is_found_by_its_beginning() -> None:
    condition = OneOf(fact="industry", codes=("C3489",))
    known = [Firm(facts={"industry": code}) for code in ("C3489", "C3488", "C34")]

    assert truths_of(condition, known) == [True, False, None]


def test_what_was_paid_is_a_sum_only_where_the_ledger_is_known() -> None:
    paid = (Award("P1", 60),)
    firms = [
        Firm(awards=paid, known=frozenset({"paid:P1"})),
        Firm(awards=paid),
        Firm(known=frozenset({"paid:P1"})),
        Firm(),
        Firm(awards=(*paid, Award("P1", None)), known=frozenset({"paid:P1"})),
    ]

    assert truths_of(Paid(family="P1"), firms) == [True, True, False, None, True]
    ground = ground_of(firms)
    ground.collect()
    name = ground.paid("P1")
    assert ground.settled()[name].to_list() == [60, None, 0, None, None]


def test_a_definition_may_stand_for_another() -> None:
    definitions: Definitions = {"rich": RICH, "same": Defined(name="rich")}
    ground = ground_of([Firm(facts={"capital": 99})], None, definitions)
    found = explain([item_of(Defined(name="same"))], ground, DAY)[0]

    assert found.verdict == UNMET
    assert found.reason.columns == ("capital",)
    assert found.reason.distance is not None


def test_missing_names_what_leaves_it_open_and_nothing_else() -> None:
    condition = AllOf(
        parts=(
            RICH,
            AnyOf(parts=(UNKNOWN_FLAG, Negate(part=RICH))),
            Negate(part=BLACKLISTED),
            OneOf(fact="status", codes=("active",)),
        )
    )
    firm = Firm(facts={"capital": 100, "status": "active"}, entries=(Entry("register"),))

    assert explain([item_of(condition)], ground_of([firm]), DAY)[0].missing == (
        "blacklist",
        "direct",
    )
