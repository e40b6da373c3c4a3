"""What the pages of layouts are made of: the pieces their templates draw."""

from datetime import datetime

import msgspec


class LayoutRow(msgspec.Struct, frozen=True, kw_only=True):
    """One layout in a list; set up by nobody: it is shipped."""

    name: str
    label: str
    columns: int
    samples: int
    headers: int
    set_up_by: str | None
    set_up_at: datetime | None


class LayoutHeader(msgspec.Struct, frozen=True, kw_only=True):
    """One header a layout was taught."""

    header: str
    meaning: str
    decided_by: str
    recorded_at: datetime


class LayoutColumn(msgspec.Struct, frozen=True, kw_only=True):
    """One column of a layout in words."""

    meaning: str
    headers: str
    unit: str
    period: str
    required: bool


class LayoutSample(msgspec.Struct, frozen=True, kw_only=True):
    """One sample row: header and cell as written; what comes out, and what is refused and why."""

    cells: tuple[tuple[str, str], ...]
    gives: tuple[tuple[str, str], ...]
    refused: tuple[tuple[str, str], ...]
    taken: bool
