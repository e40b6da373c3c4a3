"""The ladder in words: rungs, what is missing on each, the road, and what the next title brings."""

from zoneinfo import ZoneInfo

from registry.portal.draw import drawing
from registry.portal.enterprise_page import EnterprisePage
from registry.portal.ladder_page import EnterpriseLadderPage
from registry.portal.tell_ladder import LadderView, RungView
from tests.registry.portal.samples import climbing


def pages(**changes: str | None) -> tuple[EnterprisePage, EnterpriseLadderPage]:
    """Give both pages of an enterprise on its way up."""
    whole, own = climbing(**changes)
    assert isinstance(whole, EnterprisePage)
    assert isinstance(own, EnterpriseLadderPage)
    return whole, own


def view(**changes: str | None) -> LadderView:
    """Give the ladder with every criterion told."""
    return pages(**changes)[1].ladder


def rung(of: LadderView, label: str) -> RungView:
    """Give one title."""
    return next(one for one in (*of.rungs, *of.beside) if one.label == label)


def test_the_rungs_stand_lowest_first_each_with_its_state() -> None:
    found = view()

    assert [(one.label, one.badge.word) for one in found.rungs] == [
        ("规上企业", "已持有"),
        ("创新型中小企业", "凭名录认定"),
        ("专精特新中小企业", "已持有"),
        ("专精特新小巨人", "不符合"),
    ]
    assert rung(found, "专精特新中小企业").line == "有效至2028-05-31（按年限推算）"
    assert rung(found, "创新型中小企业").line == "曾持有：已到期"
    assert (found.beside, found.absent, found.unknown) == ((), (), ("单项冠军",))
    assert view(champion_firm="none").absent == ("单项冠军",)
    assert rung(view(champion_firm="2026-01-01.."), "单项冠军").badge.word == "已持有"


def test_what_is_missing_is_said_with_its_figure() -> None:
    giant = rung(view(), "专精特新小巨人")

    assert giant.line == "4条中已满足2条"
    assert giant.counts == "满足2条，缺数据1条，不满足1条"
    assert giant.bar == (("yes", 2), ("open", 1), ("no", 1))
    assert giant.short == ("2025年营业收入不低于5,000万元，还差400万元",)
    assert giant.basis == "按认定判定：新字〔2026〕2号附件2（RV-2026）"
    assert [one.id for one in giant.criteria] == ["T3-1", "T3-3", "T3-5", "T3-6"]


def test_an_unknown_datum_is_named_with_its_owner() -> None:
    _, page = pages()

    assert [(one.label, one.owner) for one in page.missing] == [("2025年负债总额", "税务局")]


def test_the_road_says_what_to_do_and_what_it_brings() -> None:
    road = view(**{"total_liabilities@2025": "600 万元"}).road

    assert road is not None
    assert (road.label, road.kind, road.reached) == ("专精特新小巨人", "认定", False)
    assert road.ways is not None
    assert "还差400万元" in road.ways.ways[0].lines[0]
    assert road.gains
    assert "可能符合" in road.sums or "变为符合" in road.sums


def test_who_meets_everything_may_apply() -> None:
    told = {"annual_revenue@2025": "6000 万元", "total_liabilities@2025": "600 万元"}
    found = view(**told)

    assert rung(found, "专精特新小巨人").badge.word == "可达到"
    assert found.road is not None
    assert found.road.reached


def test_the_picture_needs_no_colour_and_no_script() -> None:
    environment = drawing(demo=True, timezone=ZoneInfo("Asia/Shanghai"))
    for page in pages():
        text = environment.get_template(page.template).render(page=page)
        assert '<ol class="ladder" aria-label="梯度，从低到高">' in text
        assert 'aria-label="满足2条，缺数据1条，不满足1条"' in text
        assert "/enterprises/1/ladder" in text or "t-little_giant" in text


def test_an_unknown_place_is_said() -> None:
    assert "所在地不详" in rung(view(place=None), "专精特新小巨人").line
