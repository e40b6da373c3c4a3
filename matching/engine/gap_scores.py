"""All smallest ways to bring a score table to its limit and minimums, or to keep it below one of them.

Points are followed indicator by indicator together with what has to be brought about for them; of two ways
to the same or more points, one that asks for more is dropped.
"""

from collections.abc import Callable, Iterator, Sequence
from itertools import accumulate

import msgspec

from matching.language.conditions import Indicator, Points, Score, ScorePart

MOST_POINTED = 60
"""So many states of a table are followed at once; where there are more, those with most changes are dropped."""

Ways = list[int]
Reached = list[tuple[int, int]]
"""Points surely had (or, to stay below, still possible), and the way to them."""
START: Reached = [(0, 0)]


class Rows(msgspec.Struct, frozen=True):
    """The ways of each row with a condition, in the order of the text: to hold, and not to hold."""

    held: Sequence[Ways]
    failed: Sequence[Ways]


class Table:
    """One score table; `can_be` says whether a way contradicts itself.

    complete  whether every way was followed.
    """

    def __init__(self, score: Score, rows: Rows, can_be: Callable[[int], bool]) -> None:
        self.complete = True
        self._score = score
        self._rows = rows
        self._can_be = can_be
        self._least = score.limit + (score.operator == "more_than")

    def ways(self, *, wanted: bool) -> Ways:
        """Give the ways for the table to hold, or surely not to."""
        return self._to_hold() if wanted else self._to_fail()

    def _to_hold(self) -> Ways:
        places = iter(range(len(self._rows.held)))
        parts: list[Reached] = []
        for part in self._score.parts:
            reached = self._part(part, places, wanted=True)
            parts.append(
                [(points, way) for points, way in reached if points >= (part.at_least or 0)]
            )
        # What the parts from here on can still give: who cannot reach the limit any more is dropped.
        most = [max((points for points, _ in part), default=0) for part in parts]
        still = [*accumulate(reversed(most[1:]), initial=0)][::-1]
        found = START
        for reached, later in zip(parts, still, strict=True):
            together = self._added(found, reached, wanted=True)
            found = [
                (min(points, self._least), way)
                for points, way in together
                if points + later >= self._least
            ]
        within = self._capped(found, self._score.most)
        return [way for points, way in within if points >= self._least]

    def _to_fail(self) -> Ways:
        places = iter(range(len(self._rows.held)))
        found, ways = START, []
        for part in self._score.parts:
            reached = self._part(part, places, wanted=False)
            if part.at_least is not None:
                ways += [way for points, way in reached if points < part.at_least]
            found = self._added(found, reached, wanted=False)
        within = self._capped(found, self._score.most)
        return ways + [way for points, way in within if points < self._least]

    def _part(self, part: ScorePart, places: Iterator[int], *, wanted: bool) -> Reached:
        found = START
        for indicator in part.indicators:
            rows = [(row, None if row.when is None else next(places)) for row in indicator.rows]
            found = self._added(
                found, self._indicator(indicator, rows, wanted=wanted), wanted=wanted
            )
        return self._kept(self._capped(found, part.most), wanted=wanted)

    def _indicator(
        self, indicator: Indicator, rows: list[tuple[Points, int | None]], *, wanted: bool
    ) -> Reached:
        if indicator.take == "sum":
            found = START
            for row, place in rows:
                found = self._added(found, self._row(row, place, wanted=wanted), wanted=wanted)
        elif wanted:
            found = [*START, *(one for row in rows for one in self._row(*row, wanted=True))]
        else:
            found = self._lowered(rows)
        return self._kept(self._capped(found, indicator.most), wanted=wanted)

    def _row(self, row: Points, place: int | None, *, wanted: bool) -> Reached:
        """Give the points of a row with the ways to them, and what it gives without any."""
        if place is None:
            return [(row.points, 0)]
        if wanted:
            return [(0, 0), *((row.points, way) for way in self._rows.held[place])]
        return [(row.points, 0), *((0, way) for way in self._rows.failed[place])]

    def _lowered(self, rows: list[tuple[Points, int | None]]) -> Reached:
        """Of an indicator whose highest row counts, let the rows fail from the highest on."""
        ordered = sorted(rows, key=lambda row: -row[0].points)
        found: Reached = []
        ways: Ways = [0]
        for row, place in ordered:
            found += [(row.points, way) for way in ways]
            failed = [] if place is None else self._rows.failed[place]
            ways = [one | two for one in ways for two in failed if self._can_be(one | two)]
            ways = self._smallest(ways)
        return found + [(0, way) for way in ways]

    def _smallest(self, ways: Ways) -> Ways:
        return [way for _, way in self._kept([(0, way) for way in ways], wanted=True)]

    def _added(self, found: Reached, more: Reached, *, wanted: bool) -> Reached:
        together = [
            (points + other, way | besides)
            for points, way in found
            for other, besides in more
            if self._can_be(way | besides)
        ]
        return self._kept(together, wanted=wanted)

    def _capped(self, reached: Reached, most: int | None) -> Reached:
        return reached if most is None else [(min(points, most), way) for points, way in reached]

    def _kept(self, reached: Reached, *, wanted: bool) -> Reached:
        """Drop what another does as well with less; the best is looked at first."""
        sign = -1 if wanted else 1
        kept: Reached = []
        ways: Ways = []
        for points, way in sorted(
            set(reached), key=lambda one: (sign * one[0], one[1].bit_count(), one[1])
        ):
            if not any(less & way == less for less in ways):
                kept.append((points, way))
                ways.append(way)
        if len(kept) <= MOST_POINTED:
            return kept
        self.complete = False
        few = sorted(kept[1:], key=lambda one: one[1].bit_count())[: MOST_POINTED - 1]
        return [kept[0], *few]
