"""A score table is read with its parts, indicators and bands, and each way to get it wrong is named."""

import pytest

from matching.language.conditions import Compare, Growth, Paid, Score, Share, parts_of, points_of
from matching.language.quantities import Value
from tests.matching.language.made_items import condition, problems

SHARE = "{share: {fact: rd_deduction, year: -1}, of: {fact: annual_revenue, year: -1}}"
INDICATOR = "{name: 研发, rows: [{when: {paid: P1}, points: 20}, {points: 0}]}"
JUDGED = "{when: {judgement: 突出贡献}, points: 1}"


def table(indicator: str = INDICATOR, part: str = "", limits: str = "at_least: 60") -> str:
    return f"{{score: [{{part: 创新, {part} indicators: [{indicator}]}}], {limits}}}"


def read(text: str) -> Score:
    found = condition(text)
    assert isinstance(found, Score)
    return found


def test_a_table_is_read_with_its_limits_and_minimums() -> None:
    score = read(table(part="at_least: 20, most: 40,", limits="more_than: 70, most: 100"))

    assert (score.operator, score.limit, score.most) == ("more_than", 70, 100)
    part = score.parts[0]
    assert (part.name, part.at_least, part.most) == ("创新", 20, 40)
    assert parts_of(score) == (Paid(family="P1"),)
    assert [row.points for row in points_of(score)] == [20, 0]


@pytest.mark.parametrize(
    ("of", "limit", "expected"),
    [
        (
            SHARE,
            "at_least: 5 %",
            Share(part=Value("rd_deduction", "-1"), whole=Value("annual_revenue", "-1"),
                  operator="at_least", limit_bp=500),
        ),
        (
            "{growth: {fact: net_profit, year: -1}, over: {fact: net_profit, year: -2}, years: 1}",
            "more_than: 10 %",
            Growth(now=Value("net_profit", "-1"), before=Value("net_profit", "-2"),
                   operator="more_than", limit_bp=1_000),
        ),
        (
            "{fact: employees, year: -1}",
            "at_most: 300 人",
            Compare(quantity=Value("employees", "-1"), operator="at_most", limit=300),
        ),
    ],
)  # fmt: skip
def test_bands_are_read_as_the_conditions_they_stand_for(
    of: str, limit: str, expected: Compare | Share | Growth
) -> None:
    bands = f"bands: [{{{limit}, points: 20}}, {{points: 3}}]"
    score = read(table(f"{{name: 指标, of: {of}, {bands}}}"))

    assert parts_of(score) == (expected,)
    assert [(row.when is None, row.points) for row in points_of(score)] == [(False, 20), (True, 3)]


def test_points_may_add_up() -> None:
    score = read(table("{name: 质量, take: sum, most: 5, rows: [{when: {paid: P1}, points: 3}]}"))

    indicator = score.parts[0].indicators[0]
    assert (indicator.take, indicator.most) == ("sum", 5)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(table(limits="label: 评分"), id="no limit"),
        pytest.param(table(limits="at_least: 1, more_than: 2"), id="two limits"),
        pytest.param(table(limits="at_least: -1"), id="a negative limit"),
        pytest.param(table(limits="at_least: 60 分"), id="a limit with a unit"),
        pytest.param(table(limits="at_least: 60, colour: red"), id="a key nobody knows"),
        pytest.param("{score: [], at_least: 1}", id="no parts"),
        pytest.param("{score: [{part: 创新, indicators: []}], at_least: 1}", id="no indicators"),
        pytest.param("{score: [{part: 创新}], at_least: 1}", id="indicators left out"),
        pytest.param("{score: [{indicators: [{name: 甲, rows: [{points: 1}]}]}], at_least: 1}", id="no name"),
        pytest.param(table("{name: 甲}"), id="no rows"),
        pytest.param(table("{name: 甲, rows: []}"), id="empty rows"),
        pytest.param(table("{name: 甲, rows: [{when: {paid: P1}}]}"), id="no points"),
        pytest.param(table("{name: 甲, rows: [{points: 1001}]}"), id="too many points"),
        pytest.param(table("{name: 甲, rows: [{points: -1}]}"), id="negative points"),
        pytest.param(table("{name: 甲, rows: [{when: {}, points: 1}]}"), id="an empty row"),
        pytest.param(table("{name: 甲, most: 5, rows: [{points: 1}]}"), id="a cap on the highest"),
        pytest.param(table("{name: 甲, take: mean, rows: [{points: 1}]}"), id="another take"),
        pytest.param(table("{name: 甲, bands: [{points: 1}]}"), id="bands of nothing"),
        pytest.param(table(f"{{name: 甲, of: {SHARE}, rows: [{{points: 1}}]}}"), id="rows of a figure"),
        pytest.param(table(f"{{name: 甲, of: {SHARE}, bands: [{{at_least: 5, points: 1}}]}}"), id="no unit"),
        pytest.param(
            table(f"{{name: 甲, of: {SHARE}, bands: [{{at_least: 5 %, at_most: 6 %, points: 1}}]}}"),
            id="a band with two limits",
        ),
        pytest.param(
            table("{name: 甲, of: {fact: status}, bands: [{at_least: 5 %, points: 1}]}"), id="no figure"
        ),
        pytest.param(table(f"{{name: 甲, rows: [{', '.join([JUDGED] * 5)}]}}"), id="too many judgements"),
    ],
)  # fmt: skip
def test_a_wrong_table_is_named_with_line_and_way_out(text: str) -> None:
    found = problems(condition=text)

    assert found
    for problem in found:
        assert problem.where.startswith("condition")
        assert problem.line
        assert problem.what
        assert problem.way_out


def test_four_rows_a_person_answers_are_read() -> None:
    assert read(table(f"{{name: 甲, rows: [{', '.join([JUDGED] * 4)}]}}"))


def test_one_slip_in_what_bands_are_of_is_told_once() -> None:
    of = "{fact: employes, year: -1}"
    bands = "bands: [{at_least: 5 人, points: 2}, {at_least: 4 人, points: 1}]"

    told = [
        problem.what for problem in problems(condition=table(f"{{name: 甲, of: {of}, {bands}}}"))
    ]
    assert told == list(dict.fromkeys(told))
