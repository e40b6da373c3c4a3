"""The queries on accounts, their roles, passwords, second factors and one-time codes."""

import unicodedata
from collections.abc import Sequence
from datetime import datetime

import msgspec

from registry.people import tables
from registry.people.types import (
    Account,
    Grant,
    Kind,
    PasswordKept,
    Recovery,
    SecondFactor,
)

_ACCOUNT = tuple(getattr(tables.Account, name) for name in Account.__struct_fields__)
_FACTOR = tuple(getattr(tables.AccountFactor, name) for name in SecondFactor.__struct_fields__)
_RECOVERY = tuple(getattr(tables.AccountRecovery, name) for name in Recovery.__struct_fields__)


class GrantKept(msgspec.Struct, frozen=True, kw_only=True):
    """A role somebody holds, with its number and who gave it."""

    id: int
    grant: Grant
    given_by: str
    given_at: datetime


def name_as_kept(typed: str) -> str:
    """Give the form of a sign-in name that is kept and looked for."""
    return unicodedata.normalize("NFKC", typed).strip().casefold()


async def add_account(
    sign_in_name: str, kind: Kind, display_name: str, email: str | None, at: datetime
) -> Account:
    """Keep a new account; raises asyncpg's or SQLite's error where the name is taken: ask first."""
    row = tables.Account(
        sign_in_name=name_as_kept(sign_in_name),
        kind=kind,
        display_name=display_name,
        email=email,
        created_at=at,
        disabled_at=None,
    )
    [made] = await tables.Account.insert(row).returning(*_ACCOUNT)
    return msgspec.convert(made, Account)


async def account_named(typed: str) -> Account | None:
    """Give the account of a sign-in name; None: there is none, or no name can be so."""
    if not typed.strip().isprintable():  # such as the zero sign, which PostgreSQL does not take
        return None
    asked = tables.Account.select(*_ACCOUNT).where(
        tables.Account.sign_in_name == name_as_kept(typed)
    )
    found = await asked.first()
    return None if found is None else msgspec.convert(found, Account)


async def account_of(person_id: int) -> Account | None:
    """Give an account by its id; None: there is none."""
    found = await tables.Account.select(*_ACCOUNT).where(tables.Account.id == person_id).first()
    return None if found is None else msgspec.convert(found, Account)


async def accounts() -> tuple[Account, ...]:
    """Give all accounts, by name."""
    found = await tables.Account.select(*_ACCOUNT).order_by(tables.Account.sign_in_name)
    return tuple(msgspec.convert(row, Account) for row in found)


async def set_disabled(person_id: int, at: datetime | None) -> None:
    """Close an account from a moment on, or open it again with None."""
    await tables.Account.update({tables.Account.disabled_at: at}).where(
        tables.Account.id == person_id
    )


async def grants_of(person_ids: Sequence[int]) -> dict[int, tuple[GrantKept, ...]]:
    """Give the roles these people hold now, in the order they were given."""
    row = tables.AccountRole
    found = (
        await row.select()
        .where(row.person_id.is_in(list(person_ids)) & row.ended_at.is_null())
        .order_by(row.id)
        if person_ids
        else []
    )
    held: dict[int, list[GrantKept]] = {one: [] for one in person_ids}
    for one in found:
        scope = msgspec.json.decode(one["scope"])
        held[one["person_id"]].append(
            GrantKept(
                id=one["id"],
                grant=msgspec.convert({"role": one["role"], **scope}, Grant),
                given_by=one["given_by"],
                given_at=one["given_at"],
            )
        )
    return {person: tuple(grants) for person, grants in held.items()}


async def add_grant(person_id: int, grant: Grant, by: str, at: datetime) -> None:
    """Give a role."""
    scope = {
        "places": grant.places,
        "departments": grant.departments,
        "enterprises": grant.enterprises,
    }
    await tables.AccountRole.insert(
        tables.AccountRole(
            person_id=person_id,
            role=grant.role,
            scope=msgspec.json.encode(scope).decode(),
            given_by=by,
            given_at=at,
            ended_by=None,
            ended_at=None,
        )
    )


async def end_grants(numbers: Sequence[int], by: str, at: datetime) -> None:
    """End roles; they stay readable."""
    if not numbers:
        return
    row = tables.AccountRole
    await row.update({row.ended_by: by, row.ended_at: at}).where(
        row.id.is_in(list(numbers)) & row.ended_at.is_null()
    )


