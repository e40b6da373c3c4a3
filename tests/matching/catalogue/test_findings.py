"""What a person should know of an item: judgement words, ties to a place, what it lacks to be published."""

import pytest

from matching.catalogue.check import checked, findings_of
from matching.catalogue.check_standards import standard_findings
from matching.catalogue.load_catalogue import Catalogue, build_catalogue, shipped_catalogue
from tests.matching.language.made_items import VOCABULARY, item_text, line_of
from tests.matching.small_ladder import DOCUMENTS, SPECIALIZED, TIERS


def made(**replaced: str | None) -> Catalogue:
    guide = "{who: 企业, what: 奖励, when: 全年, where: 窗口, materials: [无]}"
    text = item_text(**{"phone": "0371-1", "guide": guide, **replaced})
    return build_catalogue({"items/p00-test.yml": text, "definitions.yml": "{}"}, VOCABULARY)


SAMPLES = {
    "a title": (
        {"title": "突出贡献奖励"},
        ("judgement_word", "title", "“突出贡献奖励”里的“突出贡献”要由人判断", "写成 judgement"),
    ),
    "a label over a test that says something else": (
        {"condition": "{label: 信用良好, fact: status, one_of: [active]}"},
        ("judgement_word", "condition.label", "“信用良好”要由人判断", "可以核对的指标"),
    ),
    "a benefit": (
        {"amount": "{non_cash: 重点支持}"},
        ("judgement_word", "amount", "“重点支持”要由人判断", "写成 judgement"),
    ),
    "tax paid here": (
        {"condition": "{fact: tax_place, within: [郑州市]}"},
        ("jurisdiction", "condition", "条件要求在本地纳税或统计：2025年", "先做公平竞争审查"),
    ),
    "counted here, under a negation": (
        {"condition": "{negate: {fact: statistics_place, within: [郑州市]}}"},
        ("jurisdiction", "condition.negate", "条件要求在本地纳税或统计", "先做公平竞争审查"),
    ),
    "staying here": (
        {"notes": "[五年内不得迁出]"},
        ("jurisdiction", "notes[0]", "“五年内不得迁出”涉及“迁出”", "只作标记"),
    ),
    "no phone": (
        {"phone": None},
        ("no_phone", "phone", "没有联系电话", "主管部门的电话"),
    ),
    "no guide": (
        {"guide": None},
        ("no_guide", "guide", "没有办事指南", "写 guide"),
    ),
    "a family of nobody": (
        {"condition": "{negate: {paid: P99}}"},
        ("unknown_family", "condition.negate", "没有事项属于系列“P99”", "核对系列名"),
    ),
    "a family of nobody in an amount": (
        {"amount": "{less_paid: P99, amount: {fixed: 10 万元}}"},
        ("unknown_family", "amount", "没有事项属于系列“P99”", "核对系列名"),
    ),
}  # fmt: skip


@pytest.mark.parametrize("sample", SAMPLES)
def test_a_finding_says_where_what_and_the_way_out(sample: str) -> None:
    replaced, (rule, where, what, way_out) = SAMPLES[sample]
    catalogue = made(**replaced)

    found = findings_of(catalogue.items[0], catalogue)

    assert [(finding.rule, finding.where) for finding in found] == [(rule, where)]
    assert what in found[0].what
    assert way_out in found[0].way_out
    assert (found[0].item, found[0].file) == ("p00-test", "items/p00-test.yml")
    if where not in ("phone", "guide"):
        key = where.partition(".")[0].partition("[")[0]
        assert found[0].line == (
            line_of(key) if key != "notes" else len(item_text().split("\n")) + 2
        )


@pytest.mark.parametrize(
    "replaced",
    [
        {"condition": "{label: 由评审认定有突出贡献, judgement: 突出贡献}"},
        {"condition": "{label: 突出贡献或重点, any_of: [{judgement: 突出贡献}, {paid: P00}]}"},
        {"title": "突出贡献奖励", "condition": "{judgement: 突出贡献由评审认定}"},
        {"condition": "{fact: place, within: [郑州市]}"},
        {"condition": "{negate: {paid: P00}}"},
    ],
)
def test_what_a_person_decides_anyway_is_no_finding(replaced: dict[str, str]) -> None:
    catalogue = made(**replaced)

    assert findings_of(catalogue.items[0], catalogue) == ()


def test_the_shipped_items_that_name_a_tie_are_the_three_known_ones() -> None:
    catalogue = shipped_catalogue()

    found = [finding for item in catalogue.items for finding in findings_of(item, catalogue)]

    assert {f.item for f in found if f.rule == "jurisdiction"} >= {
        "p21-listing-stages", "p29-xinxiang-zone-listing", "p30-xinmi-regional-board",
    }  # fmt: skip
    assert not [finding for finding in found if finding.rule == "judgement_word"]


def standard_of(criterion: str, note: str = "没有什么要说的") -> Catalogue:
    condition = "{fact: annual_revenue, year: -1, at_least: 1500 万元}"
    text = SPECIALIZED.replace(condition, criterion).replace(
        "criteria:", f"notes: [{note}]\ncriteria:"
    )
    texts = {"tiers.yml": TIERS, "documents.yml": DOCUMENTS, "standards/specialized-2026.yml": text}
    return build_catalogue({"definitions.yml": "{}", **texts}, shipped_catalogue().vocabulary)


def test_a_standard_is_looked_at_as_an_item_is() -> None:
    (found,) = standard_findings(standard_of("{label: 信用良好, fact: status, one_of: [active]}"))

    assert (found.item, found.rule, found.where) == (
        "specialized-2026",
        "judgement_word",
        "criteria[0].condition.label",
    )
    assert found.line == 13
    (tied,) = standard_findings(standard_of("{fact: tax_place, within: [郑州市]}"))
    assert (tied.rule, tied.where) == ("jurisdiction", "criteria[0].condition")
    (noted,) = standard_findings(standard_of("{paid: P1}", note="三年内不得迁出"))
    assert noted.where == "notes[0]"
    assert standard_findings(standard_of("{judgement: 突出贡献}")) == ()


def test_findings_of_the_shipped_standards_are_told_with_the_others() -> None:
    catalogue = shipped_catalogue()

    assert {*standard_findings(catalogue)} <= {*checked(catalogue).findings}
