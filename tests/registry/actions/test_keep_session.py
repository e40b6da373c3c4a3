"""Sessions: they end by themselves, by their owner, and wherever rights change."""

from datetime import timedelta
from pathlib import Path

import pytest

from registry.actions.keep_session import sign_out, sign_out_everywhere, standing_of
from registry.actions.sign_in import sign_in
from registry.audit.store import latest_entries
from registry.people.session_store import open_sessions
from registry.people.store import set_disabled
from registry.people.types import Moment
from tests.registry.actions.staff import RULES, later, make_person, shown

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("db")]


async def is_in(token: str, moment: Moment) -> bool:
    return await standing_of(token, RULES, moment) is not None


async def test_a_session_ends_when_it_is_not_used(tmp_path: Path) -> None:
    await make_person("li", "enterprise")
    tokens = await sign_in(shown("li"), RULES, tmp_path, later())

    assert await is_in(tokens.session, later(minutes=29))
    assert await is_in(tokens.session, later(minutes=58))
    assert not await is_in(tokens.session, later(minutes=88))
    assert not await is_in(tokens.session, later(minutes=89))


async def test_a_session_ends_however_much_it_is_used(tmp_path: Path) -> None:
    await make_person("li", "enterprise")
    tokens = await sign_in(shown("li"), RULES, tmp_path, later())

    used = [await is_in(tokens.session, later(minutes=20 * turn)) for turn in range(1, 37)]

    assert used == [True] * 35 + [False]
    assert timedelta(minutes=20 * 36) == timedelta(hours=RULES.session_hours)


async def test_a_token_nobody_was_given_is_nobody(tmp_path: Path) -> None:
    await make_person("li", "enterprise")
    tokens = await sign_in(shown("li"), RULES, tmp_path, later())

    for other in ("", "attacker-chosen", tokens.session[:-1], tokens.device):
        assert not await is_in(other, later())


async def test_signing_out_ends_this_session_and_everywhere_ends_all(tmp_path: Path) -> None:
    account = await make_person("li", "enterprise")
    one, two, three = [
        (await sign_in(shown("li"), RULES, tmp_path, later())).session for _ in range(3)
    ]

    await sign_out(one, later())
    await sign_out(one, later())
    await sign_out("unknown", later())
    assert [await is_in(token, later()) for token in (one, two, three)] == [False, True, True]
    assert await sign_out_everywhere(account.id, later()) == 2
    assert [await is_in(token, later()) for token in (one, two, three)] == [False] * 3
    assert await open_sessions(account.id) == ()
    assert [told.action for told in await latest_entries(2)] == ["sign_out_everywhere", "sign_out"]


async def test_a_closed_account_has_no_session(tmp_path: Path) -> None:
    account = await make_person("li", "enterprise")
    tokens = await sign_in(shown("li"), RULES, tmp_path, later())

    await set_disabled(account.id, later().at)

    assert not await is_in(tokens.session, later())
