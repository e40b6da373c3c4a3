"""Loading what the definitions of a catalogue must decide, from definition_examples.yml."""

from pathlib import Path

import msgspec

from matching.catalogue.load_catalogue import DEFINITION_EXAMPLES, DEFINITIONS, Catalogue
from matching.catalogue.load_vocabulary import SHIPPED
from matching.language.items import Example
from matching.language.problems import LanguageError, Problem
from matching.language.read_example import EXPECTED, read_background
from matching.language.reading import Reader, Unreadable
from matching.language.yaml_tree import Tree, read_tree


class DefinitionExamples(msgspec.Struct, frozen=True, kw_only=True):
    """What one definition must decide; each example carries the day and its whole profile."""

    name: str
    examples: tuple[Example, ...]


def load_definition_examples(folder: Path, catalogue: Catalogue) -> tuple[DefinitionExamples, ...]:
    """Read the examples of a folder's definitions, one entry a definition; one may have none.

    A folder that uses the shipped definitions has the shipped examples. Raises LanguageError with every
    problem of the file.
    """
    path = (folder if (folder / DEFINITIONS).exists() else SHIPPED) / DEFINITION_EXAMPLES
    read: dict[str, tuple[Example, ...]] = dict.fromkeys(catalogue.definitions, ())
    if path.exists():
        read |= _read(path, catalogue)
    return tuple(DefinitionExamples(name=name, examples=found) for name, found in read.items())


def _read(path: Path, catalogue: Catalogue) -> dict[str, tuple[Example, ...]]:
    tree = read_tree(path.read_text(encoding="utf-8"), DEFINITION_EXAMPLES)
    if isinstance(tree, Problem):
        raise LanguageError([tree])
    reader = Reader(DEFINITION_EXAMPLES, catalogue.vocabulary, frozenset(catalogue.definitions))
    figures = {key for key, fact in catalogue.vocabulary.facts.items() if fact.derived is not None}
    read: dict[str, tuple[Example, ...]] = {}
    try:
        for name, body in reader.block(tree, "").entries.items():
            if name in catalogue.definitions:
                read[name] = _examples(reader, body, name)
            elif name not in figures:
                reader.note(body.line, name, f"没有定义“{name}”", "核对名字，或删去这一段")
    except Unreadable:
        raise LanguageError(reader.problems) from None
    if reader.problems:
        raise LanguageError(reader.problems)
    return read


def _examples(reader: Reader, tree: Tree, name: str) -> tuple[Example, ...]:
    block = reader.block(tree, name)
    reader.only(block, name, ("on", "background", "examples"))
    missing = [key for key in ("on", "examples") if key not in block.entries]
    if missing:
        raise reader.note(
            block.line, name, f"缺少 {'、'.join(missing)}", "写 on: 判定日，examples: [..]"
        )
    day = reader.day(block.entries["on"], f"{name}.on")
    around = block.entries.get("background")
    background = read_background(reader, around, f"{name}.background") if around else {}
    bare = [
        _example(reader, part, f"{name}.examples[{place}]")
        for place, part in enumerate(reader.parts(block.entries["examples"], f"{name}.examples"))
    ]
    return tuple(msgspec.structs.replace(one, on=day, given=background | one.given) for one in bare)


def _example(reader: Reader, tree: Tree, where: str) -> Example:
    block = reader.block(tree, where)
    reader.only(block, where, ("given", "expect"))
    if "expect" not in block.entries:
        raise reader.note(block.line, where, "例子缺少 expect", "写 given 与 expect")
    given = block.entries.get("given")
    return Example(
        name=where,
        on=None,
        given=read_background(reader, given, where) if given else {},
        expect=EXPECTED[reader.word(block.entries["expect"], where, EXPECTED)],
        line=block.line,
    )
