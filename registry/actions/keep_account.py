"""One's own account: a password set or changed, a 动态码 begun and confirmed."""

import secrets
from pathlib import Path

import msgspec

from matching.storage.database import engine
from registry.actions.keep_session import renewed
from registry.actions.sign_in import WRONG, Credentials, let_through, refused
from registry.audit.store import record
from registry.audit.types import Entry
from registry.people.passwords import hash_password, is_right, is_used_before, wrong_with_password
from registry.people.second_factor import factor_key, scanned, secret_of, step_of
from registry.people.session_store import end_sessions, forget_devices, mark_succeeded
from registry.people.store import (
    account_of,
    add_factor,
    add_password,
    confirm_factor,
    end_factors,
    factors_of,
    passwords_of,
    recovery_with_code,
    take_step,
    use_recovery,
)
from registry.people.tokens import hash_of
from registry.people.types import Account, Moment, PeopleRefused, Standing
from registry.sign_in_rules import SignInRules


class NewFactor(msgspec.Struct, frozen=True):
    """What a phone needs to give codes; shown once.

    secret   base32, to be typed. address: otpauth://, to be scanned.
    """

    secret: str
    address: str

    def __repr__(self) -> str:
        return "NewFactor(密钥不显示)"


async def set_password_with_code(
    given: Credentials, new: str, rules: SignInRules, moment: Moment
) -> None:
    """Set a password by a one-time code, given in place of the password; nobody is signed in by it.

    After a loss it ends all sessions, known browsers and 动态码 of the account. Raises SignInDelayed or
    PeopleRefused.
    """
    attempt = await let_through(given, rules, moment)
    account = attempt.account
    code_hash = hash_of(given.password.lower())
    found = account and await recovery_with_code(account.id, code_hash, moment.at)
    if account is None or found is None:
        await refused(attempt, given, rules, moment)
        raise PeopleRefused("登录名或一次性验证码不对，或已过期、已用过；请联系管理员重新发放")
    if account.disabled_at is not None:
        raise PeopleRefused("这个账号已停用；请联系系统管理员")
    await mark_succeeded(attempt.number)
    hashed = await _accepted(account, new, rules)
    async with engine().transaction():
        if not await use_recovery(found.id, moment.at):
            raise PeopleRefused("这个一次性验证码刚被用过；请联系管理员重新发放")
        await add_password(account.id, hashed, moment.at)
        await end_sessions(account.id, moment.at)
        if found.kind == "recovery":
            await end_factors(account.id, moment.at)
            await forget_devices(account.id)
        await _tell(account, "set_password_with_code", moment, kind=found.kind)


async def change_password(
    standing: Standing, given: Credentials, new: str, rules: SignInRules, moment: Moment
) -> str:
    """Change one's own password; gives the session's new token. All other sessions end.

    given  holds the present password; guessing it is slowed like signing in. Raises SignInDelayed or
           PeopleRefused.
    """
    account = await _shown_again(standing, given, rules, moment)
    hashed = await _accepted(account, new, rules)
    async with engine().transaction():
        await add_password(account.id, hashed, moment.at)
        token = await renewed(standing.session_id, account.id, moment)
        await _tell(account, "change_password", moment)
    return token


async def begin_factor(
    standing: Standing, given: Credentials, rules: SignInRules, data_dir: Path, moment: Moment
) -> NewFactor:
    """Make a 动态码 that counts once a code of it is shown; until then the one before counts.

    given  holds the present password. Raises SignInDelayed or PeopleRefused.
    """
    account = await _shown_again(standing, given, rules, moment)
    nonce, key = secrets.token_hex(), factor_key(data_dir)
    async with engine().transaction():
        await add_factor(account.id, nonce, moment.at)
        await _tell(account, "begin_factor", moment)
    return NewFactor(secret_of(nonce, key), scanned(nonce, key, account.sign_in_name))


async def confirm_new_factor(standing: Standing, code: str, data_dir: Path, moment: Moment) -> str:
    """Let the newest 动态码 count from now on; gives the session's new token. Raises PeopleRefused."""
    account = await _account(standing)
    factors = await factors_of(account.id)
    if not factors or factors[0].confirmed_at is not None:
        raise PeopleRefused("没有等待确认的动态码；请先生成一个")
    step = step_of(code, factors[0], factor_key(data_dir), moment.at)
    if step is None:
        raise PeopleRefused("动态码不对；请核对手机的时间，输入最新的六位数字")
    async with engine().transaction():
        if not await take_step(factors[0].id, step):
            raise PeopleRefused("这个动态码刚用过；请等下一个")
        await confirm_factor(factors[0].id, moment.at)
        await end_factors(account.id, moment.at, but=factors[0].id)
        token = await renewed(standing.session_id, account.id, moment)
        await _tell(account, "confirm_factor", moment)
    return token


async def _shown_again(
    standing: Standing, given: Credentials, rules: SignInRules, moment: Moment
) -> Account:
    account = await _account(standing)
    asked = msgspec.structs.replace(given, name=account.sign_in_name)
    attempt = await let_through(asked, rules, moment)
    kept = await passwords_of(account.id, 1)
    if not await is_right(kept[0].hash if kept else None, given.password):
        await refused(attempt, asked, rules, moment)
        raise PeopleRefused(WRONG)
    await mark_succeeded(attempt.number)
    return account


async def _accepted(account: Account, new: str, rules: SignInRules) -> str:
    wrong = wrong_with_password(new, account.sign_in_name, rules)
    if wrong is None and await is_used_before(
        new, await passwords_of(account.id, rules.password_history)
    ):
        wrong = f"最近{rules.password_history}次用过的密码不能再用"
    if wrong is not None:
        raise PeopleRefused(f"{wrong}；请换一个")
    return await hash_password(new)


async def _account(standing: Standing) -> Account:
    found = None if standing.person.id is None else await account_of(standing.person.id)
    if found is None:
        raise PeopleRefused("没有登录的账号；请先登录")
    return found


async def _tell(account: Account, action: str, moment: Moment, **what: object) -> None:
    await record(
        Entry(
            at=moment.at,
            day=moment.day,
            who=account.display_name,
            person_id=account.id,
            action=action,
            subject_kind="account",
            subject_id=str(account.id),
            what=what,
        )
    )
