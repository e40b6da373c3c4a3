"""The worth of a missing datum: verdicts it settles, money that hangs on them; beside a plain count by values."""

from collections import Counter
from datetime import date

import msgspec
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.engine import information, open_pairs
from matching.engine.groups import groups
from matching.engine.information import WORTH, Information
from matching.language.amounts import Amount, Fixed, NonCash, ShareOf, Unstated
from matching.language.conditions import (
    AllOf,
    AnyOf,
    Compare,
    Condition,
    CountOf,
    Dated,
    FirstOver,
    Flag,
    Growth,
    Indicator,
    Judgement,
    Listed,
    Negate,
    OneOf,
    Paid,
    Points,
    Score,
    ScorePart,
    Share,
    YearsSince,
)
from matching.language.items import Item
from matching.language.quantities import Value
from tests.matching.engine import made_firms, plain_information, reference, strategies
from tests.matching.engine.plain_truth import World
from tests.matching.engine.small_world import DAY, Firm, ground_of, item_of

REVENUE = "revenue@2025"
Ranked = dict[str, tuple[int, int, int, int, int]]


def ranked(items: list[Item], firms: list[Firm], coverage: dict[str, date] | None = None) -> Ranked:
    found = Information(items, ground_of(firms, coverage), DAY).ranked()
    return {row[0]: row[1:] for row in found.iter_rows()}


def at_least(limit: int, fact: str = "revenue", period: str | None = "2025") -> Compare:
    return Compare(quantity=Value(fact, period), operator="at_least", limit=limit)


def paying(condition: Condition, cents: int = 500, item_id: str = "made") -> Item:
    return item_of(condition, Fixed(cents), item_id)


def test_the_only_missing_datum_settles_the_pair_and_the_money_that_hangs_on_it() -> None:
    assert ranked([paying(at_least(10))], [Firm()]) == {REVENUE: (1, 500, 500, 0, 1)}


def test_what_is_decided_already_needs_no_datum() -> None:
    firms = [Firm({REVENUE: 10}), Firm({REVENUE: 9})]

    assert ranked([paying(at_least(10))], firms) == {}


def test_two_missing_data_settle_nothing_alone_where_both_must_hold() -> None:
    both = AllOf(parts=(at_least(10), Flag(fact="direct", expected=True)))

    assert ranked([paying(both)], [Firm()]) == {
        REVENUE: (0, 0, 0, 0, 1),
        "direct": (0, 0, 0, 0, 1),
    }


def test_limits_on_one_quantity_hang_together() -> None:
    """Whoever is not above 10 is not above 20 either: without the direct flag, some answer decides nothing."""
    chain = AnyOf(parts=(at_least(20), Negate(part=at_least(10))))
    apart = AnyOf(parts=(at_least(10), Negate(part=at_least(20))))
    needed = AllOf(parts=(apart, Flag(fact="direct", expected=True)))

    assert ranked([paying(chain)], [Firm()])[REVENUE][0] == 1
    assert ranked([paying(apart)], [Firm()])[REVENUE][0] == 1
    # Whatever the revenue is, `apart` holds; so the revenue settles nothing and the flag settles nothing alone.
    assert ranked([paying(needed)], [Firm()]) == {
        REVENUE: (0, 0, 0, 0, 1),
        "direct": (0, 0, 0, 0, 1),
    }


def test_codes_exclude_each_other_and_lie_within_each_other() -> None:
    inside = AllOf(parts=(
        OneOf(fact="place", codes=("410100",)),
        Negate(part=OneOf(fact="place", codes=("410000",))),
        Flag(fact="direct", expected=True),
    ))  # fmt: skip

    # In 郑州 and not in 河南: no place is, so the place settles it without the flag.
    assert ranked([paying(inside)], [Firm()])["place"][0] == 1
    assert ranked([paying(inside)], [Firm()])["direct"][0] == 0


def test_a_code_too_coarse_is_a_missing_datum() -> None:
    boiler = paying(OneOf(fact="industry", codes=("C3411",)))

    assert ranked([boiler], [Firm({"industry": "C34"})]) == {"industry": (1, 500, 500, 0, 1)}
    assert ranked([boiler], [Firm({"industry": "C35"})]) == {}


