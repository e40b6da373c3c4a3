"""The policy base at the command line: the public lists are written for a day."""

from pathlib import Path

import msgspec

from tests.registry.cli.conftest import Command


def test_the_public_lists_are_written_and_counted(registry: Command, tmp_path: Path) -> None:
    out = tmp_path / "lists.json"

    shown = registry("catalogue", "lists", "--out", str(out), "--on", "2026-09-30")

    assert shown.exit_code == 0
    lists = msgspec.json.decode(out.read_bytes())
    assert lists["as_of"] == "2026-09-30"
    assert f"政策清单 {len(lists['policies'])} 条" in shown.output


def test_a_kind_of_file_we_do_not_write_is_refused(registry: Command, tmp_path: Path) -> None:
    refused = registry("catalogue", "lists", "--out", str(tmp_path / "lists.pdf"))

    assert refused.exit_code == 1
    assert "不能写成“.pdf”" in refused.output
