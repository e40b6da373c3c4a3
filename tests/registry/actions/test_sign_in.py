"""Signing in: who is let in, who waits, and that nobody locks out another."""

import asyncio
from pathlib import Path

import pytest

from matching.storage.database import Database
from registry.actions.keep_session import standing_of
from registry.actions.sign_in import SignInDelayed, sign_in
from registry.audit.store import latest_entries
from registry.people.session_store import session_with
from registry.people.store import set_disabled
from registry.people.tables import AccountDevice, AccountSession, SignInAttempt
from registry.people.types import Grant, Moment, PeopleRefused
from tests.registry.actions.staff import (
    HOME,
    RULES,
    STRANGER,
    code_at,
    give_factor,
    later,
    make_person,
    shown,
)

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("db")]
ENTERPRISE = Grant(role="enterprise", enterprises=(1,))


async def fail(
    name: str, kept_in: Path, moment: Moment, source: str = STRANGER, device: str | None = None
) -> None:
    with pytest.raises(PeopleRefused, match="登录名、密码或动态码不对"):
        await sign_in(
            shown(name, "wrong\0\ud800", source=source, device=device), RULES, kept_in, moment
        )


async def test_who_knows_the_password_has_a_session_and_the_token_is_not_kept(
    tmp_path: Path,
) -> None:
    account = await make_person("li", "enterprise", ENTERPRISE)

    tokens = await sign_in(shown(" LI "), RULES, tmp_path, later())

    standing = await standing_of(tokens.session, RULES, later(minutes=1))
    assert standing is not None
    assert standing.person.id == account.id
    assert standing.person.grants == (ENTERPRISE,)
    assert standing.person.must == ()
    for table in (AccountSession, AccountDevice):
        kept = await table.select()
        assert len(kept) == 1
        assert tokens.session not in str(kept)
        assert tokens.device not in str(kept)
    [told] = await latest_entries(5)
    assert (told.action, told.person_id) == ("sign_in", account.id)
    assert tokens.session not in repr(tokens)


async def test_each_sign_in_has_a_token_of_its_own(tmp_path: Path) -> None:
    await make_person("li", "enterprise")

    one = await sign_in(shown("li"), RULES, tmp_path, later())
    two = await sign_in(shown("li", device=one.device), RULES, tmp_path, later())

    assert one.session != two.session
    assert one.device == two.device
    assert await session_with("chosen by an attacker") is None


@pytest.mark.parametrize("name", ["li", "nobody", "x'; DROP TABLE account; --", "li\0", "li\ud800"])
async def test_wrong_names_and_wrong_passwords_are_told_alike(tmp_path: Path, name: str) -> None:
    await make_person("li", "enterprise")

    await fail(name, tmp_path, later())
    assert await AccountSession.count() == 0


async def test_an_official_needs_the_code_and_each_code_is_taken_once(tmp_path: Path) -> None:
    await give_factor(await make_person("wang"))
    code = code_at(later(), tmp_path)

    for wrong in (None, "", "000000", "12345"):
        with pytest.raises(PeopleRefused, match="不对"):
            await sign_in(shown("wang", code=wrong), RULES, tmp_path, later())
    tokens = await sign_in(shown("wang", code=f" {code[:3]} {code[3:]} "), RULES, tmp_path, later())
    assert tokens.person.must == ()
    with pytest.raises(PeopleRefused, match="不对"):
        await sign_in(shown("wang", code=code), RULES, tmp_path, later(seconds=1))
    next_code = code_at(later(seconds=40), tmp_path)
    assert await sign_in(shown("wang", code=next_code), RULES, tmp_path, later(seconds=40))


async def test_an_official_without_a_code_must_begin_one_first(tmp_path: Path) -> None:
    await make_person("wang")

    tokens = await sign_in(shown("wang"), RULES, tmp_path, later())

    assert tokens.person.must == ("second_factor",)


async def test_an_old_password_must_be_changed_first(tmp_path: Path) -> None:
    await make_person("li", "enterprise")

    young = await sign_in(shown("li"), RULES, tmp_path, later(days=89))
    old = await sign_in(shown("li"), RULES, tmp_path, later(days=90))

    assert (young.person.must, old.person.must) == ((), ("password",))


async def test_a_closed_account_says_so_only_to_its_owner(tmp_path: Path) -> None:
    account = await make_person("li", "enterprise")
    await set_disabled(account.id, later().at)

    await fail("li", tmp_path, later())
    with pytest.raises(PeopleRefused, match="已停用"):
        await sign_in(shown("li"), RULES, tmp_path, later())


