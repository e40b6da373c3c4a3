"""`registry evaluate` and `registry catalogue check`: folders and files, no database."""

from pathlib import Path

import polars as pl
import pytest

from tests.makers import Clause, item_text
from tests.registry.cli.conftest import Command

GOOD = Clause(title="称号奖励", condition="{listed: little_giant}")
PROFILES = "enterprise,place,little_giant\n甲公司,郑州市,2025-07-01..\n乙公司,月球,none\n丙公司,,\n"


@pytest.fixture
def catalogue(tmp_path: Path) -> Path:
    folder = tmp_path / "policies"
    (folder / "items").mkdir(parents=True)
    (folder / "items" / "title.yml").write_text(item_text("title", GOOD), encoding="utf-8")
    return folder


@pytest.fixture
def profiles(tmp_path: Path) -> Path:
    path = tmp_path / "profiles.csv"
    path.write_text(PROFILES, encoding="utf-8")
    return path


def test_files_in_verdicts_out(
    registry: Command, catalogue: Path, profiles: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out.parquet"

    done = registry(
        "evaluate", "--profiles", profiles, "--catalogue", catalogue,
        "--on", "2026-09-30", "--out", out,
    )  # fmt: skip

    assert done.exit_code == 0
    assert "3 家 × 1 项" in done.output
    assert "第2行 place" in done.output
    assert "月球" in done.output
    assert pl.read_parquet(out)["verdict"].to_list() == ["符合", "不符合", "待补充"]
    assert not (tmp_path / "data").exists()


@pytest.mark.parametrize(
    ("change", "code", "said"),
    [
        ({"--profiles": "none.csv"}, 1, "没有这个文件"),
        ({"--out": "out.pdf"}, 1, "不能写成"),
        ({"--catalogue": "none"}, 1, "不是目录"),
        ({"--on": "yesterday"}, 2, "yesterday"),
    ],
)
def test_what_cannot_be_used_is_refused(  # noqa: PLR0913, PLR0917  pytest hands them by name
    change: dict[str, str],
    code: int,
    said: str,
    registry: Command,
    catalogue: Path,
    profiles: Path,
    tmp_path: Path,
) -> None:
    asked = {
        "--profiles": str(profiles),
        "--catalogue": str(catalogue),
        "--on": "2026-09-30",
        "--out": str(tmp_path / "out.csv"),
    }

    refused = registry("evaluate", *(word for pair in (asked | change).items() for word in pair))

    assert refused.exit_code == code
    assert said in refused.output


def test_a_broken_item_keeps_the_whole_catalogue_from_being_used(
    registry: Command, catalogue: Path, profiles: Path, tmp_path: Path
) -> None:
    broken = item_text("broken", Clause(condition="{listed: no_such_list}"))
    (catalogue / "items" / "broken.yml").write_text(broken, encoding="utf-8")

    refused = registry(
        "evaluate", "--profiles", profiles, "--catalogue", catalogue,
        "--on", "2026-09-30", "--out", tmp_path / "out.csv",
    )  # fmt: skip

    assert refused.exit_code == 1
    assert "no_such_list" in refused.output
    assert not (tmp_path / "out.csv").exists()


def test_every_problem_of_a_folder_is_told_with_file_line_and_way_out(
    registry: Command, catalogue: Path
) -> None:
    condition = "{listed: no_such_list}"
    broken = item_text("broken", Clause(condition=condition, amount="{fixed: 很多钱}"))
    (catalogue / "items" / "broken.yml").write_text(broken, encoding="utf-8")
    (catalogue / "items" / "text.yml").write_text("不是事项", encoding="utf-8")

    refused = registry("catalogue", "check", catalogue)

    line = broken.splitlines().index(f"condition: {condition}") + 1
    assert refused.exit_code == 1
    assert f"items/broken.yml:{line}" in refused.output
    assert "很多钱" in refused.output
    assert "items/text.yml" in refused.output
    assert "→" in refused.output
    assert "个问题" in refused.output
    assert "Traceback" not in refused.output


def test_an_example_the_engine_does_not_agree_with_is_a_problem(
    registry: Command, catalogue: Path
) -> None:
    refused = registry("catalogue", "check", catalogue)

    assert refused.exit_code == 1
    assert "items/title.yml" in refused.output


def test_a_folder_that_is_not_there_is_told(registry: Command, tmp_path: Path) -> None:
    refused = registry("catalogue", "check", tmp_path / "none")

    assert refused.exit_code == 1
    assert "不是目录" in refused.output
