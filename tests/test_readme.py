"""What the README shows runs as it stands there."""

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from registry.cli.main import main

README = (Path(__file__).parents[1] / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```python\n(.*?)^```", README, re.DOTALL | re.MULTILINE)
COMMANDS = sorted(set(re.findall(r"`registry ([a-z]+)", README)))


def test_there_is_something_to_run() -> None:
    assert BLOCKS
    assert {"evaluate", "simulate"} <= set(COMMANDS)


@pytest.mark.parametrize("block", BLOCKS)
def test_a_python_block_runs(block: str, capsys: pytest.CaptureFixture[str]) -> None:
    exec(compile(block, "README.md", "exec"), {"__name__": "readme"})  # noqa: S102  our own README

    said = capsys.readouterr().out
    assert "p13-title-award" in said
    assert "Takers(met=1" in said
    assert "专精特新“小巨人”企业" in said


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_that_is_named_exists(command: str) -> None:
    assert CliRunner().invoke(main, [command, "--help"]).exit_code == 0