async def add_password(person_id: int, hashed: str, at: datetime) -> None:
    """Keep a new password; the ones before stay for comparison."""
    await tables.AccountPassword.insert(
        tables.AccountPassword(person_id=person_id, hash=hashed, set_at=at)
    )


async def passwords_of(person_id: int, count: int) -> tuple[PasswordKept, ...]:
    """Give the latest passwords, the present one first."""
    row = tables.AccountPassword
    found = (
        await row.select(row.hash, row.set_at)
        .where(row.person_id == person_id)
        .order_by(row.id, ascending=False)
        .limit(count)
    )
    return tuple(msgspec.convert(one, PasswordKept) for one in found)


async def factors_of(person_id: int) -> tuple[SecondFactor, ...]:
    """Give the second factors that are not ended, the newest first."""
    row = tables.AccountFactor
    found = (
        await row.select(*_FACTOR)
        .where((row.person_id == person_id) & row.ended_at.is_null())
        .order_by(row.id, ascending=False)
    )
    return tuple(msgspec.convert(one, SecondFactor) for one in found)


async def add_factor(person_id: int, nonce: str, at: datetime) -> None:
    """Keep a second factor that is still to be confirmed by a code."""
    await tables.AccountFactor.insert(
        tables.AccountFactor(
            person_id=person_id,
            nonce=nonce,
            made_at=at,
            confirmed_at=None,
            last_step=None,
            ended_at=None,
        )
    )


async def confirm_factor(number: int, at: datetime) -> None:
    """Let a second factor count."""
    row = tables.AccountFactor
    await row.update({row.confirmed_at: at}).where(row.id == number)


async def take_step(number: int, step: int) -> bool:
    """Take a time step of a second factor; False: somebody was faster with this code or a later one."""
    row = tables.AccountFactor
    taken = (
        await row.update({row.last_step: step})
        .where((row.id == number) & (row.last_step.is_null() | (row.last_step < step)))
        .returning(row.id)
    )
    return bool(taken)


async def end_factors(person_id: int, at: datetime, but: int | None = None) -> None:
    """End a person's second factors, but one."""
    row = tables.AccountFactor
    asked = row.update({row.ended_at: at}).where(
        (row.person_id == person_id) & row.ended_at.is_null()
    )
    await (asked if but is None else asked.where(row.id != but))


async def add_recovery(recovery: Recovery) -> Recovery:
    """Keep a one-time code, or the wish for one; gives it with its number."""
    told = msgspec.structs.asdict(recovery)
    del told["id"]
    row = tables.AccountRecovery(**told)
    [made] = await tables.AccountRecovery.insert(row).returning(*_RECOVERY)
    return msgspec.convert(made, Recovery)


async def recovery_of(number: int) -> Recovery | None:
    """Give one; None: there is none of that number."""
    row = tables.AccountRecovery
    found = await row.select(*_RECOVERY).where(row.id == number).first()
    return None if found is None else msgspec.convert(found, Recovery)


async def confirm_recovery(
    number: int, by: str, at: datetime, code_hash: str, valid_until: datetime
) -> bool:
    """Let a second person confirm; False: that was done before."""
    row = tables.AccountRecovery
    done = (
        await row.update(
            {
                row.confirmed_by: by,
                row.confirmed_at: at,
                row.code_hash: code_hash,
                row.valid_until: valid_until,
            }
        )
        .where((row.id == number) & row.confirmed_at.is_null())
        .returning(row.id)
    )
    return bool(done)


async def recovery_with_code(person_id: int, code_hash: str, at: datetime) -> Recovery | None:
    """Give the one whose code is this and still good; only the newest code of a person is."""
    row = tables.AccountRecovery
    found = (
        await row.select(*_RECOVERY)
        .where((row.person_id == person_id) & row.code_hash.is_not_null())
        .order_by(row.id, ascending=False)
        .first()
    )
    if found is None or found["code_hash"] != code_hash or found["used_at"] is not None:
        return None
    kept = msgspec.convert(found, Recovery)
    return None if kept.valid_until is None or kept.valid_until <= at else kept


async def use_recovery(number: int, at: datetime) -> bool:
    """Use a one-time code up; False: somebody was faster."""
    row = tables.AccountRecovery
    used = (
        await row.update({row.used_at: at})
        .where((row.id == number) & row.used_at.is_null())
        .returning(row.id)
    )
    return bool(used)
