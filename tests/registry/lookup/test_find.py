"""Names are found as people write them; each rule has its labelled case in find_cases.csv."""

import csv
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from registry.lookup.find import Match, TooShort, find
from registry.lookup.index import NAMES, Index, small_index

HERE = Path(__file__).parent
NAMES_FILE = pl.read_csv(HERE / "find_names.csv", schema_overrides=NAMES).select(*NAMES)
CASES = list(csv.DictReader((HERE / "find_cases.csv").read_text(encoding="utf-8").splitlines()))
WHOLE = small_index(NAMES_FILE)
NOBODY = small_index(pl.DataFrame(schema=NAMES))


def found(text: str, *indexes: Index, limit: int = 5) -> tuple[Match, ...]:
    return find(text, indexes or (WHOLE,), limit)


@pytest.mark.parametrize("case", CASES, ids=[f"{c['query'].strip()}: {c['rule']}" for c in CASES])
def test_a_name_is_found_as_it_is_written(case: dict[str, str]) -> None:
    first = found(case["query"])[0]
    assert (first.enterprise_id, first.matched) == (int(case["found"]), case["matched"])
    if case["why"]:
        assert first.why == tuple(case["why"].split())
    assert not first.equal


@pytest.mark.parametrize("text", ["云", "a", "ab", "abc", "（云）", "1"])
def test_a_letter_alone_would_find_a_city(text: str) -> None:
    with pytest.raises(TooShort):
        found(text)


def test_a_short_name_is_found_however_short() -> None:
    named = small_index(pl.DataFrame([[1, "TCK", 2]], schema=NAMES, orient="row"))
    assert [one.enterprise_id for one in found("tck", named)] == [1]


@pytest.mark.parametrize("text", ["", "  ", "。。", "😀😀", "\x00"])
def test_a_text_without_letters_finds_nobody(text: str) -> None:
    assert found(text) == ()


def test_several_equally_good_are_all_given_and_said_to_be_equal() -> None:
    first = found("瑞祥塑料制品有限公司", limit=1)
    assert {one.enterprise_id for one in first} == {27, 28}
    assert all(one.equal for one in first)


def test_a_slip_that_may_be_one_of_two_names_is_said_to_be_equal() -> None:
    first, second = found("杭州云星科技有限公司", limit=1)
    assert {first.enterprise_id, second.enterprise_id} == {1, 2}
    assert first.equal
    assert second.equal


def test_an_enterprise_is_given_once_by_its_best_name() -> None:
    hits = found("洛阳宏达建筑工程有限责任公司")
    assert [one.enterprise_id for one in hits].count(12) == 1
    assert hits[0].name == "洛阳宏达建筑工程有限责任公司"


def test_what_is_not_there_is_not_sure() -> None:
    assert all(one.score < 0.5 for one in found("哈尔滨冰晶雪糕批发有限公司"))
    assert found("洛阳宏图建筑工程有限责任公司")[0].score > 0.9


def test_a_brief_query_finds_first_whom_it_stands_in() -> None:
    names = [[1, "郑州云申科技有限公司", 0], [2, "哈尔滨松花江云深酒店管理咨询有限公司", 0]]
    both = small_index(pl.DataFrame(names, schema=NAMES, orient="row"))
    assert [one.enterprise_id for one in found("云深", both)] == [2, 1]


@pytest.mark.parametrize("text", ["有限公司", "公司", "北京", "河南省", "中国"])
def test_a_place_or_a_form_alone_is_answered(text: str) -> None:
    assert all(text[:2] in one.name for one in found(text)[:1])


def test_typing_the_first_letters_finds_it() -> None:
    for typed in ("老槐", "老槐树", "老槐树烧", "laohuai", "laohuaish"):
        assert found(typed)[0].enterprise_id == 11


def test_newer_names_are_ranked_among_the_older() -> None:
    halves = (small_index(NAMES_FILE[::2]), small_index(NAMES_FILE[1::2]))
    for case in CASES:
        first = found(case["query"], *halves)[0]
        assert first.enterprise_id == int(case["found"]), case["query"]


def test_an_empty_register_finds_nobody() -> None:
    assert found("杭州云深科技", NOBODY) == ()
    assert found("yunshen", NOBODY) == ()
    assert [one.enterprise_id for one in found("杭州云深科技", NOBODY, WHOLE)][:1] == [1]


@settings(deadline=None)
@given(st.text(max_size=200))
def test_no_text_is_an_error(text: str) -> None:
    try:
        hits = found(text)
    except TooShort:
        return
    assert all(0 <= one.score <= 1 for one in hits)
    ids = [one.enterprise_id for one in hits]
    assert len(ids) == len(set(ids))
