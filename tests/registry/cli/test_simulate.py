"""`registry simulate` and `registry information`: files or the database in, figures out."""

import json
from pathlib import Path

import polars as pl
import pytest
from openpyxl import load_workbook  # type: ignore[import-untyped]

from tests.makers import Clause, item_text
from tests.processes import on_database
from tests.registry.actions.town import SEPTEMBER, september
from tests.registry.cli.conftest import Command

DAY = "2026-09-30"
IN_FORCE = Clause(title="机器人奖励", condition="{fact: robot_purchase, at_least: 50 万元}")
DRAFT = Clause(
    title="机器人奖励",
    condition="{fact: robot_purchase, at_least: 80 万元}",
    amount="{fixed: 20 万元}",
)
PROFILES = """\
enterprise,place,robot_purchase [万元],status
甲公司,中原区,100,active
乙公司,中原区,60,active
丙公司,许昌市,100,active
丁公司,二七区,,active
戊公司,月球,100,active
"""


@pytest.fixture
def catalogue(tmp_path: Path) -> Path:
    folder = tmp_path / "policies"
    (folder / "items").mkdir(parents=True)
    (folder / "items" / "robots.yml").write_text(item_text("robots", IN_FORCE), encoding="utf-8")
    return folder


@pytest.fixture
def asked(catalogue: Path, tmp_path: Path) -> dict[str, str]:
    draft, profiles = tmp_path / "draft.yml", tmp_path / "profiles.csv"
    draft.write_text(item_text("robots", DRAFT), encoding="utf-8")
    profiles.write_text(PROFILES, encoding="utf-8")
    return {"--profiles": str(profiles), "--catalogue": str(catalogue), "--on": DAY}


def words(options: dict[str, str]) -> list[str]:
    return [word for pair in options.items() for word in pair]


def test_a_draft_outside_the_catalogue_is_held_against_the_version_in_force(
    registry: Command, asked: dict[str, str], tmp_path: Path
) -> None:
    done = registry("simulate", "--item", tmp_path / "draft.yml", *words(asked))

    assert done.exit_code == 0
    assert "robots 模拟于 5 家企业，与 robots 相比" in done.output
    assert "新进入 0 家，退出 1 家" in done.output
    for said in ("按区县", "按行业", "按划型", "按梯度", "乙公司", "月球", "中原区"):
        assert said in done.output
    assert not (tmp_path / "data").exists()


def test_the_json_form_and_the_workbook_say_the_same(
    registry: Command, asked: dict[str, str], tmp_path: Path
) -> None:
    out = tmp_path / "out.xlsx"
    done = registry(
        "simulate", "--item", tmp_path / "draft.yml", "--by", "place,sector:division,status",
        "--json", "--out", out, *words(asked),
    )  # fmt: skip

    told = json.loads(done.output)
    # 甲 meets it; 丁's purchase and 戊's place are not known.
    assert told["after"] == {
        "met": 1, "unmet": 2, "unknown": 2, "person": 0,
        "certain_cents": 20_000_000, "possible_cents": 60_000_000, "endless": 0,
    }  # fmt: skip
    assert [told["before"][key] for key in ("met", "certain_cents")] == [2, 20_000_000]
    book = load_workbook(out)
    assert book.sheetnames == ["总计", "变化", "区县", "sector-division", "status", "样本"]
    heads, *rows = [list(row) for row in book["总计"].iter_rows(values_only=True)]
    assert dict(zip(heads, rows[0], strict=True)) == {
        "版本": "模拟版本", "事项": "robots", "符合": 1, "不符合": 2, "待补充": 2, "需人工": 0,
        "确定金额（元）": 200_000, "可能金额（元）": 600_000, "上限算不出": 0,
    }  # fmt: skip
    places = {row[1]: row[2] for row in book["区县"].iter_rows(values_only=True, min_row=2)}
    assert places == {"未知": 1, "中原区": 2, "二七区": 1, "许昌市": 1}


@pytest.mark.parametrize(
    ("against", "said"), [("none", "没有可比的现行版本"), ("robots", "与 robots 相比")]
)
def test_what_it_is_held_against_can_be_said(
    against: str, said: str, registry: Command, asked: dict[str, str], tmp_path: Path
) -> None:
    done = registry(
        "simulate", "--item", tmp_path / "draft.yml", "--against", against, *words(asked)
    )

    assert done.exit_code == 0
    assert said in done.output


def test_every_problem_of_a_draft_is_told_with_file_line_and_way_out(
    registry: Command, asked: dict[str, str], tmp_path: Path
) -> None:
    broken = Clause(condition="{listed: no_such_list}", amount="{fixed: 很多钱}")
    draft = tmp_path / "draft.yml"
    draft.write_text(item_text("robots", broken), encoding="utf-8")

    refused = registry("simulate", "--item", draft, *words(asked))

    assert refused.exit_code == 1
    assert f"{draft}:" in refused.output
    assert "no_such_list" in refused.output
    assert "很多钱" in refused.output
    assert "→" in refused.output


