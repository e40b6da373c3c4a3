"""Every command explains itself, and says in one line what keeps it from its work."""

import socket
from pathlib import Path

import click
import pytest

from registry.cli.main import main
from registry.settings import settings
from tests.registry.cli.conftest import Command


def commands(group: click.Group, *path: str) -> list[tuple[str, ...]]:
    found: list[tuple[str, ...]] = []
    for name, command in group.commands.items():
        found.append((*path, name))
        if isinstance(command, click.Group):
            found += commands(command, *path, name)
    return found


def command_at(path: tuple[str, ...]) -> click.Command:
    command: click.Command = main
    for name in path:
        assert isinstance(command, click.Group)
        command = command.commands[name]
    return command


def test_there_is_a_command_for_each_thing_the_service_does() -> None:
    assert {path[0] for path in commands(main)} == {
        "demo", "serve", "clock", "corrections", "import", "imports", "export", "run", "notices", "catalogue", "evaluate", "simulate",
        "information",
        "pool", "tiers", "review", "merge", "split", "relations",
        "find", "index", "layouts", "people", "audit", "cases", "funds", "orders", "calendar",
    }  # fmt: skip
    kept = {path[1] for path in commands(main) if path[:-1] == ("catalogue",)}
    assert kept == {"check", "lists", "modes", "mutants"}


@pytest.mark.parametrize("path", [(), *commands(main)], ids=" ".join)
@pytest.mark.parametrize("asked", ["--help", "-h"])
def test_help_names_every_option_and_says_what_it_is_for(
    path: tuple[str, ...], asked: str, registry: Command
) -> None:
    shown = registry(*path, asked)

    assert shown.exit_code == 0
    command = command_at(path)
    assert command.help
    assert command.help.split("\n")[0] in shown.output
    for option in command.params:
        if isinstance(option, click.Option):
            assert option.opts[0] in shown.output
            assert option.help
    if isinstance(command, click.Group):
        for name, inner in command.commands.items():
            assert name in shown.output
            assert inner.help
    assert "环境变量" in registry("--help").output


def test_the_version_is_told(registry: Command) -> None:
    assert "version" in registry("--version").output


@pytest.mark.parametrize("words", [["nonsense"], ["run", "--nonsense"], ["import"], ["evaluate"]])
def test_a_word_that_is_none_of_ours_is_refused_with_the_usage(
    words: list[str], registry: Command
) -> None:
    refused = registry(*words)

    assert refused.exit_code == 2
    assert "Usage: " in refused.output


@pytest.mark.parametrize("words", [["run"], ["notices"], ["serve"], ["demo", "--no-serve"]])
def test_settings_that_cannot_be_used_are_all_told_at_once(
    words: list[str], registry: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REGISTRY_RUN_CRON", "monthly")
    monkeypatch.setenv("REGISTRY_DELIVERY_SECONDS", "often")
    monkeypatch.delenv("REGISTRY_DEMO", raising=False)
    settings.cache_clear()

    refused = registry(*words)

    assert refused.exit_code == 1
    assert "REGISTRY_RUN_CRON=「monthly」" in refused.output
    assert "REGISTRY_DELIVERY_SECONDS=「often」" in refused.output
    assert "例如" in refused.output
    assert "Traceback" not in refused.output


@pytest.mark.parametrize(
    "url",
    [
        "sqlite:///{folder}/taken/registry.sqlite",
        "postgresql://nobody:s3cret@127.0.0.1:{port}/registry",
    ],
)
def test_a_database_that_cannot_be_opened_is_told_with_the_way_out(
    url: str, registry: Command, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "taken").write_text("no folder", encoding="utf-8")
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        address = url.format(folder=tmp_path, port=closed.getsockname()[1])
        monkeypatch.setenv("REGISTRY_DATABASE_URL", address)
        settings.cache_clear()

        refused = registry("notices")

    assert refused.exit_code == 1
    assert "打不开数据库" in refused.output
    assert "请核对 REGISTRY_DATABASE_URL" in refused.output
    assert "s3cret" not in refused.output
