"""`registry catalogue`: what is wrong, which changes no example notices, how each item can be had."""

import json
from pathlib import Path

import pytest

from tests.matching.language.made_items import item_text
from tests.registry.cli.conftest import Command

EXAMPLES = (
    "[{name: 存续, given: {status: active}, expect: met, amount: 10 万元},"
    " {name: 注销, given: {status: cancelled}, expect: unmet},"
    " {name: 不知, given: {status: unknown}, expect: unknown, missing: [status]},"
    " {name: 外地, given: {status: active, place: 许昌市}, expect: unmet}]"
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A catalogue of one good item, its phone and guide left out."""
    text = item_text(
        examples=EXAMPLES,
        background="{place: 郑州市}",
        document="{number: 〔2026〕1号, issuer: 郑州市人民政府, article: 一, source: 原文}",
    )
    (tmp_path / "items").mkdir()
    (tmp_path / "items" / "p00-test.yml").write_text(text, encoding="utf-8")
    (tmp_path / "definitions.yml").write_text("{}", encoding="utf-8")
    return tmp_path


def change(folder: Path, *changes: tuple[str, str]) -> None:
    path = folder / "items" / "p00-test.yml"
    text = path.read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    path.write_text(text, encoding="utf-8")


def test_findings_are_told_but_do_not_block(folder: Path, registry: Command) -> None:
    done = registry("catalogue", "check", folder)

    assert done.exit_code == 0
    assert "提示（没有联系电话）items/p00-test.yml" in done.output
    assert "另有 2 条提示" in done.output


def test_problems_and_findings_can_be_had_as_json(folder: Path, registry: Command) -> None:
    found = json.loads(registry("catalogue", "check", folder, "--json").output)

    assert found["problems"] == []
    assert {one["rule"] for one in found["findings"]} == {"no_phone", "no_guide"}
    assert all(one["item"] == "p00-test" for one in found["findings"])


def test_a_problem_makes_the_exit_code_one_in_json_too(folder: Path, registry: Command) -> None:
    change(folder, ("area: 郑州市", "area: 郑洲市"))
    done = registry("catalogue", "check", folder, "--json")

    assert done.exit_code == 1
    assert json.loads(done.output)["problems"][0]["line"] == 9


def test_publishing_needs_what_a_finding_only_tells(folder: Path, registry: Command) -> None:
    done = registry("catalogue", "check", folder, "--publish")

    assert done.exit_code == 1
    assert "共 2 个问题" in done.output


def test_publishing_needs_every_limit_held_by_an_example(folder: Path, registry: Command) -> None:
    change(folder, ("{status: active, place: 许昌市}", "{status: moved, place: 许昌市}"))
    done = registry("catalogue", "check", folder, "--publish")

    assert done.exit_code == 1
    assert "condition: 不看适用范围后，所有例子仍然通过 → 加一个例子" in done.output


def test_mutants_tell_the_score_of_every_item(folder: Path, registry: Command) -> None:
    done = registry("catalogue", "mutants", "--catalogue", folder)

    assert done.exit_code == 0
    assert "p00-test: 3/3" in done.output
    assert "共 3 处改错，例子发现 3 处。" in done.output


def test_mutants_of_one_item_as_json(folder: Path, registry: Command) -> None:
    done = registry("catalogue", "mutants", "p00-test", "--catalogue", folder, "--json")

    assert json.loads(done.output) == [{"item": "p00-test", "all": 3, "survivors": [], "killed": 3}]


def test_modes_tell_why_and_what_would_raise_the_readiness(registry: Command) -> None:
    done = registry("catalogue", "modes", "p54-hubei-cloud-voucher", "--on", "2026-09-30")

    assert done.exit_code == 0
    assert "p54-hubei-cloud-voucher: 快申快享" in done.output
    assert "（现由企业填报）：+" in done.output


def test_modes_as_json(folder: Path, registry: Command) -> None:
    done = registry("catalogue", "modes", "--catalogue", folder, "--on", "2026-09-30", "--json")

    found = json.loads(done.output)
    assert [(one["item"], one["mode"], one["readiness"]) for one in found] == [
        ("p00-test", "no_application", 100)
    ]


@pytest.mark.parametrize("words", [["mutants"], ["modes", "--on", "2026-09-30"]])
def test_an_item_that_is_not_there_is_told_plainly(words: list[str], registry: Command) -> None:
    done = registry("catalogue", words[0], "no-such-item", *words[1:])

    assert done.exit_code == 1
    assert "没有编号“no-such-item”" in done.output


@pytest.mark.parametrize("words", [["mutants"], ["modes", "--on", "2026-09-30"]])
def test_a_broken_catalogue_is_told_with_its_problems(
    words: list[str], folder: Path, registry: Command
) -> None:
    change(folder, ("area: 郑州市", "area: 郑洲市"))
    done = registry("catalogue", *words, "--catalogue", folder)

    assert done.exit_code == 1
    assert "places.yml 里没有“郑洲市”" in done.output


def test_the_public_lists_are_written_and_counted(registry: Command, tmp_path: Path) -> None:
    out = tmp_path / "lists.json"

    shown = registry("catalogue", "lists", "--out", str(out), "--on", "2026-09-30")

    assert shown.exit_code == 0
    lists = json.loads(out.read_bytes())
    assert lists["as_of"] == "2026-09-30"
    assert f"政策清单 {len(lists['policies'])} 条" in shown.output


def test_a_kind_of_file_we_do_not_write_is_refused(registry: Command, tmp_path: Path) -> None:
    refused = registry("catalogue", "lists", "--out", str(tmp_path / "lists.pdf"))

    assert refused.exit_code == 1
    assert "不能写成“.pdf”" in refused.output
