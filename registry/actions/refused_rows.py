"""The rows of an import that were refused, or lost a cell, as a workbook to be corrected and sent again."""

import json

import msgspec

from matching.language.vocabulary import Vocabulary
from registry.imports.layout import Layout
from registry.imports.learned import known_layouts
from registry.imports.refused_workbook import RefusedRows, refused_workbook
from registry.imports.store import Taken, import_by, refusals_of, refused_source_rows, sheet_of
from registry.imports.types import Refusal

ADDS_UP = {"amount", "family"}
"""Roles whose rows are payments or loans, as rows of a ledger of records are: one that went in without a cell would be counted twice if sent again."""
WITHOUT_A_VALUE = (
    "这一行已入库，只缺这个值；再导入会重复计数，请更正原表后撤销这次导入、整表重新导入"
)


class NothingRefused(Exception):
    """There are no rows to send back; says why."""


class RefusedWorkbook(msgspec.Struct, frozen=True, kw_only=True):
    """A workbook of rows to be corrected; `cells`: all that was refused, in its rows or elsewhere."""

    data: bytes
    rows: int
    cells: int


async def refused_rows(import_id: int, vocabulary: Vocabulary) -> RefusedWorkbook:
    """Write the refused rows of an import; raises NothingRefused."""
    taken = await import_by(import_id)
    if taken is None:
        raise NothingRefused(f"没有第{import_id}号导入；用 registry imports list 查看有哪些")
    refusals = await refusals_of(import_id)
    if not refusals:
        raise NothingRefused(f"第{import_id}号导入“{taken.file_name}”没有未取用的单元格")
    layouts = (await known_layouts(vocabulary, taken.recorded_at)).layouts
    layout = next((one for one in layouts if one.name == taken.layout), None)
    found = await refused_source_rows(import_id)
    adds_up = layout is not None and (
        layout.records is not None or any(layout.has(role) for role in ADDS_UP)
    )
    again = found.filter(found["enterprise_id"].is_null()) if adds_up else found
    rows = [(row, json.loads(cells)) for row, _, cells in again.iter_rows()]
    sheet = await sheet_of(import_id)
    numbers = {row for row, _ in rows}
    of_rows: dict[int, list[Refusal]] = {}
    elsewhere: list[Refusal] = []
    for one in refusals:
        if one.sheet == sheet and one.row in numbers:
            of_rows.setdefault(one.row, []).append(one)
        else:
            elsewhere.append(_elsewhere(one, {row for row, _, _ in found.iter_rows()}))
    data = refused_workbook(
        RefusedRows(
            file_name=taken.file_name,
            sheet=sheet,
            label=layout.label if layout else taken.layout,
            observed_on=taken.observed_on,
            heading=_heading(taken, list(rows[0][1]) if rows else []),
            rows=[(row, list(cells.values())) for row, cells in rows],
            refusals=of_rows,
            elsewhere=elsewhere,
            masked=_masks(layout),
        )
    )
    return RefusedWorkbook(data=data, rows=len(rows), cells=len(refusals))


def _heading(taken: Taken, headers: list[str]) -> list[list[str | None]]:
    """Give the rows above the data; of an import older than their keeping, the headers alone."""
    if taken.heading is None:
        return [list(headers)]
    return msgspec.json.decode(taken.heading, type=list[list[str | None]])


def _masks(layout: Layout | None) -> bool:
    return layout is not None and layout.has("item")


def _elsewhere(refusal: Refusal, taken_in: set[int]) -> Refusal:
    """Say of a row that went in without this value what else may be done."""
    if refusal.row not in taken_in:
        return refusal
    return msgspec.structs.replace(refusal, way_out=WITHOUT_A_VALUE)
