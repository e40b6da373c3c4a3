"""Reading conditions. The key that stands first in a block says what kind of condition it is."""

from collections.abc import Callable
from typing import Literal, cast

from matching.language.conditions import (
    OPERATORS,
    AllOf,
    AnyOf,
    Compare,
    CompareTwo,
    Condition,
    CountOf,
    Dated,
    Defined,
    FirstOver,
    Flag,
    Growth,
    Judgement,
    Negate,
    OneOf,
    Operator,
    Paid,
    Share,
    YearsSince,
)
from matching.language.read_listed import read_listed
from matching.language.read_quantity import NUMERIC, QUANTITY_KEYS, read_period, read_quantity
from matching.language.reading import Reader, Unreadable
from matching.language.vocabulary import Fact
from matching.language.yaml_tree import Block, Tree

LEAF_EXTRAS = ("label",)
Direction = Literal["on_or_before", "on_or_after"]
DIRECTIONS: tuple[Direction, ...] = ("on_or_before", "on_or_after")


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


def _label(reader: Reader, block: Block, where: str) -> str | None:
    tree = block.entries.get("label")
    return reader.text(tree, f"{where}.label") if tree else None


def _operator(reader: Reader, block: Block, where: str) -> Operator:
    given = [key for key in OPERATORS if key in block.entries]
    if len(given) != 1:
        raise reader.note(block.line, where, "需要正好一个比较", f"写 {'、'.join(OPERATORS)} 之一")
    return given[0]


def _all_of(reader: Reader, block: Block, where: str) -> Condition:
    reader.only(block, where, ("all_of", *LEAF_EXTRAS))
    parts = read_parts(reader, block.entries["all_of"], f"{where}.all_of")
    return AllOf(parts=parts, label=_label(reader, block, where))


def _any_of(reader: Reader, block: Block, where: str) -> Condition:
    reader.only(block, where, ("any_of", *LEAF_EXTRAS))
    parts = read_parts(reader, block.entries["any_of"], f"{where}.any_of")
    return AnyOf(parts=parts, label=_label(reader, block, where))


def _negate(reader: Reader, block: Block, where: str) -> Condition:
    reader.only(block, where, ("negate", *LEAF_EXTRAS))
    part = read_condition(reader, block.entries["negate"], f"{where}.negate")
    return Negate(part=part, label=_label(reader, block, where))


def _count_of(reader: Reader, block: Block, where: str) -> Condition:
    reader.only(block, where, ("at_least", "of", *LEAF_EXTRAS))
    parts = read_parts(reader, block.entries["of"], f"{where}.of")
    least = reader.whole(block.entries["at_least"], f"{where}.at_least", 1, len(parts))
    return CountOf(at_least=least, parts=parts, label=_label(reader, block, where))


def _share(reader: Reader, block: Block, where: str) -> Condition:
    reader.only(block, where, ("share", "of", *OPERATORS, *LEAF_EXTRAS))
    if "of" not in block.entries:
        raise reader.note(
            block.line, where, "share 缺少分母 of", "写成 {share: …, of: …, at_least: 3 %}"
        )
    part, part_fact = read_quantity(reader, block.entries["share"], f"{where}.share")
    whole, whole_fact = read_quantity(reader, block.entries["of"], f"{where}.of")
    _same_unit(reader, block, (part_fact, whole_fact), where)
    operator = _operator(reader, block, where)
    limit = reader.quantity(block.entries[operator], f"{where}.{operator}", "share")
    return Share(
        part=part,
        whole=whole,
        operator=operator,
        limit_bp=limit,
        label=_label(reader, block, where),
    )


