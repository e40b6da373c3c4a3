"""What a draft would do: takers, money, who enters and leaves, by group; beside a plain count."""

import json
from datetime import date

import msgspec
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.engine.groups import GroupingRefused
from matching.engine.simulate import (
    FIGURES,
    SAMPLE,
    Simulation,
    Simulator,
    Takers,
    simulation_json,
)
from matching.language.amounts import Amount, Fixed, ShareOf
from matching.language.conditions import AllOf, Compare, Condition, Flag, Judgement
from matching.language.items import Days, Item
from matching.language.quantities import Value
from tests.matching.engine import made_firms, reference, strategies, strategies_pay
from tests.matching.engine.plain_truth import World
from tests.matching.engine.reference_pay import bounds
from tests.matching.engine.small_world import DAY, Firm, ground_of, item_of

BIG = 2**63 - 1
BY = ("place", "sector:division", "direct")


def simulated(
    item: Item, firms: list[Firm], against: Item | None = None, by: tuple[str, ...] = ()
) -> Simulation:
    return Simulator(ground_of(firms), DAY, by).simulate(item, against)


def staff(limit: int, amount: Amount | None = None) -> Item:
    condition = Compare(quantity=Value("staff"), operator="at_least", limit=limit)
    return item_of(condition, amount or Fixed(500))


FIRMS = [Firm({"staff": count}) for count in (5, 10, 20)] + [Firm()]


def test_certain_money_is_for_who_meets_it_and_possible_for_whom_it_is_not_ruled_out() -> None:
    found = simulated(staff(10), FIRMS)

    assert found.after == Takers(
        met=2, unmet=1, unknown=1, person=0, certain_cents=1_000, possible_cents=1_500, endless=0
    )
    assert (found.enterprises, found.before, found.against) == (4, None, None)
    assert (found.entering, found.leaving) == (2, 0)


def test_money_nobody_can_bound_is_counted_and_never_nothing() -> None:
    share = ShareOf(share_bp=1_000, base=Value("capital"))
    found = simulated(staff(10, share), [*FIRMS, Firm({"staff": 20, "capital": 900})])

    assert (found.after.certain_cents, found.after.possible_cents) == (90, 90)
    assert found.after.endless == 3


def test_whoever_only_a_person_can_judge_is_possible_and_not_certain() -> None:
    condition = AllOf(parts=(Flag(fact="direct", expected=True), Judgement(text="突出贡献")))
    found = simulated(item_of(condition, Fixed(500)), [Firm({"direct": True}), Firm()])

    assert (found.after.person, found.after.unknown, found.after.met) == (1, 1, 0)
    assert (found.after.certain_cents, found.after.possible_cents) == (0, 1_000)


def test_against_the_version_in_force_firms_enter_and_leave() -> None:
    found = simulated(staff(20, Fixed(900)), FIRMS, against=staff(10))
    back = simulated(staff(10), FIRMS, against=staff(20, Fixed(900)))

    assert (found.entering, found.leaving) == (0, 1)
    assert (back.entering, back.leaving) == (1, 0)
    assert found.before == simulated(staff(10), FIRMS).after
    assert found.transitions.rows() == [
        ("unmet", "unmet", 1, 0, 0),
        ("met", "unmet", 1, 500, 0),
        ("met", "met", 1, 500, 900),
        ("unknown", "unknown", 1, 0, 0),
    ]


def test_against_nothing_no_verdict_stands_before() -> None:
    found = simulated(staff(10), FIRMS)

    assert found.transitions.rows() == [
        (None, "unmet", 1, 0, 0),
        (None, "met", 2, 0, 1_000),
        (None, "unknown", 1, 0, 0),
    ]


def test_a_draft_is_simulated_and_says_why_it_does_not_pay() -> None:
    draft = msgspec.structs.replace(staff(10), status="draft")

    assert simulated(draft, FIRMS).after == simulated(staff(10), FIRMS).after
    assert "征求意见稿" in simulated(draft, FIRMS).held_back
    assert simulated(staff(10), FIRMS).held_back == ""


def test_each_version_is_judged_on_its_own_evidence_day_and_area() -> None:
    firms = [Firm({"place": code, "revenue@2024": 50}) for code in ("410102", "411000")]
    condition = Compare(quantity=Value("revenue", "-1"), operator="at_least", limit=10)
    now = msgspec.structs.replace(item_of(condition, Fixed(5)), area="410100")
    before = msgspec.structs.replace(
        now, area="000000", evidence_day=date(2025, 6, 30), valid=Days(since=date(2025, 1, 1))
    )
    found = simulated(now, firms, against=before)

    assert found.before is not None
    assert (found.before.met, found.after.met, found.after.unknown) == (2, 0, 1)


def test_splits_add_up_to_the_whole_and_name_the_unknown() -> None:
    firms = [
        Firm({"staff": 10, "place": "410102"}),
        Firm({"staff": 20, "place": "410103"}),
        Firm({"staff": 20}),
    ]
    found = simulated(staff(20), firms, against=staff(10), by=("place", "place:prefecture"))

    fields = ("group", "name", "enterprises", "met", "leaving", "certain_cents", "met_before")
    assert found.splits["place:prefecture"].select(fields).rows() == [
        (None, "未知", 1, 1, 0, 500, 1),
        ("410100", "郑州市", 2, 1, 1, 500, 2),
    ]
    assert found.splits["place"].select(fields).rows() == [
        (None, "未知", 1, 1, 0, 500, 1),
        ("410102", "中原区", 1, 0, 1, 0, 1),
        ("410103", "二七区", 1, 1, 0, 500, 1),
    ]


