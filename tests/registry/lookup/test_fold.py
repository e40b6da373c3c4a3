"""Two writings of one name fold into one text; a column folds as its names do one by one."""

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from registry.lookup.fold import LONGEST, Folded, fold, fold_column, only_place_or_form

NAME_LETTERS = (
    "郑州北京中國省市恒达東科技商贸有限公司集团分公司（）()[]【】《ＡＢａｂ１2　 \t\n·，é😀Σ𠮷"
)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("斯曼诺（中国）有限公司", "中国斯曼诺有限公司"),
        ("斯曼诺(中國)有限公司", "中国斯曼诺有限公司"),
        ("中国斯曼诺有限公司", "中国斯曼诺有限公司"),
        ("斯曼诺【中国】有限公司", "中国斯曼诺有限公司"),
        ("鄭州雲深科技有限公司", "郑州云深科技有限公司"),
        ("ＴＣＬ　集团·股份 有限公司", "tcl集团股份有限公司"),
        ("恒达(有限合伙)", "恒达有限合伙"),
        ("", ""),
        ("😀（）…", ""),
        ("恒\ud800达", "恒达"),
    ],
)
def test_writings_of_one_name_fold_into_one_text(name: str, text: str) -> None:
    assert fold(name).text == text


@pytest.mark.parametrize(
    ("name", "core", "province"),
    [
        ("河南省郑州市恒达商贸有限责任公司", "恒达商贸", 41),
        ("恒达（郑州）商贸有限公司", "恒达商贸", 41),
        ("恒达商贸", "恒达商贸", 0),
        ("杭州云深科技有限公司威海分公司", "云深科技", 33),
        ("中国恒达集团有限公司", "恒达", 0),
        ("郑州市金水区老李烧烤店", "老李烧烤", 41),
        ("北京", "北京", 11),
        ("有限公司", "有限公司", 0),
    ],
)
def test_the_core_lies_between_place_and_legal_form(name: str, core: str, province: int) -> None:
    folded = fold(name)
    assert (folded.core, folded.province) == (core, province)


def test_initials_are_taken_in_the_written_order() -> None:
    assert fold("恒达（郑州）商贸有限公司").spoken == "恒达郑州商贸有限公司"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("北京", True),
        ("河南省郑州市", True),
        ("有限公司", True),
        ("公司", True),
        ("恒达", False),
        ("郑州恒达", False),
        ("科技", False),
    ],
)
def test_only_a_place_or_a_legal_form_says_nothing(text: str, *, expected: bool) -> None:
    assert only_place_or_form(fold(text)) is expected


@settings(deadline=None)
@given(st.lists(st.one_of(st.text(alphabet=NAME_LETTERS, max_size=40), st.text(max_size=20))))
def test_a_column_folds_as_its_names_do(names: list[str]) -> None:
    names = [name.encode("utf-8", "ignore").decode() for name in names]
    folded = fold_column(pl.Series(names, dtype=pl.String))
    assert [Folded(*row) for row in folded.iter_rows()] == [fold(name) for name in names]


def test_a_name_without_end_is_cut() -> None:
    name = "恒" * 1000
    assert len(fold(name).text) == LONGEST
    assert fold_column(pl.Series([name, None]))["text"].to_list() == ["恒" * LONGEST, ""]
