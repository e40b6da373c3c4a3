"""The plain reference of score tables: the points certainly had and those still possible."""

from collections.abc import Iterator, Sequence

from matching.language.conditions import Indicator, Score, ScorePart
from tests.matching.engine.plain_truth import Truth, every

Range = tuple[int, int]


def scored(score: Score, found: Sequence[Truth]) -> Truth:
    """Compare the whole with the limit and each part with its minimum.

    found  how each row that has a condition stands, in the order of the text.
    """
    limit = score.limit if score.operator == "at_least" else score.limit + 1
    minima = zip(parts_had(score, found), score.parts, strict=True)
    tests = [reached(had, part.at_least) for had, part in minima if part.at_least is not None]
    return every([reached(points_had(score, found), limit), *tests])


def points_had(score: Score, found: Sequence[Truth]) -> Range:
    """Give the points of the whole table."""
    return capped(added(parts_had(score, found)), score.most)


def parts_had(score: Score, found: Sequence[Truth]) -> list[Range]:
    """Give the points of each part; those beyond its `most` do not count."""
    rest = iter(found)
    return [part_had(part, rest) for part in score.parts]


def part_had(part: ScorePart, rest: Iterator[Truth]) -> Range:
    return capped(added([had(indicator, rest) for indicator in part.indicators]), part.most)


def had(indicator: Indicator, rest: Iterator[Truth]) -> Range:
    """Give the best row, or all together: surely those that hold, possibly those that may."""
    sure, possible = [0], [0]
    for row in indicator.rows:
        holds = True if row.when is None else next(rest)
        if holds is True:
            sure.append(row.points)
        if holds is not False:
            possible.append(row.points)
    if indicator.take == "highest":
        return max(sure), max(possible)
    return capped((sum(sure), sum(possible)), indicator.most)


def added(ranges: list[Range]) -> Range:
    return sum(low for low, _ in ranges), sum(high for _, high in ranges)


def capped(points: Range, most: int | None) -> Range:
    return points if most is None else (min(points[0], most), min(points[1], most))


def reached(points: Range, limit: int) -> Truth:
    low, high = points
    if low >= limit:
        return True
    return False if high < limit else None
