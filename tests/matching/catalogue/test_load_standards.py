"""Titles and standards: read with all their problems, overlays whole, and still there after a run froze them."""

from pathlib import Path
from random import Random

import pytest

from matching.catalogue.check import check_catalogue
from matching.catalogue.check_standards import standard_problems
from matching.catalogue.load_catalogue import Catalogue, load_catalogue
from matching.catalogue.standard_gate import standard_score
from matching.language.problems import LanguageError, Problem
from matching.language.read_standard import Said, read_standard
from matching.language.standards import Standard
from matching.runs.freeze import FrozenFiles, freeze_rules, thaw_rules
from tests.makers import Clause, catalogue_of
from tests.matching.language.damage import damaged
from tests.matching.small_ladder import (
    DOCUMENTS,
    FILES,
    GANSU_GIANT,
    NEW_GIANT,
    TIERS,
    ladder_of,
    small_ladder,
)

NEW = "standards/little-giant-2026.yml"
GANSU = "standards/little-giant-2026-gansu.yml"
CASES = 1_500


def standard(of: Catalogue, name: str) -> Standard:
    """Give a standard by its id."""
    return next(one for one in of.standards if one.id == name)


def problems_with(changes: dict[str, str]) -> list[str]:
    """Give what is said against the small ladder with some files written otherwise."""
    try:
        catalogue = ladder_of(changes)
    except LanguageError as refused:
        return [str(problem) for problem in refused.problems if problem.file and problem.way_out]
    return [str(problem) for problem in standard_problems(catalogue)]


def test_the_small_ladder_has_no_problem_and_says_what_it_asks() -> None:
    assert standard_problems(small_ladder()) == ()

    new = standard(small_ladder(), "little-giant-2026")
    assert [one.id for one in new.asked("复核")] == ["T3-1", "T3-3", "T3-6"]
    assert small_ladder().tiers["champion_firm"].by_list


def test_an_overlay_inherits_sharpens_in_place_and_adds_behind() -> None:
    gansu = standard(small_ladder(), "little-giant-2026-gansu")
    nation = standard(small_ladder(), "little-giant-2026")

    assert [one.id for one in gansu.criteria] == ["T3-1", "T3-3", "T3-5", "T3-6", "甘-1"]
    assert gansu.own == ("T3-6", "甘-1")
    assert gansu.valid == nation.valid
    assert gansu.criteria[0] is nation.criteria[0]
    assert gansu.background["total_liabilities@2025"] == "600 万元"
    assert gansu.criteria[4].mark == "verified"


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        ("tiers.yml", "rung: 4", "rung: 3", "第3级有2个"),
        ("tiers.yml", "rung: 4, ", "", "看不出"),
        ("tiers.yml", "list: little_giant", "list: giants", "giants"),
        ("tiers.yml", "label: 单项冠军, ", "", "label"),
        ("tiers.yml", "rung: 4, validity_years: 3", "rung: 4", "年限"),
        (NEW, "tier: little_giant", "tier: champion_firm", "只凭名录"),
        (NEW, "tier: little_giant", "tier: giant", "不认识"),
        (NEW, "version: RV-2026\n", "", "缺少"),
        (NEW, "review_by: 2027-03-31\n", "", "复核期限"),
        (NEW, "document: new", "document: none", "documents.yml"),
        (NEW, "id: T3-3", "id: T3-1", "用了2次"),
        (NEW, "kinds: [认定]", "kinds: [认可]", "认可"),
        (NEW, "{T3-5: met}", "{T3-9: met}", "T3-9"),
        (NEW, "{T3-5: met}", "{T3-5: unmet}", "T3-5应为不符合，实为符合"),
        (NEW, "T3-5: not_applicable", "T3-5: met", "不适用"),
        (NEW, "expect: met, criteria: {T3-5: met}", "expect: unmet", "应为不符合"),
        (NEW, "{listed: specialized_sme}", "{listed: special}", "special"),
        (NEW, "2026-04-01, until: unstated", "2026-03-31, until: unstated", "同时判定认定"),
        (NEW, "at_least: 5000 万元", "at_least: 5000", "5000"),
        (NEW, "valid: {认定", "kinds: [认定]\nvalid: {认定", "重复"),
        (NEW, "examples:", "exampels:", "exampels"),
        (NEW, "id: T3-1,", "", "criteria[0].id"),
        (GANSU, "overlay_of: little-giant-2026", "overlay_of: giant", "没有读到标准"),
        (GANSU, "area: 甘肃省", "area: 中国", "适用范围"),
        (GANSU, "id: little-giant-2026-gansu", "id: little-giant-2026", "用了2次"),
        (GANSU, "expect: person", "kind: 复核, expect: person", "不由这一版判定"),
        ("standards/specialized-2026.yml", "kinds: [认定, 复核]\n", "", "kinds"),
        ("standards/specialized-2026.yml", "{fact: annual_revenue, year: -1, at_least: 1500 万元}", "{all_of: [{fact: annual_revenue, year: -1, at_least: 1500 万元}, {fact: annual_revenue, year: -1, at_most: 1400 万元}]}", "criteria[0].condition"),
    ],
)  # fmt: skip
def test_what_a_file_may_not_say_is_named(file: str, old: str, new: str, said: str) -> None:
    assert old in FILES[file]
    found = problems_with({file: FILES[file].replace(old, new, 1)})

    assert any(said in problem and problem.startswith(file) for problem in found), found