@pytest.mark.parametrize(
    ("change", "code", "said"),
    [
        ({"--item": "none.yml"}, 1, "读不出文字"),
        ({"--against": "nobody"}, 1, "政策库里没有“nobody”"),
        ({"--by": "shoes"}, 1, "不能按“shoes”分组"),
        ({"--by": "place:street"}, 1, "place:county"),
        ({"--out": "out.csv"}, 1, "不能写成“.csv”"),
        ({"--out": "no/folder/out.xlsx"}, 1, "没有目录"),
        ({"--profiles": "none.csv"}, 1, "没有这个文件"),
        ({"--catalogue": "none"}, 1, "不是目录"),
        ({"--on": "yesterday"}, 2, "yesterday"),
    ],
)
def test_what_cannot_be_used_is_refused(  # noqa: PLR0913, PLR0917  pytest hands them by name
    change: dict[str, str],
    code: int,
    said: str,
    registry: Command,
    asked: dict[str, str],
    tmp_path: Path,
) -> None:
    refused = registry(
        "simulate", *words({"--item": str(tmp_path / "draft.yml"), **asked, **change})
    )

    assert refused.exit_code == code
    assert said in refused.output


@pytest.mark.parametrize(
    "options", [[], ["--database", "--profiles", "x.csv"], ["--database", "--uses", "x.csv"]]
)
def test_one_population_is_asked_for(options: list[str], registry: Command, tmp_path: Path) -> None:
    for command in (["simulate", "--item", str(tmp_path / "draft.yml")], ["information"]):
        refused = registry(*command, "--on", DAY, *options)

        assert refused.exit_code == 2
        assert "--profiles" in refused.output


def test_the_population_of_the_latest_run_can_be_simulated_on(
    on_its_database: Command, database_url: str, tmp_path: Path
) -> None:
    draft = tmp_path / "draft.yml"
    draft.write_text(
        item_text("draft", Clause(condition="{fact: status, one_of: [active]}")), encoding="utf-8"
    )
    early = on_its_database("simulate", "--item", draft, "--database", "--on", DAY)
    on_database(database_url, september)
    on_its_database("run", "--period", SEPTEMBER)

    done = on_its_database("simulate", "--item", draft, "--database", "--on", DAY, "--json")
    asked = on_its_database(
        "information", "--database", "--on", DAY, "--json", "--by", "enterprise"
    )

    assert early.exit_code == 1
    assert "还没有判定过的月份" in early.output
    assert json.loads(done.output)["enterprises"] > 0
    assert json.loads(asked.output)["enterprises"] == json.loads(done.output)["enterprises"]


# --- registry information ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("by", "first"),
    [
        ("whole", ("place", 1)),
        ("department", ("robot_purchase", 1)),
        ("district", ("place", 1)),
        ("enterprise", ("robot_purchase", 1)),
    ],
)
def test_missing_data_are_ranked(
    by: str, first: tuple[str, int], registry: Command, asked: dict[str, str], tmp_path: Path
) -> None:
    out = tmp_path / "out.parquet"
    done = registry("information", "--by", by, "--json", "--out", out, *words(asked))
    shown = registry("information", "--by", by, *words(asked))

    told = json.loads(done.output)
    assert (told["enterprises"], told["items"], told["open_pairs"], told["untried"]) == (
        5,
        1,
        2,
        [],
    )
    assert {(row["datum"], row["settled"]) for row in told["data"]} == {
        ("place", 1),
        ("robot_purchase", 1),
    }
    assert (told["data"][0]["datum"], told["data"][0]["settled"]) == first
    assert told["data"][0]["high_cents"] == 10_000_000
    assert pl.read_parquet(out)["datum"].to_list() == [row["datum"] for row in told["data"]]
    assert "待补充 2 件" in shown.output
    assert "所在区县" in shown.output


def test_an_enterprise_is_named_and_asked_one_thing(
    registry: Command, asked: dict[str, str]
) -> None:
    told = json.loads(registry("information", "--by", "enterprise", "--json", *words(asked)).output)

    assert [(row["enterprise"], row["datum"]) for row in told["data"]] == [
        ("丁公司", "robot_purchase"),
        ("戊公司", "place"),
    ]


# --- registry evaluate ---------------------------------------------------------------------------


def test_evaluate_takes_ledgers_and_gives_a_json_summary(
    registry: Command, asked: dict[str, str], tmp_path: Path
) -> None:
    relations, out = tmp_path / "relations.csv", tmp_path / "out.parquet"
    relations.write_text("enterprise_id,other_id,role\n1,2,parent\n", encoding="utf-8")

    done = registry("evaluate", *words(asked), "--relations", relations, "--out", out, "--json")

    told = json.loads(done.output)
    assert told["counts"] == {"符合": 2, "不符合": 1, "待补充": 2}
    assert [(cell["row"], cell["column"]) for cell in told["bad"]] == [(5, "place")]
    assert (told["enterprises"], told["items"], told["out"]) == (5, 1, str(out))


def test_evaluate_refuses_a_ledger_with_a_bad_row(
    registry: Command, asked: dict[str, str], tmp_path: Path
) -> None:
    relations, out = tmp_path / "relations.csv", tmp_path / "out.parquet"
    relations.write_text("enterprise_id,other_id,role\n9,2,boss\n", encoding="utf-8")

    refused = registry("evaluate", *words(asked), "--relations", relations, "--out", out)

    assert refused.exit_code == 1
    assert "第1行 enterprise_id" in refused.output
    assert "第1行 role" in refused.output
    assert not out.exists()
