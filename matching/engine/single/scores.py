"""Score tables of one enterprise: the points certainly had, the points still possible, and what follows.

An indicator whose row is known is exact, one that is not spans its rows.
"""

from collections.abc import Iterator, Sequence
from itertools import product

import msgspec

from matching.engine.single.truths import MAY_FAIL, MAY_HOLD, MAY_OPEN, OUTCOME, Truth, all_true
from matching.language.conditions import Indicator, Score

Span = tuple[int, int]
"""Points certainly had and points still possible."""
ANSWERS: tuple[tuple[int, Truth], ...] = ((MAY_HOLD, True), (MAY_FAIL, False), (MAY_OPEN, None))


class Counted(msgspec.Struct, frozen=True):
    """The points of a table.

    total, parts, indicators  spans in the order of the text; each with its own cap.
    lacking                   points by which even the highest total, or the highest of its parts, misses the
                              limit or a minimum; 0: none is missed for certain.
    """

    total: Span
    parts: tuple[Span, ...]
    indicators: tuple[Span, ...]
    lacking: int


def count_points(score: Score, holds: Sequence[Truth]) -> Counted:
    """Count the points of a table.

    holds  whether each row with a condition holds, in the order of the text.
    """
    answers = iter(holds)
    spans = [[_indicator(each, answers) for each in part.indicators] for part in score.parts]
    parts = [
        _capped(_sum(of_part), part.most) for part, of_part in zip(score.parts, spans, strict=True)
    ]
    total = _capped(_sum(parts), score.most)
    short = [_least(score) - total[1]]
    short += [
        part.at_least - high
        for part, (_, high) in zip(score.parts, parts, strict=True)
        if part.at_least is not None
    ]
    indicators = tuple(span for of_part in spans for span in of_part)
    return Counted(total, tuple(parts), indicators, max(0, *short))


def score_truth(score: Score, holds: Sequence[Truth]) -> Truth:
    """Say whether the limit and every minimum is surely reached, surely missed, or open."""
    found = count_points(score, holds)
    minimums = [
        _reached(span, part.at_least)
        for part, span in zip(score.parts, found.parts, strict=True)
        if part.at_least is not None
    ]
    return all_true((_reached(found.total, _least(score)), *minimums))


def score_outcomes(score: Score, rows: Sequence[int]) -> int:
    """Give what a table may become, whatever persons answer.

    rows  what each row with a condition may become.
    """
    found = 0
    for holds in product(*(_answers(row) for row in rows)):
        found |= OUTCOME[score_truth(score, holds)]
    return found


def _answers(row: int) -> tuple[Truth, ...]:
    return tuple(truth for bit, truth in ANSWERS if row & bit)


def _least(score: Score) -> int:
    return score.limit + (score.operator == "more_than")


def _indicator(indicator: Indicator, answers: Iterator[Truth]) -> Span:
    low = high = 0
    for row in indicator.rows:
        holds = True if row.when is None else next(answers)
        surely = row.points if holds else 0
        possibly = 0 if holds is False else row.points
        if indicator.take == "sum":
            low, high = low + surely, high + possibly
        else:
            low, high = max(low, surely), max(high, possibly)
    return _capped((low, high), indicator.most)


def _sum(spans: Sequence[Span]) -> Span:
    return sum(low for low, _ in spans), sum(high for _, high in spans)


def _capped(span: Span, most: int | None) -> Span:
    return span if most is None else (min(span[0], most), min(span[1], most))


def _reached(span: Span, least: int) -> Truth:
    return True if span[0] >= least else (None if span[1] >= least else False)
