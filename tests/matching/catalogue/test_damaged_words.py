"""Word files, definitions and documents spoilt at random: refused with their problems, or good for a catalogue."""

import re
from contextlib import suppress
from random import Random

import pytest

from matching.catalogue.load_catalogue import (
    BESIDES,
    DEFINITIONS,
    DOCUMENTS,
    build_catalogue,
    shipped_catalogue,
)
from matching.catalogue.load_vocabulary import FILES, build_vocabulary
from matching.engine.ground import Ground
from matching.engine.match import verdicts
from matching.engine.profile_text import ProfileTextError, population_of_texts
from matching.engine.try_example import example_day
from matching.language.problems import LanguageError, Problem
from matching.language.size import MOST_DEFINED
from matching.language.wording import Words
from tests.matching.language.damage import damaged

CATALOGUE = shipped_catalogue()
WORDS = CATALOGUE.vocabulary
FIRST = next(iter(CATALOGUE.documents))
ITEM = next(item for item in CATALOGUE.items if item.document.id == FIRST)


def cut_short(text: str) -> str:
    """Give the head of a word file up to where an entry begins, so that many can be read."""
    lines = text.splitlines()
    ends = [place for place, line in enumerate(lines[:90]) if re.match(r"  \S", line)]
    return "\n".join(lines[: ends[-1]]) + "\n"


