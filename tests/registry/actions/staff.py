"""Invented people for tests: accounts with a password whose hash is quick, and with a 动态码."""

from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

import argon2
import pyotp

from matching.catalogue.load_vocabulary import shipped_vocabulary
from matching.storage.database import engine
from registry.actions.manage_people import By
from registry.actions.sign_in import Credentials
from registry.people.load_permissions import shipped_permissions
from registry.people.may import COMMAND_LINE, May
from registry.people.second_factor import factor_key, secret_of
from registry.people.store import (
    account_named,
    add_account,
    add_factor,
    add_grant,
    add_password,
    confirm_factor,
    factors_of,
)
from registry.people.types import Account, Grant, Kind, Moment, Person
from registry.sign_in_rules import SignInRules

BEGIN = datetime(2026, 11, 2, 1, tzinfo=UTC)
RULES = SignInRules()
PASSWORD = "Mountain-82"  # noqa: S105  # of nobody
NEW_PASSWORD = "River-Stone-9"  # noqa: S105
HOME, STRANGER = "192.0.2.1", "203.0.113.9"


def later(**passed: float) -> Moment:
    """The moment so long after the beginning."""
    at = BEGIN + timedelta(**passed)
    return Moment(at, at.date())


@cache
def table() -> May:
    return May(shipped_permissions(), shipped_vocabulary())


def by(person: Person = COMMAND_LINE, moment: Moment | None = None) -> By:
    return By(person, moment or later(), table())


async def make_person(
    name: str, kind: Kind = "official", *roles: Grant, password: str = PASSWORD
) -> Account:
    """An account with a password set at the beginning and these roles."""
    async with engine().transaction():
        account = await add_account(name, kind, f"{name}先生", None, BEGIN)
        quick = argon2.PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
        await add_password(account.id, quick.hash(password), BEGIN)
        for grant in roles:
            await add_grant(account.id, grant, "测试", BEGIN)
    return account


async def give_factor(account: Account, nonce: str = "n") -> None:
    """A confirmed 动态码."""
    await add_factor(account.id, nonce, BEGIN)
    [factor] = await factors_of(account.id)
    await confirm_factor(factor.id, BEGIN)


def code_at(moment: Moment, kept_in: Path, nonce: str = "n") -> str:
    """What the person's phone shows then."""
    return pyotp.TOTP(secret_of(nonce, factor_key(kept_in))).at(moment.at)


def shown(name: str, password: str = PASSWORD, **more: str | None) -> Credentials:
    """What somebody types at home, unless said otherwise."""
    told = {"source": HOME, **more}
    return Credentials(name=name, password=password, **told)  # type: ignore[arg-type]  # made above


async def the_account(name: str) -> Account:
    found = await account_named(name)
    assert found is not None
    return found
