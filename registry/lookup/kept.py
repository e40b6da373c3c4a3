"""The index of this process, kept true to the database: mapped from a folder, and a few newer names.

A folder holds every name there was when it was made. Each search asks the database for the highest ids,
reads what is newer into a small index beside it, and so finds whoever a moment ago was not there. Who is
gone, renamed or merged is seen when hits are told (registry/actions/search_enterprises.py). When too much
is newer, a new folder is made in the background; several processes share it.
"""

import asyncio
import hashlib
import logging
from collections.abc import Awaitable, Callable
from datetime import datetime
from functools import cache
from pathlib import Path

import msgspec
import polars as pl

from registry.lookup.code_index import CodeIndex, code_index, open_codes, save_codes
from registry.lookup.index import Index, build_index, open_index, small_index
from registry.lookup.store import (
    NAMES,
    codes_after,
    last_ids,
    names_after,
    names_under,
)

MOST_FRESH = 5_000
"""More names than these beside the folder, and a new one is made."""
SMALL_ENOUGH = 20_000
"""A city of so many names is indexed while the search waits."""
_PROBES = 64
_CURRENT = "current.json"
_HERE = Path(__file__).parent
_log = logging.getLogger(__name__)


class NotReady(Exception):
    """The index of a whole city is being made; until then names cannot be looked up.

    since  when that began.
    """

    def __init__(self, since: datetime) -> None:
        self.since = since
        super().__init__("企业名称索引正在建立")


class Made(msgspec.Struct, frozen=True, kw_only=True):
    """What a folder was made of.

    last_name, last_enterprise  the highest ids it holds.
    probes                      some of its names by id: another database has others.
    """

    folder: str
    last_name: int
    last_enterprise: int
    probes: dict[int, tuple[int, str]]


class Indexes(msgspec.Struct, frozen=True, kw_only=True):
    """Everything to look up in, the large before the small."""

    names: tuple[Index, ...]
    codes: tuple[CodeIndex, ...]


class KeptIndex:
    """The indexes of one process over one folder and one database."""

    def __init__(self, home: Path) -> None:
        self._home = home
        self._made: Made | None = None
        self._base: tuple[Index, CodeIndex] | None = None
        self._fresh = _nothing_fresh()
        self._seen = (0, 0)
        self._one_at_a_time = asyncio.Lock()
        self._making: asyncio.Task[None] | None = None
        self._making_since: datetime | None = None

    async def indexes(self, now: datetime) -> Indexes:
        """Give indexes that hold every name of this moment; raises NotReady while there is none yet."""
        async with self._one_at_a_time:
            seen = await last_ids()
            if seen != self._seen:
                await self._catch_up(seen, now)
            names, codes = self._fresh
            if self._base is None:
                return Indexes(names=(names,), codes=(codes,))
            return Indexes(names=(self._base[0], names), codes=(self._base[1], codes))

    def renew(self, now: datetime) -> None:
        """Make a new folder in the background after names came in, where they are many; nobody waits for it."""
        self._make(now, lambda: renew_folder(self._home))

    async def close(self) -> None:
        """Wait for a folder that is being made; an unfinished one would only be made again."""
        if self._making is not None:
            await asyncio.gather(self._making, return_exceptions=True)

    async def _catch_up(self, seen: tuple[int, int], now: datetime) -> None:
        if self._made is None or seen < self._seen:
            await self._open()
        last_name, last_enterprise = self._held()
        names = await names_after(last_name)
        if names.height > (MOST_FRESH if self._base else SMALL_ENOUGH):
            await self._open()  # another process may have made one meanwhile
            if self._held() != (last_name, last_enterprise):
                last_name, last_enterprise = self._held()
                names = await names_after(last_name)
        if names.height > MOST_FRESH and names.height > SMALL_ENOUGH * (self._base is None):
            self._make(now, lambda: make_folder(self._home))
            if self._base is None:
                raise NotReady(self._making_since or now)
        codes = await codes_after(last_enterprise)
        self._fresh = await asyncio.to_thread(_fresh_of, names, codes)
        self._seen = seen

    def _held(self) -> tuple[int, int]:
        return (self._made.last_name, self._made.last_enterprise) if self._made else (0, 0)

    async def _open(self) -> None:
        made = await asyncio.to_thread(_current, self._home)
        if made is None or not await _is_of_this_database(made):
            self._made, self._base = None, None
            return
        if self._made is None or made.folder != self._made.folder:
            folder = self._home / made.folder
            self._made = made
            self._base = open_index(folder), open_codes(folder)

    def _make(self, now: datetime, make: Callable[[], Awaitable[Made | None]]) -> None:
        if self._making is None or self._making.done():
            self._making_since = now
            self._making = asyncio.create_task(self._made_anew(make))

    async def _made_anew(self, make: Callable[[], Awaitable[Made | None]]) -> None:
        try:
            await make()
        except Exception:  # noqa: BLE001  in the background nobody else would hear of it
            _log.exception("企业名称索引没有建成，下次查找时再建")
        self._seen = (0, 0)  # the next search opens what was made


