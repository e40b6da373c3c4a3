"""Proofs that a score table with one number changed gives every enterprise the same verdict.

Every sum the rows can give is made for both tables at once. What is certain and what is still possible of an
enterprise are two of these sums, so tables that agree on all of them agree on every enterprise.
"""

from itertools import combinations

from matching.language.conditions import Condition, Indicator, Score, ScorePart, parts_of

Sums = frozenset[tuple[int, int]]
"""What can be given: the points by the right table and by the wrong one."""
MOST_SUMS = 20_000
"""Beyond so many nothing is proven."""


def differing_scores(right: Condition, wrong: Condition) -> tuple[Score, Score] | None:
    """Find the one score table in which two conditions differ; None where they differ otherwise."""
    inner, other = parts_of(right), parts_of(wrong)
    if isinstance(right, Score) and isinstance(wrong, Score) and inner == other:
        return right, wrong
    if type(right) is not type(wrong) or len(inner) != len(other):
        return None
    places = [place for place, (a, b) in enumerate(zip(inner, other, strict=True)) if a != b]
    return differing_scores(inner[places[0]], other[places[0]]) if len(places) == 1 else None


def same_scores(right: Score, wrong: Score) -> bool:
    """Say whether it is proven that both tables, of the same rows, pass for the same enterprises."""
    reached = {(0, 0, True, True)}
    for one, other in zip(right.parts, wrong.parts, strict=True):
        sums = _sums_of_part(one, other)
        reached = {
            (a + p, b + q, fine and _enough(p, one), well and _enough(q, other))
            for a, b, fine, well in reached
            for p, q in sums
        }
        if len(reached) > MOST_SUMS:
            return False
    return all(
        (fine and _passes(a, right)) == (well and _passes(b, wrong)) for a, b, fine, well in reached
    )


def _sums_of_part(right: ScorePart, wrong: ScorePart) -> Sums:
    sums: Sums = frozenset({(0, 0)})
    for one, other in zip(right.indicators, wrong.indicators, strict=True):
        given = _given(one, other)
        sums = frozenset((a + p, b + q) for a, b in sums for p, q in given)
    return frozenset((_capped(a, right.most), _capped(b, wrong.most)) for a, b in sums)


def _given(right: Indicator, wrong: Indicator) -> Sums:
    """Give what an indicator can come to, whichever of its rows hold; those for everybody always do.

    The highest of a table is one row's: two rows are enough to make the highest of both.
    """
    places = range(len(right.rows))
    always = {place for place in places if right.rows[place].when is None}
    free = [place for place in places if place not in always]
    most = len(free) if right.take == "sum" else min(len(free), 2)
    chosen = [always.union(some) for size in range(most + 1) for some in combinations(free, size)]
    return frozenset((_points(right, some), _points(wrong, some)) for some in chosen)


def _points(indicator: Indicator, places: set[int]) -> int:
    points = [indicator.rows[place].points for place in places]
    if indicator.take == "sum":
        return _capped(sum(points), indicator.most)
    return max((0, *points))


def _capped(points: int, most: int | None) -> int:
    return points if most is None else min(points, most)


def _enough(points: int, part: ScorePart) -> bool:
    return part.at_least is None or points >= part.at_least


def _passes(points: int, score: Score) -> bool:
    total = _capped(points, score.most)
    return total > score.limit if score.operator == "more_than" else total >= score.limit
