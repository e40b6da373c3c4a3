"""`registry tiers assess`: a table of profiles in, titles and criteria out, no database."""

import json
from pathlib import Path

import polars as pl
import pytest

from tests.matching.small_ladder import DOCUMENTS, FILES
from tests.registry.cli.conftest import Command

PROFILES = """\
enterprise,place,specialized_sme,annual_revenue@2025 [万元],annual_revenue@2023 [万元],total_assets@2025 [万元],total_liabilities@2025 [万元]
甲公司,登封市,2025-06-01..,6000,4000,1000,650
乙公司,登封市,none,1000,900,1000,800
丙公司,甘肃省,2025-06-01..,6000,4000,1000,650
丁公司,,2025-06-01..,6000,4000,1000,月亮
"""


@pytest.fixture
def catalogue(tmp_path: Path) -> Path:
    folder = tmp_path / "policies"
    for name, text in {"definitions.yml": "{}", "documents.yml": DOCUMENTS, **FILES}.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def profiles(tmp_path: Path) -> Path:
    path = tmp_path / "profiles.csv"
    path.write_text(PROFILES, encoding="utf-8")
    return path


def test_a_row_an_enterprise_title_and_criterion(
    registry: Command, catalogue: Path, profiles: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out.parquet"

    done = registry(
        "tiers", "assess", "--profiles", profiles, "--catalogue", catalogue,
        "--on", "2026-05-01", "--out", out,
    )  # fmt: skip

    assert done.exit_code == 0, done.output
    assert "月亮" in done.output
    table = pl.read_parquet(out)
    titles = table.filter(pl.col("criterion").is_null(), pl.col("tier") == "little_giant")
    assert titles["verdict"].to_list() == ["符合", "不符合", "不符合", "待补充"]
    assert titles["standard"].to_list() == [
        "little-giant-2026", "little-giant-2026", "little-giant-2026-gansu", None,
    ]  # fmt: skip
    sharpened = table.filter(pl.col("criterion") == "T3-6")
    assert sharpened["verdict"].to_list() == ["符合", "不符合", "不符合", "待补充"]
    assert sharpened["article"].to_list()[1:3] == ["附件2第六项", "第九条第一款"]
    assert table["row"].to_list() == sorted(table["row"].to_list())
    assert sharpened["missing"].to_list() == [
        None, None, None, "所在区县（市场监管局）；2025年负债总额（税务局）",
    ]  # fmt: skip
    assert titles["missing"].null_count() == 4


def test_the_kind_of_application_chooses_the_standard(
    registry: Command, catalogue: Path, profiles: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out.csv"

    done = registry(
        "tiers", "assess", "--profiles", profiles, "--catalogue", catalogue,
        "--on", "2026-05-01", "--kind", "复核", "--out", out, "--json",
    )  # fmt: skip

    said = json.loads(done.output)
    assert said["kind"] == "复核"
    assert said["standards"] == ["little-giant-2022", "specialized-2026"]
    assert said["counts"]["little_giant"] == {"不符合": 1, "待补充": 3}
    assert "专-2" in out.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("change", "code", "said"),
    [
        ({"--profiles": "none.csv"}, 1, "没有这个文件"),
        ({"--out": "out.pdf"}, 1, "不能写成"),
        ({"--on": "2020-01-01"}, 1, "最早的自2022-08-01起"),
        ({"--kind": "认可"}, 2, "认可"),
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
        "--on": "2026-05-01",
        "--out": str(tmp_path / "out.csv"),
        **change,
    }
    done = registry("tiers", "assess", *(part for pair in asked.items() for part in pair))

    assert done.exit_code == code
    assert said in done.output
