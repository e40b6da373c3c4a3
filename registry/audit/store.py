"""The queries on the audit, and the one way to add to it."""

from collections.abc import Sequence
from datetime import date

import msgspec

from matching.storage.database import engine
from matching.storage.lock import lock_until_the_transaction_ends
from registry.audit.chain import chained
from registry.audit.tables import AuditEntry, AuditHead
from registry.audit.types import Entry, Head, Kept

_KEPT = tuple(getattr(AuditEntry, name) for name in Kept.__struct_fields__)
_HEAD = tuple(getattr(AuditHead, name) for name in Head.__struct_fields__)


async def record(entry: Entry) -> Kept:
    """Add an entry in the caller's transaction: the deed and its trace are there both or neither.

    Record last in the transaction: other deeds wait from here until it ends. Raises RuntimeError where
    there is no transaction.
    """
    if not engine().transaction_exists():
        raise RuntimeError("the audit is written in the transaction of the deed, and there is none")
    await lock_until_the_transaction_ends("audit-chain")
    last = await latest_head()
    kept = chained(entry, last)
    await AuditEntry.insert(AuditEntry(**msgspec.structs.asdict(kept)))
    if last is None or last.day < kept.day:
        await AuditHead.insert(AuditHead(day=kept.day, number=kept.number, hash=kept.hash))
    else:
        forward = {AuditHead.number: kept.number, AuditHead.hash: kept.hash}
        await AuditHead.update(forward).where(AuditHead.day == kept.day)  # type: ignore[arg-type]  # piccolo's keys
    return kept


async def latest_head(before: date | None = None) -> Head | None:
    """Give the head of the latest day, of those before a day; None: there is none."""
    asked = AuditHead.select(*_HEAD).order_by(AuditHead.day, ascending=False)
    if before is not None:
        asked = asked.where(AuditHead.day < before)
    found = await asked.first()
    return None if found is None else msgspec.convert(found, Head)


async def heads(first: date | None = None, last: date | None = None) -> tuple[Head, ...]:
    """Give the heads of the days from first to last, both included, in order."""
    asked = AuditHead.select(*_HEAD).order_by(AuditHead.day)
    if first is not None:
        asked = asked.where(AuditHead.day >= first)
    if last is not None:
        asked = asked.where(AuditHead.day <= last)
    return tuple(msgspec.convert(row, Head) for row in await asked)


async def days_with_entries(first: date | None = None, last: date | None = None) -> list[date]:
    """Give the days from first to last that have entries, in order."""
    asked = AuditEntry.select(AuditEntry.day).distinct().order_by(AuditEntry.day)
    if first is not None:
        asked = asked.where(AuditEntry.day >= first)
    if last is not None:
        asked = asked.where(AuditEntry.day <= last)
    return [row["day"] for row in await asked]


async def entries_of(day: date) -> tuple[Kept, ...]:
    """Give a day's entries, by number."""
    found = (
        await AuditEntry.select(*_KEPT)
        .where(AuditEntry.day == day)
        .order_by(AuditEntry.number)
        .order_by(AuditEntry.id)
    )
    return tuple(msgspec.convert(row, Kept) for row in found)


async def entry_at(day: date, number: int) -> Kept | None:
    """Give one entry; None: there is none."""
    found = (
        await AuditEntry.select(*_KEPT)
        .where((AuditEntry.day == day) & (AuditEntry.number == number))
        .first()
    )
    return None if found is None else msgspec.convert(found, Kept)


async def latest_entries(
    count: int, *, person_id: int | None = None, actions: Sequence[str] = ()
) -> tuple[Kept, ...]:
    """Give the latest entries, the latest first; of one person, of some actions."""
    asked = AuditEntry.select(*_KEPT).order_by(AuditEntry.id, ascending=False).limit(count)
    if person_id is not None:
        asked = asked.where(AuditEntry.person_id == person_id)
    if actions:
        asked = asked.where(AuditEntry.action.is_in(list(actions)))
    return tuple(msgspec.convert(row, Kept) for row in await asked)
