"""Random enterprises of which much is unknown, and the same ones with more of it known."""

from datetime import date, timedelta
from typing import TypeVar

import msgspec
from hypothesis import strategies as st

from matching.language.vocabulary import column_name
from tests.matching.engine.plain_truth import World
from tests.matching.engine.reference_lists import list_known
from tests.matching.engine.small_world import DAY, VOCABULARY, Award, Cell, Claim, Entry, Firm, Tie
from tests.matching.engine.strategies import (
    BATCHES,
    BIG,
    DAYS,
    MONTHS,
    WINDOW,
    YEARS,
    codes,
    days,
    families,
    levels,
    numbers,
)


def _cells() -> dict[str, st.SearchStrategy[Cell]]:
    """Say which columns an enterprise may have, and what may stand in each."""
    cells: dict[str, st.SearchStrategy[Cell]] = {"capital": numbers, "staff": numbers}
    cells |= {f"revenue@{year}": numbers for year in ("2021", "2022", *YEARS)}
    for year in ("2025", "2026"):
        cells |= {f"profit@{year}": numbers, f"layoff@{year}": numbers, f"loaded_on@{year}": days}
        cells[f"grade@{year}"] = st.sampled_from(codes["grade"])
    cells |= {f"power@{month}": numbers for month in MONTHS}
    cells |= {fact: st.sampled_from(codes[fact]) for fact in ("status", "place", "industry")}
    cells |= {"direct": st.booleans(), column_name("closed", WINDOW): st.booleans()}
    return cells | {"registered_on": days}


CELLS = _cells()


@st.composite
def entries(draw: st.DrawFn, key: str) -> Entry:
    """Draw one entry of a list; its level, batch and first day may be unknown."""
    assert key in VOCABULARY.lists
    return Entry(
        list=key,
        level=draw(st.none() | st.sampled_from(levels[key])) if levels[key] else None,
        batch=draw(st.none() | st.sampled_from(BATCHES)),
        from_on=draw(st.none() | days),
        until_on=draw(st.none() | days),
        left_on=draw(st.none() | st.none() | days),
    )


awards = st.builds(
    Award, families, st.none() | st.sampled_from((0, 1, 60, 10**6)), st.none() | days
)
OF_LISTS = (*sorted(levels), "paid:P1", "paid:P2")
WHOLE = ("relations", "uses", "hires", "loans")
KNOWABLE = (*OF_LISTS, *WHOLE)


@st.composite
def ties(draw: st.DrawFn) -> Tie:
    """Draw another enterprise of the group."""
    key = draw(st.sampled_from(sorted(levels)))
    return Tie(
        role=draw(st.sampled_from(("parent", "member"))),
        entries=tuple(draw(st.lists(entries(key), max_size=2))),
        awards=tuple(draw(st.lists(awards, max_size=1))),
        known=draw(st.frozensets(st.sampled_from(OF_LISTS), max_size=2)),
    )


claims = st.builds(
    Claim,
    st.sampled_from(("hires", "loans")),
    st.none() | st.sampled_from((0, 1, 100, BIG)),
    st.lists(families, max_size=2, unique=True).map(tuple),
    st.sampled_from((False, False, False, True)),
)


@st.composite
def firms(draw: st.DrawFn) -> Firm:
    """Draw an enterprise of which much is unknown."""
    names = draw(st.lists(st.sampled_from(sorted(CELLS)), unique=True, max_size=16))
    held = [entry for key in sorted(levels) for entry in draw(st.lists(entries(key), max_size=2))]
    return Firm(
        facts={name: draw(CELLS[name]) for name in names},
        entries=tuple(held),
        awards=tuple(draw(st.lists(awards, max_size=2))),
        known=frozenset(draw(st.lists(st.sampled_from(KNOWABLE), unique=True, max_size=4))),
        ties=tuple(draw(st.lists(ties(), max_size=2))),
        claims=tuple(draw(st.lists(claims, max_size=3))),
    )


coverages = st.dictionaries(
    st.sampled_from((*sorted(levels), "awards", *WHOLE)),
    st.sampled_from(tuple(DAY - timedelta(days=back) for back in (0, 40, 41, 62, 63, 400, 401))),
    max_size=6,
)


@st.composite
def filled(draw: st.DrawFn, firm: Firm, coverage: dict[str, date]) -> Firm:
    """Draw an enterprise of which more is known: nothing that was known is changed.

    Entries and payments come to light only where the list or ledger was not completely known.
    """
    missing = [name for name in sorted(CELLS) if name not in firm.facts]
    told = draw(st.lists(st.sampled_from(missing), unique=True)) if missing else []
    more = draw(st.frozensets(st.sampled_from(KNOWABLE), max_size=5))
    world = World(DAY, coverage)
    unlisted = [key for key in sorted(levels) if not list_known(key, firm, world)]
    unpaid = [family for family in ("P1", "P2") if f"paid:{family}" not in firm.known]
    unpaid = [] if "awards" in coverage else unpaid
    held = [draw(_filled_entry(entry)) for entry in firm.entries]
    held += [entry for key in unlisted for entry in draw(st.lists(entries(key), max_size=1))]
    paid = [
        award
        if award.cents is not None
        else msgspec.structs.replace(award, cents=draw(st.integers(0, 100)))
        for award in firm.awards
    ]
    paid += [Award(family, 60) for family in unpaid if draw(st.booleans())]
    return Firm(
        facts={**firm.facts, **{name: draw(CELLS[name]) for name in told}},
        entries=tuple(held),
        awards=tuple(paid),
        known=firm.known | more,
        ties=firm.ties,
        claims=firm.claims,
    )


Told = TypeVar("Told", str, date)


@st.composite
def _filled_entry(draw: st.DrawFn, entry: Entry) -> Entry:
    def told(value: Told | None, choices: tuple[Told, ...]) -> Told | None:
        if value is not None or not choices:
            return value
        return draw(st.none() | st.sampled_from(choices))

    return Entry(
        list=entry.list,
        level=told(entry.level, levels[entry.list]),
        batch=told(entry.batch, BATCHES),
        from_on=told(entry.from_on, DAYS),
        until_on=entry.until_on,
        left_on=entry.left_on,
    )
