"""Figures counted over ledgers of records: their examples must come out, and refute every slightly wrong version.

They stand beside those of the definitions in definition_examples.yml, under the key of the fact; `expect` is the
figure with its unit, or unknown.
"""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import msgspec

from matching.catalogue.load_catalogue import DEFINITION_EXAMPLES, DEFINITIONS, Catalogue
from matching.catalogue.load_vocabulary import SHIPPED
from matching.catalogue.mutate_derived import wrong_figures
from matching.catalogue.mutation_gate import MutationScore, Survivor
from matching.engine.profile_text import ProfileTextError, population_of_texts
from matching.engine.records import derived_figures
from matching.language.problems import LanguageError, Problem
from matching.language.read_example import read_background
from matching.language.reading import Reader, Unreadable
from matching.language.records import Derived
from matching.language.units import QuantityKind, UnitError, whole_quantity
from matching.language.vocabulary import Fact
from matching.language.yaml_tree import Tree, read_tree

UNKNOWN = "unknown"


class Figure(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of a made-up enterprise, and the figure that must come out; None: it is not known."""

    given: dict[str, str | None]
    expect: int | None
    line: int


class FigureExamples(msgspec.Struct, frozen=True, kw_only=True):
    """What one derived fact must come to on a day."""

    fact: Fact
    derived: Derived
    on: date
    figures: tuple[Figure, ...]


def load_figure_examples(folder: Path, catalogue: Catalogue) -> tuple[FigureExamples, ...]:
    """Read the examples of the derived facts, one entry a fact; raises LanguageError with every problem.

    A folder with definitions of its own need not hold any; those of the shipped facts are the shipped ones.
    """
    path = (folder if (folder / DEFINITIONS).exists() else SHIPPED) / DEFINITION_EXAMPLES
    if not path.exists():
        return ()
    tree = read_tree(path.read_text(encoding="utf-8"), DEFINITION_EXAMPLES)
    if isinstance(tree, Problem):
        raise LanguageError([tree])
    reader = Reader(DEFINITION_EXAMPLES, catalogue.vocabulary, frozenset(catalogue.definitions))
    try:
        entries = reader.block(tree, "").entries
        found = tuple(_read(reader, entries, catalogue))
    except Unreadable:
        raise LanguageError(reader.problems) from None
    if reader.problems:
        raise LanguageError(reader.problems)
    return found if path.parent != SHIPPED else (*found, *_untold(entries, catalogue))


def _untold(entries: dict[str, Tree], catalogue: Catalogue) -> Iterator[FigureExamples]:
    """Give the derived facts nobody has written an example for: nothing refutes a wrong version of them."""
    for key, fact in catalogue.vocabulary.facts.items():
        if fact.derived is not None and key not in entries:
            yield FigureExamples(fact=fact, derived=fact.derived, on=date.max, figures=())


def _read(
    reader: Reader, entries: dict[str, Tree], catalogue: Catalogue
) -> Iterator[FigureExamples]:
    for key, fact in catalogue.vocabulary.facts.items():
        if fact.derived is None or key not in entries:
            continue
        block = reader.block(entries[key], key)
        reader.only(block, key, ("on", "examples"))
        missing = [name for name in ("on", "examples") if name not in block.entries]
        if missing:
            way_out = "写 on: 判定日，examples: [..]"
            raise reader.note(block.line, key, f"缺少 {'、'.join(missing)}", way_out)
        yield FigureExamples(
            fact=fact,
            derived=fact.derived,
            on=reader.day(block.entries["on"], f"{key}.on"),
            figures=tuple(
                _figure(reader, part, fact, f"{key}.examples[{place}]")
                for place, part in enumerate(reader.parts(block.entries["examples"], key))
            ),
        )


def _figure(reader: Reader, tree: Tree, fact: Fact, where: str) -> Figure:
    block = reader.block(tree, where)
    reader.only(block, where, ("given", "expect"))
    if not block.entries.keys() >= {"given", "expect"}:
        raise reader.note(block.line, where, "例子缺少 given 或 expect", "写 given 与 expect")
    said = reader.text(block.entries["expect"], where)
    try:
        expect = None if said == UNKNOWN else whole_quantity(said, _kind(fact), fact.unit)
    except UnitError as wrong:
        raise reader.note(block.line, where, str(wrong), "写带单位的数，或 unknown") from None
    given = read_background(reader, block.entries["given"], where)
    return Figure(given=given, expect=expect, line=block.line)


def _kind(fact: Fact) -> QuantityKind:
    return "money" if fact.kind == "money" else "number"


def figure_problems(every: tuple[FigureExamples, ...], catalogue: Catalogue) -> Iterator[Problem]:
    """Name the examples whose figure comes out otherwise."""
    for one in every:
        try:
            found = _figures(one.derived, one, catalogue)
        except ProfileTextError as wrong:
            yield _problem(0, one.fact.key, str(wrong), "按台账字段的单位和词书写")
            continue
        for example, figure in zip(one.figures, found, strict=True):
            if figure != example.expect:
                come = UNKNOWN if figure is None else str(figure)
                what = f"例子的数不是所写的，算出来是 {come}（金额以分计）"
                yield _problem(example.line, one.fact.key, what, "核对指标定义与例子哪个写错了")


def figure_score(examples: FigureExamples, catalogue: Catalogue) -> MutationScore:
    """Hold every wrong version of a derived figure against its own examples."""
    ledger = catalogue.vocabulary.records[examples.derived.ledger]
    expected = [one.expect for one in examples.figures]
    wrong = list(wrong_figures(examples.derived, ledger))
    left = [words for words, other in wrong if _figures(other, examples, catalogue) == expected]
    return MutationScore(
        item=examples.fact.key,
        all=len(wrong),
        survivors=tuple(
            Survivor(item=examples.fact.key, part="condition", words=words) for words in left
        ),
    )


def _figures(derived: Derived, examples: FigureExamples, catalogue: Catalogue) -> list[int | None]:
    rows = [one.given for one in examples.figures]
    if not rows:
        return []
    population = population_of_texts(rows, catalogue.vocabulary)
    return derived_figures(derived, population, examples.on).to_list()


def _problem(line: int, where: str, what: str, way_out: str) -> Problem:
    return Problem(file=DEFINITION_EXAMPLES, line=line, where=where, what=what, way_out=way_out)
