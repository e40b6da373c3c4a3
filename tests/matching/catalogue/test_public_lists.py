"""The two public lists hold every item, and say of each where it stands and what keeps it from being paid."""

from datetime import date

import msgspec
import pytest

from matching.catalogue.load_catalogue import shipped_catalogue
from matching.catalogue.public_lists import NO_GUIDE, guide_entry, policy_entry, public_lists
from matching.engine.match import payable

CATALOGUE = shipped_catalogue()
DAY = date(2026, 9, 30)
LISTS = public_lists(CATALOGUE, DAY)


def test_every_item_stands_in_both_lists() -> None:
    ids = [item.id for item in CATALOGUE.items]

    assert [entry.item_id for entry in LISTS.policies] == ids
    assert [entry.item_id for entry in LISTS.guides] == ids
    assert LISTS.as_of == DAY


def test_no_cell_of_a_list_is_empty_but_the_reason_that_is_not_there() -> None:
    for entry in (*LISTS.policies, *LISTS.guides):
        said = msgspec.structs.asdict(entry)
        empty = {field for field, value in said.items() if not value}
        assert empty <= {"held_back"}, entry.item_id


def test_what_is_not_paid_says_why() -> None:
    for item, entry in zip(CATALOGUE.items, LISTS.policies, strict=True):
        assert bool(entry.held_back) == (not payable(item, DAY).allowed)


@pytest.mark.parametrize(
    ("item_id", "standing", "held_back"),
    [
        ("p13-title-award", "有效", ""),
        ("p22-renovation-draft", "征求意见稿", "征求意见稿，不作为兑付依据"),
        ("p19-champion-demo", "已到期", "已过期"),
        ("p32x-dengfeng-above-scale", "有效", "示例条目，内容虚构"),
        ("p03-renovation-demo", "有效", "文件未写明金额或比例"),
    ],
)
def test_a_policy_entry_says_where_it_stands(item_id: str, standing: str, held_back: str) -> None:
    entry = next(entry for entry in LISTS.policies if entry.item_id == item_id)

    assert (entry.standing, entry.held_back) == (standing, held_back)


def test_a_policy_entry_says_document_condition_and_amount_in_words() -> None:
    item = CATALOGUE.item("p12-smart-manufacturing-titles")
    assert item is not None

    entry = policy_entry(item, CATALOGUE, DAY)

    assert entry.document_title == "郑州市惠企政策“免申即享”工作方案"
    assert (entry.issuer, entry.article) == ("郑州市人民政府", "首批25项清单")
    assert (entry.issued_on, entry.valid_until) == ("2022-10-11", "文件未写截止日")
    assert "省级智能车间" in entry.condition
    assert "300万元" in entry.amount


def test_a_guide_entry_says_what_is_compared_and_who_sends_it() -> None:
    item = CATALOGUE.item("p01-2026-q1")
    assert item is not None

    entry = guide_entry(item, CATALOGUE, DAY)

    assert entry.materials == ("无需提交（数据比对）",)
    assert "规模以上企业名录（统计局，部门定期报送）" in entry.data
    assert "2026年1月用电量（供电公司，向部门调取）" in entry.data
    assert entry.phone == "12345"


def test_an_item_without_a_guide_says_so() -> None:
    item = CATALOGUE.item("p01-2026-q1")
    assert item is not None

    entry = guide_entry(msgspec.structs.replace(item, guide=None, phone=None), CATALOGUE, DAY)

    assert (entry.who, entry.materials, entry.phone) == (NO_GUIDE, (NO_GUIDE,), "未载明")
