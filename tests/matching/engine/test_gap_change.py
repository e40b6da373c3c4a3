"""How hard a change is: what is lacking, the day it comes by itself, and what nobody can change."""

from datetime import date, timedelta

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.engine.gap import gaps, item_gaps
from matching.engine.gap_change import Calendar
from matching.engine.gap_types import Change, GapSet
from matching.engine.gap_words import gap_in_words
from matching.engine.ground import Ground
from matching.engine.single.single import Single
from matching.language.conditions import (
    AllOf,
    AnyOf,
    Compare,
    Condition,
    Dated,
    FirstOver,
    Flag,
    Growth,
    Judgement,
    Listed,
    Negate,
    OneOf,
    Operator,
    Paid,
    Share,
    YearsSince,
)
from matching.language.items import Days
from matching.language.quantities import OverMonths, Value
from matching.language.wording import Words
from tests.matching.engine import made_firms, strategies
from tests.matching.engine.small_world import (
    DAY,
    VOCABULARY,
    Award,
    Entry,
    Firm,
    item_of,
    population_of,
)

KNOWN = frozenset({"blacklist", "giant", "register", "paid:P1"})
CAPITAL, LAST_YEAR = Value("capital"), Value("revenue", "-1")
RICH = Compare(quantity=CAPITAL, operator="at_least", limit=100)
BLACKLISTED = Listed(list="blacklist")


def at_least(quantity: Value | OverMonths, limit: int, operator: Operator = "at_least") -> Compare:
    return Compare(quantity=quantity, operator=operator, limit=limit)


def single_of(firm: Firm, on: date | None = None) -> Single:
    return Single(population_of([firm]), VOCABULARY, {}, on)


def only_change(condition: Condition, firm: Firm, calendar: Calendar | None = None) -> Change:
    """Give the one change of the one set."""
    found = gaps(condition, single_of(firm), DAY, calendar or Calendar())
    assert found.complete
    (only,) = found.sets
    (change,) = only.changes
    assert only.kind == change.kind
    return change


@pytest.mark.parametrize(
    ("condition", "facts", "amount"),
    [
        pytest.param(RICH, {"capital": 99}, 1, id="one 分 short"),
        pytest.param(Negate(part=RICH), {"capital": 100}, 1, id="one 分 too much"),
        pytest.param(
            Share(part=CAPITAL, whole=Value("revenue", "2026"), operator="at_least", limit_bp=300),
            {"capital": 299, "revenue@2026": 10_001}, 2, id="what the part lacks, rounded up",
        ),
        pytest.param(
            Growth(now=Value("revenue", "2026"), before=Value("revenue", "2025"),
                   operator="at_least", limit_bp=2_600, years=2),
            {"revenue@2026": 150, "revenue@2025": 100}, 9, id="compound growth: 158.76 rounded up",
        ),
        pytest.param(
            FirstOver(fact="revenue", period="2026", since=2025, operator="at_least", limit=100),
            {"revenue@2025": 5, "revenue@2026": 60, "registered_on": date(2020, 1, 1)}, 40,
            id="a first crossing",
        ),
    ],
)  # fmt: skip
def test_what_is_lacking_is_named_for_a_figure_still_open(
    condition: Condition, facts: dict[str, int], amount: int
) -> None:
    change = only_change(condition, Firm(facts=facts))

    assert (change.kind, change.amount) == ("firm", amount)


@pytest.mark.parametrize(
    ("condition", "firm", "why"),
    [
        pytest.param(at_least(Value("revenue", "2025"), 100), Firm(facts={"revenue@2025": 99}),
                     "closed", id="last year's figure"),
        pytest.param(
            at_least(OverMonths("power", "2026-01", "2026-03", "sum"), 9),
            Firm(facts=dict.fromkeys(("power@2026-01", "power@2026-02", "power@2026-03"), 2)),
            "closed", id="months that are over",
        ),
        pytest.param(OneOf(fact="place", codes=("411000",)), Firm(facts={"place": "410102"}),
                     "given", id="where it lies"),
        pytest.param(Dated(fact="registered_on", operator="on_or_before", day=date(2020, 1, 1)),
                     Firm(facts={"registered_on": date(2021, 1, 1)}), "given", id="a day that was"),
        pytest.param(Negate(part=YearsSince(fact="registered_on", at_least=1)),
                     Firm(facts={"registered_on": date(2021, 1, 1)}), "given", id="it gets no younger"),
        pytest.param(Negate(part=Paid(family="P1")), Firm(awards=(Award("P1", 5),)),
                     "used_up", id="paid before"),
        pytest.param(Listed(list="giant", still=False, first_year=0),
                     Firm(entries=(Entry("giant", from_on=date(2020, 1, 1)),), known=KNOWN),
                     "used_up", id="it was first once"),
        pytest.param(Listed(list="giant", still=False, first_in=(date(2020, 1, 1), date(2020, 12, 31))),
                     Firm(known=KNOWN), "past", id="the days asked for are over"),
        pytest.param(Listed(list="register", since_by=date(2026, 3, 31)), Firm(known=KNOWN),
                     "past", id="not in it by the day"),
        pytest.param(Listed(list="giant", valid_on=date(2024, 6, 30)), Firm(known=KNOWN),
                     "past", id="not valid on the day"),
        pytest.param(
            FirstOver(fact="revenue", period="2026", since=2025, operator="at_least", limit=100),
            Firm(facts={"revenue@2025": 500, "revenue@2026": 60, "registered_on": date(2020, 1, 1)}),
            "used_up", id="crossed before",
        ),
    ],
)  # fmt: skip
def test_what_nobody_can_change_says_why(condition: Condition, firm: Firm, why: str) -> None:
    change = only_change(condition, firm)

    assert (change.kind, change.why) == ("fixed", why)


