"""The ladder of one enterprise: what it holds, what it reaches, and the road to the next rung.

Whoever holds a title keeps it to the end of its certificate, whatever version came after; what is judged for a
holder is its review (复核), for everybody else the recognition (认定).
"""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Literal

import msgspec
import polars as pl

from matching.engine.assess import HARDEST, NOT_APPLICABLE, standards_for
from matching.engine.gains import Gain, gains_of
from matching.engine.gap import gaps
from matching.engine.gap_change import Calendar
from matching.engine.gap_types import Gaps
from matching.engine.population import Population
from matching.engine.single.lists import listed_truth
from matching.engine.single.single import Single
from matching.engine.single.truths import Truth
from matching.engine.trace import Trace
from matching.engine.truth import MET, OPEN, UNMET
from matching.language.conditions import Listed, OneOf
from matching.language.items import Item
from matching.language.periods import years_after
from matching.language.standards import Criterion, Kind, Standard, Tier

EntryState = Literal["held", "not_yet", "over", "struck_off", "unknown"]
_ENTRY = ("level", "batch", "document", "from_on", "until_on", "left_on")


class Rules(msgspec.Struct, frozen=True):
    """What a ladder is judged by; `items`: those whose outcome a title may change."""

    tiers: Mapping[str, Tier]
    standards: Sequence[Standard]
    items: Sequence[Item] = ()


class Certificate(msgspec.Struct, frozen=True, kw_only=True):
    """One entry of a title's list; None: nobody told.

    until_on  its last day as the list says, else by the years a certificate runs.
    reckoned  the last day is not written but follows from these years.
    left_on   the day it was struck off or revoked.
    state     on the day asked; unknown: no day says whether it still runs.
    """

    level: str | None
    batch: str | None
    document: str | None
    from_on: date | None
    until_on: date | None
    reckoned: bool
    left_on: date | None
    state: EntryState


class Judged(msgspec.Struct, frozen=True):
    """A criterion and what came of it."""

    criterion: Criterion
    verdict: int
    trace: Trace


class Rung(msgspec.Struct, frozen=True, kw_only=True):
    """One title for the enterprise.

    held          on the day; None: not known.
    certificates  every entry of it, the latest first.
    kind          what is judged: its review where it is held, else its recognition.
    standard      the one that judges it there and then; None: none does, or it is recognised by list.
    settled       its place says surely that this is the standard.
    verdict       code of matching.engine.truth, or NOT_APPLICABLE.
    criteria      those asked; what is not applicable is left out.
    """

    tier: Tier
    held: Truth
    certificates: tuple[Certificate, ...]
    kind: Kind
    standard: Standard | None
    settled: bool
    verdict: int
    criteria: tuple[Judged, ...] = ()

    @property
    def met(self) -> int:
        """Give the number of criteria that are met."""
        return sum(one.verdict == MET for one in self.criteria)


class Road(msgspec.Struct, frozen=True):
    """The way to the next rung, and what the matcher gives more once the title is held."""

    rung: Rung
    gaps: Gaps
    gains: tuple[Gain, ...]


class Ladder(msgspec.Struct, frozen=True):
    """All titles of one enterprise.

    rungs   of the ladder, lowest first; `beside`: titles that are no rungs.
    road    to the lowest rung above the highest one held; None: there is none, or no standard for it.
    """

    rungs: tuple[Rung, ...]
    beside: tuple[Rung, ...]
    road: Road | None


def ladder_of(population: Population, single: Single, rules: Rules, on: date) -> Ladder:
    """Give the ladder of the first enterprise of a population; `single` is that enterprise made ready."""
    entries = _entries(population)
    found = [
        _rung(tier, entries.get(tier.list, []), single, rules, on) for tier in rules.tiers.values()
    ]
    rungs = sorted(
        (one for one in found if one.tier.rung is not None), key=lambda one: one.tier.rung or 0
    )
    beside = tuple(one for one in found if one.tier.rung is None)
    return Ladder(tuple(rungs), beside, _road(rungs, population, single, rules, on))