SHORT = {name: cut_short(WORDS.files[name]) for name in FILES}
BESIDE = {
    DEFINITIONS: CATALOGUE.files[DEFINITIONS],
    DOCUMENTS: "\n\n".join(CATALOGUE.files[DOCUMENTS].split("\n\n")[:10]),
}
TOKENS = tuple(
    sorted({word for text in (*SHORT.values(), *BESIDE.values()) for word in text.split()})
)
CASES = 200
BOMB = "\n".join(["a0: &a0 [x, x]", *(f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]" for n in range(1, 40))])


def spoilt(text: str, case: int) -> str:
    return damaged(text, Random(case), TOKENS)  # noqa: S311  no secret


def problems_of(refused: LanguageError) -> tuple[Problem, ...]:
    assert refused.problems
    assert all(problem.what and problem.way_out and problem.file for problem in refused.problems)
    return refused.problems


@pytest.mark.parametrize("name", FILES)
def test_a_damaged_word_file_is_refused_with_its_problems_or_serves_a_catalogue(name: str) -> None:
    good = 0
    for case in range(CASES):
        files = {**SHORT, name: spoilt(SHORT[name], case)}
        try:
            vocabulary = build_vocabulary(files)
        except LanguageError as refused:
            problems_of(refused)
            continue
        good += 1
        # What no longer fits these words is refused as well.
        with suppress(LanguageError, ProfileTextError):
            build_catalogue({**BESIDE, ITEM.file: CATALOGUE.files[ITEM.file]}, vocabulary)
            population_of_texts([dict(ITEM.background)], vocabulary)
    assert 20 < good < CASES - 20


@pytest.mark.parametrize("name", BESIDES)
def test_damaged_definitions_or_documents_are_refused_or_serve_a_catalogue(name: str) -> None:
    good = 0
    files = {**BESIDE, ITEM.file: CATALOGUE.files[ITEM.file]}
    for case in range(CASES):
        try:
            catalogue = build_catalogue({**files, name: spoilt(BESIDE[name], case)}, WORDS)
        except LanguageError as refused:
            problems_of(refused)
            continue
        good += 1
        day = example_day(catalogue.items[0], catalogue.items[0].examples[0])
        words = Words(WORDS, catalogue.definitions, day)
        assert all(words.condition(meant) for meant in catalogue.definitions.values())
        if case % 10 == 0:
            population = population_of_texts([dict(ITEM.background)], WORDS)
            ground = Ground(population, WORDS, catalogue.definitions)
            assert verdicts(catalogue.items, ground, day).height == 1
    assert 20 < good < CASES - 20


@pytest.mark.parametrize("name", [*FILES, *BESIDES])
@pytest.mark.parametrize(
    ("text", "said"),
    [
        pytest.param(BOMB, "锚点", id="anchors that double forty times"),
        pytest.param("a: 1\na: 2\n", "写了两次", id="a key twice"),
        pytest.param("a: !!python/object/apply:os.system [ls]\n", "", id="a tag of Python's"),
        pytest.param("<<: {a: 1}\n", "", id="a merge key"),
        pytest.param("[" * 100_000, "嵌套", id="deep nesting"),
        pytest.param("- a\n- b\n", "键", id="a list for a block"),
        pytest.param("a: 1\n---\na: 2\n", "YAML", id="two documents"),
        pytest.param("", "空", id="nothing"),
        pytest.param("a: \ud800\n", "YAML", id="half a letter"),
        pytest.param("a: \x00\n", "YAML", id="a control character"),
    ],
)
def test_no_file_of_a_catalogue_may_hold_a_trap(name: str, text: str, said: str) -> None:
    with pytest.raises(LanguageError) as refused:
        build_catalogue({**BESIDE, name: text}, build_vocabulary({**SHORT, name: text}))

    found = [problem for problem in problems_of(refused.value) if problem.file == name]
    assert any(said in problem.what for problem in found)


def test_a_definition_that_doubles_the_one_before_is_refused() -> None:
    doubling = "".join(
        f"d{n}: {{all_of: [{{defined: d{n - 1}}}, {{defined: d{n - 1}}}]}}\n" for n in range(1, 40)
    )
    with pytest.raises(LanguageError) as refused:
        build_catalogue(
            {DEFINITIONS: f"d0: {{paid: P1}}\n{doubling}", DOCUMENTS: BESIDE[DOCUMENTS]}, WORDS
        )

    found = problems_of(refused.value)
    assert (found[0].line, found[0].where) == (9, "d8")
    assert str(MOST_DEFINED) in found[0].what


@pytest.mark.parametrize(
    ("name", "old", "new", "said"),
    [
        pytest.param("facts.yml", "  status:", "  Status:", "名字", id="a name with a capital"),
        pytest.param("facts.yml", "  status:", "  a@b:", "名字", id="a name with a period"),
        pytest.param("facts.yml", "  status:", "  enterprise_id:", "编号", id="the name of the number"),
        pytest.param("facts.yml", "kind: code", "kind: words", "声明", id="an unknown kind"),
        pytest.param("facts.yml", "department: market", "department: mars", "部门", id="no such department"),
        pytest.param("facts.yml", "department: market", "owner: market", "owner", id="an unknown key"),
        pytest.param("facts.yml", "  status:", "  little_giant:", "重名", id="a fact named as a list"),
        pytest.param("lists.yml", "fresh_days: 62", "fresh_days: -1", "声明", id="days below zero"),
        pytest.param("lists.yml", "fresh_days: 62", f"fresh_days: {'9' * 400}", "声明", id="endless days"),
        pytest.param("lists.yml", "validity_years: 3", "validity_years: 0", "声明", id="valid for no year"),
        pytest.param("places.yml", 'within: "000000"', 'within: "999999"', "不存在", id="an unknown outer place"),
        pytest.param("industries.yml", "industries:\n", "industries:\n  - {code: A, name: 甲}\n", "重复", id="a code twice"),
        pytest.param("industries.yml", "within: null", "within: A", "最上", id="no outermost"),
    ],
)  # fmt: skip
def test_what_a_word_file_may_not_say_is_named_with_its_place(
    name: str, old: str, new: str, said: str
) -> None:
    text = WORDS.files[name]
    with pytest.raises(LanguageError) as refused:
        build_vocabulary({**WORDS.files, name: text.replace(old, new)})

    found = [problem for problem in problems_of(refused.value) if problem.file == name]
    assert any(said in problem.what for problem in found)
