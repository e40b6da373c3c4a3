"""Figures over ledgers of records carry examples; each wrong limit, word or operator must break one of them."""

from pathlib import Path

import msgspec
import pytest

from matching.catalogue.check_definitions import definition_problems
from matching.catalogue.derived_gate import FigureExamples, figure_score, load_figure_examples
from matching.catalogue.load_catalogue import shipped_catalogue
from matching.catalogue.load_vocabulary import SHIPPED
from matching.catalogue.mutate_derived import wrong_figures
from matching.language.problems import LanguageError
from matching.language.records import Derived, RowTest

CATALOGUE = shipped_catalogue()
EXAMPLES = {one.fact.key: one for one in load_figure_examples(SHIPPED, CATALOGUE)}
LEDGER = CATALOGUE.vocabulary.records["intellectual_property"]


@pytest.mark.parametrize("key", EXAMPLES)
def test_every_wrong_version_breaks_an_example(key: str) -> None:
    score = figure_score(EXAMPLES[key], CATALOGUE)

    assert score.survivors == ()
    assert score.all >= 10


def test_every_derived_fact_has_examples() -> None:
    derived = {key for key, fact in CATALOGUE.vocabulary.facts.items() if fact.derived}

    assert EXAMPLES.keys() == derived
    assert all(one.figures for one in EXAMPLES.values())


def without(one: FigureExamples, *gone: int | None) -> FigureExamples:
    left = tuple(figure for figure in one.figures if figure.expect not in gone)
    return msgspec.structs.replace(one, figures=left)


def test_without_the_examples_that_come_to_none_wrong_versions_stand() -> None:
    score = figure_score(without(EXAMPLES["class_one_ip_2026"], 0), CATALOGUE)

    assert any("权利人位次不高于4" in one.words for one in score.survivors)


def test_without_any_example_all_stand() -> None:
    one = msgspec.structs.replace(EXAMPLES["equity_two_years"], figures=())
    score = figure_score(one, CATALOGUE)

    assert score.killed == 0
    assert score.all == 10


def test_a_limit_a_word_and_an_alternative_are_each_made_wrong() -> None:
    either = RowTest(
        field="transferred_on",
        at_least_years_ago=1,
        or_=RowTest(field="origin", one_of=("own", "merger")),
    )
    made = [
        words for words, _ in wrong_figures(Derived(ledger=LEDGER.key, where=(either,)), LEDGER)
    ]

    assert any("改成“转让登记日满2年" in words for words in made)
    assert any("改成“转让登记日超过1年" in words for words in made)
    assert any("改成“取得方式是自主研发”" in words for words in made)
    assert any("改成“取得方式是自主研发、合并取得、转让取得”" in words for words in made)
    assert any(words == "去掉“或者取得方式是自主研发、合并取得”" for words in made)


def written(folder: Path, text: str) -> Path:
    (folder / "definitions.yml").write_text("{}", encoding="utf-8")
    (folder / "definition_examples.yml").write_text(text, encoding="utf-8")
    return folder


ONE = """
science_prizes:
  on: 2026-05-01
  examples:
    - {given: {prizes: "kind=science,level=provincial,certificate_on=2023-05-01"}, expect: %s}
"""


def test_an_example_that_comes_out_otherwise_is_told(tmp_path: Path) -> None:
    bare = msgspec.structs.replace(CATALOGUE, definitions={})

    assert definition_problems(written(tmp_path, ONE % "1 项"), bare) == ()
    (problem,) = definition_problems(written(tmp_path, ONE % "2 项"), bare)
    assert "算出来是 1" in problem.what
    (problem,) = definition_problems(written(tmp_path, ONE % "unknown"), bare)
    assert problem.where == "science_prizes"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (ONE % "1 件", "单位"),
        ("science_prizes: {on: 2026-05-01}", "缺少 examples"),
        (
            "science_prizes: {on: 2026-05-01, examples: [{given: {prizes: none}}]}",
            "缺少 given 或 expect",
        ),
    ],
)
def test_what_cannot_be_read_is_told(tmp_path: Path, text: str, said: str) -> None:
    bare = msgspec.structs.replace(CATALOGUE, definitions={})

    with pytest.raises(LanguageError, match=said):
        load_figure_examples(written(tmp_path, text), bare)
