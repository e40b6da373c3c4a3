"""What a run wrote is read back as it was."""

import polars as pl
import pytest

from matching.runs.store import set_aside_of, totals_of, write_set_aside, write_totals
from matching.runs.types import SET_ASIDE, TOTALS
from matching.storage.database import Database


@pytest.mark.anyio
async def test_losing_options_are_kept_with_their_run(db: Database) -> None:  # noqa: ARG001
    rows = [
        (7, "one", "2026", "yields", "two", "highest", "第六条", 5, 5),
        (8, "one", "2026-Q1", "chooses", "family:P13", "same_evidence", "第九条", 0, None),
    ]
    frame = pl.DataFrame(rows, schema=SET_ASIDE, orient="row")
    await write_set_aside(1, frame)
    await write_set_aside(2, frame.head(1))

    assert (await set_aside_of(1)).equals(frame)
    assert (await set_aside_of(2)).height == 1


@pytest.mark.anyio
async def test_totals_say_who_yielded_and_who_waits(db: Database) -> None:  # noqa: ARG001
    frame = pl.DataFrame(
        [("one", True, None, 9, 1, 0, 0, 5, 9, 0, 3, 2)], schema=TOTALS, orient="row"
    )
    await write_totals(1, frame)

    assert (await totals_of(1)).equals(frame)
