"""One's own password and 动态码: changed only by whoever shows the present one, and with new tokens."""

from pathlib import Path

import pyotp
import pytest

from registry.actions.keep_account import (
    begin_factor,
    change_password,
    confirm_new_factor,
    set_password_with_code,
)
from registry.actions.keep_session import standing_of
from registry.actions.manage_people import (
    NewAccount,
    add_person,
    ask_recovery,
    confirm_asked_recovery,
)
from registry.actions.sign_in import SignInDelayed, sign_in
from registry.people.store import factors_of
from registry.people.types import Grant, Moment, PeopleRefused, Standing, Tokens
from tests.registry.actions.staff import (
    HOME,
    NEW_PASSWORD,
    PASSWORD,
    RULES,
    STRANGER,
    by,
    code_at,
    give_factor,
    later,
    make_person,
    shown,
    the_account,
)

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("db")]


async def signed_in(
    name: str, kept_in: Path, moment: Moment | None = None
) -> tuple[Tokens, Standing]:
    moment = moment or later()
    tokens = await sign_in(shown(name), RULES, kept_in, moment)
    standing = await standing_of(tokens.session, RULES, moment)
    assert standing is not None
    return tokens, standing


async def test_a_changed_password_counts_and_other_sessions_end(tmp_path: Path) -> None:
    await make_person("li", "enterprise")
    other, _ = await signed_in("li", tmp_path)
    mine, standing = await signed_in("li", tmp_path, later(days=90))
    assert standing.person.must == ("password",)

    token = await change_password(standing, shown("li"), NEW_PASSWORD, RULES, later(days=90))

    now = later(days=90)
    assert await standing_of(mine.session, RULES, now) is None
    assert await standing_of(other.session, RULES, now) is None
    renewed = await standing_of(token, RULES, now)
    assert renewed is not None
    assert renewed.person.must == ()
    with pytest.raises(PeopleRefused, match="不对"):
        await sign_in(shown("li"), RULES, tmp_path, now)
    assert await sign_in(shown("li", NEW_PASSWORD), RULES, tmp_path, now)


async def test_a_password_is_refused_with_the_reason(tmp_path: Path) -> None:
    await make_person("li.wei", "enterprise")
    _, standing = await signed_in("li.wei", tmp_path)

    for new, said in (("short-1A", "登录名"), (PASSWORD, "最近5次")):
        text = "Li.Wei-2026" if said == "登录名" else new
        with pytest.raises(PeopleRefused, match=said):
            await change_password(standing, shown("li.wei"), text, RULES, later())


async def test_guessing_the_present_password_from_a_stolen_session_is_slowed(
    tmp_path: Path,
) -> None:
    await make_person("li", "enterprise")
    _, standing = await signed_in("li", tmp_path)
    guess = shown("anybody", "wrong", source=STRANGER)
    for _ in range(RULES.free_failures):
        with pytest.raises(PeopleRefused, match="不对"):
            await change_password(standing, guess, NEW_PASSWORD, RULES, later())

    right = shown("anybody", source=STRANGER)
    with pytest.raises(SignInDelayed):
        await change_password(standing, right, NEW_PASSWORD, RULES, later())


async def test_a_second_factor_counts_once_a_code_of_it_was_shown(tmp_path: Path) -> None:
    await make_person("wang")
    tokens, standing = await signed_in("wang", tmp_path)
    made = await begin_factor(standing, shown("wang"), RULES, tmp_path, later())
    phone = pyotp.parse_uri(made.address)
    assert isinstance(phone, pyotp.TOTP)
    assert made.secret == phone.secret
    assert made.secret not in repr(made)

    with pytest.raises(PeopleRefused, match="动态码不对"):
        await confirm_new_factor(standing, "000000", tmp_path, later())
    still = await standing_of(tokens.session, RULES, later())
    assert still is not None
    assert still.person.must == ("second_factor",)
    token = await confirm_new_factor(standing, phone.at(later().at), tmp_path, later())
    now = await standing_of(token, RULES, later())
    assert now is not None
    assert now.person.must == ()
    assert await standing_of(tokens.session, RULES, later()) is None
    with pytest.raises(PeopleRefused, match="没有等待确认"):
        await confirm_new_factor(now, "000000", tmp_path, later())


