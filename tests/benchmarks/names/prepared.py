"""A register with its index and sheets of rows looked up in it: what fitting and measuring both begin with."""

import resource
from pathlib import Path
from time import perf_counter

import msgspec
import polars as pl

from registry.lookup.index import build_index
from registry.resolution.link import Looked, look_up_rows
from registry.resolution.sources import Sources
from tests.benchmarks.names.register import Spread, names_of
from tests.benchmarks.names.rows import Beside, invent_rows, known_of, register_and_strangers


class Prepared(msgspec.Struct, frozen=True, kw_only=True):
    """A register in an index, and the strangers beside it."""

    register: pl.DataFrame
    strangers: pl.DataFrame
    known: pl.DataFrame
    sources: Sources
    build_seconds: float


class Sheet(msgspec.Struct, frozen=True, kw_only=True):
    """One sheet looked up; `rows` holds the same rows with less or more beside their names.

    seconds      on the clock; cpu_seconds  of all processes together, which a busy machine does not stretch.
    """

    rows: dict[Beside, pl.DataFrame]
    looked: Looked
    seconds: float
    cpu_seconds: float


def prepare(size: int, seed: int, spread: Spread, folder: Path) -> Prepared:
    """Invent a register and build its index in a folder."""
    register, strangers = register_and_strangers(size, seed, spread)
    return index(register, strangers, folder)


def index(register: pl.DataFrame, strangers: pl.DataFrame, folder: Path) -> Prepared:
    """Build the index of a register in a folder."""
    began = perf_counter()
    build_index(names_of(register), folder)
    return Prepared(
        register=register,
        strangers=strangers,
        known=known_of(register),
        sources=Sources(folder=folder),
        build_seconds=perf_counter() - began,
    )


def look_up_sheet(prepared: Prepared, count: int, seed: int, processes: int) -> Sheet:
    """Invent a sheet and look its rows up: the names are the same whatever stands beside them."""
    rows: dict[Beside, pl.DataFrame] = {
        beside: invent_rows(prepared.register, prepared.strangers, count, seed, beside)
        for beside in ("nothing", "place", "all")
    }
    coded = prepared.known.select("uscc", "enterprise_id")
    began, used = perf_counter(), _cpu_seconds()
    looked = look_up_rows(rows["nothing"], coded, prepared.sources, processes)
    return Sheet(
        rows=rows,
        looked=looked,
        seconds=perf_counter() - began,
        cpu_seconds=_cpu_seconds() - used,
    )


def _cpu_seconds() -> float:
    both = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    return sum(use.ru_utime + use.ru_stime for use in map(resource.getrusage, both))