def read_growth(reader: Reader, block: Block, where: str) -> Growth:
    """Read `{growth: now, over: before, years: 3, at_least: 26 %}`."""
    reader.only(block, where, ("growth", "over", "years", *OPERATORS, *LEAF_EXTRAS))
    if "over" not in block.entries:
        raise reader.note(
            block.line, where, "growth 缺少基期 over", "写成 {growth: …, over: …, at_least: 10 %}"
        )
    now, now_fact = read_quantity(reader, block.entries["growth"], f"{where}.growth")
    before, before_fact = read_quantity(reader, block.entries["over"], f"{where}.over")
    _same_unit(reader, block, (now_fact, before_fact), where)
    years = 1
    if "years" in block.entries:
        years = reader.whole(block.entries["years"], f"{where}.years", 1, 5)
    operator = _operator(reader, block, where)
    limit = reader.quantity(block.entries[operator], f"{where}.{operator}", "share")
    if limit <= -10_000:
        raise reader.note(block.line, where, "增长率不会低于 -100 %", "核对数字")
    return Growth(
        now=now,
        before=before,
        operator=operator,
        limit_bp=limit,
        years=years,
        label=_label(reader, block, where),
    )


def _first_over(reader: Reader, block: Block, where: str) -> Condition:
    reader.only(
        block, where, ("first_over", "year", "since", "at_least", "more_than", *LEAF_EXTRAS)
    )
    fact = reader.fact(block.entries["first_over"], f"{where}.first_over")
    if fact.period != "year" or fact.kind not in NUMERIC:
        raise reader.note(
            block.line, where, f"“{fact.key}”不是按年的数量", "首次突破只用于按年的数量"
        )
    if "since" not in block.entries:
        raise reader.note(block.line, where, "缺少 since", "写明从哪一年起算首次，如 since: 2021")
    operator = _operator(reader, block, where)
    return FirstOver(
        fact=fact.key,
        period=read_period(reader, block, fact, where) or "-1",
        since=reader.whole(block.entries["since"], f"{where}.since", 1990, 2100),
        operator=cast('Literal["at_least", "more_than"]', operator),
        limit=_limit(reader, block.entries[operator], f"{where}.{operator}", fact),
        label=_label(reader, block, where),
    )


def _years_since(reader: Reader, block: Block, where: str) -> Condition:
    reader.only(block, where, ("years_since", "at_least", *LEAF_EXTRAS))
    fact = reader.fact(block.entries["years_since"], f"{where}.years_since")
    if fact.kind != "date" or "at_least" not in block.entries:
        raise reader.note(
            block.line, where, "years_since 需要日期事实和 at_least", "如 at_least: 3 年"
        )
    years = reader.quantity(block.entries["at_least"], f"{where}.at_least", "number", "年")
    return YearsSince(fact=fact.key, at_least=years, label=_label(reader, block, where))


def _paid(reader: Reader, block: Block, where: str) -> Condition:
    reader.only(block, where, ("paid", *LEAF_EXTRAS))
    family = reader.text(block.entries["paid"], f"{where}.paid")
    return Paid(family=family, label=_label(reader, block, where))


def _judgement(reader: Reader, block: Block, where: str) -> Condition:
    reader.only(block, where, ("judgement", *LEAF_EXTRAS))
    return Judgement(text=reader.text(block.entries["judgement"], f"{where}.judgement"))


def _defined(reader: Reader, block: Block, where: str) -> Condition:
    reader.only(block, where, ("defined", *LEAF_EXTRAS))
    name = reader.word(block.entries["defined"], f"{where}.defined", sorted(reader.definitions))
    return Defined(name=name, label=_label(reader, block, where))


def _listed(reader: Reader, block: Block, where: str) -> Condition:
    return read_listed(reader, block, where, _label(reader, block, where))


def _limit(reader: Reader, tree: Tree, where: str, fact: Fact) -> int:
    if fact.kind == "money":
        return reader.quantity(tree, where, "money")
    if fact.kind == "share":
        return reader.quantity(tree, where, "share")
    return reader.quantity(tree, where, "number", fact.unit)


def _same_unit(reader: Reader, block: Block, facts: tuple[Fact, Fact], where: str) -> None:
    if (facts[0].kind, facts[0].unit) != (facts[1].kind, facts[1].unit):
        said = f"“{facts[0].label}”与“{facts[1].label}”单位不同"
        raise reader.note(block.line, where, said, "只比较同一单位的数量")


