"""Who is whom: the newest judgement counts, chains lead to their end, and what was judged is taken back by a later one."""

from datetime import UTC, datetime

import polars as pl
import pytest

from registry.identity.identities import IdentityCircle, identities_of
from registry.identity.types import JUDGEMENTS

DAY = datetime(2026, 10, 1, tzinfo=UTC)
Said = tuple[int, str, int | None]


def judged(*said: Said) -> dict[int, int]:
    """Give who is whom after these judgements of subject, verdict and enterprise, in this order."""
    frame = pl.DataFrame(
        [
            (number, *one, None, None, "理由", "张三", DAY)
            for number, one in enumerate(said, start=1)
        ],
        schema=JUDGEMENTS,
        orient="row",
    )
    return dict(identities_of(frame).iter_rows())


def test_nobody_judged_is_everybody_themselves() -> None:
    assert judged() == {}


def test_the_newest_same_counts() -> None:
    assert judged((-1, "same", 7), (-1, "same", 8)) == {-1: 8}


def test_apart_takes_back_whatever_was_judged() -> None:
    assert judged((-1, "same", 7), (-1, "apart", None)) == {}
    assert judged((-1, "same", 7), (-1, "apart", None), (-1, "same", 9)) == {-1: 9}


def test_different_takes_back_only_that_enterprise() -> None:
    assert judged((-1, "same", 7), (-1, "different", 7)) == {}
    assert judged((-1, "same", 7), (-1, "different", 8)) == {-1: 7}
    assert judged((-1, "different", 7), (-1, "same", 7)) == {-1: 7}


def test_an_earlier_same_does_not_come_back_by_itself() -> None:
    assert judged((-1, "same", 7), (-1, "same", 8), (-1, "different", 8)) == {}


def test_a_chain_leads_to_its_end() -> None:
    chain: list[Said] = [(number, "same", number + 1) for number in range(1, 40)]

    assert judged((-1, "same", 1), *chain) == {-1: 40, **dict.fromkeys(range(1, 40), 40)}


def test_a_split_in_the_middle_gives_back_what_came_before_it() -> None:
    assert judged((-1, "same", 1), (1, "same", 2), (1, "apart", None)) == {-1: 1}


@pytest.mark.parametrize("length", [2, 3, 7])
def test_a_circle_is_an_error(length: int) -> None:
    circle: list[Said] = [(one, "same", one % length + 1) for one in range(1, length + 1)]

    with pytest.raises(IdentityCircle, match="一圈"):
        judged(*circle, (100, "same", 1))
