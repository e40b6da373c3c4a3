"""Every kind of amount real items use is written, worded and computed as its example files show.

A file holds one amount: `kind` is the key it is written with, `sentence` what people read, `on` the day it is
seen from, and each example what one made-up enterprise would get, at least and at most.
"""

from datetime import date
from pathlib import Path

import msgspec
import pytest

from matching.catalogue.load_catalogue import shipped_catalogue
from matching.engine.explain import explain
from matching.engine.ground import Ground
from matching.engine.match import amounts
from matching.engine.profile_text import population_of_texts
from matching.language.amounts import Amount, Fixed, NonCash, Unstated
from matching.language.conditions import Judgement
from matching.language.problems import Problem
from matching.language.read_amount import READERS, read_amount
from matching.language.read_example import read_amount_range, read_background
from matching.language.reading import Reader
from matching.language.wording import Words
from matching.language.yaml_tree import Block, Series, Tree, read_tree
from tests.matching.engine.small_world import item_of

CATALOGUE = shipped_catalogue()
FILES = sorted((Path(__file__).parent / "amounts").glob("*.yml"))
ASKED = Judgement(text="由人判断")
"""A condition that is not ruled out for anybody, so that what leaves the amount open is named."""


class AmountExample(msgspec.Struct, frozen=True):
    """What one made-up enterprise gets: low and high 分 (None: no end known); `missing` None: not stated."""

    name: str
    given: dict[str, str | None]
    gets: tuple[int, int | None]
    missing: tuple[str, ...] | None


class AmountKind(msgspec.Struct, frozen=True):
    """One kind of amount with its sentence and examples."""

    kind: str
    says: str
    amount: Amount
    sentence: str
    on: date
    examples: tuple[AmountExample, ...]


def read_kind(path: Path) -> AmountKind:
    """Read one file; nothing in it may be a problem, and it is written with the key it names."""
    tree = read_tree(path.read_text(encoding="utf-8"), path.name)
    assert not isinstance(tree, Problem), tree
    reader = Reader(path.name, CATALOGUE.vocabulary, frozenset(CATALOGUE.definitions))
    block = reader.block(tree, "")
    reader.only(block, "", ("kind", "says", "on", "amount", "sentence", "examples"))
    kind = reader.text(block.entries["kind"], "kind")
    assert kind in reader.block(block.entries["amount"], "amount").entries
    read = AmountKind(
        kind=kind,
        says=reader.text(block.entries["says"], "says"),
        amount=read_amount(reader, block.entries["amount"], "amount"),
        sentence=reader.text(block.entries["sentence"], "sentence"),
        on=reader.day(block.entries["on"], "on"),
        examples=tuple(
            _example(reader, reader.block(part, "examples"))
            for part in reader.parts(block.entries["examples"], "examples")
        ),
    )
    assert not reader.problems
    return read


def _example(reader: Reader, block: Block) -> AmountExample:
    reader.only(block, "examples", ("name", "given", "amount", "missing"))
    missing = block.entries.get("missing")
    return AmountExample(
        name=reader.text(block.entries["name"], "name"),
        given=read_background(reader, block.entries["given"], "given"),
        gets=read_amount_range(reader, block.entries["amount"], "amount"),
        missing=None if missing is None else tuple(sorted(_names(reader, missing))),
    )


def _names(reader: Reader, tree: Tree) -> tuple[str, ...]:
    nothing = isinstance(tree, Series) and not tree.parts
    return () if nothing else reader.texts(tree, "missing")


KINDS = {path.stem: read_kind(path) for path in FILES}
EXAMPLES = [
    pytest.param(kind, example, id=f"{name}: {example.name}")
    for name, kind in KINDS.items()
    for example in kind.examples
]
every_kind = pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)


@pytest.mark.parametrize(("kind", "example"), EXAMPLES)
def test_a_kind_gives_what_its_example_says(kind: AmountKind, example: AmountExample) -> None:
    population = population_of_texts([example.given], CATALOGUE.vocabulary)
    ground = Ground(population, CATALOGUE.vocabulary, CATALOGUE.definitions, kind.on)
    item = item_of(ASKED, kind.amount)

    found = amounts(item, ground, kind.on)
    assert (found["low_cents"][0], found["high_cents"][0]) == example.gets
    told = explain([item], ground, kind.on)[0]
    assert (told.low_cents, told.high_cents) == example.gets
    if example.missing is not None:
        assert tuple(sorted(told.amount_missing)) == example.missing


@every_kind
def test_a_kind_is_worded_as_its_file_says(kind: AmountKind) -> None:
    words = Words(CATALOGUE.vocabulary, CATALOGUE.definitions, kind.on)

    assert words.amount(kind.amount) == kind.sentence
    assert kind.says


@every_kind
def test_a_kind_shows_a_range_where_something_is_not_known(kind: AmountKind) -> None:
    ranges = [example for example in kind.examples if example.gets[0] != example.gets[1]]

    assert ranges or isinstance(kind.amount, Fixed | NonCash)
    assert all(
        example.missing is not None or isinstance(kind.amount, Unstated) for example in ranges
    )
    assert len({example.name for example in kind.examples}) == len(kind.examples)


def test_every_kind_of_amount_has_a_file() -> None:
    assert {kind.kind for kind in KINDS.values()} == set(READERS)
