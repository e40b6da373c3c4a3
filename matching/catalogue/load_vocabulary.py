"""Loading the words of a catalogue from facts.yml, lists.yml, places.yml and industries.yml."""

import hashlib
import re
from collections import Counter
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import TypeVar

import msgspec

from matching.language.problems import LanguageError, Problem
from matching.language.records import RecordLedger, wrong_with_derived
from matching.language.vocabulary import (
    WHOLE_LEDGERS,
    Fact,
    ListKind,
    Node,
    Tree,
    Vocabulary,
)
from matching.language.yaml_tree import Block, plain, read_tree
from matching.language.yaml_tree import Tree as Written

SHIPPED = Path(__file__).parent
FILES = ("facts.yml", "lists.yml", "places.yml", "industries.yml")

SHAPE = "按文件开头的说明书写"
KEY = re.compile(r"[a-z][a-z0-9_]{0,59}")

Declared = TypeVar("Declared", Fact, ListKind, RecordLedger)


def load_vocabulary(folder: Path) -> Vocabulary:
    """Read the four word files of a folder; raises LanguageError with every problem in them."""
    return build_vocabulary({name: _text(folder / name) for name in FILES})


def build_vocabulary(texts: dict[str, str]) -> Vocabulary:
    """Read the words from file texts, as they stand on disk or were frozen by a run."""
    problems: list[Problem] = []
    facts_file = _entries(texts, "facts.yml", problems)
    lists_file = _entries(texts, "lists.yml", problems)
    departments = _labels(facts_file, "facts.yml", "departments", problems)
    families = _labels(lists_file, "lists.yml", "families", problems)
    facts = _declared(facts_file.get("facts"), Fact, "facts.yml", problems)
    records = _records(facts_file, problems)
    lists = _declared(lists_file.get("lists"), ListKind, "lists.yml", problems)
    places = _nodes(texts, "places.yml", "places", problems)
    industries = _nodes(texts, "industries.yml", "industries", problems)
    for file, declared in (("facts.yml", facts), ("lists.yml", lists), ("facts.yml", records)):
        for key, said in declared.items():
            # Without any department facts.yml is broken itself; its words are not to blame for that.
            if departments and said.department not in departments:
                what = f"没有部门“{said.department}”"
                problems.append(_problem(file, 0, key, what, "先写进 departments"))
    problems += [
        _problem("facts.yml", 0, key, "事实、名录与台账重名", "换一个名字")
        for key in (facts.keys() & (lists.keys() | records.keys()))
        | (lists.keys() & records.keys())
    ]
    problems += _wrong_ledgers(facts)
    problems += _wrong_derived(facts, records)
    if problems:
        raise LanguageError(problems)
    return Vocabulary(
        facts=facts,
        lists=lists,
        departments=departments,
        places=Tree(places),
        industries=Tree(industries),
        files=texts,
        families=families,
        records=records,
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
        problem = _problem(str(path), 0, "", f"读不到：{missing}", "目录里要有这个UTF-8文件")
        raise LanguageError([problem]) from None


def _entries(texts: dict[str, str], file: str, problems: list[Problem]) -> dict[str, Written]:
    tree = read_tree(texts[file], file)
    if isinstance(tree, Problem):
        problems.append(tree)
        return {}
    if not isinstance(tree, Block):
        problems.append(_problem(file, tree.line, "", "这里应是“键: 值”", SHAPE))
        return {}
    return tree.entries


def _labels(
    entries: dict[str, Written], file: str, key: str, problems: list[Problem]
) -> dict[str, str]:
    """Read plain words and what people read for each; nothing where the key is not there."""
    tree = entries.get(key)
    if tree is None:
        return {}
    try:
        return msgspec.convert(plain(tree), dict[str, str])
    except msgspec.ValidationError as broken:
        problems.append(_problem(file, tree.line, key, f"读不懂：{broken}", SHAPE))
        return {}


def _declared(
    tree: Written | None, kind: type[Declared], file: str, problems: list[Problem]
) -> dict[str, Declared]:
    if not isinstance(tree, Block):
        line = tree.line if tree else 0
        problems.append(_problem(file, line, "", "没有声明任何词", SHAPE))
        return {}
    declared: dict[str, Declared] = {}
    for key, entry in tree.entries.items():
        wrong = _wrong_key(key)
        if wrong is not None:
            problems.append(_problem(file, entry.line, key, wrong, "用小写英文、数字和下划线"))
            continue
        try:
            fields = msgspec.convert(plain(entry), dict[str, object])
            strange = sorted(fields.keys() - set(kind.__struct_fields__))
            if strange:
                what = f"不认识的键“{'、'.join(strange)}”"
                problems.append(_problem(file, entry.line, key, what, "去掉或改正"))
            declared[key] = msgspec.convert({**fields, "key": key}, kind, strict=False)
        except msgspec.ValidationError as broken:
            problems.append(_problem(file, entry.line, key, f"声明有误：{broken}", SHAPE))
    return declared


def _records(entries: dict[str, Written], problems: list[Problem]) -> dict[str, RecordLedger]:
    """Read the ledgers of records; none where the file declares none."""
    tree = entries.get("records")
    return {} if tree is None else _declared(tree, RecordLedger, "facts.yml", problems)


def _wrong_derived(facts: dict[str, Fact], records: dict[str, RecordLedger]) -> list[Problem]:
    return [
        _problem("facts.yml", 0, key, wrong, SHAPE)
        for key, fact in facts.items()
        if fact.derived is not None
        for wrong in (
            *wrong_with_derived(fact.derived, fact.kind, records),
            *(() if fact.period == "none" else ("按台账计算的不带期间",)),
        )
    ]


def _wrong_key(key: str) -> str | None:
    if KEY.fullmatch(key) is None:
        return f"“{key[:40]}”不能作名字"
    if key in WHOLE_LEDGERS:
        return f"“{key}”另有所指，不能作名字"
    return "“enterprise_id”是企业编号，不能作名字" if key == "enterprise_id" else None


def _wrong_ledgers(facts: dict[str, Fact]) -> list[Problem]:
    """Name facts over evidence items that can be neither counted nor summed, and tax on what is no money."""
    uncounted = [
        _problem(
            "facts.yml", 0, key, "逐笔登记的只能是不带期间的数量或金额", "去掉 ledger 或 period"
        )
        for key, fact in facts.items()
        if fact.ledger and (fact.kind not in ("number", "money") or fact.period != "none")
    ]
    untaxed = [
        _problem("facts.yml", 0, key, "只有金额分含税与不含税", "去掉 tax_basis")
        for key, fact in facts.items()
        if fact.tax_basis and fact.kind != "money"
    ]
    return uncounted + untaxed


def _nodes(texts: dict[str, str], file: str, key: str, problems: list[Problem]) -> tuple[Node, ...]:
    tree = _entries(texts, file, problems).get(key)
    if tree is None:
        problems.append(_problem(file, 0, key, f"没有 {key}", SHAPE))
        return ()
    try:
        entries = msgspec.convert(plain(tree), tuple[str | dict[str, object], ...])
        nodes = _nodes_of(entries, by_parent=key == "places")
    except msgspec.ValidationError as broken:
        problems.append(_problem(file, tree.line, key, f"读不懂：{broken}", SHAPE))
        return ()
    times = Counter(node.code for node in nodes)
    problems += [
        _problem(file, 0, node.code, f"上级“{node.within}”不存在", "先写上级")
        for node in nodes
        if node.within is not None and node.within not in times
    ]
    double = [code for code, number in times.items() if number > 1]
    problems += [_problem(file, 0, code, "代码重复", "只留一个") for code in double]
    if all(node.within is not None for node in nodes):
        problems.append(_problem(file, 0, key, "没有最上一级", "至少一个不写 within"))
    return nodes


def _nodes_of(entries: Iterable[str | dict[str, object]], *, by_parent: bool) -> tuple[Node, ...]:
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


def _problem(file: str, line: int, where: str, what: str, way_out: str) -> Problem:
    return Problem(file=file, line=line, where=where, what=what, way_out=way_out)
