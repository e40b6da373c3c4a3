"""Characters taken for others of nearly the same shape."""

import polars as pl
import pytest

from registry.lookup.find import find
from registry.lookup.index import NAMES, small_index
from registry.lookup.letters import look_alikes


@pytest.mark.parametrize("pair", ["末未", "己已", "治冶", "栗粟", "恒桓", "土士", "侯候", "人入"])
def test_what_looks_alike_is_known_both_ways(pair: str) -> None:
    assert pair[1] in look_alikes()[pair[0]]
    assert pair[0] in look_alikes()[pair[1]]


def test_no_character_looks_like_itself_or_like_one_that_does_not() -> None:
    assert not [letter for letter, others in look_alikes().items() if letter in others]
    assert "鑫" not in look_alikes()["土"]


def test_a_short_form_is_found_by_what_it_looks_like_and_less_surely() -> None:
    names = [
        [1, "郑州栗恒达粮油有限公司", 0],
        [2, "开封粟米香食品有限公司", 0],
        [3, "洛阳素恒食品厂", 0],
    ]
    index = small_index(pl.DataFrame(names, schema=NAMES, orient="row"))
    meant, taken = find("栗恒达", [index], 5)[0], find("粟恒达", [index], 5)[0]
    assert meant.enterprise_id == taken.enterprise_id == 1
    assert taken.why[0] == "look_alike"
    assert taken.score < meant.score