def _rung(
    tier: Tier, entries: Sequence[tuple[object, ...]], single: Single, rules: Rules, on: date
) -> Rung:
    held = listed_truth(Listed(list=tier.list), single.known, on, single.today(tier.list, on))
    kind: Kind = "复核" if held else "认定"
    judging = standards_for(rules.standards, tier.key, kind, on, single.vocabulary.places)
    standard, settled = _standard(judging, single, on)
    found = _judged(standard, kind, single, on) if standard is not None else ()
    verdict = whole_verdict([one.verdict for one in found])
    if not settled and verdict != NOT_APPLICABLE:
        others = [_judged(one, kind, single, on) for one in judging]
        same = {whole_verdict([one.verdict for one in each]) for each in others} == {verdict}
        verdict = verdict if same else OPEN
    return Rung(
        tier=tier,
        held=held,
        certificates=tuple(_certificate(row, tier.validity_years, on) for row in entries),
        kind=kind,
        standard=standard,
        settled=settled,
        verdict=verdict,
        criteria=found,
    )


def whole_verdict(codes: Sequence[int]) -> int:
    """Give the verdict of all criteria together."""
    return next((code for code in HARDEST if code in codes), NOT_APPLICABLE)


def _standard(
    judging: Sequence[Standard], single: Single, on: date
) -> tuple[Standard | None, bool]:
    """Give the standard of the smallest area it lies in; where that is not known, the widest that may judge it."""
    possible: list[Standard] = []
    nation = single.vocabulary.places.root
    for standard in judging:
        inside = OneOf(fact="place", codes=(standard.area,))
        verdict = MET if standard.area == nation else single.node(inside, on).trace.verdict
        if verdict != UNMET:
            possible.append(standard)
        if verdict == MET:
            break
    return (possible[-1] if possible else None), len(possible) <= 1


def _judged(standard: Standard, kind: Kind, single: Single, on: date) -> tuple[Judged, ...]:
    traced = [(one, single.node(one.condition, on).trace) for one in standard.asked(kind)]
    return tuple(Judged(one, trace.verdict, trace) for one, trace in traced)


def _entries(population: Population) -> dict[str, list[tuple[object, ...]]]:
    """Give the enterprise's entries by list, the latest first."""
    own = population.frame["enterprise_id"][0]
    entries = population.memberships.filter(pl.col("enterprise_id") == own)
    found: dict[str, list[tuple[object, ...]]] = {}
    latest = entries.sort("from_on", descending=True, nulls_last=True)
    for key, *row in latest.select("list", *_ENTRY).iter_rows():
        found.setdefault(key, []).append(tuple(row))
    return found


def _certificate(row: tuple[object, ...], years: int | None, on: date) -> Certificate:
    entry = dict(zip(_ENTRY, row, strict=True))
    since, until, left = (_day(entry[key]) for key in ("from_on", "until_on", "left_on"))
    reckoned = until is None and since is not None and years is not None
    if since is not None and years is not None and reckoned:
        until = years_after(since, years) - timedelta(days=1)
    state: EntryState = "held"
    if left is not None and left <= on:
        state = "struck_off"
    elif until is not None and until < on:
        state = "over"
    elif since is not None and since > on:
        state = "not_yet"
    elif since is None or (until is None and years is not None):
        state = "unknown"
    return Certificate(
        level=_text(entry["level"]),
        batch=_text(entry["batch"]),
        document=_text(entry["document"]),
        from_on=since,
        until_on=until,
        reckoned=reckoned,
        left_on=left,
        state=state,
    )


def _day(value: object) -> date | None:
    return value if isinstance(value, date) else None


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None


def _road(
    rungs: Sequence[Rung], population: Population, single: Single, rules: Rules, on: date
) -> Road | None:
    highest = max((one.tier.rung or 0 for one in rungs if one.held), default=0)
    above = (one for one in rungs if (one.tier.rung or 0) > highest and not one.held)
    rung = next((one for one in above if one.standard is not None), None)
    if rung is None or rung.standard is None:
        return None
    calendar = Calendar(moves=True, until=rung.standard.valid[rung.kind].until)
    way = gaps(rung.standard.condition(rung.kind), single, on, calendar)
    return Road(rung, way, gains_of(rules.items, rung.tier, population, single, on))
