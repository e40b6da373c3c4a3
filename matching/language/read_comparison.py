"""Reading comparisons: a fact or two against a limit, each other, a day or a set of words."""

from collections.abc import Callable
from typing import Literal, cast

from matching.language.conditions import (
    OPERATORS,
    Compare,
    CompareTwo,
    Condition,
    Dated,
    FirstOver,
    Flag,
    Growth,
    OneOf,
    Operator,
    Share,
    YearsSince,
)
from matching.language.quantities import Quantity, Value
from matching.language.read_quantity import (
    NUMERIC,
    PERIOD_KEYS,
    QUANTITY_KEYS,
    check_tax,
    read_figure,
    read_period,
    read_quantity,
)
from matching.language.reading import Reader
from matching.language.vocabulary import Fact
from matching.language.yaml_tree import Block, Tree

LEAF_EXTRAS = ("label",)
MOST_YEARS = 100
MOST_RATIO_BP = 10_000_000
"""A thousandfold: a limit beyond is a slip of the unit."""
Direction = Literal["on_or_before", "on_or_after"]
DIRECTIONS: tuple[Direction, ...] = ("on_or_before", "on_or_after")


def read_label(reader: Reader, block: Block, where: str) -> str | None:
    """Read the prose people are shown instead of the generated sentence."""
    tree = block.entries.get("label")
    return reader.text(tree, f"{where}.label") if tree else None


def _operator(reader: Reader, block: Block, where: str) -> Operator:
    given = [key for key in OPERATORS if key in block.entries]
    if len(given) != 1:
        raise reader.note(block.line, where, "需要正好一个比较", f"写 {'、'.join(OPERATORS)} 之一")
    return given[0]


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
    limit = _ratio(reader, block.entries[operator], f"{where}.{operator}")
    return Share(
        part=part,
        whole=whole,
        operator=operator,
        limit_bp=limit,
        label=read_label(reader, block, where),
    )


def read_growth(reader: Reader, block: Block, where: str) -> Growth:
    """Read `{growth: now, over: before, years: 3, at_least: 26 %}`."""
    reader.only(block, where, ("growth", "through", "over", "years", *OPERATORS, *LEAF_EXTRAS))
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
    through = _between(reader, block, where, (now, before))
    operator = _operator(reader, block, where)
    limit = _ratio(reader, block.entries[operator], f"{where}.{operator}")
    if limit <= -10_000:
        raise reader.note(block.line, where, "增长率不会低于 -100 %", "核对数字")
    return Growth(
        now=now,
        before=before,
        operator=operator,
        limit_bp=limit,
        years=years,
        through=through,
        label=read_label(reader, block, where),
    )


def _between(
    reader: Reader, block: Block, where: str, ends: tuple[Quantity, Quantity]
) -> Quantity | None:
    """Read the figure between now and before; None: it is not the mean of two growths that is meant."""
    if "through" not in block.entries:
        return None
    read, _ = read_quantity(reader, block.entries["through"], f"{where}.through")
    same = all(isinstance(one, Value) and one.fact == read.fact for one in (*ends, read))
    if "years" in block.entries or not same:
        what = "平均增长率用同一事实三年的数，不另写 years"
        raise reader.note(block.line, where, what, "去掉 years；要复合增长率的去掉 through")
    return read


def _first_over(reader: Reader, block: Block, where: str) -> Condition:
    reader.only(
        block, where, ("first_over", "year", "since", "at_least", "more_than", "tax", *LEAF_EXTRAS)
    )
    fact = reader.fact(block.entries["first_over"], f"{where}.first_over")
    if fact.period != "year" or fact.kind not in NUMERIC:
        raise reader.note(
            block.line, where, f"“{fact.key}”不是按年的数量", "首次突破只用于按年的数量"
        )
    check_tax(reader, block, fact, where)
    if "since" not in block.entries:
        raise reader.note(block.line, where, "缺少 since", "写明从哪一年起算首次，如 since: 2021")
    operator = _operator(reader, block, where)
    period = read_period(reader, block, fact, where) or "-1"
    latest = 2100 if period.startswith("-") else int(period)
    return FirstOver(
        fact=fact.key,
        period=period,
        since=reader.whole(block.entries["since"], f"{where}.since", 1990, latest),
        operator=cast('Literal["at_least", "more_than"]', operator),
        limit=_limit(reader, block.entries[operator], f"{where}.{operator}", fact),
        label=read_label(reader, block, where),
    )


