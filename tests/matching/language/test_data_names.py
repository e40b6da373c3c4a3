"""Every datum a condition may read has a name, an owner and a question."""

import pytest

from matching.catalogue.load_vocabulary import shipped_vocabulary
from matching.language.data_names import DataNames

NAMES = DataNames(shipped_vocabulary())


@pytest.mark.parametrize(
    ("datum", "label", "owner"),
    [
        ("annual_revenue@2025", "2025年营业收入", "税务局"),
        ("place", "所在区县", "市场监管局"),
        ("little_giant", "专精特新“小巨人”企业", "工信局"),
        ("paid:P12", "历年奖补台账（P12类）", "工信局"),
        ("relations", "控股与集团关系", "市场监管局"),
        ("uses", "已用凭据台账", "工信局"),
    ],
)
def test_a_datum_is_named_and_owned(datum: str, label: str, owner: str) -> None:
    assert (NAMES.label(datum), NAMES.owner(datum)) == (label, owner)
    assert NAMES.ask(datum)
