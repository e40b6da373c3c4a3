"""Sheets at the command line: preview, import, list, effect, undo, refused rows, in and out again."""

import json
from pathlib import Path

import openpyxl
import pytest

from registry.lookup import kept
from tests.registry.actions.desk import registered, registration, returns
from tests.registry.cli.conftest import Command
from tests.registry.imports.making import code, csv_file


def sheet(folder: Path, name: str, data: bytes) -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


def test_a_sheet_is_previewed_taken_in_and_taken_back(
    on_its_database: Command, tmp_path: Path
) -> None:
    registry = on_its_database
    firms = sheet(tmp_path, "登记.xlsx", registration(registered(1, "甲厂"), registered(2, "乙厂")))
    first = sheet(tmp_path, "税.csv", returns([code(1), "甲厂", "1000"]))
    second = sheet(tmp_path, "税10.csv", returns([code(1), "甲厂", "2000"], on="2026年10月31日"))
    assert registry("import", firms, first).exit_code == 0

    shown = registry("import", second, "--preview")
    assert shown.exit_code == 0
    for word in ("什么都还没有写入", "改变", "1,000元", "2,000元", "C3"):
        assert word in shown.output
    (preview,) = json.loads(registry("import", second, "--preview", "--json").output)
    assert preview["outcome"]["written"]["values"] == 1
    assert len(json.loads(registry("imports", "list", "--json").output)["imports"]) == 2

    assert json.loads(registry("import", second, "--json").output)[0]["import_id"] is not None
    listed = json.loads(registry("imports", "list", "--json").output)["imports"]
    number = listed[0]["id"]
    assert "税10.csv" in registry("imports", "list").output
    assert "重新判定1家" in registry("imports", "effect", str(number)).output
    assert json.loads(registry("imports", "effect", str(number), "--json").output)["judged"] == 1
    undone = registry("imports", "undo", str(number), "--by", "王工", "--reason", "发错了")
    assert "已撤销" in undone.output
    again = registry("imports", "undo", str(number), "--by", "王工", "--reason", "发错了")
    assert again.exit_code == 1
    assert "已由王工" in again.output
    shown = registry("imports", "show", str(number))
    assert "发错了" in shown.output
    assert json.loads(registry("imports", "show", str(number), "--json").output)["undone"]


def test_refused_rows_are_written_and_come_in_corrected(
    on_its_database: Command, tmp_path: Path
) -> None:
    registry = on_its_database
    wrong = registration(registered(1, "甲厂"), registered(2, "乙厂", 登记状态="奇怪"))
    registry("import", sheet(tmp_path, "登记.xlsx", wrong))
    number = str(json.loads(registry("imports", "list", "--json").output)["imports"][0]["id"])
    out = tmp_path / "退回.xlsx"

    written = registry("imports", "refused", number, "--out", out, "--json")
    assert json.loads(written.output) == {
        "import_id": int(number),
        "file": str(out),
        "rows": 1,
        "cells": 1,
    }
    book = openpyxl.load_workbook(out)
    book.worksheets[1]["C4"] = "存续"
    book.save(out)
    (outcome,) = json.loads(registry("import", out, "--json").output)
    assert outcome["refused"] == []
    assert registry("imports", "refused", "99", "--out", out).exit_code == 1
    nowhere = registry("imports", "refused", number, "--out", tmp_path / "没有" / "x.xlsx")
    assert nowhere.exit_code == 1
    assert "写不了" in nowhere.output


def test_what_moves_too_far_is_taken_in_once_confirmed(
    on_its_database: Command, tmp_path: Path
) -> None:
    registry = on_its_database
    rows = [[code(one), f"第{one}厂", 1000 * one] for one in range(1, 31)]
    more = [[*row[:2], row[2] * 10_000] for row in rows]
    registry("import", sheet(tmp_path, "税.csv", returns(*rows)))
    wrong = sheet(tmp_path, "税10.csv", returns(*more, on="2026年10月31日"))

    refused = registry("import", wrong)
    assert refused.exit_code == 1
    assert "--confirmed" in registry("import", wrong, "--preview").output
    assert registry("import", wrong, "--confirmed").exit_code == 0


def test_near_headers_are_printed_confirmed_and_known_the_next_time(
    on_its_database: Command, tmp_path: Path
) -> None:
    registry = on_its_database
    headers = ["税号", "纳税人名称", "2025年营业总收入（元）"]
    rows = [[code(1), "甲厂", 1000], [code(2), "乙厂", 2000]]
    near = sheet(tmp_path, "税.csv", csv_file([["截至2026年9月30日"], headers, *rows]))
    later = sheet(tmp_path, "税10.csv", csv_file([["截至2026年10月31日"], headers, *rows]))

    refused = registry("import", near)
    assert refused.exit_code == 1
    assert "--preview" in refused.output
    looked = registry("import", near, "--preview")
    assert looked.exit_code == 1
    for word in ("待确认的表头", "营业收入", "--confirm all", "还缺必备列"):
        assert word in looked.output
    assert registry("import", near, "--confirm", "all").exit_code == 2
    assert registry("import", near, later, "--confirm", "all", "--by", "李工").exit_code == 2
    assert registry("import", near, "--confirm", "Z", "--by", "李工").exit_code == 1
    shown = registry("import", near, "--preview", "--confirm", "A,C", "--by", "李工")
    assert shown.exit_code == 0
    assert "李工确认：“税号”是统一社会信用代码" in shown.output
    assert json.loads(registry("layouts", "headers", "--json").output) == []

    (taken,) = json.loads(
        registry("import", near, "--confirm", "all", "--by", "李工", "--json").output
    )
    assert taken["written"]["values"] == 2
    learned = json.loads(registry("layouts", "headers", "--json").output)
    assert {(one["header"], one["decided_by"]) for one in learned} == {
        ("税号", "李工"),
        ("营业总收入", "李工"),
    }
    (again,) = json.loads(registry("import", later, "--json").output)
    assert again["written"]["values"] == 2


def test_many_names_that_come_in_are_indexed_before_anybody_searches(
    on_its_database: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    registry = on_its_database
    monkeypatch.setattr(kept, "SMALL_ENOUGH", 2)
    made = tmp_path / "data" / "lookup" / "current.json"
    few = registration(registered(1, "甲示例厂"), registered(2, "乙示例厂"))
    registry("import", sheet(tmp_path, "少.xlsx", few))
    assert not made.exists()

    registry("import", sheet(tmp_path, "多.xlsx", registration(registered(3, "丙示例厂"))))
    assert json.loads(made.read_text())["last_name"] == 3
    assert "丙示例厂" in registry("find", "丙示例").output


def test_an_export_says_in_json_what_it_wrote(on_its_database: Command, tmp_path: Path) -> None:
    registry = on_its_database
    registry("import", sheet(tmp_path, "登记.xlsx", registration(registered(1, "甲厂"))))
    out = tmp_path / "出.xlsx"
    given = ("market-registration", "--on", "2026-10-31", "--out", out, "--json")

    assert json.loads(registry("export", *given).output) == {
        "layout": "market-registration",
        "on": "2026-10-31",
        "file": str(out),
        "rows": 1,
        "left_out": [],
    }
    assert out.exists()
