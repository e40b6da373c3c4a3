"""What the audit keeps of a deed, and what its verification may find."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Literal

import msgspec

Harm = Literal["altered", "missing", "inserted", "broken"]
"""`altered`: an entry does not give its own hash. `missing`: a number or a head has no entry.
`inserted`: an entry nobody recorded. `broken`: an entry does not follow on the one before it, which was
replaced by another with a right hash."""

HARM_WORDS: dict[Harm, str] = {
    "altered": "被改动",
    "missing": "缺失",
    "inserted": "被插入",
    "broken": "前后不衔接",
}


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """One deed, as whoever does it tells the audit.

    at          the moment; day is the day it fell on where the office is.
    who         as people read it; person_id None: no account (the command line, the clock).
    role        the role the deed was allowed to; None: it needs none, such as a sign-in.
    action      what was done: a key of registry/people/permissions.yml, or a step of one, such as give_role.
    subject_id  as text, since keys differ in kind.
    place, department  of the subject; None: it has none, or it is not known.
    what        anything more that JSON can say. No secrets, no passwords, no tokens.
    """

    at: datetime
    day: date
    who: str
    action: str
    person_id: int | None = None
    role: str | None = None
    subject_kind: str | None = None
    subject_id: str | None = None
    place: str | None = None
    department: str | None = None
    what: Mapping[str, object] = {}


class Kept(msgspec.Struct, frozen=True, kw_only=True):
    """An entry as it is kept: field by field what the hash is over, but the hash itself.

    day     never before the day of the entry before it, whatever the clock said.
    number  from 1 within the day.
    what    JSON with its keys in order.
    before  hash of the entry before it that day; the day's first holds the last of the day before.
    hash    SHA-256 in hex over all the other fields.
    """

    day: date
    number: int
    at: datetime
    who: str
    person_id: int | None
    role: str | None
    action: str
    subject_kind: str | None
    subject_id: str | None
    place: str | None
    department: str | None
    what: str
    before: str
    hash: str


class Head(msgspec.Struct, frozen=True):
    """How far a day has come: its last entry's number and hash."""

    day: date
    number: int
    hash: str


class Finding(msgspec.Struct, frozen=True):
    """One thing that is wrong with the audit, where, and in words."""

    day: date
    number: int | None
    harm: Harm
    said: str
