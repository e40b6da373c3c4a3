"""Questions shared among the processors are answered in the order asked, and a wrong one is heard of."""

import pytest

from matching.engine import hands
from matching.engine.hands import answers


@pytest.mark.parametrize("asked", [0, 1, 2, 3, 7, 200])
def test_answers_stand_in_the_order_asked(asked: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hands, "ENOUGH", 1)
    monkeypatch.setattr("polars.thread_pool_size", lambda: 3)

    assert answers(lambda number: number * 2, range(asked)) == [2 * n for n in range(asked)]


def test_what_goes_wrong_with_one_is_not_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hands, "ENOUGH", 1)
    monkeypatch.setattr("polars.thread_pool_size", lambda: 2)

    with pytest.raises(ZeroDivisionError):
        answers(lambda number: 1 // number, [2, 1, 0, 3])
