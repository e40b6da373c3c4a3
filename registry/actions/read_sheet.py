"""A file somebody hands in, from its bytes to a sheet that is understood; nothing is written."""

import asyncio
from functools import partial
from pathlib import Path

import msgspec

from registry.actions.ask_headers import HeadersAsked, asked_of, refused_near
from registry.actions.import_outcome import SHANGHAI, Told
from registry.imports.errors import SheetRefused, whole_file
from registry.imports.layout import Layout
from registry.imports.learned import known_layouts
from registry.imports.limits import refuse_large
from registry.imports.read_file import read_file
from registry.imports.see_headers import see_headers
from registry.imports.take_in import Cleaning, GivenFile, sheet_of
from registry.imports.teach import one_taught
from registry.imports.types import CleanSheet

STEP = "读取与核对"


class ReadSheet(msgspec.Struct, frozen=True, kw_only=True):
    """A sheet that is understood, and what is yet to be decided of its headers; None: nothing."""

    sheet: CleanSheet
    headers: HeadersAsked | None


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


async def understood(file: GivenFile, told: Told, *, ask: bool = False) -> ReadSheet:
    """Read, understand and clean a file; raises SheetRefused, of its kinds HeadersNear.

    ask  say of a sheet that can be taken in, too, which of its headers are to be decided on.
    """
    told.progress(STEP, 0, 1)
    return await asyncio.to_thread(_read, file, await _layouts(told), told, ask=ask)


async def headers_of(file: HandedIn, told: Told) -> HeadersAsked | None:
    """Say what is to be decided of the headers of a file; None: nothing. Raises SheetRefused."""
    layouts = await _layouts(told)
    return await asyncio.to_thread(
        lambda: asked_of(
            see_headers(read_file(file.name, file.data), layouts, told.vocabulary),
            told.headers,
            told.vocabulary,
        )
    )


async def _layouts(told: Told) -> tuple[Layout, ...]:
    """Give all layouts, with what was learned of their headers and what was decided for this file."""
    known = (await known_layouts(told.vocabulary, told.recorded_at)).layouts
    decided = told.headers
    if decided is None:
        return known
    return one_taught(known, decided.layout, decided.meanings, told.vocabulary)


def _read(file: GivenFile, layouts: tuple[Layout, ...], told: Told, *, ask: bool) -> ReadSheet:
    grids = read_file(file.name, file.data)
    heard = partial(told.progress, STEP)
    try:
        sheet = sheet_of(grids, file, layouts, Cleaning(told.vocabulary, told.pseudonyms, heard))
    except SheetRefused as refused:
        seen = see_headers(grids, layouts, told.vocabulary)
        raise refused_near(refused, seen, told.headers, told.vocabulary) from None
    seen = see_headers(grids, layouts, told.vocabulary) if ask else None
    return ReadSheet(sheet=sheet, headers=asked_of(seen, told.headers, told.vocabulary))
