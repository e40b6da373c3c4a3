"""What two files say of each other must name somebody and agree."""

import pytest

from matching.catalogue.check_exclusive import exclusive_problems
from matching.catalogue.load_catalogue import shipped_catalogue
from matching.language.problems import Problem
from tests.makers import Clause, catalogue_of

CHOICE = "{with: two, rule: choice, basis: 第一条}"


def found(one: str, two: str | None = None) -> tuple[Problem, ...]:
    """Give the problems of two items with these clauses."""
    lines = (f"family: ONE\nexclusive: [{one}]", f"family: TWO{_line(two)}")
    titles = zip(("one", "two"), lines, strict=True)
    return exclusive_problems(
        catalogue_of(
            {name: Clause(condition="{listed: little_giant}", more=more) for name, more in titles}
        )
    )


def _line(clause: str | None) -> str:
    return "" if clause is None else f"\nexclusive: [{clause}]"


def test_a_clause_one_file_says_need_not_be_repeated() -> None:
    assert found(CHOICE) == ()


def test_a_clause_may_be_repeated_by_the_partner() -> None:
    assert found(CHOICE, "{with: one, rule: choice, basis: 第九条}") == ()


def test_an_order_told_from_both_sides_agrees() -> None:
    one = "{with: two, rule: order, first: one, later: rest, basis: 一}"

    assert found(one, "{with: one, rule: order, first: one, later: rest, basis: 一}") == ()


WRONG = {
    "an item that is not there": ("{with: three, rule: choice, basis: 一}", None, "没有事项“three”"),
    "a family that is not there": (
        "{with: family:THREE, rule: choice, basis: 一}", None, "没有系列“THREE”",
    ),
    "the item itself": ("{with: one, rule: choice, basis: 一}", None, "事项自己"),
    "an order whose first is neither": (
        "{with: two, rule: order, first: three, later: rest, basis: 一}", None, "看不出",
    ),
    "an order within one family": (
        "{with: family:ONE, rule: order, first: one, later: rest, basis: 一}", None, "同一系列",
    ),
    "evidence nobody looks after": (
        "{with: two, rule: same_evidence, basis: 一}", None, "没有说由谁核对",
    ),
    "a choice here, both there": (
        CHOICE, "{with: one, rule: additive, basis: 一}", "可同时享受",
    ),
    "each before the other": (
        "{with: two, rule: order, first: one, later: rest, basis: 一}",
        "{with: one, rule: order, first: two, later: rest, basis: 一}",
        "按规定次序",
    ),
    "each bars the other": (
        "{with: two, rule: bars, basis: 一}", "{with: one, rule: bars, basis: 一}", "不再享受",
    ),
    "a year here, for good there": (
        "{with: two, rule: choice, per: year, basis: 一}",
        "{with: one, rule: choice, basis: 一}",
        "year",
    ),
    "two rules for one pair in one file": (
        f"{CHOICE}, {{with: [two, family:TWO], rule: additive, basis: 三}}",
        None,
        "可同时享受",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", WRONG)
def test_what_names_nobody_or_is_denied_is_a_problem_with_its_line(name: str) -> None:
    one, two, said = WRONG[name]
    problems = found(one, two)

    assert len(problems) == 1
    assert said in problems[0].what
    assert problems[0].line > 0
    assert problems[0].way_out


def test_a_partner_named_alone_is_not_meant_by_its_family() -> None:
    assert found(f"{CHOICE}, {{with: family:TWO, rule: additive, basis: 一}}") == ()


def test_the_shipped_items_agree_about_each_other() -> None:
    assert exclusive_problems(shipped_catalogue()) == ()