def test_a_test_of_several_data_is_settled_by_the_last_one_missing() -> None:
    share = paying(
        Share(
            part=Value("profit", "2025"),
            whole=Value("revenue", "2025"),
            operator="at_least",
            limit_bp=100,
        )
    )

    assert ranked([share], [Firm({REVENUE: 100})]) == {"profit@2025": (1, 500, 500, 0, 1)}
    assert ranked([share], [Firm()]) == {
        REVENUE: (0, 0, 0, 0, 1),
        "profit@2025": (0, 0, 0, 0, 1),
    }


def test_a_share_of_nothing_is_settled_by_no_part() -> None:
    share = paying(
        Share(
            part=Value("profit", "2025"),
            whole=Value("revenue", "2025"),
            operator="at_least",
            limit_bp=100,
        )
    )
    growth = paying(
        Growth(
            now=Value("revenue", "2025"),
            before=Value("revenue", "2024"),
            operator="at_least",
            limit_bp=100,
        )
    )

    assert ranked([share], [Firm({REVENUE: 0})]) == {"profit@2025": (0, 0, 0, 0, 1)}
    assert ranked([share], [Firm({REVENUE: 0, "profit@2025": 5})]) == {}
    assert ranked([growth], [Firm({"revenue@2024": 0})]) == {REVENUE: (0, 0, 0, 0, 1)}


def test_steps_of_a_first_crossing_hang_together() -> None:
    steps = tuple(
        FirstOver(fact="revenue", period="2025", since=2024, operator="at_least", limit=limit)
        for limit in range(10, 100, 10)
    )
    firm = Firm({"revenue@2024": 5, "registered_on": date(2020, 1, 1)})
    item = paying(AllOf(parts=(AnyOf(parts=steps), Negate(part=CountOf(at_least=9, parts=steps)))))

    assert ranked([item], [firm]) == {REVENUE: (1, 500, 500, 0, 1)}


def test_lists_and_ledgers_are_data_too() -> None:
    item = paying(AllOf(parts=(Listed(list="giant"), Negate(part=Paid(family="P1")))))

    assert ranked([item], [Firm(known=frozenset({"paid:P1"}))]) == {"giant": (1, 500, 500, 0, 1)}
    assert ranked([item], [Firm(known=frozenset({"giant"}))]) == {}
    assert ranked([item], [Firm()], {"giant": DAY, "awards": DAY}) == {}


def test_nobody_but_a_person_can_settle_a_judgement() -> None:
    judged = paying(AllOf(parts=(at_least(10), Judgement(text="突出贡献"))))

    # 不符合 below the limit, 需人工 above it: revenue alone does not decide.
    assert ranked([judged], [Firm()]) == {REVENUE: (0, 0, 0, 0, 1)}
    assert ranked([judged], [Firm({REVENUE: 10})]) == {}


def test_a_datum_inside_a_part_that_is_decided_takes_no_part() -> None:
    decided = AnyOf(parts=(AllOf(parts=(at_least(10), Flag(fact="direct", expected=True))),
                           Flag(fact="closed", period=strategies.WINDOW, expected=True)))  # fmt: skip
    firm = Firm({"direct": False})

    assert ranked([paying(decided)], [firm]).keys() == {f"closed@{strategies.WINDOW}"}


def test_money_nobody_can_bound_is_counted_apart_and_unpaid_items_hold_none() -> None:
    endless = item_of(at_least(10), ShareOf(share_bp=1_000, base=Value("capital")), "endless")
    listed = item_of(at_least(10), NonCash(benefit="优先"), "listed")
    unstated = item_of(at_least(10), Unstated(reason="另定", cap_cents=900), "unstated")

    assert ranked([endless], [Firm()]) == {REVENUE: (1, 0, 0, 1, 1)}
    assert ranked([listed, unstated], [Firm()]) == {REVENUE: (2, 0, 0, 0, 2)}


