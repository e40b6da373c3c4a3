"""Checking a folder: all problems of all files at once, each with its line and the way out."""

from pathlib import Path

import pytest

from matching.catalogue.check import check_catalogue
from matching.catalogue.load_catalogue import load_catalogue
from matching.language.problems import LanguageError, Problem

GOOD = """\
id: good-item
policy: T01
title: 认定奖励
version: "2026"
mark: verified
status: published
document: {number: 试字〔2026〕1号, issuer: 郑州市人民政府, article: 第三条, source: example.org/1}
department: industry
area: 郑州市
valid: {from: 2026-01-01, until: 2026-12-31}
repeat: yearly
condition: {fact: annual_revenue, year: -1, at_least: 2000 万元}
amount: {fixed: 10 万元}
background: {place: 郑州市}
examples:
  - {name: 正好到线, given: {annual_revenue@2025: 2000 万元}, expect: met, amount: 10 万元}
  - {name: 差1分, given: {annual_revenue@2025: 19999999.99 元}, expect: unmet}
  - {name: 不在郑州, given: {place: 许昌市}, expect: unmet}
  - {name: 没有给到, expect: unknown, missing: [annual_revenue@2025]}
"""

DEFINITIONS = "active: {fact: status, one_of: [active]}\n"

# What is done to the good item, and what the check must then say: line, where, and a part of what and way out.
SAMPLES = {
    "an unknown fact": (
        ("annual_revenue, year", "anual_revenue, year"),
        (12, "condition.fact", "没有名为“anual_revenue”的事实", "annual_revenue"),
    ),
    "a limit without a unit": (
        ("at_least: 2000 万元}", "at_least: 2000}"),
        (12, "condition.at_least", "没有写单位", "按事实的单位书写"),
    ),
    "an operator misspelt": (
        ("at_least: 2000 万元}", "atleast: 2000 万元}"),
        (12, "condition", "atleast", "at_least"),
    ),
    "an unknown department": (
        ("department: industry", "department: 工信"),
        (8, "department", "不认识“工信”", "industry"),
    ),
    "an unknown place": (
        ("area: 郑州市", "area: 郑洲市"),
        (9, "area", "places.yml 里没有“郑洲市”", "行政区划代码或全称"),
    ),
    "no last day and nothing to look again by": (
        ("until: 2026-12-31", "until: unstated"),
        (1, "review_by", "没有复核期限", "review_by"),
    ),
    "a last day before the first": (
        ("until: 2026-12-31", "until: 2025-12-31"),
        (10, "valid", "截止日早于起始日", "核对两个日期"),
    ),
    "verified without a source": (
        (", source: example.org/1", ""),
        (1, "document.source", "没有出处", "recalled"),
    ),
    "a document without an article": (
        (", article: 第三条", ""),
        (7, "document.article", "缺少这一项", "条款"),
    ),
    "a negative amount": (
        ("fixed: 10 万元}\nbackground", "fixed: -10 万元}\nbackground"),
        (13, "amount.fixed", "负", "核对"),
    ),
    "a key twice": (
        ("policy: T01", "policy: T01\npolicy: T02"),
        (3, "", "键“policy”写了两次", "只留一个"),
    ),
    "no YAML": (
        ("policy: T01", "policy: [T01"),
        (3, "", "不是有效的YAML", "检查缩进"),
    ),
    "an example that does not come out": (
        ("19999999.99 元}, expect: unmet", "19999999.99 元}, expect: met"),
        (17, "examples “差1分”", "应为符合，实为不符合", "核对条件与例子"),
    ),
    "an example with another amount": (
        ("amount: 10 万元}\n  - {name: 差", "amount: 11 万元}\n  - {name: 差"),
        (16, "examples “正好到线”", "金额应为11万元，实为10万元", "核对金额"),
    ),
    "an example that misses another datum": (
        ("missing: [annual_revenue@2025]", "missing: [place]"),
        (19, "examples “没有给到”", "缺失数据应为 place", "核对 missing"),
    ),
    "an example value without a unit": (
        ("annual_revenue@2025: 2000 万元", "annual_revenue@2025: 2000"),
        (16, "examples “正好到线”", "没有写单位", "按事实的单位和词书写"),
    ),
    "no example of missing data": (
        ("  - {name: 没有给到, expect: unknown, missing: [annual_revenue@2025]}\n", ""),
        (0, "examples", "没有结果为 unknown 的例子", "expect: unknown"),
    ),
    "an open example that does not say what is missing": (
        (", missing: [annual_revenue@2025]", ""),
        (19, "examples “没有给到”", "没有写明缺哪些数据", "missing"),
    ),
    "no example with a sum": (
        ("expect: met, amount: 10 万元", "expect: met"),
        (0, "examples", "没有一个例子写明金额", "amount"),
    ),
    "one name for two examples": (
        ("name: 差1分", "name: 正好到线"),
        (0, "examples", "例子“正好到线”写了2次", "换一个名字"),
    ),
    "a file named otherwise than its item": (
        ("id: good-item", "id: other-item"),
        (0, "id", "文件名“good-item”与编号“other-item”不同", "一致"),
    ),
    "a prefecture that speaks for the province": (
        ("area: 郑州市", "area: 河南省"),
        (0, "area", "适用范围“河南省”超出发文机关“郑州市人民政府”的辖区", "辖区"),
    ),
    "an issuer of nowhere": (
        ("issuer: 郑州市人民政府", "issuer: 市工信局"),
        (0, "document.issuer", "看不出发文机关“市工信局”是哪里的", "全称"),
    ),
}