def test_a_broken_standard_hides_no_problem_of_the_others(tmp_path: Path) -> None:
    texts = {"definitions.yml": "{}", "documents.yml": DOCUMENTS, **FILES}
    texts[NEW] = NEW_GIANT.replace("5000 万元", "5000 米", 1)
    texts["standards/specialized-2026.yml"] = FILES["standards/specialized-2026.yml"].replace(
        "expect: met", "expect: person"
    )
    for name, text in texts.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")

    found = {problem.file for problem in check_catalogue(tmp_path).problems}
    assert {NEW, "standards/specialized-2026.yml"} <= found

    (tmp_path / NEW).write_text(NEW_GIANT, encoding="utf-8")
    (tmp_path / "standards/specialized-2026.yml").write_text(
        FILES["standards/specialized-2026.yml"], encoding="utf-8"
    )
    assert check_catalogue(tmp_path).problems == ()
    assert load_catalogue(tmp_path).standards == small_ladder().standards


def test_a_run_freezes_standards_and_older_runs_have_none(tmp_path: Path) -> None:
    files = FrozenFiles(tmp_path)

    thawed = thaw_rules(freeze_rules(small_ladder(), files), files)
    assert (thawed.standards, thawed.tiers) == (small_ladder().standards, small_ladder().tiers)

    before = catalogue_of({"t01": Clause(condition="{listed: little_giant}")})
    assert thaw_rules(freeze_rules(before, files), files).standards == ()


def test_every_wrong_version_of_a_criterion_is_noticed_by_an_example() -> None:
    scores = [standard_score(one, small_ladder()) for one in small_ladder().standards]

    assert [score.survivors for score in scores] == [(), (), (), ()]
    assert all(score.killed >= 4 for score in scores)


@pytest.mark.parametrize("name", ["负债多一分", "营收差一分", "复核不看增长"])
def test_without_an_example_something_goes_unnoticed(name: str) -> None:
    lines = NEW_GIANT.splitlines(keepends=True)
    thinner = "".join(line for line in lines if name not in line)
    catalogue = ladder_of({NEW: thinner})
    left = standard_score(standard(catalogue, "little-giant-2026"), catalogue).survivors

    assert bool(left) == (name != "复核不看增长")


def test_spoilt_files_are_refused_with_their_problems_or_read() -> None:
    catalogue = small_ladder()
    said = Said(catalogue.vocabulary, frozenset(), catalogue.documents, catalogue.tiers)
    texts = [text for name, text in FILES.items() if name != "tiers.yml"]
    tokens = tuple(sorted({word for text in texts for word in text.split()}))
    problems: list[tuple[Problem, ...]] = []
    for case in range(CASES):
        text = damaged(texts[case % len(texts)], Random(case), tokens)  # noqa: S311  no secret
        try:
            read_standard(text, "spoilt.yml", said)
        except LanguageError as refused:
            problems.append(refused.problems)
    assert 20 < len(problems) < CASES - 20
    assert all(told and all(one.what and one.way_out for one in told) for told in problems)


def test_spoilt_titles_are_refused_or_read() -> None:
    tokens = tuple(TIERS.split())
    for case in range(CASES // 10):
        text = damaged(TIERS, Random(case), tokens)  # noqa: S311  no secret
        assert isinstance(problems_with({"tiers.yml": text}), list)


def test_overlays_that_need_each_other_are_refused() -> None:
    circle = GANSU_GIANT.replace("little-giant-2026\n", "a-2\n")
    other = circle.replace("id: little-giant-2026-gansu", "id: a-2").replace(
        "overlay_of: a-2", "overlay_of: little-giant-2026-gansu"
    )
    found = problems_with({GANSU: circle, "standards/a-2.yml": other})

    assert sum("绕成一圈" in problem for problem in found) == 2
