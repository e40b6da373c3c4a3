"""Reading one file against a vocabulary, noting every problem instead of stopping at the first."""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from types import MappingProxyType

from matching.language.items import Document
from matching.language.periods import day_of
from matching.language.problems import Problem
from matching.language.units import QuantityKind, UnitError, whole_quantity
from matching.language.vocabulary import Fact, Vocabulary
from matching.language.yaml_tree import Block, Scalar, Series, Tree


class Unreadable(Exception):
    """The present part cannot be read; what is wrong with it has been noted."""


class Reader:
    """The file being read, its words, and the problems found so far."""

    def __init__(
        self,
        file: str,
        vocabulary: Vocabulary,
        definitions: frozenset[str],
        documents: Mapping[str, Document] = MappingProxyType({}),
    ) -> None:
        self.file = file
        self.vocabulary = vocabulary
        self.definitions = definitions
        self.documents = documents
        self.problems: list[Problem] = []
        self._noted: set[Problem] = set()

    def note(self, line: int, where: str, what: str, way_out: str) -> Unreadable:
        """Note a problem and give the exception a caller may raise to leave this part."""
        problem = Problem(file=self.file, line=line, where=where, what=what, way_out=way_out)
        if problem not in self._noted:
            self._noted.add(problem)
            self.problems.append(problem)
        return Unreadable()

    def block(self, tree: Tree, where: str) -> Block:
        """Take the tree as keys and values."""
        if not isinstance(tree, Block):
            raise self.note(tree.line, where, "这里应是“键: 值”", "按语言说明写成键值")
        return tree

    def parts(self, tree: Tree, where: str) -> tuple[Tree, ...]:
        """Take the tree as a list with at least one part."""
        if not isinstance(tree, Series) or not tree.parts:
            raise self.note(tree.line, where, "这里应是至少一项的列表", "每项以“- ”开头")
        return tree.parts

    def text(self, tree: Tree, where: str) -> str:
        """Take the tree as one non-empty text."""
        if not isinstance(tree, Scalar) or tree.text is None or not tree.text.strip():
            raise self.note(tree.line, where, "这里应有文字", "补上内容，或去掉这一项")
        return tree.text.strip()

    def texts(self, tree: Tree, where: str) -> tuple[str, ...]:
        """Take the tree as one text or a list of texts."""
        if isinstance(tree, Scalar):
            return (self.text(tree, where),)
        return tuple(self.text(part, where) for part in self.parts(tree, where))

    def word(self, tree: Tree, where: str, allowed: Iterable[str]) -> str:
        """Take the tree as one of the allowed words."""
        said, known = self.text(tree, where), tuple(allowed)
        if said not in known:
            raise self.note(tree.line, where, f"不认识“{said}”", f"可用：{'、'.join(known)}")
        return said

    def day(self, tree: Tree, where: str) -> date:
        """Take the tree as a day, 2026-03-31."""
        said = self.text(tree, where)
        day = day_of(said)
        if day is None:
            raise self.note(tree.line, where, f"“{said}”不是日期", "写成 2026-03-31")
        return day

    def whole(self, tree: Tree, where: str, least: int, most: int) -> int:
        """Take the tree as a whole number within bounds, both included."""
        said = self.text(tree, where)
        if not re.fullmatch(r"-?[0-9]{1,11}", said):
            raise self.note(tree.line, where, f"“{said}”不是整数", f"写{least}到{most}之间的整数")
        if not least <= int(said) <= most:
            raise self.note(tree.line, where, f"{said}超出范围", f"写{least}到{most}之间的整数")
        return int(said)

    def quantity(self, tree: Tree, where: str, kind: QuantityKind, unit: str = "") -> int:
        """Take the tree as a quantity with its unit, as a whole number of the stored unit."""
        try:
            return whole_quantity(self.text(tree, where), kind, unit)
        except UnitError as wrong:
            raise self.note(tree.line, where, str(wrong), "按事实的单位书写") from None

    def fact(self, tree: Tree, where: str) -> Fact:
        """Take the tree as the key of a declared fact."""
        said = self.text(tree, where)
        if said not in self.vocabulary.facts:
            near = nearest_words(said, self.vocabulary.facts)
            raise self.note(
                tree.line,
                where,
                f"没有名为“{said}”的事实",
                f"相近的有：{near}；新事实先写进 facts.yml",
            )
        return self.vocabulary.facts[said]

    def only(self, block: Block, where: str, allowed: Iterable[str]) -> None:
        """Note every key that is not allowed here."""
        known = tuple(allowed)
        for key, tree in block.entries.items():
            if key not in known:
                self.note(tree.line, where, f"不认识的键“{key}”", f"可用：{'、'.join(known)}")


def nearest_words(said: str, known: Iterable[str]) -> str:
    """Give up to three known words that share most letters with what was said."""
    letters = set(said.lower())

    def likeness(word: str) -> float:
        return len(letters & set(word)) / len(letters | set(word))

    return "、".join(sorted(known, key=lambda word: (-likeness(word), word))[:3])
