"""Loading a catalogue: its words, its definitions and every item file below `items`."""

import hashlib
from collections import Counter
from functools import cache
from pathlib import Path

import msgspec

from matching.catalogue.load_vocabulary import (
    FILES,
    SHIPPED,
    load_vocabulary,
    shipped_vocabulary,
)
from matching.language.conditions import Condition, Defined, asks_a_person, parts_of
from matching.language.items import Item
from matching.language.problems import LanguageError, Problem
from matching.language.read_condition import read_condition
from matching.language.read_item import read_item
from matching.language.reading import Reader, Unreadable
from matching.language.vocabulary import Vocabulary
from matching.language.yaml_tree import Block, read_tree

DEFINITIONS = "definitions.yml"


class Catalogue(msgspec.Struct, frozen=True, kw_only=True):
    """Everything a match needs besides data.

    items   sorted by id.
    digest  sha256 over items and definitions; the vocabulary has a digest of its own.
    files   relative path to text, so that a run can freeze what it judged by.
    """

    vocabulary: Vocabulary
    definitions: dict[str, Condition]
    items: tuple[Item, ...]
    digest: str
    files: dict[str, str]

    def item(self, item_id: str) -> Item | None:
        """Give the item of that id; None where there is none."""
        return next((item for item in self.items if item.id == item_id), None)


def load_catalogue(folder: Path) -> Catalogue:
    """Read a whole catalogue folder; raises LanguageError with every problem of every file."""
    files, problems = catalogue_texts(folder)
    vocabulary = catalogue_words(folder)
    try:
        catalogue = build_catalogue(files, vocabulary)
    except LanguageError as broken:
        problems += broken.problems
    if problems:
        raise LanguageError(problems)
    return catalogue


def catalogue_words(folder: Path) -> Vocabulary:
    """Read the words of a folder; a folder of items without words of its own speaks the shipped ones."""
    return load_vocabulary(folder) if (folder / "facts.yml").exists() else shipped_vocabulary()


def catalogue_texts(folder: Path) -> tuple[dict[str, str], list[Problem]]:
    """Give the text of the definitions and of every item file, and a problem for each file that is no text.

    Definitions a folder does not have are the shipped ones. Raises LanguageError where there is no folder.
    """
    if not folder.is_dir():
        what, way = "不是目录", "给出放着事项文件（items/**/*.yml）的目录"
        raise LanguageError([Problem(file=str(folder), line=0, where="", what=what, way_out=way)])
    root = folder / "items" if (folder / "items").is_dir() else folder
    own = folder / DEFINITIONS
    paths = {DEFINITIONS: own if own.exists() else SHIPPED / DEFINITIONS}
    for path in sorted(root.rglob("*.yml")):
        if path.name not in (DEFINITIONS, *FILES):
            paths[str(path.relative_to(folder))] = path
    texts: dict[str, str] = {}
    problems: list[Problem] = []
    for name, path in paths.items():
        try:
            texts[name] = path.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as broken:
            what, way = f"读不出文字：{broken}", "存成UTF-8文本"
            problems.append(Problem(file=name, line=0, where="", what=what, way_out=way))
    return texts, problems


def build_catalogue(files: dict[str, str], vocabulary: Vocabulary) -> Catalogue:
    """Read a catalogue from file texts, as they stand on disk or were frozen by a run."""
    problems: list[Problem] = []
    definitions = _definitions(files.get(DEFINITIONS, ""), vocabulary, problems)
    judged = _judged(definitions)
    items: list[Item] = []
    for name, text in sorted(files.items()):
        if name == DEFINITIONS:
            continue
        try:
            items.append(read_item(text, name, vocabulary, frozenset(definitions), judged))
        except LanguageError as broken:
            problems += broken.problems
    problems += _double_ids(items)
    if problems:
        raise LanguageError(problems)
    text = "\0".join(f"{name}\0{body}" for name, body in sorted(files.items()))
    return Catalogue(
        vocabulary=vocabulary,
        definitions=definitions,
        items=tuple(sorted(items, key=lambda item: item.id)),
        digest=hashlib.sha256(text.encode()).hexdigest(),
        files=files,
    )


@cache
def shipped_catalogue() -> Catalogue:
    """Give the catalogue that comes with the project."""
    return load_catalogue(SHIPPED)


def _definitions(
    text: str, vocabulary: Vocabulary, problems: list[Problem]
) -> dict[str, Condition]:
    tree = read_tree(text, DEFINITIONS)
    if isinstance(tree, Problem):
        problems.append(tree)
        return {}
    reader = Reader(DEFINITIONS, vocabulary, frozenset())
    read: dict[str, Condition] = {}
    if isinstance(tree, Block):
        for name, body in tree.entries.items():
            # A definition may use those above it, never one below: so no circle can be written.
            reader.definitions, reader.judged = frozenset(read), _judged(read)
            try:
                read[name] = read_condition(reader, body, name)
            except Unreadable:
                continue
    problems += reader.problems
    return read


def _judged(definitions: dict[str, Condition]) -> frozenset[str]:
    """Give the names of the definitions in which a person's judgement stands."""
    judged: set[str] = set()
    for name, condition in definitions.items():
        if asks_a_person(condition, judged):
            judged.add(name)
    return frozenset(judged)


def _double_ids(items: list[Item]) -> list[Problem]:
    seen = Counter(item.id for item in items)
    return [
        Problem(
            file=item.file,
            line=1,
            where="id",
            what=f"编号“{item.id}”用了{seen[item.id]}次",
            way_out="换一个编号",
        )
        for item in items
        if seen[item.id] > 1
    ]


def expanded(condition: Condition, definitions: dict[str, Condition]) -> Condition:
    """Give what a defined name stands for; anything else is given back as it is."""
    return definitions[condition.name] if isinstance(condition, Defined) else condition


def leaves(condition: Condition, definitions: dict[str, Condition]) -> tuple[Condition, ...]:
    """Give every test inside a condition that is not made of others, definitions opened."""
    opened = expanded(condition, definitions)
    inner = parts_of(opened)
    if not inner:
        return (opened,)
    return tuple(leaf for part in inner for leaf in leaves(part, definitions))
