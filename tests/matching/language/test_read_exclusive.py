"""Reading how an item stands to others: what a rule must say, and that nothing else is taken."""

import pytest

from matching.language.exclusivity import Exclusive
from matching.language.problems import LanguageError
from tests.makers import Clause, catalogue_of

HIGHEST = "{with: family:P13, rule: highest, earlier: person, basis: 第六条}"
ORDER = "{with: [other], rule: order, first: other, later: rest, per: year, basis: 第三条, reading: 按年}"


def read(*clauses: str) -> tuple[Exclusive, ...]:
    more = f"exclusive: [{', '.join(clauses)}]"
    catalogue = catalogue_of({"made": Clause(condition="{listed: little_giant}", more=more)})
    return catalogue.items[0].exclusive


def test_a_clause_is_read_whole() -> None:
    highest, order = read(HIGHEST, ORDER)

    assert (highest.partners, highest.rule, highest.scope) == (("family:P13",), "highest", "firm")
    assert (highest.earlier, highest.basis, highest.reading) == ("person", "第六条", None)
    assert (order.scope, order.first, order.later, order.reading) == (
        "year",
        "other",
        "rest",
        "按年",
    )


def test_an_evidence_item_is_what_same_evidence_is_about() -> None:
    (clause,) = read("{with: other, rule: same_evidence, basis: 第一条}")

    assert clause.scope == "evidence"


def test_over_one_evidence_item_the_highest_has_no_earlier_award() -> None:
    (clause,) = read("{with: other, rule: highest, per: evidence, basis: 第一条}")

    assert clause.earlier is None


WRONG = {
    "no partner": ("{rule: choice, basis: 第一条}", "with", "没有对象"),
    "an empty list of partners": ("{with: [], rule: choice, basis: 第一条}", "with", "没有写对象"),
    "a family without a name": ("{with: 'family:', rule: choice, basis: 一}", "with", "没有系列名"),
    "a partner twice": ("{with: [a, a], rule: choice, basis: 一}", "with", "写了两次"),
    "no basis": ("{with: other, rule: choice}", "basis", "没有依据"),
    "an empty basis": ("{with: other, rule: choice, basis: }", "basis", "应有文字"),
    "no rule": ("{with: other, basis: 第一条}", "rule", "缺少"),
    "a rule nobody knows": ("{with: other, rule: best, basis: 一}", "rule", "不认识“best”"),
    "a scope nobody knows": ("{with: other, rule: choice, per: day, basis: 一}", "per", "不认识"),
    "the highest without earlier": ("{with: other, rule: highest, basis: 一}", "earlier", "缺少"),
    "an order without first": ("{with: other, rule: order, later: rest, basis: 一}", "first", "缺少"),
    "an order without later": ("{with: other, rule: order, first: other, basis: 一}", "later", "缺少"),
    "earlier where it says nothing": (
        "{with: other, rule: choice, earlier: full, basis: 一}", "earlier", "不用 earlier",
    ),
    "same evidence over a year": (
        "{with: other, rule: same_evidence, per: year, basis: 一}", "per", "只按凭证",
    ),
    "a difference over evidence": (
        "{with: other, rule: difference, per: evidence, basis: 一}", "per", "级差不能按凭证",
    ),
    "a key nobody knows": ("{with: other, rule: choice, basis: 一, win: a}", "", "不认识的键"),
    "a word instead of a clause": ("choice", "", "键: 值"),
}  # fmt: skip


@pytest.mark.parametrize("name", WRONG)
def test_a_clause_that_says_too_little_or_too_much_is_a_problem(name: str) -> None:
    text, where, said = WRONG[name]
    with pytest.raises(LanguageError) as refused:
        read(text)

    (problem,) = refused.value.problems
    assert problem.where.startswith("exclusive[0]")
    assert where in problem.where
    assert said in f"{problem.what} → {problem.way_out}"
    assert problem.line > 0


def test_the_clauses_are_checked_to_the_end() -> None:
    with pytest.raises(LanguageError) as refused:
        read("{with: other, rule: best, basis: 一}", HIGHEST, "{rule: choice, basis: 一}")

    assert [problem.where for problem in refused.value.problems] == [
        "exclusive[0].rule",
        "exclusive[2].with",
    ]