def test_sums_pass_sixty_four_bits() -> None:
    items = [paying(at_least(10), 2**62, f"item{place}") for place in range(3)]
    found = Information(items, ground_of([Firm(), Firm()]), DAY)

    assert found.ranked()["low_cents"].to_list() == [6 * 2**62]
    assert found.next_questions()["high_cents"].to_list() == [3 * 2**62] * 2


def test_the_worthiest_datum_comes_first_and_equal_ones_by_name() -> None:
    items = [
        paying(at_least(10), 100, "a"),
        paying(at_least(10), 100, "b"),
        paying(Flag(fact="direct", expected=True), 900, "c"),
        paying(at_least(3, "staff", None), 900, "d"),
    ]

    assert list(ranked(items, [Firm()])) == [REVENUE, "direct", "staff"]


def test_too_many_answers_are_said_and_not_guessed() -> None:
    shares = tuple(
        Share(
            part=Value("profit", "2025"),
            whole=Value("revenue", "2025"),
            operator="at_least",
            limit_bp=limit,
        )
        for limit in range(100, 800, 100)
    )
    found = Information([paying(AnyOf(parts=shares))], ground_of([Firm({REVENUE: 1})]), DAY)

    assert found.untried == (("made", "profit@2025"),)
    assert found.ranked().row(0)[1:] == (0, 0, 0, 0, 1)


def test_many_tests_are_told_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(open_pairs, "RADIX_DIGITS", 2)
    tests = (
        *(at_least(limit) for limit in (1, 2, 3)),
        Flag(fact="direct", expected=True),
        at_least(3, "staff", None),
    )
    item = paying(CountOf(at_least=4, parts=tests))
    firms = [Firm(), Firm({REVENUE: 2}), Firm({REVENUE: 3, "direct": False}), Firm({"staff": 9})]

    assert ranked([item], firms) == {
        "staff": (1, 500, 500, 0, 4 - 1),
        REVENUE: (0, 0, 0, 0, 2),
        "direct": (0, 0, 0, 0, 3),
    }


def test_a_table_that_asks_nothing_settles_nothing_and_is_no_datum() -> None:
    always = Indicator(name="指标", rows=(Points(when=None, points=1),))
    table = Score(
        parts=(ScorePart(name="部分", indicators=(always,)),), operator="at_least", limit=1
    )
    item = paying(AllOf(parts=(table, at_least(10))))

    assert ranked([item], [Firm()]) == {REVENUE: (1, 500, 500, 0, 1)}


def test_nothing_open_is_an_empty_ranking() -> None:
    found = Information([paying(at_least(10))], ground_of([Firm({REVENUE: 1})]), DAY)

    assert (found.open_pairs, found.untried) == (0, ())
    assert found.ranked().columns == ["datum", *WORTH]
    assert found.ranked().height == found.next_questions().height == 0


# --- beside a plain count ------------------------------------------------------------------------

facts_only: st.SearchStrategy[Condition] = st.one_of(
    st.builds(
        lambda fact, operator, limit: Compare(quantity=fact, operator=operator, limit=limit),
        st.sampled_from((Value("revenue", "2025"), Value("revenue", "-1"), Value("staff"))),
        strategies.operators,
        st.sampled_from((0, 1, 2, 3, 100, 101)),
    ),
    st.builds(
        Dated,
        fact=st.just("registered_on"),
        operator=st.sampled_from(("on_or_before", "on_or_after")),
        day=strategies.days,
    ),
    st.builds(YearsSince, fact=st.just("registered_on"), at_least=st.integers(0, 4)),
    strategies._one_of(),
    st.builds(Flag, fact=st.just("direct"), expected=st.booleans()),
    st.builds(Judgement, text=st.just("突出贡献")),
)
single_conditions = st.recursive(facts_only, strategies.composite, max_leaves=7)
plain_amounts: st.SearchStrategy[Amount] = st.sampled_from(
    (Fixed(500), ShareOf(1_000, Value("staff"), 70), ShareOf(1_000, Value("staff")))
)


