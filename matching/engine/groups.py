"""Enterprises put into groups: by place, sector, size class, tier, or any fact.

Who cannot be placed, because the datum is missing, is a group of its own and comes first.
"""

from collections.abc import Callable, Iterable
from datetime import date
from functools import reduce

import msgspec
import polars as pl

from matching.engine.ground import Ground
from matching.language.conditions import Condition, Defined, Listed
from matching.language.units import quantity_in_words, share_in_words
from matching.language.vocabulary import Fact, Tree, fact_of_column

USUAL = ("place", "sector", "size", "tier")
PLACE_LEVELS = ("nation", "province", "prefecture", "county")
SECTOR_LEVELS = ("section", "division", "group", "class")
SIZES = (
    ("large", "大型", "size_large"),
    ("medium", "中型", "size_medium_or_larger"),
    ("small", "小型", "size_small_or_larger"),
)
"""Size classes from above, each with the definition that holds for it and every larger one."""
MICRO = ("micro", "微型")
TIERS = ("little_giant", "specialized_sme", "innovative_sme")
"""Titles of the ladder, highest first."""
NO_TIER = ("none", "没有梯度称号")
UNKNOWN_LABEL = "未知"
MOST_BANDS = 19
"""Powers of ten a whole number of 64 bits can have."""


class GroupingRefused(ValueError):
    """Something enterprises cannot be grouped by; says what can be."""


class Groups(msgspec.Struct, frozen=True, kw_only=True):
    """A group for each row of a population.

    by     what was asked for, such as "place:prefecture".
    codes  a row's place in `keys`, UInt32, never null.
    keys   what each group is called in data; the first is None: not known.
    names  the same for people.
    """

    by: str
    codes: pl.Series
    keys: tuple[str | None, ...]
    names: tuple[str, ...]


class Cells(msgspec.Struct, frozen=True, kw_only=True):
    """Every combination of groups that occurs, so that one pass over the rows serves all splits.

    codes  a row's cell, UInt32.
    frame  one row a cell: "cell", and the group's code under the name of each split.
    """

    codes: pl.Series
    frame: pl.DataFrame


def groups(by: str, ground: Ground, on: date) -> Groups:
    """Put every enterprise into a group.

    by  "place", "place:province", "place:prefecture", "place:county" (as without a level), "sector" (as
        "sector:section"), "sector:division", "size", "tier", or a fact's column: by word, yes and no,
        year of a day, tens of percent, or power of ten.
    on  the day size class and titles are judged on.
    A place or industry known less finely than asked is a group of its own. Raises GroupingRefused.
    """
    what, _, level = by.partition(":")
    match what:
        case "place":
            depth = _depth(by, level or "county", PLACE_LEVELS)
            return _by_tree(by, "place", ground, depth)
        case "sector":
            depth = _depth(by, level or "section", SECTOR_LEVELS)
            return _by_tree(by, "industry", ground, depth)
        case "size":
            return _by_size(by, ground, on)
        case "tier":
            return _by_tier(by, ground, on)
        case _:
            return _by_fact(by, ground)


def cells_of(splits: Iterable[Groups], rows: int) -> Cells:
    """Give every combination of groups that occurs a number."""
    known = list(splits)
    names = [split.by for split in known]
    zero = pl.repeat(0, rows, dtype=pl.UInt64, eager=True)
    # Mixed radix, closed up after each step: the numbers stay below rows × groups.
    codes = reduce(
        lambda cells, split: numbered(cells * len(split.keys) + split.codes), known, zero
    )
    rows_of = pl.DataFrame([codes.alias("cell"), *(split.codes.alias(split.by) for split in known)])
    frame = rows_of.unique("cell", keep="any").sort("cell").select("cell", *names)
    return Cells(
        codes=codes.cast(pl.UInt32), frame=frame.with_columns(pl.col("cell").cast(pl.UInt32))
    )


def numbered(codes: pl.Series) -> pl.Series:
    """Give equal values the same number, counted from 0 without gaps in their order."""
    words = codes.unique().sort()
    return words.search_sorted(codes).cast(pl.UInt64)


def _depth(by: str, level: str, levels: tuple[str, ...]) -> int:
    if level not in levels:
        what = by.partition(":")[0]
        ways = "、".join(f"{what}:{known}" for known in levels)
        raise GroupingRefused(f"没有“{by}”这一级；可用：{ways}")
    return levels.index(level)


def _by_tree(by: str, column: str, ground: Ground, depth: int) -> Groups:
    fact = ground.vocabulary.facts.get(column)
    tree = None if fact is None else ground.vocabulary.tree_of(fact)
    if tree is None:
        raise GroupingRefused(f"事实里没有按树编码的“{column}”，不能按“{by}”分组")

    def group_of(word: str) -> str:
        return _at_depth(tree, word, depth)

    return _by_words(by, column, ground, group_of, tree.name)


def _at_depth(tree: Tree, code: str, depth: int) -> str:
    """Give what a code lies in at a depth of the tree, or the code itself where it is coarser."""
    path: list[str] = []
    at = tree.nearest(code)
    while at is not None:
        path.insert(0, at)
        at = tree.nodes[at].within
    return path[depth] if depth < len(path) else path[-1] if path else code