async def test_a_new_second_factor_takes_the_place_of_the_old_when_it_is_confirmed(
    tmp_path: Path,
) -> None:
    account = await make_person("wang")
    await give_factor(account)
    tokens = await sign_in(shown("wang", code=code_at(later(), tmp_path)), RULES, tmp_path, later())
    standing = await standing_of(tokens.session, RULES, later())
    assert standing is not None
    with pytest.raises(PeopleRefused, match="不对"):
        await begin_factor(standing, shown("wang", "wrong"), RULES, tmp_path, later())
    made = await begin_factor(standing, shown("wang"), RULES, tmp_path, later())

    later_on = later(minutes=2)
    assert await sign_in(shown("wang", code=code_at(later_on, tmp_path)), RULES, tmp_path, later_on)
    await confirm_new_factor(standing, pyotp.TOTP(made.secret).at(later_on.at), tmp_path, later_on)

    assert len(await factors_of(account.id)) == 1
    at = later(minutes=5)
    with pytest.raises(PeopleRefused, match="不对"):
        await sign_in(shown("wang", code=code_at(at, tmp_path)), RULES, tmp_path, at)
    assert await sign_in(shown("wang", code=pyotp.TOTP(made.secret).at(at.at)), RULES, tmp_path, at)


async def test_a_first_code_sets_a_password_once_and_in_time(tmp_path: Path) -> None:
    new = NewAccount(sign_in_name="li", kind="enterprise", display_name="李会计")
    _, code = await add_person(new, by(), RULES)

    for given in ("00000-00000-00000-00000", "", PASSWORD):
        with pytest.raises(PeopleRefused, match="一次性验证码不对"):
            await set_password_with_code(shown("li", given), NEW_PASSWORD, RULES, later())
    elsewhere = shown("li", code, source=STRANGER)
    with pytest.raises(PeopleRefused, match="已过期"):
        await set_password_with_code(elsewhere, NEW_PASSWORD, RULES, later(days=1))
    with pytest.raises(PeopleRefused, match="至少8位"):
        await set_password_with_code(shown("li", code), "Ab-1", RULES, later(hours=1))
    await set_password_with_code(shown("li", code.upper()), NEW_PASSWORD, RULES, later(hours=1))
    with pytest.raises(PeopleRefused, match="已用过"):
        await set_password_with_code(shown("li", code), NEW_PASSWORD, RULES, later(hours=1))
    tokens = await sign_in(shown("li", NEW_PASSWORD), RULES, tmp_path, later(hours=1))
    assert tokens.person.must == ()


async def test_guessing_codes_is_slowed_like_guessing_passwords() -> None:
    await make_person("li", "enterprise")
    for _ in range(RULES.free_failures):
        with pytest.raises(PeopleRefused, match="一次性验证码不对"):
            await set_password_with_code(shown("li", "0"), NEW_PASSWORD, RULES, later())

    with pytest.raises(SignInDelayed):
        await set_password_with_code(shown("li", "0"), NEW_PASSWORD, RULES, later())


async def test_a_recovery_ends_what_the_finder_of_the_phone_may_have(tmp_path: Path) -> None:
    account = await make_person("wang")
    await give_factor(account)
    second = await make_person("zhao", "official", Grant(role="system_admin"))
    await give_factor(second, "m")
    code = code_at(later(), tmp_path)
    stolen = await sign_in(shown("wang", code=code), RULES, tmp_path, later())
    confirms = (
        await sign_in(shown("zhao", code=code_at(later(), tmp_path, "m")), RULES, tmp_path, later())
    ).person
    asked = await ask_recovery("wang", by())
    once = await confirm_asked_recovery(asked.id, by(confirms), RULES)

    await set_password_with_code(shown("wang", once), NEW_PASSWORD, RULES, later(hours=1))

    assert await standing_of(stolen.session, RULES, later()) is None
    assert await factors_of((await the_account("wang")).id) == ()
    again = await sign_in(
        shown("wang", NEW_PASSWORD, source=HOME, device=stolen.device),
        RULES, tmp_path, later(hours=1),
    )  # fmt: skip
    assert again.person.must == ("second_factor",)
    assert again.device != stolen.device
