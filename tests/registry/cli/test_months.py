"""An official's month at the command line."""

import re
import socket
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from matching.storage.lock import database_lock
from registry.settings import settings
from tests.processes import held, on_database, wait_here
from tests.registry.actions.town import SEPTEMBER, play, september
from tests.registry.cli.conftest import Command


def flat(output: str) -> str:
    """Take out what tables put between words."""
    return re.sub(r"[\s│┃]+", " ", output)


def holding(line: Connection, lock: str, url: str) -> None:
    async def hold() -> None:
        async with database_lock(lock):
            wait_here(line)

    on_database(url, hold)


def test_a_month_is_run_shown_and_not_run_again(
    on_its_database: Command, database_url: str
) -> None:
    on_database(database_url, september)

    first = on_its_database("run", "--period", SEPTEMBER)
    again = on_its_database("run", "--period", SEPTEMBER)

    assert (first.exit_code, again.exit_code) == (0, 0)
    for said in (
        "已领取本期",
        "已提交",
        "2026-09 期匹配（事实截至 2026-09-30）",
        "总计",
        "通知",
        "回执",
    ):
        assert said in first.output
    assert "已判定过，没有任何改动，也不再发通知" in again.output
    assert "已领取本期" not in again.output
    receipt = first.output[first.output.index("回执") :]
    assert receipt in again.output


def test_a_month_that_is_not_over_is_refused(on_its_database: Command) -> None:
    refused = on_its_database("run", "--period", "2999-01")

    assert refused.exit_code == 1
    assert "Error: 2999-01 还没有结束（2999-01-31 为最后一天）；月末之后再运行" in refused.output


@pytest.mark.parametrize("period", ["2026-13", "202610", "2026-9", "上月"])
def test_a_period_that_is_no_month_is_refused(period: str, on_its_database: Command) -> None:
    refused = on_its_database("run", "--period", period)

    assert refused.exit_code == 1
    assert f"“{period}”不是月份；写成 2026-10" in refused.output


def test_without_a_period_the_month_that_ended_last_is_run(on_its_database: Command) -> None:
    done = on_its_database("run")

    assert done.exit_code == 0
    assert re.search(r"\d{4}-\d{2} 期匹配", done.output)


def test_who_runs_the_month_is_told(on_its_database: Command, database_url: str) -> None:
    on_database(database_url, september)

    with held(holding, "run", database_url) as other:
        refused = on_its_database("run", "--period", SEPTEMBER)

    assert refused.exit_code == 1
    assert f"主机 {socket.gethostname()} 上的进程 {other.process.pid}" in refused.output


async def owed_notices(data_dir: Path) -> None:
    await september()
    await play(SEPTEMBER, data_dir)


def test_notices_are_delivered_and_counted(
    on_its_database: Command, database_url: str, tmp_path: Path
) -> None:
    on_database(database_url, lambda: owed_notices(tmp_path))

    waiting = on_its_database("notices", "--no-deliver")
    done = on_its_database("notices")
    again = on_its_database("notices")

    owed = re.search(r"站内信 待投递 (\d+)", flat(waiting.output))
    assert owed is not None
    assert f"站内信 {owed[1]}，邮件发出 0，失败 0，不明 0" in done.output
    assert f"站内信 已送达 {owed[1]}" in flat(done.output)
    assert "站内信 0，邮件发出 0，失败 0，不明 0" in again.output


def test_mail_that_failed_is_listed_with_what_was_said(
    on_its_database: Command, database_url: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        monkeypatch.setenv("REGISTRY_SMTP_HOST", "127.0.0.1")
        monkeypatch.setenv("REGISTRY_SMTP_PORT", str(closed.getsockname()[1]))
        monkeypatch.setenv("REGISTRY_SMTP_STARTTLS", "no")
        monkeypatch.setenv("REGISTRY_SMTP_SENDER", "notice@registry.example.cn")
        settings.cache_clear()
        on_database(database_url, lambda: owed_notices(tmp_path))

        done = on_its_database("notices")

    assert done.exit_code == 0
    assert "失败 1，不明 0" in done.output
    assert "电子邮件 暂时失败，将重试 1" in flat(done.output)
    assert "连不上邮件服务器" in done.output


def test_there_may_be_nothing_to_tell(on_its_database: Command) -> None:
    assert "没有应发的通知" in on_its_database("notices").output


def test_only_a_failed_or_unknown_mail_is_sent_again(on_its_database: Command) -> None:
    refused = on_its_database("notices", "--resend", "4711")

    assert refused.exit_code == 1
    assert "投递 4711 不是结果不明或失败的邮件" in refused.output


def test_who_delivers_is_told(on_its_database: Command, database_url: str) -> None:
    with held(holding, "deliver", database_url) as other:
        refused = on_its_database("notices")

    assert refused.exit_code == 1
    assert str(other.process.pid) in refused.output


def test_a_file_that_is_not_there_is_refused_and_the_rest_goes_on(
    on_its_database: Command,
) -> None:
    refused = on_its_database("import", "none.xlsx", "none.csv")

    assert refused.exit_code == 1
    for name in ("none.xlsx", "none.csv"):
        assert f"{name}：整个文件没有取用" in refused.output
    assert "读不到这个文件" in refused.output
