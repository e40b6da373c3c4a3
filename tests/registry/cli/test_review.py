"""At the command line: what waits is listed, shown, tried, decided, taken back; enterprises are merged, split, related."""

import json
from pathlib import Path

from tests.registry.actions.desk import registered, registration
from tests.registry.cli.conftest import Command
from tests.registry.imports.making import code, workbook

BY = ("--by", "张三", "--reason", "电话核实")
LEDGER = ["企业名称", "政策", "金额（万元）", "拨付日期"]


def taken_in(registry: Command, folder: Path) -> int:
    """Take in two of one name and a ledger that pays the name; gives the number of what waits."""
    for name, data in (
        ("登记.xlsx", registration(registered(1, "双子厂"), registered(2, "双子厂"))),
        (
            "台账.xlsx",
            workbook([["截至2026年9月30日"], LEDGER, ["双子厂", "P12", 5, "2024-06-01"]]),
        ),
    ):
        (folder / name).write_bytes(data)
        assert registry("import", folder / name).exit_code == 0
    return int(json.loads(registry("review", "list", "--json").output)["groups"][0]["subject_id"])


def test_what_waits_is_listed_shown_tried_decided_and_taken_back(
    on_its_database: Command, tmp_path: Path
) -> None:
    registry = on_its_database
    subject = str(taken_in(registry, tmp_path))

    assert "同名多家" in registry("review", "list").output
    shown = registry("review", "show", subject).output
    assert code(1) in shown
    assert "名称相同" in shown
    tried = registry("review", "decide", subject, "--same", code(2), *BY, "--try")
    assert "没有改动" in tried.output
    assert json.loads(registry("review", "list", "--json").output)["total"] == 1
    decided = registry("review", "decide", subject, "--same", code(2), *BY, "--json")
    assert json.loads(decided.output)["enterprise_id"] is not None
    assert "没有待认定" in registry("review", "list").output
    assert registry("review", "decide", subject, "--take-back", *BY).exit_code == 0
    assert json.loads(registry("review", "list", "--json").output)["total"] == 1
    wrong = registry("review", "decide", subject, "--same", "91410100MA00000000", *BY)
    assert wrong.exit_code == 1
    assert "没有代码为" in wrong.output
    assert registry("review", "decide", subject, *BY).exit_code == 2


def test_two_are_merged_and_split_again(on_its_database: Command, tmp_path: Path) -> None:
    registry = on_its_database
    taken_in(registry, tmp_path)

    assert "不再单独在库" in registry("merge", code(2), code(1), *BY).output
    again = registry("merge", code(2), code(1), *BY)
    assert again.exit_code == 1
    assert "已经认定" in again.output
    assert "单独在库" in registry("split", code(2), *BY).output


def test_relations_are_recorded_listed_and_withdrawn(
    on_its_database: Command, tmp_path: Path
) -> None:
    registry = on_its_database
    taken_in(registry, tmp_path)
    said = ("--on", "2026-09-10", "--document", "准予变更通知书", "--by", "张三")

    added = registry("relations", "add", code(1), "merged_into", code(2), *said, "--json")
    number = str(json.loads(added.output)["id"])
    listed = json.loads(registry("relations", "list", "--json").output)
    assert [one["relation"]["kind"] for one in listed] == ["merged_into"]
    for wrong, why in (
        (("add", code(1), "merged_into", code(2)), "同样的关系"),
        (("add", code(2), "merged_into", code(1)), "互相并入"),
        (("add", code(1), "controls", code(1)), "与自己"),
        (("add", code(1), "controls"), "另一家"),
        (("add", code(1), "moved", "--to", "999999"), "行政区划"),
        (("add", code(1), "controls", code(2), "--share", "101"), "100%"),
    ):
        refused = registry("relations", *wrong, *said)
        assert refused.exit_code == 1
        assert why in refused.output
    assert registry("relations", "withdraw", number, *BY).exit_code == 0
    assert "已撤回" in registry("relations", "list", "--of", code(2)).output
    assert "再次撤回" in registry("relations", "withdraw", number, *BY).output
