"""Real item files, spoilt at random: each is refused with its problems, or stands all that is done with an item."""

import re
from collections.abc import Iterator
from datetime import date
from itertools import groupby
from pathlib import Path
from random import Random

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.catalogue.load_catalogue import shipped_catalogue
from matching.engine.ground import Ground
from matching.engine.match import amounts, verdicts
from matching.engine.profile_text import population_of_texts
from matching.engine.truth import MET, OPEN, PERSON, UNMET
from matching.engine.try_example import example_day, try_example
from matching.language.items import Item
from matching.language.needs import columns_of, columns_of_amount
from matching.language.problems import LanguageError, Problem
from matching.language.read_item import read_item
from matching.language.wording import Words
from tests.matching.language.damage import damaged
from tests.matching.language.made_items import item_text

CATALOGUE = shipped_catalogue()
WORDS, NAMES = CATALOGUE.vocabulary, frozenset(CATALOGUE.definitions)
KINDS = Path(__file__).parent.parent / "kinds"


def made_of(kind: str) -> str:
    """Give an item file out of the example file of one kind of condition or amount."""
    text = (KINDS / kind).read_text(encoding="utf-8")
    part = "condition" if "\ncondition:" in text else "amount"
    body = re.search(rf"^{part}:.*?(?=^[a-z]+:)", text, re.DOTALL | re.MULTILINE)
    assert body is not None, kind
    return item_text(**{part: None}).replace("examples:", f"{body.group()}examples:")


TEXTS = (
    *(CATALOGUE.files[item.file] for item in CATALOGUE.items),
    *(made_of(str(path.relative_to(KINDS))) for path in sorted(KINDS.rglob("*.yml"))),
)
TOKENS = tuple(sorted({word for text in TEXTS[::5] for word in text.split()}))
CASES = 20_000


def read_or_problems(text: str) -> Item | tuple[Problem, ...]:
    """Read a file; nothing but a LanguageError may come instead of an item."""
    try:
        return read_item(text, "damaged.yml", WORDS, NAMES, CATALOGUE.documents)
    except LanguageError as refused:
        return refused.problems


def spoilt(case: int) -> str:
    """Give the text of one case: always the same."""
    return damaged(TEXTS[case % len(TEXTS)], Random(case), TOKENS)  # noqa: S311  no secret


@pytest.fixture(scope="module")
def survivors() -> dict[int, Item]:
    """Give what still reads of all cases, under its case number; what was refused has been looked at."""
    still: dict[int, Item] = {}
    for case in range(CASES):
        read = read_or_problems(spoilt(case))
        if isinstance(read, Item):
            still[case] = read
        else:
            assert read, case
            assert all(problem.what and problem.way_out for problem in read), case
    return still


@pytest.fixture(scope="module")
def changed(survivors: dict[int, Item]) -> dict[int, Item]:
    """Give the survivors that decide or pay differently from the files they come from, each way once."""
    seen = {(item.condition, item.amount) for item in CATALOGUE.items}
    new: dict[int, Item] = {}
    for case, item in survivors.items():
        if (item.condition, item.amount) not in seen:
            seen.add((item.condition, item.amount))
            new[case] = msgspec.structs.replace(item, id=f"case-{case}")
    return new


def test_every_file_reads_while_it_is_whole() -> None:
    assert [text for text in TEXTS if not isinstance(read_or_problems(text), Item)] == []


def test_20_000_damaged_items_are_refused_with_their_problems_or_still_read(
    survivors: dict[int, Item],
) -> None:
    assert CASES - len(survivors) > 10_000
    assert len(survivors) > 3_000


def test_a_damaged_item_that_reads_can_be_said_and_names_its_data(changed: dict[int, Item]) -> None:
    assert len(changed) > 400
    for item in changed.values():
        on = first_day(item)
        words = Words(WORDS, CATALOGUE.definitions, on)
        assert words.condition(item.condition)
        assert words.amount(item.amount)
        read = (
            *columns_of(item.condition, on, CATALOGUE.definitions),
            *columns_of_amount(item.amount, on, CATALOGUE.definitions),
        )
        assert [WORDS.wrong_with(name) for name in read] == [None] * len(read)


def test_a_damaged_item_that_reads_decides_and_pays(changed: dict[int, Item]) -> None:
    population = population_of_texts(
        [
            {**item.background, **example.given}
            for item in CATALOGUE.items
            for example in item.examples[:2]
        ],
        WORDS,
    )
    for on, items in by_day(changed):
        ground = Ground(population, WORDS, CATALOGUE.definitions, on)
        codes = verdicts(items, ground, on).drop("enterprise_id")
        assert {code for column in codes for code in column} <= {MET, UNMET, OPEN, PERSON}
        for item in items:
            paid = amounts(item, ground, on)
            assert paid["low_cents"].null_count() == 0
            assert (paid["high_cents"].fill_null(2**63 - 1) >= paid["low_cents"]).all()


def test_the_examples_of_a_damaged_item_that_reads_run_or_are_refused(
    survivors: dict[int, Item],
) -> None:
    some = list(survivors.values())[::25]
    tried = [
        try_example(item, item.examples[place % len(item.examples)], WORDS, CATALOGUE.definitions)
        for place, item in enumerate(some)
    ]
    assert all(
        found.problem if found.explanation is None else found.explanation.reason.sentence
        for found in tried
    )


def first_day(item: Item) -> date:
    return item.evidence(example_day(item, item.examples[0]))


def by_day(changed: dict[int, Item]) -> Iterator[tuple[date, tuple[Item, ...]]]:
    """Give the items of each day together: one ground then serves them all."""
    for day, items in groupby(sorted(changed.values(), key=first_day), key=first_day):
        yield day, tuple(items)


@given(st.text())
def test_any_text_is_refused_as_an_item(text: str) -> None:
    assert isinstance(read_or_problems(text), tuple)


@given(st.binary(max_size=200))
def test_any_bytes_are_refused_as_an_item(found: bytes) -> None:
    for text in (found.decode("latin-1"), found.decode("utf-8", "surrogateescape")):
        assert isinstance(read_or_problems(text), tuple)


@given(
    st.recursive(
        st.sampled_from(TOKENS[::7]) | st.text(alphabet="ab:{}[]\"'#-\n", max_size=4),
        lambda inner: (
            st.lists(inner, max_size=3).map(lambda parts: f"[{', '.join(parts)}]")
            | st.dictionaries(st.sampled_from(TOKENS[::11]), inner, max_size=3).map(
                lambda pairs: "{" + ", ".join(f"{key}: {said}" for key, said in pairs.items()) + "}"
            )
        ),
        max_leaves=12,
    ),
    st.sampled_from(
        ("condition: ", "amount: ", "examples: ", "valid: ", "background: ", "guide: ")
    ),
)
def test_any_structure_in_the_place_of_another_is_refused(made: str, key: str) -> None:
    whole = TEXTS[0]
    start = whole.index(f"\n{key}") if f"\n{key}" in whole else len(whole) - 1
    read = read_or_problems(f"{whole[:start]}\n{key}{made}\n")

    assert isinstance(read, Item) or all(problem.what and problem.way_out for problem in read)