def folder_of(path: Path, **texts: str) -> Path:
    items = path / "items"
    items.mkdir()
    for name, text in texts.items():
        (items / f"{name}.yml").write_text(text, encoding="utf-8")
    (path / "definitions.yml").write_text(DEFINITIONS, encoding="utf-8")
    return path


def test_a_good_folder_has_no_problems(tmp_path: Path) -> None:
    assert check_catalogue(folder_of(tmp_path, **{"good-item": GOOD})) == ()


@pytest.mark.parametrize("sample", SAMPLES)
def test_a_broken_file_is_told_where_what_and_the_way_out(tmp_path: Path, sample: str) -> None:
    (old, new), (line, where, what, way_out) = SAMPLES[sample]
    assert old in GOOD

    found = check_catalogue(folder_of(tmp_path, **{"good-item": GOOD.replace(old, new, 1)}))

    told = [problem for problem in found if problem.where == where and what in problem.what]
    assert told, found
    assert told[0].line == line
    assert way_out in told[0].way_out
    assert told[0].file == "items/good-item.yml"


def test_all_problems_of_all_files_come_at_once(tmp_path: Path) -> None:
    """Three problems in one file, one in another, a failing example in a third: none hides another."""
    three = (
        GOOD.replace("annual_revenue, year", "anual_revenue, year")
        .replace("department: industry", "department: 工信")
        .replace("fixed: 10 万元}\n", "fixed: 10}\n")
    )
    one = GOOD.replace("id: good-item", "id: second-item").replace("area: 郑州市", "area: 郑洲市")
    failing = GOOD.replace("id: good-item", "id: third-item").replace(
        "19999999.99 元}, expect: unmet", "19999999.99 元}, expect: met"
    )

    found = check_catalogue(
        folder_of(tmp_path, **{"good-item": three, "second-item": one, "third-item": failing})
    )

    places = [(problem.file, problem.where) for problem in found]
    assert ("items/good-item.yml", "condition.fact") in places
    assert ("items/good-item.yml", "department") in places
    assert ("items/good-item.yml", "amount.fixed") in places
    assert ("items/second-item.yml", "area") in places
    assert ("items/third-item.yml", "examples “差1分”") in places
    assert list(found) == sorted(found)


def test_a_file_that_is_no_text_does_not_hide_the_others(tmp_path: Path) -> None:
    folder = folder_of(tmp_path, **{"good-item": GOOD.replace("area: 郑州市", "area: 郑洲市")})
    (folder / "items" / "bytes.yml").write_bytes("标题".encode("gb18030"))

    found = check_catalogue(folder)

    assert {problem.file for problem in found} == {"items/bytes.yml", "items/good-item.yml"}
    assert next(p for p in found if p.file == "items/bytes.yml").way_out == "存成UTF-8文本"


def test_one_id_in_two_files_is_a_problem_of_both(tmp_path: Path) -> None:
    found = check_catalogue(folder_of(tmp_path, **{"good-item": GOOD, "again": GOOD}))

    assert {problem.file for problem in found} == {"items/good-item.yml", "items/again.yml"}
    assert all("用了2次" in problem.what for problem in found)


def test_definitions_are_checked_like_items(tmp_path: Path) -> None:
    folder = folder_of(tmp_path, **{"good-item": GOOD})
    (folder / "definitions.yml").write_text(
        "early: {defined: late}\nlate: {fact: anual_revenue, year: -1, at_least: 1 元}\n",
        encoding="utf-8",
    )

    found = check_catalogue(folder)

    assert {problem.where for problem in found} >= {"early.defined", "late.fact"}
    assert {problem.file for problem in found} == {"definitions.yml"}


def test_a_judgement_behind_a_name_counts_among_those_of_a_score_table(tmp_path: Path) -> None:
    rows = ", ".join(["{when: {defined: noted}, points: 1}"] * 5)
    table = f"{{score: [{{part: 甲, indicators: [{{name: 乙, rows: [{rows}]}}]}}], at_least: 1}}"
    condition = "condition: {fact: annual_revenue, year: -1, at_least: 2000 万元}"
    item = GOOD.replace(condition, f"condition: {{any_of: [{condition[11:]}, {table}]}}")
    folder = folder_of(tmp_path, **{"good-item": item})
    (folder / "definitions.yml").write_text(
        f"noted: {{judgement: 突出贡献}}\ntabled: {table}\n", encoding="utf-8"
    )

    found = [(p.file, p.where) for p in check_catalogue(folder) if "5行需人工判断" in p.what]
    assert found == [("definitions.yml", "tabled"), ("items/good-item.yml", "condition")]


def test_no_folder_is_said_plainly(tmp_path: Path) -> None:
    found = check_catalogue(tmp_path / "nowhere")

    assert [problem.what for problem in found] == ["不是目录"]


def test_loading_refuses_what_the_check_reports(tmp_path: Path) -> None:
    folder = folder_of(tmp_path, **{"good-item": GOOD.replace("area: 郑州市", "area: 郑洲市")})

    with pytest.raises(LanguageError) as refused:
        load_catalogue(folder)

    assert refused.value.problems == check_catalogue(folder)
    assert all(isinstance(problem, Problem) for problem in refused.value.problems)