def test_a_year_counted_from_the_evidence_day_gives_way_to_the_next() -> None:
    firm = Firm(facts={"revenue@2025": 99})
    moving = only_change(at_least(LAST_YEAR, 100), firm)
    fixed = only_change(at_least(LAST_YEAR, 100), firm, Calendar(moves=False))

    assert (moving.kind, moving.amount, moving.day) == ("firm", 1, date(2027, 1, 1))
    assert (fixed.kind, fixed.why) == ("fixed", "closed")


def test_waiting_helps_only_within_the_life_of_the_item() -> None:
    firm = Firm(facts={"registered_on": date(2024, 2, 29)})
    three = YearsSince(fact="registered_on", at_least=3)
    day = date(2027, 3, 1)

    change = only_change(three, firm)
    assert (change.kind, change.day) == ("time", day)
    assert only_change(three, firm, Calendar(until=day)).kind == "time"
    late = only_change(three, firm, Calendar(until=day - timedelta(days=1)))
    assert (late.kind, late.why, late.day) == ("fixed", "over_by_then", day)
    assert only_change(three, firm, Calendar(moves=False)).why == "evidence_day"


@pytest.mark.parametrize(
    ("condition", "entry", "day"),
    [
        pytest.param(BLACKLISTED, Entry("blacklist", from_on=DAY, until_on=date(2026, 9, 30)),
                     date(2026, 10, 1), id="the day after the last"),
        pytest.param(BLACKLISTED, Entry("blacklist", from_on=DAY, left_on=date(2026, 9, 30)),
                     date(2026, 9, 30), id="the day it is struck off"),
        pytest.param(BLACKLISTED, Entry("blacklist", from_on=DAY), None, id="no day is known"),
        pytest.param(Listed(list="blacklist", still=False, within_years=3),
                     Entry("blacklist", from_on=date(2024, 2, 29)), date(2027, 3, 1),
                     id="the look-back ends"),
        pytest.param(Listed(list="blacklist", still=False, within_months=6),
                     Entry("blacklist", from_on=date(2026, 5, 31)), date(2026, 12, 1),
                     id="a look-back of months ends"),
        pytest.param(Listed(list="giant"), Entry("giant", from_on=date(2024, 1, 1)),
                     date(2027, 1, 1), id="a title runs its years"),
    ],
)  # fmt: skip
def test_an_entry_that_bars_runs_out(condition: Condition, entry: Entry, day: date | None) -> None:
    change = only_change(Negate(part=condition), Firm(entries=(entry,), known=KNOWN))

    assert (change.kind, change.day) == ("time", day)


def _with_entries(condition: Listed) -> st.SearchStrategy[tuple[Listed, list[Entry]]]:
    entries = st.lists(made_firms.entries(condition.list), min_size=1, max_size=3)
    return st.tuples(st.just(condition), entries)


@given(strategies.listed().flatmap(_with_entries), st.sampled_from((True, True, False)))
def test_the_day_named_is_the_first_on_which_the_entries_say_so(
    drawn: tuple[Listed, list[Entry]],
    negated: bool,  # noqa: FBT001  drawn
) -> None:
    condition, entries = drawn
    firm = Firm(entries=tuple(entries), known=KNOWN)
    asked: Condition = Negate(part=condition) if negated else condition
    found = gaps(asked, single_of(firm), DAY)
    for change in (change for one in found.sets for change in one.changes):
        if change.kind != "time" or change.day is None:
            continue
        for day in (change.day, change.day - timedelta(days=1)):
            ground = Ground(population_of([firm]), VOCABULARY, {}, day)
            said = ground.collect(ground.truth(asked, day).alias("said"))["said"][0]
            assert (said is True) is (day == change.day)


def test_a_datum_nobody_has_is_a_change_of_its_own_and_easiest() -> None:
    condition = AnyOf(
        parts=(
            RICH,
            Judgement(text="突出贡献"),
            Paid(family="P1"),
            Flag(fact="direct", expected=True),
        )
    )
    firm = Firm(facts={"capital": 1}, known=KNOWN)
    found = gaps(condition, single_of(firm), DAY)

    assert [one.kind for one in found.sets] == ["datum", "firm", "firm", "person"]
    assert found.sets[0].changes[0].missing == ("direct",)