def test_without_a_version_before_a_split_says_nothing_of_it() -> None:
    split = simulated(staff(20), FIRMS, by=("direct",)).splits["direct"]

    assert all(split[f"{name}_before"].null_count() == split.height for name in FIGURES)


def test_samples_are_spread_over_the_population_with_reasons() -> None:
    many = [Firm({"staff": count}) for count in range(100)] + [Firm()]
    found = simulated(staff(50), many, against=staff(20))
    leaving = found.samples.filter(pl.col("sample") == "leaving")
    back = simulated(staff(20), many, against=staff(50)).samples

    assert leaving.height == SAMPLE
    assert leaving["enterprise_id"].to_list() == list(range(21, 51, 3))
    assert set(leaving["reasons"]) == {"unmet:compare:staff"}
    assert set(back.filter(pl.col("sample") == "entering")["reasons"]) == {"unmet:compare:staff"}
    assert found.samples.filter(pl.col("sample") == "unknown").rows() == [
        ("unknown", 101, "unknown:compare:staff")
    ]


def test_who_enters_where_nothing_stood_before_has_no_reason() -> None:
    samples = simulated(staff(20), FIRMS).samples

    assert samples.rows() == [("entering", 3, None), ("unknown", 4, "unknown:compare:staff")]


def test_sums_pass_sixty_four_bits() -> None:
    found = simulated(staff(10, Fixed(2**62)), FIRMS, by=("direct",))

    assert (found.after.certain_cents, found.after.possible_cents) == (2 * 2**62, 3 * 2**62)
    assert found.splits["direct"]["possible_cents"].to_list() == [3 * 2**62]


def test_a_simulator_may_be_asked_again_and_again() -> None:
    simulator = Simulator(ground_of(FIRMS), DAY, ("direct",))

    for limit, met in ((10, 2), (20, 1), (21, 0), (10, 2)):
        assert simulator.simulate(staff(limit)).after.met == met


def test_a_population_of_nobody_has_no_takers() -> None:
    found = simulated(staff(10), [], against=staff(20), by=BY)

    assert (found.enterprises, found.after.met, found.after.certain_cents) == (0, 0, 0)
    assert found.splits["place"].height == found.transitions.height == found.samples.height == 0


def test_an_unknown_split_is_refused() -> None:
    with pytest.raises(GroupingRefused, match="shoes"):
        simulated(staff(10), FIRMS, by=("shoes",))


def test_the_json_form_carries_everything() -> None:
    found = simulated(staff(20, Fixed(2**62)), FIRMS, against=staff(10), by=("direct",))
    told = json.loads(simulation_json(found))
    huge = simulated(staff(0, Fixed(2**62)), [Firm({"staff": 1})] * 5)

    assert json.loads(simulation_json(huge))["after"]["certain_cents"] == 5 * 2**62
    assert told["on"] == "2026-06-30"
    assert told["after"] == msgspec.to_builtins(found.after)
    assert told["splits"]["direct"][0]["name"] == "未知"
    assert told["transitions"] == found.transitions.to_dicts()
    assert told["samples"] == found.samples.to_dicts()


rules = st.tuples(strategies.conditions, strategies_pay.amounts)


@given(rules, st.none() | rules, st.lists(made_firms.firms(), min_size=1, max_size=5),
       made_firms.coverages, strategies.definitions)  # fmt: skip
def test_simulations_agree_with_a_plain_count(
    after: tuple[Condition, Amount],
    before: tuple[Condition, Amount] | None,
    firms: list[Firm],
    coverage: dict[str, date],
    definitions: dict[str, Condition],
) -> None:
    world = World(DAY, coverage, definitions)
    simulator = Simulator(ground_of(firms, coverage, definitions), DAY, BY)
    found = simulator.simulate(item_of(*after), item_of(*before) if before else None)

    assert found.after == _takers(after, firms, world)
    met = [reference.verdict(after[0], firm, world) == "met" for firm in firms]
    was = [
        before is not None and reference.verdict(before[0], firm, world) == "met" for firm in firms
    ]
    assert found.entering == sum(now and not then for now, then in zip(met, was, strict=True))
    assert found.leaving == sum(then and not now for now, then in zip(met, was, strict=True))
    assert found.before == (_takers(before, firms, world) if before else None)
    for word, said in (("未知", None), ("是", True), ("否", False)):
        some = [firm for firm in firms if firm.facts.get("direct") is said]
        row = found.splits["direct"].filter(pl.col("name") == word)
        assert row.height == bool(some)
        if some:
            told = row.row(0, named=True)
            assert msgspec.convert({name: told[name] for name in FIGURES}, Takers) == _takers(
                after, some, world
            )


def _takers(rule: tuple[Condition, Amount], firms: list[Firm], world: World) -> Takers:
    counts = dict.fromkeys(("met", "unmet", "unknown", "person"), 0)
    certain = possible = endless = 0
    for firm in firms:
        verdict = reference.verdict(rule[0], firm, world)
        counts[verdict] += 1
        low, high = bounds(rule[1], firm, world)
        certain += min(low, BIG) if verdict == "met" else 0
        if verdict != "unmet":
            possible += high if high is not None and high <= BIG else 0
            endless += high is None or high > BIG
    return Takers(**counts, certain_cents=certain, possible_cents=possible, endless=endless)
