"""Checking a folder: all problems of all files at once, each with its line and the way out."""

from pathlib import Path

import pytest

from matching.catalogue.check import Checked, check_catalogue
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
phone: 0371-12345
guide: {who: 企业, what: 奖励, when: 全年, where: 窗口, materials: [无]}
"""

CONDITION = "{fact: annual_revenue, year: -1, at_least: 2000 万元}"
AMOUNT = "{fixed: 10 万元}\nbackground"
SCORE = """\
condition: {{score: [{{part: 成长, indicators: [{{name: 营收, rows: [
    {{when: {{all_of: [{{fact: annual_revenue, year: -1, at_least: {low}}}, {{fact: annual_revenue, year: -1, at_most: {high}}}]}}, points: 1}},
    {{when: {{fact: annual_revenue, year: -1, at_least: 2000 万元}}, points: 5}}]}}]}}], at_least: {limit}}}"""
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
    "two limits that cannot hold together": (
        (
            "condition: " + CONDITION,
            "condition: {all_of: [{fact: employees, year: -1, at_least: 20 人}, "
            + CONDITION
            + ",\n"
            "    {fact: annual_revenue, year: -1, less_than: 1000 万元}]}",
        ),
        (
            13,
            "condition.all_of[2]",
            (
                "没有企业能满足：“2025年营业收入低于1,000万元”与“2025年营业收入不低于2,000万元”"
                "（condition.all_of[1]）不能同时成立"
            ),
            "核对这几处的数字",
        ),
    ),
    "a place outside the area": (
        (
            "condition: " + CONDITION,
            "condition: {all_of: [" + CONDITION + ",\n    {fact: place, within: [许昌市]}]}",
        ),
        (13, "condition.all_of[1]", "与“所在区县属于郑州市”（area）不能同时成立", "核对"),
    ),
    "a condition and its negation": (
        (
            "condition: " + CONDITION,
            "condition: {all_of: ["
            + CONDITION
            + ",\n    {paid: T01},\n    {negate: {paid: T01}}]}",
        ),
        (14, "condition.all_of[2].negate", "不满足“此前已获得过同类奖励（T01）”与", "核对"),
    ),
    "a way that is never reached": (
        (
            "condition: " + CONDITION,
            "condition: {all_of: [" + CONDITION + ",\n    {any_of: [{paid: T01},\n"
            "    {fact: annual_revenue, year: -1, less_than: 1 万元}]}]}",
        ),
        (14, "condition.all_of[1].any_of[1]", "这一条路走不到", "删去它"),
    ),
    "a way another one covers": (
        (
            "condition: " + CONDITION,
            "condition: {any_of: [" + CONDITION + ",\n"
            "    {fact: annual_revenue, year: -1, at_least: 3000 万元}]}",
        ),
        (13, "condition.any_of[1]", "都已满足 condition.any_of[0]", "核对哪一条写宽了"),
    ),
    "a row no taker of the item can have": (
        (
            "amount: " + AMOUNT,
            (
                "amount: {highest: [{fixed: 10 万元},\n    {when: {fact: annual_revenue, year: -1, "
                "less_than: 500 万元}, fixed: 20 万元}]}\nbackground"
            ),
        ),
        (14, "amount.highest[1]", "满足条件的企业都到不了这一行", "核对这一行与条件"),
    ),
    "a row nobody can have": (
        (
            "amount: " + AMOUNT,
            (
                "amount: {highest: [{fixed: 10 万元},\n    {when: {all_of: [{paid: T01},\n"
                "    {negate: {paid: T01}}]}, fixed: 20 万元}]}\nbackground"
            ),
        ),
        (15, "amount.highest[1].when.all_of[1].negate", "没有企业能满足", "核对"),
    ),
    "a row of a table that earlier rows leave nobody for": (
        (
            "amount: " + AMOUNT,
            (
                "amount: {table: [\n    {when: {fact: annual_revenue, year: -1, at_least: 1 亿元}, fixed: 2 元},\n"
                "    {when: {fact: annual_revenue, year: -1, at_least: 2 亿元}, fixed: 3 元},\n"
                "    {fixed: 10 万元}]}\nbackground"
            ),
        ),
        (15, "amount.table[1]", "前面的行已把企业取完", "放在前面"),
    ),
    "a branch that earlier ones leave nobody for": (
        (
            "condition: " + CONDITION,
            (
                "condition: {branches: [\n    {when: {paid: T01}, then: {judgement: 核对}},\n    {when: {negate: {paid: T01}}, then: "
                + CONDITION
                + "}],\n    otherwise: {fact: status, one_of: [active]}}"
            ),
        ),
        (15, "condition.otherwise", "前面的情形已把企业分完", "调换先后"),
    ),
    "a full score below the limit": (
        ("condition: " + CONDITION, SCORE.format(limit=6, low="1000 万元", high="2000 万元")),
        (12, "condition", "满分只有5分，到不了6分的线", "合格线"),
    ),
    "a score table with a hole": (
        ("condition: " + CONDITION, SCORE.format(limit=5, low="1000 万元", high="1500 万元")),
        (
            14,
            "condition.score[0].indicators[0].rows[1]",
            "“营收”在这一档与前一档之间有一段没有分值",
            "相接",
        ),
    ),
    "a score table with bands that overlap": (
        ("condition: " + CONDITION, SCORE.format(limit=5, low="1000 万元", high="2500 万元")),
        (14, "condition.score[0].indicators[0].rows[1]", "重叠，不止于界限", "只在界限处相接"),
    ),
    "a row of points whose takers get more elsewhere": (
        (
            "condition: " + CONDITION,
            SCORE.format(limit=5, low="3000 万元", high="4000 万元"),
        ),
        (13, "condition.score[0].indicators[0].rows[0]", "1分轮不到", "界限"),
    ),
    "decided before it is valid": (
        ("repeat: yearly", "decided: {from: 2025-01-01, until: 2025-06-30}\nrepeat: yearly"),
        (11, "decided", "有效期开始之前就结束", "核对 decided 与 valid"),
    ),
    "an evidence day after the last run": (
        (
            "repeat: yearly",
            (
                "decided: {from: 2026-01-01, until: 2026-02-28}\n"
                "evidence_day: 2026-03-31\nrepeat: yearly"
            ),
        ),
        (12, "evidence_day", "那时证据日2026-03-31还没有到", "延长判定期"),
    ),
    "a new look due before it begins": (
        ("repeat: yearly", "review_by: 2025-12-31\nrepeat: yearly"),
        (11, "review_by", "这一版从不生效", "起始日之后"),
    ),
    "a first entry after the last evidence day": (
        (
            "condition: " + CONDITION,
            "condition: {all_of: [" + CONDITION + ",\n    {listed: little_giant, first_in: 2027}]}",
        ),
        (13, "condition.all_of[1]", "晚于最后的证据日2026-12-31", "核对区间"),
    ),
    "an entry valid after the last run": (
        (
            "condition: " + CONDITION,
            "condition: {all_of: ["
            + CONDITION
            + ",\n    {listed: little_giant, valid_on: 2027-01-01}]}",
        ),
        (13, "condition.all_of[1]", "最后一次判定在2026-12-31", "核对 valid_on"),
    ),
    "a day after the last run": (
        (
            "condition: " + CONDITION,
            "condition: {all_of: ["
            + CONDITION
            + ",\n    {fact: registered_on, on_or_after: 2027-01-01}]}",
        ),
        (13, "condition.all_of[1]", "要求日期不早于2027-01-01", "核对这一天"),
    ),
    "a period after the last run": (
        (
            "condition: " + CONDITION,
            "condition: {all_of: ["
            + CONDITION
            + ",\n    {fact: annual_revenue, year: 2027, at_least: 1 元}]}",
        ),
        (13, "condition.all_of[1]", "要看2027的数据", "核对期间"),
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
    assert check_catalogue(folder_of(tmp_path, **{"good-item": GOOD})) == Checked(())


@pytest.mark.parametrize("sample", SAMPLES)
def test_a_broken_file_is_told_where_what_and_the_way_out(tmp_path: Path, sample: str) -> None:
    (old, new), (line, where, what, way_out) = SAMPLES[sample]
    assert old in GOOD

    found = check_catalogue(
        folder_of(tmp_path, **{"good-item": GOOD.replace(old, new, 1)})
    ).problems

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
    ).problems

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

    found = check_catalogue(folder).problems

    assert {problem.file for problem in found} == {"items/bytes.yml", "items/good-item.yml"}
    assert next(p for p in found if p.file == "items/bytes.yml").way_out == "存成UTF-8文本"


def test_one_id_in_two_files_is_a_problem_of_both(tmp_path: Path) -> None:
    found = check_catalogue(folder_of(tmp_path, **{"good-item": GOOD, "again": GOOD})).problems

    assert {problem.file for problem in found} == {"items/good-item.yml", "items/again.yml"}
    assert all("用了2次" in problem.what for problem in found)


def test_definitions_are_checked_like_items(tmp_path: Path) -> None:
    folder = folder_of(tmp_path, **{"good-item": GOOD})
    (folder / "definitions.yml").write_text(
        "early: {defined: late}\nlate: {fact: anual_revenue, year: -1, at_least: 1 元}\n",
        encoding="utf-8",
    )

    found = check_catalogue(folder).problems

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

    found = [
        (p.file, p.where) for p in check_catalogue(folder).problems if "5行需人工判断" in p.what
    ]
    assert found == [("definitions.yml", "tabled"), ("items/good-item.yml", "condition")]


def test_no_folder_is_said_plainly(tmp_path: Path) -> None:
    found = check_catalogue(tmp_path / "nowhere").problems

    assert [problem.what for problem in found] == ["不是目录"]


def test_loading_refuses_what_the_check_reports(tmp_path: Path) -> None:
    folder = folder_of(tmp_path, **{"good-item": GOOD.replace("area: 郑州市", "area: 郑洲市")})

    with pytest.raises(LanguageError) as refused:
        load_catalogue(folder)

    assert refused.value.problems == check_catalogue(folder).problems
    assert all(isinstance(problem, Problem) for problem in refused.value.problems)
