"""`registry people set-up`: somebody sets the own password, and an official a 动态码, at the command line."""

import click
from rich.console import Console

from registry.actions.keep_account import (
    NewFactor,
    begin_factor,
    confirm_new_factor,
    set_password_with_code,
)
from registry.actions.keep_session import sign_out, standing_of
from registry.actions.sign_in import Credentials, sign_in
from registry.cli.opening import now, the_settings, with_database
from registry.people.types import Moment, PeopleRefused, Standing, Tokens

SOURCE = "command-line"


@click.command("set-up")
@click.argument("name")
@click.option("--code", prompt="一次性验证码", help="不写则提示输入。")
@click.option(
    "--password",
    prompt="新密码",
    hide_input=True,
    confirmation_prompt=True,
    help="不写则提示输入。",
)
def set_up(name: str, code: str, password: str) -> None:
    """本人凭一次性验证码设置密码；工作人员随后启用动态码。"""
    console = Console()
    with_database(lambda: _set_password(_shown(name, code), password))
    console.print("密码已设置")
    tokens, made = with_database(lambda: _begin(_shown(name, password)))
    if made is None:
        return
    console.print("请在手机的动态码应用中输入密钥，或打开下面的地址：")
    console.print(made.secret)
    console.print(made.address, soft_wrap=True)
    typed = click.prompt("动态码")
    with_database(lambda: _confirm(tokens, typed))
    console.print("动态码已启用")


async def _set_password(shown: Credentials, password: str) -> None:
    await set_password_with_code(shown, password, the_settings().sign_in, moment())


async def _begin(shown: Credentials) -> tuple[Tokens, NewFactor | None]:
    rules, data_dir = the_settings().sign_in, the_settings().data_dir
    tokens = await sign_in(shown, rules, data_dir, moment())
    if "second_factor" not in tokens.person.must:
        await sign_out(tokens.session, moment())
        return tokens, None
    standing = await _standing(tokens)
    return tokens, await begin_factor(standing, shown, rules, data_dir, moment())


async def _confirm(tokens: Tokens, typed: str) -> None:
    standing = await _standing(tokens)
    token = await confirm_new_factor(standing, typed, the_settings().data_dir, moment())
    await sign_out(token, moment())


async def _standing(tokens: Tokens) -> Standing:
    found = await standing_of(tokens.session, the_settings().sign_in, moment())
    if found is None:
        raise PeopleRefused("等得太久，会话已结束；请重置账号后再设置")
    return found


def _shown(name: str, password: str) -> Credentials:
    return Credentials(name=name, password=password, source=SOURCE)


def moment() -> Moment:
    """Read the clock, and the day it is where the office is."""
    at = now()
    return Moment(at, at.astimezone(the_settings().timezone).date())
