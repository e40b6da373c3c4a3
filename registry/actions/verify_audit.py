"""Is the audit whole: nothing altered, missing or inserted, from a day to a day."""

import asyncio
from datetime import date
from pathlib import Path

import msgspec

from matching.storage.database import snapshot
from registry.audit.chain import START, wrong_with_day, wrong_with_kept_head
from registry.audit.kept_heads import FILE, keep_head, kept_heads
from registry.audit.store import days_with_entries, entries_of, entry_at, heads, latest_head
from registry.audit.types import Finding, Head


class Verified(msgspec.Struct, frozen=True, kw_only=True):
    """What a verification saw.

    head  the last entry there is; None: the audit is empty.
    compared  how many heads written down at earlier verifications were held against it.
    """

    days: int
    entries: int
    findings: tuple[Finding, ...]
    head: Head | None
    compared: int


async def verify_audit(first: date | None, last: date | None, kept_in: Path) -> Verified:
    """Verify the days from first to last, both included; None: all there are.

    Where nothing is wrong and the last entry was among them, its hash is written down beside the data for the
    next verification. Raises KeptHeadsUnreadable.
    """
    path = kept_in / FILE
    earlier = await asyncio.to_thread(kept_heads, path)
    async with snapshot():
        head = await latest_head()
        asked = [one for one in earlier if _within(one.day, first, last)]
        days, entries, found = await _verified_days(first, last)
        for one in asked:
            wrong = wrong_with_kept_head(one, await entry_at(one.day, one.number))
            found += [wrong] if wrong else []
    is_new = head is not None and head not in earlier and _within(head.day, first, last)
    if head is not None and is_new and not found:
        await asyncio.to_thread(keep_head, path, head)
    return Verified(
        days=days, entries=entries, findings=tuple(found), head=head, compared=len(asked)
    )


async def _verified_days(first: date | None, last: date | None) -> tuple[int, int, list[Finding]]:
    ends = {one.day: one for one in await heads(first, last)}
    days = sorted({*ends, *await days_with_entries(first, last)})
    previous = await latest_head(first) if first is not None else None
    link: str | None = START if previous is None else previous.hash
    count = 0
    found: list[Finding] = []
    for day in days:
        entries = await entries_of(day)
        found += wrong_with_day(day, entries, ends.get(day), link)
        count += len(entries)
        link = ends[day].hash if day in ends else None
    return len(days), count, found


def _within(day: date, first: date | None, last: date | None) -> bool:
    return (first is None or day >= first) and (last is None or day <= last)
