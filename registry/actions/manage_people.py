"""Accounts and roles: added, given, taken, closed, and put right after a loss by two people."""

from datetime import timedelta

import msgspec

from matching.storage.database import engine
from matching.storage.lock import lock_until_the_transaction_ends
from registry.audit.store import record
from registry.audit.types import Entry
from registry.people.may import May
from registry.people.session_store import end_sessions
from registry.people.store import (
    GrantKept,
    account_named,
    accounts,
    add_account,
    add_grant,
    add_recovery,
    confirm_recovery,
    end_grants,
    grants_of,
    recovery_of,
    set_disabled,
)
from registry.people.tokens import hash_of, new_code
from registry.people.types import (
    Account,
    Allowed,
    Grant,
    Kind,
    Moment,
    PeopleRefused,
    Person,
    Recovery,
    Subject,
)
from registry.sign_in_rules import SignInRules

_NAME_LONGEST = 60
_CHANGES = "people-changes"


class By(msgspec.Struct, frozen=True):
    """Who does it, when, and the table that says whether they may."""

    person: Person
    moment: Moment
    may: May


class NewAccount(msgspec.Struct, frozen=True, kw_only=True):
    """An account to be made."""

    sign_in_name: str
    kind: Kind
    display_name: str
    email: str | None = None


class Listed(msgspec.Struct, frozen=True):
    """An account with the roles it holds."""

    account: Account
    grants: tuple[GrantKept, ...]


async def add_person(new: NewAccount, by: By, rules: SignInRules) -> tuple[Account, str]:
    """Make an account; gives it, and a one-time code with which its owner sets a password.

    Raises PeopleRefused where it is not allowed, the name is taken, or cannot be used.
    """
    allowed = _allowed(by, "manage_people", Subject(kind="account"))
    wrong = _wrong_with(new)
    if wrong is not None:
        raise PeopleRefused(wrong)
    code, at = new_code(), by.moment.at
    async with engine().transaction():
        await lock_until_the_transaction_ends(_CHANGES)
        if await account_named(new.sign_in_name) is not None:
            raise PeopleRefused(f"登录名“{new.sign_in_name}”已有人用；请换一个")
        email = (new.email or "").strip() or None
        name = new.display_name.strip()
        account = await add_account(new.sign_in_name, new.kind, name, email, at)
        await add_recovery(_first_code(account, code, by, rules))
        await _tell(by, "add_person", account, allowed, kind=new.kind)
    return account, code


async def give_role(sign_in_name: str, grant: Grant, by: By) -> Account:
    """Give a role over what it names; a role held already gets this scope instead. Raises PeopleRefused.

    All sessions of the person end: what they may do has changed.
    """
    async with engine().transaction():
        await lock_until_the_transaction_ends(_CHANGES)
        account, held, allowed = await _other(sign_in_name, by)
        roles = [*{one.grant.role for one in held}, grant.role]
        wrong = by.may.wrong_with_roles(account.kind, roles) or by.may.wrong_with_scope(grant)
        if wrong is not None:
            raise PeopleRefused(wrong)
        before = [one.id for one in held if one.grant.role == grant.role]
        await end_grants(before, by.person.name, by.moment.at)
        await add_grant(account.id, grant, by.person.name, by.moment.at)
        await end_sessions(account.id, by.moment.at)
        await _tell(by, "give_role", account, allowed, grant=grant)
    return account


async def end_role(sign_in_name: str, role: str, by: By) -> Account:
    """Take a role; all sessions of the person end. Raises PeopleRefused."""
    async with engine().transaction():
        await lock_until_the_transaction_ends(_CHANGES)
        account, held, allowed = await _other(sign_in_name, by)
        numbers = [one.id for one in held if one.grant.role == role]
        if not numbers:
            raise PeopleRefused(
                f"“{account.display_name}”没有角色“{role}”；registry people list 列出现有的"
            )
        await end_grants(numbers, by.person.name, by.moment.at)
        await end_sessions(account.id, by.moment.at)
        await _tell(by, "end_role", account, allowed, role=role)
    return account


async def disable(sign_in_name: str, by: By) -> Account:
    """Close an account and end its sessions; roles and history stay. Raises PeopleRefused."""
    async with engine().transaction():
        account, _, allowed = await _other(sign_in_name, by)
        await set_disabled(account.id, by.moment.at)
        await end_sessions(account.id, by.moment.at)
        await _tell(by, "disable_person", account, allowed)
    return account


async def enable(sign_in_name: str, by: By) -> Account:
    """Open a closed account again. Raises PeopleRefused."""
    async with engine().transaction():
        account, _, allowed = await _other(sign_in_name, by)
        await set_disabled(account.id, None)
        await _tell(by, "enable_person", account, allowed)
    return account


