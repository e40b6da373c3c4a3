"""Loading the words of a catalogue from facts.yml, lists.yml, places.yml and industries.yml."""

import hashlib
from collections import Counter
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import TypeVar

import msgspec
import yaml

from matching.language.problems import LanguageError, Problem
from matching.language.vocabulary import (
    WHOLE_LEDGERS,
    Fact,
    ListKind,
    Node,
    Tree,
    Vocabulary,
)
from matching.language.yaml_tree import LOADER

SHIPPED = Path(__file__).parent
FILES = ("facts.yml", "lists.yml", "places.yml", "industries.yml")

Declared = TypeVar("Declared", Fact, ListKind)


def load_vocabulary(folder: Path) -> Vocabulary:
    """Read the four word files of a folder; raises LanguageError with every problem in them."""
    return build_vocabulary({name: _text(folder / name) for name in FILES})


def build_vocabulary(texts: dict[str, str]) -> Vocabulary:
    """Read the words from file texts, as they stand on disk or were frozen by a run."""
    problems: list[Problem] = []
    facts_file = _mapping(texts["facts.yml"], Path("facts.yml"))
    lists_file = _mapping(texts["lists.yml"], Path("lists.yml"))
    departments = msgspec.convert(facts_file.get("departments", {}), dict[str, str])
    facts = _declared(facts_file.get("facts", {}), Fact, Path("facts.yml"), problems)
    lists = _declared(lists_file.get("lists", {}), ListKind, Path("lists.yml"), problems)
    owners = {key: fact.department for key, fact in facts.items()}
    owners |= {key: listed.department for key, listed in lists.items()}
    for key, department in owners.items():
        if department not in departments:
            problems.append(
                _problem(Path("facts.yml"), key, f"没有部门“{department}”", "先写进 departments")
            )
    problems += [
        _problem(Path("facts.yml"), key, "事实与名录重名", "换一个名字")
        for key in facts.keys() & lists.keys()
    ]
    problems += _wrong_ledgers(facts)
    problems += [
        _problem(Path("facts.yml"), key, f"“{key}”另有所指", "换一个名字")
        for key in (*facts, *lists)
        if key in WHOLE_LEDGERS
    ]
    if problems:
        raise LanguageError(problems)
    return Vocabulary(
        facts=facts,
        lists=lists,
        departments=departments,
        places=_tree(texts["places.yml"], Path("places.yml"), "places"),
        industries=_tree(texts["industries.yml"], Path("industries.yml"), "industries"),
        files=texts,
        families=_families(lists_file.get("families", {})),
        digest=hashlib.sha256("\0".join(texts[name] for name in FILES).encode()).hexdigest(),
    )


@cache
def shipped_vocabulary() -> Vocabulary:
    """Give the words that come with the project."""
    return load_vocabulary(SHIPPED)


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as missing:
        raise LanguageError(
            [_whole_file(path, f"读不到：{missing}", "目录里要有这个UTF-8文件")]
        ) from None


def _mapping(text: str, path: Path) -> dict[str, dict[str, object]]:
    try:
        read = yaml.load(text, Loader=LOADER)  # noqa: S506  the safe loader, libyaml's where there is one
        return msgspec.convert(read, dict[str, dict[str, object]])
    except (yaml.YAMLError, msgspec.ValidationError) as broken:
        raise LanguageError([_whole_file(path, f"读不懂：{broken}", "按已有的样子书写")]) from None


def _declared(
    entries: dict[str, object], kind: type[Declared], path: Path, problems: list[Problem]
) -> dict[str, Declared]:
    declared: dict[str, Declared] = {}
    for key, entry in entries.items():
        try:
            fields = msgspec.convert(entry, dict[str, object])
            wrong = fields.keys() - set(kind.__struct_fields__)
            if wrong:
                problems.append(_problem(path, key, f"不认识的键 {sorted(wrong)}", "去掉或改正"))
            declared[key] = msgspec.convert({**fields, "key": key}, kind)
        except msgspec.ValidationError as broken:
            problems.append(_problem(path, key, f"声明有误：{broken}", "按文件开头的说明书写"))
    return declared


def _families(entries: dict[str, object]) -> dict[str, str]:
    try:
        return msgspec.convert(entries, dict[str, str])
    except msgspec.ValidationError as broken:
        what = f"families 有误：{broken}"
        raise LanguageError(
            [_problem(Path("lists.yml"), "families", what, "写 系列: 名称")]
        ) from None


def _wrong_ledgers(facts: dict[str, Fact]) -> list[Problem]:
    """Name facts over evidence items that can be neither counted nor summed, and tax on what is no money."""
    path = Path("facts.yml")
    uncounted = [
        _problem(path, key, "逐笔登记的只能是不带期间的数量或金额", "去掉 ledger 或 period")
        for key, fact in facts.items()
        if fact.ledger and (fact.kind not in ("number", "money") or fact.period != "none")
    ]
    untaxed = [
        _problem(path, key, "只有金额分含税与不含税", "去掉 tax_basis")
        for key, fact in facts.items()
        if fact.tax_basis and fact.kind != "money"
    ]
    return uncounted + untaxed


def _tree(text: str, path: Path, key: str) -> Tree:
    try:
        read = yaml.load(text, Loader=LOADER)  # noqa: S506  as above
        entries = msgspec.convert(read[key], tuple[str | dict[str, object], ...])
        nodes = _nodes(entries, by_parent=key == "places")
    except (yaml.YAMLError, msgspec.ValidationError, KeyError, TypeError) as broken:
        raise LanguageError([_whole_file(path, f"读不懂：{broken}", "按已有的样子书写")]) from None
    counted = Counter(node.code for node in nodes)
    problems = [
        _problem(path, node.code, f"上级“{node.within}”不存在", "先写上级")
        for node in nodes
        if node.within is not None and node.within not in counted
    ]
    problems += [
        _problem(path, code, "代码重复", "只留一个") for code, times in counted.items() if times > 1
    ]
    if problems:
        raise LanguageError(problems)
    return Tree(nodes)


def _nodes(entries: Iterable[str | dict[str, object]], *, by_parent: bool) -> tuple[Node, ...]:
    """Read nodes: whole ones, and short ones, "A0111 稻谷种植", which lie in the longest code they start with.

    by_parent  whether a short one is also found by its parent's name and its own (登封市告成镇).
    """
    nodes: dict[str, Node] = {}
    doubles: list[Node] = []
    for entry in entries:
        node = (
            _short(entry, nodes, by_parent=by_parent)
            if isinstance(entry, str)
            else msgspec.convert(entry, Node)
        )
        if node.code in nodes:
            doubles.append(node)
        nodes[node.code] = node
    return (*nodes.values(), *doubles)


def _short(line: str, above: dict[str, Node], *, by_parent: bool) -> Node:
    code, _, name = line.partition(" ")
    starts = (code[:length] for length in range(len(code) - 1, 0, -1))
    parent = next((above[start] for start in starts if start in above), None)
    if parent is None or not name.strip():
        what = f"“{line}”应是一个代码、一个空格和名称，且上级写在前面"
        raise msgspec.ValidationError(what)
    aliases = (f"{parent.name}{name}",) if by_parent else ()
    return Node(code=code, name=name.strip(), within=parent.code, aliases=aliases)


def _problem(path: Path, where: str, what: str, way_out: str) -> Problem:
    return Problem(file=str(path), line=0, where=where, what=what, way_out=way_out)


def _whole_file(path: Path, what: str, way_out: str) -> Problem:
    return Problem(file=str(path), line=0, where="", what=what, way_out=way_out)
