"""Reading conditions. Each kind has a key of its own that says what it is."""

from collections.abc import Callable
from typing import Literal, cast

from matching.language.conditions import (
    AllOf,
    AnyOf,
    Branches,
    Case,
    Condition,
    CountOf,
    Defined,
    Judgement,
    Listed,
    Negate,
    Paid,
    PersonWhereUnknown,
    RelatedHas,
)
from matching.language.read_comparison import COMPARISONS, LEAF_EXTRAS, read_label
from matching.language.read_listed import read_listed
from matching.language.read_score import read_score
from matching.language.reading import Reader, Unreadable
from matching.language.yaml_tree import Block, Tree


def read_condition(reader: Reader, tree: Tree, where: str) -> Condition:
    """Read one condition and all inside it; raises Unreadable when its problems are noted."""
    block = reader.block(tree, where)
    for key, read in READERS.items():
        if key in block.entries and not (key == "at_least" and "of" not in block.entries):
            return read(reader, block, where)
    raise reader.note(
        block.line,
        where,
        f"看不出是哪种条件（键：{'、'.join(block.entries)}）",
        f"以 {'、'.join(READERS)} 之一开头",
    )


def read_parts(reader: Reader, tree: Tree, where: str) -> tuple[Condition, ...]:
    """Read a list of conditions to its end, so that every problem in it is noted."""
    read: list[Condition] = []
    broken = False
    for place, part in enumerate(reader.parts(tree, where)):
        try:
            read.append(read_condition(reader, part, f"{where}[{place}]"))
        except Unreadable:
            broken = True
    if broken:
        raise Unreadable
    return tuple(read)


def _all_of(reader: Reader, block: Block, where: str) -> Condition:
    reader.only(block, where, ("all_of", *LEAF_EXTRAS))
    parts = read_parts(reader, block.entries["all_of"], f"{where}.all_of")
    return AllOf(parts=parts, label=read_label(reader, block, where))


def _any_of(reader: Reader, block: Block, where: str) -> Condition:
    reader.only(block, where, ("any_of", *LEAF_EXTRAS))
    parts = read_parts(reader, block.entries["any_of"], f"{where}.any_of")
    return AnyOf(parts=parts, label=read_label(reader, block, where))


def _negate(reader: Reader, block: Block, where: str) -> Condition:
    reader.only(block, where, ("negate", *LEAF_EXTRAS))
    part = read_condition(reader, block.entries["negate"], f"{where}.negate")
    return Negate(part=part, label=read_label(reader, block, where))


def _person_where_unknown(reader: Reader, block: Block, where: str) -> Condition:
    reader.only(block, where, ("person_where_unknown", *LEAF_EXTRAS))
    inside = block.entries["person_where_unknown"]
    part = read_condition(reader, inside, f"{where}.person_where_unknown")
    return PersonWhereUnknown(part=part, label=read_label(reader, block, where))


def _count_of(reader: Reader, block: Block, where: str) -> Condition:
    reader.only(block, where, ("at_least", "of", *LEAF_EXTRAS))
    parts = read_parts(reader, block.entries["of"], f"{where}.of")
    least = reader.whole(block.entries["at_least"], f"{where}.at_least", 1, len(parts))
    return CountOf(at_least=least, parts=parts, label=read_label(reader, block, where))


def _branches(reader: Reader, block: Block, where: str) -> Condition:
    reader.only(block, where, ("branches", "otherwise", *LEAF_EXTRAS))
    cases: list[Case] = []
    broken = False
    for place, tree in enumerate(reader.parts(block.entries["branches"], f"{where}.branches")):
        try:
            cases.append(_case(reader, tree, f"{where}.branches[{place}]"))
        except Unreadable:
            broken = True
    otherwise = None
    if "otherwise" in block.entries:
        otherwise = read_condition(reader, block.entries["otherwise"], f"{where}.otherwise")
    if broken:
        raise Unreadable
    return Branches(cases=tuple(cases), otherwise=otherwise, label=read_label(reader, block, where))


def _case(reader: Reader, tree: Tree, where: str) -> Case:
    block = reader.block(tree, where)
    reader.only(block, where, ("when", "then"))
    missing = [key for key in ("when", "then") if key not in block.entries]
    if missing:
        what = f"分支缺少 {'、'.join(missing)}"
        raise reader.note(block.line, where, what, "写成 {when: 条件, then: 条件}")
    when, then = (
        read_condition(reader, block.entries[key], f"{where}.{key}") for key in ("when", "then")
    )
    return Case(when=when, then=then)


def _score(reader: Reader, block: Block, where: str) -> Condition:
    return read_score(reader, block, where, read_label(reader, block, where), read_condition)


def _related(reader: Reader, block: Block, where: str) -> Condition:
    reader.only(block, where, ("related", "has", *LEAF_EXTRAS))
    role = reader.word(block.entries["related"], f"{where}.related", ("parent", "any"))
    way = "写成 has: {listed: …} 或 has: {paid: …}"
    if "has" not in block.entries:
        raise reader.note(block.line, where, "缺少 has", way)
    inner = read_condition(reader, block.entries["has"], f"{where}.has")
    if not isinstance(inner, Listed | Paid):
        said = "关联企业只能查名录和已获奖励"
        raise reader.note(block.entries["has"].line, f"{where}.has", said, way)
    return RelatedHas(
        role=cast('Literal["parent", "any"]', role),
        condition=inner,
        label=read_label(reader, block, where),
    )


def _paid(reader: Reader, block: Block, where: str) -> Condition:
    reader.only(block, where, ("paid", *LEAF_EXTRAS))
    family = reader.text(block.entries["paid"], f"{where}.paid")
    return Paid(family=family, label=read_label(reader, block, where))


def _judgement(reader: Reader, block: Block, where: str) -> Condition:
    reader.only(block, where, ("judgement", *LEAF_EXTRAS))
    text = reader.text(block.entries["judgement"], f"{where}.judgement")
    return Judgement(text=text, label=read_label(reader, block, where))


def _defined(reader: Reader, block: Block, where: str) -> Condition:
    reader.only(block, where, ("defined", *LEAF_EXTRAS))
    name = reader.word(block.entries["defined"], f"{where}.defined", sorted(reader.definitions))
    return Defined(name=name, label=read_label(reader, block, where))


def _listed(reader: Reader, block: Block, where: str) -> Condition:
    return read_listed(reader, block, where, read_label(reader, block, where))


READERS: dict[str, Callable[[Reader, Block, str], Condition]] = {
    "all_of": _all_of,
    "any_of": _any_of,
    "negate": _negate,
    "person_where_unknown": _person_where_unknown,
    "branches": _branches,
    "score": _score,
    "related": _related,
    "listed": _listed,
    "paid": _paid,
    "judgement": _judgement,
    "defined": _defined,
    **COMPARISONS,
    "at_least": _count_of,
}
