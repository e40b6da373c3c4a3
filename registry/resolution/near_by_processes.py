"""Looking rows up in several processes: started afresh, so that it works in a server and on every system."""

import multiprocessing
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress

import polars as pl

from registry.resolution.near import NearPairs, near_names, together
from registry.resolution.sources import Opened, Sources, open_sources

WORTH_STARTING = 3_000
"""Starting a process takes about as long as looking up so many rows saves."""
AT_ONCE = 500


def near_by_processes(rows: pl.DataFrame, sources: Sources, processes: int) -> NearPairs:
    """Look up a frame of row and name in so many processes; in this one where there is little to do or no other can start."""
    parts = list(rows.iter_slices(AT_ONCE))
    if processes > 1 and rows.height >= WORTH_STARTING and not multiprocessing.current_process().daemon:  # fmt: skip
        # A machine that lets us start no process, or kills one for its memory, still gets its rows linked.
        with suppress(BrokenProcessPool, OSError):
            return together(_elsewhere(parts, sources, processes))
    opened = open_sources(sources)
    return together([near_names(part, opened.gather, opened.sound) for part in parts])


def _elsewhere(parts: list[pl.DataFrame], sources: Sources, processes: int) -> list[NearPairs]:
    with ProcessPoolExecutor(
        processes, multiprocessing.get_context("spawn"), initializer=_open, initargs=(sources,)
    ) as pool:
        return list(pool.map(_near, parts))


_opened: list[Opened] = []
"""What this process has open; filled once, when it starts."""


def _open(sources: Sources) -> None:
    _opened.append(open_sources(sources))


def _near(part: pl.DataFrame) -> NearPairs:
    return near_names(part, _opened[0].gather, _opened[0].sound)
