"""Score tables: limits that cannot be reached, rows nobody gets, bands with holes or out of order."""

from collections.abc import Iterator

import msgspec

from matching.catalogue.claims import Range, claims_of
from matching.catalogue.impossible import Reach
from matching.catalogue.normal_form import Asked, Every, Node
from matching.language.conditions import Indicator, Points, Score, ScorePart
from matching.language.quantities import OverMonths, Value


class Trouble(msgspec.Struct, frozen=True):
    """What is wrong with one place of a score table, and the way out."""

    where: str
    what: str
    way_out: str


class Band(msgspec.Struct, frozen=True):
    """The stretch of one figure for which a row gives points."""

    row: int
    range: Range
    whole: bool


def most_points(part: ScorePart) -> int:
    """Give the most points one part of a table can give."""
    return _capped(sum(map(_most_of_indicator, part.indicators)), part.most)


def score_troubles(score: Score, where: str, reach: Reach) -> Iterator[Trouble]:
    """Give everything in a score table that can never matter or leaves a hole."""
    reachable = _capped(sum(map(most_points, score.parts)), score.most)
    missed = reachable < score.limit or (reachable == score.limit and score.operator == "more_than")
    if missed:
        what = f"满分只有{reachable}分，到不了{score.limit}分的线"
        yield Trouble(where, what, "核对各档分值、上限和合格线")
    for place, part in enumerate(score.parts):
        at = f"{where}.score[{place}]"
        if part.at_least is not None and most_points(part) < part.at_least:
            what = f"“{part.name}”满分只有{most_points(part)}分，到不了本部分的{part.at_least}分"
            yield Trouble(at, what, "核对本部分各档分值与最低分")
        for number, indicator in enumerate(part.indicators):
            inside = f"{at}.indicators[{number}]"
            yield from _row_troubles(indicator, inside, reach)
            yield from _band_troubles(indicator, inside, reach)


def _most_of_indicator(indicator: Indicator) -> int:
    points = [row.points for row in indicator.rows]
    if indicator.take == "highest":
        return max(points, default=0)
    return _capped(sum(point for point in points if point > 0), indicator.most)


def _capped(points: int, most: int | None) -> int:
    return points if most is None else min(points, most)


def _row_troubles(indicator: Indicator, where: str, reach: Reach) -> Iterator[Trouble]:
    for place, row in enumerate(indicator.rows):
        at = f"{where}.rows[{place}]"
        if row.when is not None and reach.apart(reach.form.of(row.when, "")):
            yield Trouble(at, f"“{indicator.name}”的这一档没有企业能到", "核对这一档的上下限")
        elif indicator.take == "highest" and any(
            _gives_more(other, row, reach)
            for number, other in enumerate(indicator.rows)
            if number != place and (other.points > row.points or number < place)
        ):
            what = f"“{indicator.name}”到这一档的企业都能拿到不少于它的另一档，{row.points}分轮不到"
            yield Trouble(at, what, "要求高的档分值应更高；核对分值与界限")


def _gives_more(other: Points, row: Points, reach: Reach) -> bool:
    if other.points < row.points:
        return False
    if other.when is None:
        return True
    return row.when is not None and reach.implies(row.when, other.when)


def _band_troubles(indicator: Indicator, where: str, reach: Reach) -> Iterator[Trouble]:
    """Compare neighbours of one figure: between two bands with points nothing may be left out."""
    if indicator.take == "sum" or any(row.when is None and row.points for row in indicator.rows):
        return
    for bands in _bands_by_figure(indicator, reach):
        reached = bands[0]
        for band in bands[1:]:
            at = f"{where}.rows[{band.row}]"
            if _hole(reached, band):
                what = f"“{indicator.name}”在这一档与前一档之间有一段没有分值"
                yield Trouble(at, what, "让相邻两档的界限相接")
            elif _overlap(reached, band):
                what = f"“{indicator.name}”的这一档与另一档重叠，不止于界限"
                yield Trouble(at, what, "让相邻两档只在界限处相接")
            if _end(band) >= _end(reached):
                reached = band


def _bands_by_figure(indicator: Indicator, reach: Reach) -> list[list[Band]]:
    """Give the bands of each figure, lowest first; rows about more than one figure are left out."""
    found: dict[object, list[Band]] = {}
    for place, row in enumerate(indicator.rows):
        if row.when is None:
            continue
        tests = _tests(reach.form.of(row.when, ""))
        claims = [claim for test in tests for claim in claims_of(test, reach.vocabulary, reach.on)]
        keys = {key for key, _ in claims}
        ranges = [claim for _, claim in claims if isinstance(claim, Range)]
        if len(keys) != 1 or len(ranges) != len(tests):
            continue
        both = ranges[0]
        for one in ranges[1:]:
            both = both.meet(one)
        key = keys.pop()
        whole = isinstance(key, Value) or (isinstance(key, OverMonths) and key.take != "mean")
        found.setdefault(key, []).append(Band(place, both, whole))
    return [sorted(bands, key=_start) for bands in found.values()]


def _start(band: Band) -> tuple[bool, int]:
    low = band.range.low
    return low is not None, low or 0


def _end(band: Band) -> tuple[bool, int]:
    high = band.range.high
    return high is None, high or 0


def _hole(lower: Band, upper: Band) -> bool:
    """Say whether some value lies above the one and below the other."""
    high, low = lower.range.high, upper.range.low
    if high is None or low is None:
        return False
    if lower.whole:
        return low > high + 1
    return low > high or (low == high and lower.range.open_high and upper.range.open_low)


def _overlap(lower: Band, upper: Band) -> bool:
    """Say whether the two share more than an edge and neither lies within the other."""
    high, low = lower.range.high, upper.range.low
    if high is None or low is None or _end(upper) <= _end(lower) or _start(upper) == _start(lower):
        return False
    return low < high


def _tests(node: Node) -> list[Asked]:
    """Give the tests of a plain conjunction; nothing where there is a choice in it."""
    if isinstance(node, Asked):
        return [node]
    return [t for part in node.parts for t in _tests(part)] if isinstance(node, Every) else []
