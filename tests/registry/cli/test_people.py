"""`registry people` and `registry audit`: an installation's first accounts, at the command line."""

import json
from datetime import UTC, datetime
from pathlib import Path

import click
import pyotp
import pytest
from rich.console import Console

from registry.people.second_factor import factor_key, secret_of
from registry.people.types import Grant
from registry.settings import settings
from tests.processes import on_database
from tests.registry.actions.staff import PASSWORD, give_factor, make_person
from tests.registry.cli.conftest import Command


def test_an_account_from_its_making_to_its_closing(on_its_database: Command) -> None:
    registry = on_its_database

    made = registry("people", "add", "zhang.wei", "--display", "张三")
    assert "一次性验证码" in made.output
    code = made.output.splitlines()[1]
    given = registry("people", "role", "zhang.wei", "district_clerk", "--place", "中原区", "--department", "tax")  # fmt: skip
    assert "张三（zhang.wei）已是 区县经办（中原区、tax）" in given.output
    refused = registry("people", "role", "zhang.wei", "treasurer", "--place", "郑州市")
    assert refused.exit_code == 1
    assert "经办与拨付分离" in refused.output
    listed = json.loads(registry("people", "list", "--json").output)
    assert listed[0]["grants"][0]["grant"]["places"] == ["410102"]
    assert "hash" not in json.dumps(listed)
    assert "区县经办（中原区、tax）" in registry("people", "list").output
    assert (
        "已取消 区县经办"
        in registry("people", "role", "zhang.wei", "district_clerk", "--end").output
    )
    assert "已停用" in registry("people", "disable", "zhang.wei").output
    assert "停用" in registry("people", "list").output
    assert "已启用" in registry("people", "enable", "zhang.wei").output
    told = json.loads(registry("audit", "list", "--json").output)
    assert [one["action"] for one in told] == [
        "enable_person", "disable_person", "end_role", "give_role", "add_person",
    ]  # fmt: skip
    assert {one["who"] for one in told} == {"命令行管理员"}
    assert code not in json.dumps(told)
    assert "give_role" in registry("audit", "list").output


def test_a_reset_needs_a_second_official_who_shows_who_he_is(
    on_its_database: Command, database_url: str
) -> None:
    registry = on_its_database
    registry("people", "add", "li", "--display", "李四")

    async def second() -> None:
        account = await make_person("zhao", "official", Grant(role="system_admin"))
        await give_factor(account)

    on_database(database_url, second)
    reset = ("people", "reset", "li", "--second", "zhao")
    wrong = registry(*reset, "--second-password", PASSWORD, "--second-code", "000000")
    assert wrong.exit_code == 1
    assert "动态码不对" in wrong.output
    done = registry(*reset, "--second-password", PASSWORD, "--second-code", _code_now())
    assert done.exit_code == 0, done.output
    assert "一次性验证码" in done.output
    told = json.loads(registry("audit", "list", "--json").output)
    assert [(one["action"], one["who"]) for one in told[:2]] == [
        ("confirm_recovery", "zhao先生"), ("ask_recovery", "命令行管理员"),
    ]  # fmt: skip


def test_an_official_sets_the_own_password_and_code(
    on_its_database: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    registry = on_its_database
    made = registry("people", "add", "wang", "--display", "王五").output.splitlines()
    # The person's phone: it shows what the secret on the screen gives.
    screen: list[str] = []
    said = Console.print
    monkeypatch.setattr(Console, "print", lambda *a, **k: (screen.append(str(a[1])), said(*a, **k)))
    monkeypatch.setattr(click, "prompt", lambda _: pyotp.TOTP(screen[-2]).now())

    weak = registry("people", "set-up", "wang", "--code", made[1], "--password", "Wang-123")
    assert weak.exit_code == 1
    assert "不能有登录名" in weak.output
    done = registry("people", "set-up", "wang", "--code", made[1], "--password", PASSWORD)

    assert done.exit_code == 0, done.output
    assert "动态码已启用" in done.output
    told = json.loads(registry("audit", "list", "--json").output)
    assert [one["action"] for one in told] == [
        "sign_out", "confirm_factor", "begin_factor", "sign_in", "set_password_with_code", "add_person",
    ]  # fmt: skip
    again = registry("people", "set-up", "wang", "--code", made[1], "--password", "Other-Stone-7")
    assert again.exit_code == 1
    assert "已用过" in again.output


def test_an_enterprise_sets_the_own_password_without_a_code(on_its_database: Command) -> None:
    registry = on_its_database
    made = registry("people", "add", "li", "--display", "李会计", "--kind", "enterprise")
    code = made.output.splitlines()[1]

    done = registry("people", "set-up", "li", "--code", code, "--password", PASSWORD)

    assert (done.exit_code, done.output) == (0, "密码已设置\n")


def test_an_audit_that_was_cut_is_said_and_fails(on_its_database: Command, tmp_path: Path) -> None:
    registry = on_its_database
    assert "0 天 0 条，完整" in registry("audit", "verify").output
    assert "还没有审计记录" in registry("audit", "list").output
    registry("people", "add", "zhang.wei", "--display", "张三")
    whole = registry("audit", "verify")
    assert (whole.exit_code, "1 天 1 条，完整" in whole.output) == (0, True)

    kept = tmp_path / "data" / "audit-heads.jsonl"
    line = json.loads(kept.read_text(encoding="utf-8"))
    kept.write_text(json.dumps(line | {"number": 7}) + "\n", encoding="utf-8")
    cut = registry("audit", "verify")
    assert cut.exit_code == 1
    assert "第7条 缺失：以前核对时有这一条，现在没有" in cut.output
    [found] = json.loads(registry("audit", "verify", "--json").output)["findings"]
    assert found["harm"] == "missing"
    other = registry("audit", "verify", "--from", "2020-01-01", "--to", "2020-12-31")
    assert other.exit_code == 0


def _code_now() -> str:
    secret = secret_of("n", factor_key(settings().data_dir))
    return pyotp.TOTP(secret).at(datetime.now(UTC))