async def ask_recovery(sign_in_name: str, by: By) -> Recovery:
    """Ask that somebody gets a one-time code in place of a lost password or phone; another confirms it.

    Raises PeopleRefused.
    """
    async with engine().transaction():
        account, _, allowed = await _other(sign_in_name, by, "ask_recovery")
        asked = await add_recovery(
            Recovery(
                id=0,
                person_id=account.id,
                kind="recovery",
                asked_by=by.person.name,
                asked_by_id=by.person.id,
                asked_at=by.moment.at,
                confirmed_by=None,
                confirmed_at=None,
                code_hash=None,
                valid_until=None,
                used_at=None,
            )
        )
        await _tell(by, "ask_recovery", account, allowed, recovery=asked.id)
    return asked


async def confirm_asked_recovery(number: int, by: By, rules: SignInRules) -> str:
    """Confirm what another asked; gives the one-time code, to be handed to the person. Raises PeopleRefused."""
    async with engine().transaction():
        asked = await recovery_of(number)
        if asked is None or asked.kind != "recovery":
            raise PeopleRefused(f"没有第{number}号重置申请；请先提出")
        if by.person.id == asked.person_id:
            raise PeopleRefused("不能确认自己的重置；请另一位有权的人确认")
        first = frozenset({0 if asked.asked_by_id is None else asked.asked_by_id})
        subject = Subject(kind="account", person_id=asked.person_id, done={"ask_recovery": first})
        allowed = _allowed(by, "confirm_recovery", subject)
        code, until = new_code(), by.moment.at + timedelta(hours=rules.code_hours)
        if not await confirm_recovery(number, by.person.name, by.moment.at, hash_of(code), until):
            raise PeopleRefused(f"第{number}号重置申请已确认过；需要新的验证码请重新申请")
        account = next(one for one in await accounts() if one.id == asked.person_id)
        await _tell(by, "confirm_recovery", account, allowed, recovery=number)
    return code


async def list_people(by: By) -> tuple[Listed, ...]:
    """Give all accounts with their roles. Raises PeopleRefused."""
    _allowed(by, "read_people", Subject(kind="account"))
    found = await accounts()
    held = await grants_of([one.id for one in found])
    return tuple(Listed(one, held[one.id]) for one in found)


def _allowed(by: By, action: str, subject: Subject) -> Allowed:
    answer = by.may(by.person, action, subject)
    if not answer.yes:
        raise PeopleRefused(answer.reason)
    return answer


async def _other(
    sign_in_name: str, by: By, action: str = "manage_people"
) -> tuple[Account, tuple[GrantKept, ...], Allowed]:
    account = await account_named(sign_in_name)
    if account is None:
        raise PeopleRefused(f"没有登录名“{sign_in_name}”；registry people list 列出全部")
    allowed = _allowed(by, action, Subject(kind="account", person_id=account.id))
    if by.person.id == account.id:
        raise PeopleRefused("不能改自己的账号权限；请另一位系统管理员办理")
    return account, (await grants_of([account.id]))[account.id], allowed


def _wrong_with(new: NewAccount) -> str | None:
    name = new.sign_in_name.strip()
    if (
        not name
        or len(name) > _NAME_LONGEST
        or any(not sign.isprintable() or sign.isspace() for sign in name)
    ):
        return f"登录名要有1至{_NAME_LONGEST}个字，中间没有空格；例如 zhang.wei"
    display = new.display_name.strip()
    if not 1 <= len(display) <= _NAME_LONGEST or not display.isprintable():
        return f"姓名要有1至{_NAME_LONGEST}个字；审计记录里写的是它"
    if new.email and ("@" not in new.email or not new.email.isprintable()):
        return f"“{new.email}”不是邮箱；例如 name@example.gov.cn"
    return None


def _first_code(account: Account, code: str, by: By, rules: SignInRules) -> Recovery:
    return Recovery(
        id=0,
        person_id=account.id,
        kind="first",
        asked_by=by.person.name,
        asked_by_id=by.person.id,
        asked_at=by.moment.at,
        confirmed_by=by.person.name,
        confirmed_at=by.moment.at,
        code_hash=hash_of(code),
        valid_until=by.moment.at + timedelta(hours=rules.code_hours),
        used_at=None,
    )


async def _tell(by: By, action: str, account: Account, allowed: Allowed, **what: object) -> None:
    await record(
        Entry(
            at=by.moment.at,
            day=by.moment.day,
            who=by.person.name,
            person_id=by.person.id,
            role=allowed.role,
            action=action,
            subject_kind="account",
            subject_id=str(account.id),
            what={"name": account.sign_in_name, **what},
        )
    )
