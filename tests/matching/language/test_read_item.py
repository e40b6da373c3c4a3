"""An item file is read to its end: every problem in it is named with its line and the way out."""

from datetime import date

import pytest

from matching.language.items import Days
from matching.language.problems import LanguageError, Problem
from matching.language.read_item import read_item
from tests.matching.language.made_items import PARTS, VOCABULARY, item, item_text, line_of, problems


def test_a_good_item_is_read_whole() -> None:
    read = item(phone="0371-12345678", review_by="2027-03-31", notes="[一, 二]")

    assert (read.id, read.area, read.family) == ("p00-test", "410100", "P00")
    assert read.valid == Days(since=date(2026, 1, 1), until=date(2026, 12, 31))
    assert read.notes == ("一", "二")
    assert [example.expect for example in read.examples] == ["met", "unmet"]
    assert read.examples[1].line == line_of("examples")


def test_an_item_without_last_day_says_when_to_look_again() -> None:
    assert item(valid="{from: 2026-01-01, until: unstated}", review_by="2027-01-01").valid == Days(
        since=date(2026, 1, 1)
    )
    found = problems(valid="{from: 2026-01-01, until: unstated}")
    assert [problem.where for problem in found] == ["review_by"]


@pytest.mark.parametrize("key", sorted(PARTS))
def test_a_missing_key_is_named(key: str) -> None:
    assert any(problem.where == key for problem in problems(**{key: None}))


@pytest.mark.parametrize("key", sorted(PARTS))
@pytest.mark.parametrize("junk", ["", "[]", "{}", "[[x]]", "{x: {y: z}}", "\u200b", "火星"])
def test_junk_under_any_key_is_a_problem_or_text_and_never_a_crash(key: str, junk: str) -> None:
    for problem in problems(**{key: junk}):
        _is_helpful(problem)


@pytest.mark.parametrize(
    ("replaced", "where"),
    [
        pytest.param({"id": "P00 大写"}, "id", id="an id with other signs"),
        pytest.param({"mark": "checked"}, "mark", id="an unknown mark"),
        pytest.param({"area": "火星"}, "area", id="an unknown place"),
        pytest.param({"department": "海关"}, "department", id="an unknown department"),
        pytest.param({"valid": "{from: 2026-13-01, until: 2026-12-31}"}, "valid.from", id="no day"),
        pytest.param({"valid": "{from: 20260101, until: 2026-12-31}"}, "valid.from", id="a day run together"),
        pytest.param({"valid": "{from: 2026-12-31, until: 2026-01-01}"}, "valid", id="ends before it begins"),
        pytest.param({"valid": "{from: 2026-01-01}"}, "valid", id="no last day at all"),
        pytest.param({"evidence_day": "2025-12-31"}, "evidence_day", id="evidence outside the days"),
        pytest.param({"document": "{number: 一, issuer: 二}"}, "document.article", id="no article"),
        pytest.param(
            {"document": "{number: 一, issuer: 二, article: 三}"}, "document.source",
            id="verified without a source",
        ),
        pytest.param({"colour": "red"}, "", id="a key nobody knows"),
        pytest.param({"amount": "{fixed: 10}"}, "amount.fixed", id="money without unit"),
        pytest.param({"amount": "{fixed: -1 元}"}, "amount.fixed", id="negative money"),
        pytest.param({"amount": "{fixed: 100001 亿元}"}, "amount.fixed", id="more money than there is"),
        pytest.param({"amount": "{money: 1 元}"}, "amount", id="an unknown amount"),
        pytest.param({"amount": "{share: 30 %}"}, "amount", id="a share of nothing"),
        pytest.param(
            {"amount": "{share: 1001 %, of: {fact: registered_capital}}"}, "amount.share",
            id="a share far too large",
        ),
        pytest.param(
            {"amount": "{share: 3 %, of: {fact: employees, year: -1}}"}, "amount",
            id="a share of persons",
        ),
        pytest.param(
            {"amount": "{per_step: 1 元, of: {fact: registered_capital}, beyond: 0 元, step: 0 元}"},
            "amount", id="a step of nothing",
        ),
        pytest.param(
            {"amount": "{per_point: 1 元, of: {growth: {fact: annual_revenue, year: -1},"
             " over: {fact: annual_revenue, year: -3}, years: 2, at_least: 0 %}}"},
            "amount.of", id="a point of compound growth",
        ),
        pytest.param({"amount": "{highest: []}"}, "amount.highest", id="no rows"),
        pytest.param({"amount": "{less_paid: P1}"}, "amount", id="less paid of nothing"),
        pytest.param({"background": "{turnover: 1 元}"}, "background.turnover", id="an unknown fact"),
        pytest.param(
            {"background": "{annual_revenue: 1 元}"}, "background.annual_revenue",
            id="a yearly fact without a year",
        ),
        pytest.param({"background": "{status: [active]}"}, "background.status", id="a list as a value"),
        pytest.param(
            {"examples": "[{name: 一, expect: met}]"}, "examples", id="no example that is not met"
        ),
        pytest.param({"examples": "[{name: 一, expect: maybe}]"}, "examples[0].expect", id="no verdict"),
        pytest.param(
            {"examples": "[{name: 一, expect: unmet, amount: 10}]"}, "examples[0].amount",
            id="an expected amount without unit",
        ),
        pytest.param(
            {"examples": "[{name: 一, expect: unmet, missing: [turnover]}]"}, "examples[0].missing",
            id="a missing datum nobody knows",
        ),
    ],
)  # fmt: skip
def test_a_wrong_value_is_named_with_its_line(replaced: dict[str, str], where: str) -> None:
    found = problems(**replaced)
    key = next(iter(replaced))

    named = [problem for problem in found if problem.where == where]
    assert named, found
    assert named[0].line in {1, line_of(key) if key in PARTS else len(PARTS) + 1}
    for problem in found:
        _is_helpful(problem)


def test_all_problems_are_told_at_once() -> None:
    found = problems(
        mark="checked",
        area="火星",
        condition="{all_of: [{fact: turnover, at_least: 1 元}, {listed: nobody}]}",
        amount="{total: [{fixed: 1}, {fixed: 2}]}",
    )

    assert {problem.where for problem in found} >= {
        "mark",
        "area",
        "condition.all_of[0].fact",
        "condition.all_of[1]",
        "amount.total[0].fixed",
        "amount.total[1].fixed",
    }


def test_problems_are_sorted_and_printed_with_file_and_line() -> None:
    with pytest.raises(LanguageError) as refused:
        read_item(item_text(repeat="never", mark="checked"), "a/b.yml", VOCABULARY, frozenset())

    lines = str(refused.value).splitlines()
    assert [line.partition(" ")[0] for line in lines] == [
        f"a/b.yml:{line_of('mark')}",
        f"a/b.yml:{line_of('repeat')}",
    ]
    assert all(" → " in line for line in lines)


def _is_helpful(problem: Problem) -> None:
    assert problem.file
    assert problem.line > 0
    assert problem.what
    assert problem.way_out
