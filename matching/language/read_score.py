"""Reading score tables: parts, indicators, and rows or bands of points.

Bands are sugar: `of` names a share, a growth or a figure once, each band adds its limit, and every one is
read as the condition it stands for.
"""

from collections.abc import Callable, Mapping
from typing import Literal, TypeVar, cast

from matching.language.conditions import (
    OPERATORS,
    Condition,
    Indicator,
    Points,
    Score,
    ScorePart,
    asks_a_person,
    parts_of,
)
from matching.language.reading import Reader, Unreadable
from matching.language.yaml_tree import Block, Tree

MOST_POINTS = 1_000
"""The most one row may give."""
MOST_TOTAL = 100_000
MOST_JUDGED = 4
"""Rows with a person's answer one table may have: the verdict is exact over every combination of answers."""

JUDGED_WAY_OUT = "把需人工判断的几行并成一行，或拆成几张评分表"
_Read = TypeVar("_Read")
ReadCondition = Callable[[Reader, Tree, str], Condition]


class _Table:
    """One table being read: how its conditions are read, and how many of its rows a person answers."""

    def __init__(self, reader: Reader, read: ReadCondition) -> None:
        self.reader = reader
        self.read = read

    def part(self, tree: Tree, where: str) -> ScorePart:
        """Read `{part: 创新能力, at_least: 20, most: 40, indicators: […]}`."""
        reader, block = self.reader, self.reader.block(tree, where)
        reader.only(block, where, ("part", "at_least", "most", "indicators"))
        _needs(reader, block, where, ("part", "indicators"))
        indicators = _each(
            reader, block.entries["indicators"], f"{where}.indicators", self.indicator
        )
        return ScorePart(
            name=reader.text(block.entries["part"], f"{where}.part"),
            indicators=tuple(indicators),
            at_least=_points(reader, block, "at_least", where),
            most=_points(reader, block, "most", where),
        )

    def indicator(self, tree: Tree, where: str) -> Indicator:
        """Read one indicator, its rows written out or as bands of one figure."""
        reader, block = self.reader, self.reader.block(tree, where)
        reader.only(block, where, ("name", "of", "bands", "rows", "take", "most"))
        _needs(reader, block, where, ("name",))
        name = reader.text(block.entries["name"], f"{where}.name")
        take = "highest"
        if "take" in block.entries:
            take = reader.word(block.entries["take"], f"{where}.take", ("highest", "sum"))
        if "most" in block.entries and take != "sum":
            raise reader.note(
                block.line, where, f"“{name}”只取最高一行，用不上 most", "去掉 most，或写 take: sum"
            )
        return Indicator(
            name=name,
            rows=self._rows(block, where),
            take=cast('Literal["highest", "sum"]', take),
            most=_points(reader, block, "most", where),
        )

    def _rows(self, block: Block, where: str) -> tuple[Points, ...]:
        reader, given = self.reader, block.entries
        if ("rows" in given) == ("bands" in given) or ("bands" in given) != ("of" in given):
            raise reader.note(
                block.line,
                where,
                "指标要么写 rows，要么写 of 与 bands",
                "写成 of: {fact: …}, bands: [{at_least: 5 %, points: 20}, {points: 0}]",
            )
        if "rows" in given:
            return tuple(_each(reader, given["rows"], f"{where}.rows", self._row))
        of = reader.block(given["of"], f"{where}.of")

        def band(tree: Tree, place: str) -> Points:
            return self._band(of, tree, place)

        return tuple(_each(reader, given["bands"], f"{where}.bands", band))

    def _row(self, tree: Tree, where: str) -> Points:
        reader, block = self.reader, self.reader.block(tree, where)
        reader.only(block, where, ("when", "points"))
        when = block.entries.get("when")
        return Points(
            when=self.read(reader, when, f"{where}.when") if when is not None else None,
            points=_given(reader, block, where),
        )

    def _band(self, of: Block, tree: Tree, where: str) -> Points:
        reader, block = self.reader, self.reader.block(tree, where)
        reader.only(block, where, (*OPERATORS, "points"))
        limits: dict[str, Tree] = {
            key: value for key, value in block.entries.items() if key in OPERATORS
        }
        points = _given(reader, block, where)
        if not limits:
            return Points(when=None, points=points)
        test = Block(entries={**of.entries, **limits}, line=block.line)
        # Not this band's own place: what is wrong with `of` is then told once, not once a band.
        return Points(
            when=self.read(reader, test, where.rpartition("[")[0]),
            points=points,
        )


def read_score(
    reader: Reader, block: Block, where: str, label: str | None, read: ReadCondition
) -> Score:
    """Read `{score: [parts], at_least: 60}`.

    read  how a condition inside is read.
    """
    reader.only(block, where, ("score", "at_least", "more_than", "most", "label"))
    given = [key for key in ("at_least", "more_than") if key in block.entries]
    if len(given) != 1:
        raise reader.note(
            block.line, where, "评分表需要正好一个及格线", "写 at_least: 60 或 more_than: 70"
        )
    table = _Table(reader, read)
    score = Score(
        parts=tuple(_each(reader, block.entries["score"], f"{where}.score", table.part)),
        operator=given[0],
        limit=_points(reader, block, given[0], where) or 0,
        most=_points(reader, block, "most", where),
        label=label,
    )
    many = too_many_judged(score, {})
    if many is not None:
        raise reader.note(block.line, where, many, JUDGED_WAY_OUT)
    return score


def too_many_judged(score: Score, definitions: Mapping[str, Condition]) -> str | None:
    """Say where more rows need a person's answer than every combination can be looked at; else None."""
    judged = sum(asks_a_person(row, definitions) for row in parts_of(score))
    if judged <= MOST_JUDGED:
        return None
    return f"评分表有{judged}行需人工判断，多于{MOST_JUDGED}行"


def _each(
    reader: Reader, tree: Tree, where: str, read: Callable[[Tree, str], _Read]
) -> list[_Read]:
    """Read a list to its end, so that every problem in it is noted."""
    found: list[_Read] = []
    broken = False
    for place, part in enumerate(reader.parts(tree, where)):
        try:
            found.append(read(part, f"{where}[{place}]"))
        except Unreadable:
            broken = True
    if broken:
        raise Unreadable
    return found


def _needs(reader: Reader, block: Block, where: str, keys: tuple[str, ...]) -> None:
    missing = [key for key in keys if key not in block.entries]
    if missing:
        raise reader.note(block.line, where, f"缺少 {'、'.join(missing)}", "补上后再发布")


def _points(reader: Reader, block: Block, key: str, where: str) -> int | None:
    tree = block.entries.get(key)
    return None if tree is None else reader.whole(tree, f"{where}.{key}", 0, MOST_TOTAL)


def _given(reader: Reader, block: Block, where: str) -> int:
    _needs(reader, block, where, ("points",))
    return reader.whole(block.entries["points"], f"{where}.points", 0, MOST_POINTS)
