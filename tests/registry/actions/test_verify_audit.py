"""Whoever may do everything in the database is found out all the same."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from matching.storage.database import Database, engine, engine_kind
from registry.actions.verify_audit import Verified, verify_audit
from registry.audit.kept_heads import FILE, KeptHeadsUnreadable
from registry.audit.store import record
from registry.audit.tables import AuditEntry
from registry.audit.types import Entry

pytestmark = pytest.mark.anyio

DAYS = [date(2026, 11, day) for day in (2, 3, 5)]

INSERTED = (
    "INSERT INTO audit_entry (day, number, at, who, action, what, before, hash)"
    " SELECT day, 5, at, who, action, what, before, hash FROM audit_entry"
    " WHERE day = '2026-11-03' AND number = 4"
)


async def recorded(days: Sequence[date], count: int) -> None:
    for day in days:
        for number in range(count):
            at = datetime(day.year, day.month, day.day, number, tzinfo=UTC)
            async with engine().transaction():
                await record(Entry(at=at, day=day, who="王科长", action="change_pool"))


async def tampered(*statements: str) -> None:
    """As the owner of the database can: the guards put aside first."""
    database = engine()
    if engine_kind(database) == "sqlite":
        for row in await AuditEntry.raw("SELECT name FROM sqlite_master WHERE type = 'trigger'"):
            await AuditEntry.raw(f"DROP TRIGGER {row['name']}")
    else:
        for table in ("audit_entry", "audit_head"):
            await AuditEntry.raw(f"ALTER TABLE {table} DISABLE TRIGGER USER")
    for statement in statements:
        await AuditEntry.raw(statement)


def harms(verified: Verified) -> list[tuple[str, int, int | None]]:
    return [(one.harm, one.day.day, one.number) for one in verified.findings]


async def test_a_whole_audit_has_no_findings(db: Database, tmp_path: Path) -> None:  # noqa: ARG001
    empty = await verify_audit(None, None, tmp_path)
    assert (empty.days, empty.entries, empty.head) == (0, 0, None)
    await recorded(DAYS, 4)

    whole = await verify_audit(None, None, tmp_path)

    assert (whole.days, whole.entries, harms(whole)) == (3, 12, [])
    part = await verify_audit(DAYS[1], DAYS[1], tmp_path)
    assert (part.days, part.entries, harms(part)) == (1, 4, [])


@pytest.mark.parametrize(
    ("statement", "found"),
    [
        ("UPDATE audit_entry SET who = '李科长' WHERE day = '2026-11-03' AND number = 2", ("altered", 3, 2)),
        ("UPDATE audit_entry SET what = '{}' || ' ' WHERE day = '2026-11-05' AND number = 4", ("altered", 5, 4)),
        ("DELETE FROM audit_entry WHERE day = '2026-11-03' AND number = 2", ("missing", 3, 2)),
        ("DELETE FROM audit_entry WHERE day = '2026-11-05' AND number = 4", ("missing", 5, 4)),
        ("DELETE FROM audit_entry WHERE day = '2026-11-03'", ("missing", 3, 1)),
        ("DELETE FROM audit_head WHERE day = '2026-11-03'", ("missing", 3, None)),
        (
            INSERTED,
            ("inserted", 3, 5),
        ),
    ],
)  # fmt: skip
async def test_what_was_done_to_it_is_found(
    db: Database,  # noqa: ARG001
    tmp_path: Path,
    statement: str,
    found: tuple[str, int, int | None],
) -> None:
    await recorded(DAYS, 4)
    await tampered(statement)

    assert found in harms(await verify_audit(None, None, tmp_path))
    assert not (tmp_path / FILE).exists()


async def test_a_day_taken_out_with_its_head_breaks_the_chain(
    db: Database,  # noqa: ARG001
    tmp_path: Path,
) -> None:
    await recorded(DAYS, 2)
    await tampered(
        "DELETE FROM audit_entry WHERE day = '2026-11-03'",
        "DELETE FROM audit_head WHERE day = '2026-11-03'",
    )

    assert harms(await verify_audit(None, None, tmp_path)) == [("broken", 5, 1)]
    assert harms(await verify_audit(DAYS[2], None, tmp_path)) == [("broken", 5, 1)]


async def test_newest_days_cut_off_with_their_heads_are_missed_by_what_was_written_down(
    db: Database,  # noqa: ARG001
    tmp_path: Path,
) -> None:
    await recorded(DAYS, 2)
    assert harms(await verify_audit(None, None, tmp_path)) == []
    await tampered(
        "DELETE FROM audit_entry WHERE day = '2026-11-05'",
        "DELETE FROM audit_head WHERE day = '2026-11-05'",
    )

    seen = await verify_audit(None, None, tmp_path)

    assert (seen.compared, harms(seen)) == (1, [("missing", 5, 2)])


async def test_a_chain_made_anew_is_not_the_one_that_was_written_down(
    db: Database,  # noqa: ARG001
    tmp_path: Path,
) -> None:
    await recorded(DAYS[:2], 2)
    await verify_audit(None, None, tmp_path)
    await tampered("DELETE FROM audit_entry", "DELETE FROM audit_head")
    await recorded(DAYS, 3)

    seen = await verify_audit(None, None, tmp_path)

    assert harms(seen) == [("altered", 3, 2)]


async def test_what_was_not_verified_is_not_written_down(
    db: Database,  # noqa: ARG001
    tmp_path: Path,
) -> None:
    await recorded(DAYS, 1)

    await verify_audit(DAYS[0], DAYS[1], tmp_path)
    assert not (tmp_path / FILE).exists()
    await verify_audit(DAYS[1], None, tmp_path)
    assert (tmp_path / FILE).exists()


async def test_a_torn_file_of_heads_is_said(db: Database, tmp_path: Path) -> None:  # noqa: ARG001
    (tmp_path / FILE).write_text("{", encoding="utf-8")

    with pytest.raises(KeptHeadsUnreadable, match="第1行"):
        await verify_audit(None, None, tmp_path)