def test_a_set_is_as_hard_as_its_hardest_change_and_a_fixed_one_comes_last() -> None:
    old = YearsSince(fact="registered_on", at_least=3)
    away = Negate(part=OneOf(fact="place", codes=("411000",)))
    condition = AnyOf(parts=(away, AllOf(parts=(RICH, old))))
    firm = Firm(facts={"capital": 1, "place": "411000", "registered_on": date(2025, 1, 1)})
    found = gaps(condition, single_of(firm), DAY)

    assert [one.kind for one in found.sets] == ["firm", "fixed"]
    assert [change.kind for change in found.sets[0].changes] == ["time", "firm"]


def test_a_met_item_lacks_nothing_and_an_impossible_one_has_no_way() -> None:
    firm = Firm(facts={"capital": 100})
    never = AllOf(parts=(RICH, Compare(quantity=CAPITAL, operator="less_than", limit=50)))

    assert gaps(RICH, single_of(firm), DAY).sets == ()
    found = gaps(never, single_of(firm), DAY)
    assert (found.sets, found.complete) == ((), True)


def test_a_limit_implied_by_another_is_not_told_twice() -> None:
    condition = AllOf(parts=(at_least(CAPITAL, 2_000), at_least(CAPITAL, 4_000)))

    assert only_change(condition, Firm(facts={"capital": 1_000})).amount == 3_000


def test_ways_beyond_the_cap_are_left_out_and_said_to_be() -> None:
    pairs = tuple(
        AnyOf(
            parts=(
                at_least(Value("revenue", str(year)), 1),
                at_least(Value("profit", str(year)), 1),
            )
        )
        for year in range(2010, 2020)
    )
    found = gaps(AllOf(parts=pairs), single_of(Firm()), DAY)

    assert not found.complete
    assert len(found.sets) == 100
    assert all(len(one.changes) == 10 for one in found.sets)


def test_an_item_ends_with_its_version_and_its_area_counts() -> None:
    item = item_of(YearsSince(fact="registered_on", at_least=3))
    local = msgspec.structs.replace(item, area="411000", valid=Days(since=date(2026, 1, 1)))
    firm = Firm(facts={"registered_on": date(2025, 1, 1), "place": "410102"})
    ended, elsewhere = item_gaps([item, local], single_of(firm), DAY)

    assert ended.sets[0].changes[0].why == "over_by_then"
    assert {change.kind for change in elsewhere.sets[0].changes} == {"time", "fixed"}


def test_a_gap_can_be_stored_and_read_back() -> None:
    condition = AllOf(parts=(RICH, Negate(part=BLACKLISTED), Judgement(text="突出贡献")))
    for one in gaps(condition, single_of(Firm(facts={"capital": 1})), DAY).sets:
        assert msgspec.json.decode(msgspec.json.encode(one), type=GapSet) == one


@pytest.mark.parametrize(
    ("condition", "firm", "lines"),
    [
        pytest.param(RICH, Firm(facts={"capital": 1}),
                     ("指标capital还差0.99元（须不低于1元）",), id="an amount"),
        pytest.param(at_least(LAST_YEAR, 100, "more_than"), Firm(facts={"revenue@2025": 100}),
                     ("2025年指标revenue还差0.01元（须超过1元），2027-01-01起看下一年的数",),
                     id="next year at the earliest"),
        pytest.param(Negate(part=RICH), Firm(facts={"capital": 102}),
                     ("指标capital超出0.03元（须低于1元）",), id="too much"),
        pytest.param(Share(part=CAPITAL, whole=Value("staff"), operator="at_least", limit_bp=300),
                     Firm(facts={"capital": 1, "staff": 100}),
                     ("指标capital还差0.02元（须指标capital占指标staff的比例不低于3%）",), id="a share"),
        pytest.param(Negate(part=Flag(fact="direct", expected=True)), Firm(facts={"direct": True}),
                     ("指标direct：否",), id="not so"),
        pytest.param(RICH, Firm(), ("缺 指标capital，归市场监管局",), id="a datum and whose"),
        pytest.param(YearsSince(fact="registered_on", at_least=3),
                     Firm(facts={"registered_on": date(2024, 3, 14)}),
                     ("只需等待：2027-03-14起自指标registered_on起满3年",), id="only time"),
        pytest.param(Negate(part=BLACKLISTED),
                     Firm(entries=(Entry("blacklist", from_on=DAY),), known=KNOWN),
                     ("只需等待：期满后不在失信名单之内",), id="no day known"),
        pytest.param(Judgement(text="突出贡献"), Firm(), ("需人工认定：突出贡献",), id="a person"),
        pytest.param(Negate(part=Paid(family="P1")), Firm(awards=(Award("P1", 5),)),
                     ("无法改变：不属于：此前已获得过同类奖励（P1）（已经发生过，不能重来）",), id="nobody"),
        pytest.param(Flag(fact="direct", expected=True), Firm(facts={"direct": False}),
                     ("指标direct：是",), id="a test without an amount"),
    ],
)  # fmt: skip
def test_a_set_reads_as_a_line_a_change(
    condition: Condition, firm: Firm, lines: tuple[str, ...]
) -> None:
    (only,) = gaps(condition, single_of(firm), DAY).sets

    assert gap_in_words(only, Words(VOCABULARY, {}, DAY)) == lines