def _years_since(reader: Reader, block: Block, where: str) -> Condition:
    reader.only(block, where, ("years_since", "at_least", "at", *LEAF_EXTRAS))
    fact = reader.fact(block.entries["years_since"], f"{where}.years_since")
    if fact.kind != "date" or "at_least" not in block.entries:
        raise reader.note(
            block.line, where, "years_since 需要日期事实和 at_least", "如 at_least: 3 年"
        )
    years = reader.quantity(block.entries["at_least"], f"{where}.at_least", "number", "年")
    if not 0 <= years <= MOST_YEARS:
        raise reader.note(block.line, where, f"{years}年超出范围", f"写0到{MOST_YEARS}年")
    at_year_end = "at" in block.entries
    if at_year_end:
        reader.word(block.entries["at"], f"{where}.at", ("last_year_end",))
    return YearsSince(
        fact=fact.key,
        at_least=years,
        at_year_end=at_year_end,
        label=read_label(reader, block, where),
    )


def _limit(reader: Reader, tree: Tree, where: str, fact: Fact) -> int:
    if fact.kind == "money":
        return reader.quantity(tree, where, "money")
    if fact.kind == "share":
        return reader.quantity(tree, where, "share")
    return reader.quantity(tree, where, "number", fact.unit)


def _ratio(reader: Reader, tree: Tree, where: str) -> int:
    limit = reader.quantity(tree, where, "share")
    if abs(limit) > MOST_RATIO_BP:
        raise reader.note(tree.line, where, "比例超过一千倍", "核对数字和单位")
    return limit


def _same_unit(reader: Reader, block: Block, facts: tuple[Fact, Fact], where: str) -> None:
    if (facts[0].kind, facts[0].unit) != (facts[1].kind, facts[1].unit):
        said = f"“{facts[0].label}”与“{facts[1].label}”单位不同"
        raise reader.note(block.line, where, said, "只比较同一单位的数量")


def _of_fact(reader: Reader, block: Block, where: str) -> Condition:
    """Read a condition about one fact; the kind of the fact decides which tests it allows."""
    fact = reader.fact(block.entries["fact"], f"{where}.fact")
    if fact.kind in NUMERIC:
        return _comparison(reader, block, where)
    label = read_label(reader, block, where)
    period = read_period(reader, block, fact, where)
    if fact.kind == "flag":
        reader.only(block, where, ("fact", "is", *PERIOD_KEYS, *LEAF_EXTRAS))
        if "is" not in block.entries:
            raise reader.note(
                block.line, where, f"是非事实“{fact.key}”缺少 is", "写 is: yes 或 is: no"
            )
        said = reader.word(block.entries["is"], f"{where}.is", ("yes", "no", "true", "false"))
        return Flag(fact=fact.key, period=period, expected=said in ("yes", "true"), label=label)
    if fact.kind == "date":
        return _dated(reader, block, where, fact)
    key = "within" if fact.tree else "one_of"
    reader.only(block, where, ("fact", key, *PERIOD_KEYS, *LEAF_EXTRAS))
    if key not in block.entries:
        raise reader.note(block.line, where, f"“{fact.key}”缺少 {key}", f"写 {key}: [..]")
    codes = tuple(
        _code(reader, fact, said, block, where)
        for said in reader.texts(block.entries[key], f"{where}.{key}")
    )
    return OneOf(fact=fact.key, period=period, codes=codes, label=label)


def _code(reader: Reader, fact: Fact, said: str, block: Block, where: str) -> str:
    found = reader.vocabulary.code_of(fact, said)
    if found is None:
        way = "用代码或全称" if fact.tree else f"可用：{'、'.join(fact.values)}"
        raise reader.note(block.line, where, f"{fact.label}里没有“{said}”", way)
    return found


def _dated(reader: Reader, block: Block, where: str, fact: Fact) -> Condition:
    reader.only(block, where, ("fact", *DIRECTIONS, *PERIOD_KEYS, *LEAF_EXTRAS))
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
        label=read_label(reader, block, where),
    )


def _comparison(reader: Reader, block: Block, where: str) -> Condition:
    reader.only(block, where, (*QUANTITY_KEYS, *OPERATORS, *LEAF_EXTRAS))
    quantity, fact = read_figure(reader, block, where)
    operator = _operator(reader, block, where)
    against, label = block.entries[operator], read_label(reader, block, where)
    if isinstance(against, Block):
        other, other_fact = read_quantity(reader, against, f"{where}.{operator}")
        _same_unit(reader, block, (fact, other_fact), where)
        return CompareTwo(quantity=quantity, operator=operator, other=other, label=label)
    limit = _limit(reader, against, f"{where}.{operator}", fact)
    return Compare(quantity=quantity, operator=operator, limit=limit, label=label)


COMPARISONS: dict[str, Callable[[Reader, Block, str], Condition]] = {
    "share": _share,
    "growth": read_growth,
    "first_over": _first_over,
    "years_since": _years_since,
    "fact": _of_fact,
}
