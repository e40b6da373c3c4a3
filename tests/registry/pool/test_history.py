"""The present state is what the steps come to: random lives of an enterprise, undone and told late."""

from datetime import date, timedelta

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from registry.pool.decide import Present, refused, row_of
from registry.pool.declared import shipped_pools
from registry.pool.history import in_effect, standings
from registry.pool.store import CHANGES
from registry.pool.types import EVENT_WORDS, STATE_WORDS, Asked, Wanted
from tests.makers import at

POOLS = shipped_pools()
FIRST = date(2026, 1, 1)


@st.composite
def lives(draw: st.DrawFn) -> list[dict[str, object]]:
    """Ask for changes at random; those that are refused leave no row."""
    rows: list[dict[str, object]] = []
    for number in range(draw(st.integers(0, 25))):
        present = Present.of(rows)
        event = draw(st.sampled_from([*EVENT_WORDS]))
        fitting = [key for key, one in POOLS.reasons.items() if event in one.events]
        asked = Asked(
            event=event,
            by=draw(st.sampled_from(["张三", "system"])),
            on=FIRST + timedelta(days=number // draw(st.integers(1, 3))),
            now=at(3, 1) + timedelta(days=number),
            reason=draw(st.sampled_from([None, *fitting, *fitting])),
        )
        after = draw(st.sampled_from([None, *STATE_WORDS])) if asked.event == "enter" else None
        wanted = Wanted(pool="giant", enterprise_id=1, asked=asked, after=after)
        if refused(wanted, present, POOLS) is None:
            rows.append(row_of(wanted, present, "{}") | {"id": number})
    return rows


def frame(rows: list[dict[str, object]]) -> pl.DataFrame:
    return pl.DataFrame([{name: row[name] for name in CHANGES} for row in rows], schema=CHANGES)


@given(lives())
def test_what_the_rows_come_to_is_what_the_next_change_finds(rows: list[dict[str, object]]) -> None:
    present = Present.of(rows)
    found = standings(frame(rows), date(2027, 1, 1))

    assert found["state"].to_list() == ([] if present.state is None else [present.state])
    assert [row["step"] for row in rows] == list(range(1, len(rows) + 1))


@given(lives())
def test_days_never_go_back_and_each_step_begins_where_the_last_one_ended(
    rows: list[dict[str, object]],
) -> None:
    left = in_effect(frame(rows)).sort("step")
    days = left["happened_on"].to_list()

    assert days == sorted(days)
    assert left["before"].to_list() == [None, *left["after"].to_list()][: left.height]


@given(lives(), st.integers(0, 25))
def test_what_was_known_then_does_not_change_by_what_is_told_later(
    rows: list[dict[str, object]], known: int
) -> None:
    then = standings(frame(rows[:known]), date(2027, 1, 1))
    moments = frame(rows)["recorded_at"]
    by_then = frame(rows).filter(moments <= moments[known - 1]) if 0 < known <= len(rows) else None

    assert by_then is None or standings(by_then, date(2027, 1, 1)).equals(then)
