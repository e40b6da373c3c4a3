"""The queries on what was learned: headers and whole layouts, as known at a moment."""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from matching.language.problems import Problem
from matching.language.vocabulary import Vocabulary
from matching.storage.bulk import insert_rows
from registry.imports import tables
from registry.imports.errors import LayoutError
from registry.imports.layout import Layout
from registry.imports.load_layouts import load_layouts, read_layout
from registry.imports.teach import LearnedHeader, all_taught


class LearnedLayout(msgspec.Struct, frozen=True, kw_only=True):
    """A layout set up here, by whom and when; `text` is its YAML, None where it is withdrawn."""

    department: str
    name: str
    text: str | None
    decided_by: str
    recorded_at: datetime


class KnownLayouts(msgspec.Struct, frozen=True, kw_only=True):
    """All layouts sheets are recognised by at a moment.

    layouts  shipped ones first, then those set up here; each with the headers it was taught.
    broken   names of layouts set up here that today's words cannot read any more, with their problems.
    own      names of those set up here.
    headers  what was learned, the newest of each header; withdrawn ones are not among them.
    """

    layouts: tuple[Layout, ...]
    broken: dict[str, tuple[Problem, ...]]
    own: tuple[LearnedLayout, ...]
    headers: tuple[LearnedHeader, ...]


async def known_layouts(vocabulary: Vocabulary, known_at: datetime) -> KnownLayouts:
    """Give what sheets are recognised by; a layout set up here that is broken stops no other.

    A shipped layout is never replaced by one of the same name set up here.
    """
    shipped = load_layouts(vocabulary)
    theirs = {layout.name for layout in shipped}
    own = [one for one in await learned_layouts(known_at) if one.name not in theirs]
    read: list[Layout] = []
    broken: dict[str, tuple[Problem, ...]] = {}
    for one in own:
        try:
            read.append(read_layout(one.text or "", Path(f"{one.name}.yml"), vocabulary))
        except LayoutError as wrong:
            broken[one.name] = wrong.problems
    headers = await learned_headers(known_at)
    return KnownLayouts(
        layouts=all_taught((*shipped, *read), headers, vocabulary),
        broken=broken,
        own=tuple(own),
        headers=headers,
    )


async def learned_headers(known_at: datetime) -> tuple[LearnedHeader, ...]:
    """Give the headers known at a moment, in the order they were learned."""
    table = tables.LearnedHeader
    found = await table.select().where(table.recorded_at <= known_at).order_by(table.id)
    newest = {
        (one.department, one.layout, one.header): one
        for one in (msgspec.convert(_in_utc(row), LearnedHeader) for row in found)
    }
    return tuple(one for one in newest.values() if one.meaning is not None)


async def learned_layouts(known_at: datetime) -> tuple[LearnedLayout, ...]:
    """Give the layouts set up here that were known at a moment, by name."""
    table = tables.LearnedLayout
    found = await table.select().where(table.recorded_at <= known_at).order_by(table.id)
    newest = {
        one.name: one for one in (msgspec.convert(_in_utc(row), LearnedLayout) for row in found)
    }
    return tuple(one for _, one in sorted(newest.items()) if one.text is not None)


async def add_learned_headers(headers: Sequence[LearnedHeader]) -> None:
    """Keep decisions about headers."""
    columns = LearnedHeader.__struct_fields__
    rows = (msgspec.structs.astuple(one) for one in headers)
    await insert_rows(tables.LearnedHeader, columns, rows)


async def add_learned_layout(layout: LearnedLayout) -> None:
    """Keep a layout, or that it is withdrawn."""
    columns = LearnedLayout.__struct_fields__
    await insert_rows(tables.LearnedLayout, columns, [msgspec.structs.astuple(layout)])


def _in_utc(row: dict[str, object]) -> dict[str, object]:
    moment = row["recorded_at"]
    return {**row, "recorded_at": moment.astimezone(UTC) if isinstance(moment, datetime) else None}
