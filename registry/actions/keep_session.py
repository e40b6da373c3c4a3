"""Who is it that asks: a session from its token, with what the person may do now."""

from datetime import timedelta

from matching.storage.database import engine
from registry.audit.store import record
from registry.audit.types import Entry
from registry.people.passwords import is_too_old
from registry.people.session_store import (
    change_token,
    end_session,
    end_sessions,
    mark_seen,
    session_with,
)
from registry.people.store import account_of, factors_of, grants_of, passwords_of
from registry.people.tokens import new_token
from registry.people.types import Account, Moment, Must, Person, Session, Standing
from registry.sign_in_rules import SignInRules

_SEEN_EVERY = timedelta(minutes=1)
"""A page of thirty requests is one write."""


async def standing_of(token: str, rules: SignInRules, moment: Moment) -> Standing | None:
    """Give who has this session; None: nobody, it was ended, or its time is over."""
    session = await session_with(token)
    if session is None or not is_open(session, rules, moment):
        return None
    account = await account_of(session.person_id)
    if account is None or account.disabled_at is not None:
        return None
    if moment.at - session.seen_at >= _SEEN_EVERY:
        await mark_seen(session.id, moment.at)
    return Standing(session_id=session.id, person=await person_now(account, rules, moment))


def is_open(session: Session, rules: SignInRules, moment: Moment) -> bool:
    """Say whether a session still counts: not ended, not idle too long, not too old."""
    return (
        session.ended_at is None
        and moment.at - session.seen_at < timedelta(minutes=rules.idle_minutes)
        and moment.at - session.made_at < timedelta(hours=rules.session_hours)
    )


async def person_now(account: Account, rules: SignInRules, moment: Moment) -> Person:
    """Give a person with the roles held now, and what is to be put right before they count."""
    grants = (await grants_of([account.id]))[account.id]
    passwords = await passwords_of(account.id, 1)
    must: list[Must] = []
    if is_too_old(passwords[0] if passwords else None, rules, moment):
        must.append("password")
    if account.kind == "official":
        factors = await factors_of(account.id)
        if not any(one.confirmed_at for one in factors):
            must.append("second_factor")
    return Person(
        id=account.id,
        kind=account.kind,
        name=account.display_name,
        grants=tuple(one.grant for one in grants),
        must=tuple(must),
    )


async def renewed(session_id: int, person_id: int, moment: Moment) -> str:
    """Give a session a new token and end the person's others, after something about their rights changed."""
    token = new_token()
    await change_token(session_id, token)
    await end_sessions(person_id, moment.at, but=session_id)
    return token


async def sign_out(token: str, moment: Moment) -> None:
    """End a session; nothing where there is none."""
    session = await session_with(token)
    if session is None or session.ended_at is not None:
        return
    account = await account_of(session.person_id)
    async with engine().transaction():
        await end_session(session.id, moment.at)
        await _tell(account, session.person_id, "sign_out", moment)


async def sign_out_everywhere(person_id: int, moment: Moment) -> int:
    """End all sessions of a person; gives how many."""
    account = await account_of(person_id)
    async with engine().transaction():
        ended = await end_sessions(person_id, moment.at)
        await _tell(account, person_id, "sign_out_everywhere", moment)
    return ended


async def _tell(account: Account | None, person_id: int, action: str, moment: Moment) -> None:
    await record(
        Entry(
            at=moment.at,
            day=moment.day,
            who=account.display_name if account else str(person_id),
            person_id=person_id,
            action=action,
            subject_kind="account",
            subject_id=str(person_id),
        )
    )
