"""A file somebody hands in, from its bytes to a sheet that is understood; nothing is written."""

import asyncio
from functools import partial
from pathlib import Path

import msgspec

from registry.actions.import_outcome import SHANGHAI, Told
from registry.imports.errors import whole_file
from registry.imports.learned import known_layouts
from registry.imports.limits import refuse_large
from registry.imports.take_in import GivenFile, sheet_in
from registry.imports.types import CleanSheet


class HandedIn(msgspec.Struct, frozen=True, kw_only=True):
    """A file as somebody handed it in, by whatever door."""

    name: str
    data: bytes


async def file_at(path: Path, largest_bytes: int) -> HandedIn:
    """Read a file; raises SheetRefused where it cannot be read, or is larger than so many bytes."""
    try:
        size_bytes = (await asyncio.to_thread(path.stat)).st_size
        refuse_large(path.name, size_bytes, largest_bytes)
        return HandedIn(name=path.name, data=await asyncio.to_thread(path.read_bytes))
    except OSError as unreadable:
        way_out = "确认路径无误、有读取权限，且是文件而不是目录"
        raise whole_file(path.name, "读不到这个文件", way_out) from unreadable


def given(file: HandedIn, told: Told) -> GivenFile:
    """Give a file with what is told beside it."""
    return GivenFile(
        name=file.name,
        data=file.data,
        observed_on=told.observed_on,
        received_on=told.recorded_at.astimezone(SHANGHAI).date(),
    )


async def understood(file: GivenFile, told: Told) -> CleanSheet:
    """Read, understand and clean a file; raises SheetRefused."""
    told.progress("读取与核对", 0, 1)
    layouts = (await known_layouts(told.vocabulary, told.recorded_at)).layouts
    heard = partial(told.progress, "读取与核对")
    return await asyncio.to_thread(sheet_in, file, layouts, told.vocabulary, told.pseudonyms, heard)
