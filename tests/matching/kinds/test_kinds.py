"""Every kind of condition real items use is said, worded and decided as its example file shows.

A file holds one condition: `sentence` is what people read, `on` the day it is judged on, and each example
what must come out for a made-up enterprise. Further keys belong to other tests.
"""

from datetime import date
from pathlib import Path

import msgspec
import pytest

from matching.catalogue.load_catalogue import shipped_catalogue
from matching.engine.explain import explain
from matching.engine.ground import Ground
from matching.engine.match import EXPECTED_CODES, verdicts
from matching.engine.profile_text import population_of_texts
from matching.language.conditions import Condition
from matching.language.items import Expected
from matching.language.periods import day_of
from matching.language.problems import Problem
from matching.language.read_condition import read_condition
from matching.language.read_example import EXPECTED, read_background
from matching.language.reading import Reader
from matching.language.wording import Words
from matching.language.yaml_tree import Block, read_tree
from tests.matching.engine.small_world import item_of

CATALOGUE = shipped_catalogue()
FOLDER = Path(__file__).parent
FILES = sorted(FOLDER.glob("*.yml"))
KINDS = tuple(f"C{number}" for number in range(1, 21))


class KindExample(msgspec.Struct, frozen=True):
    """What must come out for one made-up enterprise; `missing` None: not stated."""

    name: str
    given: dict[str, str | None]
    expect: Expected
    missing: tuple[str, ...] | None


class Kind(msgspec.Struct, frozen=True):
    """One kind of condition with its sentence and examples."""

    kind: str
    says: str
    condition: Condition
    sentence: str
    on: date
    examples: tuple[KindExample, ...]


def read_kind(path: Path) -> Kind:
    """Read one file; nothing in it may be a problem."""
    tree = read_tree(path.read_text(encoding="utf-8"), path.name)
    assert not isinstance(tree, Problem), tree
    reader = Reader(path.name, CATALOGUE.vocabulary, frozenset(CATALOGUE.definitions))
    block = reader.block(tree, "")
    day = day_of(reader.text(block.entries["on"], "on"))
    assert day is not None
    kind = Kind(
        kind=reader.text(block.entries["kind"], "kind"),
        says=reader.text(block.entries["says"], "says"),
        condition=read_condition(reader, block.entries["condition"], "condition"),
        sentence=reader.text(block.entries["sentence"], "sentence"),
        on=day,
        examples=tuple(
            _example(reader, reader.block(part, "examples"))
            for part in reader.parts(block.entries["examples"], "examples")
        ),
    )
    assert not reader.problems
    return kind


def _example(reader: Reader, block: Block) -> KindExample:
    given, missing = block.entries.get("given"), block.entries.get("missing")
    return KindExample(
        name=reader.text(block.entries["name"], "name"),
        given=read_background(reader, given, "given") if given is not None else {},
        expect=EXPECTED[reader.word(block.entries["expect"], "expect", EXPECTED)],
        missing=tuple(sorted(reader.texts(missing, "missing"))) if missing is not None else None,
    )


EXAMPLES = [
    pytest.param(kind, example, id=f"{path.stem}: {example.name}")
    for path in FILES
    for kind in (read_kind(path),)
    for example in kind.examples
]


@pytest.mark.parametrize(("kind", "example"), EXAMPLES)
def test_a_kind_decides_as_its_example_says(kind: Kind, example: KindExample) -> None:
    population = population_of_texts([example.given], CATALOGUE.vocabulary)
    ground = Ground(population, CATALOGUE.vocabulary, CATALOGUE.definitions, kind.on)
    item = item_of(kind.condition)

    expected = EXPECTED_CODES[example.expect]
    assert verdicts([item], ground, kind.on)[item.id].to_list() == [expected]
    found = explain([item], ground, kind.on)[0]
    assert found.verdict == expected
    if example.missing is not None:
        assert found.missing == example.missing


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_kind_is_worded_as_its_file_says(path: Path) -> None:
    kind = read_kind(path)

    words = Words(CATALOGUE.vocabulary, CATALOGUE.definitions, kind.on)
    assert words.condition(kind.condition) == kind.sentence
    assert kind.says


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_kind_shows_a_true_a_false_and_an_open_example(path: Path) -> None:
    kind = read_kind(path)
    names = [example.name for example in kind.examples]

    expects = {example.expect for example in kind.examples}
    assert expects >= {"unmet", "unknown"}
    assert expects & {"met", "person"}
    assert len(set(names)) == len(names)
    assert all(
        example.missing is not None for example in kind.examples if example.expect == "unknown"
    )


def test_every_kind_of_the_vocabulary_has_a_file() -> None:
    assert {read_kind(path).kind for path in FILES} >= set(KINDS)
