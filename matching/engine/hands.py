"""Many small queries shared among the processors: each alone is too small for Polars to divide."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

import polars as pl

ENOUGH = 20
"""From so many queries a processor on, a thread for each is worth starting."""
Asked = TypeVar("Asked")
Given = TypeVar("Given")


def answers(work: Callable[[Asked], Given], asked: Sequence[Asked]) -> list[Given]:
    """Give the answer to each question in the order asked.

    work  changes nothing that another call of it reads.
    """
    hands = min(pl.thread_pool_size(), len(asked) // ENOUGH)
    if hands < 2:
        return [work(one) for one in asked]
    with ThreadPoolExecutor(hands) as pool:
        # In turn, not in blocks: neighbours are alike, and so would be the share of the dear ones.
        parts = [asked[first::hands] for first in range(hands)]
        shares = list(pool.map(lambda part: [work(one) for one in part], parts))
    return [shares[place % hands][place // hands] for place in range(len(asked))]
