"""`registry people`: accounts and their roles, for whoever keeps them."""

import click
import msgspec
from rich.console import Console
from rich.table import Table

from registry.actions.keep_session import person_now
from registry.actions.manage_people import (
    By,
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
from registry.actions.sign_in import Credentials, proven
from registry.cli.opening import rules, the_settings, with_database
from registry.cli.set_up_account import SOURCE, moment, set_up
from registry.people.load_permissions import shipped_permissions
from registry.people.may import COMMAND_LINE, May
from registry.people.types import Grant, Kind, Person

AS_JSON = click.option("--json", "as_json", is_flag=True, help="输出 JSON。")
NAME = click.argument("name")


@click.group()
def people() -> None:
    """账号与角色；在命令行所做的记为“命令行管理员”，都进审计记录。"""


people.add_command(set_up)


@people.command()
@NAME
@click.option(
    "--kind",
    type=click.Choice(["official", "enterprise"]),
    default="official",
    help="工作人员或企业。",
)
@click.option("--display", required=True, help="姓名，写进审计记录。")
@click.option("--email", help="邮箱。")
def add(name: str, kind: Kind, display: str, email: str | None) -> None:
    """新建账号，给出一次性验证码：本人凭它设置密码。"""
    new = NewAccount(sign_in_name=name, kind=kind, display_name=display, email=email)
    account, code = with_database(lambda: add_person(new, _by(), the_settings().sign_in))
    _tell_code(account.sign_in_name, code)


@people.command("list")
@AS_JSON
def list_all(*, as_json: bool) -> None:
    """列出账号及其角色。"""
    found = with_database(lambda: list_people(_by()))
    if as_json:
        click.echo(msgspec.json.format(msgspec.json.encode(found)).decode())
        return
    table = Table("登录名", "姓名", "类别", "角色", "状态")
    for one in found:
        table.add_row(
            one.account.sign_in_name,
            one.account.display_name,
            "企业" if one.account.kind == "enterprise" else "工作人员",
            "\n".join(_in_words(held.grant) for held in one.grants) or "没有",
            "停用" if one.account.disabled_at else "在用",
        )
    Console().print(table if found else "还没有账号；registry people add 新建。")


@people.command()
@NAME
@click.argument("role")
@click.option("--place", "places", multiple=True, help="管哪些地区：代码或名称，可给多个。")
@click.option("--department", "departments", multiple=True, help="管哪些部门的数据：代号，如 tax。")
@click.option("--enterprise", "enterprises", multiple=True, type=int, help="哪些企业：编号。")
@click.option("--end", is_flag=True, help="取消这个角色。")
def role(name: str, role: str, *, end: bool, **over: tuple[str | int, ...]) -> None:
    """给账号一个角色（或改它的范围），或用 --end 取消；此人的会话随即全部结束。"""
    tree = rules().vocabulary.places
    places = tuple(tree.find(str(one)) or str(one) for one in over["places"])
    grant = msgspec.convert({**over, "role": role, "places": places}, Grant)
    account = with_database(
        lambda: end_role(name, role, _by()) if end else give_role(name, grant, _by())
    )
    done = f"已取消 {_label(role)}" if end else f"已是 {_in_words(grant)}"
    Console().print(f"{account.display_name}（{account.sign_in_name}）{done}")


@people.command()
@NAME
@click.option("--second", required=True, help="第二位确认人的登录名；其密码在提示后输入。")
@click.option("--second-password", prompt="确认人密码", hide_input=True, help="不写则提示输入。")
@click.option("--second-code", prompt="确认人动态码", help="不写则提示输入。")
def reset(name: str, second: str, second_password: str, second_code: str) -> None:
    """密码或手机丢失：经第二位工作人员确认，给出一次性验证码。"""
    shown = Credentials(name=second, password=second_password, code=second_code, source=SOURCE)
    _tell_code(name, with_database(lambda: _reset(name, shown)))


@people.command("disable")
@NAME
def disable_account(name: str) -> None:
    """停用账号：此人的会话随即全部结束，角色与历史保留。"""
    account = with_database(lambda: disable(name, _by()))
    Console().print(f"{account.display_name}（{account.sign_in_name}）已停用")


@people.command("enable")
@NAME
def enable_account(name: str) -> None:
    """重新启用停用的账号。"""
    account = with_database(lambda: enable(name, _by()))
    Console().print(f"{account.display_name}（{account.sign_in_name}）已启用")


async def _reset(name: str, shown: Credentials) -> str:
    at, at_sign_in = moment(), the_settings().sign_in
    _, account = await proven(shown, at_sign_in, the_settings().data_dir, at)
    confirms = await person_now(account, at_sign_in, at)
    asked = await ask_recovery(name, _by())
    return await confirm_asked_recovery(asked.id, _by(confirms), at_sign_in)


def _by(person: Person = COMMAND_LINE) -> By:
    return By(person, moment(), May(shipped_permissions(), rules().vocabulary))


def _label(role: str) -> str:
    known = shipped_permissions().roles.get(role)
    return known.label if known else role


def _in_words(grant: Grant) -> str:
    places = rules().vocabulary.places
    over = [*(places.name(one) for one in grant.places), *grant.departments]
    over += [f"企业{one}" for one in grant.enterprises]
    return f"{_label(grant.role)}（{'、'.join(over)}）" if over else _label(grant.role)


def _tell_code(name: str, code: str) -> None:
    hours = the_settings().sign_in.code_hours
    console = Console()
    console.print(f"{name} 的一次性验证码（{hours} 小时内有效，只显示这一次）：")
    console.print(code)
    console.print(f"请当面或电话告知本人，由本人凭它设置密码：registry people set-up {name}")
