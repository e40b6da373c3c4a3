"""What an item says for people is read whole, or what is missing is named."""

import pytest

from matching.language.items import Guide
from tests.matching.language.made_items import item, problems

GUIDE = {
    "who": "规上工业企业",
    "what": "奖励10万元",
    "when": "原文未载明",
    "where": "市工信局",
    "materials": "[无需提交（数据比对）]",
}


def text(**replaced: str | None) -> str:
    said = {key: value for key, value in {**GUIDE, **replaced}.items() if value is not None}
    return "{" + ", ".join(f"{key}: {value}" for key, value in said.items()) + "}"


def test_a_guide_is_read_whole() -> None:
    assert item(guide=text(materials="[甲, 乙]")).guide == Guide(
        who="规上工业企业",
        what="奖励10万元",
        when="原文未载明",
        where="市工信局",
        materials=("甲", "乙"),
    )
    assert item().guide is None


@pytest.mark.parametrize("key", sorted(GUIDE))
def test_a_guide_says_all_of_it(key: str) -> None:
    (found,) = problems(guide=text(**{key: None}))

    assert found.where == f"guide.{key}"
    assert "原文未载明" in found.way_out


def test_a_department_may_differ_for_one_item() -> None:
    read = item(data="{annual_revenue: statistics, little_giant: industry}")

    assert read.data == {"annual_revenue": "statistics", "little_giant": "industry"}


@pytest.mark.parametrize("data", ["{turnover: tax}", "{annual_revenue: 税务}", "[annual_revenue]"])
def test_data_names_known_words(data: str) -> None:
    assert problems(data=data)
