"""Slightly wrong versions of score tables: a point more or less, a minimum, cap or limit off by one."""

from collections.abc import Callable, Iterator

import msgspec

from matching.catalogue.mutate_tests import Mutant, Telling
from matching.language.conditions import Condition, Indicator, Points, Score, ScorePart

changed = msgspec.structs.replace
Inside = Callable[[Condition], Iterator[Mutant]]
"""Gives the wrong versions of a condition inside a table."""


def wrong_scores(score: Score, inside: Inside) -> Iterator[Mutant]:
    """Give every score table that differs from this one in a single place."""
    for step in (1, -1):
        yield _said("总分线", score.limit, step), changed(score, limit=score.limit + step)
        if score.most is not None:
            yield _said("总分上限", score.most, step), changed(score, most=score.most + step)
    for place, part in enumerate(score.parts):
        for tell, wrong in _wrong_parts(part, inside):
            parts = (*score.parts[:place], wrong, *score.parts[place + 1 :])
            yield tell, changed(score, parts=parts)


def _wrong_parts(part: ScorePart, inside: Inside) -> Iterator[tuple[Telling, ScorePart]]:
    for step in (1, -1):
        if part.at_least is not None:
            said = _said(f"“{part.name}”的最低分", part.at_least, step)
            yield said, changed(part, at_least=part.at_least + step)
        if part.most is not None:
            said = _said(f"“{part.name}”的上限", part.most, step)
            yield said, changed(part, most=part.most + step)
    for place, indicator in enumerate(part.indicators):
        for tell, wrong in _wrong_indicators(indicator, inside):
            indicators = (*part.indicators[:place], wrong, *part.indicators[place + 1 :])
            yield tell, changed(part, indicators=indicators)


def _wrong_indicators(indicator: Indicator, inside: Inside) -> Iterator[tuple[Telling, Indicator]]:
    if indicator.most is not None:
        for step in (1, -1):
            said = _said(f"“{indicator.name}”的上限", indicator.most, step)
            yield said, changed(indicator, most=indicator.most + step)
    for place, row in enumerate(indicator.rows):
        for tell, wrong in _wrong_rows(indicator, place, row, inside):
            rows = (*indicator.rows[:place], wrong, *indicator.rows[place + 1 :])
            yield tell, changed(indicator, rows=rows)


def _wrong_rows(
    indicator: Indicator, place: int, row: Points, inside: Inside
) -> Iterator[tuple[Telling, Points]]:
    name = f"“{indicator.name}”第{place + 1}档的分值"
    for step in (1, -1):
        # A row for everybody that gives nothing gives nothing with a point less, too: less is never the highest.
        if row.points or step > 0:
            yield _said(name, row.points, step), changed(row, points=row.points + step)
    if row.when is not None:
        for tell, wrong in inside(row.when):
            yield tell, changed(row, when=wrong)


def _said(what: str, now: int, step: int) -> Telling:
    return lambda _: f"把{what}由{now}分改成{now + step}分"