def _of_fact(reader: Reader, block: Block, where: str) -> Condition:
    """Read a condition about one fact; the kind of the fact decides which tests it allows."""
    fact = reader.fact(block.entries["fact"], f"{where}.fact")
    if fact.kind in NUMERIC:
        return _comparison(reader, block, where)
    label = _label(reader, block, where)
    period = read_period(reader, block, fact, where)
    if fact.kind == "flag":
        reader.only(block, where, ("fact", "is", *QUANTITY_KEYS, *LEAF_EXTRAS))
        if "is" not in block.entries:
            raise reader.note(
                block.line, where, f"是非事实“{fact.key}”缺少 is", "写 is: yes 或 is: no"
            )
        said = reader.word(block.entries["is"], f"{where}.is", ("yes", "no", "true", "false"))
        return Flag(fact=fact.key, period=period, expected=said in ("yes", "true"), label=label)
    if fact.kind == "date":
        return _dated(reader, block, where, fact)
    key = "within" if fact.tree else "one_of"
    reader.only(block, where, ("fact", key, *QUANTITY_KEYS, *LEAF_EXTRAS))
    if key not in block.entries:
        raise reader.note(block.line, where, f"“{fact.key}”缺少 {key}", f"写 {key}: [..]")
    codes = tuple(
        _code(reader, fact, said, block, where)
        for said in reader.texts(block.entries[key], f"{where}.{key}")
    )
    return OneOf(fact=fact.key, period=period, codes=codes, label=label)


def _code(reader: Reader, fact: Fact, said: str, block: Block, where: str) -> str:
    tree = reader.vocabulary.tree_of(fact)
    if tree is not None:
        found = tree.find(said) or (
            said
            if fact.tree == "industries" and tree.nearest(said) and said[1:].isdigit()
            else None
        )
        if found is None:
            raise reader.note(block.line, where, f"{fact.label}里没有“{said}”", "用代码或全称")
        return found
    labels = {label: code for code, label in fact.values.items()}
    if said not in fact.values and said not in labels:
        raise reader.note(
            block.line, where, f"{fact.label}没有“{said}”", f"可用：{'、'.join(fact.values)}"
        )
    return labels.get(said, said)


def _dated(reader: Reader, block: Block, where: str, fact: Fact) -> Condition:
    reader.only(block, where, ("fact", "on_or_before", "on_or_after", *QUANTITY_KEYS, *LEAF_EXTRAS))
    given = [key for key in DIRECTIONS if key in block.entries]
    if len(given) != 1:
        raise reader.note(
            block.line, where, "日期条件需要正好一个方向", "写 on_or_before 或 on_or_after"
        )
    return Dated(
        fact=fact.key,
        period=read_period(reader, block, fact, where),
        operator=given[0],
        day=reader.day(block.entries[given[0]], f"{where}.{given[0]}"),
        label=_label(reader, block, where),
    )


def _comparison(reader: Reader, block: Block, where: str) -> Condition:
    reader.only(block, where, (*QUANTITY_KEYS, *OPERATORS, *LEAF_EXTRAS))
    quantity, fact = read_quantity(reader, block, where)
    operator = _operator(reader, block, where)
    against, label = block.entries[operator], _label(reader, block, where)
    if isinstance(against, Block):
        other, other_fact = read_quantity(reader, against, f"{where}.{operator}")
        _same_unit(reader, block, (fact, other_fact), where)
        return CompareTwo(quantity=quantity, operator=operator, other=other, label=label)
    limit = _limit(reader, against, f"{where}.{operator}", fact)
    return Compare(quantity=quantity, operator=operator, limit=limit, label=label)


READERS: dict[str, Callable[[Reader, Block, str], Condition]] = {
    "all_of": _all_of,
    "any_of": _any_of,
    "negate": _negate,
    "share": _share,
    "growth": read_growth,
    "first_over": _first_over,
    "years_since": _years_since,
    "listed": _listed,
    "paid": _paid,
    "judgement": _judgement,
    "defined": _defined,
    "fact": _of_fact,
    "at_least": _count_of,
}
