"""The only queries on cases."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

import msgspec
import polars as pl

from matching.storage.bulk import insert_rows, next_ids
from matching.storage.read import read_frame
from registry.cases.tables import AwardCase, CaseEvent
from registry.cases.types import Case, Happened, State
from registry.enterprises.store import listed, unfolded_numbers, unfolded_texts

MOMENT = pl.Datetime("us", "UTC")
Schema = dict[str, pl.DataType | type[pl.DataType]]
CASES: Schema = {
    "id": pl.Int64,
    "enterprise_id": pl.Int64,
    "item_id": pl.String,
    "award_period": pl.String,
    "stage": pl.Int64,
    "run_id": pl.Int64,
}
EVENTS: Schema = {
    "case_id": pl.Int64,
    "step": pl.Int64,
    "before": pl.String,
    "event": pl.String,
    "after": pl.String,
    "happened_at": MOMENT,
    "by_whom": pl.String,
    "role": pl.String,
    "reason": pl.String,
    "note": pl.String,
    "evidence": pl.String,
    "document": pl.String,
    "amount_cents": pl.Int64,
    "due_at": MOMENT,
    "account": pl.String,
    "heir": pl.Int64,
}
PRESENT: Schema = {
    **CASES,
    "holder": pl.Int64,
    "name": pl.String,
    "uscc": pl.String,
    "state": pl.String,
    "amount_cents": pl.Int64,
    "due_at": MOMENT,
    "since": MOMENT,
    "opened_at": MOMENT,
}
LISTED: Schema = {
    "case_id": pl.Int64,
    "name": pl.String,
    "uscc": pl.String,
    "item_id": pl.String,
    "award_period": pl.String,
    "stage": pl.Int64,
    "amount_cents": pl.Int64,
    "happened_at": MOMENT,
    "due_at": MOMENT,
}
_HOLDER = (
    "coalesce((SELECT s.heir FROM case_event s WHERE s.case_id = c.id AND s.heir IS NOT NULL"
    " ORDER BY s.step DESC LIMIT 1), c.enterprise_id)"
)
_PRESENT = (
    "SELECT c.id AS id, c.enterprise_id AS enterprise_id, c.item_id AS item_id,"  # noqa: S608  fixed text
    " c.award_period AS award_period, c.stage AS stage, c.run_id AS run_id,"
    f' {_HOLDER} AS holder, e.name AS name, e.uscc AS uscc, h."after" AS state,'
    " h.amount_cents AS amount_cents, h.due_at AS due_at, h.happened_at AS since, c.opened_at AS opened_at"
    " FROM award_case c JOIN case_event h ON h.case_id = c.id AND NOT EXISTS"
    " (SELECT 1 FROM case_event n WHERE n.case_id = h.case_id AND n.step = h.step + 1)"
    f" LEFT JOIN enterprise e ON e.id = {_HOLDER}"
)


async def present(states: Iterable[State] | None = None, item: str | None = None) -> pl.DataFrame:
    """Give where the cases stand, by their last step: the columns of PRESENT; in some states, of one item."""
    tests, given = [], []
    if states is not None:
        given.append(listed(pl.Series(list(states), dtype=pl.String)))
        tests.append(f'h."after" IN ({unfolded_texts()})')
    if item is not None:
        given.append(item)
        tests.append(f"c.item_id = ${len(given)}")
    where = f" WHERE {' AND '.join(tests)}" if tests else ""
    return (await read_frame(_PRESENT + where, PRESENT, given)).sort("id")


async def cases(ids: Iterable[int]) -> tuple[Case, ...]:
    """Give these cases with all their steps, in the order of their numbers; unknown numbers are left out."""
    wanted = listed(pl.Series(sorted(set(ids)), dtype=pl.Int64))
    heads = await read_frame(
        f"SELECT {', '.join(CASES)} FROM award_case WHERE id IN ({unfolded_numbers()})",  # noqa: S608  our own names
        CASES,
        [wanted],
    )
    columns = ", ".join(f'"{name}"' for name in EVENTS)
    events = await read_frame(
        f"SELECT {columns} FROM case_event WHERE case_id IN ({unfolded_numbers()})",  # noqa: S608  our own names
        EVENTS,
        [wanted],
    )
    return await _named(_with_steps(heads, events))


def _with_steps(heads: pl.DataFrame, events: pl.DataFrame) -> list[Case]:
    steps: dict[int, list[Happened]] = {}
    for row in events.sort("case_id", "step").iter_rows(named=True):
        said = {name: value for name, value in row.items() if name != "case_id"}
        steps.setdefault(row["case_id"], []).append(msgspec.convert(said, Happened))
    return [
        Case(**_head(row), name=None, steps=tuple(steps.get(row["id"], ())))
        for row in heads.sort("id").iter_rows(named=True)
    ]


def _head(row: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name != "run_id"}


async def _named(found: Sequence[Case]) -> tuple[Case, ...]:
    holders = listed(pl.Series(sorted({one.holder for one in found}), dtype=pl.Int64))
    names = await read_frame(
        f"SELECT id, name FROM enterprise WHERE id IN ({unfolded_numbers()})",  # noqa: S608  our own names
        {"id": pl.Int64, "name": pl.String},
        [holders],
    )
    said: dict[int, str] = dict(names.iter_rows())
    return tuple(msgspec.structs.replace(one, name=said.get(one.holder)) for one in found)


async def on_public_list(document: str) -> pl.DataFrame:
    """Give the columns LISTED of the cases publicised under a number, as they were then, by case."""
    found = await read_frame(
        "SELECT c.id AS case_id, e.name AS name, e.uscc AS uscc, c.item_id AS item_id,"  # noqa: S608  fixed text
        " c.award_period AS award_period, c.stage AS stage, h.amount_cents AS amount_cents,"
        " h.happened_at AS happened_at, h.due_at AS due_at"
        " FROM case_event h JOIN award_case c ON c.id = h.case_id"
        f" LEFT JOIN enterprise e ON e.id = {_HOLDER}"
        " WHERE h.event = 'publicise' AND h.document = $1",
        LISTED,
        (document,),
    )
    return found.sort("case_id", "happened_at").unique("case_id", keep="last").sort("case_id")


async def claimed() -> pl.DataFrame:
    """Give id, holder, item_id, award_period and opened_at of every case there is."""
    return (await present()).select("id", "holder", "item_id", "award_period", "opened_at")


async def add_cases(rows: pl.DataFrame, opened_at: datetime) -> pl.DataFrame:
    """Add cases in the current transaction; gives the rows with their ids.

    rows  the columns of CASES but id. Raises UniqueViolation where one is there already.
    """
    ids = await next_ids(AwardCase, rows.height)
    numbered = rows.with_columns(pl.Series("id", ids, dtype=pl.Int64))
    columns = tuple(CASES)
    await insert_rows(
        AwardCase,
        (*columns, "opened_at"),
        ((*row, opened_at) for row in numbered.select(columns).iter_rows()),
    )
    return numbered


async def add_steps(steps: Iterable[tuple[int, Happened]]) -> int:
    """Add steps, each with its case's number; raises UniqueViolation where somebody was quicker."""
    names = Happened.__struct_fields__
    return await insert_rows(
        CaseEvent,
        ("case_id", *names),
        ((case_id, *msgspec.structs.astuple(one)) for case_id, one in steps),
    )


async def add_first_steps(opened: pl.DataFrame, steps: Sequence[Happened]) -> None:
    """Add the same first steps to many cases, rows of id and amount_cents; the last step takes the amount."""
    names = Happened.__struct_fields__
    place = names.index("amount_cents")
    rows = [msgspec.structs.astuple(one) for one in steps]
    plain, last = rows[:-1], rows[-1]
    head, tail = last[:place], last[place + 1 :]
    await insert_rows(
        CaseEvent,
        ("case_id", *names),
        (
            row
            for case_id, cents in opened.select("id", "amount_cents").iter_rows()
            for row in (*((case_id, *one) for one in plain), (case_id, *head, cents, *tail))
        ),
    )