@st.composite
def fine_firms(draw: st.DrawFn) -> Firm:
    """Draw an enterprise whose codes, where known, are fine enough."""
    fine = {"place": ("410102", "411000", "419001"), "industry": ("C3411", "C3489", "C35", "I65")}
    columns = (REVENUE, "staff", "registered_on", "direct", "status", "grade@2025", *fine)
    names = draw(st.lists(st.sampled_from(columns), unique=True))
    cells = {**made_firms.CELLS, **{key: st.sampled_from(words) for key, words in fine.items()}}
    return Firm({name: draw(cells[name]) for name in names})


@given(
    st.lists(st.tuples(single_conditions, plain_amounts), min_size=1, max_size=3),
    st.lists(fine_firms(), min_size=1, max_size=5),
)
def test_rankings_agree_with_trying_every_value(
    rules: list[tuple[Condition, Amount]], firms: list[Firm]
) -> None:
    items = [item_of(*rule, f"item{place}") for place, rule in enumerate(rules)]
    world = World(DAY)
    days = (*strategies.DAYS, *(date(DAY.year - back, DAY.month, DAY.day) for back in range(5)))
    each = [plain_information.worth(items, firm, world, days) for firm in firms]
    found = Information(items, ground_of(firms), DAY)

    whole: dict[str, Counter[str]] = {}
    for one in each:
        for datum, counted in one.items():
            whole[datum] = whole.get(datum, Counter()) + counted
    assert _counted(found.ranked()) == whole
    assert _counted(found.ranked(groups("direct", ground_of(firms), DAY)), "name", "datum") == {
        (word, datum): counted
        for word, said in (("未知", None), ("是", True), ("否", False))
        for datum, counted in _summed(each, firms, said).items()
    }
    best = found.next_questions()
    assert best["enterprise_id"].to_list() == [n for n, one in enumerate(each, start=1) if one]
    for row in best.iter_rows(named=True):
        one = each[row["enterprise_id"] - 1]
        order = [(*(-one[d][name] for name in information.ORDER), d) for d in sorted(one)]
        assert row["datum"] == min(order)[-1]
        assert {name: row[name] for name in WORTH if row[name]} == dict(+one[row["datum"]])


def _counted(frame: pl.DataFrame, *by: str) -> dict[object, Counter[str]]:
    keys = by or ("datum",)
    return {
        tuple(row[key] for key in keys) if by else row["datum"]: Counter(
            {name: row[name] for name in WORTH if row[name]}
        )
        for row in frame.iter_rows(named=True)
    }


def _summed(
    each: list[dict[str, Counter[str]]],
    firms: list[Firm],
    said: object,
) -> dict[str, Counter[str]]:
    found: dict[str, Counter[str]] = {}
    for one, firm in zip(each, firms, strict=True):
        if firm.facts.get("direct") is said:
            for datum, counted in one.items():
                found[datum] = found.get(datum, Counter()) + counted
    return found


@given(
    strategies.conditions,
    made_firms.firms(),
    made_firms.coverages,
    strategies.definitions,
    st.data(),
)
def test_what_is_said_to_settle_settles_whatever_is_found_out(
    condition: Condition,
    firm: Firm,
    coverage: dict[str, date],
    definitions: dict[str, Condition],
    data: st.DataObject,
) -> None:
    world = World(DAY, coverage, definitions)
    found = Information([paying(condition)], ground_of([firm], coverage, definitions), DAY).ranked()

    for datum in found.filter(pl.col("settled") == 1)["datum"]:
        if datum in made_firms.CELLS and datum not in firm.facts:
            told = data.draw(made_firms.CELLS[datum])
            if isinstance(told, int) and told <= 0 and not isinstance(told, bool):
                continue  # a whole or a base of nothing leaves a share unknown
            coarse = plain_information.too_coarse(condition, datum, told, world)
            full = msgspec.structs.replace(firm, facts={**firm.facts, datum: told})
            assert coarse or reference.truth(condition, full, world) is not None
        elif (datum in strategies.levels or datum.startswith("paid:")) and all(
            entry.list != datum for entry in firm.entries
        ):
            full = msgspec.structs.replace(firm, known=firm.known | {datum})
            assert reference.truth(condition, full, world) is not None
