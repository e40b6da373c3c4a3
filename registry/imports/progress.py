"""Telling how far the reading of a file has come."""

from collections.abc import Callable

Progress = Callable[[int, int], None]
"""Is told how many rows are read and checked, and of how many."""


def unheard(_done: int, _total: int) -> None:
    """Tell nobody."""
