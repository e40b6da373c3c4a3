"""The queries on sessions, known browsers and attempts to sign in."""

from collections.abc import Sequence
from datetime import datetime

import msgspec

from registry.people import tables
from registry.people.delays import REMEMBERED
from registry.people.tokens import hash_of
from registry.people.types import Session

_SESSION = tuple(getattr(tables.AccountSession, name) for name in Session.__struct_fields__)
_MOST_READ = 200
"""Failures of one name and origin that are read; the longest delay is reached long before."""


async def add_session(person_id: int, token: str, source: str, at: datetime) -> int:
    """Keep a session under its token's hash; gives its number."""
    row = tables.AccountSession(
        person_id=person_id,
        token_hash=hash_of(token),
        made_at=at,
        seen_at=at,
        source=source,
        ended_at=None,
    )
    [made] = await tables.AccountSession.insert(row).returning(tables.AccountSession.id)
    return int(made["id"])


async def session_with(token: str) -> Session | None:
    """Give the session of a token, ended or not; None: there never was one."""
    row = tables.AccountSession
    found = await row.select(*_SESSION).where(row.token_hash == hash_of(token)).first()
    return None if found is None else msgspec.convert(found, Session)


async def open_sessions(person_id: int) -> tuple[Session, ...]:
    """Give a person's sessions that nobody ended, the latest first; their time may be over all the same."""
    row = tables.AccountSession
    found = (
        await row.select(*_SESSION)
        .where((row.person_id == person_id) & row.ended_at.is_null())
        .order_by(row.id, ascending=False)
    )
    return tuple(msgspec.convert(one, Session) for one in found)


async def mark_seen(number: int, at: datetime) -> None:
    """Keep that a session was used."""
    row = tables.AccountSession
    await row.update({row.seen_at: at}).where(row.id == number)


async def change_token(number: int, token: str) -> None:
    """Give a session a new token; the old one is good for nothing from now on."""
    row = tables.AccountSession
    await row.update({row.token_hash: hash_of(token)}).where(row.id == number)


async def end_sessions(person_id: int, at: datetime, but: int | None = None) -> int:
    """End a person's sessions, but one; gives how many."""
    row = tables.AccountSession
    asked = row.update({row.ended_at: at}).where(
        (row.person_id == person_id) & row.ended_at.is_null()
    )
    ended = await (asked if but is None else asked.where(row.id != but)).returning(row.id)
    return len(ended)


async def end_session(number: int, at: datetime) -> None:
    """End one session."""
    row = tables.AccountSession
    await row.update({row.ended_at: at}).where((row.id == number) & row.ended_at.is_null())


async def add_device(person_id: int, token: str, at: datetime) -> None:
    """Keep that a browser has signed in to an account."""
    await tables.AccountDevice.insert(
        tables.AccountDevice(person_id=person_id, token_hash=hash_of(token), made_at=at)
    )


async def device_with(token: str, person_id: int) -> int | None:
    """Give the number of a browser known to this account; None: it is not."""
    row = tables.AccountDevice
    found = (
        await row.select(row.id)
        .where((row.token_hash == hash_of(token)) & (row.person_id == person_id))
        .first()
    )
    return None if found is None else int(found["id"])


async def forget_devices(person_id: int) -> None:
    """Let no browser be known to an account any more."""
    await tables.AccountDevice.delete().where(tables.AccountDevice.person_id == person_id)


async def add_attempt(name_key: str, origin: str, at: datetime) -> int:
    """Keep an attempt, as failed until it has succeeded; gives its number."""
    row = tables.SignInAttempt(name_key=name_key, origin=origin, at=at, succeeded=False)
    [made] = await tables.SignInAttempt.insert(row).returning(tables.SignInAttempt.id)
    return int(made["id"])


async def mark_succeeded(number: int) -> None:
    """Keep that an attempt succeeded."""
    row = tables.SignInAttempt
    await row.update({row.succeeded: True}).where(row.id == number)


async def failures_since_success(name_key: str, origin: str, at: datetime) -> Sequence[datetime]:
    """Give the moments of the failures of a name and origin since they last succeeded, as far as remembered."""
    row = tables.SignInAttempt
    found = (
        await row.select(row.at, row.succeeded)
        .where((row.name_key == name_key) & (row.origin == origin) & (row.at > at - REMEMBERED))
        .order_by(row.id, ascending=False)
        .limit(_MOST_READ)
    )
    moments = []
    for one in found:
        if one["succeeded"]:
            break
        moments.append(one["at"])
    return moments


async def failures_of_origin(origin: str, at: datetime, count: int) -> Sequence[datetime]:
    """Give the moments of an origin's latest failures, whatever the names."""
    row = tables.SignInAttempt
    found = (
        await row.select(row.at)
        .where(
            (row.origin == origin) & (row.at > at - REMEMBERED) & (row.succeeded == False)  # noqa: E712  # piccolo's own comparison
        )
        .order_by(row.id, ascending=False)
        .limit(count)
    )
    return [one["at"] for one in found]


async def forget_attempts(before: datetime) -> None:
    """Delete attempts nobody counts any more."""
    await tables.SignInAttempt.delete().where(tables.SignInAttempt.at < before)
