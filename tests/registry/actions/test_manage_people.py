"""Accounts and roles are kept by people who may, for others, and every change is in the audit."""

from pathlib import Path

import msgspec
import pytest

from registry.actions.keep_session import standing_of
from registry.actions.manage_people import (
    NewAccount,
    add_person,
    ask_recovery,
    confirm_asked_recovery,
    disable,
    enable,
    end_role,
    give_role,
    list_people,
)
from registry.actions.sign_in import sign_in
from registry.actions.verify_audit import verify_audit
from registry.audit.store import latest_entries
from registry.people.store import grants_of
from registry.people.types import Grant, PeopleRefused, Person
from tests.registry.actions.staff import RULES, by, later, make_person, shown

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("db")]
CLERK = Grant(role="district_clerk", places=("410102",), departments=("tax",))
ADMIN = Grant(role="system_admin")


def acting(number: int, *grants: Grant) -> Person:
    return Person(id=number, kind="official", name=f"第{number}人", grants=grants)


async def test_an_account_is_made_once_under_its_name() -> None:
    new = NewAccount(sign_in_name="Zhang.Wei", kind="official", display_name="张三")
    account, code = await add_person(new, by(), RULES)

    assert account.sign_in_name == "zhang.wei"
    with pytest.raises(PeopleRefused, match="已有人用"):
        await add_person(msgspec.structs.replace(new, sign_in_name="ZHANG.WEI"), by(), RULES)
    [told] = await latest_entries(5)
    assert (told.who, told.role, told.action) == ("命令行管理员", "command_line", "add_person")
    assert code not in told.what
    assert [one.account for one in await list_people(by())] == [account]


@pytest.mark.parametrize(
    ("name", "display", "email", "said"),
    [
        ("", "张三", None, "登录名要有"),
        ("zhang wei", "张三", None, "没有空格"),
        ("zhang", " ", None, "姓名要有"),
        ("zhang", "张三", "nowhere", "不是邮箱"),
    ],
)
async def test_an_account_that_cannot_be_made_says_why(
    name: str, display: str, email: str | None, said: str
) -> None:
    new = NewAccount(sign_in_name=name, kind="official", display_name=display, email=email)

    with pytest.raises(PeopleRefused, match=said):
        await add_person(new, by(), RULES)
    assert await latest_entries(1) == ()


async def test_a_role_given_again_has_the_new_scope_and_a_taken_one_is_gone() -> None:
    account = await make_person("wang")
    wider = Grant(role="district_clerk", places=("410102", "410105"))

    await give_role("wang", CLERK, by())
    await give_role("wang", wider, by())
    held = (await grants_of([account.id]))[account.id]
    assert [one.grant for one in held] == [wider]
    await end_role("wang", "district_clerk", by())
    assert await grants_of([account.id]) == {account.id: ()}
    with pytest.raises(PeopleRefused, match="没有角色"):
        await end_role("wang", "district_clerk", by())
    told = [one.action for one in await latest_entries(9)]
    assert told == ["end_role", "give_role", "give_role"]


async def test_a_change_of_rights_and_a_closing_end_sessions(tmp_path: Path) -> None:
    await make_person("wang")

    for change in (
        lambda: give_role("wang", CLERK, by()),
        lambda: end_role("wang", "district_clerk", by()),
        lambda: disable("wang", by()),
    ):
        tokens = await sign_in(shown("wang"), RULES, tmp_path, later())
        assert await standing_of(tokens.session, RULES, later())
        await change()
        assert await standing_of(tokens.session, RULES, later()) is None
    await enable("wang", by())
    assert await sign_in(shown("wang"), RULES, tmp_path, later())


async def test_roles_that_do_not_go_together_are_refused() -> None:
    await make_person("wang", "official", ADMIN)

    for grant, said in (
        (Grant(role="treasurer", places=("410102",)), "管账号的不能动钱"),
        (Grant(role="enterprise", enterprises=(1,)), "不能给这类账号"),
        (Grant(role="district_clerk", places=("1",)), "不能经办|没有地区代码"),
    ):
        with pytest.raises(PeopleRefused, match=said):
            await give_role("wang", grant, by())


async def test_only_who_may_keeps_accounts_and_nobody_the_own() -> None:
    account = await make_person("wang", "official", ADMIN)
    himself = by(acting(account.id, ADMIN))
    clerk = by(acting(99, CLERK))
    new = NewAccount(sign_in_name="x", kind="official", display_name="某")

    with pytest.raises(PeopleRefused, match="您的角色不能"):
        await add_person(new, clerk, RULES)
    for deed in (
        lambda who: give_role("wang", Grant(role="system_admin"), who),
        lambda who: end_role("wang", "system_admin", who),
        lambda who: disable("wang", who),
        lambda who: ask_recovery("wang", who),
    ):
        with pytest.raises(PeopleRefused, match="自己"):
            await deed(himself)
        with pytest.raises(PeopleRefused, match="您的角色不能"):
            await deed(clerk)
    with pytest.raises(PeopleRefused, match="没有登录名"):
        await disable("nobody", by())
    with pytest.raises(PeopleRefused, match="您的角色不能"):
        await list_people(clerk)
    assert await latest_entries(1) == ()


async def test_a_recovery_needs_two_people_and_neither_is_the_one() -> None:
    lost = await make_person("wang", "official", ADMIN)
    one, two = acting(901, ADMIN), acting(902, ADMIN)
    asked = await ask_recovery("wang", by(one))

    for who, said in (
        (one, "另一个人"),
        (acting(lost.id, ADMIN), "不能确认自己的"),
        (acting(903, CLERK), "您的角色不能"),
    ):
        with pytest.raises(PeopleRefused, match=said):
            await confirm_asked_recovery(asked.id, by(who), RULES)
    code = await confirm_asked_recovery(asked.id, by(two), RULES)
    with pytest.raises(PeopleRefused, match="已确认过"):
        await confirm_asked_recovery(asked.id, by(acting(904, ADMIN)), RULES)
    with pytest.raises(PeopleRefused, match="没有第99号"):
        await confirm_asked_recovery(99, by(two), RULES)
    told = await latest_entries(9)
    assert [(entry.action, entry.who) for entry in told] == [
        ("confirm_recovery", "第902人"),
        ("ask_recovery", "第901人"),
    ]
    assert code not in "".join(entry.what for entry in told)


async def test_a_command_line_asks_and_does_not_confirm() -> None:
    await make_person("wang")
    asked = await ask_recovery("wang", by())

    with pytest.raises(PeopleRefused, match="您的角色不能"):
        await confirm_asked_recovery(asked.id, by(), RULES)


async def test_the_audit_of_it_all_is_whole(tmp_path: Path) -> None:
    await make_person("wang")
    await give_role("wang", CLERK, by())
    await disable("wang", by(moment=later(days=1)))
    await enable("wang", by(moment=later(days=1)))

    seen = await verify_audit(None, None, tmp_path)

    assert (seen.days, seen.entries, seen.findings) == (2, 3, ())
