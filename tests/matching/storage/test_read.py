"""Frames read from both databases are the same frames."""

from datetime import UTC, date, datetime

import polars as pl
import pytest

from matching.storage.bulk import insert_rows
from matching.storage.database import Database, snapshot
from matching.storage.read import SLICE_ROWS, Schema, read_frame, read_table
from registry.imports.tables import Import, RefusedCell
from registry.profiles.tables import Award, FactValue

pytestmark = pytest.mark.anyio

TEXT_COLUMNS = ("file_name", "sheet", "row", "value", "problem", "way_out")
AWARD_COLUMNS = ("enterprise_id", "family", "amount_cents", "paid_on", "import_id")
AWARD_SCHEMA: Schema = {
    "enterprise_id": pl.Int64,
    "family": pl.String,
    "amount_cents": pl.Int64,
    "paid_on": pl.Date,
}


@pytest.mark.parametrize(
    "value",
    [None, "", " ", '含"引号",逗号', "两\n行\r\n文字", "NULL", "\\N", "\\.", "t", "😀\t"],
)
async def test_text_comes_out_as_it_went_in(db: Database, value: str | None) -> None:  # noqa: ARG001
    rows = [("a.xlsx", "表", row, value, "p", "w") for row in (1, 2)]
    await insert_rows(RefusedCell, TEXT_COLUMNS, rows)

    alone = await read_frame("SELECT value FROM refused_cell", {"value": pl.String})
    beside = await read_frame(
        "SELECT value, problem FROM refused_cell", {"value": pl.String, "problem": pl.String}
    )

    assert alone["value"].to_list() == [value, value]
    assert beside["value"].to_list() == [value, value]


async def test_numbers_dates_and_nulls_keep_their_types(db: Database) -> None:  # noqa: ARG001
    await insert_rows(
        Award,
        AWARD_COLUMNS,
        [(1, "P12", 2**62, date(2026, 2, 28), 1), (2, "P13", None, None, 1), (3, "", 0, None, 1)],
    )

    frame = await read_frame("SELECT * FROM award ORDER BY enterprise_id", AWARD_SCHEMA)

    assert frame.schema == AWARD_SCHEMA
    assert frame.rows() == [
        (1, "P12", 2**62, date(2026, 2, 28)),
        (2, "P13", None, None),
        (3, "", 0, None),
    ]


async def test_flags_and_times_keep_their_types(db: Database) -> None:  # noqa: ARG001
    recorded = datetime(2026, 10, 1, 2, 3, 4, 500_000, tzinfo=UTC)
    await Import(
        file_name="a",
        sha256="0",
        layout="l",
        department="d",
        observed_on=date(2026, 9, 30),
        recorded_at=recorded,
        rows_read=1,
        rows_taken=1,
        rows_refused=0,
    ).save()
    sql = """
        SELECT recorded_at, rows_read > 0 AS some, rows_read > 1 AS many, CAST(NULL AS BOOLEAN) AS open
        FROM import
    """
    schema: Schema = {
        "recorded_at": pl.Datetime("us", "UTC"),
        "some": pl.Boolean,
        "many": pl.Boolean,
        "open": pl.Boolean,
    }

    frame = await read_frame(sql, schema)

    assert frame.schema == schema
    assert frame.rows() == [(recorded, True, False, None)]


async def test_nothing_found_is_an_empty_frame_of_the_same_types(db: Database) -> None:  # noqa: ARG001
    frame = await read_frame("SELECT * FROM award", AWARD_SCHEMA)

    assert frame.is_empty()
    assert frame.schema == AWARD_SCHEMA


async def test_arguments_are_bound_not_written_into_the_statement(db: Database) -> None:  # noqa: ARG001
    family = "');DROP TABLE award"
    await insert_rows(
        Award,
        AWARD_COLUMNS,
        [(1, family, 1, date(2026, 1, 31), 1), (2, family, 1, date(2026, 2, 1), 1)],
    )

    frame = await read_frame(
        "SELECT * FROM award WHERE family = $1 AND paid_on <= $2 AND enterprise_id < $3",
        AWARD_SCHEMA,
        (family, date(2026, 1, 31), 9),
    )

    assert frame["enterprise_id"].to_list() == [1]


async def test_more_rows_than_a_slice_come_out_whole_and_in_order(db: Database) -> None:  # noqa: ARG001
    count = SLICE_ROWS * 2 + 1
    columns = ("enterprise_id", "fact", "text", "observed_on", "import_id")
    day = date(2026, 9, 30)
    await insert_rows(
        FactValue, columns, ((number, "f" * 60, "值" * 60, day, 1) for number in range(count))
    )

    frame = await read_frame(
        "SELECT enterprise_id, fact, text FROM fact_value ORDER BY enterprise_id",
        {"enterprise_id": pl.Int64, "fact": pl.String, "text": pl.String},
    )

    assert frame["enterprise_id"].to_list() == list(range(count))
    assert frame["text"].n_unique() == 1


async def test_a_transaction_sees_its_own_rows_and_others_do_not(db: Database) -> None:
    async with db.transaction():
        await insert_rows(Award, AWARD_COLUMNS, [(1, "P12", 1, None, 1)])
        inside = await read_frame("SELECT * FROM award", AWARD_SCHEMA)
        await db_rollback(db)
    outside = await read_frame("SELECT * FROM award", AWARD_SCHEMA)

    assert (inside.height, outside.height) == (1, 0)


async def db_rollback(db: Database) -> None:
    transaction = db.current_transaction.get()
    assert transaction is not None
    await transaction.rollback()  # type: ignore[no-untyped-call]  # piccolo's


async def test_a_snapshot_shows_one_state_throughout(db: Database) -> None:
    async with snapshot():
        before = await read_frame("SELECT * FROM award", AWARD_SCHEMA)
        transaction = db.current_transaction.get()
        db.current_transaction.set(None)
        await insert_rows(Award, AWARD_COLUMNS, [(1, "P12", 1, None, 1)])
        db.current_transaction.set(transaction)  # type: ignore[arg-type]  # either kind
        after = await read_frame("SELECT * FROM award", AWARD_SCHEMA)
    later = await read_frame("SELECT * FROM award", AWARD_SCHEMA)

    assert (before.height, after.height, later.height) == (0, 0, 1)


async def test_a_whole_table_is_read_alike_with_nulls_and_gaps_in_its_ids(db: Database) -> None:
    rows = [(1, "annual_revenue", "2025", 7, None), (2, "place", None, None, "410102")]
    rows += [(3, "employees", "2024", -3, None)]
    async with db.transaction():
        await insert_rows(
            FactValue,
            ("id", "enterprise_id", "fact", "period", "number", "text", "observed_on", "import_id"),
            [
                (n * 70_000, n, f, p, number, text, date(2026, 9, 30), 1)
                for n, f, p, number, text in rows
            ],
        )
    columns = {"who": "enterprise_id", "period": "period", "value": '"number"', "said": '"text"'}
    schema = {"who": pl.Int64, "period": pl.String, "value": pl.Int64, "said": pl.String}

    read = await read_table("fact_value", columns, schema)

    expected = [(n, p, number, text) for n, _, p, number, text in rows]
    assert sorted(read.rows()) == sorted(expected)


async def test_an_empty_table_is_read_as_no_rows(db: Database) -> None:
    assert (await read_table("award", {"who": "enterprise_id"}, {"who": pl.Int64})).rows() == []
    assert db is not None