async def make_folder(home: Path) -> Made:
    """Index every name and code of the database into a new folder and make it the current one."""
    last_name, last_enterprise = await last_ids()
    names, codes = await names_after(0), await codes_after(0)
    probes = {
        number: (enterprise_id, name)
        for number, enterprise_id, name in _spread(names, _PROBES).iter_rows()
    }
    made = Made(
        folder=f"{last_name}-{last_enterprise}-{_tables()}",
        last_name=last_name,
        last_enterprise=last_enterprise,
        probes=probes,
    )
    await asyncio.to_thread(_written, home, made, names, codes)
    return made


async def current_folder(home: Path) -> Made | None:
    """Give what the current folder was made of; None: there is none of this database and this release."""
    made = await asyncio.to_thread(_current, home)
    return made if made is not None and await _is_of_this_database(made) else None


async def renew_folder(home: Path) -> Made | None:
    """Make a new folder after many names came in, so that no search need wait for it; None: none needed."""
    made = await current_folder(home)
    last_name, _ = await last_ids()
    beside = last_name - (made.last_name if made else 0)
    return await make_folder(home) if beside > (MOST_FRESH if made else SMALL_ENOUGH) else None


def _written(home: Path, made: Made, names: pl.DataFrame, codes: pl.DataFrame) -> None:
    home.mkdir(parents=True, exist_ok=True)
    folder = home / made.folder
    if not folder.exists():
        build_index(indexed(names), folder)
    save_codes(code_index(codes), folder)
    fresh = home / f"{_CURRENT}.new"
    fresh.write_bytes(msgspec.json.encode(made))
    fresh.replace(home / _CURRENT)


def _current(home: Path) -> Made | None:
    """Give what the current folder was made of; None: there is none, or one of other tables of letters."""
    try:
        made = msgspec.json.decode((home / _CURRENT).read_bytes(), type=Made)
    except (FileNotFoundError, msgspec.DecodeError):
        return None
    return made if made.folder.endswith(_tables()) else None


@cache
def _tables() -> str:
    """Give what tells the tables of letters and the form of the index from those of another release."""
    files = sorted([*(_HERE / "data").glob("*.txt"), _HERE / "index.py", _HERE / "grams.py"])
    return hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()[:12]


async def _is_of_this_database(made: Made) -> bool:
    found = await names_under(pl.Series(list(made.probes), dtype=pl.Int64))
    said = {number: (one, name) for number, one, name in found.iter_rows()}
    return said == made.probes


def _spread(names: pl.DataFrame, count: int) -> pl.DataFrame:
    step = max(1, names.height // count)
    return pl.concat([names.gather_every(step), names.tail(1)]).unique("id")


def indexed(names: pl.DataFrame) -> pl.DataFrame:
    """Give names as the index takes them: whether one is the present name is asked when it is told."""
    return names.select("enterprise_id", "name", kind=pl.lit(0, dtype=pl.Int8)).unique(
        maintain_order=True
    )


def _fresh_of(names: pl.DataFrame, codes: pl.DataFrame) -> tuple[Index, CodeIndex]:
    return small_index(indexed(names)), code_index(codes)


def _nothing_fresh() -> tuple[Index, CodeIndex]:
    none = pl.DataFrame(schema=NAMES)
    return _fresh_of(none, pl.DataFrame(schema={"uscc": pl.String, "enterprise_id": pl.Int64}))
