"""The chain: what an entry's hash is over, and what is wrong with a day. No database, no clock."""

import hashlib
from collections.abc import Iterator, Sequence
from datetime import UTC, date

import msgspec

from registry.audit.types import Entry, Finding, Head, Kept

START = "0" * 64
"""What the very first entry holds as the one before it."""

_NO_HASH = ""


def chained(entry: Entry, last: Head | None) -> Kept:
    """Give an entry as it is to be kept after the last one; None: it is the very first."""
    day = entry.day if last is None else max(entry.day, last.day)
    kept = Kept(
        day=day,
        number=1 if last is None or last.day < day else last.number + 1,
        at=entry.at.astimezone(UTC),
        who=entry.who,
        person_id=entry.person_id,
        role=entry.role,
        action=entry.action,
        subject_kind=entry.subject_kind,
        subject_id=entry.subject_id,
        place=entry.place,
        department=entry.department,
        what=msgspec.json.encode(entry.what, order="deterministic").decode(),
        before=START if last is None else last.hash,
        hash=_NO_HASH,
    )
    return msgspec.structs.replace(kept, hash=hash_of(kept))


def hash_of(kept: Kept) -> str:
    """Give the hash an entry should bear: over every field but the hash."""
    told = msgspec.structs.replace(kept, at=kept.at.astimezone(UTC), hash=_NO_HASH)
    return hashlib.sha256(msgspec.json.encode(msgspec.structs.astuple(told))).hexdigest()


def wrong_with_day(
    day: date, entries: Sequence[Kept], head: Head | None, before: str | None
) -> Iterator[Finding]:
    """Tell everything that is wrong with one day.

    entries  of that day, by number.
    head     None: there is none for this day.
    before   hash the day's first entry should hold; None: not known, since that day lacks its end.
    """
    expected, link = 1, before
    for one in entries:
        if hash_of(one) != one.hash:
            yield Finding(day, one.number, "altered", "内容与当时的校验值不符")
        if one.number > expected:
            yield _missing(day, expected, one.number - 1)
        elif one.number < expected:
            yield Finding(day, one.number, "inserted", "同一序号多出一条")
        elif link is not None and one.before != link:
            yield Finding(day, one.number, "broken", "与前一条不衔接：前一条被换过或有整天被删")
        if head is not None and one.number > head.number:
            yield Finding(day, one.number, "inserted", f"当日只记到第{head.number}条")
        expected, link = one.number + 1, one.hash
    if head is None:
        yield Finding(day, None, "missing", "当日的结尾记录不在")
    elif head.number >= expected:
        yield _missing(day, expected, head.number)
    elif head.number == expected - 1 and head.hash != link:
        yield Finding(day, head.number, "broken", "最后一条与当日的结尾记录不符")


def wrong_with_kept_head(head: Head, there: Kept | None) -> Finding | None:
    """Tell what is wrong where an entry's hash was written down outside the database; None: nothing."""
    if there is None:
        return Finding(head.day, head.number, "missing", "以前核对时有这一条，现在没有")
    if there.hash != head.hash:
        return Finding(head.day, head.number, "altered", "以前核对时不是这一条")
    return None


def _missing(day: date, first: int, last: int) -> Finding:
    which = f"第{first}条" if first == last else f"第{first}至{last}条"
    return Finding(day, first, "missing", f"{which}不在")