async def test_guessing_waits_longer_and_longer_even_with_the_right_password(
    tmp_path: Path,
) -> None:
    account = await make_person("li", "enterprise")
    for _ in range(RULES.free_failures):
        await fail("li", tmp_path, later())

    with pytest.raises(SignInDelayed) as delayed:
        await sign_in(shown("li", source=STRANGER), RULES, tmp_path, later(seconds=10))
    assert delayed.value.seconds == RULES.delay_seconds - 10
    await fail("li", tmp_path, later(seconds=31))
    with pytest.raises(SignInDelayed) as longer:
        await sign_in(shown("li", source=STRANGER), RULES, tmp_path, later(seconds=31))
    assert longer.value.seconds == 2 * RULES.delay_seconds
    slowed = [one for one in await latest_entries(9) if one.action == "sign_in_slowed"]
    assert len(slowed) == 2
    assert slowed[0].person_id == account.id
    assert STRANGER in slowed[0].what


async def test_a_stranger_who_guesses_delays_himself_and_not_the_owner(tmp_path: Path) -> None:
    await make_person("li", "enterprise")
    owner = await sign_in(shown("li"), RULES, tmp_path, later())
    for _ in range(RULES.free_failures):
        await fail("li", tmp_path, later(minutes=1))
        await fail("li", tmp_path, later(minutes=1), source=HOME)  # behind the same address

    with pytest.raises(SignInDelayed):
        await sign_in(shown("li", source=HOME), RULES, tmp_path, later(minutes=1))
    assert await sign_in(
        shown("li", source=HOME, device=owner.device), RULES, tmp_path, later(minutes=1)
    )
    assert await sign_in(shown("li", source="198.51.100.7"), RULES, tmp_path, later(minutes=1))


async def test_a_known_browser_that_guesses_waits_too_and_is_known_for_its_account_only(
    tmp_path: Path,
) -> None:
    await make_person("li", "enterprise")
    await make_person("zhao", "enterprise")
    mine = await sign_in(shown("li"), RULES, tmp_path, later())
    for _ in range(RULES.free_failures):
        await fail("li", tmp_path, later(), device=mine.device)
        await fail("zhao", tmp_path, later(), device=mine.device)

    for name in ("li", "zhao"):
        with pytest.raises(SignInDelayed):
            await sign_in(
                shown(name, source=STRANGER, device=mine.device), RULES, tmp_path, later()
            )
    assert await sign_in(shown("zhao", source=HOME), RULES, tmp_path, later())


async def test_one_password_tried_on_many_names_waits(tmp_path: Path) -> None:
    for number in range(RULES.source_failures):
        await SignInAttempt.insert(
            SignInAttempt(
                name_key=str(number), origin=f"source:{STRANGER}", at=later().at, succeeded=False
            )
        )
    await make_person("li", "enterprise")

    with pytest.raises(SignInDelayed):
        await sign_in(shown("li", source=STRANGER), RULES, tmp_path, later())
    assert await sign_in(shown("li", source=HOME), RULES, tmp_path, later())


async def test_a_success_and_a_day_forget_failures(tmp_path: Path) -> None:
    await make_person("li", "enterprise")
    for _ in range(RULES.free_failures - 1):
        await fail("li", tmp_path, later(), source=HOME)
    await sign_in(shown("li"), RULES, tmp_path, later())
    for _ in range(RULES.free_failures):
        await fail("li", tmp_path, later(), source=HOME)

    with pytest.raises(SignInDelayed):
        await sign_in(shown("li"), RULES, tmp_path, later(seconds=5))
    assert await sign_in(shown("li"), RULES, tmp_path, later(days=1, seconds=1))


async def test_guesses_at_once_are_counted_like_guesses_in_turn(tmp_path: Path) -> None:
    await make_person("li", "enterprise")
    tries = (
        sign_in(shown("li", "wrong", source=STRANGER), RULES, tmp_path, later()) for _ in range(12)
    )

    outcomes = await asyncio.gather(*tries, return_exceptions=True)

    assert all(isinstance(one, PeopleRefused) for one in outcomes)
    delayed = [one for one in outcomes if isinstance(one, SignInDelayed)]
    assert len(delayed) == 12 - RULES.free_failures


async def test_attempts_are_not_kept_for_ever(tmp_path: Path, db: Database) -> None:  # noqa: ARG001
    await make_person("li", "enterprise")
    await fail("li", tmp_path, later())

    await sign_in(shown("li"), RULES, tmp_path, later(days=3))

    assert await SignInAttempt.count() == 1
