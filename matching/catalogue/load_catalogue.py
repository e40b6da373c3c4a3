"""Loading a catalogue: its words, definitions, documents, titles with their standards, and every item file."""

import hashlib
from collections import Counter
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import msgspec

from matching.catalogue.load_standards import (
    STANDARDS,
    TIERS,
    load_standards,
    load_tiers,
    too_large,
)
from matching.catalogue.load_vocabulary import (
    FILES,
    SHIPPED,
    load_vocabulary,
    shipped_vocabulary,
)
from matching.language.amounts import rows_in
from matching.language.conditions import Condition, Defined, parts_of, scores_in
from matching.language.items import Document, Item
from matching.language.problems import LanguageError, Problem
from matching.language.read_condition import read_condition
from matching.language.read_document import read_documents
from matching.language.read_item import read_item
from matching.language.read_score import JUDGED_WAY_OUT, too_many_judged
from matching.language.read_standard import Said
from matching.language.reading import Reader, Unreadable
from matching.language.size import MOST_DEFINED, MOST_MEANT, conditions_in, size_of, sizes_of
from matching.language.standards import Standard, Tier
from matching.language.vocabulary import Vocabulary
from matching.language.yaml_tree import read_tree

DEFINITIONS = "definitions.yml"
DOCUMENTS = "documents.yml"
DEFINITION_EXAMPLES = "definition_examples.yml"
BESIDES = (DEFINITIONS, DOCUMENTS)
"""What item files refer to by name."""


class Catalogue(msgspec.Struct, frozen=True, kw_only=True):
    """Everything a match needs besides data.

    documents  by id; an item carries the one it names, with its article.
    items      sorted by id.
    tiers      titles by key, and `standards` they are given by, sorted by id; none in a folder without tiers.yml.
    digest     sha256 over all but the vocabulary, which has a digest of its own.
    files      relative path to text, so that a run can freeze what it judged by.
    """

    vocabulary: Vocabulary
    definitions: dict[str, Condition]
    documents: dict[str, Document]
    items: tuple[Item, ...]
    digest: str
    files: dict[str, str]
    tiers: dict[str, Tier] = {}
    standards: tuple[Standard, ...] = ()

    def item(self, item_id: str) -> Item | None:
        """Give the item of that id; None where there is none."""
        return next((item for item in self.items if item.id == item_id), None)

    def read(self, text: str, file: str) -> Item:
        """Read an item file that is not in it, such as a draft, in its words; raises LanguageError."""
        names = frozenset(self.definitions)
        item = read_item(text, file, self.vocabulary, names, self.documents)
        problems = _overjudged(file, "condition", _item_conditions(item), self.definitions)
        if problems:
            raise LanguageError(problems)
        return item


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
    """Give the text of every file but the words, and a problem for each file that is no text.

    Definitions or documents a folder does not have are the shipped ones. Raises LanguageError where there is no folder.
    """
    if not folder.is_dir():
        what, way = "不是目录", "给出放着事项文件（items/**/*.yml）的目录"
        raise LanguageError([Problem(file=str(folder), line=0, where="", what=what, way_out=way)])
    root = folder / "items" if (folder / "items").is_dir() else folder
    paths = {
        name: folder / name if (folder / name).exists() else SHIPPED / name for name in BESIDES
    }
    if (folder / TIERS).exists():
        paths[TIERS] = folder / TIERS
    for path in sorted({*root.rglob("*.yml"), *(folder / STANDARDS).rglob("*.yml")}):
        if path.name not in (*BESIDES, DEFINITION_EXAMPLES, TIERS, *FILES):
            paths[path.relative_to(folder).as_posix()] = path
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
    documents = _documents(files.get(DOCUMENTS), vocabulary, problems)
    names = frozenset(definitions)
    items: list[Item] = []
    tiers = load_tiers(files.get(TIERS), vocabulary, problems)
    standards = load_standards(files, Said(vocabulary, names, documents, tiers), problems)
    for name, text in sorted(files.items()):
        if name in (*BESIDES, TIERS) or name.startswith(STANDARDS):
            continue
        try:
            items.append(read_item(text, name, vocabulary, names, documents))
        except LanguageError as broken:
            problems += broken.problems
    problems += [*_double_ids(items), *_too_large(items, definitions)]
    problems += too_large(standards, definitions)
    for name, condition in definitions.items():
        problems += _overjudged(DEFINITIONS, name, [condition], definitions)
    for item in items:
        problems += _overjudged(item.file, "condition", _item_conditions(item), definitions)
    for one in standards:
        asked = [criterion.condition for criterion in one.criteria]
        problems += _overjudged(one.file, "criteria", asked, definitions)
    if problems:
        raise LanguageError(problems)
    text = "\0".join(f"{name}\0{body}" for name, body in sorted(files.items()))
    return Catalogue(
        vocabulary=vocabulary,
        definitions=definitions,
        documents=documents,
        items=tuple(sorted(items, key=lambda item: item.id)),
        digest=hashlib.sha256(text.encode()).hexdigest(),
        files=files,
        tiers=tiers,
        standards=standards,
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
    sizes: dict[str, int] = {}
    try:
        entries = reader.block(tree, "").entries
    except Unreadable:
        entries = {}
    for name, body in entries.items():
        # A definition may use those above it, never one below: so no circle can be written.
        reader.definitions = frozenset(read)
        try:
            meant = read_condition(reader, body, name)
        except Unreadable:
            continue
        size = conditions_in(meant, sizes)
        if size > MOST_DEFINED:
            what = f"展开后有{size}项条件，超过{MOST_DEFINED}项"
            reader.note(body.line, name, what, "分成几个定义，少套几层")
        else:
            read[name], sizes[name] = meant, size
    problems += reader.problems
    return read


def _item_conditions(item: Item) -> tuple[Condition, ...]:
    return (item.condition, *(row.when for row in rows_in(item.amount) if row.when is not None))


def _overjudged(
    file: str, where: str, conditions: Iterable[Condition], definitions: dict[str, Condition]
) -> list[Problem]:
    """Name score tables that ask a person in too many rows, once the definitions they name are opened."""
    return [
        Problem(file=file, line=1, where=where, what=many, way_out=JUDGED_WAY_OUT)
        for condition in conditions
        for score in scores_in(condition)
        if (many := too_many_judged(score, definitions)) is not None
    ]


def _documents(
    text: str | None, vocabulary: Vocabulary, problems: list[Problem]
) -> dict[str, Document]:
    if text is None:
        return {}
    tree = read_tree(text, DOCUMENTS)
    if isinstance(tree, Problem):
        problems.append(tree)
        return {}
    reader = Reader(DOCUMENTS, vocabulary, frozenset())
    read = read_documents(reader, tree)
    problems += reader.problems
    return read


def _too_large(items: list[Item], definitions: dict[str, Condition]) -> list[Problem]:
    sizes = sizes_of(definitions)
    meant = {item.file: size_of(item.condition, item.amount, sizes) for item in items}
    return [
        Problem(
            file=file,
            line=1,
            where="condition",
            what=f"定义展开后共{size}项条件和金额，超过{MOST_MEANT}项",
            way_out="分成几个事项，少引用几次定义",
        )
        for file, size in meant.items()
        if size > MOST_MEANT
    ]


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