def _by_words(
    by: str,
    column: str,
    ground: Ground,
    group_of: Callable[[str], str],
    name_of: Callable[[str], str],
) -> Groups:
    words = ground.columns.words(column)
    keys = sorted({group_of(word) for word in words})
    places = {key: place for place, key in enumerate(keys, start=1)}
    code_of = pl.Series([places[group_of(word)] for word in words], dtype=pl.UInt32)
    codes = pl.lit(code_of).gather(pl.col(column)) if words else pl.lit(None, dtype=pl.UInt32)
    rows = ground.columns.frame.select("enterprise_id", codes=codes.fill_null(0))["codes"]
    names = (UNKNOWN_LABEL, *(name_of(key) for key in keys))
    return Groups(by=by, codes=rows, keys=(None, *keys), names=names)


def _by_size(by: str, ground: Ground, on: date) -> Groups:
    missing = [name for _, _, name in SIZES if name not in ground.definitions]
    if missing:
        raise GroupingRefused(f"政策库的定义里没有 {'、'.join(missing)}，不能按划型分组")
    classes = [(key, label, Defined(name=name)) for key, label, name in SIZES]
    return _first_that_holds(by, classes, MICRO, ground, on)


def _by_tier(by: str, ground: Ground, on: date) -> Groups:
    lists = ground.vocabulary.lists
    missing = [key for key in TIERS if key not in lists]
    if missing:
        raise GroupingRefused(f"名录里没有 {'、'.join(missing)}，不能按梯度分组")
    titles = [(key, lists[key].label, Listed(list=key)) for key in TIERS]
    return _first_that_holds(by, titles, NO_TIER, ground, on)


def _first_that_holds(
    by: str,
    classes: Iterable[tuple[str, str, Condition]],
    rest: tuple[str, str],
    ground: Ground,
    on: date,
) -> Groups:
    """Give the first class that surely holds where every one before surely does not; else it is not known."""
    known = list(classes)
    code = pl.lit(len(known) + 1, dtype=pl.UInt32)
    for place, (_, _, condition) in reversed(list(enumerate(known, start=1))):
        truth = ground.truth(condition, on)
        code = (
            pl.when(truth)
            .then(pl.lit(place, dtype=pl.UInt32))
            .when(truth.is_null())
            .then(pl.lit(0, dtype=pl.UInt32))
            .otherwise(code)
        )
    return Groups(
        by=by,
        codes=ground.collect(code.alias("codes"))["codes"],
        keys=(None, *(key for key, _, _ in known), rest[0]),
        names=(UNKNOWN_LABEL, *(label for _, label, _ in known), rest[1]),
    )


def _by_fact(by: str, ground: Ground) -> Groups:
    wrong = ground.vocabulary.wrong_with(by)
    fact = ground.vocabulary.facts.get(fact_of_column(by)[0])
    if wrong is not None or fact is None:
        usual = "、".join(USUAL)
        raise GroupingRefused(
            f"不能按“{by}”分组（{wrong or '名录不是列'}）；可用：{usual}，或事实的列名"
        )
    if fact.kind == "code":
        tree = ground.vocabulary.tree_of(fact)
        labels = fact.values

        def name_of(key: str) -> str:
            return labels.get(key, key) if tree is None else tree.name(key)

        return _by_words(by, by, ground, str, name_of)
    return _by_band(by, fact, ground)


def _by_band(by: str, fact: Fact, ground: Ground) -> Groups:
    band, name_of = _bands(by, fact, ground)
    bands = ground.columns.frame.select("enterprise_id", band=band.cast(pl.Int64))["band"]
    known = bands.unique().drop_nulls().sort()
    codes = (known.search_sorted(bands.fill_null(0)) + 1).cast(pl.UInt32)
    codes = codes.set(bands.is_null(), 0)
    keys = (None, *(str(one) for one in known))
    names = (UNKNOWN_LABEL, *(name_of(int(one)) for one in known))
    return Groups(by=by, codes=codes.alias(by), keys=keys, names=names)


def _bands(by: str, fact: Fact, ground: Ground) -> tuple[pl.Expr, Callable[[int], str]]:
    """Give the number of the band a row lies in, and how a band is called."""
    match fact.kind:
        case "flag":
            return ground.columns.flag(by).cast(pl.Int64), lambda yes: "是" if yes else "否"
        case "date":
            return ground.columns.day(by).dt.year(), lambda year: f"{year}年"
        case "share":
            tens = ground.columns.number(by).expr // 1_000
            return (
                tens,
                lambda ten: (
                    f"{share_in_words(ten * 1_000)}至{share_in_words(ten * 1_000 + 1_000)}（不含）"
                ),
            )
        case _:
            number = ground.columns.number(by).expr
            powers = [(number >= 10**power).cast(pl.Int64) for power in range(MOST_BANDS)]
            return pl.sum_horizontal(powers, ignore_nulls=False), lambda count: _power(count, fact)


def _power(count: int, fact: Fact) -> str:
    def words(number: int) -> str:
        return quantity_in_words(number, "money" if fact.kind == "money" else "number", fact.unit)

    if count == 0:
        return "0或以下"
    return f"{words(10 ** (count - 1))}至{words(10**count)}（不含）"
