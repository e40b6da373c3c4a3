"""Sign in with name, password and 动态码; slowed for whoever guesses, never for the owner."""

from pathlib import Path

import msgspec

from matching.storage.database import engine
from matching.storage.lock import lock_until_the_transaction_ends
from registry.actions.keep_session import person_now
from registry.audit.store import record
from registry.audit.types import Entry
from registry.people.delays import REMEMBERED, open_again_at
from registry.people.passwords import is_right
from registry.people.second_factor import factor_key, step_of
from registry.people.session_store import (
    add_attempt,
    add_device,
    add_session,
    device_with,
    failures_of_origin,
    failures_since_success,
    forget_attempts,
    mark_succeeded,
)
from registry.people.store import account_named, factors_of, name_as_kept, passwords_of, take_step
from registry.people.tokens import hash_of, new_token
from registry.people.types import Account, Moment, PeopleRefused, Tokens
from registry.sign_in_rules import SignInRules

_SOURCE_READ = 200
WRONG = "登录名、密码或动态码不对；忘记了请联系管理员重置"


class SignInDelayed(PeopleRefused):
    """Too many failures from here; says how long to wait."""

    def __init__(self, seconds: int) -> None:
        self.seconds = seconds
        super().__init__(
            f"从这里登录失败次数太多，请 {seconds} 秒后再试；在以前登录过的浏览器上不受影响"
        )


class Credentials(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody who signs in shows.

    code    the 动态码; None: they typed none.
    source  address they come from. device: token of a browser that signed in before, from its cookie.
    """

    name: str
    password: str
    code: str | None = None
    source: str
    device: str | None = None

    def __repr__(self) -> str:
        return f"Credentials({self.name}, 密码不显示)"


class Attempt(msgspec.Struct, frozen=True):
    """An attempt that was let through to be looked at.

    device  number of the browser; None: not known to that account.
    """

    number: int
    account: Account | None
    device: int | None
    failures_before: int


async def sign_in(given: Credentials, rules: SignInRules, data_dir: Path, moment: Moment) -> Tokens:
    """Sign somebody in; gives new tokens. Raises SignInDelayed or PeopleRefused."""
    attempt, account = await proven(given, rules, data_dir, moment)
    token = new_token()
    device = new_token() if attempt.device is None or given.device is None else given.device
    async with engine().transaction():
        await add_session(account.id, token, given.source, moment.at)
        if attempt.device is None:
            await add_device(account.id, device, moment.at)
        person = await person_now(account, rules, moment)
        await _tell(account, "sign_in", given, moment, known_device=attempt.device is not None)
    return Tokens(session=token, device=device, person=person)


async def proven(
    given: Credentials, rules: SignInRules, data_dir: Path, moment: Moment
) -> tuple[Attempt, Account]:
    """See that somebody is who they say; raises SignInDelayed or PeopleRefused.

    Whether the name exists, the password or the code was wrong is not told, and takes as long.
    """
    attempt = await let_through(given, rules, moment)
    account = attempt.account
    kept = () if account is None else await passwords_of(account.id, 1)
    is_known = await is_right(kept[0].hash if kept else None, given.password)
    if account is None or not is_known or not await _code_taken(account, given, data_dir, moment):
        await refused(attempt, given, rules, moment)
        raise PeopleRefused(WRONG)
    if account.disabled_at is not None:
        raise PeopleRefused("这个账号已停用；请联系系统管理员")
    await mark_succeeded(attempt.number)
    return attempt, account


async def let_through(given: Credentials, rules: SignInRules, moment: Moment) -> Attempt:
    """Count an attempt before it is looked at, so that many at once are counted too.

    Raises SignInDelayed, and then does not count.
    """
    account = await account_named(given.name)
    device = None
    if account is not None and given.device is not None:
        device = await device_with(given.device, account.id)
    origin = f"source:{given.source}" if device is None else f"device:{device}"
    name_key = hash_of(name_as_kept(given.name))
    async with engine().transaction():
        await lock_until_the_transaction_ends(f"sign-in-{name_key}")
        failures = await failures_since_success(name_key, origin, moment.at)
        opens = [open_again_at(failures, rules)]
        if device is None:
            others = await failures_of_origin(origin, moment.at, rules.source_failures + 32)
            opens.append(open_again_at(others, rules, free=rules.source_failures))
        wait = max((one - moment.at).total_seconds() for one in opens if one) if any(opens) else 0
        if wait > 0:
            raise SignInDelayed(round(wait) or 1)
        number = await add_attempt(name_key, origin, moment.at)
        await forget_attempts(moment.at - 2 * REMEMBERED)
    return Attempt(number, account, device, len(failures))


async def refused(attempt: Attempt, given: Credentials, rules: SignInRules, moment: Moment) -> None:
    """Keep in the audit that somebody's account is guessed at, from where the next guess has to wait."""
    failures = attempt.failures_before + 1
    if attempt.account is None or failures < rules.free_failures:
        return
    async with engine().transaction():
        await _tell(attempt.account, "sign_in_slowed", given, moment, failures=failures)


async def _code_taken(account: Account, given: Credentials, data_dir: Path, moment: Moment) -> bool:
    factor = next((one for one in await factors_of(account.id) if one.confirmed_at), None)
    if factor is None:
        return True
    step = step_of(given.code or "", factor, factor_key(data_dir), moment.at)
    return step is not None and await take_step(factor.id, step)


async def _tell(
    account: Account, action: str, given: Credentials, moment: Moment, **what: object
) -> None:
    await record(
        Entry(
            at=moment.at,
            day=moment.day,
            who=account.display_name,
            person_id=account.id,
            action=action,
            subject_kind="account",
            subject_id=str(account.id),
            what={"source": given.source, **what},
        )
    )
