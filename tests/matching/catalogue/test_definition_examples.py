"""Definitions carry examples of their own: they come out, and hold every limit once for all items."""

from pathlib import Path

import pytest

from matching.catalogue.check_definitions import definition_problems
from matching.catalogue.load_catalogue import (
    DEFINITION_EXAMPLES,
    DEFINITIONS,
    Catalogue,
    load_catalogue,
    shipped_catalogue,
)
from matching.catalogue.load_definition_examples import (
    DefinitionExamples,
    load_definition_examples,
)
from matching.catalogue.load_vocabulary import SHIPPED
from matching.catalogue.mutation_gate import definition_score, wrong_examples

CATALOGUE = shipped_catalogue()
SHARED = load_definition_examples(SHIPPED, CATALOGUE)
EXAMPLES = """\
small:
  on: 2026-09-30
  background: {status: active}
  examples:
    - {given: {employees@2025: 20 人}, expect: met}
    - {given: {employees@2025: 19 人}, expect: unmet}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with one definition and its examples."""
    definition = "small: {fact: employees, year: -1, at_least: 20 人}\n"
    (tmp_path / "items").mkdir()
    (tmp_path / DEFINITIONS).write_text(definition, encoding="utf-8")
    (tmp_path / DEFINITION_EXAMPLES).write_text(EXAMPLES, encoding="utf-8")
    return tmp_path


def loaded(folder: Path) -> tuple[Catalogue, DefinitionExamples]:
    catalogue = load_catalogue(folder)
    return catalogue, load_definition_examples(folder, catalogue)[0]


@pytest.mark.parametrize("examples", SHARED, ids=lambda examples: examples.name)
def test_no_wrong_version_of_a_shipped_definition_survives(examples: DefinitionExamples) -> None:
    assert wrong_examples(examples, CATALOGUE) == ()
    assert definition_score(examples, CATALOGUE).survivors == ()


def test_every_shipped_definition_has_examples() -> None:
    assert [shared.name for shared in SHARED] == list(CATALOGUE.definitions)
    assert all(shared.examples for shared in SHARED)


def test_a_definition_without_examples_is_held_by_nothing(folder: Path) -> None:
    (folder / DEFINITION_EXAMPLES).unlink()
    catalogue, examples = loaded(folder)

    score = definition_score(examples, catalogue)
    assert (score.item, score.killed, score.all) == ("small", 0, 4)


def test_a_limit_no_example_stands_at_survives(folder: Path) -> None:
    weak = EXAMPLES.replace("20 人", "25 人")
    (folder / DEFINITION_EXAMPLES).write_text(weak, encoding="utf-8")
    catalogue, examples = loaded(folder)

    assert [survivor.words for survivor in definition_score(examples, catalogue).survivors] == [
        "把“2025年从业人员不低于20人”改成“2025年从业人员不低于21人”"
    ]


BROKEN = {
    "an example that does not come out": (("20 人}", "19 人}"), (5, "examples[0]", "例子不是符合")),
    "a definition nobody knows": (("small:", "tiny:"), (2, "tiny", "没有定义“tiny”")),
    "no day": (("  on: 2026-09-30\n", ""), (2, "small", "缺少 on")),
    "no outcome": ((", expect: met", ""), (5, "examples[0]", "例子缺少 expect")),
    "a value without a unit": (("20 人}", "20}"), (0, "small", "没有写单位")),
    "a fact nobody knows": (("employees@2025: 20", "staff@2025: 20"), (5, "staff", "没有事实")),
}


@pytest.mark.parametrize("case", BROKEN)
def test_a_broken_example_is_told_with_its_line(folder: Path, case: str) -> None:
    (old, new), (line, where, what) = BROKEN[case]
    assert old in EXAMPLES
    (folder / DEFINITION_EXAMPLES).write_text(EXAMPLES.replace(old, new), encoding="utf-8")

    found = definition_problems(folder, load_catalogue(folder))

    told = [problem for problem in found if what in problem.what]
    assert told, found
    assert (told[0].file, told[0].line) == (DEFINITION_EXAMPLES, line)
    assert where in told[0].where
    assert told[0].way_out
