"""A profile may tell of its group, of the evidence it claims, and of what has been used up."""

from datetime import date

import pytest

from matching.engine.ground import Ground
from matching.engine.population import Population, refused_ledgers, refused_values
from matching.engine.profile_text import ProfileTextError, population_of_texts
from matching.language.conditions import Compare, Condition, Listed, Paid, RelatedHas
from matching.language.quantities import OverLedger
from tests.matching.engine.plain_truth import Truth
from tests.matching.engine.small_world import DAY, VOCABULARY

Texts = dict[str, str | None]
GROUP_LISTED = RelatedHas(role="any", condition=Listed(list="blacklist"))
PARENT_PAID = RelatedHas(role="parent", condition=Paid(family="P57"))
TWO_HIRES = Compare(
    quantity=OverLedger(fact="hires", unused_by=("P33",)), operator="at_least", limit=2
)
RICH_LOANS = Compare(
    quantity=OverLedger(fact="loans", unused_by=("P35",)), operator="at_least", limit=80_000_000
)


def told(*rows: Texts) -> Population:
    population = population_of_texts(list(rows), VOCABULARY)
    refused_values(population.frame, VOCABULARY)
    refused_ledgers(population, VOCABULARY)
    return population


def truth(condition: Condition, given: Texts) -> Truth:
    ground = Ground(told(given), VOCABULARY, {})
    found = ground.collect(ground.truth(condition, DAY).alias("truth"))["truth"][0]
    assert found is None or isinstance(found, bool)
    return found


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({}, None),
        ({"relations": "none"}, False),
        ({"relations": "known"}, False),
        ({"relations": "known", "member:blacklist": "none"}, False),
        ({"relations": "known", "member:blacklist": "2025-01-01.."}, True),
        ({"member:blacklist": "2025-01-01.."}, True),
        ({"parent:blacklist": "2025-01-01.."}, True),
        ({"member:blacklist": "none"}, None),
        ({"relations": "known", "member:giant": "none"}, None),
        ({"blacklist": "2025-01-01..", "relations": "none"}, False),
    ],
)
def test_a_group_is_told_by_what_its_members_have(given: Texts, expected: Truth) -> None:
    assert truth(GROUP_LISTED, given) is expected


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"parent:paid:P57": "10 万元"}, True),
        ({"parent:paid:P57": "none", "relations": "known"}, False),
        ({"member:paid:P57": "10 万元", "relations": "known"}, False),
        ({"paid:P57": "10 万元", "relations": "none"}, False),
    ],
)
def test_the_parent_is_not_any_member(given: Texts, expected: Truth) -> None:
    assert truth(PARENT_PAID, given) is expected


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({}, None),
        ({"hires": "none", "uses": "none"}, False),
        ({"hires": "k1;k2", "uses": "none"}, True),
        ({"hires": "k1; k2"}, None),
        ({"hires": "k1;k2", "used:P33": "k2"}, False),
        ({"hires": "k1;k2", "used:P99": "k2"}, True),
        ({"hires": "k1;k2", "used:P33": "none"}, True),
        ({"hires": "k1;k2", "uses": "none", "claimed:hires": "k2"}, None),
        ({"hires": "k1;k2;k3", "used:P33": "k3", "claimed:hires": "k3"}, True),
    ],
)
def test_evidence_is_told_item_by_item(given: Texts, expected: Truth) -> None:
    assert truth(TWO_HIRES, given) is expected


@pytest.mark.parametrize(
    ("loans", "expected"),
    [
        ("k1=50 万元;k2=30 万元", True),
        ("k1=50 万元;k2=29.99 万元", False),
        ("k1=50 万元;k2", None),
    ],
)
def test_money_stands_beside_its_item_or_is_not_known(loans: str, expected: Truth) -> None:
    assert truth(RICH_LOANS, {"loans": loans, "uses": "none"}) is expected


def test_each_profile_has_a_group_and_rivals_of_its_own() -> None:
    population = told(
        {"parent:blacklist": "2025-01-01..", "hires": "k1", "claimed:hires": "k1"},
        {"parent:blacklist": "none", "member:giant": "none", "relations": "known"},
    )

    assert population.frame["enterprise_id"].to_list() == [1, 2]
    assert population.relations.rows() == [(1, 3, "parent"), (2, 6, "parent"), (2, 7, "member")]
    assert population.evidence.select("enterprise_id", "key").rows() == [(1, "k1"), (5, "k1")]


def test_what_is_used_stands_in_the_ledgers_that_claim_it() -> None:
    population = told({"hires": "k1;k2", "loans": "k1", "used:P33": "k1;k2"})

    assert sorted(population.uses.rows()) == [
        ("loan", "k1", "P33"), ("person", "k1", "P33"), ("person", "k2", "P33"),
    ]  # fmt: skip


def test_payments_are_told_with_their_days_where_these_are_known() -> None:
    awards = told({"paid:P1": "10 万元@2026-03-01; 5 元", "paid:P2": "none"}).awards

    assert sorted(awards.select("family", "amount_cents", "paid_on").rows()) == [
        ("P1", 500, None), ("P1", 10_000_000, date(2026, 3, 1)),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("column", "text"),
    [
        ("relations", "some"),
        ("uses", "k1"),
        ("used:P33", "k9"),
        ("used:", "k1"),
        ("hires", "k1;k1"),
        ("hires", "k1;"),
        ("hires", "=5 万元"),
        ("hires", "k1=5 万元"),
        ("loans", "k1=5"),
        ("loans", "k1=5 人"),
        ("claimed:staff", "k1"),
        ("claimed:hires", ";"),
        ("parent:giant", "sometime"),
        ("member:paid:P1", "100"),
        ("paid:P1", "10 万元;"),
        ("paid:P1", "10 万元@"),
        ("paid:P1", "10 万元@2026"),
        ("paid:P1", "2026-03-01"),
        ("member:nobody", "none"),
        ("owner:giant", "none"),
    ],
)
def test_what_cannot_be_read_is_named_by_its_column(column: str, text: str) -> None:
    with pytest.raises(ProfileTextError) as refused:
        told({column: text})

    assert refused.value.column == column
    assert refused.value.what


def test_who_has_no_group_has_no_parent() -> None:
    with pytest.raises(ProfileTextError) as refused:
        told({"relations": "none", "parent:giant": "none"})

    assert refused.value.column == "relations"
