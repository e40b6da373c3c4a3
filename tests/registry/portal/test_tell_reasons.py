"""The tree of reasons as it is drawn."""

import pytest

from matching.catalogue.load_catalogue import shipped_catalogue
from registry.portal.tell_conditions import denied
from registry.portal.tell_data import Data
from registry.portal.tell_reasons import Reasons
from registry.portal.types import ReasonView
from tests.registry.portal.samples import ON, entry, looked_up, profile


def told(
    item_id: str, *entries: object, share: bool = False, **coverage: object
) -> tuple[ReasonView, ...]:
    found = looked_up(profile(*entries, coverage=dict.fromkeys(coverage, ON)))  # type: ignore[arg-type]
    catalogue = shipped_catalogue()
    reasons = Reasons(Data(found.profile, catalogue.vocabulary, ON), catalogue, share=share)
    finding = next(one for one in found.findings if one.item.id == item_id)
    return reasons.of_item(finding.item, finding.explanation.reason)


def leaves(views: tuple[ReasonView, ...]) -> list[ReasonView]:
    return [leaf for view in views for leaf in (leaves(view.parts) if view.parts else [view])]


def test_the_area_stands_first() -> None:
    assert told("p13-title-award")[0].sentence == "所在区县属于郑州市"
    assert told("p13-title-award")[0].badge.word == "符合"


def test_a_single_test_that_must_not_hold_is_one_line_with_its_own_verdict() -> None:
    views = leaves(told("p13-title-award", abnormal_operation=True))
    line = next(view for view in views if "经营异常" in view.sentence)

    assert line.sentence == "不在经营异常名录之内"
    assert line.badge.word == "符合"
    assert line.value == "名单中没有"


def test_a_list_nobody_has_sent_leaves_the_line_open_and_names_what_is_missing() -> None:
    line = next(v for v in leaves(told("p13-title-award")) if "经营异常" in v.sentence)

    assert line.badge.word == "待补充"
    assert line.value is None
    assert [ref.text for ref in line.missing] == ["经营异常名录"]


def test_an_entry_is_shown_as_the_value() -> None:
    held = entry(list="little_giant", batch="第八批", from_on=ON)
    lines = [v for v in leaves(told("p13-title-award", held)) if "小巨人" in v.sentence]

    assert lines[0].value == "第八批 2026-10-31 起"


def test_a_shared_group_is_told_once_and_linked() -> None:
    shared = next(v for v in told("p13-title-award", share=True) if v.see)
    whole = next(v for v in told("p13-title-award") if v.sentence == shared.sentence)

    assert shared.parts == ()
    assert whole.see is None
    assert len(whole.parts) == 3


@pytest.mark.parametrize(
    ("sentence", "said"),
    [("在名单之内", "不在名单之内"), ("登记状态属于注销", "不属于：登记状态属于注销")],
)
def test_a_denied_sentence_reads_as_a_sentence(sentence: str, said: str) -> None:
    assert denied(sentence) == said


def test_every_item_of_the_catalogue_can_be_told() -> None:
    found = looked_up(profile())
    catalogue = shipped_catalogue()
    reasons = Reasons(Data(found.profile, catalogue.vocabulary, ON), catalogue, share=True)

    for finding in found.findings:
        views = reasons.of_item(finding.item, finding.explanation.reason)
        assert views
        assert all(leaf.sentence for leaf in leaves(views))
